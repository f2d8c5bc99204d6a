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
    /// The name of the source that knows the firms' certified addresses.
    pub register: Option<String>,
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

/// A way for messages to leave.
#[derive(Debug)]
pub struct MailConnection {
    /// The client.
    pub sender: Sender,
    /// In whose name.
    pub from: EmailAddress,
}
