//! Whose signature a trust list must carry. The crate `cns` reads lists and knows no XML signatures, the crate `spid` knows
//! them and no lists: here the two meet.

use cns::trust::CheckError;
use spid::signature::{KeyError, VerifyingKey, verify_list};

/// The keys of a PEM file with one certificate or more: the present signer's, and the next one's.
///
/// # Errors
/// [`KeyError`] when there is none, or one cannot be used.
pub fn signers_from_pem(pem: &str) -> Result<Vec<VerifyingKey>, KeyError> {
    const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
    let blocks = pem.split(BEGIN).skip(1).map(|rest| format!("{BEGIN}{rest}"));
    let keys = blocks.map(|block| VerifyingKey::from_certificate_pem(&block)).collect::<Result<Vec<_>, _>>()?;
    if keys.is_empty() { Err(KeyError::NotPem("certificate")) } else { Ok(keys) }
}

/// The check that the crate `cns` asks for.
pub(super) fn check(signers: &[VerifyingKey]) -> impl Fn(&[u8]) -> Result<(), CheckError> {
    move |bytes| verify_list(bytes, signers).map_err(Into::into)
}
