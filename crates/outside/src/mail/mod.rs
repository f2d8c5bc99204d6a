//! Mail of this world: an ordinary mail server, a PEC provider and a mailbox server, over SMTP and IMAP.
//!
//! Everything listens on the loopback interface on ports that the system chooses, without TLS. Nothing sleeps: what is
//! due later happens in [`MailWorld::deliver_due`], after somebody has moved the clock.

mod authority;
mod behaviour;
mod boxes;
mod certified;
mod chance;
mod headers;
mod imap;
mod lines;
mod ordinary;
mod post;
mod queue;
mod smtp;
mod view;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use italia::EmailAddress;
use jiff::Timestamp;
use pec::{MessageId, Secret};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

pub use behaviour::{BoxBehaviour, BoxKind};
pub use view::{MailboxView, MessageKind, StoredMessage};

use crate::Clock;
use post::Post;

/// How to set up the mail world.
#[derive(Clone, Debug)]
pub struct MailConfig {
    /// The time of the world.
    pub clock: Arc<dyn Clock>,
    /// The seed of all identifiers.
    pub seed: u64,
    /// The domains whose boxes are PEC boxes.
    pub pec_domains: Vec<String>,
    /// Those who can log in from the start.
    pub accounts: Vec<Account>,
}

/// Somebody who can log in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// The address, which is also the user name.
    pub address: EmailAddress,
    /// The password.
    pub password: Secret,
    /// What kind of box it is, whatever its domain.
    pub kind: BoxKind,
}

/// A message that was handed over to a server for one recipient.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Transmission {
    /// When.
    pub at: Timestamp,
    /// To which server.
    pub channel: Channel,
    /// The `Message-ID` without brackets.
    pub message_id: Option<String>,
    /// The envelope sender; none for notifications.
    pub from: Option<EmailAddress>,
    /// The recipient.
    pub to: EmailAddress,
}

/// One of the two ways to send.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Channel {
    /// The ordinary mail server.
    Ordinary,
    /// The PEC provider.
    Pec,
}

