//! What a refresh has to say.

use jiff::Timestamp;

use crate::certificate::Expiry;
use crate::fetch::FetchError;
use crate::metadata::MetadataError;
use crate::saml::EntityId;

/// Why a source as a whole gave nothing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// The address in the policy is none.
    #[error("the address of the source is malformed")]
    Address,
    /// No answer came.
    #[error("the source does not answer")]
    Unreachable(#[from] FetchError),
    /// An answer other than 200.
    #[error("the source answered with status {0}")]
    Status(u16),
    /// More bytes than are read.
    #[error("the source sent {0} bytes, more than are read")]
    TooLarge(usize),
    /// Not a JSON list.
    #[error("the source sent no JSON list")]
    Json(#[source] serde_json::Error),
    /// The document is not acceptable as a whole.
    #[error("the source sent metadata that are not accepted")]
    Metadata(#[from] MetadataError),
    /// The metadata are those of somebody else.
    #[error("the source sent the metadata of `{0}`")]
    OtherEntity(EntityId),
    /// Nothing in it can be used.
    #[error("the source names no provider that can be used")]
    Empty,
}

/// Why one provider of a list was passed over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EntryError {
    /// Its metadata cannot be used.
    #[error("its metadata cannot be used")]
    Metadata(#[from] MetadataError),
    /// Its entry in the JSON list has another form than known.
    #[error("its entry in the list has another form than expected: {0}")]
    Form(String),
}

/// Something that whoever runs the service should know.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Finding {
    /// A source gave nothing; its providers stay as they were.
    #[error("the registry {url} could not be used; its providers stay as they were")]
    Source {
        /// Its address.
        url: String,
        /// Why.
        #[source]
        error: SourceError,
    },
    /// A provider could not be read.
    #[error("the provider `{entity_id}` was passed over")]
    Broken {
        /// Its entity id, as far as it says one.
        entity_id: String,
        /// Why.
        #[source]
        error: EntryError,
    },
    /// A provider that could not be read this time stays as it was.
    #[error("the provider `{entity_id}` stays as it was before")]
    Kept {
        /// Which.
        entity_id: EntityId,
    },
    /// A new provider.
    #[error("the provider `{entity_id}` is new")]
    Added {
        /// Which.
        entity_id: EntityId,
    },
    /// A provider that no source names any more.
    #[error("the provider `{entity_id}` is no longer in the registry")]
    Removed {
        /// Which.
        entity_id: EntityId,
    },
    /// The metadata of a provider that was kept are too old.
    #[error("the metadata of the provider `{entity_id}` were valid until {until}; it was dropped")]
    Expired {
        /// Which.
        entity_id: EntityId,
        /// Until when.
        until: Timestamp,
    },
    /// The keys of a provider changed.
    #[error("the signing keys of the provider `{entity_id}` changed")]
    KeysChanged {
        /// Which.
        entity_id: EntityId,
    },
    /// Most providers disappeared at once, which was not believed: all stay as they were.
    #[error("the new list has {found} providers where {before} were known; it was not believed")]
    Shrunk {
        /// How many were known.
        before: usize,
        /// How many the new list has.
        found: usize,
    },
    /// A certificate ends soon, has ended, or has not begun.
    #[error("a certificate of the provider `{entity_id}` is valid until {not_after} ({expiry:?})")]
    Certificate {
        /// Of which provider.
        entity_id: EntityId,
        /// How urgent it is.
        expiry: Expiry,
        /// Its last moment.
        not_after: Timestamp,
    },
}
