//! Signatures over what is posted (ModI `INTEGRITY_REST_01`).

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use jose::{SignError, SigningKey};
use serde_json::json;

use super::config::Config;
use super::documents::{sign, usual};

/// What is posted.
pub(super) const CONTENT_TYPE_JSON: &str = "application/json";

/// A signature is good for this long: the request leaves at once.
const LIFE: SignedDuration = SignedDuration::from_secs(120);

/// The `Digest` header (RFC 3230).
pub(super) fn digest(body: &[u8]) -> String {
    format!("SHA-256={}", STANDARD.encode(digest::digest(&digest::SHA256, body)))
}

/// The `Agid-JWT-Signature` header over digest and content type.
pub(super) fn signature(
    config: &Config,
    audience: &str,
    key: &SigningKey,
    digest: &str,
    now: Timestamp,
    id: String,
) -> Result<String, SignError> {
    let mut claims = usual(config, audience, now, LIFE, id);
    claims.insert("nbf".to_owned(), json!(now.as_second()));
    let headers = json!([{ "digest": digest }, { "content-type": CONTENT_TYPE_JSON }]);
    claims.insert("signed_headers".to_owned(), headers);
    sign(config, &claims, key)
}
