use italia::Euro;
use serde::{Deserialize, Serialize};

use crate::people::FirmId;
use crate::{id, row};

id! {
    /// The id of a charge.
    ChargeId;
}

row! {
    /// What a firm owes.
    #[derive(Clone, Debug)]
    pub struct Charge {
        /// Its id.
        pub id: ChargeId,
        /// Who owes.
        pub firm_id: FirmId,
        /// What for.
        pub kind: String,
        /// For which year.
        pub year: i64,
        /// How much, in cents.
        pub amount: i64,
        /// The computation, JSON.
        pub computation: String,
        /// The notice number, 18 digits.
        pub notice_number: String,
        /// `open`, `paid` or `cancelled`.
        pub state: String,
        /// When the node last asked to pay it, in milliseconds since 1970.
        pub asked_at: Option<i64>,
        /// When it was made.
        pub created_at: i64,
        /// When it was paid or cancelled.
        pub settled_at: Option<i64>,
    }
}

/// Where a charge stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChargeState {
    /// To be paid.
    Open,
    /// Paid: the receipt is here.
    Paid,
    /// Withdrawn.
    Cancelled,
}

/// One line of a computation: what, under which rule, how often, how much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The key of the text that says what it is: `fixed`, `fleet-band`, `mass-band`.
    pub what: String,
    /// Lower bound of the band, where the rule has bands.
    pub from: Option<i64>,
    /// Upper bound of the band; open when absent.
    pub to: Option<i64>,
    /// How often the amount counts.
    pub count: i64,
    /// The amount of one, in cents.
    pub each: i64,
    /// The legal source: act, article, gazette.
    pub source: String,
}

/// A fact that the computation rests on, frozen with it: one vehicle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenFact {
    /// Its plate.
    pub plate: String,
    /// What it is.
    pub kind: String,
    /// The mass that counts, in kg.
    pub mass_kg: i64,
    /// What it adds on its own, in cents.
    pub amount: i64,
}

/// How a charge was computed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Computation {
    /// The lines; their sum is the amount.
    pub lines: Vec<Line>,
    /// The facts.
    pub facts: Vec<FrozenFact>,
    /// The date on which the facts were looked at (civil date).
    pub reference_date: String,
    /// The act that sets the amounts.
    pub act: String,
}

impl Line {
    /// What the line adds.
    pub fn amount(&self) -> Euro {
        Euro::from_cents(self.each.saturating_mul(self.count))
    }
}

impl Computation {
    /// The sum of the lines.
    pub fn total(&self) -> Euro {
        Euro::from_cents(self.lines.iter().map(|l| l.amount().cents()).sum())
    }
}

impl Charge {
    /// Where it stands.
    pub fn state(&self) -> ChargeState {
        match self.state.as_str() {
            "paid" => ChargeState::Paid,
            "cancelled" => ChargeState::Cancelled,
            _ => ChargeState::Open,
        }
    }

    /// How much is owed.
    pub fn amount(&self) -> Euro {
        Euro::from_cents(self.amount)
    }

    /// The frozen computation; empty when it cannot be read, which the store's writer rules out.
    pub fn computation(&self) -> Computation {
        serde_json::from_str(&self.computation).unwrap_or_default()
    }
}
