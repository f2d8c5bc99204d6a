//! Registration: how a firm gets an account.
//!
//! By the certified address in the business register (verified), or simplified by any address (not verified, payment
//! only). A registration is a case: it waits for the register without its applicant, goes on provisionally when the
//! register does not answer, and completes itself when it does (requirements A-01..21).
//!
//! Invariants:
//! * credentials go to the declared address and nowhere else, so an answer "match" proves the firm to whoever reads them;
//! * a verified registration takes over an account that was never verified; an unverified one never touches an account;
//! * only the register's own answer can call an address wrong.

mod answered;
mod begin;
mod model;
mod send;
pub mod store;

pub use answered::{Answered, GoOn};
pub use begin::{Begin, BeginError, Begun, begin, firm, upgrade};
pub use model::{Kind, Registration, RegistrationId, State};
pub use send::{To, channel, probe, send_credentials};

use ::store::args;
use sportello_core::people::FirmId;
use sportello_core::vault::digest;
use sportello_core::{Cx, Error};

/// The registration whose address ends with this token.
///
/// # Errors
/// [`Error::Store`].
pub async fn by_token(cx: &Cx, token: &str) -> Result<Option<Registration>, Error> {
    cx.find(store::BY_TOKEN, args![digest(token)]).await
}

/// The registrations of a firm, newest first.
///
/// # Errors
/// [`Error::Store`].
pub async fn of_firm(cx: &Cx, firm: FirmId) -> Result<Vec<Registration>, Error> {
    cx.list(store::OF_FIRM, args![firm]).await
}
