//! What is wrong with a key or a signature.

use crate::xml::XmlError;

/// Why a key is not usable.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The text is not PEM of the kind expected.
    #[error("the text has no PEM block of a {0}")]
    NotPem(&'static str),
    /// The certificate cannot be read.
    #[error("the certificate cannot be read")]
    Certificate(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The private key cannot be read, or is not RSA.
    #[error("the private key is not an unencrypted RSA key")]
    PrivateKey,
    /// Shorter than 2048 bits (avviso 29).
    #[error("the RSA key has {bits} bits, fewer than 2048")]
    TooShort {
        /// Its length in bits.
        bits: usize,
    },
    /// Neither RSA nor ECDSA on P-256 or P-384.
    #[error("the certificate has a key of a kind that is not accepted")]
    Kind,
    /// The private key is not the one of the certificate.
    #[error("the private key does not belong to the certificate")]
    Mismatch,
}

/// Why an element was not signed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SignError {
    /// The text that was to be signed is no document.
    #[error("what was to be signed cannot be read")]
    Xml(#[from] XmlError),
    /// No element has the identifier, or several have it.
    #[error("what was to be signed has not exactly one element with that identifier")]
    Target,
    /// The element has no content, or no `Issuer` to stand behind.
    #[error("the element that was to be signed has no place for a signature")]
    Place,
    /// The cryptographic library refused.
    #[error("the private key could not be used")]
    Key,
}

/// Why a signature was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignatureError {
    /// The element has no signature.
    #[error("the element is not signed")]
    Missing,
    /// The signature has not the form of the profile, whether or not it could be computed.
    #[error("the signature does not follow the profile: {0}")]
    Profile(#[from] Problem),
    /// The element is not what was signed.
    #[error("the element was changed after it was signed")]
    Digest,
    /// None of the keys that the caller gave made the signature.
    #[error("the signature was not made with a known key")]
    Key,
}

/// Why a trusted list was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ListError {
    /// No XML within the limits.
    #[error("the list cannot be read")]
    Xml(#[from] XmlError),
    /// Its signature is not one of the whole list by a known key.
    #[error("the signature of the list is not accepted")]
    Signature(#[from] SignatureError),
}

/// In what a signature departs from the profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// More than one signature as child of the element.
    #[error("there is more than one signature")]
    Several,
    /// Not first, or not behind `Issuer`.
    #[error("the signature is not at its place")]
    Place,
    /// The element has no `ID` attribute to refer to.
    #[error("the signed element has no ID")]
    NoId,
    /// Two elements of the document have the same identifier.
    #[error("an ID occurs twice in the document")]
    DuplicateId,
    /// An element where it has no place, twice, or missing.
    #[error("the elements of the signature are not those expected")]
    Structure,
    /// Not exclusive canonicalisation without comments.
    #[error("the canonicalisation is not the exclusive one without comments")]
    Canonicalization,
    /// A method that is not on the list.
    #[error("the method of the signature is not accepted")]
    SignatureMethod,
    /// Not exactly one `Reference`.
    #[error("there is not exactly one reference")]
    References,
    /// The reference is not to the element that carries the signature.
    #[error("the reference is not to the element that carries the signature")]
    Target,
    /// Not exactly "enveloped signature" and "exclusive canonicalisation", in this order.
    #[error("the transforms are not those of the profile")]
    Transforms,
    /// A digest that is not on the list.
    #[error("the method of the digest is not accepted")]
    DigestMethod,
    /// A value is not base64.
    #[error("a value is not base64")]
    Base64,
    /// The canonical form is longer than any that is written.
    #[error("the canonical form is longer than any that is computed")]
    Size,
}

/// Why a signature over a query was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuerySignatureError {
    /// `SAMLRequest` or `SAMLResponse`, `SigAlg` or `Signature` is missing.
    #[error("the query has no {0}")]
    Missing(&'static str),
    /// A parameter occurs twice: which of them was signed is a matter of taste.
    #[error("the query has the parameter {0} twice")]
    Twice(&'static str),
    /// The method is not on the list.
    #[error("the method of the signature over the query is not accepted")]
    Method,
    /// A value has a wrong escape or is not base64.
    #[error("a value of the query cannot be read")]
    Value,
    /// None of the keys that the caller gave made the signature.
    #[error("the signature over the query was not made with a known key")]
    Key,
}
