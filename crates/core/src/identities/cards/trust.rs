//! The trust list: refreshed by a job, kept in the database, so that a start without AgID has the last good one.

use std::sync::atomic::Ordering;

use ::store::args;
use cns::TrustList;
use cns::trust::RefreshError;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::signature::check;
use super::{CardService, CardSource, SCHEME};
use crate::access::Operation;
use crate::error::Error;
use crate::identities::store;
use crate::jobs::{self, Job, JobError, Lane, Schedule};
use crate::{Cx, chain, row};

const EVERY: SignedDuration = SignedDuration::from_hours(12);
/// After a refresh that failed.
const SOON: SignedDuration = SignedDuration::from_mins(30);
/// How old a node's own view of the list may be.
const TAKE_EVERY_MS: i64 = 5 * 60_000;

row! {
    struct Kept { list: Vec<u8>, fetched_at: i64 }
}

/// What is known of the trust list.
#[derive(Clone, Debug, Serialize)]
pub struct TrustState {
    /// How many authorities may vouch for cards now.
    pub authorities: usize,
    /// The number of the list.
    pub sequence: Option<u64>,
    /// Until when it serves.
    pub next_update: Option<Timestamp>,
    /// When it was fetched.
    pub fetched_at: Option<Timestamp>,
}

/// What is known of the trust list; nothing when the program has no cards.
///
/// # Errors
/// [`Error::Store`].
pub async fn state(cx: &Cx) -> Result<Option<TrustState>, Error> {
    let Some(service) = cx.app.cards() else { return Ok(None) };
    take_last_good(cx, service).await?;
    let trust = service.trust();
    Ok(Some(TrustState {
        authorities: trust.authorities().len(),
        sequence: trust.sequence(),
        next_update: trust.next_update(),
        fetched_at: kept(cx).await?.map(|kept| crate::clock::instant(kept.fetched_at)),
    }))
}

/// Takes the list from the database now and then: another node may have refreshed it.
pub(super) async fn take_last_good(cx: &Cx, service: &CardService) -> Result<(), Error> {
    let now = cx.now_ms();
    if now.saturating_sub(service.taken_at.load(Ordering::Relaxed)) < TAKE_EVERY_MS {
        return Ok(());
    }
    if let (Some(source), Some(kept)) = (&service.source, kept(cx).await?)
        && service.trust().bytes() != Some(kept.list.as_slice())
    {
        match read(source, kept.list, cx.now()).await {
            Some(list) => service.set(list),
            None => tracing::warn!("the kept trust list cannot be used: it is not signed by the configured signers"),
        }
    }
    service.taken_at.store(now, Ordering::Relaxed);
    Ok(())
}

/// Reads a kept list, its signature included: what lay in a database may have been changed. A list of two million bytes
/// takes a noticeable part of a second.
async fn read(source: &CardSource, bytes: Vec<u8>, now: Timestamp) -> Option<TrustList> {
    let signers = source.signers.clone();
    let read = tokio::task::spawn_blocking(move || TrustList::newest([bytes.as_slice()], check(&signers), now));
    read.await.ok().flatten()
}

async fn kept(cx: &Cx) -> Result<Option<Kept>, Error> {
    cx.find(store::KEPT_LIST, args![SCHEME]).await
}

/// Asks for the list again and keeps it. A silent, false or older one changes nothing; why is returned.
///
/// # Errors
/// [`Error::Store`].
pub async fn refresh(cx: &Cx) -> Result<Option<RefreshError>, Error> {
    let Some(service) = cx.app.cards() else { return Ok(None) };
    let Some(source) = &service.source else { return Ok(None) };
    take_last_good(cx, service).await?;
    let in_force = service.trust();
    let fetched =
        cns::trust::refresh(&service.lists, &source.url, check(&source.signers), Some(&in_force), cx.now()).await;
    let list = match fetched {
        Ok(list) => list,
        Err(error) => return Ok(Some(error)),
    };
    if let Some(bytes) = list.bytes() {
        let mut tx = cx.as_system("identity").begin(Operation::Maintain).await?;
        tx.execute(store::SET_LIST, args![SCHEME, bytes.to_vec(), cx.now_ms()]).await?;
        tx.commit_unaudited().await?;
    }
    service.set(list);
    Ok(None)
}

/// Asks for the trust list again, and comes again: soon when that failed.
#[derive(Debug, Serialize, Deserialize)]
pub struct RefreshTrustList {}

impl Job for RefreshTrustList {
    const NAME: &'static str = "identities.trust-list";
    const LANE: Lane = Lane::Background;
    const TRIES: i64 = i64::MAX;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let source = cx.app.cards().and_then(|service| service.source.as_ref());
        if cx.tenant.cns.is_none() || source.is_none() {
            return Ok(());
        }
        let pause = match refresh(cx).await? {
            None => EVERY,
            Some(error) => {
                tracing::warn!(error = chain(&error), "the trust list was not refreshed");
                SOON
            }
        };
        let next = cx.now().checked_add(pause).unwrap_or_else(|_| cx.now());
        Ok(jobs::enqueue_alone(cx, &Self {}, Schedule::at(next).unique("trust-list")).await?)
    }
}
