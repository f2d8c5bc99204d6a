use jiff::civil::DateTime;
use sportello_core::Error;
use sportello_core::charges::ChargeError;

/// Why there is no fee, or no charge for it.
#[derive(Debug, thiserror::Error)]
pub enum FeeError {
    /// The tenant has no `dues.toml`.
    #[error("the tenant has no rules for a yearly fee")]
    NoRules,
    /// The rules know no such year.
    #[error("there is no fee year {0}")]
    NoSuchYear(i64),
    /// The year opens later.
    #[error("the fee can be paid from {opens} on")]
    NotOpen {
        /// When; civil time in Rome.
        opens: DateTime,
    },
    /// The year is over here.
    #[error("the fee can no longer be paid here")]
    Closed,
    /// The firm was not on the register on the last day of the year before.
    #[error("the firm does not owe the fee of {0}")]
    NotOwed(i64),
    /// No fleet of that year is known: the data have not been imported yet.
    #[error("the fleets of {0} are not known yet")]
    NoFleets(i64),
    /// A mass that no vehicle has.
    #[error("{0} kg is not the mass of a vehicle: from 1 to 100,000")]
    BadMass(i64),
    /// The fee is paid: it is not computed again.
    #[error("the fee is paid")]
    Paid,
    /// No charge can be made.
    #[error("no charge can be made")]
    Charge(#[from] ChargeError),
    /// Anything else.
    #[error("the fee cannot be computed")]
    Ground(#[from] Error),
}

impl FeeError {
    /// The key of the text that says what happened, why, and what to do next.
    pub fn text_key(&self) -> &'static str {
        match self {
            Self::NoRules | Self::NoSuchYear(_) => "fee-error-no-such-year",
            Self::NotOpen { .. } => "fee-error-not-open",
            Self::Closed => "fee-error-closed",
            Self::NotOwed(_) => "fee-error-not-owed",
            Self::NoFleets(_) => "fee-error-no-fleets",
            Self::BadMass(_) => "fee-error-mass",
            Self::Paid => "fee-error-paid",
            Self::Charge(_) | Self::Ground(_) => "fee-error-internal",
        }
    }
}
