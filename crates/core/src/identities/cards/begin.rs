use ::store::args;
use jiff::SignedDuration;

use super::SCHEME;
use super::trust::take_last_good;
use crate::Cx;
use crate::access::{Actor, Operation};
use crate::error::Error;
use crate::identities::accept::Request;
use crate::identities::begin::hex;
use crate::identities::{Intent, store};
use crate::secret::Secret;
use crate::vault::digest;

/// How long somebody may take to find the card and its PIN.
const PATIENCE: SignedDuration = SignedDuration::from_mins(15);

/// Where the listener is asked, below a tenant's name.
pub const LISTENER_PATH: &str = "/accesso/cns";

/// What is wanted of a card.
#[derive(Debug)]
pub struct CardWanted<'a> {
    /// Why.
    pub intent: Intent,
    /// Where to go afterwards: a path of the portal, checked by the caller.
    pub back_to: &'a str,
    /// The token of the browser's cookie, when it has one from an earlier request.
    pub browser: Option<&'a str>,
}

/// How the browser gets to the listener.
#[derive(Debug)]
pub struct CardBegun {
    /// The address.
    pub url: String,
    /// The token that ties the request to the browser, for the cookie.
    pub browser: Secret,
}

/// Makes a request that waits for a card; nothing when the tenant takes none.
///
/// # Errors
/// [`Error`].
pub async fn begin(cx: &Cx, wanted: CardWanted<'_>) -> Result<Option<CardBegun>, Error> {
    let (Some(_), Some(service)) = (&cx.tenant.cns, cx.app.cards()) else { return Ok(None) };
    // The listener asks for cards of these authorities when the browser arrives, before it knows for which tenant.
    take_last_good(cx, service).await?;
    let token = cx.chance().token();
    let browser = wanted.browser.map_or_else(|| cx.chance().token(), str::to_owned);
    let account = match (wanted.intent, &cx.actor) {
        (Intent::Link | Intent::Raise, Actor::Firm { account, .. }) => Some(*account),
        _ => None,
    };
    let key = key(&token);
    let asked = serde_json::json!({ "listener": service.address }).to_string();
    let sealed = cx.app.vault().seal("identity-card", &hex(&key), asked.as_bytes(), cx.chance())?;
    let until = cx.now().checked_add(PATIENCE).unwrap_or(jiff::Timestamp::MAX).as_millisecond();
    let (intent, tied) = (wanted.intent.key(), digest(&browser));
    let mut tx = cx.begin(Operation::ProveIdentity).await?;
    tx.execute(store::BEGIN, args![key, SCHEME, intent, account, tied, wanted.back_to, sealed, cx.now_ms(), until])
        .await?;
    tx.commit_unaudited().await?;
    let url = format!("{}/{}{LISTENER_PATH}?r={token}", service.address, cx.tenant.slug);
    Ok(Some(CardBegun { url, browser: Secret::new(browser) }))
}

/// Takes a request away: of two visits with one token the second finds nothing.
pub(super) async fn take(cx: &Cx, token: &str) -> Result<Option<Request>, Error> {
    let mut tx = cx.begin(Operation::ProveIdentity).await?;
    let found = tx.find(store::TAKE_CARD_REQUEST, args![key(token), cx.now_ms(), SCHEME]).await?;
    tx.commit_unaudited().await?;
    Ok(found)
}

/// The row's key: a token of ours is never a RelayState of SPID's, nor the other way round.
fn key(token: &str) -> Vec<u8> {
    digest(&format!("{SCHEME} {token}"))
}
