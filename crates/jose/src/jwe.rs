//! Encrypted objects in compact form (RFC 7516), with RSA-OAEP.

use aws_lc_rs::rsa::{OaepPublicEncryptingKey, PublicEncryptingKey};
use aws_lc_rs::signature::RsaPublicKeyComponents;
use serde_json::json;

use super::content::{self, Sealed};
use super::jwk::Material;
use super::{
    ContentEncryption, DecryptionKey, Header, HeaderError, Jwk, KeyEncryption, KeyUse, LONGEST, decode, encode,
};

/// An encrypted object that is not accepted, or cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum JweError {
    /// Longer than [`LONGEST`].
    #[error("the encrypted object is too long")]
    TooLong,
    /// Not five parts in base64url.
    #[error("the text is not an encrypted object in compact form")]
    Form,
    /// The header.
    #[error("the header of the encrypted object is refused")]
    Header(#[from] HeaderError),
    /// Another algorithm than those of the profile, for the key or the content. It is as the header had it.
    #[error("the encryption algorithm {0:?} is not accepted")]
    Algorithm(String),
    /// The content is not declared to be a signed object (`cty`).
    #[error("the encrypted object does not say that it holds a signed one")]
    ContentType,
    /// None of our keys has this name.
    #[error("no decryption key has the kid {0:?}")]
    UnknownKey(String),
    /// The key or the content does not decrypt. Which of the two is said to nobody.
    #[error("the encrypted object cannot be decrypted")]
    Undecipherable,
    /// The recipient's key is not one to encrypt with.
    #[error("the recipient's key is not an RSA key for encrypting")]
    Recipient,
}

/// Decrypts an object that holds a signed one.
///
/// # Errors
/// [`JweError`]; which step failed is not told apart beyond the header.
pub fn decrypt(compact: &str, keys: &[DecryptionKey]) -> Result<String, JweError> {
    if compact.len() > LONGEST {
        return Err(JweError::TooLong);
    }
    let parts: Vec<&str> = compact.splitn(6, '.').collect();
    let [encoded, key, iv, content, tag] = parts[..] else { return Err(JweError::Form) };
    let header = Header::read(encoded)?;
    let Some(alg) = KeyEncryption::from_name(&header.alg) else { return Err(JweError::Algorithm(header.alg)) };
    let enc = header.enc.as_deref().unwrap_or_default();
    let enc = ContentEncryption::from_name(enc).ok_or_else(|| JweError::Algorithm(enc.to_owned()))?;
    if !header.cty.as_deref().is_some_and(|cty| cty.eq_ignore_ascii_case("JWT")) {
        return Err(JweError::ContentType);
    }
    let Some(ours) = keys.iter().find(|ours| ours.public().kid() == header.kid) else {
        return Err(JweError::UnknownKey(header.kid));
    };
    let part = |text| decode(text).ok_or(JweError::Form);
    let sealed = Sealed { iv: part(iv)?, content: part(content)?, tag: part(tag)? };
    let mut room = vec![0; ours.key.min_output_size()];
    let secret = ours.key.decrypt(alg.oaep(), &part(key)?, &mut room, None).map_err(|_| JweError::Undecipherable)?;
    let plain = content::open(enc, secret, sealed, encoded.as_bytes()).map_err(|_| JweError::Undecipherable)?;
    String::from_utf8(plain).map_err(|_| JweError::Undecipherable)
}

/// Encrypts a signed object for `recipient`, with the content key and the vector taken from `chance`: 80 bytes, each
/// used once. The padding of the key takes chance of its own, from the library.
///
/// # Errors
/// [`JweError::Recipient`] when the key is not for this.
pub fn encrypt(
    signed: &str,
    recipient: &Jwk,
    alg: KeyEncryption,
    enc: ContentEncryption,
    chance: &[u8; 80],
) -> Result<String, JweError> {
    let Material::Rsa { modulus, exponent } = &recipient.material else { return Err(JweError::Recipient) };
    if recipient.usage() == Some(KeyUse::Signing) {
        return Err(JweError::Recipient);
    }
    let (secret, iv) = (&chance[..enc.key_length()], &chance[64..64 + enc.iv_length()]);
    let header = json!({ "alg": alg.name(), "enc": enc.name(), "kid": recipient.kid(), "cty": "JWT" });
    let header = encode(header.to_string());
    let sealed =
        content::seal(enc, secret, iv, signed.as_bytes(), header.as_bytes()).map_err(|_| JweError::Recipient)?;
    let key: PublicEncryptingKey =
        RsaPublicKeyComponents { n: modulus, e: exponent }.try_into().map_err(|_| JweError::Recipient)?;
    let key = OaepPublicEncryptingKey::new(key).map_err(|_| JweError::Recipient)?;
    let mut room = vec![0; key.ciphertext_size()];
    let wrapped = key.encrypt(alg.oaep(), secret, &mut room, None).map_err(|_| JweError::Recipient)?;
    let parts = [encode(wrapped), encode(sealed.iv), encode(sealed.content), encode(sealed.tag)];
    Ok(format!("{header}.{}", parts.join(".")))
}
