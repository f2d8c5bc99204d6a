//! Signed and encrypted JSON (JWS, JWE, JWK: RFC 7515 to 7518), as narrow as the Italian profile lets it be.
//!
//! What is accepted is a list, and the caller names the part of it that fits: `none`, `HS*` and `RSA1_5` are not among
//! the algorithms at all, so no header can ask for them. Keys come from the caller and are chosen by `kid`; a header
//! that brings its own key or the address of one (`jwk`, `jku`, `x5c`, `x5u`), that compresses (`zip`) or that asks for
//! an extension (`crit`) is refused.

mod alg;
mod content;
mod header;
mod jwe;
mod jwk;
mod jws;
mod keys;

pub use alg::{ContentEncryption, KeyEncryption, SigningAlgorithm};
pub use header::{Header, HeaderError};
pub use jwe::{JweError, decrypt, encrypt};
pub use jwk::{Jwk, JwkError, JwkSet, KeyUse};
pub use jws::{JwsError, SignError, Typ, Unverified, Verified, sign};
pub use keys::{DecryptionKey, KeyError, SigningKey};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The longest compact JWS or JWE that is read, in bytes.
pub const LONGEST: usize = 128 * 1024;

pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Base64url without padding, blanks or idle bits (RFC 7515 section 2).
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}
