//! PKCS #12 (RFC 7292) in one shape: a key and two certificates, encrypted with PBES2 (RFC 8018: PBKDF2 with
//! HMAC-SHA-256, AES-256-CBC) and protected by an HMAC-SHA-256. This is what OpenSSL 3 writes and what browsers import.

use std::num::NonZeroU32;

use aws_lc_rs::cipher::{AES_256, EncryptionContext, PaddedBlockEncryptingKey, UnboundCipherKey};
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::iv::FixedLength;
use aws_lc_rs::{hmac, pbkdf2};
use x509_cert::der::Encode;
use x509_cert::der::asn1::{Null, ObjectIdentifier};

use super::{IssueError, IssuedCard};
use crate::oid;

const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const ENCRYPTED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.6");
const SHROUDED_KEY_BAG: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.2");
const CERTIFICATE_BAG: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.3");
const X509_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.22.1");
const FRIENDLY_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.20");
const LOCAL_KEY_ID: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.21");
const PBES2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.13");
const PBKDF2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.12");
const HMAC_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.2.9");
const AES_256_CBC: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1.42");

const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const OCTETS: u8 = 0x04;
const INTEGER: u8 = 0x02;
const BMP_STRING: u8 = 0x1E;
/// `[0]`, around what follows.
const EXPLICIT: u8 = 0xA0;
/// `[0]`, in place of OCTET STRING.
const IMPLICIT: u8 = 0x80;

const ITERATIONS: u16 = 10_000;
/// The length of a block of SHA-256, which the key derivation of PKCS #12 works with.
const BLOCK: usize = 64;

pub(super) fn build(card: &IssuedCard, label: &str, password: &str, salt: [u8; 32]) -> Result<Vec<u8>, IssueError> {
    let salt = |purpose: &str| digest(&SHA256, &[&salt[..], purpose.as_bytes()].concat()).as_ref().to_vec();
    let mark = attributes(label, &digest(&SHA256, &card.certificate).as_ref()[..20])?;
    let own = certificate_bag(&card.certificate, &mark)?;
    let issuer = certificate_bag(&card.issuer, &[])?;
    let certificates = encrypted_data(&tlv(SEQUENCE, &[&own[..], &issuer].concat()), password, &salt("certificates"))?;
    let (algorithm, encrypted) = encrypt(&card.key, password, &salt("key"))?;
    let shrouded = tlv(SEQUENCE, &[algorithm, tlv(OCTETS, &encrypted)].concat());
    let key = bag(SHROUDED_KEY_BAG, &shrouded, &mark)?;
    let contents = [certificates, data(&tlv(SEQUENCE, &key))?].concat();
    let safe = tlv(SEQUENCE, &contents);
    let mac = mac(&safe, password, &salt("mac"))?;
    Ok(tlv(SEQUENCE, &[tlv(INTEGER, &[3]), data(&safe)?, mac].concat()))
}

/// `ContentInfo` of plain data.
fn data(content: &[u8]) -> Result<Vec<u8>, IssueError> {
    Ok(tlv(SEQUENCE, &[DATA.to_der()?, tlv(EXPLICIT, &tlv(OCTETS, content))].concat()))
}

/// `ContentInfo` of encrypted data (RFC 5652, section 8).
fn encrypted_data(content: &[u8], password: &str, salt: &[u8]) -> Result<Vec<u8>, IssueError> {
    let (algorithm, encrypted) = encrypt(content, password, salt)?;
    let content = tlv(SEQUENCE, &[DATA.to_der()?, algorithm, tlv(IMPLICIT, &encrypted)].concat());
    let encrypted = tlv(SEQUENCE, &[tlv(INTEGER, &[0]), content].concat());
    Ok(tlv(SEQUENCE, &[ENCRYPTED_DATA.to_der()?, tlv(EXPLICIT, &encrypted)].concat()))
}

fn certificate_bag(certificate: &[u8], attributes: &[u8]) -> Result<Vec<u8>, IssueError> {
    let inner = [X509_CERTIFICATE.to_der()?, tlv(EXPLICIT, &tlv(OCTETS, certificate))].concat();
    bag(CERTIFICATE_BAG, &tlv(SEQUENCE, &inner), attributes)
}

