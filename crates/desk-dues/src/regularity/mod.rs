//! Whether a firm is regular («visura di regolarità», requirements A-67 and F-03): on the roll of the Albo, and with the
//! yearly fee paid.
//!
//! Owns the judgement, the questions of committenti, single and in bulk, and the statements made of the answers.
//! Invariants: a judgement is a pure function of the roll, the payments and the calendar; every fact has its date and its
//! source; an answer is never changed, another question gets another one; no answer holds an address, an amount or a
//! fleet; what nobody has answered yet is said to be so, and is no "no".

mod answer;
mod bulk;
mod facts;
mod judge;
mod query;
mod statement;
pub mod store;
mod sweep;
mod words;

pub use answer::{
    AddressFact, AddressState, Answer, FeeFact, FeeState, Named, Reason, Registration, Suspension, Verdict,
};
pub use bulk::{Bulk, BulkError, BulkId, Item, MOST_ITEMS, RunBulk, bulk, bulks, items, submit};
pub use facts::on_roll;
pub use judge::{OnRoll, Paid, YearFact, judge};
pub use query::{AskError, Query, QueryId, ask, get, latest};
pub use statement::{Shown, Statement, StatementId, by_code, check_signed, code_shown, of_query, state};
pub use sweep::SweepQueries;
pub use words::{Fact, facts, suspension};
