//! How a request arrives.

use std::fmt;

use super::refusal::PageCause;
use crate::saml::binding::{from_form, from_query, percent_decode};
use crate::saml::{Binding, EntityId};
use crate::signature::{QuerySignatureError, parameter};
use crate::xml::{self, ns};

/// The longest relay state that is taken and given back, in bytes. SAML allows 80; some services send more.
const MAX_RELAY_STATE: usize = 2048;

/// A request as the browser brought it.
#[derive(Clone, Copy)]
pub enum Incoming<'a> {
    /// The fields of a form.
    Post {
        /// `SAMLRequest`.
        saml_request: &'a str,
        /// `RelayState`, if there is one.
        relay_state: Option<&'a str>,
    },
    /// The query of the address, behind the question mark, untouched.
    Redirect {
        /// The query.
        query: &'a str,
    },
}

impl fmt::Debug for Incoming<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Incoming({:?})", self.binding())
    }
}

impl Incoming<'_> {
    /// How it travelled.
    pub fn binding(&self) -> Binding {
        match self {
            Self::Post { .. } => Binding::Post,
            Self::Redirect { .. } => Binding::Redirect,
        }
    }

    /// Who says to have sent it. Nothing is checked: this is for finding the metadata, by which [`verify`](super::verify)
    /// then checks everything. `None` when it cannot be read, which `verify` will explain.
    pub fn claimed_issuer(&self) -> Option<EntityId> {
        let bytes = self.message().ok()?;
        let document = xml::parse(&bytes).ok()?;
        let issuer = document.root().child(ns::ASSERTION, "Issuer")?.trimmed()?;
        EntityId::parse(&issuer).ok()
    }

    /// The bytes of the message.
    pub(super) fn message(&self) -> Result<Vec<u8>, PageCause> {
        match self {
            Self::Post { saml_request, .. } => Ok(from_form(saml_request)?),
            Self::Redirect { query } => {
                let raw = parameter(query, "SAMLRequest")?.ok_or(QuerySignatureError::Missing("SAMLRequest"))?;
                Ok(from_query(raw)?)
            }
        }
    }

    /// The relay state, to be given back as it is.
    pub(super) fn relay_state(&self) -> Result<Option<String>, PageCause> {
        let value = match self {
            Self::Post { relay_state, .. } => relay_state.map(str::to_owned),
            Self::Redirect { query } => match parameter(query, "RelayState")? {
                Some(raw) => Some(percent_decode(raw).ok_or(PageCause::RelayState)?),
                None => None,
            },
        };
        match value {
            Some(value) if value.len() > MAX_RELAY_STATE => Err(PageCause::RelayState),
            value => Ok(value.filter(|value| !value.is_empty())),
        }
    }
}
