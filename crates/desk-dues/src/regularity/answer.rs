//! What is answered about a firm, as it is stored, sent and signed.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// On the roll, and no fee is overdue.
    Regular,
    /// For one of the reasons.
    NotRegular,
    /// It cannot be said yet: a payment's receipt is on its way.
    Undetermined,
}

/// Why a firm is not regular, or why that cannot be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The Albo does not know the tax code.
    NotRegistered,
    /// The enrolment begins later.
    NotYetRegistered,
    /// The firm has left the Albo.
    Removed,
    /// The firm is on the roll and suspended.
    Suspended,
    /// The fee of a year is overdue.
    FeeUnpaid,
    /// A payer came back from paying an overdue fee, and the receipt is not here yet.
    ReceiptOnItsWay,
}

/// What became of a year's fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeState {
    /// Paid: the receipt is here.
    Paid,
    /// Overdue.
    Unpaid,
    /// Not paid, and it need not be yet.
    NotYetDue,
    /// The firm was not on the roll on the day that counts.
    NotOwed,
    /// A payer came back from paying it, and the receipt is not here yet.
    ReceiptOnItsWay,
}

/// What the business register says about the firm's certified address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddressState {
    /// There is one on file.
    OnFile,
    /// There is none on file.
    NotOnFile,
    /// The register was asked and has not answered yet, or not for so long that its answer is no longer given.
    NotAnswered,
    /// The register was not asked: there is none, or too many questions wait.
    NotAsked,
}

/// The firm's names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// Its enrolment number.
    pub albo_number: String,
}

/// Whether the firm is on the roll.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// Whether it is today.
    pub registered: bool,
    /// From which day on.
    pub since: Option<Date>,
    /// The day on which it left.
    pub until: Option<Date>,
    /// The suspension that held at the time of the answer; none if none was known, as in answers of earlier versions.
    #[serde(default)]
    pub suspended: Option<Suspension>,
    /// Whose roll.
    pub source: String,
    /// When the roll was last brought up to date here; unknown when it never was.
    pub as_of: Option<Timestamp>,
}

/// A firm is suspended from the roll and stays on it (law 298/1974, art. 21).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suspension {
    /// From which day on.
    pub from: Date,
    /// The last day; until further notice when absent.
    pub until: Option<Date>,
}

/// One year's fee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeFact {
    /// The year.
    pub year: i64,
    /// What became of it.
    pub state: FeeState,
    /// The last day, with its extensions.
    pub due: Date,
    /// The day of the payment.
    pub paid_on: Option<Date>,
    /// The act that sets the fee.
    pub source: String,
}

/// The certified address: only whether there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddressFact {
    /// What the register says.
    pub state: AddressState,
    /// When it said so.
    pub answered_at: Option<Timestamp>,
    /// Since when an answer is waited for.
    pub asked_at: Option<Timestamp>,
}

/// The answer to a question about a firm. No address, no amount, no fleet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The judgement.
    pub verdict: Verdict,
    /// Why.
    pub reasons: Vec<Reason>,
    /// The tax code that was asked about, canonical.
    pub tax_code: String,
    /// The firm, when the Albo knows it.
    pub firm: Option<Named>,
    /// The roll.
    pub registration: Registration,
    /// The fees that count.
    pub fees: Vec<FeeFact>,
    /// The business register.
    pub certified_address: AddressFact,
    /// When all this was so.
    pub at: Timestamp,
}

impl Verdict {
    /// The end of its text key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Regular => "regular",
            Self::NotRegular => "not-regular",
            Self::Undetermined => "undetermined",
        }
    }
}

impl Reason {
    /// The end of its text key.
    pub fn key(self) -> &'static str {
        match self {
            Self::NotRegistered => "not-registered",
            Self::NotYetRegistered => "not-yet-registered",
            Self::Removed => "removed",
            Self::Suspended => "suspended",
            Self::FeeUnpaid => "fee-unpaid",
            Self::ReceiptOnItsWay => "receipt-on-its-way",
        }
    }
}

impl FeeState {
    /// The end of its text key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Unpaid => "unpaid",
            Self::NotYetDue => "not-yet-due",
            Self::NotOwed => "not-owed",
            Self::ReceiptOnItsWay => "receipt-on-its-way",
        }
    }
}

impl AddressState {
    /// The end of its text key.
    pub fn key(self) -> &'static str {
        match self {
            Self::OnFile => "on-file",
            Self::NotOnFile => "not-on-file",
            Self::NotAnswered => "not-answered",
            Self::NotAsked => "not-asked",
        }
    }
}
