use std::future::Future;
use std::pin::Pin;

use pec::imap::{ImapConfig, ImapError};

use super::cause::Why;
use crate::Cx;
use crate::error::Error;

/// What is being done with a message.
pub type Taking<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>;

/// A mailbox that is read.
#[derive(Clone, Copy, Debug)]
pub struct Inbox {
    /// Its name in the database; never reused for another meaning.
    pub name: &'static str,
    /// Where it is, for a tenant that has one.
    pub config: for<'a> fn(&'a Cx) -> Option<&'a ImapConfig>,
    /// What is done with a message: it ends with [`keep`](super::keep) in the transaction that it commits, and may run
    /// twice.
    pub take: for<'a> fn(&'a Cx, &'a Arrived) -> Taking<'a>,
}

/// The mailboxes that a desk reads, among the tenant's parts.
#[derive(Clone, Copy, Debug)]
pub struct Inboxes(pub &'static [Inbox]);

/// The mailboxes that a tenant has.
pub(super) fn of(cx: &Cx) -> impl Iterator<Item = Inbox> {
    let all = cx.tenant.part::<Inboxes>().map_or(&[][..], |inboxes| inboxes.0);
    all.iter().copied().filter(|inbox| (inbox.config)(cx).is_some())
}

/// A message that came.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// The mailbox's name.
    pub mailbox: &'static str,
    /// The epoch of its number.
    pub uidvalidity: u32,
    /// Its number.
    pub uid: u32,
    /// Its size in bytes, as the server announces it.
    pub size: u64,
    /// The message; at most its header when there is trouble.
    pub bytes: Vec<u8>,
    /// Why it was not fetched.
    pub trouble: Option<Why>,
    /// It is evidence already, and is tried once more.
    pub evidence: Option<i64>,
}

/// What a message was read as.
#[derive(Clone, Copy, Debug, Default)]
pub struct Kept<'a> {
    /// Its kind; `quarantined` waits for a person.
    pub kind: &'a str,
    /// Why it was quarantined.
    pub why: Option<&'a Why>,
    /// The notice that it is about.
    pub notice: Option<i64>,
    /// What was odd about it, one a line.
    pub irregularities: Option<&'a str>,
}

impl<'a> Kept<'a> {
    /// Put aside until a person decides.
    pub fn quarantined(why: &'a Why) -> Self {
        Self { kind: "quarantined", why: Some(why), ..Self::default() }
    }
}

/// Why a mailbox cannot be read at the moment.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The server.
    #[error(transparent)]
    Mailbox(#[from] ImapError),
    /// Ourselves.
    #[error(transparent)]
    Ground(#[from] Error),
}
