//! The capabilities that every desk shares: tenancy, accounts, people, look-ups at registers, notices, charges,
//! payments, deadlines, jobs, audit.
//!
//! Each module has the same grammar: `mod.rs` says what it owns and shows its public face, `model.rs` holds types and
//! states, the verbs hold the use cases, `store.rs` holds its only SQL. Every operation takes a [`Cx`] first.

pub mod access;
pub mod accounts;
mod app;
pub mod audit;
pub mod chance;
pub mod charges;
pub mod clock;
pub mod committenti;
pub mod counters;
mod cx;
pub mod deadlines;
mod error;
pub mod format;
pub mod identities;
pub mod ids;
pub mod jobs;
pub mod mailboxes;
mod migrations;
pub mod notices;
pub mod payments;
pub mod people;
pub mod registry;
mod secret;
pub mod signing;
mod statement;
pub mod tenancy;
pub mod texts;
mod tx;
pub mod vault;

pub use app::{App, Parts};
pub use cns;
pub use cx::Cx;
pub use error::{Error, chain};
pub use migrations::MIGRATIONS;
pub use secret::Secret;
pub use spid;
pub use statement::Statement;
pub use tx::Tx;

/// The texts that the shared capabilities send and show.
pub const TEXTS: &[texts::TextSource] = &[
    (texts::Language::Italian, include_str!("../texts/it.ftl")),
    (texts::Language::English, include_str!("../texts/en.ftl")),
];

/// All scoped statements of this crate with their names, for the test that prepares them on both engines.
pub fn statements() -> Vec<(&'static str, Statement)> {
    let modules = [
        accounts::store::ALL,
        audit::store::ALL,
        charges::store::ALL,
        committenti::store::ALL,
        counters::store::ALL,
        deadlines::store::ALL,
        identities::store::ALL,
        jobs::store::ALL,
        mailboxes::store::ALL,
        notices::store::ALL,
        payments::store::ALL,
        people::store::ALL,
        registry::store::ALL,
        signing::store::ALL,
    ];
    modules.concat()
}

/// The statements about what no tenant owns, with their names, for the same test.
pub fn shared_statements() -> Vec<(&'static str, ::store::Sql)> {
    [registry::store::SHARED, mailboxes::store::SHARED].concat()
}
