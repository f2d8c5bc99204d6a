//! The other side: writing what a PEC provider writes.
//!
//! Sportello is a user of certified mail, not a provider. This module serves whoever must stand in for one - the
//! simulated world, tests - and keeps reader and writer honest against each other. It writes the circuit's messages as
//! RFC 6109 lays them down, with the names that are really used.

pub(crate) mod brief;
mod manner;
mod signer;
mod texts;
mod write;

use aws_lc_rs::digest;
use italia::EmailAddress;
use jiff::Timestamp;
use jiff::tz::TimeZone;

pub use manner::{Encoding, Manner};
pub use signer::{ProviderKey, ProviderKeyError};

use crate::certification::{CertificationData, ErrorKind, Recipient};
use crate::mime::Entity;
use crate::wire::{self, CertifiedType, ReceiptKind};
use crate::{DelayNotice, MessageId};

/// A provider with its name, domain and signing key.
#[derive(Clone, Debug)]
pub struct Provider {
    /// The name that it certifies under.
    pub name: String,
    /// Its PEC domain.
    pub domain: String,
    /// The key that signs.
    pub key: ProviderKey,
    /// The legal time in which it writes.
    pub zone: TimeZone,
}

/// What is known of a certified message: the facts that every receipt about it repeats.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Transaction {
    /// The sender's box.
    pub sender: EmailAddress,
    /// All recipients.
    pub recipients: Vec<Recipient>,
    /// Where the sender wants answers.
    pub reply_to: Option<EmailAddress>,
    /// The subject of the original message.
    pub subject: String,
    /// The `Message-ID` that the sender gave.
    pub message_id: Option<MessageId>,
    /// The provider's identifier of the transaction, shaped like a `Message-ID`.
    pub identifier: MessageId,
    /// Which delivery receipt the sender asked for.
    pub detail: ReceiptKind,
}

/// What a receipt certifies.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event<'a> {
    /// The message was accepted.
    Acceptance,
    /// The message was refused.
    NonAcceptance {
        /// Because of malicious content.
        virus: bool,
        /// The cause in words.
        reason: &'a str,
    },
    /// The recipients' provider took over.
    TakenInCharge {
        /// For whom.
        recipients: &'a [EmailAddress],
    },
    /// The message lies in the box.
    Delivery {
        /// Whose box.
        recipient: &'a EmailAddress,
        /// How complete the receipt is.
        detail: ReceiptKind,
        /// The original message, enclosed unless the receipt is synthetic.
        original: &'a [u8],
    },
    /// Not delivered in time.
    Delay {
        /// To whom.
        recipient: &'a EmailAddress,
        /// The first notice or the last.
        notice: DelayNotice,
        /// The status code and cause in words.
        reason: &'a str,
    },
    /// Not delivered.
    DeliveryError {
        /// To whom.
        recipient: &'a EmailAddress,
        /// The declared cause; [`ErrorKind::Virus`] makes it a notice of malicious content.
        error: ErrorKind,
        /// The status code and cause in words.
        reason: &'a str,
    },
    /// Malicious content was found on arrival.
    VirusDetected {
        /// Whose box it was meant for.
        recipient: &'a EmailAddress,
        /// What was found.
        reason: &'a str,
    },
}

