//! Single logout (*Regole tecniche*, "Single logout"): a service begins, or the person at the provider.
//!
//! 1. A service begins: [`verify_request`] says which one, [`Plan::of`] whose session it is and which other services take
//!    part in it. The provider ends its session first, sends each of the others a [`LogoutRequest`], hears them by
//!    [`verify_response`], and answers the first one with a [`LogoutResponse`].
//! 2. The person begins at the provider: [`Plan::for_all`], then the same without an answer at the end.

use jiff::Timestamp;

use super::response::status_element;
use super::session::{Participant, Session};
use crate::metadata::client::Client;
use crate::saml::{EntityId, MessageId, RelayState, Status, StatusCode};
use crate::signature::{SignError, SigningKey};
use crate::sp::logout::verify_request_to;
pub use crate::sp::logout::{Incoming, LogoutError, LogoutRequest, PendingLogout, Receiver, verify_response};
use crate::sp::outgoing::Outgoing;
use crate::sp::request::{issuer, message};
use crate::sp::response::Subject;
use crate::sp::{PostForm, Redirection};

/// A service wants a session to be ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// The request, to be named in the answer.
    pub id: MessageId,
    /// Who sends it.
    pub client: EntityId,
    /// Whose session.
    pub subject: Subject,
    /// Which sessions; all of the person when there are none.
    pub session_indexes: Vec<String>,
}

/// Checks a request to log out. `entity_id` is the provider: services write it as the destination, too, as they may in
/// requests to sign in (avviso 11). `client_of` gives the metadata of a service that is known.
///
/// # Errors
/// [`LogoutError`], the first rule that is broken.
pub fn verify_request<'c>(
    incoming: Incoming<'_>,
    entity_id: &EntityId,
    receiver: &Receiver<'_>,
    client_of: impl FnOnce(&EntityId) -> Option<&'c Client>,
) -> Result<Demand, LogoutError> {
    let keys_of = |client: &EntityId| client_of(client).map(|client| client.signing_keys.as_slice());
    let demand = verify_request_to(&[receiver.url, entity_id.as_str()], incoming, receiver, keys_of)?;
    Ok(Demand {
        id: demand.id,
        client: demand.provider,
        subject: demand.subject,
        session_indexes: demand.session_indexes,
    })
}

/// Whom else to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Whether there is a session to end.
    pub found: bool,
    /// The other services of the session, in the order in which they came.
    pub others: Vec<Participant>,
    session_index: Option<String>,
}

impl Plan {
    /// What a service's demand means for a session. One that the service does not take part in is not ended by it.
    #[must_use]
    pub fn of(session: Option<&Session>, demand: &Demand) -> Self {
        let meant = |session: &&Session| session.is_meant(&demand.client, &demand.subject, &demand.session_indexes);
        let mut plan = Self::for_all(session.filter(meant));
        plan.others.retain(|other| other.client != demand.client);
        plan
    }

    /// The person ends the session at the provider: all services are told.
    #[must_use]
    pub fn for_all(session: Option<&Session>) -> Self {
        Self {
            found: session.is_some(),
            others: session.map(|session| session.participants().to_vec()).unwrap_or_default(),
            session_index: session.map(|session| session.index().to_owned()),
        }
    }

    /// The request for one of [`others`](Self::others). `destination` is the address of its logout service.
    #[must_use]
    pub fn request(
        &self,
        provider: &EntityId,
        other: &Participant,
        destination: &str,
        id: MessageId,
        now: Timestamp,
    ) -> LogoutRequest {
        LogoutRequest {
            id,
            issue_instant: now,
            issuer: provider.clone(),
            provider: other.client.clone(),
            destination: destination.to_owned(),
            subject: Subject { name_id: other.name_id.clone(), name_qualifier: provider.as_str().to_owned() },
            session_index: self.session_index.clone(),
        }
    }

    /// How it went in all: `complete` says whether every other service answered with success. A session that was gone
    /// already could not be ended everywhere.
    #[must_use]
    pub fn outcome(&self, complete: bool) -> LogoutOutcome {
        if self.found && complete { LogoutOutcome::Success } else { LogoutOutcome::Partial }
    }
}

/// How a logout went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LogoutOutcome {
    /// Everywhere.
    Success,
    /// Not everywhere, or there was no session any more: `Requester` with `PartialLogout`.
    Partial,
}

/// The answer to the service that began.
#[derive(Debug, Clone)]
pub struct LogoutResponse {
    /// The identifier, of chance.
    pub id: MessageId,
    /// Now.
    pub issue_instant: Timestamp,
    /// The provider.
    pub issuer: EntityId,
    /// The service's address for answers: `ResponseLocation` of its logout service, or else its `Location`.
    pub destination: String,
    /// The request that is answered.
    pub in_response_to: MessageId,
    /// How it went.
    pub outcome: LogoutOutcome,
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
        let status = match self.outcome {
            LogoutOutcome::Success => Status::new(StatusCode::Success),
            LogoutOutcome::Partial => Status::with(StatusCode::Requester, Some("PartialLogout"), None),
        };
        let response = message("samlp:LogoutResponse", &self.id, self.issue_instant, &self.destination)
            .attribute("InResponseTo", self.in_response_to.as_str())
            .child(issuer(&self.issuer))
            .child(status_element(&status));
        let (id, destination) = (&self.id, self.destination.as_str());
        Outgoing { xml: response.to_string(), id, destination, field: "SAMLResponse", relay_state }
    }
}
