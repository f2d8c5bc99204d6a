use std::collections::BTreeMap;
use std::time::Duration;

use italia::EmailAddress;
use pec::Tls;
use pec::imap::ImapConfig;
use pec::smtp::SmtpConfig;
use sportello_core::Secret;
use url::Url;

use super::reader::Reader;
use super::sources::{self, Source};

/// A tenant's ways to the outside world as configured; [`crate::connect`] makes clients of them.
#[derive(Debug, Default)]
pub struct Connection {
    /// The tenant's own source.
    pub register: Option<Source>,
    /// The name of a source that it shares.
    pub register_source: Option<String>,
    /// Ordinary mail.
    pub mail: Option<Outbox>,
    /// Certified mail.
    pub pec: Option<Outbox>,
    /// The certified mailbox in which receipts arrive.
    pub pec_inbox: Option<ImapConfig>,
    /// The authorities of the providers of certified mail, PEM.
    pub pec_trust: Option<String>,
    /// The mailbox to which people write for help.
    pub assistance_inbox: Option<ImapConfig>,
    /// Payments.
    pub pagopa: Option<Pagopa>,
    /// The identity providers of SPID.
    pub spid: Option<Spid>,
    /// CIE's federation.
    pub cie: Option<Cie>,
    /// The key that signs statements, PEM.
    pub statement_key_pem: Option<Secret>,
}

/// CIE's federation.
#[derive(Debug)]
pub struct Cie {
    /// Keys that sign what the body says of itself, PEM.
    pub federation_key_pem: Secret,
    /// Keys that sign requests, PEM.
    pub signing_key_pem: Secret,
    /// Keys that decrypt attributes, PEM.
    pub decryption_key_pem: Secret,
    /// The trust anchor's name.
    pub anchor: Url,
    /// Its keys, JSON.
    pub anchor_keys: String,
    /// The provider's name.
    pub provider: Url,
    /// Trust marks, JSON.
    pub trust_marks: Option<String>,
    /// Whether the provider must have one too.
    pub provider_marked: bool,
}

/// The identity providers of SPID.
#[derive(Debug)]
pub struct Spid {
    /// Our key, PEM.
    pub key_pem: Secret,
    /// Its certificate, PEM.
    pub certificate_pem: String,
    /// The certificate of the key that comes next, or that was used before, PEM.
    pub other_certificate_pem: Option<String>,
    /// The list of providers.
    pub registry_url: Option<Url>,
    /// The address of their metadata in one signed document, and the certificates of whoever signs it, PEM.
    pub signed_metadata: Option<(Url, String)>,
    /// The metadata of one more provider.
    pub provider: Option<String>,
}

/// A way for messages to leave.
#[derive(Debug)]
pub struct Outbox {
    /// The server.
    pub smtp: SmtpConfig,
    /// In whose name.
    pub from: EmailAddress,
}

/// Payments.
#[derive(Debug)]
pub struct Pagopa {
    /// The service that takes carts.
    pub checkout_url: Url,
    /// The hosted payment page to which browsers are sent.
    pub payment_page: Url,
    /// The key that opens it.
    pub subscription_key: Option<Secret>,
    /// The last part of the address under which the node reaches us.
    pub node_secret: Option<Secret>,
}

/// The least length of the secret part of the node's address.
const NODE_SECRET: usize = 24;

pub(super) fn read_all(reader: &mut Reader<'_>) -> Option<BTreeMap<String, Connection>> {
    let tenants = reader.settings.names("connections");
    let read: Vec<_> =
        tenants.into_iter().map(|tenant| (read(reader, &format!("connections.{tenant}")), tenant)).collect();
    read.into_iter().map(|(connection, tenant)| Some((tenant, connection?))).collect()
}

fn read(reader: &mut Reader<'_>, at: &str) -> Option<Connection> {
    let register = section(reader, &format!("{at}.register"), sources::read);
    let register_source = reader.optional_text(&format!("{at}.register_source"));
    let mail = section(reader, &format!("{at}.mail"), outbox);
    let pec = section(reader, &format!("{at}.pec"), outbox);
    let pec_inbox = section(reader, &format!("{at}.pec_inbox"), inbox);
    let pec_trust = reader.optional_file(&format!("{at}.pec_trust_file"));
    let assistance_inbox = section(reader, &format!("{at}.assistance_inbox"), inbox);
    let pagopa = section(reader, &format!("{at}.pagopa"), pagopa);
    let spid = section(reader, &format!("{at}.spid"), spid);
    let cie = section(reader, &format!("{at}.cie"), cie);
    let statements = section(reader, &format!("{at}.statements"), |reader, at| reader.secret(&format!("{at}.key_pem")));
    Some(Connection {
        register: register?,
        register_source,
        mail: mail?,
        pec: pec?,
        pec_inbox: pec_inbox?,
        pec_trust: pec_trust?,
        assistance_inbox: assistance_inbox?,
        pagopa: pagopa?,
        spid: spid?,
        cie: cie?,
        statement_key_pem: statements?,
    })
}

/// A section that may be missing; one that is there must be complete.
fn section<T>(reader: &mut Reader<'_>, at: &str, read: fn(&mut Reader<'_>, &str) -> Option<T>) -> Option<Option<T>> {
    if !reader.settings.has_section(at) {
        return Some(None);
    }
    let before = reader.problems.len();
    reader.demand(at);
    if reader.problems.len() > before {
        return None;
    }
    read(reader, at).map(Some)
}