/// The provider could not write a message.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// The domain does not make an address.
    #[error("the provider's domain makes no address")]
    Domain(#[source] italia::email::EmailError),
    /// Signing failed.
    #[error("the message cannot be signed")]
    Key(#[from] ProviderKeyError),
    /// The original message exceeds the limits of structure.
    #[error("the original message cannot be shortened")]
    Structure(#[from] crate::StructureError),
}

impl Provider {
    /// The address that all messages of this provider come from.
    ///
    /// # Errors
    /// When the domain does not make an address.
    pub fn address(&self) -> Result<EmailAddress, ProviderError> {
        EmailAddress::parse(&format!("{}@{}", wire::PROVIDER_LOCAL_PART, self.domain)).map_err(ProviderError::Domain)
    }

    /// Writes a receipt, signed, addressed to the sender of the message. `message_id` is the receipt's own identifier.
    ///
    /// # Errors
    /// When signing fails or the original cannot be shortened.
    pub fn receipt(
        &self,
        transaction: &Transaction,
        event: &Event<'_>,
        message_id: &MessageId,
        at: Timestamp,
    ) -> Result<Vec<u8>, ProviderError> {
        self.receipt_in(&Manner::default(), transaction, event, message_id, at)
    }

    /// The certification data of a receipt: `daticert.xml`.
    #[must_use]
    pub fn certification(&self, transaction: &Transaction, event: &Event<'_>, at: Timestamp) -> String {
        self.certify(transaction, event, at).write()
    }

    /// As [`receipt`](Self::receipt), in another manner.
    ///
    /// # Errors
    /// As [`receipt`](Self::receipt).
    pub fn receipt_in(
        &self,
        manner: &Manner,
        transaction: &Transaction,
        event: &Event<'_>,
        message_id: &MessageId,
        at: Timestamp,
    ) -> Result<Vec<u8>, ProviderError> {
        let data = self.certify(transaction, event, at);
        let mut parts = vec![write::text_part(&texts::receipt(&data, event)), write::certification_part(&data, manner)];
        if let Event::Delivery { detail, original, .. } = event {
            match detail {
                ReceiptKind::Complete => parts.push(write::original_part(original)),
                ReceiptKind::Brief => parts.push(write::original_part(&brief::shorten(original)?)),
                ReceiptKind::Synthetic => {}
            }
        }
        let mut head = write::Head::new();
        head.text("From", self.address()?.as_str());
        head.text("To", transaction.sender.as_str());
        head.subject(&format!("{}{}", texts::prefix(event), transaction.subject));
        head.date(&data);
        head.text("Message-ID", &message_id.to_string());
        head.text(wire::RECEIPT_HEADER, data.kind.as_str());
        if data.error == ErrorKind::Virus {
            head.text(wire::SECURITY_HEADER, wire::SECURITY_FAILED);
        }
        if data.kind == CertifiedType::VirusDetected {
            head.text(wire::ORIGINAL_SENDER_HEADER, transaction.sender.as_str());
        }
        if let Some(reference) = &transaction.message_id {
            head.text(wire::REFERENCE_HEADER, &reference.to_string());
        }
        if manner.opaque {
            let signature = self.key.enclose(&write::mixed(&parts), at)?;
            return Ok(write::opaque(head, &signature));
        }
        self.sign(head, &parts, at)
    }

    /// Writes the envelope that carries a message to its recipients; its `Message-ID` is the transaction's identifier.
    ///
    /// # Errors
    /// When signing fails.
    pub fn envelope(
        &self,
        transaction: &Transaction,
        original: &[u8],
        at: Timestamp,
    ) -> Result<Vec<u8>, ProviderError> {
        let data = self.data(transaction, CertifiedType::Envelope, at);
        let parts = [
            write::text_part(&texts::envelope(&data)),
            write::original_part(original),
            write::certification_part(&data, &Manner::default()),
        ];
        let mut head = self.wrapping_head(original, transaction.sender.as_str(), &data)?;
        head.subject(&format!("POSTA CERTIFICATA: {}", transaction.subject));
        head.text("Message-ID", &transaction.identifier.to_string());
        head.text(wire::TRANSPORT_HEADER, wire::CERTIFIED_TRANSPORT);
        head.text(wire::DETAIL_HEADER, transaction.detail.wire());
        if let Some(reference) = &transaction.message_id {
            head.text(wire::REFERENCE_HEADER, &reference.to_string());
        }
        self.sign(head, &parts, at)
    }

    /// Wraps a message that is not certified. It keeps its own `Message-ID`.
    ///
    /// # Errors
    /// When signing fails or the message exceeds the limits of structure.
    pub fn anomaly(&self, original: &[u8], reason: &str, at: Timestamp) -> Result<Vec<u8>, ProviderError> {
        let message = Entity::parse(original)?;
        let address = |name| message.headers.addresses(name).into_iter().next().map(|found| found.address);
        let sender = address("From").unwrap_or_default();
        let subject = message.headers.text("Subject").unwrap_or_default();
        let moment = self.moment(at);
        let text = texts::anomaly(&moment, &sender, &subject, &address("To").unwrap_or_default(), reason);
        let parts = [write::text_part(&text), write::original_part(original)];
        let mut head = self.wrapping_head(original, &sender, &moment)?;
        head.subject(&format!("ANOMALIA MESSAGGIO: {subject}"));
        if let Some(id) = message.headers.id("Message-ID") {
            head.text("Message-ID", &id.to_string());
        }
        head.text(wire::TRANSPORT_HEADER, wire::FAILED_TRANSPORT);
        self.sign(head, &parts, at)
    }

    /// The fields that both wrappers take over from the message or set in its name.
    fn wrapping_head(
        &self,
        original: &[u8],
        sender: &str,
        data: &CertificationData,
    ) -> Result<write::Head, ProviderError> {
        let message = Entity::parse(original)?;
        let mut head = write::Head::new();
        for name in ["Received", "To", "Cc", "Return-Path"] {
            head.inherit(name, message.headers.raw(name));
        }
        head.on_behalf_of(sender, self.address()?.as_str());
        match message.headers.raw("Reply-To") {
            Some(value) => head.inherit("Reply-To", Some(value)),
            None => head.text("Reply-To", sender),
        }
        head.date(data);
        Ok(head)
    }

    fn sign(&self, head: write::Head, parts: &[Vec<u8>], at: Timestamp) -> Result<Vec<u8>, ProviderError> {
        let content = write::mixed(parts);
        let signature = self.key.sign(&content, at)?;
        Ok(write::signed(head, &content, &signature))
    }

    fn data(&self, transaction: &Transaction, kind: CertifiedType, at: Timestamp) -> CertificationData {
        CertificationData {
            kind,
            error: ErrorKind::None,
            sender: transaction.sender.as_str().to_owned(),
            recipients: transaction.recipients.clone(),
            reply_to: transaction.reply_to.as_ref().map(|address| address.as_str().to_owned()),
            subject: Some(transaction.subject.clone()).filter(|subject| !subject.is_empty()),
            provider: self.name.clone(),
            at,
            offset: self.zone.to_offset(at),
            identifier: transaction.identifier.as_str().to_owned(),
            message_id: transaction.message_id.clone(),
            detail: matches!(kind, CertifiedType::Envelope | CertifiedType::Delivery).then_some(transaction.detail),
            recipient: None,
            taken: Vec::new(),
            extended_error: None,
            irregularities: Vec::new(),
        }
    }

    /// A time in this provider's zone, for messages without certification data.
    fn moment(&self, at: Timestamp) -> CertificationData {
        CertificationData {
            kind: CertifiedType::Envelope,
            error: ErrorKind::None,
            sender: String::new(),
            recipients: Vec::new(),
            reply_to: None,
            subject: None,
            provider: self.name.clone(),
            at,
            offset: self.zone.to_offset(at),
            identifier: String::new(),
            message_id: None,
            detail: None,
            recipient: None,
            taken: Vec::new(),
            extended_error: None,
            irregularities: Vec::new(),
        }
    }

    fn certify(&self, transaction: &Transaction, event: &Event<'_>, at: Timestamp) -> CertificationData {
        let data = |kind| self.data(transaction, kind, at);
        let failed = |kind, error, recipient: Option<&EmailAddress>, reason: &str| CertificationData {
            error,
            recipient: recipient.cloned(),
            extended_error: Some(reason.to_owned()),
            ..data(kind)
        };
        match event {
            Event::Acceptance => data(CertifiedType::Acceptance),
            Event::NonAcceptance { virus, reason } => {
                let error = if *virus { ErrorKind::Virus } else { ErrorKind::Other };
                failed(CertifiedType::NonAcceptance, error, None, reason)
            }
            Event::TakenInCharge { recipients } => {
                CertificationData { taken: recipients.to_vec(), ..data(CertifiedType::TakenInCharge) }
            }
            Event::Delivery { recipient, detail, .. } => CertificationData {
                recipient: Some((*recipient).clone()),
                detail: Some(*detail),
                ..data(CertifiedType::Delivery)
            },
            Event::Delay { recipient, reason, .. } => {
                failed(CertifiedType::DelayNotice, ErrorKind::Other, Some(recipient), reason)
            }
            Event::DeliveryError { recipient, error, reason } => {
                failed(CertifiedType::DeliveryError, *error, Some(recipient), reason)
            }
            Event::VirusDetected { recipient, reason } => {
                failed(CertifiedType::VirusDetected, ErrorKind::Virus, Some(recipient), reason)
            }
        }
    }
}

/// A boundary made of the content, so that it is reproducible and not in it.
fn boundary(content: &[Vec<u8>]) -> String {
    let mut context = digest::Context::new(&digest::SHA256);
    for piece in content {
        context.update(piece);
    }
    let digits: String = context.finish().as_ref()[..16].iter().map(|byte| format!("{byte:02X}")).collect();
    format!("----{digits}")
}

#[cfg(test)]
mod tests;
