//! The answer: an assertion about a person, or an error of the table. It travels by POST alone.

mod assertion;
mod error;
mod form;
mod provider;

pub use assertion::{Authentication, Statement};
pub use error::AnswerError;
pub use form::AnswerForm;
pub(in crate::idp) use provider::status_element;
pub use provider::{Ids, Provider};
