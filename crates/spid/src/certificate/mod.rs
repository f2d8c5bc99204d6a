//! The certificate with which a service provider signs its metadata and requests, by AgID's avviso SPID n. 29 v3.
//!
//! [`SpCertificate::self_signed`] makes a key and a certificate that a public body may use at once;
//! [`certificate_request`] makes a key and the request that a private provider sends to AgID's certification authority.
//! [`check`] says what is wrong with a certificate that came from elsewhere, and [`Expiry`] how long it will last.
//!
//! A private key is the one thing in this crate that takes chance by itself: the cryptographic library draws it from
//! the operating system, because a key that a caller could predict would be no key.

mod check;
mod expiry;
mod extension;
mod generate;
mod subject;

pub use check::{CertificateError, CertificateFinding, check};
pub use expiry::{Expiry, Validity};
pub use generate::{
    GenerateError, GeneratedRequest, KeySize, PrivateKeyPem, SpCertificate, certificate_request, generate_key,
};
pub use subject::{OrganizationIdentifier, Sector, Subject, SubjectError};
