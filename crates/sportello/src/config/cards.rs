//! `[cards]`: the listener for smart cards, and whom it trusts.

use std::net::SocketAddr;

use cns::proxy::{Form, Network, Trust};
use sportello_core::Secret;
use sportello_core::cns;
use url::Url;

use super::keys::{Key, Kind, Usual, key};
use super::reader::Reader;

const SECTION: &str = "cards";
const FORMS: &[&str] = &["escaped-pem", "spaced-pem", "rfc9440", "base64"];

/// The listener for smart cards as configured; [`crate::cards`] makes it.
#[derive(Debug)]
pub struct Cards {
    /// Where it listens.
    pub listen: SocketAddr,
    /// The address under which browsers reach it.
    pub public_url: Url,
    /// Who asks for the card.
    pub door: CardDoor,
    /// Where the trust list is.
    pub trust_list_url: Url,
    /// Whose signature the trust list must carry, PEM.
    pub signer_pem: Option<String>,
    /// Authorities besides those of the list, PEM.
    pub authorities_pem: Option<String>,
}

/// Who asks for the card.
#[derive(Debug)]
pub enum CardDoor {
    /// The program: its certificate and key, PEM.
    Tls {
        /// The certificate, followed by its chain.
        certificate_pem: String,
        /// The key.
        key_pem: Secret,
    },
    /// A proxy.
    Proxy {
        /// What it must show.
        trust: Trust,
        /// How it writes the certificate.
        form: Form,
    },
}

pub(super) fn keys() -> Vec<Key> {
    use Kind::{Choice, Path, Secret, Text};
    use Usual::{None, Required};
    vec![
        key(
            SECTION,
            "listen",
            Text,
            Required,
            "Address and port on which cards are asked for; nothing else is served there.",
        ),
        key(
            SECTION,
            "public_url",
            Text,
            Required,
            "Address under which browsers reach it: another host name or another port than the portal's, because browsers \
             ask for a card on every connection to it.",
        ),
        key(
            SECTION,
            "certificate_file",
            Path,
            None("a proxy ends the TLS connection: `proxy_secret`"),
            "PEM file with the server certificate of that address, followed by its chain.",
        ),
        key(
            SECTION,
            "key_pem",
            Secret("key_file"),
            None("a proxy has it"),
            "Private key of that certificate, in PEM, not encrypted.",
        ),
        key(
            SECTION,
            "proxy_secret",
            Secret("proxy_secret_file"),
            None("the program ends the TLS connection itself"),
            "Secret of 32 characters or more that the proxy sends in `X-Client-Cert-Secret`. With it, and from an address in \
             `server.trusted_proxies`, the certificate in `X-Client-Cert` is believed; from everybody else it is removed.",
        ),
        key(
            SECTION,
            "proxy_form",
            Choice(FORMS),
            Usual::Text("escaped-pem"),
            "How the proxy writes the certificate: `escaped-pem` (nginx `$ssl_client_escaped_cert`), `spaced-pem` (Apache), \
             `rfc9440` (in the header `Client-Cert`), `base64` (HAProxy).",
        ),
        key(
            SECTION,
            "trust_list_url",
            Text,
            Usual::Text(cns::trust::ITALIAN_LIST),
            "Address of the trusted list that names the authorities of the cards.",
        ),
        key(
            SECTION,
            "trust_list_signer_file",
            Path,
            None("the list is not asked for, and only `authorities_file` counts"),
            "PEM file with the certificates whose signature the list may carry: the present one, and the next. The \
             Commission's list of trusted lists names them.",
        ),
        key(
            SECTION,
            "authorities_file",
            Path,
            None("only the authorities of the list"),
            "PEM file with authorities besides those of the list. Whoever can write it chooses who signs in.",
        ),
    ]
}

/// The section, when it is there; a section that is there must be complete.
pub(super) fn read(reader: &mut Reader<'_>) -> Option<Option<Cards>> {
    if !reader.settings.has_section(SECTION) {
        return Some(None);
    }
    reader.demand(SECTION);
    let listen = reader.parsed("cards.listen", "an address and a port, such as 0.0.0.0:8443");
    let public_url = reader.url("cards.public_url");
    let door = door(reader);
    let trust_list_url = reader.url("cards.trust_list_url");
    let signer_pem = reader.optional_file("cards.trust_list_signer_file");
    let authorities_pem = reader.optional_file("cards.authorities_file");
    Some(Some(Cards {
        listen: listen?,
        public_url: public_url?,
        door: door?,
        trust_list_url: trust_list_url?,
        signer_pem: signer_pem?,
        authorities_pem: authorities_pem?,
    }))
}

fn door(reader: &mut Reader<'_>) -> Option<CardDoor> {
    let certificate = reader.optional_file("cards.certificate_file")?;
    let key = reader.optional_secret("cards.key_pem")?;
    let secret = reader.optional_secret("cards.proxy_secret")?;
    let form = form(&reader.text("cards.proxy_form")?);
    match (certificate, key, secret) {
        (Some(certificate_pem), Some(key_pem), None) => Some(CardDoor::Tls { certificate_pem, key_pem }),
        (None, None, Some(secret)) => Some(CardDoor::Proxy { trust: trust(reader, &secret)?, form }),
        (None, None, None) => reader.bad(
            "cards.certificate_file",
            "is missing: give it with `key_file`, or `proxy_secret_file` behind a proxy",
        ),
        (Some(_), None, _) => reader.bad("cards.key_pem", "is missing: the certificate needs it (or `key_file`)"),
        (None, Some(_), _) => reader.bad("cards.certificate_file", "is missing: the key needs it"),
        (Some(_), Some(_), Some(_)) => reader.bad(
            "cards.proxy_secret",
            "is given beside a certificate: either a proxy ends the TLS connection or the program",
        ),
    }
}

fn trust(reader: &mut Reader<'_>, secret: &Secret) -> Option<Trust> {
    let networks: Vec<Network> = reader.networks("server.trusted_proxies")?;
    let Ok(by_address) = Trust::addresses(networks) else {
        return reader.bad("server.trusted_proxies", "is empty: `cards.proxy_secret` is believed from these only");
    };
    match Trust::secret(secret.expose().as_bytes()) {
        Ok(by_secret) => Some(by_secret.and(by_address)),
        Err(error) => reader.bad("cards.proxy_secret", error.to_string()),
    }
}

fn form(name: &str) -> Form {
    match name {
        "spaced-pem" => Form::SpacedPem,
        "rfc9440" => Form::Rfc9440,
        "base64" => Form::Base64,
        _ => Form::EscapedPem,
    }
}
