//! Reading mailboxes: IMAP4rev1 (RFC 3501) with `IDLE` (RFC 2177), read-only, by unique identifiers.
//!
//! A [`Mailbox`] logs in once and serves for as long as the connection lasts. It lists what is new with its size, fetches
//! message by message, so that what is wrong with one concerns that one only, and waits for more. Where reading stands is
//! a [`Cursor`] in the caller's hands, kept together with what was made of the messages: a restart neither loses nor
//! repeats any.
//!
//! ```no_run
//! # async fn read(config: pec::imap::ImapConfig, cursor: Option<pec::imap::Cursor>) -> Result<(), pec::imap::ImapError> {
//! use pec::imap::{FetchError, LONGEST_IDLE, Mailbox};
//!
//! let mut mailbox = Mailbox::open(&config).await?;
//! loop {
//!     for message in mailbox.uids_after(cursor).await?.messages {
//!         match mailbox.fetch(message, 50 << 20).await {
//!             Ok(bytes) => drop(bytes), // read it, and keep it with the cursor moved to it
//!             Err(FetchError::Connection(error)) => return Err(error),
//!             Err(about_the_message) => eprintln!("{}: {about_the_message}", message.uid),
//!         }
//!     }
//!     mailbox.idle(LONGEST_IDLE, std::future::pending()).await?;
//! }
//! # }
//! ```

mod connect;
mod error;
mod response;
mod session;
mod wire;

use std::time::Duration;

use error::closed;
pub use error::{FetchError, ImapError};
use response::{Facts, Response};
use session::{Part, Session};
use wire::Stream;

use crate::{Secret, Tls};

/// Which mailbox to read and how.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImapConfig {
    /// The server's name or address.
    pub host: String,
    /// Its port: 993 or 143 as a rule.
    pub port: u16,
    /// Protection of the connection.
    pub tls: Tls,
    /// PEM certificates of the authorities to trust instead of the system's.
    pub authorities: Option<String>,
    /// The account.
    pub user: String,
    /// Its password.
    pub password: Secret,
    /// The folder, `INBOX` as a rule.
    pub folder: String,
    /// The longest that connecting, or fetching one message, may take.
    pub timeout: Duration,
}

/// How far a mailbox has been read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Cursor {
    /// The epoch of the identifiers (`UIDVALIDITY`): when it changes, all of them begin anew.
    pub uidvalidity: u32,
    /// The last message that was read.
    pub uid: u32,
}

/// A message in the mailbox.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Listed {
    /// Its identifier, growing within one epoch.
    pub uid: u32,
    /// Its size in bytes as the server announces it (`RFC822.SIZE`).
    pub size: u64,
}

/// What came after a cursor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listing {
    /// The epoch in which the identifiers hold.
    pub uidvalidity: u32,
    /// The cursor was of another epoch: everything in the mailbox is listed again, and what was read before must be
    /// recognised by its `Message-ID` or its bytes.
    pub epoch_changed: bool,
    /// The messages, oldest first.
    pub messages: Vec<Listed>,
}

/// A message as it lay in the mailbox.
#[derive(Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Its identifier.
    pub uid: u32,
    /// The epoch of the identifier.
    pub uidvalidity: u32,
    /// The raw message; only its header when it is [`truncated`](Self::truncated).
    pub bytes: Vec<u8>,
    /// The message is over a limit and was not fetched whole.
    pub truncated: bool,
}

impl std::fmt::Debug for Fetched {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fetched({}/{}, {} bytes)", self.uidvalidity, self.uid, self.bytes.len())
    }
}

/// What ended a wait.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wake {
    /// Messages came: list them.
    Mail,
    /// Nothing happened in that time.
    TimedOut,
    /// The caller wished so.
    Cancelled,
}

/// The longest wait that is kept up. Servers may drop who says nothing for half an hour (RFC 2177).
pub const LONGEST_IDLE: Duration = Duration::from_secs(25 * 60);
/// Messages that are listed at once, the oldest as servers order them; a mailbox with more is read in several goes.
const MOST_LISTED: usize = 200_000;
/// The header of a message that is itself too large.
const LARGEST_HEADER: u64 = 1024 * 1024;
/// Sizes are announced before the server makes all line ends CRLF; some servers count what they store.
const SLACK: u64 = 4;

/// An open mailbox.
#[derive(Debug)]
pub struct Mailbox {
    session: Session,
    uidvalidity: u32,
}

impl Mailbox {
    /// Connects, logs in and opens the folder for reading only: nothing is ever marked, moved or deleted.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses.
    pub async fn open(config: &ImapConfig) -> Result<Self, ImapError> {
        session::within(config.timeout, async { Self::enter(connect::connect(config).await?, config).await }).await
    }

    /// The same over a connection that somebody else has made, such as a tunnel: the server's greeting comes first.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn over<S>(stream: S, config: &ImapConfig) -> Result<Self, ImapError>
    where
        S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
    {
        let stream: Box<dyn Stream> = Box::new(stream);
        session::within(config.timeout, async { Self::enter(connect::greeted(stream).await?, config).await }).await
    }

