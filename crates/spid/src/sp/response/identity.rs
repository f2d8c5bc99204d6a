//! What a good Response says.

use std::fmt;

use jiff::Timestamp;

use crate::saml::{Attributes, EntityId, Level, MessageId};

/// The person at the provider, for this session only.
#[derive(Clone, PartialEq, Eq)]
pub struct Subject {
    /// The name, another one each time. Needed to log out.
    pub name_id: String,
    /// Its qualifier, to be repeated when logging out.
    pub name_qualifier: String,
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Subject(…)")
    }
}

/// A person whom a provider has authenticated for us. `Debug` shows no value of theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Who says so.
    pub provider: EntityId,
    /// The level at which the person was authenticated, which may be above the one asked for.
    pub level: Level,
    /// The person's name for this session.
    pub subject: Subject,
    /// The provider's session, which only level 1 opens. Needed to log out.
    pub session_index: Option<String>,
    /// When the person was authenticated.
    pub authn_instant: Timestamp,
    /// The attributes that were asked for and sent. Others are not kept.
    pub attributes: Attributes,
    /// The Response, for the log that the law asks for.
    pub response_id: MessageId,
    /// The Assertion: to be remembered until `not_on_or_after`, and never accepted twice.
    pub assertion_id: MessageId,
    /// From when on nobody would accept the Assertion again, the allowance for clocks included.
    pub not_on_or_after: Timestamp,
    /// Which of the given keys signed the Assertion, counted from 0: the old one still, or already the new one.
    pub key: usize,
}
