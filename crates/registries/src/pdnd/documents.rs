//! What is signed for the platform: assertion, evidence, proof.

use aws_lc_rs::digest;
use jiff::{SignedDuration, Timestamp};
use jose::json::Object;
use jose::{SignError, SigningKey, sign_with_header};
use serde_json::{Value, json};
use url::Url;

use super::config::{Config, Evidence};
use crate::Stamp;

/// An assertion is good for this long: it is used at once.
const ASSERTION_LIFE: SignedDuration = SignedDuration::from_secs(120);
/// Evidence is good for this long, and its voucher is used no longer.
pub(super) const EVIDENCE_LIFE: SignedDuration = SignedDuration::from_mins(30);

/// A request for which a proof is made.
pub(super) struct Target<'a> {
    pub(super) method: &'a str,
    pub(super) url: &'a Url,
    /// The voucher that goes with it.
    pub(super) token: Option<&'a str>,
}

/// The client assertion (RFC 7523 section 3), with the claims that the platform admits and no others.
pub(super) fn assertion(
    config: &Config,
    key: &SigningKey,
    now: Timestamp,
    id: String,
    evidence: Option<&str>,
) -> Result<String, SignError> {
    let mut claims = usual(config, &config.audience, now, ASSERTION_LIFE, id);
    claims.insert("sub".to_owned(), json!(config.client_id));
    claims.insert("purposeId".to_owned(), json!(config.purpose_id));
    if let Some(evidence) = evidence {
        let digest = json!({ "alg": "SHA256", "value": hexadecimal(evidence.as_bytes()) });
        claims.insert("digest".to_owned(), digest);
    }
    sign(config, &claims, key)
}

/// The tracking evidence (ModI `AUDIT_REST_02`).
pub(super) fn evidence(
    config: &Config,
    evidence: &Evidence,
    key: &SigningKey,
    stamp: Stamp<'_>,
    round: usize,
) -> Result<String, SignError> {
    let id = stamp.id(&format!("evidence {round}"));
    let mut claims = usual(config, &evidence.audience, stamp.now, EVIDENCE_LIFE, id);
    claims.insert("nbf".to_owned(), json!(stamp.now.as_second()));
    claims.insert("purposeId".to_owned(), json!(config.purpose_id));
    claims.insert("userID".to_owned(), json!(evidence.user_id));
    claims.insert("userLocation".to_owned(), json!(evidence.user_location));
    claims.insert("LoA".to_owned(), json!(evidence.loa));
    claims.insert("dnonce".to_owned(), json!(stamp.number(&format!("dnonce {round}"))));
    sign(config, &claims, key)
}

/// A proof of possession (DPoP, RFC 9449 section 4.2).
pub(super) fn proof(
    key: &SigningKey,
    target: &Target<'_>,
    now: Timestamp,
    id: String,
    nonce: Option<String>,
) -> Result<String, SignError> {
    let mut url = target.url.clone();
    url.set_query(None);
    url.set_fragment(None);
    let mut claims = object(json!({
        "htm": target.method, "htu": url.as_str(), "iat": now.as_second(), "jti": id,
    }));
    if let Some(token) = target.token {
        let hash = digest::digest(&digest::SHA256, token.as_bytes());
        claims.insert("ath".to_owned(), json!(jose::encode(hash)));
    }
    if let Some(nonce) = nonce {
        claims.insert("nonce".to_owned(), json!(nonce));
    }
    let header = json!({ "typ": "dpop+jwt", "jwk": Value::Object(key.public().required()) });
    sign_with_header(object(header), &claims, key)
}

/// `iss`, `aud`, `jti`, `iat` and `exp` (RFC 7519 section 4.1).
pub(super) fn usual(config: &Config, audience: &str, now: Timestamp, life: SignedDuration, id: String) -> Object {
    let at = now.as_second();
    object(json!({
        "iss": config.client_id, "aud": audience, "jti": id, "iat": at, "exp": at.saturating_add(life.as_secs()),
    }))
}

/// Signs with the key that the platform knows by its `kid`.
pub(super) fn sign(config: &Config, claims: &Object, key: &SigningKey) -> Result<String, SignError> {
    sign_with_header(object(json!({ "typ": "JWT", "kid": config.kid })), claims, key)
}

/// SHA-256 in lower-case hexadecimal digits, as the digest in a voucher is written.
fn hexadecimal(bytes: &[u8]) -> String {
    let hash = digest::digest(&digest::SHA256, bytes);
    hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn object(value: Value) -> Object {
    match value {
        Value::Object(object) => object,
        _ => Object::new(),
    }
}
