//! Fetching what arrived: IMAP4rev1, read-only, by unique identifiers.

use std::collections::BTreeSet;
use std::time::Duration;

use async_imap::imap_proto::{AttributeValue, MailboxDatum, RequestId, Response, Status};
use async_imap::{Client, Session};
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::{LARGEST_MESSAGE, Secret, Tls, tls};

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

/// A message as it lies in the mailbox.
#[derive(Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Its identifier, growing within one `uidvalidity`.
    pub uid: u32,
    /// The epoch of the identifiers: when it changes, all of them begin anew.
    pub uidvalidity: u32,
    /// The raw message; only its header when it is [`truncated`](Self::truncated).
    pub bytes: Vec<u8>,
    /// The message is larger than [`LARGEST_MESSAGE`] and was not fetched whole.
    pub truncated: bool,
}

impl std::fmt::Debug for Fetched {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fetched({}/{}, {} bytes)", self.uidvalidity, self.uid, self.bytes.len())
    }
}

/// What ended a wait.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Waited {
    /// The mailbox changed: fetch.
    Changed,
    /// Nothing happened in that time.
    TimedOut,
}

/// Why the mailbox could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ImapError {
    /// The server cannot be reached, or the connection was lost; connect again later.
    #[error("the connection to the mailbox server failed")]
    Connection(#[source] std::io::Error),
    /// No answer within the configured time; connect again later.
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
    /// The server said something that is no IMAP.
    #[error("the mailbox server does not follow the protocol: {0}")]
    Protocol(String),
}

trait Stream: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug> Stream for T {}
type Wire = Box<dyn Stream>;

/// An open mailbox. After any error drop it and connect again.
#[derive(Debug)]
pub struct Mailbox {
    session: Option<Session<Wire>>,
    timeout: Duration,
    uidvalidity: u32,
}

impl Mailbox {
    /// Connects, logs in and opens the folder for reading only: nothing is ever marked, moved or deleted.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses.
    pub async fn connect(config: ImapConfig) -> Result<Self, ImapError> {
        within(config.timeout, Self::open(&config)).await?
    }

    async fn open(config: &ImapConfig) -> Result<Self, ImapError> {
        let client = greet(config).await?;
        let session = client
            .login(&config.user, config.password.expose())
            .await
            .map_err(|(error, _)| translate("LOGIN", error))
            .map_err(|error| match error {
                ImapError::Refused { text, .. } => ImapError::Login(text),
                other => other,
            })?;
        let mut mailbox = Self { session: Some(session), timeout: config.timeout, uidvalidity: 0 };
        let folder = mailbox.session()?.examine(&config.folder).await.map_err(|error| translate("EXAMINE", error))?;
        mailbox.uidvalidity = folder.uid_validity.unwrap_or(1);
        Ok(mailbox)
    }

    /// The epoch of this folder's identifiers.
    #[must_use]
    pub fn uidvalidity(&self) -> u32 {
        self.uidvalidity
    }

    /// Fetches at most `max` messages that came after `after` = (uidvalidity, uid), oldest first. Remember the last
    /// pair together with what was made of the messages, and a restart neither loses nor repeats any. If the epoch has
    /// changed, everything is fetched anew: handling must be idempotent by `Message-ID`.
    ///
    /// # Errors
    /// When the connection fails or the server refuses.
    pub async fn fetch_new(&mut self, after: Option<(u32, u32)>, max: usize) -> Result<Vec<Fetched>, ImapError> {
        let last = after.filter(|(epoch, _)| *epoch == self.uidvalidity).map_or(0, |(_, uid)| uid);
        let Some(first) = last.checked_add(1) else { return Ok(Vec::new()) };
        let sizes = within(self.timeout, self.sizes(first)).await??;
        let mut fetched = Vec::new();
        for (uid, size) in sizes.into_iter().take(max) {
            // A message that was expunged meanwhile is simply not there any more.
            if let Some(message) = within(self.timeout, self.fetch(uid, size)).await?? {
                fetched.push(message);
            }
        }
        Ok(fetched)
    }

    /// The messages from `first` on with their sizes in bytes, ascending.
    async fn sizes(&mut self, first: u32) -> Result<BTreeSet<(u32, u32)>, ImapError> {
        let mut sizes = BTreeSet::new();
        self.command("UID FETCH", format!("UID FETCH {first}:* (UID RFC822.SIZE)"), |response| {
            if let Response::Fetch(_, attributes) = response {
                let uid = attributes.iter().find_map(|found| match found {
                    AttributeValue::Uid(uid) => Some(*uid),
                    _ => None,
                });
                let size = attributes.iter().find_map(|found| match found {
                    AttributeValue::Rfc822Size(size) => Some(*size),
                    _ => None,
                });
                // `n:*` always includes the last message, even when it is older than n (RFC 3501, section 6.4.8).
                if let Some(uid) = uid.filter(|uid| *uid >= first) {
                    sizes.insert((uid, size.unwrap_or(0)));
                }
            }
        })
        .await?;
        Ok(sizes)
    }

    async fn fetch(&mut self, uid: u32, size: u32) -> Result<Option<Fetched>, ImapError> {
        let truncated = usize::try_from(size).is_ok_and(|size| size > LARGEST_MESSAGE);
        let item = if truncated { "BODY.PEEK[HEADER]" } else { "BODY.PEEK[]" };
        let mut bytes = None;
        self.command("UID FETCH", format!("UID FETCH {uid} (UID {item})"), |response| {
            if let Response::Fetch(_, attributes) = response
                && attributes.iter().any(|found| matches!(found, AttributeValue::Uid(found) if *found == uid))
            {
                bytes = attributes.iter().find_map(body).or(bytes.take());
            }
        })
        .await?;
        let uidvalidity = self.uidvalidity;
        Ok(bytes.map(|bytes| Fetched { uid, uidvalidity, bytes, truncated }))
    }

