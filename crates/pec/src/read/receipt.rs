//! Receipts and notices.

use italia::EmailAddress;
use jiff::Timestamp;
use jiff::tz::Offset;

use super::envelope::original;
use crate::certification::{CertificationData, ErrorKind, ExtendedCode, Recipient};
use crate::mime::Entity;
use crate::wire::{self, CertifiedType, ReceiptKind};
use crate::{DeliveryStatus, Irregularity, Mail, MessageId, Reason, SignatureState};

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
    /// The identifier of the message that it is about: the signed `msgid`, else `X-Riferimento-Message-ID`. This is
    /// what to match on. A provider that gave the message an identifier of its own still quotes ours here.
    pub reference_message_id: Option<MessageId>,
    /// `msgid` of the certification data alone, which unlike the outer header is signed.
    pub certified_message_id: Option<MessageId>,
    /// *identificativo*: the provider's identifier of the transaction, the same in all its receipts, and under which
    /// the message travels. Empty when it is missing.
    pub identifier: String,
    /// The receipt's own `Message-ID`, which is not signed.
    pub message_id: Option<MessageId>,
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
    /// Why the message did not arrive, for receipts that say so.
    pub reason: Option<Reason>,
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
    /// What was odd about it.
    pub irregularities: Vec<Irregularity>,
}

impl Receipt {
    pub(super) fn new(
        message: &Entity<'_>,
        signed: &Entity<'_>,
        data: CertificationData,
        signature: SignatureState,
    ) -> Self {
        let extended_code = data.extended_error.as_deref().and_then(ExtendedCode::find);
        let virus = data.error == ErrorKind::Virus;
        let kind = match data.kind {
            CertifiedType::Acceptance => ReceiptType::Acceptance,
            CertifiedType::NonAcceptance => ReceiptType::NonAcceptance { virus },
            CertifiedType::TakenInCharge => ReceiptType::TakenInCharge,
            // The caller has sorted out envelopes; a delivery is what an envelope is to its reader.
            CertifiedType::Delivery | CertifiedType::Envelope => ReceiptType::Delivery,
            CertifiedType::DeliveryError => ReceiptType::DeliveryError { virus },
            CertifiedType::DelayNotice => {
                ReceiptType::DeliveryDelayNotice(delay(data.extended_error.as_deref(), signed))
            }
            CertifiedType::VirusDetected => ReceiptType::VirusDetected,
        };
        Self {
            kind,
            reference_message_id: data.message_id.clone().or_else(|| message.headers.id(wire::REFERENCE_HEADER)),
            certified_message_id: data.message_id,
            message_id: message.headers.id("Message-ID"),
            reason: kind
                .tells_of_failure()
                .then(|| Reason::of(data.error, extended_code, data.extended_error.as_deref())),
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
            irregularities: data.irregularities,
        }
    }

    /// Whether this receipt says something about that recipient: it names it, or it is about the whole message and
    /// the recipient is one of its addressees. A receipt about one recipient that names none (it should) is about the
    /// only addressee, or about nobody.
    #[must_use]
    pub fn concerns(&self, recipient: &EmailAddress) -> bool {
        let listed = || self.recipients.iter().any(|known| known.address == *recipient);
        match &self.recipient {
            Some(named) => named == recipient,
            None if self.kind.is_about_one_recipient() => self.recipients.len() == 1 && listed(),
            None => listed(),
        }
    }

    /// Whether the reference is the signed one. The outer header is not covered by the signature.
    #[must_use]
    pub fn is_reference_certified(&self) -> bool {
        self.certified_message_id.is_some()
    }
}

impl ReceiptType {
    /// Whether each such receipt is about one recipient, and not about the message as a whole.
    #[must_use]
    pub fn is_about_one_recipient(self) -> bool {
        !matches!(self, Self::Acceptance | Self::NonAcceptance { .. } | Self::TakenInCharge)
    }

    /// Whether it says that something went wrong.
    #[must_use]
    pub fn tells_of_failure(self) -> bool {
        !matches!(self, Self::Acceptance | Self::TakenInCharge | Self::Delivery)
    }

    /// What such a receipt, once it is believed, certifies of the message; `None` for those between providers.
    #[must_use]
    pub fn status(self) -> Option<DeliveryStatus> {
        Some(match self {
            Self::Acceptance => DeliveryStatus::Accepted,
            Self::Delivery => DeliveryStatus::Delivered,
            Self::DeliveryDelayNotice(DelayNotice::First) => DeliveryStatus::Delayed,
            Self::DeliveryDelayNotice(DelayNotice::Last) | Self::NonAcceptance { .. } | Self::DeliveryError { .. } => {
                DeliveryStatus::Failed
            }
            Self::TakenInCharge | Self::VirusDetected => return None,
        })
    }

    /// A name that never changes, for programs: the word of the wire, with what tells the two meanings of some apart.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Acceptance => "accettazione",
            Self::NonAcceptance { virus: false } => "non-accettazione",
            Self::NonAcceptance { virus: true } => "non-accettazione-virus",
            Self::TakenInCharge => "presa-in-carico",
            Self::Delivery => "avvenuta-consegna",
            Self::DeliveryDelayNotice(DelayNotice::First) => "preavviso-12-ore",
            Self::DeliveryDelayNotice(DelayNotice::Last) => "preavviso-24-ore",
            Self::DeliveryError { virus: false } => "errore-consegna",
            Self::DeliveryError { virus: true } => "errore-consegna-virus",
            Self::VirusDetected => "rilevazione-virus",
        }
    }
}

/// The two notices differ in their words only; the rules of 2005 prescribe those words.
fn delay(error: Option<&str>, signed: &Entity<'_>) -> DelayNotice {
    let given_up = error.is_some_and(|text| text.trim_start().starts_with("5.4.1"));
    let words = signed.shown_text().to_lowercase();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let after_a_day = ["ventiquattro ore", "24 ore"].iter().any(|phrase| words.contains(phrase));
    if given_up || after_a_day { DelayNotice::Last } else { DelayNotice::First }
}