fn bag(kind: ObjectIdentifier, value: &[u8], attributes: &[u8]) -> Result<Vec<u8>, IssueError> {
    Ok(tlv(SEQUENCE, &[kind.to_der()?, tlv(EXPLICIT, value), attributes.to_vec()].concat()))
}

/// What ties the key to its certificate, and how a browser calls the two.
fn attributes(label: &str, id: &[u8]) -> Result<Vec<u8>, IssueError> {
    let attribute = |oid: ObjectIdentifier, value: Vec<u8>| -> Result<Vec<u8>, IssueError> {
        Ok(tlv(SEQUENCE, &[oid.to_der()?, tlv(SET, &value)].concat()))
    };
    let name = attribute(FRIENDLY_NAME, tlv(BMP_STRING, &utf16(label)))?;
    let key_id = attribute(LOCAL_KEY_ID, tlv(OCTETS, id))?;
    // The elements of a SET stand in the order of their encodings.
    let mut sorted = [name, key_id];
    sorted.sort();
    Ok(tlv(SET, &sorted.concat()))
}

/// The algorithm identifier of PBES2 and the encrypted octets.
fn encrypt(content: &[u8], password: &str, salt: &[u8]) -> Result<(Vec<u8>, Vec<u8>), IssueError> {
    let (salt, iv) = salt.split_at(16);
    let iv: [u8; 16] = iv.try_into().map_err(|_| IssueError::Key)?;
    let iterations = NonZeroU32::new(u32::from(ITERATIONS)).ok_or(IssueError::Key)?;
    let mut key = [0; 32];
    pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, iterations, salt, password.as_bytes(), &mut key);
    let cipher = UnboundCipherKey::new(&AES_256, &key).and_then(PaddedBlockEncryptingKey::cbc_pkcs7);
    let mut encrypted = content.to_vec();
    cipher
        .and_then(|cipher| cipher.less_safe_encrypt(&mut encrypted, EncryptionContext::Iv128(FixedLength::from(iv))))
        .map_err(|_| IssueError::Key)?;
    let prf = tlv(SEQUENCE, &[HMAC_SHA256.to_der()?, Null.to_der()?].concat());
    let derivation = [tlv(OCTETS, salt), ITERATIONS.to_der()?, prf].concat();
    let derivation = tlv(SEQUENCE, &[PBKDF2.to_der()?, tlv(SEQUENCE, &derivation)].concat());
    let scheme = tlv(SEQUENCE, &[AES_256_CBC.to_der()?, tlv(OCTETS, &iv)].concat());
    let parameters = tlv(SEQUENCE, &[derivation, scheme].concat());
    Ok((tlv(SEQUENCE, &[PBES2.to_der()?, parameters].concat()), encrypted))
}

/// `MacData` (section 4), with the key of appendix B.
fn mac(content: &[u8], password: &str, salt: &[u8]) -> Result<Vec<u8>, IssueError> {
    let mut secret = utf16(password);
    secret.extend_from_slice(&[0, 0]);
    // Purpose 3 is "integrity". One block of output is all that is needed, so the derivation has one round.
    let mut block = [vec![3; BLOCK], repeated(salt), repeated(&secret)].concat();
    for _ in 0..ITERATIONS {
        block = digest(&SHA256, &block).as_ref().to_vec();
    }
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &block), content);
    let algorithm = tlv(SEQUENCE, &[oid::SHA256.to_der()?, Null.to_der()?].concat());
    let info = tlv(SEQUENCE, &[algorithm, tlv(OCTETS, tag.as_ref())].concat());
    Ok(tlv(SEQUENCE, &[info, tlv(OCTETS, salt), ITERATIONS.to_der()?].concat()))
}

/// Over and over again until whole blocks are full.
fn repeated(octets: &[u8]) -> Vec<u8> {
    let length = octets.len().next_multiple_of(BLOCK);
    octets.iter().copied().cycle().take(length).collect()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match content.len() {
        length @ 0..0x80 => out.push(length as u8),
        length => {
            let octets: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|octet| *octet == 0).collect();
            out.push(0x80 | octets.len() as u8);
            out.extend(octets);
        }
    }
    out.extend_from_slice(content);
    out
}
