//! Actors with verbs, a frozen clock and the outside world, for the integration tests.
//!
//! A [`Stage`] is the whole product on a fresh database, served over HTTP on loopback, with the outside world around it
//! over real protocols, on a clock that stands still until the test moves it. Tests read like the guide:
//! `firm.registers_with_pec(…)`, `firm.reads_credentials()`, `firm.pays_online(…)`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops, and says where")]

mod browser;
pub mod cards;
mod chance;
mod cie;
mod clock;
mod committente;
pub mod crowd;
mod database;
mod firm;
pub mod jobs;
mod nodes;
mod operator;
mod person;
mod spid;
mod stage;
mod stages;

pub use browser::{Browser, Form, Page};
pub use cards::Holder;
pub use chance::SeededChance;
pub use clock::SharedClock;
pub use committente::{Committente, Reply};
pub use database::{Database, databases};
pub use firm::{Credentials, Firm, PHONE, firm_code};
pub use operator::Operator;
pub use person::Person;
pub use stage::{BODY, Stage};
