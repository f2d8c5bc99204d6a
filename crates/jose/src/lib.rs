#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod alg;
mod content;
mod header;
pub mod json;
mod jwe;
mod jwk;
mod jws;
mod keys;
mod proof;

pub use alg::{ContentEncryption, KeyEncryption, SigningAlgorithm};
pub use header::{Header, HeaderError};
pub use jwe::{JweError, decrypt, encrypt};
pub use jwk::{Jwk, JwkError, JwkSet, KeyUse};
pub use jws::{JwsError, SignError, Typ, Unverified, Verified, sign, sign_with_header};
pub use keys::{DecryptionKey, KeyError, SigningKey};
pub use proof::Proof;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The longest compact JWS or JWE that is read, in bytes.
pub const LONGEST: usize = 128 * 1024;

/// Base64url without padding (RFC 7515 section 2).
pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads base64url without padding, blanks or idle bits (RFC 7515 section 2); `None` for anything else.
#[must_use]
pub fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}
