//! What can go wrong with a mailbox, sorted by what to do about it.

/// Why the mailbox could not be read. Unless it is [`Refused`](Self::Refused), drop the connection and open the
/// mailbox again later.
#[derive(Debug, thiserror::Error)]
pub enum ImapError {
    /// The server cannot be reached, or the connection was lost.
    #[error("the connection to the mailbox server failed")]
    Connection(#[source] std::io::Error),
    /// No answer within the configured time.
    #[error("the mailbox server did not answer in time")]
    TimedOut,
    /// The TLS settings or the server's certificate are wrong.
    #[error("the connection to the mailbox server cannot be protected")]
    Tls(#[source] rustls::Error),
    /// The server refused the account.
    #[error("the mailbox server refused the account: {0}")]
    Login(String),
    /// The server refused a command, such as opening a folder that does not exist.
    #[error("the mailbox server refused {command}: {text}")]
    Refused {
        /// The command.
        command: &'static str,
        /// The server's words.
        text: String,
    },
    /// The server ended the connection and said why.
    #[error("the mailbox server ended the connection: {0}")]
    Ended(String),
    /// The server said something that is no IMAP.
    #[error("the mailbox server does not follow the protocol: {0}")]
    Protocol(String),
    /// The server said more than it may.
    #[error("the mailbox server's answer is too long")]
    TooLong,
}

/// Why one message was not fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The message is larger than the limit; it was not loaded.
    #[error("the message has {size} bytes, more than {limit}")]
    TooLarge {
        /// Its size in bytes, as the server announces it.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// The message is not there any more.
    #[error("the message is not in the mailbox any more")]
    Gone,
    /// The server will not give this message.
    #[error("the mailbox server does not give the message: {0}")]
    Refused(String),
    /// The connection is of no use any more; the message may come with the next one.
    #[error(transparent)]
    Connection(#[from] ImapError),
}

impl FetchError {
    /// Whether only this message is concerned and the connection goes on: note the message and take the next one.
    #[must_use]
    pub fn is_about_the_message(&self) -> bool {
        !matches!(self, Self::Connection(_))
    }
}

pub(super) fn closed() -> ImapError {
    ImapError::Connection(std::io::ErrorKind::UnexpectedEof.into())
}
