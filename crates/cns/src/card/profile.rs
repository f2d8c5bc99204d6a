//! The profile of authentication certificates: usage of the key, policy, strength.
//!
//! Source: AgID, certificate profile for authentication by CNS; RFC 5280, section 4.2.1.

use x509_cert::Certificate;
use x509_cert::der::asn1::{ObjectIdentifier, UintRef};
use x509_cert::der::{AnyRef, Decode, Error, Reader, SliceReader, Tag, Tagged};
use x509_cert::ext::pkix::{CertificatePolicies, ExtendedKeyUsage, KeyUsage};

use super::{CardError, CardKind};
use crate::oid;
use crate::policy::Policy;

/// What in a certificate is not of the profile.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileError {
    /// There is no usage of the key.
    #[error("the certificate does not say what its key is for")]
    NoKeyUsage,
    /// The usage of the key is not critical, as the profile wants it.
    #[error("the usage of the key is not marked critical")]
    KeyUsageNotCritical,
    /// The key is not for digital signatures.
    #[error("the key is not for digital signatures")]
    NoDigitalSignature,
    /// The key is for signing documents.
    #[error("the key is for signing documents (nonRepudiation)")]
    NonRepudiation,
    /// The key is for authorities.
    #[error("the key is for signing certificates or revocation lists")]
    Authority,
    /// The extended usage does not contain *clientAuth*.
    #[error("the certificate is not for the authentication of clients")]
    NoClientAuth,
    /// An extension is malformed or there twice.
    #[error("an extension of the certificate cannot be read")]
    Extension(#[source] Error),
    /// An RSA key shorter than the policy wants.
    #[error("the RSA key has {bits} bits only")]
    ShortKey {
        /// Its length.
        bits: u32,
    },
    /// Neither RSA nor an elliptic curve in use.
    #[error("the key is of an unknown kind")]
    UnknownKey,
}

pub(super) fn check_usage(certificate: &Certificate) -> Result<(), CardError> {
    usage(certificate).map_err(CardError::NotForAuthentication)
}

fn usage(certificate: &Certificate) -> Result<(), ProfileError> {
    let body = &certificate.tbs_certificate;
    let found = body.get::<KeyUsage>().map_err(ProfileError::Extension)?;
    let (critical, usage) = found.ok_or(ProfileError::NoKeyUsage)?;
    if usage.non_repudiation() {
        return Err(ProfileError::NonRepudiation);
    }
    if usage.key_cert_sign() || usage.crl_sign() {
        return Err(ProfileError::Authority);
    }
    if !usage.digital_signature() {
        return Err(ProfileError::NoDigitalSignature);
    }
    if !critical {
        return Err(ProfileError::KeyUsageNotCritical);
    }
    let extended = body.get::<ExtendedKeyUsage>().map_err(ProfileError::Extension)?;
    // A certificate that says nothing, or "any", was not issued for this.
    match extended {
        Some((_, extended)) if extended.0.contains(&oid::CLIENT_AUTH) => Ok(()),
        _ => Err(ProfileError::NoClientAuth),
    }
}

/// The kind of card by the certificate's policies.
pub(super) fn kind(certificate: &Certificate, policy: &Policy) -> Result<CardKind, CardError> {
    let found = certificate.tbs_certificate.get::<CertificatePolicies>();
    let found = found.map_err(|error| CardError::NotForAuthentication(ProfileError::Extension(error)))?;
    let policies: Vec<ObjectIdentifier> = found
        .map(|(_, policies)| policies.0.into_iter().map(|information| information.policy_identifier).collect())
        .unwrap_or_default();
    let accepted = policy.accepted.iter().find(|(oid, _)| policies.contains(oid));
    accepted
        .map(|(_, kind)| *kind)
        .ok_or_else(|| CardError::NotACard { policies: policies.iter().map(ToString::to_string).collect() })
}

/// The TLS stack of this process refuses weak keys by itself; a proxy in front of it may not.
pub(super) fn check_key(certificate: &Certificate, policy: &Policy) -> Result<(), CardError> {
    let key = &certificate.tbs_certificate.subject_public_key_info;
    let outcome = match key.algorithm.oid {
        oid::RSA => match rsa_bits(key.subject_public_key.raw_bytes()) {
            Ok(bits) if bits < policy.minimum_rsa_bits => Err(ProfileError::ShortKey { bits }),
            Ok(_) => Ok(()),
            Err(error) => Err(ProfileError::Extension(error)),
        },
        oid::EC => Ok(()),
        _ => Err(ProfileError::UnknownKey),
    };
    outcome.map_err(CardError::Key)
}

/// The length of the modulus in `RSAPublicKey` (RFC 8017, appendix A.1.1).
fn rsa_bits(key: &[u8]) -> Result<u32, Error> {
    let outer = AnyRef::from_der(key)?;
    outer.tag().assert_eq(Tag::Sequence)?;
    let mut reader = SliceReader::new(outer.value())?;
    let modulus = UintRef::decode(&mut reader)?;
    let octets = modulus.as_bytes();
    let leading = octets.first().map_or(0, |first| first.leading_zeros());
    let _exponent = reader.tlv_bytes()?;
    Ok(u32::try_from(octets.len()).unwrap_or(u32::MAX).saturating_mul(8).saturating_sub(leading))
}
