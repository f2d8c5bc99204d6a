//! The list of providers: refreshed by a job, kept in the database, so that a start without the registry has the last
//! good one.

use std::sync::atomic::Ordering;

use ::store::args;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use spid::registry::{Finding, Registry};

use super::config::{SpidConnection, connection, opens};
use super::store;
use crate::access::Operation;
use crate::error::Error;
use crate::jobs::{self, Job, JobError, Lane, Schedule};
use crate::{Cx, chain, row};

const SCHEME: &str = "spid";
const EVERY: SignedDuration = SignedDuration::from_hours(6);
/// How old a node's own view of the list may be.
const TAKE_EVERY_MS: i64 = 5 * 60_000;
/// After a refresh that found a source silent.
const SOON: SignedDuration = SignedDuration::from_mins(10);

row! {
    struct Kept { list: Vec<u8> }
}

/// A provider to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderChoice {
    /// Its entity id.
    pub entity_id: String,
    /// Its name.
    pub name: String,
}

/// The providers in an order that chance decides, so that none is always first; nothing when the tenant has no SPID,
/// or not yet.
///
/// # Errors
/// [`Error::Store`].
pub async fn choices(cx: &Cx) -> Result<Vec<ProviderChoice>, Error> {
    let Some(connection) = connection(cx).filter(|_| opens(cx).is_none()) else { return Ok(Vec::new()) };
    take_last_good(cx, connection).await?;
    let mut chance = [0; 16];
    cx.chance().fill(&mut chance);
    let known = connection.providers();
    let choice = |provider: &spid::metadata::idp::IdentityProvider| {
        let name = provider.organization.display_name(cx.language.tag());
        let entity_id = provider.entity_id.as_str().to_owned();
        ProviderChoice { name: name.unwrap_or(&entity_id).to_owned(), entity_id }
    };
    Ok(known.in_random_order(chance).into_iter().map(choice).collect())
}

/// Takes the list from the database now and then: another node may have refreshed it.
pub(super) async fn take_last_good(cx: &Cx, connection: &SpidConnection) -> Result<(), Error> {
    let now = cx.now_ms();
    if now.saturating_sub(connection.taken_at.load(Ordering::Relaxed)) < TAKE_EVERY_MS {
        return Ok(());
    }
    connection.set(&last_good(cx).await?);
    connection.taken_at.store(now, Ordering::Relaxed);
    Ok(())
}

/// What is to be said of the providers that are known: certificates that end.
pub fn findings(cx: &Cx) -> Vec<Finding> {
    connection(cx).map(|connection| connection.providers().watch(cx.now())).unwrap_or_default()
}

/// Asks the registry again and keeps its answer. A silent or false registry changes nothing; what went wrong is returned.
///
/// # Errors
/// [`Error::Store`].
pub async fn refresh(cx: &Cx) -> Result<Vec<Finding>, Error> {
    let Some(connection) = connection(cx) else { return Ok(Vec::new()) };
    let before = last_good(cx).await?;
    let refreshed = spid::registry::refresh(&before, &connection.http, &connection.policy, cx.now()).await;
    // Also when one source of several was silent: what the others say holds on every node.
    if refreshed.registry != before {
        let mut tx = cx.as_system("identity").begin(Operation::Maintain).await?;
        tx.execute(store::SET_LIST, args![SCHEME, refreshed.registry.to_bytes(), cx.now_ms()]).await?;
        tx.commit_unaudited().await?;
    }
    connection.set(&refreshed.registry);
    Ok(refreshed.findings)
}

async fn last_good(cx: &Cx) -> Result<Registry, Error> {
    let kept: Option<Kept> = cx.find(store::LIST, args![SCHEME]).await?;
    let read = kept.map(|kept| Registry::from_bytes(&kept.list));
    Ok(match read {
        Some(Ok(registry)) => registry,
        Some(Err(error)) => {
            tracing::warn!(error = chain(&error), "the kept list of providers cannot be read");
            Registry::default()
        }
        None => Registry::default(),
    })
}

fn tell(connection: &SpidConnection, findings: &[Finding]) -> bool {
    for finding in findings {
        match finding {
            Finding::Added { .. } => tracing::info!(finding = chain(finding), "SPID"),
            _ => tracing::warn!(finding = chain(finding), "SPID"),
        }
    }
    let silent = findings.iter().any(|finding| matches!(finding, Finding::Source { .. }));
    silent || connection.providers().providers().is_empty()
}

/// Asks the registry again, and comes again: soon when it was silent.
#[derive(Debug, Serialize, Deserialize)]
pub struct RefreshProviders {}

impl Job for RefreshProviders {
    const NAME: &'static str = "identities.refresh";
    const LANE: Lane = Lane::Background;
    const TRIES: i64 = i64::MAX;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let Some(connection) = connection(cx) else { return Ok(()) };
        let findings = refresh(cx).await?;
        let pause = if tell(connection, &findings) { SOON } else { EVERY };
        let next = cx.now().checked_add(pause).unwrap_or_else(|_| cx.now());
        Ok(jobs::enqueue_alone(cx, &Self {}, Schedule::at(next).unique("providers")).await?)
    }
}
