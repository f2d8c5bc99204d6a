//! `daticert.xml`: the certification data, the only part of a receipt that programs may read
//! (RFC 6109, sections 3 and 4.4).

mod moment;
mod read;
mod text;
pub(crate) mod write;

use italia::EmailAddress;
use jiff::Timestamp;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

use crate::wire::{CertifiedType, ReceiptKind};
use crate::{Irregularity, MessageId};

/// The declared cause of a failure (attribute `errore`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub enum ErrorKind {
    /// No error.
    #[default]
    None,
    /// *no-dest*: the recipient does not exist or cannot receive.
    UnknownRecipient,
    /// *no-dominio*: the recipient's domain does not exist or is no PEC domain.
    UnknownDomain,
    /// The message carries malicious content.
    Virus,
    /// *altro*: anything else; the extended text tells.
    Other,
}

/// Whether a recipient's box belongs to the PEC circuit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub enum RecipientKind {
    /// *certificato*: a delivery receipt will follow.
    #[default]
    Certified,
    /// *esterno*: an ordinary mailbox; the acceptance is all that will ever be certified.
    Ordinary,
}

/// A recipient named in the certification data.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recipient {
    /// The recipient's address.
    pub address: EmailAddress,
    /// Whether the box is a PEC box.
    pub kind: RecipientKind,
}

/// An enhanced status code (RFC 3463) as providers write it before the error text, such as `5.1.1`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct ExtendedCode {
    /// 2 success, 4 persistent transient failure, 5 permanent failure.
    pub class: u8,
    /// What the code is about: 1 addressing, 2 mailbox, 4 network, 7 policy.
    pub subject: u16,
    /// The condition itself.
    pub detail: u16,
}

impl ExtendedCode {
    /// Finds the first status code in a text; a date or a version inside a longer dotted number is not one.
    #[must_use]
    pub fn find(text: &str) -> Option<Self> {
        text.split(|c: char| !(c.is_ascii_digit() || c == '.')).find_map(|word| {
            let mut numbers = word.trim_matches('.').split('.');
            let class = numbers.next()?.parse().ok().filter(|class| matches!(class, 2 | 4 | 5))?;
            let subject = numbers.next()?.parse().ok().filter(|subject| *subject <= 999)?;
            let detail = numbers.next()?.parse().ok().filter(|detail| *detail <= 999)?;
            numbers.next().is_none().then_some(Self { class, subject, detail })
        })
    }
}

impl std::fmt::Display for ExtendedCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

/// Everything that `daticert.xml` says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct CertificationData {
    pub kind: CertifiedType,
    pub error: ErrorKind,
    pub sender: String,
    pub recipients: Vec<Recipient>,
    pub reply_to: Option<String>,
    pub subject: Option<String>,
    pub provider: String,
    pub at: Timestamp,
    pub offset: Offset,
    /// *identificativo*: the provider's own identifier of the transaction.
    pub identifier: String,
    pub message_id: Option<MessageId>,
    pub detail: Option<ReceiptKind>,
    /// *consegna*: the one recipient whom the receipt is about.
    pub recipient: Option<EmailAddress>,
    /// *ricezione*: the recipients whom a *presa in carico* is about.
    pub taken: Vec<EmailAddress>,
    pub extended_error: Option<String>,
    /// What deviates from the DTD.
    pub irregularities: Vec<Irregularity>,
}

/// Why the certification data was not understood.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CertificationError {
    /// The file is larger than any provider writes.
    #[error("daticert.xml is larger than 2 MiB")]
    TooLarge,
    /// Elements are nested deeper than the DTD allows.
    #[error("daticert.xml nests elements too deep")]
    TooDeep,
    /// The file declares entities, which no provider does and attackers do.
    #[error("daticert.xml declares its own entities")]
    Entities,
    /// The file is not well-formed XML.
    #[error("daticert.xml is not well-formed")]
    Xml(#[source] roxmltree::Error),
    /// An element or attribute that everything depends on is missing.
    #[error("daticert.xml has no {0}")]
    Missing(&'static str),
    /// A value is none of those that the DTD knows, or no date.
    #[error("daticert.xml has an unknown value in {field}: {value:?}")]
    Value {
        /// The element or attribute.
        field: &'static str,
        /// What stands there, shortened.
        value: String,
    },
}

#[cfg(test)]
mod tests;
