//! Look-ups at registers: queued, within a budget, answered when the register answers.
//!
//! A look-up never runs inside a request. Whoever asks about a firm joins the one open question about its code at the
//! *source*, which several bodies may share; questions wait in three lanes with guaranteed shares (somebody at a page,
//! committenti, background), in order of arrival in each. A job drains them within the source's budget for any sixty
//! seconds and any day, which all nodes share, obeying the source's own `Retry-After`. There are four answers and no fifth:
//! match, no entry, another address on file, **not answered yet**. A register that is slow, limited or down only ever gives
//! the fourth (requirements A-18..21).

mod answers;
mod arrive;
mod asking;
mod budget;
mod claim;
mod drain;
mod estimate;
mod follow;
mod gauge;
mod lanes;
mod listing;
mod manage;
mod minutes;
mod model;
mod pace;
mod position;
mod refresh;
mod source;
mod standing;
pub mod store;

pub use drain::Drain;
pub use follow::Follow;
pub use gauge::{Gauge, Slot, gauge, history};
pub use manage::{Change, change};
pub use model::{Answer, LookUp, LookUpId, Position, QueueLane};
pub use pace::{LaneGauge, Pace};
pub use position::{expected_minutes, position};
pub use refresh::RefreshAnswers;
pub use source::{Counts, Limits, Mode, RegisterSource, Shares, driver, own_name};
pub use standing::{OnFile, Wish, is_asked, on_file, wish};

use ::store::args;
use italia::{EmailAddress, FiscalCode};

use crate::error::Error;
use crate::jobs::{self, Handlers, Lane, Schedule};
use crate::people::FirmId;
use crate::{Cx, Tx};

/// The jobs of look-ups.
pub fn handlers(handlers: Handlers) -> Handlers {
    handlers.with::<Drain>().with::<RefreshAnswers>().with::<Follow>()
}

/// Enqueues the recurring jobs of a tenant. Harmless when they are enqueued already.
///
/// # Errors
/// [`Error::Store`].
pub async fn start(cx: &Cx) -> Result<(), Error> {
    let name = source::name_of(cx);
    follow::name(cx, &name).await?;
    jobs::enqueue_alone(cx, &Follow {}, Schedule::now().unique("follow").sooner()).await?;
    let Some(tenant) = source::driver(&cx.app, &name) else { return Ok(()) };
    jobs::enqueue_alone(cx, &RefreshAnswers {}, Schedule::now().unique("answers")).await?;
    if tenant.slug != cx.tenant.slug {
        return Ok(());
    }
    let drain = Drain { source: name.clone() };
    jobs::enqueue_alone(cx, &drain, Schedule::now().unique(&name).sooner()).await
}

/// Asks whether an address is the one on file for a firm. The answer comes with the job `then`, whose payload is
/// `{"look_up": ID}`. When the source named that very address not long ago, it comes at once.
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
    let name = source::name_of(cx);
    let question = question(cx, tx, &name, code, email).await?;
    let waiting = args![id, name.as_str(), code.as_str(), email.as_str(), firm, then, cx.now_ms(), question];
    tx.execute(store::WAIT, waiting).await?;
    match question {
        Some(_) => arrive::wake(cx, tx, &name).await?,
        None => tell_known(cx, tx, id, then).await?,
    }
    Ok(id)
}

/// The question that somebody at a page waits for; none when the source named that very address not long ago.
async fn question(
    cx: &Cx,
    tx: &mut Tx,
    source: &str,
    code: &FiscalCode,
    email: &EmailAddress,
) -> Result<Option<i64>, Error> {
    if let Some(known) = cx.app.source(source)
        && answers::known_match(cx, tx, known, code, email).await?
    {
        return Ok(None);
    }
    arrive::join(cx, tx, source, code, QueueLane::Person).await.map(Some)
}

/// Answers a look-up with what the source said not long ago.
async fn tell_known(cx: &Cx, tx: &mut Tx, id: LookUpId, then: &str) -> Result<(), Error> {
    tx.execute(store::ANSWER, args![id, "match", None::<&str>, cx.now_ms()]).await?;
    jobs::enqueue_named(cx, tx, then, Lane::Person, &serde_json::json!({ "look_up": id }).to_string()).await
}

/// A look-up with its answer, if there is one.
///
/// # Errors
/// [`Error::Store`], or no such look-up in this tenant.
pub async fn get(cx: &Cx, id: LookUpId) -> Result<LookUp, Error> {
    cx.find(store::BY_ID, args![id]).await?.ok_or(Error::Store(::store::Error::NoRow))
}

/// The look-ups about a firm, newest first.
///
/// # Errors
/// [`Error::Store`].
pub async fn about_firm(cx: &Cx, firm: FirmId, limit: i64) -> Result<Vec<LookUp>, Error> {
    cx.list(store::ABOUT_FIRM, args![firm, limit]).await
}
