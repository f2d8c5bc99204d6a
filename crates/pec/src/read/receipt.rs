//! Receipts and notices.

use italia::EmailAddress;
use jiff::Timestamp;
use jiff::tz::Offset;

use super::envelope::original;
use crate::certification::{CertificationData, ErrorKind, ExtendedCode, Recipient};
use crate::mime::Entity;
use crate::wire::{self, CertifiedType, ReceiptKind};
use crate::{Mail, MessageId, SignatureState};

/// Which receipt or notice (RFC 6109, section 3).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ReceiptType {
    /// *Accettazione*: the sender's provider took the message; legal proof of sending.
    Acceptance,
    /// *Avviso di non accettazione*: the message never left.
    NonAcceptance {
        /// Because of malicious content.
        virus: bool,
    },
    /// *Presa in carico*: between providers, normally unseen by users.
    TakenInCharge,
    /// *Avvenuta consegna*: the message lies in the recipient's box; legal proof of delivery.
    Delivery,
    /// *Avviso di mancata consegna per superamento del tempo massimo*.
    DeliveryDelayNotice(DelayNotice),
    /// *Avviso di mancata consegna*: final for this recipient.
    DeliveryError {
        /// Because of malicious content.
        virus: bool,
    },
    /// *Rilevazione virus*: between providers, normally unseen by users.
    VirusDetected,
}

/// Which of the two notices of delay; both have the same type on the wire.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DelayNotice {
    /// After 12 hours: the message may still be delivered.
    First,
    /// After 22 to 24 hours, or an error text that begins with 5.4.1: the provider has given up. Some providers
    /// write 5.4.1 at once and send nothing afterwards (observed in PagoPA's *pn-ec*).
    Last,
}

/// A receipt or notice with everything that it certifies.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// Which receipt.
    pub kind: ReceiptType,
    /// The identifier of the message that it is about: `X-Riferimento-Message-ID`, else `msgid` of the certification
    /// data. This is the only thing to match on.
    pub reference_message_id: Option<MessageId>,
    /// `msgid` of the certification data alone, which unlike the outer header is signed.
    pub certified_message_id: Option<MessageId>,
    /// *identificativo*: the provider's identifier of the transaction, the same in all its receipts.
    pub identifier: String,
    /// The sender of the original message, when readable.
    pub sender: Option<EmailAddress>,
    /// All recipients of the original message.
    pub recipients: Vec<Recipient>,
    /// *consegna*: the one recipient whom this receipt is about; `None` for those about the whole message.
    pub recipient: Option<EmailAddress>,
    /// When the certified event happened.
    pub at: Timestamp,
    /// The zone in which the provider wrote that time.
    pub offset: Offset,
    /// The declared cause of a failure.
    pub error: ErrorKind,
    /// *errore-esteso*: the cause in words.
    pub extended_error: Option<String>,
    /// The status code in those words, such as 5.1.1 (unknown) or 5.2.2 (box full).
    pub extended_code: Option<ExtendedCode>,
    /// The provider that certifies.
    pub provider: String,
    /// How complete a delivery receipt is.
    pub detail: Option<ReceiptKind>,
    /// The subject of the original message.
    pub subject: Option<String>,
    /// The original message, in complete and brief delivery receipts.
    pub original: Option<Mail>,
    /// What the signature is worth.
    pub signature: SignatureState,
}

impl Receipt {
    pub(super) fn new(
        message: &Entity<'_>,
        signed: &Entity<'_>,
        data: CertificationData,
        signature: SignatureState,
    ) -> Self {
        let extended_code = data.extended_error.as_deref().and_then(ExtendedCode::find);
        let virus = data.error == ErrorKind::Virus || message.headers.is(wire::SECURITY_HEADER, wire::SECURITY_FAILED);
        let kind = match data.kind {
            CertifiedType::Acceptance => ReceiptType::Acceptance,
            CertifiedType::NonAcceptance => ReceiptType::NonAcceptance { virus },
            CertifiedType::TakenInCharge => ReceiptType::TakenInCharge,
            // The caller has sorted out envelopes; a delivery is what an envelope is to its reader.
            CertifiedType::Delivery | CertifiedType::Envelope => ReceiptType::Delivery,
            CertifiedType::DeliveryError => ReceiptType::DeliveryError { virus },
            CertifiedType::DelayNotice => ReceiptType::DeliveryDelayNotice(delay(extended_code, signed)),
            CertifiedType::VirusDetected => ReceiptType::VirusDetected,
        };
        Self {
            kind,
            reference_message_id: message.headers.id(wire::REFERENCE_HEADER).or_else(|| data.message_id.clone()),
            certified_message_id: data.message_id,
            identifier: data.identifier,
            sender: EmailAddress::parse(&data.sender).ok(),
            recipients: data.recipients,
            recipient: data.recipient,
            at: data.at,
            offset: data.offset,
            error: data.error,
            extended_error: data.extended_error,
            extended_code,
            provider: data.provider,
            detail: data.detail,
            subject: data.subject,
            original: original(signed).ok().flatten(),
            signature,
        }
    }

    /// Whether this receipt says something about that recipient: it names it, or it is about the whole message and
    /// the recipient is one of its addressees.
    #[must_use]
    pub fn concerns(&self, recipient: &EmailAddress) -> bool {
        match &self.recipient {
            Some(named) => named == recipient,
            None => self.recipients.is_empty() || self.recipients.iter().any(|known| known.address == *recipient),
        }
    }

    /// Whether the reference is the signed one. The outer header is not covered by the signature: where somebody could
    /// gain from moving a genuine receipt to another message, demand this as well.
    #[must_use]
    pub fn is_reference_certified(&self) -> bool {
        self.reference_message_id.is_some() && self.reference_message_id == self.certified_message_id
    }
}

/// The two notices differ in their words only; the rules of 2005 prescribe those words.
fn delay(code: Option<ExtendedCode>, signed: &Entity<'_>) -> DelayNotice {
    let given_up = ExtendedCode { class: 5, subject: 4, detail: 1 };
    let words = signed.shown_text().to_lowercase();
    let after_a_day = ["ventiquattro ore", "24 ore"].iter().any(|phrase| words.contains(phrase));
    if code == Some(given_up) || after_a_day { DelayNotice::Last } else { DelayNotice::First }
}
