//! A request that follows all rules.

use std::fmt;

use jiff::Timestamp;

use crate::metadata::Localized;
use crate::saml::{AttributeSet, Binding, Comparison, EntityId, Level, MessageId, Purpose};

/// Where the answer to a request goes.
#[derive(Clone, PartialEq, Eq)]
pub struct ReplyTo {
    /// The service that asked.
    pub client: EntityId,
    /// Its `AssertionConsumerService`: the one that the request names, or the default one when it names none that is
    /// known.
    pub consumer_url: String,
    /// The request; nothing when its identifier is what is wrong with it.
    pub in_response_to: Option<MessageId>,
    /// What travels back with the answer as it came. Written by the service; not for showing.
    pub relay_state: Option<String>,
}

impl fmt::Debug for ReplyTo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReplyTo")
            .field("client", &self.client)
            .field("consumer_url", &self.consumer_url)
            .field("in_response_to", &self.in_response_to)
            .finish_non_exhaustive()
    }
}

/// A request that was sent by whom it says, and follows all rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedRequest {
    /// The identifier. The caller remembers it for as long as the policy lets requests live, and accepts it once.
    pub id: MessageId,
    /// When it was made.
    pub issue_instant: Timestamp,
    /// Where the answer goes, and who asked.
    pub reply_to: ReplyTo,
    /// How it travelled.
    pub binding: Binding,
    /// The level asked for.
    pub level: Level,
    /// How the answer's level may differ.
    pub comparison: Comparison,
    /// Whether the person must authenticate even in an open session. Above level 1 always, said or not.
    pub force_authn: bool,
    /// The names of the set of attributes, which are the service's names for people.
    pub service_names: Vec<Localized>,
    /// The attributes of the set, as far as the table knows them. Without a set there are none.
    pub attributes: AttributeSet,
    /// Which kinds of identity (avviso 18).
    pub purpose: Option<Purpose>,
    /// The message as it came, for the log.
    pub xml: String,
}

impl AcceptedRequest {
    /// Who asked.
    pub fn client(&self) -> &EntityId {
        &self.reply_to.client
    }

    /// The name of the service in a language, else in Italian, else whichever there is.
    pub fn service_name(&self, language: &str) -> Option<&str> {
        let of = |wanted: &str| self.service_names.iter().find(|name| name.language == wanted);
        of(language).or_else(|| of("it")).or_else(|| self.service_names.first()).map(|name| name.text.as_str())
    }

    /// Whether an authentication at `reached` answers the request.
    pub fn is_met_by(&self, reached: Level) -> bool {
        self.comparison.is_met(self.level, reached)
    }

    /// The lowest level that answers the request: one above for `better`. Nothing when `better` asks for more than the
    /// highest, which ends with nr20.
    pub fn lowest_level(&self) -> Option<Level> {
        match self.comparison {
            // Lower ones would do, but as high as possible is asked for, and a request for a level is met by that level.
            Comparison::Maximum => Some(self.level),
            _ => Level::ALL.into_iter().find(|level| self.is_met_by(*level)),
        }
    }
}
