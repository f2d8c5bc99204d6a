//! The content of a JWE (RFC 7518 section 5).

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::cipher::{
    AES_128, AES_256, DecryptionContext, EncryptionContext, PaddedBlockDecryptingKey, PaddedBlockEncryptingKey,
    UnboundCipherKey,
};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::hmac::{self, HMAC_SHA256, HMAC_SHA512};
use aws_lc_rs::iv::FixedLength;

use super::ContentEncryption;

/// What is encrypted, with all that belongs to it.
pub(super) struct Sealed {
    pub(super) iv: Vec<u8>,
    pub(super) content: Vec<u8>,
    pub(super) tag: Vec<u8>,
}

/// Bytes of a block, of an initialisation vector in CBC mode, and of a tag in GCM.
const BLOCK: usize = 16;

pub(super) fn open(enc: ContentEncryption, key: &[u8], sealed: Sealed, aad: &[u8]) -> Result<Vec<u8>, Unspecified> {
    if key.len() != enc.key_length() || sealed.iv.len() != enc.iv_length() {
        return Err(Unspecified);
    }
    match enc {
        ContentEncryption::A256Gcm => open_gcm(key, sealed, aad),
        _ => open_cbc(enc, key, sealed, aad),
    }
}

fn open_gcm(key: &[u8], sealed: Sealed, aad: &[u8]) -> Result<Vec<u8>, Unspecified> {
    if sealed.tag.len() != BLOCK {
        return Err(Unspecified);
    }
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key)?);
    let nonce = Nonce::try_assume_unique_for_key(&sealed.iv)?;
    let mut text = sealed.content;
    text.extend_from_slice(&sealed.tag);
    let length = key.open_in_place(nonce, Aad::from(aad), &mut text)?.len();
    text.truncate(length);
    Ok(text)
}

fn open_cbc(enc: ContentEncryption, key: &[u8], sealed: Sealed, aad: &[u8]) -> Result<Vec<u8>, Unspecified> {
    let (authentic, secret) = key.split_at(key.len() / 2);
    // The tag comes first: padding is looked at only in what the sender wrote.
    verify_slices_are_equal(&tag(enc, authentic, aad, &sealed.iv, &sealed.content), &sealed.tag)?;
    let iv: [u8; BLOCK] = sealed.iv.try_into().map_err(|_| Unspecified)?;
    let mut text = sealed.content;
    let cipher = PaddedBlockDecryptingKey::cbc_pkcs7(cipher(enc, secret)?)?;
    let length = cipher.decrypt(&mut text, DecryptionContext::Iv128(FixedLength::from(iv)))?.len();
    text.truncate(length);
    Ok(text)
}

pub(super) fn seal(
    enc: ContentEncryption,
    key: &[u8],
    iv: &[u8],
    plain: &[u8],
    aad: &[u8],
) -> Result<Sealed, Unspecified> {
    let mut content = plain.to_vec();
    if enc == ContentEncryption::A256Gcm {
        let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key)?);
        let nonce = Nonce::try_assume_unique_for_key(iv)?;
        let tag = key.seal_in_place_separate_tag(nonce, Aad::from(aad), &mut content)?;
        return Ok(Sealed { iv: iv.to_vec(), content, tag: tag.as_ref().to_vec() });
    }
    let (authentic, secret) = key.split_at(key.len() / 2);
    let block: [u8; BLOCK] = iv.try_into().map_err(|_| Unspecified)?;
    let cipher = PaddedBlockEncryptingKey::cbc_pkcs7(cipher(enc, secret)?)?;
    cipher.less_safe_encrypt(&mut content, EncryptionContext::Iv128(FixedLength::from(block)))?;
    let tag = tag(enc, authentic, aad, iv, &content);
    Ok(Sealed { iv: iv.to_vec(), content, tag })
}

fn cipher(enc: ContentEncryption, key: &[u8]) -> Result<UnboundCipherKey, Unspecified> {
    UnboundCipherKey::new(if enc == ContentEncryption::A128CbcHs256 { &AES_128 } else { &AES_256 }, key)
}

/// The first half of the code over header, vector, content and the header's length in bits (section 5.2.2.1).
fn tag(enc: ContentEncryption, key: &[u8], aad: &[u8], iv: &[u8], content: &[u8]) -> Vec<u8> {
    let algorithm = if enc == ContentEncryption::A128CbcHs256 { HMAC_SHA256 } else { HMAC_SHA512 };
    let mut context = hmac::Context::with_key(&hmac::Key::new(algorithm, key));
    context.update(aad);
    context.update(iv);
    context.update(content);
    context.update(&(aad.len() as u64 * 8).to_be_bytes());
    let code = context.sign();
    code.as_ref()[..code.as_ref().len() / 2].to_vec()
}
