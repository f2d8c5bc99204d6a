//! Whoever waits follows the tenant to another source: a body that changes its register leaves nobody behind.

use ::store::args;
use italia::{EmailAddress, FiscalCode};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::model::LookUpId;
use super::source::{self, LaneState};
use super::{arrive, store};
use crate::access::Operation;
use crate::error::Error;
use crate::jobs::{self, Job, JobError, Lane, Schedule};
use crate::{Cx, row};

/// Look-ups that are read at a time.
const PAGE: i64 = 100;
/// After so many another job goes on, before this one's lease ends.
const MOST: u64 = 1_000;
/// A node with an older configuration may serve for a while, and leave somebody behind.
const PAUSE: SignedDuration = SignedDuration::from_hours(1);

/// Moves look-ups that wait at a source which their tenant no longer names to the end of the line at the one that it names
/// now, in their order. What waits for nobody at a source that nobody names any more is dropped.
///
/// Each look-up moves in a transaction of its own, which takes its locks in the order in which
/// [`ask`](super::ask) takes them.
#[derive(Debug, Serialize, Deserialize)]
pub struct Follow {}

row! {
    struct Id { id: LookUpId }
}
row! {
    struct Named { source: String }
}
row! {
    struct Behind { tax_code: String, email: String, then_job: String, source: String }
}
row! {
    struct Orphan { id: i64, lane: String, fresh: bool }
}

impl Job for Follow {
    const NAME: &'static str = "register.follow";
    const LANE: Lane = Lane::Background;
    const TRIES: i64 = i64::MAX;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let name = source::name_of(cx);
        let mut moved = 0;
        // Without a source there is nothing to follow to. A node with an older configuration moves nobody back.
        if cx.app.source(&name).is_some() && is_named(cx, &name).await? {
            moved = follow(cx, &name).await?;
            drop_what_waits_for_nobody(cx).await?;
        }
        let again = if moved < MOST { cx.now().checked_add(PAUSE).ok() } else { None };
        let schedule = Schedule::at(again.unwrap_or_else(|| cx.now())).unique("follow");
        Ok(jobs::enqueue_alone(cx, &self, schedule).await?)
    }
}

/// Writes down which source a tenant names; whoever starts last is right.
pub(super) async fn name(cx: &Cx, source: &str) -> Result<(), Error> {
    let mut tx = cx.begin(Operation::LookUp).await?;
    tx.execute(store::NAME, args![source, cx.now_ms()]).await?;
    tx.commit_unaudited().await
}

async fn is_named(cx: &Cx, name: &str) -> Result<bool, Error> {
    let named: Option<Named> = cx.find(store::NAMED, args![]).await?;
    Ok(named.is_some_and(|named| named.source == name))
}

async fn follow(cx: &Cx, name: &str) -> Result<u64, Error> {
    let (mut moved, mut after) = (0, LookUpId(0));
    while moved < MOST {
        let page: Vec<Id> = cx.list(store::LEFT_BEHIND, args![name, after, PAGE]).await?;
        let Some(last) = page.last() else { break };
        after = last.id;
        for Id { id } in page {
            moved += u64::from(move_one(cx, name, id).await?);
        }
    }
    if moved > 0 {
        tracing::info!(source = name, moved, "look-ups followed to another source");
    }
    Ok(moved)
}

/// Returns whether it has moved: it may have been answered meanwhile.
async fn move_one(cx: &Cx, name: &str, id: LookUpId) -> Result<bool, Error> {
    let mut tx = cx.begin(Operation::LookUp).await?;
    let behind: Option<Behind> = tx.find(store::STILL_BEHIND, args![id, name]).await?;
    let Some(behind) = behind else { return Ok(false) };
    let (Ok(code), Ok(email)) = (FiscalCode::parse(&behind.tax_code), EmailAddress::parse(&behind.email)) else {
        tracing::error!(look_up = %id, "a stored look-up cannot be read");
        return Ok(false);
    };
    let question = super::question(cx, &mut tx, name, &code, &email).await?;
    tx.execute(store::FOLLOW, args![id, name, question, behind.source]).await?;
    match question {
        Some(_) => arrive::wake(cx, &mut tx, name).await?,
        None => super::tell_known(cx, &mut tx, id, &behind.then_job).await?,
    }
    tx.commit_unaudited().await?;
    Ok(true)
}

/// Questions of committenti and of the background at sources that nobody names: whoever still wants to know asks again.
async fn drop_what_waits_for_nobody(cx: &Cx) -> Result<(), Error> {
    let unnamed: Vec<Named> = cx.app.db().list(store::UNNAMED, args![]).await?;
    for Named { source } in unnamed.iter().filter(|named| source::driver(&cx.app, &named.source).is_none()) {
        let orphans: Vec<Orphan> = cx.app.db().list(store::ORPHANS, args![source.as_str()]).await?;
        for orphan in orphans {
            drop_one(cx, source, &orphan).await?;
        }
    }
    Ok(())
}

async fn drop_one(cx: &Cx, source: &str, orphan: &Orphan) -> Result<(), Error> {
    let mut tx = cx.begin(Operation::LookUp).await?;
    source::hold(&mut tx, source).await?;
    let lane = args![source, orphan.lane.as_str()];
    let _held: Option<LaneState> = tx.shared().find(store::HOLD_LANE, lane.clone()).await?;
    let dropped = tx.shared().execute(store::DROP_ORPHAN, args![orphan.id]).await? == 1;
    if dropped && orphan.fresh {
        tx.shared().execute(store::LEFT, lane).await?;
    }
    tx.commit_unaudited().await
}
