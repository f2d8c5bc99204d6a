use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use ::store::args;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use spid::federation::chain::{CollectError, TrustAnchor, TrustChain, TrustMarkRule, collect};
use spid::federation::client::{Client, Limits};
use spid::federation::rp::Provider;

use super::super::{log, store};
use super::connection::{Known, connection};
use super::{CieConnection, FederationError};
use crate::access::Operation;
use crate::error::Error;
use crate::jobs::{self, Job, JobError, Lane, Schedule};
use crate::{Cx, chain, row};

const SCHEME: &str = "cie";
/// How long nobody is asked after a collection that failed.
const PAUSE_MS: i64 = 30_000;
/// How long a collection may take as a whole: a person is waiting, and the site gives up after thirty seconds.
const PATIENCE: Duration = Duration::from_secs(12);
const SOON: SignedDuration = SignedDuration::from_mins(5);
const LATEST: SignedDuration = SignedDuration::from_hours(6);

row! {
    struct Kept { list: Vec<u8> }
}

/// The provider by a chain that holds: the known one, the kept one, or one that is collected now.
pub(super) async fn provider(cx: &Cx, connection: &CieConnection) -> Result<Arc<Known>, Failed> {
    if let Some(known) = connection.current(cx.now()) {
        return Ok(known);
    }
    let _one = connection.collecting.lock().await;
    if let Some(known) = connection.current(cx.now()) {
        return Ok(known);
    }
    if let Some(known) = kept(cx, connection).await? {
        connection.set(Arc::clone(&known));
        return Ok(known);
    }
    if cx.now_ms().saturating_sub(connection.failed_at.load(Ordering::Relaxed)) < PAUSE_MS {
        return Err(FederationError::Silent.into());
    }
    collect_and_keep(cx, connection).await
}

/// The provider by a chain that this or another node has collected; nobody is asked.
pub(super) async fn known(cx: &Cx, connection: &CieConnection) -> Result<Option<Arc<Known>>, Failed> {
    match connection.current(cx.now()) {
        Some(known) => Ok(Some(known)),
        None => Ok(kept(cx, connection).await?),
    }
}

/// Why there is no provider.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failed {
    #[error(transparent)]
    Federation(#[from] FederationError),
    #[error(transparent)]
    Ground(#[from] Error),
}

/// Collects the provider's chain anew, whatever is known; says until when it holds. Nothing when the tenant has no CIE.
///
/// # Errors
/// The federation's and the database's, in words.
pub async fn refresh(cx: &Cx) -> Result<Option<jiff::Timestamp>, String> {
    let Some(connection) = connection(cx) else { return Ok(None) };
    let _one = connection.collecting.lock().await;
    match collect_and_keep(cx, connection).await {
        Ok(known) => Ok(Some(known.chain.expires())),
        Err(error) => Err(chain(&error)),
    }
}

async fn collect_and_keep(cx: &Cx, connection: &CieConnection) -> Result<Arc<Known>, Failed> {
    // Set before, so that others do not begin at once when whoever waits for this one goes away.
    connection.failed_at.store(cx.now_ms(), Ordering::Relaxed);
    let collected = tokio::time::timeout(PATIENCE, collect_now(cx, connection)).await;
    let collected = collected.unwrap_or(Err(FederationError::Silent));
    if collected.is_ok() {
        connection.failed_at.store(i64::MIN, Ordering::Relaxed);
    }
    let known = Arc::new(collected?);
    let statements = serde_json::to_vec(known.chain.statements()).unwrap_or_default();
    let system = cx.as_system("identity");
    let mut tx = system.begin(Operation::Maintain).await?;
    let text = known.chain.statements().join("\n");
    log::keep(&system, &mut tx, connection.provider.as_str(), log::CHAIN, "", &text).await?;
    tx.execute(store::SET_LIST, args![SCHEME, statements, cx.now_ms()]).await?;
    tx.commit_unaudited().await?;
    connection.set(Arc::clone(&known));
    Ok(known)
}

async fn collect_now(cx: &Cx, connection: &CieConnection) -> Result<Known, FederationError> {
    let clock = || cx.now();
    let mut client = Client::new(&connection.http, &clock, Limits::default());
    let chain = collect(&mut client, &connection.provider, &connection.anchor).await?;
    let provider = Provider::from_chain(&chain, cx.now())?;
    Ok(Known { chain, provider })
}

/// The chain that some node has collected, verified again.
async fn kept(cx: &Cx, connection: &CieConnection) -> Result<Option<Arc<Known>>, Error> {
    let Some(kept) = cx.find::<Kept>(store::LIST, args![SCHEME]).await? else { return Ok(None) };
    let Ok(statements) = serde_json::from_slice(&kept.list) else { return Ok(None) };
    let Ok(chain) = TrustChain::verify(statements, &connection.provider, &connection.anchor, cx.now()) else {
        return Ok(None);
    };
    let provider = Provider::from_chain(&chain, cx.now()).ok();
    Ok(provider.map(|provider| Arc::new(Known { chain, provider })))
}

/// Our own chain, collected as a provider collects it: shows whether the registration and the public address are right.
/// Nothing when the tenant has no CIE.
///
/// # Errors
/// [`CollectError`]: why a provider would refuse us.
pub async fn own_chain(cx: &Cx) -> Result<Option<jiff::Timestamp>, CollectError> {
    let Some(connection) = connection(cx) else { return Ok(None) };
    let clock = || cx.now();
    let mut client = Client::new(&connection.http, &clock, Limits::default());
    let anchor = TrustAnchor { trust_marks: TrustMarkRule::AtLeastOne, ..connection.anchor.clone() };
    Ok(Some(collect(&mut client, connection.party.id(), &anchor).await?.expires()))
}

/// The answer of our resolve endpoint: what is known of `subject`, signed. Nothing for anybody else: we never ask others
/// because somebody asks us.
///
/// # Errors
/// [`Error::Store`].
pub async fn resolve(cx: &Cx, subject: &str) -> Result<Option<String>, Error> {
    let Some(connection) = connection(cx).filter(|connection| connection.provider.as_str() == subject) else {
        return Ok(None);
    };
    let Ok(Some(known)) = known(cx, connection).await else { return Ok(None) };
    Ok(connection.party.resolve_response(&known.chain, cx.now()).ok())
}

/// Collects the chain before it ends, so that nobody waits for it, and comes again.
#[derive(Debug, Serialize, Deserialize)]
pub struct RefreshChain {}

impl Job for RefreshChain {
    const NAME: &'static str = "identities.chain";
    const LANE: Lane = Lane::Background;
    const TRIES: i64 = i64::MAX;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let pause = match refresh(cx).await {
            Ok(Some(until)) => (until.duration_since(cx.now()) / 2).clamp(SOON, LATEST),
            // Switched off since; the start of the program sets it going again.
            Ok(None) => return Ok(()),
            Err(error) => {
                tracing::warn!(error, "CIE: the trust chain cannot be collected");
                SOON
            }
        };
        let next = cx.now().checked_add(pause).unwrap_or_else(|_| cx.now());
        Ok(jobs::enqueue_alone(cx, &Self {}, Schedule::at(next).unique("chain")).await?)
    }
}
