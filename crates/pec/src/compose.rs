//! Writing a message (RFC 5322, MIME), ready for SMTP.

use std::fmt::{self, Write as _};
use std::time::SystemTime;

use aws_lc_rs::digest;
use italia::EmailAddress;
use jiff::Timestamp;
use lettre::message::header::{self, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};

use crate::{Attachment, MessageId, ReceiptKind, wire};

/// A message to one recipient. One recipient per message keeps each proof of delivery by itself and the size limit of
/// PEC (size × recipients ≤ 30 MB) simple.
///
/// `Debug` shows neither subject nor text: credentials travel in them.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The author and envelope sender. A PEC provider demands that both are the box that logs in.
    pub from: EmailAddress,
    /// The author's display name.
    pub from_name: Option<String>,
    /// The recipient.
    pub to: EmailAddress,
    /// The subject, in any script.
    pub subject: String,
    /// The plain text; line ends are made CRLF.
    pub text: String,
    /// The same in HTML.
    pub html: Option<String>,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// Our own identifier, by which receipts are matched. Repeat it when sending again after a doubtful failure:
    /// stores keep one copy.
    pub message_id: MessageId,
    /// When the message was written.
    pub date: Timestamp,
    /// Where answers shall go.
    pub reply_to: Option<EmailAddress>,
    /// The message that this one answers.
    pub in_reply_to: Option<MessageId>,
    /// Which delivery receipt a PEC provider shall send; `None` leaves its default, the complete one.
    pub receipt: Option<ReceiptKind>,
    /// Mark as written by a program (RFC 3834), so that programs do not answer.
    pub auto_submitted: bool,
}