/// The mail world could not do something.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MailError {
    /// A server could not listen.
    #[error("a mail server cannot listen on the loopback interface")]
    Listen(#[from] std::io::Error),
    /// A certificate could not be made.
    #[error("a test certificate cannot be made")]
    Certificate(#[from] rcgen::Error),
    /// The provider's key is unusable.
    #[error("the provider's key cannot be used")]
    Key(#[from] pec::provider::ProviderKeyError),
    /// The provider could not write a message.
    #[error("the provider cannot write a message")]
    Provider(#[from] pec::provider::ProviderError),
    /// The authority's own certificate is unusable.
    #[error("the authority's certificate cannot be used")]
    Trust(#[from] pec::TrustError),
    /// A domain that makes no address.
    #[error("a PEC domain makes no address")]
    Domain(#[source] italia::email::EmailError),
    /// A message could not be written.
    #[error("the message cannot be written")]
    Compose(#[from] pec::ComposeError),
    /// The recipient refuses the message.
    #[error("the recipient refuses the message: {code} {text}")]
    Refused {
        /// SMTP reply code.
        code: u16,
        /// Status code and words.
        text: String,
    },
}

/// The mail world, alive until it is dropped.
#[derive(Debug)]
pub struct MailWorld {
    post: Arc<Post>,
    smtp: SocketAddr,
    pec_smtp: SocketAddr,
    imap: SocketAddr,
    _servers: JoinSet<()>,
}

impl MailWorld {
    /// Makes the authority and starts the three servers. Must be called inside a Tokio runtime.
    ///
    /// # Errors
    /// When a server cannot listen or the keys cannot be made.
    pub async fn start(config: MailConfig) -> Result<Self, MailError> {
        let post = Arc::new(Post::new(&config)?);
        let mut servers = JoinSet::new();
        let (listener, smtp) = listen().await?;
        servers.spawn(smtp::serve(listener, Arc::clone(&post), smtp::Role::Ordinary));
        let (listener, pec_smtp) = listen().await?;
        servers.spawn(smtp::serve(listener, Arc::clone(&post), smtp::Role::Pec));
        let (listener, imap) = listen().await?;
        servers.spawn(imap::serve(listener, Arc::clone(&post)));
        Ok(Self { post, smtp, pec_smtp, imap, _servers: servers })
    }

    /// The ordinary mail server.
    #[must_use]
    pub fn smtp_addr(&self) -> SocketAddr {
        self.smtp
    }

    /// The PEC provider's server; it wants a PEC account.
    #[must_use]
    pub fn pec_smtp_addr(&self) -> SocketAddr {
        self.pec_smtp
    }

    /// The mailbox server for all accounts.
    #[must_use]
    pub fn imap_addr(&self) -> SocketAddr {
        self.imap
    }

    /// The authority that vouches for the providers, as PEM.
    #[must_use]
    pub fn trust_anchor_pem(&self) -> &str {
        self.post.authority.pem()
    }

    /// Lets somebody log in from now on.
    pub fn register(&self, account: &Account) {
        self.post.register(account);
    }

    /// Does everything whose time has come. Returns the number of steps done.
    ///
    /// # Errors
    /// When a message cannot be written or signed.
    pub fn deliver_due(&self) -> Result<usize, MailError> {
        self.post.deliver_due()
    }

    /// How many messages are still on their way.
    #[must_use]
    pub fn under_way(&self) -> usize {
        self.post.lock().queue.len()
    }

    /// All boxes that exist, by address.
    #[must_use]
    pub fn mailboxes(&self) -> Vec<MailboxView> {
        self.post.lock().boxes.all().map(view::mailbox).collect()
    }

    /// Whether that address is, or would be, a PEC box.
    #[must_use]
    pub fn kind(&self, address: &EmailAddress) -> BoxKind {
        self.post.lock().boxes.kind(address)
    }

    /// The messages in a box, oldest first; none for a box that does not exist yet.
    #[must_use]
    pub fn messages(&self, address: &EmailAddress) -> Vec<StoredMessage> {
        let kept = self.post.lock().boxes.get(address).map(|found| found.messages.clone()).unwrap_or_default();
        kept.iter().map(|kept| view::message(kept, &self.post.trust)).collect()
    }

    /// Changes how a box behaves, from now on and for mail already on its way, which [`Self::deliver_due`] then moves.
    pub fn set_behaviour(&self, address: &EmailAddress, behaviour: BoxBehaviour) {
        self.post.set_behaviour(address, behaviour);
    }

    /// Lays a message into a box as it is. Returns its identifier.
    pub fn put_message(&self, address: &EmailAddress, raw: &[u8]) -> u32 {
        let now = self.post.now();
        let uid = self.post.lock().boxes.store(address, raw.to_vec(), None, now);
        self.post.announce();
        uid
    }

    /// Sends ordinary mail as a user would, through the ordinary server's rules.
    ///
    /// # Errors
    /// When the recipient refuses, or the subject would break out of its header.
    pub fn send_ordinary(
        &self,
        from: &EmailAddress,
        to: &EmailAddress,
        subject: &str,
        text: &str,
    ) -> Result<MessageId, MailError> {
        if let Some(refusal) = self.post.ordinary_refusal(to) {
            let text = format!("{} {}", refusal.status, refusal.words);
            return Err(MailError::Refused { code: refusal.code, text });
        }
        let id = self.post.fresh_id(from.domain());
        let message = pec::Outgoing::new(from.clone(), to.clone(), subject, text, id.clone(), self.post.now());
        self.post.submit_ordinary(Some(from), std::slice::from_ref(to), &message.compose()?)?;
        Ok(id)
    }

    /// Sends certified mail as the holder of a PEC box would, through the provider's rules.
    ///
    /// # Errors
    /// When the subject would break out of its header, or the provider cannot write.
    pub fn send_certified(
        &self,
        from: &EmailAddress,
        to: &EmailAddress,
        subject: &str,
        text: &str,
    ) -> Result<MessageId, MailError> {
        let id = self.post.fresh_id(from.domain());
        let message = pec::Outgoing::new(from.clone(), to.clone(), subject, text, id.clone(), self.post.now());
        self.post.submit_certified(from, std::slice::from_ref(to), &message.compose()?)?;
        Ok(id)
    }

    /// Takes all servers down, or up again: connections are answered with 421 or `BYE`.
    pub fn down(&self, down: bool) {
        self.post.set_down(down);
    }

    /// Every message that was ever handed over, once for each recipient and each time. A box keeps one copy of a
    /// message that comes twice; this log counts both.
    #[must_use]
    pub fn delivered_ids(&self) -> Vec<Transmission> {
        self.post.lock().log.clone()
    }
}

async fn listen() -> std::io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

#[cfg(test)]
mod tests;
