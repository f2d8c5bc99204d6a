//! The way to CIE's federation.

use serde::Deserialize;
use sportello_core::identities::cie::{CieConnection, CieKeys, CieSettings};
use sportello_core::spid::federation::chain::TrustMarkRule;
use sportello_core::spid::federation::jose::{DecryptionKey, JwkError, JwkSet, SigningKey};
use sportello_core::spid::federation::json::{Object, parse_object};

use super::{ConnectError, Site};
use crate::config::Cie;

/// The longest key set that is read, in bytes.
const LONGEST: usize = 64 * 1024;

type Cause = Box<dyn std::error::Error + Send + Sync>;

#[derive(Deserialize)]
struct Mark {
    #[serde(alias = "trust_mark_type")]
    id: String,
    trust_mark: String,
}

pub(super) fn connection(
    tenant: &str,
    settings: &Cie,
    site: Option<Site<'_>>,
) -> Result<Option<CieConnection>, ConnectError> {
    let bad = |(what, source): (&'static str, Cause)| ConnectError::Cie { tenant: tenant.to_owned(), what, source };
    let settings = read(settings).map_err(bad)?;
    let Some((site, base)) = site else { return Ok(None) };
    CieConnection::new(site, base, settings).map(Some).map_err(|error| bad(("the body", error.into())))
}

fn read(settings: &Cie) -> Result<CieSettings, (&'static str, Cause)> {
    let signing = |what, pem: &str| SigningKey::all_from_pem(pem).map_err(|error| (what, error.into()));
    let keys = CieKeys {
        federation: signing("the federation key", settings.federation_key_pem.expose())?,
        signing: signing("the signing key", settings.signing_key_pem.expose())?,
        decryption: DecryptionKey::all_from_pem(settings.decryption_key_pem.expose())
            .map_err(|error| ("the decryption key", error.into()))?,
    };
    let anchor_keys: Object = parse_object(settings.anchor_keys.as_bytes(), LONGEST)
        .map_err(|error| ("the trust anchor's keys", error.into()))?;
    let anchor_keys =
        JwkSet::read(&anchor_keys).map_err(|error: JwkError| ("the trust anchor's keys", error.into()))?;
    let marks: Vec<Mark> = match &settings.trust_marks {
        Some(text) => serde_json::from_str(text).map_err(|error| ("the file of trust marks", error.into()))?,
        None => Vec::new(),
    };
    Ok(CieSettings {
        keys,
        anchor: name(&settings.anchor),
        anchor_keys,
        provider: name(&settings.provider),
        trust_marks: marks.into_iter().map(|mark| (mark.id, mark.trust_mark)).collect(),
        provider_trust_mark: if settings.provider_marked { TrustMarkRule::AtLeastOne } else { TrustMarkRule::Optional },
    })
}

/// An entity's name as others write it: an address without path has no slash at its end.
fn name(address: &url::Url) -> String {
    let text = address.as_str();
    if address.path() == "/" { text.trim_end_matches('/').to_owned() } else { text.to_owned() }
}
