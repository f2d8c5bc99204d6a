//! An answer on its way out.

use std::fmt;

use crate::idp::request::ReplyTo;
use crate::saml::{Attribute, binding::to_form};

/// A form for the browser to post to the service.
#[derive(Clone, PartialEq, Eq)]
pub struct AnswerForm {
    /// Where to: the `AssertionConsumerService`.
    pub action: String,
    /// The value of the field `SAMLResponse`.
    pub saml_response: String,
    /// The value of the field `RelayState`, as it came with the request.
    pub relay_state: Option<String>,
    /// Attributes that were asked for and that this person has not.
    pub missing: Vec<Attribute>,
    /// The message, for the log that the law asks for.
    pub xml: String,
}

impl AnswerForm {
    pub(super) fn new(xml: String, reply_to: &ReplyTo, missing: Vec<Attribute>) -> Self {
        Self {
            action: reply_to.consumer_url.clone(),
            saml_response: to_form(&xml),
            relay_state: reply_to.relay_state.clone(),
            missing,
            xml,
        }
    }

    /// The fields in their order: names and values.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let relay_state = self.relay_state.as_deref().map(|value| ("RelayState", value));
        std::iter::once(("SAMLResponse", self.saml_response.as_str())).chain(relay_state)
    }
}

impl fmt::Debug for AnswerForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnswerForm").field("action", &self.action).finish_non_exhaustive()
    }
}
