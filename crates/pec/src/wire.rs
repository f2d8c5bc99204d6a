//! The Italian spellings of the wire, as providers write them and not as RFC 6109 translated them.

use crate::certification::{ErrorKind, RecipientKind};

pub(crate) const RECEIPT_HEADER: &str = "X-Ricevuta";
pub(crate) const TRANSPORT_HEADER: &str = "X-Trasporto";
pub(crate) const REFERENCE_HEADER: &str = "X-Riferimento-Message-ID";
pub(crate) const SECURITY_HEADER: &str = "X-VerificaSicurezza";
pub(crate) const DETAIL_HEADER: &str = "X-TipoRicevuta";
pub(crate) const ORIGINAL_SENDER_HEADER: &str = "X-Mittente";

/// RFC 6109 says `certdata.xml`; no provider does.
pub(crate) const CERTIFICATION_FILE: &str = "daticert.xml";
/// The translated name, in case somebody believed the translation.
pub(crate) const TRANSLATED_FILE: &str = "certdata.xml";
pub(crate) const ORIGINAL_FILE: &str = "postacert.eml";
/// The local part of every provider's address.
pub(crate) const PROVIDER_LOCAL_PART: &str = "posta-certificata";

pub(crate) const CERTIFIED_TRANSPORT: &str = "posta-certificata";
pub(crate) const FAILED_TRANSPORT: &str = "errore";
pub(crate) const SECURITY_FAILED: &str = "errore";

/// The `tipo` of the certification data: which of the messages of the PEC circuit this is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum CertifiedType {
    Acceptance,
    NonAcceptance,
    TakenInCharge,
    Delivery,
    Envelope,
    DeliveryError,
    DelayNotice,
    VirusDetected,
}

impl CertifiedType {
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::Acceptance, "accettazione"),
        (Self::NonAcceptance, "non-accettazione"),
        (Self::TakenInCharge, "presa-in-carico"),
        (Self::Delivery, "avvenuta-consegna"),
        (Self::Envelope, "posta-certificata"),
        (Self::DeliveryError, "errore-consegna"),
        (Self::DelayNotice, "preavviso-errore-consegna"),
        (Self::VirusDetected, "rilevazione-virus"),
    ];

    pub fn parse(text: &str) -> Option<Self> {
        find(&Self::ALL, text)
    }

    pub fn as_str(self) -> &'static str {
        spell(&Self::ALL, self)
    }

    /// Whether the data must name the one recipient that they are about (RFC 6109, section 4.4, *consegna*).
    pub fn is_about_one_recipient(self) -> bool {
        matches!(self, Self::Delivery | Self::DeliveryError | Self::DelayNotice | Self::VirusDetected)
    }
}

impl ErrorKind {
    pub(crate) const ALL: [(Self, &'static str); 5] = [
        (Self::None, "nessuno"),
        (Self::UnknownRecipient, "no-dest"),
        (Self::UnknownDomain, "no-dominio"),
        (Self::Virus, "virus"),
        (Self::Other, "altro"),
    ];

    pub(crate) fn parse(text: &str) -> Option<Self> {
        find(&Self::ALL, text)
    }

    /// The word of the wire: `nessuno`, `no-dest`, `no-dominio`, `virus`, `altro`.
    #[must_use]
    pub fn wire(self) -> &'static str {
        spell(&Self::ALL, self)
    }
}

impl RecipientKind {
    pub(crate) const ALL: [(Self, &'static str); 2] = [(Self::Certified, "certificato"), (Self::Ordinary, "esterno")];

    pub(crate) fn parse(text: &str) -> Option<Self> {
        find(&Self::ALL, text)
    }

    /// The word of the wire: `certificato`, `esterno`.
    #[must_use]
    pub fn wire(self) -> &'static str {
        spell(&Self::ALL, self)
    }
}

/// How much the delivery receipt shall contain (RFC 6109, section 3.3.2; header `X-TipoRicevuta`).
///
/// Whatever is asked, recipients in `Cc` are answered with a synthetic receipt.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub enum ReceiptKind {
    /// *Completa*: the whole message comes back inside the receipt.
    #[default]
    Complete,
    /// *Breve*: the message comes back with its files replaced by their SHA-1 hashes.
    Brief,
    /// *Sintetica*: only the certification data.
    Synthetic,
}

impl ReceiptKind {
    const ALL: [(Self, &'static str); 3] =
        [(Self::Complete, "completa"), (Self::Brief, "breve"), (Self::Synthetic, "sintetica")];

    pub(crate) fn parse(text: &str) -> Option<Self> {
        find(&Self::ALL, text)
    }

    /// The word of the wire: `completa`, `breve`, `sintetica`.
    #[must_use]
    pub fn wire(self) -> &'static str {
        spell(&Self::ALL, self)
    }
}

fn find<T: Copy>(table: &[(T, &'static str)], text: &str) -> Option<T> {
    table.iter().find(|(_, word)| text.trim().eq_ignore_ascii_case(word)).map(|(value, _)| *value)
}

fn spell<T: Copy + PartialEq>(table: &[(T, &'static str)], value: T) -> &'static str {
    table.iter().find(|(known, _)| *known == value).map_or("", |(_, word)| word)
}