fn spid(reader: &mut Reader<'_>, at: &str) -> Option<Spid> {
    let key_pem = reader.secret(&format!("{at}.key_pem"));
    let certificate_pem = reader.optional_file(&format!("{at}.certificate_file"));
    let other_certificate_pem = reader.optional_file(&format!("{at}.other_certificate_file"));
    let registry_url = reader.optional_url(&format!("{at}.registry_url"));
    let signed_metadata = signed_metadata(reader, at);
    let provider = reader.optional_file(&format!("{at}.provider_file"));
    Some(Spid {
        key_pem: key_pem?,
        certificate_pem: certificate_pem??,
        other_certificate_pem: other_certificate_pem?,
        registry_url: registry_url?,
        signed_metadata: signed_metadata?,
        provider: provider?,
    })
}

/// A signature is worth something only to who knows whose it must be, so neither goes without the other.
fn signed_metadata(reader: &mut Reader<'_>, at: &str) -> Option<Option<(Url, String)>> {
    let (url_key, file_key) = (format!("{at}.metadata_url"), format!("{at}.metadata_signer_file"));
    let (url, signer) = (reader.optional_url(&url_key), reader.optional_file(&file_key));
    match (url?, signer?) {
        (Some(url), Some(signer)) => Some(Some((url, signer))),
        (None, None) => Some(None),
        (Some(_), None) => {
            reader.bad(&file_key, "must be given with `metadata_url`: nothing unsigned is taken from there")
        }
        (None, Some(_)) => reader.bad(&url_key, "must be given with `metadata_signer_file`"),
    }
}

fn cie(reader: &mut Reader<'_>, at: &str) -> Option<Cie> {
    let federation_key_pem = reader.secret(&format!("{at}.federation_key_pem"));
    let signing_key_pem = reader.secret(&format!("{at}.signing_key_pem"));
    let decryption_key_pem = reader.secret(&format!("{at}.decryption_key_pem"));
    let anchor = reader.url(&format!("{at}.anchor_url"));
    let anchor_keys = reader.optional_file(&format!("{at}.anchor_keys_file"));
    let provider = reader.url(&format!("{at}.provider_url"));
    let trust_marks = reader.optional_file(&format!("{at}.trust_marks_file"));
    let provider_marked = reader.text(&format!("{at}.provider_trust_mark")).map(|word| word == "required");
    Some(Cie {
        federation_key_pem: federation_key_pem?,
        signing_key_pem: signing_key_pem?,
        decryption_key_pem: decryption_key_pem?,
        anchor: anchor?,
        anchor_keys: anchor_keys??,
        provider: provider?,
        trust_marks: trust_marks?,
        provider_marked: provider_marked?,
    })
}

fn outbox(reader: &mut Reader<'_>, at: &str) -> Option<Outbox> {
    let host = reader.text(&format!("{at}.host"));
    let port = reader.number(&format!("{at}.port"));
    let tls = tls(reader, &format!("{at}.tls"));
    let authorities = reader.optional_file(&format!("{at}.authorities_file"));
    let user = reader.optional_text(&format!("{at}.user"));
    let password = reader.optional_secret(&format!("{at}.password"));
    let from = address(reader, &format!("{at}.from"));
    let timeout = reader.number(&format!("{at}.timeout_seconds"));
    let password = password?.map_or_else(String::new, |secret| secret.expose().to_owned());
    let smtp = SmtpConfig {
        host: host?,
        port: port?,
        tls: tls?,
        authorities: authorities?,
        user,
        password: password.into(),
        timeout: Duration::from_secs(timeout?),
    };
    Some(Outbox { smtp, from: from? })
}

fn inbox(reader: &mut Reader<'_>, at: &str) -> Option<ImapConfig> {
    let host = reader.text(&format!("{at}.host"));
    let port = reader.number(&format!("{at}.port"));
    let tls = tls(reader, &format!("{at}.tls"));
    let authorities = reader.optional_file(&format!("{at}.authorities_file"));
    let user = reader.text(&format!("{at}.user"));
    let password = reader.secret(&format!("{at}.password"));
    let folder = reader.text(&format!("{at}.folder"));
    let timeout = reader.number(&format!("{at}.timeout_seconds"));
    Some(ImapConfig {
        host: host?,
        port: port?,
        tls: tls?,
        authorities: authorities?,
        user: user?,
        password: password?.expose().into(),
        folder: folder?,
        timeout: Duration::from_secs(timeout?),
    })
}

fn pagopa(reader: &mut Reader<'_>, at: &str) -> Option<Pagopa> {
    let checkout_url = reader.url(&format!("{at}.checkout_url"));
    let payment_page = reader.url(&format!("{at}.payment_page"));
    let subscription_key = reader.optional_secret(&format!("{at}.subscription_key"));
    let path = format!("{at}.node_secret");
    let node_secret = reader.optional_secret(&path)?;
    if let Some(secret) = &node_secret {
        let sound = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        if secret.expose().len() < NODE_SECRET || !secret.expose().bytes().all(sound) {
            return reader.bad(&path, format!("must be {NODE_SECRET} letters, digits, - and _ or more"));
        }
    }
    Some(Pagopa {
        checkout_url: checkout_url?,
        payment_page: payment_page?,
        subscription_key: subscription_key?,
        node_secret,
    })
}

fn tls(reader: &mut Reader<'_>, path: &str) -> Option<Tls> {
    Some(match reader.text(path)?.as_str() {
        "implicit" => Tls::Implicit,
        "none" => Tls::None,
        _ => Tls::StartTls,
    })
}

fn address(reader: &mut Reader<'_>, path: &str) -> Option<EmailAddress> {
    let text = reader.text(path)?;
    match EmailAddress::parse(&text) {
        Ok(address) => Some(address),
        Err(error) => reader.bad(path, format!("`{text}` is not an address: {error}")),
    }
}
