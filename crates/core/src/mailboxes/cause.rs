use pec::imap::FetchError;
use pec::{ReadError, SignatureState, UntrustedReason};

/// Why a message was put aside, as far as it matters to whoever decides about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// It calls itself a receipt and nobody signed it, or not in the way of certified mail.
    Unsigned,
    /// It was changed after it was signed.
    Altered,
    /// Nobody who is trusted vouches for whoever signed it.
    Untrusted,
    /// The certificate does not fit: not in force, of another address, or of a kind that is not admitted.
    Unfit,
    /// It calls itself a receipt, and what it certifies is missing or cannot be read.
    NotCertified,
    /// It is no message that can be read.
    Unreadable,
    /// It is larger than what is read.
    TooLarge,
    /// The mailbox server does not give it.
    Withheld,
    /// It is not in the mailbox any more.
    Gone,
    /// It was tried several times, and always failed.
    Repeated,
    /// Reading it broke the program off.
    Broke,
}

impl Cause {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Unsigned,
        Self::Altered,
        Self::Untrusted,
        Self::Unfit,
        Self::NotCertified,
        Self::Unreadable,
        Self::TooLarge,
        Self::Withheld,
        Self::Gone,
        Self::Repeated,
        Self::Broke,
    ];

    /// Its name in the database and in the texts.
    pub fn key(self) -> &'static str {
        match self {
            Self::Unsigned => "unsigned",
            Self::Altered => "altered",
            Self::Untrusted => "untrusted",
            Self::Unfit => "unfit",
            Self::NotCertified => "not-certified",
            Self::Unreadable => "unreadable",
            Self::TooLarge => "too-large",
            Self::Withheld => "withheld",
            Self::Gone => "gone",
            Self::Repeated => "repeated",
            Self::Broke => "broke",
        }
    }

    /// The cause with this name.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.key() == key)
    }
}

impl From<&ReadError> for Cause {
    fn from(error: &ReadError) -> Self {
        match error {
            ReadError::TooLarge { .. } => Self::TooLarge,
            ReadError::NoCertification | ReadError::SeveralCertifications | ReadError::Certification(_) => {
                Self::NotCertified
            }
            _ => Self::Unreadable,
        }
    }
}

impl From<&SignatureState> for Cause {
    fn from(state: &SignatureState) -> Self {
        match state {
            SignatureState::Altered => Self::Altered,
            SignatureState::Untrusted {
                reason: UntrustedReason::NoAnchor | UntrustedReason::UnknownIssuer, ..
            } => Self::Untrusted,
            // A valid one is no cause; if it is asked for all the same, it is its fitness that is in question.
            SignatureState::Untrusted { .. } | SignatureState::Valid { .. } => Self::Unfit,
            SignatureState::Missing | SignatureState::Unsupported(_) => Self::Unsigned,
        }
    }
}

impl From<&FetchError> for Cause {
    fn from(error: &FetchError) -> Self {
        match error {
            FetchError::TooLarge { .. } => Self::TooLarge,
            FetchError::Gone => Self::Gone,
            FetchError::Refused(_) | FetchError::Connection(_) => Self::Withheld,
        }
    }
}

/// Why a message was put aside.
#[derive(Clone, Debug)]
pub struct Why {
    /// The kind.
    pub cause: Cause,
    /// As the program says it.
    pub detail: String,
}

impl Why {
    /// A cause with its details.
    pub fn new(cause: impl Into<Cause>, detail: impl Into<String>) -> Self {
        Self { cause: cause.into(), detail: detail.into() }
    }
}
