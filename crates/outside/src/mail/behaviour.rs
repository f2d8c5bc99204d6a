//! How a mailbox behaves.

use jiff::SignedDuration;

/// Whether a box belongs to the PEC circuit.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BoxKind {
    /// An ordinary mailbox.
    Ordinary,
    /// A box of certified mail.
    Pec,
}

/// What a box does with mail that reaches it. Can be switched while the world runs; mail on its way then behaves as
/// the box does at that moment.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub enum BoxBehaviour {
    /// Takes what comes. A PEC box shows ordinary mail in an anomaly envelope.
    #[default]
    Normal,
    /// Was declared but never activated: certified mail fails with 5.1.1, ordinary mail is refused with 550.
    NeverActivated,
    /// Was deactivated: 5.2.1.
    Dead,
    /// Is full: 5.2.2.
    Full,
    /// A PEC box that refuses ordinary mail with 550 5.7.1.
    RefusesOrdinaryMail,
    /// Mail arrives, and is certified, only after that time.
    Slow(SignedDuration),
    /// The box's provider does not answer: a notice after 12 hours, the final one after 24. For ordinary mail, status
    /// notifications at the same times.
    SilentTwelveHours,
    /// Every receipt about this box, or sent to it, comes twice.
    DuplicateReceipts,
    /// As a sender: the provider gives the message an identifier of its own inside the envelope too, and mentions the
    /// sender's only as a reference.
    RewritesMessageId,
}

/// Why a box does not take a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Refusal {
    /// SMTP reply code.
    pub code: u16,
    /// Status code of RFC 3463.
    pub status: &'static str,
    /// The words that AgID's note 12 of 2015 prescribes to PEC providers.
    pub words: &'static str,
    pub error: pec::ErrorKind,
}

impl BoxBehaviour {
    /// The refusal that meets every message, certified or not.
    pub(super) fn refusal(self) -> Option<Refusal> {
        let (code, status, words, error) = match self {
            Self::NeverActivated => (550, "5.1.1", "Utente inesistente", pec::ErrorKind::UnknownRecipient),
            Self::Dead => (550, "5.2.1", "Utente revocato", pec::ErrorKind::Other),
            Self::Full => (552, "5.2.2", "Casella piena", pec::ErrorKind::Other),
            _ => return None,
        };
        Some(Refusal { code, status, words, error })
    }

    /// The refusal that meets ordinary mail.
    pub(super) fn refusal_of_ordinary(self, kind: BoxKind) -> Option<Refusal> {
        if self == Self::RefusesOrdinaryMail && kind == BoxKind::Pec {
            let words = "Casella non abilitata a ricevere posta ordinaria";
            return Some(Refusal { code: 550, status: "5.7.1", words, error: pec::ErrorKind::Other });
        }
        self.refusal()
    }
}
