//! The messages that we send.

use jiff::Timestamp;

use crate::saml::{EntityId, MessageId, RelayState, Status, StatusCode, names, whole_seconds};
use crate::signature::{SignError, SigningKey};
use crate::sp::outgoing::{Outgoing, PostForm, Redirection};
use crate::sp::request::{issuer, message};
use crate::sp::response::Subject;
use crate::xml::Element;

/// We ask the provider to end the session.
#[derive(Debug, Clone)]
pub struct LogoutRequest {
    /// The identifier, of chance.
    pub id: MessageId,
    /// Now.
    pub issue_instant: Timestamp,
    /// Our entity.
    pub issuer: EntityId,
    /// Who is asked.
    pub provider: EntityId,
    /// The address of the provider's logout service for the binding that is used.
    pub destination: String,
    /// The person, as in the identity.
    pub subject: Subject,
    /// The session, as in the identity. Levels 2 and 3 open none, and there is nothing to end at the provider.
    pub session_index: Option<String>,
}

/// What must be remembered of a logout that we began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingLogout {
    /// The identifier of the request.
    pub id: MessageId,
    /// When it was made, with whole seconds.
    pub issue_instant: Timestamp,
    /// Who must answer.
    pub provider: EntityId,
}

impl LogoutRequest {
    /// What must be remembered.
    pub fn pending(&self) -> PendingLogout {
        PendingLogout {
            id: self.id.clone(),
            issue_instant: whole_seconds(self.issue_instant),
            provider: self.provider.clone(),
        }
    }

    /// The form that carries the request, signed inside.
    ///
    /// # Errors
    /// [`SignError`] when the key cannot be used.
    pub fn to_post(&self, key: &SigningKey, relay_state: Option<&RelayState>) -> Result<PostForm, SignError> {
        self.outgoing(relay_state).post(key)
    }

    /// The redirection that carries the request, signed over its query.
    ///
    /// # Errors
    /// [`SignError`] when the key cannot be used.
    pub fn to_redirect(&self, key: &SigningKey, relay_state: Option<&RelayState>) -> Result<Redirection, SignError> {
        self.outgoing(relay_state).redirect(key)
    }

    fn outgoing<'a>(&'a self, relay_state: Option<&'a RelayState>) -> Outgoing<'a> {
        let name_id = Element::new("saml:NameID")
            .attribute("Format", names::FORMAT_TRANSIENT)
            .attribute("NameQualifier", &self.subject.name_qualifier)
            .text(&self.subject.name_id);
        let session = self.session_index.as_deref().map(|index| Element::new("samlp:SessionIndex").text(index));
        let request = message("samlp:LogoutRequest", &self.id, self.issue_instant, &self.destination)
            .child(issuer(&self.issuer))
            .child(name_id)
            .children(session);
        let (id, destination) = (&self.id, self.destination.as_str());
        Outgoing { xml: request.to_string(), id, destination, field: "SAMLRequest", relay_state }
    }
}

/// We answer the provider that the session is ended here.
#[derive(Debug, Clone)]
pub struct LogoutResponse {
    /// The identifier, of chance.
    pub id: MessageId,
    /// Now.
    pub issue_instant: Timestamp,
    /// Our entity.
    pub issuer: EntityId,
    /// The provider's address for answers: `ResponseLocation` of its logout service, or else its `Location`.
    pub destination: String,
    /// The request that is answered.
    pub in_response_to: MessageId,
    /// How it went; `Success` also when there was no session.
    pub status: StatusCode,
}

impl LogoutResponse {
    /// The form that carries the answer, signed inside. The relay state is the one that came with the request.
    ///
    /// # Errors
    /// [`SignError`] when the key cannot be used.
    pub fn to_post(&self, key: &SigningKey, relay_state: Option<&RelayState>) -> Result<PostForm, SignError> {
        self.outgoing(relay_state).post(key)
    }

    /// The redirection that carries the answer, signed over its query.
    ///
    /// # Errors
    /// [`SignError`] when the key cannot be used.
    pub fn to_redirect(&self, key: &SigningKey, relay_state: Option<&RelayState>) -> Result<Redirection, SignError> {
        self.outgoing(relay_state).redirect(key)
    }

    fn outgoing<'a>(&'a self, relay_state: Option<&'a RelayState>) -> Outgoing<'a> {
        let status = Status::new(self.status);
        let code = Element::new("samlp:StatusCode").attribute("Value", &status.code.uri());
        let response = message("samlp:LogoutResponse", &self.id, self.issue_instant, &self.destination)
            .attribute("InResponseTo", self.in_response_to.as_str())
            .child(issuer(&self.issuer))
            .child(Element::new("samlp:Status").child(code));
        let (id, destination) = (&self.id, self.destination.as_str());
        Outgoing { xml: response.to_string(), id, destination, field: "SAMLResponse", relay_state }
    }
}
