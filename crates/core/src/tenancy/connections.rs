use std::sync::Arc;

use italia::EmailAddress;
use pec::imap::ImapConfig;
use pec::smtp::Sender;

use crate::identities::SpidConnection;
use crate::identities::cie::CieConnection;
use crate::secret::Secret;
use crate::signing::StatementKey;

/// A tenant's ways to the outside world: real clients of real protocols, put together from the configuration.
#[derive(Debug, Default)]
pub struct Connections {
    /// The business register.
    pub register: Option<RegisterConnection>,
    /// Ordinary mail.
    pub mail: Option<MailConnection>,
    /// Certified mail.
    pub pec: Option<MailConnection>,
    /// The certified mailbox in which receipts arrive.
    pub pec_inbox: Option<ImapConfig>,
    /// Whose receipts are believed.
    pub trust: pec::TrustAnchors,
    /// The assistance's mailbox.
    pub assistance_inbox: Option<ImapConfig>,
    /// The hosted payment page.
    pub checkout: Option<pagopa::checkout::Client>,
    /// Where the hosted payment page lives: forms may lead there.
    pub checkout_origin: Option<url::Url>,
    /// The identity providers of SPID.
    pub spid: Option<SpidConnection>,
    /// CIE's federation.
    pub cie: Option<CieConnection>,
    /// The key that signs statements, where one is configured.
    pub statements: Option<StatementKey>,
    /// The last part of the address under which the node reaches us.
    pub node_secret: Option<Secret>,
}

/// The business register and how much may be asked of it.
#[derive(Debug)]
pub struct RegisterConnection {
    /// Its client.
    pub client: Arc<registries::BusinessRegister>,
    /// Look-ups a minute.
    pub per_minute: u32,
}

/// A way for messages to leave.
#[derive(Debug)]
pub struct MailConnection {
    /// The client.
    pub sender: Sender,
    /// In whose name.
    pub from: EmailAddress,
}
