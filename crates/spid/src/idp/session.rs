//! The session of a person at the provider (*Regole tecniche*, "Gestione delle sessioni").
//!
//! Only a successful sign-in at level 1 opens one. Levels 2 and 3 always authenticate anew: they neither open nor use nor
//! close a session. A service belongs to it once the person has consented to tell it who they are; a consent that is
//! denied changes nothing.

use std::fmt;

use jiff::{SignedDuration, Timestamp};

use super::request::AcceptedRequest;
use super::response::Authentication;
use crate::saml::{Comparison, EntityId, Level};
use crate::sp::response::Subject;

/// A session of level 1. `Debug` shows no name.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    index: String,
    opened_at: Timestamp,
    participants: Vec<Participant>,
}

/// A service that takes part in a session.
#[derive(Clone, PartialEq, Eq)]
pub struct Participant {
    /// The service.
    pub client: EntityId,
    /// The person's name there.
    pub name_id: String,
}

impl fmt::Debug for Participant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Participant({})", self.client)
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("participants", &self.participants).finish_non_exhaustive()
    }
}

/// How a sign-in ended.
#[derive(Debug, Clone, Copy)]
pub enum Outcome<'a> {
    /// The person was authenticated and consented; the answer goes to the service under this name.
    Consented {
        /// As the answer says.
        authentication: &'a Authentication,
        /// The person's name for the service.
        name_id: &'a str,
    },
    /// Anything else: consent denied, credentials wrong, cancelled. Whatever it was, it changes no session.
    Failed,
}

/// The session after a sign-in.
#[must_use]
pub fn after(session: Option<Session>, client: &EntityId, outcome: Outcome<'_>) -> Option<Session> {
    let Outcome::Consented { authentication: Authentication::One { instant, session_index }, name_id } = outcome else {
        return session;
    };
    // An index that differs is a new authentication, and with it a new session.
    let mut session = session.filter(|session| session.index == *session_index).unwrap_or_else(|| Session {
        index: session_index.clone(),
        opened_at: *instant,
        participants: Vec::new(),
    });
    session.participants.retain(|participant| participant.client != *client);
    session.participants.push(Participant { client: client.clone(), name_id: name_id.to_owned() });
    Some(session)
}

impl Session {
    /// Its name in assertions and logout messages.
    pub fn index(&self) -> &str {
        &self.index
    }

    /// When the person was authenticated.
    pub fn opened_at(&self) -> Timestamp {
        self.opened_at
    }

    /// The services that take part, those that came last at the end.
    pub fn participants(&self) -> &[Participant] {
        &self.participants
    }

    /// Whether this session is meant by a service: its name for the person, and if it says so the index.
    pub fn is_meant(&self, client: &EntityId, subject: &Subject, indexes: &[String]) -> bool {
        let known = |participant: &Participant| participant.client == *client && participant.name_id == subject.name_id;
        self.participants.iter().any(known) && (indexes.is_empty() || indexes.contains(&self.index))
    }

    /// The authentication with which the session answers a request without asking for credentials again: at level 1, not
    /// forced, not `better`, and within `max_age` of the opening. Consent is to be asked all the same.
    pub fn answers(
        &self,
        request: &AcceptedRequest,
        now: Timestamp,
        max_age: SignedDuration,
    ) -> Option<Authentication> {
        let asks_for_this = request.level == Level::One && request.comparison != Comparison::Better;
        let fresh = now.duration_since(self.opened_at) < max_age;
        (asks_for_this && !request.force_authn && fresh)
            .then(|| Authentication::One { instant: self.opened_at, session_index: self.index.clone() })
    }
}
