use italia::EmailAddress;
use serde::{Deserialize, Serialize};

use crate::people::FirmId;
use crate::{id, row};

id! {
    /// The id of a notice.
    NoticeId;
}

/// How a notice leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// Certified mail, with receipts.
    Pec,
    /// Ordinary mail.
    Mail,
}

impl Channel {
    /// The name in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::Pec => "pec",
            Self::Mail => "mail",
        }
    }
}

/// A paper that is made when the notice is sent, and that can be made again at any time.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Attachment {
    /// The receipt of a payment.
    Receipt(crate::payments::PaymentId),
}

/// A notice to be composed.
#[derive(Debug)]
pub struct NewNotice<'a> {
    /// What happened: a notice with the same key is not composed again.
    pub key: &'a str,
    /// What it is, for pages and figures: `credentials`, `receipt`, …
    pub kind: &'static str,
    /// How it leaves.
    pub channel: Channel,
    /// To whom.
    pub to: &'a EmailAddress,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// It holds credentials: the text is destroyed once it has left.
    pub secret: bool,
    /// The firm that it is about.
    pub firm: Option<FirmId>,
    /// The registration that it belongs to.
    pub case: Option<i64>,
    /// A paper to go with it.
    pub attachment: Option<Attachment>,
}

/// What became of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeState {
    /// Waits to be handed over.
    Queued,
    /// Handed to the mail server. For ordinary mail nothing more is known.
    Sent,
    /// The provider has accepted it (PEC acceptance receipt).
    Accepted,
    /// It lies in the mailbox (PEC delivery receipt).
    Delivered,
    /// Not delivered after twelve hours; it may still be.
    Delayed,
    /// It will not be delivered.
    Failed,
}

impl NoticeState {
    /// The state of this name; anything unknown counts as queued.
    pub fn from_key(key: &str) -> Self {
        match key {
            "sent" => Self::Sent,
            "accepted" => Self::Accepted,
            "delivered" => Self::Delivered,
            "delayed" => Self::Delayed,
            "failed" => Self::Failed,
            _ => Self::Queued,
        }
    }
}

row! {
    /// A notice as pages show it.
    #[derive(Clone, Debug)]
    pub struct Notice {
        /// Its id.
        pub id: NoticeId,
        /// What it is.
        pub kind: String,
        /// `pec` or `mail`.
        pub channel: String,
        /// To whom.
        pub recipient: String,
        /// Its subject.
        pub subject: String,
        /// It held credentials.
        pub secret: bool,
        /// What became of it.
        pub state: String,
        /// Why it failed or was delayed: a key, or the mail server's words.
        pub reason: Option<String>,
        /// The firm that it is about.
        pub firm_id: Option<FirmId>,
        /// When it was composed, in milliseconds since 1970; the others likewise.
        pub created_at: i64,
        /// When it was handed over.
        pub sent_at: Option<i64>,
        /// When the provider accepted it.
        pub accepted_at: Option<i64>,
        /// When it was delivered.
        pub delivered_at: Option<i64>,
        /// When it failed.
        pub failed_at: Option<i64>,
    }
}

impl Notice {
    /// What became of it.
    pub fn state(&self) -> NoticeState {
        NoticeState::from_key(&self.state)
    }
}
