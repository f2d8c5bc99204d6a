//! Why a message did not arrive, as a program can act upon it.

use serde::{Deserialize, Serialize};

use crate::certification::{ErrorKind, ExtendedCode};

/// The reason of a failed delivery.
///
/// AgID's supplementary note 12 of 5 October 2015, in force since 1 April 2016, made providers write the same words for
/// the same events. The list known to us has seven of them and may be partial; older receipts and some providers write
/// words of their own. So the words are looked at first, then the status code (RFC 3463), then the declared cause, and
/// what none of them tells is [`Other`](Self::Other): show the provider's text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reason {
    /// *Utente inesistente*, *casella inesistente*: there is no such box.
    UnknownBox,
    /// *Casella non valida (o sconosciuta)*: the address is none that this provider knows.
    InvalidBox,
    /// The domain does not exist or is no domain of certified mail.
    UnknownDomain,
    /// *Utente revocato*: the box was closed for good.
    Revoked,
    /// *Casella esistente ma temporaneamente disattivata*: the box may come back.
    Disabled,
    /// *Casella non in grado di accettare messaggi*.
    CannotAccept,
    /// *Casella piena*.
    Full,
    /// The message is larger than the box or the circuit takes.
    TooLarge,
    /// Malicious content was found.
    Virus,
    /// The recipient's provider did not answer.
    NoAnswer,
    /// A reason that is none of these.
    Other,
}

/// What the words say, most telling first. The first seven lines are the events of note 12; the rest are words that
/// mean the same.
const WORDS: [(&str, Reason); 18] = [
    ("utente inesistente", Reason::UnknownBox),
    ("casella inesistente", Reason::UnknownBox),
    ("casella non valida", Reason::InvalidBox),
    ("utente revocato", Reason::Revoked),
    ("temporaneamente disattivata", Reason::Disabled),
    ("non in grado di accettare", Reason::CannotAccept),
    ("casella piena", Reason::Full),
    ("casella sconosciuta", Reason::InvalidBox),
    ("indirizzo non valido", Reason::InvalidBox),
    ("casella revocata", Reason::Revoked),
    ("casella disattivata", Reason::Disabled),
    ("casella disabilitata", Reason::Disabled),
    ("dominio inesistente", Reason::UnknownDomain),
    ("dominio non valido", Reason::UnknownDomain),
    ("over quota", Reason::Full),
    ("mailbox full", Reason::Full),
    ("user unknown", Reason::UnknownBox),
    ("dimensioni", Reason::TooLarge),
];

impl Reason {
    /// All of them, in a fixed order.
    pub const ALL: [Self; 11] = [
        Self::UnknownBox,
        Self::InvalidBox,
        Self::UnknownDomain,
        Self::Revoked,
        Self::Disabled,
        Self::CannotAccept,
        Self::Full,
        Self::TooLarge,
        Self::Virus,
        Self::NoAnswer,
        Self::Other,
    ];

    /// From the declared cause (*errore*), the status code, and the provider's words (*errore-esteso*).
    #[must_use]
    pub fn of(error: ErrorKind, code: Option<ExtendedCode>, text: Option<&str>) -> Self {
        if error == ErrorKind::Virus {
            return Self::Virus;
        }
        let by_words = text.and_then(Self::in_words);
        by_words.or_else(|| code.and_then(Self::in_code)).unwrap_or(match error {
            ErrorKind::UnknownRecipient => Self::UnknownBox,
            ErrorKind::UnknownDomain => Self::UnknownDomain,
            ErrorKind::None | ErrorKind::Virus | ErrorKind::Other => Self::Other,
        })
    }

    fn in_words(text: &str) -> Option<Self> {
        let words = text.to_lowercase();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        WORDS.iter().find(|(phrase, _)| words.contains(phrase)).map(|(_, reason)| *reason)
    }

    fn in_code(code: ExtendedCode) -> Option<Self> {
        Some(match (code.subject, code.detail) {
            (1, 1) => Self::UnknownBox,
            (1, 2) => Self::UnknownDomain,
            (1, 0 | 3 | 6 | 10) => Self::InvalidBox,
            (2, 1) => Self::Disabled,
            (2, 2) => Self::Full,
            (2, 3) | (3, 4) => Self::TooLarge,
            (2, 0 | 4) | (3, 2) => Self::CannotAccept,
            (4, 1 | 2 | 4 | 7) => Self::NoAnswer,
            _ => return None,
        })
    }

    /// A name that never changes, for programs.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::UnknownBox => "unknown-box",
            Self::InvalidBox => "invalid-box",
            Self::UnknownDomain => "unknown-domain",
            Self::Revoked => "revoked",
            Self::Disabled => "disabled",
            Self::CannotAccept => "cannot-accept",
            Self::Full => "full",
            Self::TooLarge => "too-large",
            Self::Virus => "virus",
            Self::NoAnswer => "no-answer",
            Self::Other => "other",
        }
    }

    /// Whether the same message may arrive later, sent anew: the box exists and may take mail again.
    #[must_use]
    pub fn may_pass(self) -> bool {
        matches!(self, Self::Disabled | Self::CannotAccept | Self::Full | Self::NoAnswer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Reason {
        Reason::of(ErrorKind::Other, ExtendedCode::find(text), Some(text))
    }

    #[test]
    fn the_events_of_note_12_are_known_by_their_words() {
        for (words, reason) in [
            ("5.1.1 - Prova PEC S.p.A. - Utente inesistente", Reason::UnknownBox),
            ("Casella inesistente", Reason::UnknownBox),
            ("Casella non valida (o sconosciuta)", Reason::InvalidBox),
            ("5.2.1 - Utente revocato", Reason::Revoked),
            ("Casella esistente ma\n temporaneamente DISATTIVATA", Reason::Disabled),
            ("Casella non in grado di accettare messaggi", Reason::CannotAccept),
            ("5.2.2 - Casella piena", Reason::Full),
        ] {
            assert_eq!(of(words), reason, "{words}");
        }
    }

    #[test]
    fn without_known_words_the_code_tells_and_then_the_declared_cause() {
        for (code, reason) in [
            ("5.1.1 - non recapitabile", Reason::UnknownBox),
            ("5.1.2 - x", Reason::UnknownDomain),
            ("5.2.2 - x", Reason::Full),
            ("5.3.4 - x", Reason::TooLarge),
            ("5.4.1 - x", Reason::NoAnswer),
            ("5.7.1 - x", Reason::Other),
        ] {
            assert_eq!(of(code), reason, "{code}");
        }
        assert_eq!(Reason::of(ErrorKind::UnknownRecipient, None, None), Reason::UnknownBox);
        assert_eq!(Reason::of(ErrorKind::UnknownDomain, None, Some("boh")), Reason::UnknownDomain);
        assert_eq!(Reason::of(ErrorKind::Virus, None, Some("casella piena")), Reason::Virus);
        assert_eq!(Reason::of(ErrorKind::None, None, None), Reason::Other);
    }

    #[test]
    fn names_are_unique_and_the_stored_ones() {
        let keys: std::collections::BTreeSet<_> = Reason::ALL.iter().map(|reason| reason.key()).collect();
        assert_eq!(keys.len(), Reason::ALL.len());
        for reason in Reason::ALL {
            let stored = serde_json::to_string(&reason).unwrap();
            assert_eq!(stored, format!("{:?}", reason.key()));
            assert_eq!(serde_json::from_str::<Reason>(&stored).unwrap(), reason);
        }
    }
}
