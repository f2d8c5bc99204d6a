//! A message on its way out: a form that posts itself, or a redirection.

use std::fmt;

use crate::saml::binding::{percent_encode, to_form, to_query};
use crate::saml::{MessageId, RelayState};
use crate::signature::{Place, SignError, SigningKey, sign, sign_query};

/// A form for the browser to post to `action`, without the person doing anything.
#[derive(Clone, PartialEq, Eq)]
pub struct PostForm {
    /// Where to.
    pub action: String,
    /// The name of the field with the message: `SAMLRequest` or `SAMLResponse`.
    pub field: &'static str,
    /// The value of that field.
    pub value: String,
    /// The value of the field `RelayState`.
    pub relay_state: Option<RelayState>,
    /// The signed message, for the log that the law asks for.
    pub xml: String,
}

impl fmt::Debug for PostForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostForm").field("action", &self.action).field("field", &self.field).finish_non_exhaustive()
    }
}

/// An address to redirect the browser to.
#[derive(Clone, PartialEq, Eq)]
pub struct Redirection {
    /// The address with message, relay state and signature.
    pub url: String,
    /// The message, for the log that the law asks for. Its signature is in the address.
    pub xml: String,
}

impl fmt::Debug for Redirection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redirection(…)")
    }
}

/// A message that is not signed yet.
pub(crate) struct Outgoing<'a> {
    pub xml: String,
    pub id: &'a MessageId,
    pub destination: &'a str,
    pub field: &'static str,
    pub relay_state: Option<&'a RelayState>,
}

impl Outgoing<'_> {
    /// The signature goes into the message.
    pub fn post(self, key: &SigningKey) -> Result<PostForm, SignError> {
        let xml = sign(&self.xml, self.id.as_str(), key, Place::AfterIssuer)?;
        Ok(PostForm {
            action: self.destination.to_owned(),
            field: self.field,
            value: to_form(&xml),
            relay_state: self.relay_state.cloned(),
            xml,
        })
    }

    /// The signature goes into the query, and none into the message.
    pub fn redirect(self, key: &SigningKey) -> Result<Redirection, SignError> {
        let mut query = format!("{}={}", self.field, to_query(&self.xml));
        if let Some(relay_state) = self.relay_state {
            query.push_str("&RelayState=");
            query.push_str(&percent_encode(relay_state.as_str()));
        }
        let separator = if self.destination.contains('?') { '&' } else { '?' };
        let query = sign_query(&query, key)?;
        Ok(Redirection { url: format!("{}{separator}{query}", self.destination), xml: self.xml })
    }
}