    /// Waits until the mailbox changes (RFC 2177). Servers end a wait after half an hour; keep `timeout` below that.
    ///
    /// # Errors
    /// When the connection fails, or the server does not know `IDLE`.
    pub async fn idle(&mut self, timeout: Duration) -> Result<Waited, ImapError> {
        let session = self.session.take().ok_or_else(closed)?;
        let mut handle = session.idle();
        within(self.timeout, handle.init()).await?.map_err(|error| translate("IDLE", error))?;
        let (wait, stop) = handle.wait_with_timeout(timeout);
        let outcome = wait.await.map_err(|error| translate("IDLE", error))?;
        drop(stop);
        let session = within(self.timeout, handle.done()).await?.map_err(|error| translate("IDLE", error))?;
        self.session = Some(session);
        Ok(match outcome {
            async_imap::extensions::idle::IdleResponse::Timeout => Waited::TimedOut,
            _ => Waited::Changed,
        })
    }

    /// Says goodbye.
    ///
    /// # Errors
    /// When the connection is already lost; there is nothing to be done about it.
    pub async fn close(mut self) -> Result<(), ImapError> {
        within(self.timeout, self.session()?.logout()).await?.map_err(|error| translate("LOGOUT", error))
    }

    fn session(&mut self) -> Result<&mut Session<Wire>, ImapError> {
        self.session.as_mut().ok_or_else(closed)
    }

    /// Runs a command to its tagged answer. The library's own streams drop that answer, so that a refused fetch would
    /// look like an empty mailbox.
    async fn command(
        &mut self,
        name: &'static str,
        command: String,
        mut each: impl FnMut(&Response<'_>),
    ) -> Result<(), ImapError> {
        let session = self.session()?;
        let id: RequestId = session.run_command(command).await.map_err(|error| translate(name, error))?;
        loop {
            let Some(response) = session.read_response().await.map_err(ImapError::Connection)? else {
                return Err(closed());
            };
            match response.parsed() {
                Response::Done { tag, status: Status::Ok, .. } if *tag == id => return Ok(()),
                Response::Done { tag, outcome, .. } if *tag == id => {
                    let text = outcome.information.as_deref().unwrap_or_default().to_owned();
                    return Err(ImapError::Refused { command: name, text });
                }
                Response::MailboxData(MailboxDatum::Exists(_) | MailboxDatum::Recent(_)) => {}
                other => each(other),
            }
        }
    }
}

fn body(attribute: &AttributeValue<'_>) -> Option<Vec<u8>> {
    match attribute {
        AttributeValue::BodySection { data: Some(data), .. } | AttributeValue::Rfc822(Some(data)) => {
            Some(data.to_vec())
        }
        _ => None,
    }
}

async fn greet(config: &ImapConfig) -> Result<Client<Wire>, ImapError> {
    let tcp = TcpStream::connect((config.host.as_str(), config.port)).await.map_err(ImapError::Connection)?;
    tcp.set_nodelay(true).map_err(ImapError::Connection)?;
    match config.tls {
        Tls::None => greeted(Box::new(tcp)).await,
        Tls::Implicit => greeted(Box::new(protect(config, tcp).await?)).await,
        Tls::StartTls => {
            let mut client = greeted_on(tcp).await?;
            client.run_command_and_check_ok("STARTTLS", None).await.map_err(|error| translate("STARTTLS", error))?;
            Ok(Client::new(Box::new(protect(config, client.into_inner()).await?)))
        }
    }
}

async fn protect(config: &ImapConfig, tcp: TcpStream) -> Result<tokio_rustls::client::TlsStream<TcpStream>, ImapError> {
    let connector = TlsConnector::from(tls::client(config.authorities.as_deref()).map_err(ImapError::Tls)?);
    let name = ServerName::try_from(config.host.clone())
        .map_err(|error| ImapError::Tls(rustls::Error::General(error.to_string())))?;
    connector.connect(name, tcp).await.map_err(|error| match error.downcast::<rustls::Error>() {
        Ok(tls) => ImapError::Tls(tls),
        Err(io) => ImapError::Connection(io),
    })
}

async fn greeted(wire: Wire) -> Result<Client<Wire>, ImapError> {
    greeted_on(wire).await
}

async fn greeted_on<T: Stream>(wire: T) -> Result<Client<T>, ImapError> {
    let mut client = Client::new(wire);
    let greeting = client.read_response().await.map_err(ImapError::Connection)?.ok_or_else(closed)?;
    match greeting.parsed() {
        Response::Data { status: Status::Ok, .. } => {}
        Response::Data { outcome, .. } => {
            let text = outcome.information.as_deref().unwrap_or_default().to_owned();
            return Err(ImapError::Refused { command: "the connection", text });
        }
        other => return Err(ImapError::Protocol(format!("{other:?}"))),
    }
    Ok(client)
}

async fn within<T>(timeout: Duration, work: impl Future<Output = T>) -> Result<T, ImapError> {
    tokio::time::timeout(timeout, work).await.map_err(|_| ImapError::TimedOut)
}

fn closed() -> ImapError {
    ImapError::Connection(std::io::ErrorKind::UnexpectedEof.into())
}

fn translate(command: &'static str, error: async_imap::error::Error) -> ImapError {
    use async_imap::error::Error;
    match error {
        Error::Io(error) => ImapError::Connection(error),
        Error::ConnectionLost => closed(),
        Error::Bad(text) | Error::No(text) => ImapError::Refused { command, text },
        other => ImapError::Protocol(other.to_string()),
    }
}
