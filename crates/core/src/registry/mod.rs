//! Look-ups at registers: queued, within a budget, answered when the register answers.
//!
//! A look-up never runs inside a request. It is a row in a durable queue; one job a tenant drains it in order of arrival,
//! within the register's budget for any sixty seconds, obeying the register's own `Retry-After`. There are four answers
//! and no fifth: match, no entry, another address on file, **not answered yet**. A register that is slow, limited or down
//! only ever gives the fourth (requirements A-18..21).

mod budget;
mod drain;
mod model;
mod standing;
pub mod store;

pub use drain::Drain;
pub use model::{Answer, Gauge, LookUp, LookUpId, Position, QueueLane};
pub use standing::{OnFile, Wish, on_file, wish};

use ::store::args;
use italia::{EmailAddress, FiscalCode};

use crate::access::Operation;
use crate::error::Error;
use crate::jobs::{self, Schedule};
use crate::people::FirmId;
use crate::{Cx, Tx};

/// The register that knows the firms' certified addresses.
pub const BUSINESS_REGISTER: &str = "business-register";

/// Asks whether an address is the one on file for a firm. The answer comes with the job `then`, whose payload is
/// `{"look_up": ID}`.
///
/// # Errors
/// [`Error::Store`].
pub async fn ask(
    cx: &Cx,
    tx: &mut Tx,
    firm: FirmId,
    code: &FiscalCode,
    email: &EmailAddress,
    then: &str,
) -> Result<LookUpId, Error> {
    let id = LookUpId(cx.id());
    tx.execute(store::ASK, args![id, BUSINESS_REGISTER, code.as_str(), email.as_str(), firm, then, cx.now_ms()])
        .await?;
    jobs::enqueue(cx, tx, &Drain {}, Schedule::now().unique("drain")).await?;
    Ok(id)
}

/// A look-up with its answer, if there is one.
///
/// # Errors
/// [`Error::Store`], or no such look-up in this tenant.
pub async fn get(cx: &Cx, id: LookUpId) -> Result<LookUp, Error> {
    cx.find(store::BY_ID, args![id]).await?.ok_or(Error::Store(::store::Error::NoRow))
}

/// How many wait before a look-up, and how long that will take at the present budget.
///
/// # Errors
/// [`Error::Store`].
pub async fn position(cx: &Cx, id: LookUpId) -> Result<Position, Error> {
    let ahead = cx.count(store::AHEAD, args![BUSINESS_REGISTER, id]).await?;
    let source = budget::source(cx, BUSINESS_REGISTER).await?;
    let per_minute = i64::from(budget::per_minute(cx, &source)).max(1);
    let blocked = (source.blocked_until - cx.now_ms()).max(0) / 60_000;
    Ok(Position { ahead, minutes: blocked + ahead / per_minute + 1, paused: source.paused })
}

/// The look-ups about a firm, newest first.
///
/// # Errors
/// [`Error::Store`].
pub async fn about_firm(cx: &Cx, firm: FirmId, limit: i64) -> Result<Vec<LookUp>, Error> {
    cx.list(store::ABOUT_FIRM, args![firm, limit]).await
}

/// How the register and its queue stand, for the operator.
///
/// # Errors
/// [`Error::Store`].
pub async fn gauge(cx: &Cx) -> Result<Gauge, Error> {
    let source = budget::source(cx, BUSINESS_REGISTER).await?;
    let waiting = cx.count(store::WAITING, args![BUSINESS_REGISTER]).await?;
    let last_minute = cx.count(store::CALLS_SINCE, args![BUSINESS_REGISTER, cx.now_ms() - 60_000]).await?;
    let oldest = cx.count(store::OLDEST, args![BUSINESS_REGISTER]).await?;
    Ok(Gauge {
        per_minute: budget::per_minute(cx, &source),
        set_per_minute: source.per_minute.and_then(|n| u32::try_from(n).ok()),
        waiting,
        last_minute,
        oldest: (oldest > 0).then_some(oldest),
        paused: source.paused,
        blocked_until: (source.blocked_until > cx.now_ms()).then_some(source.blocked_until),
        last_answer_at: source.last_answer_at,
        failures: source.failures,
    })
}

/// Pauses or resumes the look-ups, or changes their budget, without a restart.
///
/// # Errors
/// [`Error`].
pub async fn manage(cx: &Cx, paused: bool, per_minute: Option<u32>) -> Result<(), Error> {
    let mut tx = cx.begin(Operation::ManageRegister).await?;
    tx.note("paused", paused).note("per_minute", per_minute);
    tx.execute(store::MANAGE, args![BUSINESS_REGISTER, paused, per_minute]).await?;
    jobs::enqueue(cx, &mut tx, &Drain {}, Schedule::now().unique("drain")).await?;
    tx.commit().await
}
