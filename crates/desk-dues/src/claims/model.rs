use std::collections::HashMap;

use italia::Euro;
use sportello_core::accounts::AccountId;
use sportello_core::charges::Charge;
use sportello_core::people::FirmId;
use sportello_core::{Error, id, row};

use crate::fee::FeeError;
use crate::fleet::Vehicle;

id! {
    /// The id of a claim.
    ClaimId;
}

row! {
    /// A claim as it was filed and decided.
    #[derive(Clone, Debug)]
    pub struct Claim {
        /// Its id.
        pub id: ClaimId,
        /// Whose fleet it is about.
        pub firm_id: FirmId,
        /// The account that filed it.
        pub account_id: AccountId,
        /// The fee year.
        pub year: i64,
        /// What the firm says.
        pub message: String,
        /// The fleet as the firm says it is, JSON.
        pub fleet: String,
        /// `open`, `accepted` or `refused`.
        pub state: String,
        /// What the operator says.
        pub answer: Option<String>,
        /// When it was filed, in milliseconds since 1970.
        pub created_at: i64,
        /// When it was decided.
        pub decided_at: Option<i64>,
    }
}

row! {
    /// An open claim as the operators' list shows it.
    #[derive(Clone, Debug)]
    pub struct OpenClaim {
        /// Its id.
        pub id: ClaimId,
        /// Whose fleet it is about.
        pub firm_id: FirmId,
        /// The firm's name.
        pub name: String,
        /// The firm's enrolment number.
        pub albo_number: String,
        /// The fee year.
        pub year: i64,
        /// What the firm says.
        pub message: String,
        /// When it was filed, in milliseconds since 1970.
        pub created_at: i64,
    }
}

/// Where a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimState {
    /// Waits for an operator.
    Open,
    /// The fleet was replaced.
    Accepted,
    /// The fleet stays.
    Refused,
}

/// What an operator decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The firm is right: its fleet replaces the one on record.
    Accept,
    /// The fleet on record stays.
    Refuse,
}

/// A claim beside the fleet on record.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The claim.
    pub claim: Claim,
    /// The fleet on record.
    pub on_record: Vec<Vehicle>,
    /// The fleet as the firm says it is.
    pub declared: Vec<Vehicle>,
    /// What differs.
    pub difference: Difference,
    /// The charge of the year, when there is one.
    pub charge: Option<Charge>,
    /// What the firm would owe with its own fleet.
    pub if_accepted: Euro,
}

/// What differs between two fleets, each by plate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Vehicles that only the firm names.
    pub added: Vec<Vehicle>,
    /// Vehicles that only the record has.
    pub removed: Vec<Vehicle>,
    /// Vehicles of which kind or mass differ: on record, and as the firm says.
    pub changed: Vec<(Vehicle, Vehicle)>,
}

/// Why a claim is not taken or not decided.
#[derive(Debug, thiserror::Error)]
pub enum ClaimError {
    /// Nobody says what is wrong.
    #[error("the message is empty")]
    NoMessage,
    /// The message is longer than 2,000 characters.
    #[error("the message is too long")]
    MessageTooLong,
    /// More vehicles than any firm has.
    #[error("too many vehicles")]
    TooMany,
    /// The mass of a vehicle (its place in the list, from 1) is not one.
    #[error("vehicle {0} has no possible mass")]
    BadMass(usize),
    /// The plate of a vehicle (its place in the list, from 1) stands in the list already.
    #[error("vehicle {0} stands in the list already")]
    Twice(usize),
    /// The fleet is the one on record.
    #[error("the fleet does not differ from the one on record")]
    NothingDiffers,
    /// The fee is paid.
    #[error("the fee is paid")]
    Paid,
    /// The firm has an open claim for that year.
    #[error("a claim is open already")]
    AlreadyOpen,
    /// There is no such claim.
    #[error("there is no such claim")]
    NoSuchClaim,
    /// It was decided otherwise.
    #[error("the claim was decided otherwise")]
    Decided,
    /// A refusal needs a reason.
    #[error("a refusal needs a reason")]
    NoReason,
    /// The fee cannot be computed.
    #[error("the fee cannot be computed")]
    Fee(#[source] FeeError),
    /// Anything else.
    #[error("the claim cannot be handled")]
    Ground(#[from] Error),
}

impl From<FeeError> for ClaimError {
    fn from(error: FeeError) -> Self {
        match error {
            FeeError::Paid => Self::Paid,
            FeeError::Ground(error) => Self::Ground(error),
            error => Self::Fee(error),
        }
    }
}

impl ClaimError {
    /// The key of the text that says what happened, why, and what to do next.
    pub fn text_key(&self) -> &'static str {
        match self {
            Self::NoMessage => "claim-error-no-message",
            Self::MessageTooLong => "claim-error-message-too-long",
            Self::TooMany => "claim-error-too-many",
            Self::BadMass(_) => "claim-error-mass",
            Self::Twice(_) => "claim-error-twice",
            Self::NothingDiffers => "claim-error-nothing-differs",
            Self::Paid => "claim-error-paid",
            Self::AlreadyOpen => "claim-error-already-open",
            Self::NoSuchClaim => "claim-error-no-such-claim",
            Self::Decided => "claim-error-decided",
            Self::NoReason => "claim-error-no-reason",
            Self::Fee(error) => error.text_key(),
            Self::Ground(_) => "fee-error-internal",
        }
    }
}

impl Claim {
    /// Where it stands.
    pub fn state(&self) -> ClaimState {
        match self.state.as_str() {
            "accepted" => ClaimState::Accepted,
            "refused" => ClaimState::Refused,
            _ => ClaimState::Open,
        }
    }

    /// The fleet as the firm says it is.
    ///
    /// # Errors
    /// [`Error::Inconsistent`] for a row that this program did not write.
    pub fn fleet(&self) -> Result<Vec<Vehicle>, Error> {
        let bad = |e: serde_json::Error| Error::Inconsistent {
            table: "fleet_claims",
            column: "fleet",
            row: self.id.0,
            value: format!("{:?} at column {}", e.classify(), e.column()),
        };
        serde_json::from_str(&self.fleet).map_err(bad)
    }
}

impl Decision {
    /// The state that it leads to, as the database names it.
    pub(super) fn state(self) -> &'static str {
        match self {
            Self::Accept => "accepted",
            Self::Refuse => "refused",
        }
    }
}

impl Difference {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

/// What differs between the fleet on record and the one that is declared, in the order of the lists.
pub fn difference(on_record: &[Vehicle], declared: &[Vehicle]) -> Difference {
    let by_plate = |fleet: &[Vehicle]| -> HashMap<String, Vehicle> {
        fleet.iter().map(|v| (v.plate.to_string(), v.clone())).collect()
    };
    let (record, said) = (by_plate(on_record), by_plate(declared));
    let missing_in = |other: &HashMap<String, Vehicle>, fleet: &[Vehicle]| -> Vec<Vehicle> {
        fleet.iter().filter(|v| !other.contains_key(v.plate.as_str())).cloned().collect()
    };
    let changed = declared.iter().filter_map(|new| {
        let old = record.get(new.plate.as_str())?;
        (old != new).then(|| (old.clone(), new.clone()))
    });
    Difference {
        added: missing_in(&record, declared),
        removed: missing_in(&said, on_record),
        changed: changed.collect(),
    }
}
