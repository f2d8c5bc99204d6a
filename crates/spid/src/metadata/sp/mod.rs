//! Our metadata as a service provider: from a checked configuration to a signed document.
//!
//! [`Configuration`] is what stands in a file; [`ServiceProvider::new`] refuses it with every mistake named, before any
//! identity provider does; [`ServiceProvider::metadata`] writes and signs it. Elements stand in the order of the schemas
//! of SAML 2.0, `spid`, `spid-invoicing` and `cie`.

mod billing;
mod check;
mod configuration;
mod contact;
mod error;
mod field;
mod write;

pub use billing::{Billing, Payer, Seat};
pub use configuration::{
    Activity, AttributeSet, CieParty, Configuration, LocalizedText, LogoutService, OrganizationText, Party, Profile,
};
pub use error::{ConfigurationError, ConfigurationErrors, Place};

use crate::saml::MessageId;
use crate::signature::{SignError, SigningKey};

/// A service provider whose configuration was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceProvider(Configuration);

impl ServiceProvider {
    /// Checks a configuration.
    ///
    /// # Errors
    /// [`ConfigurationErrors`] with everything that is wrong.
    pub fn new(configuration: Configuration) -> Result<Self, ConfigurationErrors> {
        check::check(&configuration)?;
        Ok(Self(configuration))
    }

    /// The configuration.
    #[must_use]
    pub fn configuration(&self) -> &Configuration {
        &self.0
    }

    /// Writes the metadata, signed with `key`.
    ///
    /// `also` are the certificates, as bytes, of further keys with which this provider signs its requests: while keys are
    /// rolled over, the next or the former one. A certificate that appears twice is written once.
    ///
    /// # Errors
    /// [`SignError`] when the key cannot sign.
    pub fn metadata(&self, id: &MessageId, key: &SigningKey, also: &[&[u8]]) -> Result<String, SignError> {
        write::metadata(&self.0, id, key, also)
    }
}

pub(in crate::metadata) use write::{PROTOCOL, TRANSIENT, organization};