/// Why a message was not composed. All of these are mistakes of the caller or attacks through its input.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ComposeError {
    /// A line break or control character where a header value stands.
    #[error("control characters in {0} would write a header of their own")]
    Injection(&'static str),
    /// A value that no header line may hold.
    #[error("{0} is too long for a header line")]
    TooLong(&'static str),
    /// The address is valid but cannot be written in a message header.
    #[error("the address in {field} cannot be written in a header")]
    Address {
        /// Which field.
        field: &'static str,
        /// The refusal.
        #[source]
        source: lettre::address::AddressError,
    },
    /// The media type of an attachment is none.
    #[error("the attachment {name} has no valid media type")]
    MediaType {
        /// The attachment.
        name: String,
        /// The refusal.
        #[source]
        source: header::ContentTypeErr,
    },
    /// The message could not be assembled.
    #[error("the message cannot be assembled")]
    Assemble(#[source] lettre::error::Error),
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing")
            .field("message_id", &self.message_id)
            .field("from", &self.from)
            .field("to", &self.to)
            .field("attachments", &self.attachments.len())
            .finish_non_exhaustive()
    }
}

const LONGEST_SUBJECT: usize = 2_000;
const LONGEST_NAME: usize = 250;

impl Outgoing {
    /// A plain message; the other fields can be set afterwards.
    #[must_use]
    pub fn new(
        from: EmailAddress,
        to: EmailAddress,
        subject: impl Into<String>,
        text: impl Into<String>,
        message_id: MessageId,
        date: Timestamp,
    ) -> Self {
        Self {
            from,
            from_name: None,
            to,
            subject: subject.into(),
            text: text.into(),
            html: None,
            attachments: Vec::new(),
            message_id,
            date,
            reply_to: None,
            in_reply_to: None,
            receipt: None,
            auto_submitted: false,
        }
    }

    /// Writes the message. The same input always gives the same bytes.
    ///
    /// # Errors
    /// When a value would break out of its header, or cannot be written.
    pub fn compose(&self) -> Result<Vec<u8>, ComposeError> {
        self.check()?;
        let mut builder = Message::builder()
            .from(mailbox("from", self.from_name.clone(), &self.from)?)
            .to(mailbox("to", None, &self.to)?)
            .subject(self.subject.clone())
            .message_id(Some(self.message_id.to_string()))
            .date(SystemTime::from(self.date));
        if let Some(address) = &self.reply_to {
            builder = builder.reply_to(mailbox("reply_to", None, address)?);
        }
        if let Some(id) = &self.in_reply_to {
            builder = builder.in_reply_to(id.to_string()).references(id.to_string());
        }
        if let Some(kind) = self.receipt {
            builder = builder.raw_header(raw(wire::DETAIL_HEADER, kind.wire()));
        }
        if self.auto_submitted {
            builder = builder.raw_header(raw("Auto-Submitted", "auto-generated"));
        }
        let message = match self.body()? {
            Body::Single(part) => builder.singlepart(part),
            Body::Multi(part) => builder.multipart(part),
        };
        Ok(message.map_err(ComposeError::Assemble)?.formatted())
    }

    fn check(&self) -> Result<(), ComposeError> {
        one_line("subject", &self.subject, LONGEST_SUBJECT)?;
        one_line("from_name", self.from_name.as_deref().unwrap_or_default(), LONGEST_NAME)?;
        for attachment in &self.attachments {
            one_line("the name of an attachment", &attachment.name, LONGEST_NAME)?;
            one_line("the media type of an attachment", &attachment.media_type, LONGEST_NAME)?;
        }
        Ok(())
    }

    fn body(&self) -> Result<Body, ComposeError> {
        let readable = match &self.html {
            None => Body::Single(SinglePart::plain(lines(&self.text))),
            Some(html) => Body::Multi(
                MultiPart::alternative()
                    .boundary(self.boundary("alternative"))
                    .singlepart(SinglePart::plain(lines(&self.text)))
                    .singlepart(SinglePart::html(lines(html))),
            ),
        };
        if self.attachments.is_empty() {
            return Ok(readable);
        }
        let mixed = MultiPart::mixed().boundary(self.boundary("mixed"));
        let mut mixed = match readable {
            Body::Single(part) => mixed.singlepart(part),
            Body::Multi(part) => mixed.multipart(part),
        };
        for attachment in &self.attachments {
            mixed = mixed.singlepart(enclosed(attachment)?);
        }
        Ok(Body::Multi(mixed))
    }

    /// A boundary made of the content itself: reproducible, and nobody can write it into that content beforehand.
    fn boundary(&self, role: &str) -> String {
        let mut context = digest::Context::new(&digest::SHA256);
        for piece in [role, self.message_id.as_str(), &self.text, self.html.as_deref().unwrap_or_default()] {
            context.update(piece.as_bytes());
            context.update(&[0]);
        }
        for attachment in &self.attachments {
            context.update(&attachment.bytes);
        }
        let mut boundary = String::from("=_");
        for byte in &context.finish().as_ref()[..16] {
            let _ = write!(boundary, "{byte:02x}");
        }
        boundary
    }
}

enum Body {
    Single(SinglePart),
    Multi(MultiPart),
}

fn one_line(field: &'static str, text: &str, longest: usize) -> Result<(), ComposeError> {
    // U+2028 and U+2029 are line ends for some readers.
    if text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return Err(ComposeError::Injection(field));
    }
    if text.len() > longest { Err(ComposeError::TooLong(field)) } else { Ok(()) }
}

fn mailbox(field: &'static str, name: Option<String>, address: &EmailAddress) -> Result<Mailbox, ComposeError> {
    let written: Address = address.as_str().parse().map_err(|source| ComposeError::Address { field, source })?;
    Ok(Mailbox::new(name.filter(|name| !name.trim().is_empty()), written))
}

fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n")
}

/// Files are always base64, so that no server on the way may change a byte of what is hashed and signed.
fn enclosed(attachment: &Attachment) -> Result<SinglePart, ComposeError> {
    let kind = ContentType::parse(&attachment.media_type)
        .map_err(|source| ComposeError::MediaType { name: attachment.name.clone(), source })?;
    Ok(SinglePart::builder()
        .header(kind)
        .header(header::ContentDisposition::attachment(&attachment.name))
        .header(header::ContentTransferEncoding::Base64)
        .body(attachment.bytes.clone()))
}

#[cfg(test)]
mod tests;
