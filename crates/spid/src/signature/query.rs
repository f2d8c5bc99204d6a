//! Signatures over a query (SAML V2.0 Bindings, 3.4.4.1): the bytes as they travel, nothing decoded and encoded again.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::algorithm::{Digest, SignatureMethod};
use super::error::{QuerySignatureError, SignError};
use super::keys::{SigningKey, VerifyingKey};
use crate::saml::binding::{percent_decode, percent_encode};

/// Adds `SigAlg` and `Signature` to a query of already encoded parameters, such as `SAMLRequest=…&RelayState=…`.
///
/// # Errors
/// [`SignError::Key`] when the library refuses.
pub fn sign_query(query: &str, key: &SigningKey) -> Result<String, SignError> {
    let method = percent_encode(SignatureMethod::Rsa(Digest::Sha256).uri());
    let signed = format!("{query}&SigAlg={method}");
    let value = STANDARD.encode(key.sign(signed.as_bytes())?);
    Ok(format!("{signed}&Signature={}", percent_encode(&value)))
}

/// Checks the signature over the query with which a message came, and gives the place of the key in `keys`.
///
/// `message` is `SAMLRequest` or `SAMLResponse`; `query` is what stands behind the question mark, untouched.
///
/// # Errors
/// [`QuerySignatureError`] when a parameter is missing or there twice, the method is not accepted, or no key fits.
pub fn verify_query(message: &'static str, query: &str, keys: &[VerifyingKey]) -> Result<usize, QuerySignatureError> {
    let required = |name| parameter(query, name)?.ok_or(QuerySignatureError::Missing(name));
    let (message_value, method, value) = (required(message)?, required("SigAlg")?, required("Signature")?);
    let relay_state = parameter(query, "RelayState")?.map(|raw| format!("&RelayState={raw}")).unwrap_or_default();
    let signed = format!("{message}={message_value}{relay_state}&SigAlg={method}");
    let method = percent_decode(method).ok_or(QuerySignatureError::Value)?;
    let method = SignatureMethod::named(&method).ok_or(QuerySignatureError::Method)?;
    let value = percent_decode(value).ok_or(QuerySignatureError::Value)?;
    let compact: String = value.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let value = STANDARD.decode(compact).map_err(|_| QuerySignatureError::Value)?;
    let key = keys.iter().position(|key| key.accepts(method, signed.as_bytes(), &value));
    key.ok_or(QuerySignatureError::Key)
}

/// The raw value of a parameter that occurs at most once.
pub(crate) fn parameter<'q>(query: &'q str, name: &'static str) -> Result<Option<&'q str>, QuerySignatureError> {
    let mut found = query.split('&').filter_map(|pair| match pair.split_once('=') {
        Some((key, value)) => (percent_decode(key).as_deref() == Some(name)).then_some(value),
        None => None,
    });
    match (found.next(), found.next()) {
        (value, None) => Ok(value),
        _ => Err(QuerySignatureError::Twice(name)),
    }
}
