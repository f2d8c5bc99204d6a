//! What a person sees in a box.

use italia::EmailAddress;
use jiff::Timestamp;
use mail_parser::MessageParser;
use pec::{Attachment, Enclosed, Incoming, Mail, ReceiptType, TrustAnchors};

use super::behaviour::{BoxBehaviour, BoxKind};
use super::boxes::{Kept, Mailbox};
use super::headers;

/// A box at a glance.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MailboxView {
    /// Its address.
    pub address: EmailAddress,
    /// Ordinary or certified.
    pub kind: BoxKind,
    /// How it behaves at present.
    pub behaviour: BoxBehaviour,
    /// How many messages lie in it.
    pub messages: usize,
    /// How many of them nobody has opened over IMAP.
    pub unseen: usize,
}

/// What a stored message is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MessageKind {
    /// Ordinary mail.
    Ordinary,
    /// A certified message in its envelope.
    Certified,
    /// Ordinary mail in the envelope that a PEC provider puts around it.
    Anomaly,
    /// A receipt or notice of the PEC circuit.
    Receipt(ReceiptType),
    /// A delivery status notification.
    Bounce,
    /// Something that cannot be read.
    Unreadable,
}

/// A message in a box, opened down to what its author wrote.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredMessage {
    /// Its identifier in the box.
    pub uid: u32,
    /// When it arrived.
    pub at: Timestamp,
    /// The author's address; the provider's for receipts.
    pub from: String,
    /// The subject of the innermost message.
    pub subject: String,
    /// The text of the innermost message.
    pub text: String,
    /// Its files.
    pub attachments: Vec<Attachment>,
    /// The message as it lies in the box.
    pub raw: Vec<u8>,
    /// What it is.
    pub kind: MessageKind,
    /// Whether somebody has opened it over IMAP.
    pub seen: bool,
}

impl std::fmt::Debug for StoredMessage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredMessage")
            .field("uid", &self.uid)
            .field("at", &self.at)
            .field("from", &self.from)
            .field("subject", &self.subject)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

pub(super) fn mailbox(mailbox: &Mailbox) -> MailboxView {
    MailboxView {
        address: mailbox.address.clone(),
        kind: mailbox.kind,
        behaviour: mailbox.behaviour,
        messages: mailbox.messages.len(),
        unseen: mailbox.messages.iter().filter(|kept| !kept.flags.contains("\\Seen")).count(),
    }
}

pub(super) fn message(kept: &Kept, trust: &TrustAnchors) -> StoredMessage {
    let opened = match pec::read(&kept.raw, trust, kept.at) {
        Ok(Incoming::Ordinary(mail)) => from_mail(*mail, MessageKind::Ordinary),
        Ok(Incoming::Envelope(envelope)) => from_mail(envelope.original, MessageKind::Certified),
        Ok(Incoming::Bounce(bounce)) => from_mail(bounce.mail, MessageKind::Bounce),
        Ok(Incoming::Anomaly(anomaly)) => match anomaly.enclosed {
            Enclosed::Mail(mail) => from_mail(mail, MessageKind::Anomaly),
            Enclosed::Bounce(bounce) => from_mail(bounce.mail, MessageKind::Bounce),
        },
        Ok(Incoming::Receipt(receipt)) => from_outside(&kept.raw, MessageKind::Receipt(receipt.kind)),
        _ => from_outside(&kept.raw, MessageKind::Unreadable),
    };
    let Opened { from, subject, text, attachments, kind } = opened;
    let seen = kept.flags.contains("\\Seen");
    StoredMessage { uid: kept.uid, at: kept.at, from, subject, text, attachments, raw: kept.raw.to_vec(), kind, seen }
}

struct Opened {
    from: String,
    subject: String,
    text: String,
    attachments: Vec<Attachment>,
    kind: MessageKind,
}

fn from_mail(mail: Mail, kind: MessageKind) -> Opened {
    let from = mail.from.map(|from| from.to_string()).or(mail.from_name).unwrap_or_default();
    Opened { from, subject: mail.subject, text: mail.text, attachments: mail.attachments, kind }
}

/// Receipts are shown as their provider words them.
fn from_outside(raw: &[u8], kind: MessageKind) -> Opened {
    let parsed = MessageParser::default().parse(raw);
    let text = parsed.as_ref().and_then(|message| message.body_text(0)).map(|text| text.replace("\r\n", "\n"));
    let subject = parsed.as_ref().and_then(|message| message.subject()).map(str::to_owned);
    Opened {
        from: headers::field(raw, "From").unwrap_or_default(),
        subject: subject.unwrap_or_default(),
        text: text.map(|text| text.trim().to_owned()).unwrap_or_default(),
        attachments: Vec::new(),
        kind,
    }
}
