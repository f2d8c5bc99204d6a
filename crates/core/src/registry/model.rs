use crate::people::FirmId;
use crate::{id, row};

id! {
    /// The id of a look-up.
    LookUpId;
}

row! {
    /// A question to the register, with its answer when there is one.
    #[derive(Clone)]
    pub struct LookUp {
        /// Its id.
        pub id: LookUpId,
        /// The firm.
        pub firm_id: FirmId,
        /// The declared address.
        pub email: String,
        /// `waiting` or `answered`.
        pub state: String,
        /// The answer's name.
        pub answer: Option<String>,
        /// The address on file, masked.
        pub masked: Option<String>,
        /// The source that is asked.
        pub source: String,
        /// The question that it waits for.
        pub question: Option<i64>,
        /// Why there is no answer yet.
        pub reason: Option<String>,
        /// When it was asked for, in milliseconds since 1970.
        pub created_at: i64,
        /// When it was answered.
        pub answered_at: Option<i64>,
    }
}

impl std::fmt::Debug for LookUp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LookUp").field("id", &self.id).field("answer", &self.answer).finish_non_exhaustive()
    }
}

/// What the register says about a declared address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing yet. It says nothing about the address.
    NotYet,
    /// The address is the one on file.
    Match,
    /// No address is on file.
    NoEntry,
    /// Another address is on file.
    AnotherAddress {
        /// The address on file with most of it hidden.
        masked: String,
    },
}

impl LookUp {
    /// The answer.
    pub fn answer(&self) -> Answer {
        match self.answer.as_deref() {
            Some("match") => Answer::Match,
            Some("no-entry") => Answer::NoEntry,
            Some("another-address") => Answer::AnotherAddress { masked: self.masked.clone().unwrap_or_default() },
            _ => Answer::NotYet,
        }
    }
}

/// Where a look-up stands in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// How many wait before it.
    pub ahead: i64,
    /// In how many minutes it is answered, about; nobody knows while the source does not answer.
    pub minutes: Option<i64>,
    /// An administrator has paused the look-ups, or has those answered only who came before it.
    pub paused: bool,
}

/// Who waits for an answer. Each lane has a guaranteed share of the budget and lends what it does not use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QueueLane {
    /// Somebody at a page.
    Person,
    /// Committenti.
    ThirdParty,
    /// Nobody yet: answers that grow old.
    Background,
}

impl QueueLane {
    /// All lanes, those who wait for somebody first.
    pub const ALL: [Self; 3] = [Self::Person, Self::ThirdParty, Self::Background];

    /// The lane's name in the database and on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::ThirdParty => "third-party",
            Self::Background => "background",
        }
    }

    pub(super) fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lane| lane.key() == key)
    }
}
