//! What must be kept of a sign-in (DPCM 24-10-2014, art. 13, c. 2): who, the request, the response, for 24 months.
//!
//! The caller keeps it so that it can neither be changed nor be read by those whom it does not concern.

use std::fmt;

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::request::AcceptedRequest;
use super::response::AnswerForm;
use crate::saml::SpidCode;

/// How long a transaction is kept, in months.
pub const RETENTION_MONTHS: i32 = 24;

/// A transaction. `Debug` shows neither messages nor person.
#[derive(Clone, PartialEq, Eq)]
pub struct Transaction {
    /// The person at this provider; nobody when it ended before anybody was known.
    pub spid_code: Option<SpidCode>,
    /// The request as it came.
    pub request: String,
    /// The response as it went.
    pub response: String,
    /// When it went.
    pub at: Timestamp,
}

impl Transaction {
    /// The record of an answer.
    pub fn new(spid_code: Option<SpidCode>, request: &AcceptedRequest, answer: &AnswerForm, at: Timestamp) -> Self {
        Self { spid_code, request: request.xml.clone(), response: answer.xml.clone(), at }
    }

    /// Until when it must be kept: 24 months later by the calendar, in UTC. From then on it is to be deleted.
    pub fn keep_until(&self) -> Timestamp {
        let end = self.at.to_zoned(TimeZone::UTC).checked_add(Span::new().months(RETENTION_MONTHS));
        end.map_or(Timestamp::MAX, |end| end.timestamp())
    }
}

impl fmt::Debug for Transaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction").field("at", &self.at).finish_non_exhaustive()
    }
}
