//! Checking: the form, the digest of the element, the signature over both.

use super::error::{Problem, SignatureError};
use super::keys::VerifyingKey;
use super::profile::Profile;
use super::{Place, SignatureMethod};
use crate::xml::{Node, canonicalize};

/// An element that was signed by one of the keys.
#[derive(Debug, Clone, Copy)]
pub struct Verified<'d> {
    /// The element whose digest was compared. Read below it, and nowhere else.
    pub element: Node<'d>,
    /// Which of the keys it was, counted from 0.
    pub key: usize,
    /// By which method.
    pub method: SignatureMethod,
}

/// Checks that `element` carries a signature by the profile, of itself, by one of `keys`.
///
/// # Errors
/// [`SignatureError`], which says whether there is none, it has another form, the element was changed, or nobody known
/// signed it.
pub fn verify<'d>(element: Node<'d>, place: Place, keys: &[VerifyingKey]) -> Result<Verified<'d>, SignatureError> {
    let profile = Profile::read(element, place)?;
    let mut canonical = Vec::with_capacity(16 * 1024);
    canonicalize(element, Some(profile.signature), &profile.prefixes, &mut canonical).map_err(|_| Problem::Size)?;
    if profile.digest.of(&canonical).as_ref() != profile.digest_value {
        return Err(SignatureError::Digest);
    }
    canonical.clear();
    canonicalize(profile.signed_info, None, &profile.info_prefixes, &mut canonical).map_err(|_| Problem::Size)?;
    let key = keys.iter().position(|key| key.accepts(profile.method, &canonical, &profile.value));
    Ok(Verified { element, key: key.ok_or(SignatureError::Key)?, method: profile.method })
}
