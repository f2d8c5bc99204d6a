//! Mail as its reader sees it.

use std::fmt;

use italia::EmailAddress;
use jiff::Timestamp;

use crate::MessageId;
use crate::mime::{Entity, Headers};

/// A file that travels with a message.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The file name shown to the reader; never to be used as a path.
    pub name: String,
    /// The media type, `type/subtype`.
    pub media_type: String,
    /// The decoded content.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Attachment({}, {}, {} bytes)", self.name, self.media_type, self.bytes.len())
    }
}

/// A message without certification: what people and programs write.
///
/// `Debug` shows neither subject nor text: people write secrets into their mail.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// The author's address; `None` when it is missing or unreadable.
    pub from: Option<EmailAddress>,
    /// The author's display name, which proves nothing.
    pub from_name: Option<String>,
    /// Where answers are wanted, when that differs from the author.
    pub reply_to: Option<EmailAddress>,
    /// The readable addresses in `To`.
    pub to: Vec<EmailAddress>,
    /// The readable addresses in `Cc`.
    pub cc: Vec<EmailAddress>,
    /// The decoded subject, empty when there is none.
    pub subject: String,
    /// The readable text with `\n` line ends; made from the HTML form when there is no plain one.
    pub text: String,
    /// Files and enclosed messages.
    pub attachments: Vec<Attachment>,
    /// The message's own identifier.
    pub message_id: Option<MessageId>,
    /// The message that this one answers.
    pub in_reply_to: Option<MessageId>,
    /// The conversation before this message, oldest first.
    pub references: Vec<MessageId>,
    /// Written by a program (RFC 3834): never answer such a message automatically.
    pub auto_submitted: bool,
    /// When its author says that it was written.
    pub date: Option<Timestamp>,
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail")
            .field("message_id", &self.message_id)
            .field("from", &self.from)
            .field("attachments", &self.attachments.len())
            .field("date", &self.date)
            .finish_non_exhaustive()
    }
}

impl Mail {
    pub(crate) fn from_entity(message: &Entity<'_>) -> Self {
        let headers = &message.headers;
        let author = headers.addresses("From").into_iter().next();
        Self {
            from: author.as_ref().and_then(|author| EmailAddress::parse(&author.address).ok()),
            from_name: author.and_then(|author| author.name),
            reply_to: readable(headers, "Reply-To").into_iter().next(),
            to: readable(headers, "To"),
            cc: readable(headers, "Cc"),
            subject: headers.text("Subject").unwrap_or_default(),
            text: message.shown_text(),
            attachments: message.attachments(),
            message_id: headers.id("Message-ID"),
            in_reply_to: headers.id("In-Reply-To"),
            references: headers.ids("References"),
            auto_submitted: is_automatic(headers),
            date: headers.date("Date"),
        }
    }
}

fn readable(headers: &Headers<'_>, name: &str) -> Vec<EmailAddress> {
    headers.addresses(name).iter().filter_map(|found| EmailAddress::parse(&found.address).ok()).collect()
}

/// RFC 3834 and the older habits of mailing lists and out-of-office programs.
fn is_automatic(headers: &Headers<'_>) -> bool {
    let declared = headers.text("Auto-Submitted").is_some_and(|value| !value.eq_ignore_ascii_case("no"));
    let bulk = headers.text("Precedence").is_some_and(|value| {
        ["bulk", "junk", "list", "auto_reply"].iter().any(|word| value.eq_ignore_ascii_case(word))
    });
    let list = headers.count("List-Id") > 0;
    let robot = ["X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress"].iter().any(|name| headers.count(name) > 0);
    let null_path = headers.text("Return-Path").is_some_and(|value| value == "<>");
    declared || bulk || list || robot || null_path
}
