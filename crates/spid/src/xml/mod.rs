//! XML within limits: one tree for the signature and for the reader, and a writer that escapes.
//!
//! The same [`Document`] is canonicalised when a signature is checked and read afterwards, so that no second parser can
//! see something else. Document types, comments and processing instructions are refused before a tree is built: none of
//! them has a place in a SAML message, and each has been the way in of an attack.

pub(crate) mod canonical;
mod error;
pub mod read;
mod scan;
pub mod write;

pub use canonical::{MAX_CANONICAL_BYTES, canonicalize};
pub use error::XmlError;
pub use read::{Document, Node, parse};
pub use write::Element;

/// Namespaces of the messages and of the metadata.
pub mod ns {
    /// `samlp`: the messages.
    pub const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
    /// `saml`: what messages say.
    pub const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
    /// `md`: the metadata.
    pub const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
    /// `ds`: the signatures.
    pub const SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";
    /// `ec`: the parameter of exclusive canonicalisation, and the name of the method.
    pub const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
    /// `spid`: the extensions of AgID.
    pub const SPID: &str = "https://spid.gov.it/saml-extensions";
    /// The prefix `xml`, which nobody declares.
    pub const XML: &str = "http://www.w3.org/XML/1998/namespace";
}