    async fn enter(wire: wire::Wire, config: &ImapConfig) -> Result<Self, ImapError> {
        let mut session = Session::new(wire, config.timeout);
        let login = [Part::Word("LOGIN"), Part::String(&config.user), Part::String(config.password.expose())];
        session.command("LOGIN", &login, 0, |_| Ok(())).await.map_err(|error| match error {
            ImapError::Refused { text, .. } => ImapError::Login(text),
            other => other,
        })?;
        let mut epoch = None;
        let examine = [Part::Word("EXAMINE"), Part::String(&config.folder)];
        session
            .command("EXAMINE", &examine, 0, |response| {
                if let Response::Remark { code: Some((name, number)), .. } = response
                    && name == "UIDVALIDITY"
                {
                    epoch = Some(number);
                }
                Ok(())
            })
            .await?;
        session.take_news();
        // A server without persistent identifiers may leave the epoch out (RFC 3501, section 6.3.1).
        Ok(Self { session, uidvalidity: epoch.unwrap_or(1) })
    }

    /// The epoch of this folder's identifiers.
    #[must_use]
    pub fn uidvalidity(&self) -> u32 {
        self.uidvalidity
    }

    /// What came after the cursor; everything without one.
    ///
    /// # Errors
    /// When the connection fails or the server refuses.
    pub async fn uids_after(&mut self, cursor: Option<Cursor>) -> Result<Listing, ImapError> {
        let same = cursor.filter(|cursor| cursor.uidvalidity == self.uidvalidity);
        let mut listing = Listing {
            uidvalidity: self.uidvalidity,
            epoch_changed: cursor.is_some() && same.is_none(),
            messages: Vec::new(),
        };
        let Some(first) = same.map_or(0, |cursor| cursor.uid).checked_add(1) else { return Ok(listing) };
        self.session.take_news();
        let range = format!("{first}:*");
        let fetch = [Part::Word("UID FETCH"), Part::Word(&range), Part::Word("(UID RFC822.SIZE)")];
        let messages = &mut listing.messages;
        self.session
            .command("UID FETCH", &fetch, 0, |response| {
                // `n:*` always includes the last message, even when it is older than n (RFC 3501, section 6.4.8).
                if let Response::Fetch(Facts { uid: Some(uid), size, .. }) = response
                    && uid >= first
                    && messages.len() < MOST_LISTED
                {
                    messages.push(Listed { uid, size: size.unwrap_or(0) });
                }
                Ok(())
            })
            .await?;
        messages.sort_unstable();
        messages.dedup_by_key(|message| message.uid);
        Ok(listing)
    }

    /// Fetches a message of at most `limit` bytes.
    ///
    /// # Errors
    /// About this message, or about the connection: [`FetchError::is_about_the_message`].
    pub async fn fetch(&mut self, message: Listed, limit: u64) -> Result<Vec<u8>, FetchError> {
        if message.size > limit {
            return Err(FetchError::TooLarge { size: message.size, limit });
        }
        match self.body(message.uid, "BODY.PEEK[]", limit.saturating_add(limit / SLACK)).await {
            // The server announced less than it sends. Where its answer ends is anybody's guess, so that the next
            // use of this connection fails; this message is not asked for again.
            Err(FetchError::Connection(ImapError::TooLong)) => Err(FetchError::TooLarge { size: message.size, limit }),
            other => other,
        }
    }

    /// Fetches only the header of a message, to have something to show for one that is too large.
    ///
    /// # Errors
    /// As [`fetch`](Self::fetch).
    pub async fn fetch_header(&mut self, uid: u32) -> Result<Vec<u8>, FetchError> {
        self.body(uid, "BODY.PEEK[HEADER]", LARGEST_HEADER).await
    }

    async fn body(&mut self, uid: u32, item: &str, largest: u64) -> Result<Vec<u8>, FetchError> {
        let (number, items) = (uid.to_string(), format!("(UID {item})"));
        let fetch = [Part::Word("UID FETCH"), Part::Word(&number), Part::Word(&items)];
        let mut found = None;
        let outcome = self.session.command("UID FETCH", &fetch, largest, |response| {
            if let Response::Fetch(Facts { uid: Some(of), body: Some(body), .. }) = response
                && of == uid
            {
                found = Some(body);
            }
            Ok(())
        });
        match outcome.await {
            Ok(()) => found.ok_or(FetchError::Gone),
            Err(ImapError::Refused { text, .. }) => Err(FetchError::Refused(text)),
            Err(error) => Err(FetchError::Connection(error)),
        }
    }

    /// Waits until messages come, for at most `limit` and [`LONGEST_IDLE`], or until `cancel` is ready. Messages that
    /// came since the last listing end the wait at once.
    ///
    /// # Errors
    /// When the connection fails, or [`ImapError::Refused`] by a server that does not know `IDLE`: list from time to time.
    pub async fn idle(&mut self, limit: Duration, cancel: impl Future<Output = ()>) -> Result<Wake, ImapError> {
        self.session.idle(limit.min(LONGEST_IDLE), cancel).await
    }

    /// Says goodbye.
    ///
    /// # Errors
    /// When the connection is already lost; there is nothing to be done about it.
    pub async fn close(mut self) -> Result<(), ImapError> {
        match self.session.command("LOGOUT", &[Part::Word("LOGOUT")], 0, |_| Ok(())).await {
            // The server has said goodbye first, as it should.
            Err(ImapError::Ended(_)) => Ok(()),
            other => other,
        }
    }
}

#[cfg(test)]
mod tests;
