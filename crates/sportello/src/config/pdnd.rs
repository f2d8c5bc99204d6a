//! Who we are on the interoperability platform (PDND), for sources that are opened by vouchers.

use sportello_core::Secret;
use url::Url;

use super::keys::{Key, Kind, Usual};
use super::reader::Reader;
use super::sources::key;

/// Who we are on the platform, and what the e-service demands.
#[derive(Debug)]
pub struct Pdnd {
    /// The token endpoint.
    pub token_url: Url,
    /// The `aud` of client assertions.
    pub audience: String,
    /// The client's id.
    pub client_id: String,
    /// The id that the platform gave to our key.
    pub kid: String,
    /// The purpose.
    pub purpose_id: String,
    /// Our key, PEM.
    pub key_pem: Secret,
    /// The key of proofs of possession, PEM.
    pub dpop_key_pem: Option<Secret>,
    /// Tracking evidence: its audience, user, place and level.
    pub evidence: Option<[String; 4]>,
    /// The `aud` of signatures over what is posted.
    pub integrity: Option<String>,
}

/// The keys of tracking evidence: all or none.
const EVIDENCE: [&str; 4] = ["evidence_audience", "evidence_user_id", "evidence_user_location", "evidence_loa"];

pub(super) fn read(reader: &mut Reader<'_>, at: &str) -> Option<Pdnd> {
    reader.demand(at);
    let token_url = reader.url(&format!("{at}.token_url"));
    let mut text = |name: &str| reader.text(&format!("{at}.{name}"));
    let (audience, client_id, kid, purpose_id) = (text("audience"), text("client_id"), text("kid"), text("purpose_id"));
    let key_pem = reader.secret(&format!("{at}.key_pem"));
    let dpop_key_pem = reader.optional_secret(&format!("{at}.dpop_key_pem"));
    let integrity = reader.optional_text(&format!("{at}.integrity_audience"));
    let evidence = evidence(reader, at);
    Some(Pdnd {
        token_url: token_url?,
        audience: audience?,
        client_id: client_id?,
        kid: kid?,
        purpose_id: purpose_id?,
        key_pem: key_pem?,
        dpop_key_pem: dpop_key_pem?,
        evidence: evidence?,
        integrity,
    })
}

fn evidence(reader: &mut Reader<'_>, at: &str) -> Option<Option<[String; 4]>> {
    let given = EVIDENCE.map(|name| reader.optional_text(&format!("{at}.{name}")));
    match given {
        [Some(audience), Some(user), Some(place), Some(level)] => Some(Some([audience, user, place, level])),
        [None, None, None, None] => Some(None),
        _ => reader.bad(&format!("{at}.evidence_audience"), format!("{} go together", EVIDENCE.join(", "))),
    }
}

pub(super) fn keys(section: &str) -> Vec<Key> {
    use Kind::{Secret, Text};
    use Usual::Required;
    let no_evidence = Usual::None("no tracking evidence is sent");
    let key = |name, kind, default, about| key(section, name, kind, default, about);
    vec![
        key("token_url", Text, Required, "Address of the platform's token endpoint, up to and with `/token.oauth2`."),
        key("audience", Text, Required, "The `aud` of client assertions, as the platform's portal shows it."),
        key("client_id", Text, Required, "The client's id on the platform."),
        key("kid", Text, Required, "The id that the platform gave to the client's public key."),
        key("purpose_id", Text, Required, "The purpose (*finalità*) for which the e-service is used."),
        key(
            "key_pem",
            Secret("key_file"),
            Required,
            "The client's private key in PEM (PKCS#8, RSA or P-256), not encrypted.",
        ),
        key(
            "dpop_key_pem",
            Secret("dpop_key_file"),
            Usual::None("vouchers are not bound to a key"),
            "Private key for proofs of possession (DPoP, RFC 9449) in PEM, where the e-service takes bound vouchers.",
        ),
        key("evidence_audience", Text, no_evidence, "The `aud` of tracking evidence (`AUDIT_REST_02`): the e-service."),
        key("evidence_user_id", Text, no_evidence, "Its `userID`: the office or program on whose behalf is asked."),
        key("evidence_user_location", Text, no_evidence, "Its `userLocation`: from where is asked."),
        key(
            "evidence_loa",
            Text,
            no_evidence,
            "Its `LoA`: the level at which whoever asks signs in, for example `LoA3`.",
        ),
        key(
            "integrity_audience",
            Text,
            Usual::None("nothing that is posted is signed"),
            "The `aud` of signatures over what is posted (`INTEGRITY_REST_01`), where the e-service demands them.",
        ),
    ]
}
