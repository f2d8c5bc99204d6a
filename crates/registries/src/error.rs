//! Every way in which the register can fail to answer.

use jiff::SignedDuration;

use crate::{CredentialError, Quota};

/// Why the register gave no answer. **None of these says anything about the firm that was asked for.**
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Status 429: more questions than the register takes in the present period (ModI `RAC_ROBUSTEZZA`).
    #[error("the register takes no more questions for now (429)")]
    Throttled {
        /// How long the register asks to be left alone, when it says so.
        retry_after: Option<SignedDuration>,
        /// The numbers of the `X-RateLimit-*` headers.
        quota: Quota,
    },
    /// The register is down, overloaded (any 5xx) or cannot be reached.
    #[error("the register is unavailable{}", status.map(|s| format!(" ({s})")).unwrap_or_default())]
    Unavailable {
        /// How long the register asks to be left alone, when it says so.
        retry_after: Option<SignedDuration>,
        /// The HTTP status; absent when no connection came about.
        status: Option<u16>,
        /// The failure of the connection. It holds no address of a page, so no tax code.
        #[source]
        source: Option<reqwest::Error>,
    },
    /// The time limit passed before a connection or a complete answer.
    #[error("the register did not {stage} in time")]
    TimedOut {
        /// What was being waited for.
        stage: Stage,
    },
    /// Status 401 or 403: the credentials are not, or no longer, good. A person has to act.
    #[error("the register refused our credentials ({status})")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// What the register said, shortened; it speaks of the client, not of the firm.
        reason: String,
    },
    /// The register says that this question can have no answer: malformed, unknown or forgotten request. Repeating it
    /// does not help; a request for a list has to be made anew.
    #[error("the register rejected the question ({status})")]
    Rejected {
        /// The HTTP status.
        status: u16,
        /// The register's own error code, for example `WSPA_ERR_04`, when it gave one.
        code: Option<String>,
    },
    /// An answer that cannot be understood: not JSON, cut short, too long, a redirect, or not what was asked for.
    #[error("the register's answer cannot be understood: {reason}")]
    Garbled {
        /// What is wrong with it, without any of its content.
        reason: &'static str,
    },
    /// A batch holds between 1 and so many tax codes. Nothing was sent.
    #[error("{asked} tax codes in one batch; between 1 and {max} are possible")]
    BatchSize {
        /// How many were given.
        asked: usize,
        /// How many the source takes.
        max: usize,
    },
    /// A stored request id that this source cannot have given. Nothing was sent; the list has to be asked for anew.
    #[error("the request id is not one of this source")]
    ForeignRequest,
    /// The statement that opens the register could not be signed. Nothing was sent.
    #[error("the statement for the register could not be signed")]
    Signing(#[source] CredentialError),
}

/// What was being waited for when the time limit passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The connection.
    Connect,
    /// The complete answer.
    Answer,
}

impl std::fmt::Display for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Connect => "accept the connection",
            Self::Answer => "answer",
        })
    }
}

/// Settings with which no client can be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The address is not that of a web service.
    #[error("the register's address has to start with http:// or https://")]
    BaseUrl,
    /// The HTTP client could not be built, for example because the system has no certificates.
    #[error("the HTTP client could not be built")]
    Client(#[source] reqwest::Error),
    /// The client certificate and its key, or the certificates to trust, cannot be read.
    #[error("the client certificate with its key, or the certificates to trust, cannot be read")]
    Identity(#[source] reqwest::Error),
}

impl Error {
    /// Whether the same question may be answered later without anybody's help.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        matches!(self, Self::Throttled { .. } | Self::Unavailable { .. } | Self::TimedOut { .. } | Self::Garbled { .. })
    }

    /// How long the register asked to be left alone: `Retry-After`, else the rest of the present period.
    #[must_use]
    pub fn retry_after(&self) -> Option<SignedDuration> {
        match self {
            Self::Throttled { retry_after, quota } => retry_after.or(quota.reset),
            Self::Unavailable { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}
