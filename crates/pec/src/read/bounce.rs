//! Delivery status notifications (RFC 3464): what happened to ordinary mail.

use italia::EmailAddress;

use crate::certification::ExtendedCode;
use crate::mime::{Content, Entity, Headers};
use crate::{Mail, MessageId};

/// A delivery status notification.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bounce {
    /// What happened to each recipient; never empty.
    pub recipients: Vec<BouncedRecipient>,
    /// The identifier of the message that could not be delivered.
    pub original_message_id: Option<MessageId>,
    /// The explanation for people.
    pub text: String,
    /// The notification itself as mail.
    pub mail: Mail,
}

/// The fate of one recipient.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BouncedRecipient {
    /// The recipient; `None` when unreadable.
    pub recipient: Option<EmailAddress>,
    /// What the mail system did.
    pub action: BounceAction,
    /// The status code, such as 5.1.1.
    pub status: Option<ExtendedCode>,
    /// The answer of the foreign mail system, word for word.
    pub diagnostic: Option<String>,
}

/// The action field (RFC 3464, section 2.3.3).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum BounceAction {
    /// Not delivered, and no more attempts.
    Failed,
    /// Not yet delivered.
    Delayed,
    /// Delivered.
    Delivered,
    /// Handed to a system that does not report.
    Relayed,
    /// Delivered to several addresses behind this one.
    Expanded,
}

impl BounceAction {
    /// The word of the wire.
    #[must_use]
    pub fn wire(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Delayed => "delayed",
            Self::Delivered => "delivered",
            Self::Relayed => "relayed",
            Self::Expanded => "expanded",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Some(match text.trim().to_ascii_lowercase().split([' ', '\t', '(']).next()? {
            "failed" => Self::Failed,
            "delayed" => Self::Delayed,
            "delivered" => Self::Delivered,
            "relayed" => Self::Relayed,
            "expanded" => Self::Expanded,
            _ => return None,
        })
    }
}

pub(super) fn bounce(message: &Entity<'_>) -> Option<Bounce> {
    if !message.headers.media_type().is("multipart/report") {
        return None;
    }
    let status = message.find(|part| part.headers.media_type().essence() == "message/delivery-status")?;
    let recipients: Vec<BouncedRecipient> = groups(&status.decoded()).iter().filter_map(|text| group(text)).collect();
    (!recipients.is_empty()).then(|| Bounce {
        recipients,
        original_message_id: returned_id(message).or_else(|| message.headers.id("In-Reply-To")),
        text: message.shown_text(),
        mail: Mail::from_entity(message),
    })
}

/// The groups of fields, one for the message and one for each recipient, separated by empty lines.
fn groups(status: &[u8]) -> Vec<Vec<u8>> {
    let mut groups = vec![Vec::new()];
    for line in status.split_inclusive(|&byte| byte == b'\n').take(20_000) {
        if !line.trim_ascii().is_empty() {
            groups.last_mut().into_iter().for_each(|group| group.extend_from_slice(line));
        } else if groups.last().is_some_and(|group| !group.is_empty()) {
            groups.push(Vec::new());
        }
    }
    groups
}

fn group(fields: &[u8]) -> Option<BouncedRecipient> {
    let fields = Headers::parse(fields);
    let action = BounceAction::parse(&fields.text("Action")?)?;
    let recipient = ["Original-Recipient", "Final-Recipient"].iter().find_map(|name| {
        let text = fields.text(name)?;
        let address = text.split_once(';').map_or(text.as_str(), |(_, address)| address);
        EmailAddress::parse(address.trim().trim_matches(['<', '>'])).ok()
    });
    Some(BouncedRecipient {
        recipient,
        action,
        status: fields.text("Status").as_deref().and_then(ExtendedCode::find),
        diagnostic: fields.text("Diagnostic-Code"),
    })
}

/// The identifier in the returned message or in its returned header.
fn returned_id(message: &Entity<'_>) -> Option<MessageId> {
    let part = message.find(|part| {
        let media = part.headers.media_type();
        media.is("message/rfc822") || media.is("text/rfc822-headers")
    })?;
    if let Content::Message(inner) = &part.content {
        return inner.headers.id("Message-ID");
    }
    Headers::parse(&part.decoded()).id("Message-ID")
}
