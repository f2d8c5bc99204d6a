//! Why metadata were refused.

use jiff::Timestamp;

use crate::signature::SignatureError;
use crate::xml::XmlError;

/// Why the metadata of somebody else were refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MetadataError {
    /// Not a document within the limits.
    #[error("the metadata cannot be read")]
    Xml(#[from] XmlError),
    /// Not signed, or not by one of the keys expected.
    #[error("the signature of the metadata was not accepted")]
    Signature(#[from] SignatureError),
    /// The outermost element is not the one expected.
    #[error("the metadata begin with `{found}`, where `{expected}` was expected")]
    Root {
        /// What was expected.
        expected: &'static str,
        /// What was found.
        found: String,
    },
    /// Entities inside an entity, or more of them than there can be.
    #[error("the metadata describe more entities than they should")]
    Entities,
    /// No entity id, or one that is empty or longer than 1024 characters.
    #[error("the metadata have no usable entity id")]
    EntityId,
    /// Not exactly one description of the role.
    #[error("the metadata have {found} descriptions of the role `{role}` where one is expected")]
    Role {
        /// Which role.
        role: &'static str,
        /// How many there are.
        found: usize,
    },
    /// The role does not speak SAML 2.0.
    #[error("the metadata are not for SAML 2.0")]
    Protocol,
    /// No key that can check signatures.
    #[error("the metadata have no usable signing key")]
    NoKey,
    /// More keys than anybody needs.
    #[error("the metadata have too many signing keys")]
    TooManyKeys,
    /// No endpoint that can be used.
    #[error("the metadata have no usable {0}")]
    NoEndpoint(&'static str),
    /// More endpoints or attribute sets than anybody needs.
    #[error("the metadata have too many elements `{0}`")]
    TooMany(&'static str),
    /// An index is missing, not a number up to 65535, or appears twice.
    #[error("an index of `{0}` in the metadata is missing, wrong or repeated")]
    Index(&'static str),
    /// A date cannot be read.
    #[error("the date `{0}` in the metadata cannot be read")]
    Date(String),
    /// The metadata are too old.
    #[error("the metadata were valid until {until}")]
    Expired {
        /// Until when.
        until: Timestamp,
    },
    /// Another entity of the same document has the same entity id.
    #[error("several entities have this entity id")]
    Repeated,
}
