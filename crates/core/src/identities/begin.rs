use ::store::args;
use jiff::SignedDuration;
use spid::metadata::EndpointBinding;
use spid::metadata::idp::IdentityProvider;
use spid::saml::{Attribute, AttributeSet, Comparison, Dialect, EntityId, RelayState};
use spid::signature::SignError;
use spid::sp::{AuthnRequest, ConsumerService, PostForm};

use super::cie::FederationError;
use super::config::{CONSUMER, connection, entity_id, message_id, opens};
use super::model::{Intent, Waiting, level};
use super::providers::take_last_good;
use super::store;
use crate::access::{Actor, Operation};
use crate::error::Error;
use crate::secret::Secret;
use crate::vault::digest;
use crate::{Cx, Tx};

/// How long somebody may take at the provider.
const PATIENCE: SignedDuration = SignedDuration::from_mins(15);

/// What requests to SPID providers are sealed as.
pub(super) const SPID_REQUEST: &str = "identity-request";
/// What requests to CIE's are sealed as.
pub(super) const CIE_REQUEST: &str = "cie-request";
/// What logouts that we began are sealed as.
pub(super) const LOGOUT_REQUEST: &str = "logout-request";

/// A RelayState must not look like an address: without an `h` it never says `http`.
const RELAY: &[u8] = b"abcdefgijklmnopqrstuvwxyz0123456789";

/// What is wanted of a provider.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// The provider's entity id, as the browser sent it; for SPID.
    pub provider: &'a str,
    /// Why.
    pub intent: Intent,
    /// A level above the tenant's usual one, when an operation needs it.
    pub level: Option<u8>,
    /// Where to go afterwards: a path of the portal, checked by the caller.
    pub back_to: &'a str,
    /// The token of the browser's cookie, when it has one from an earlier request.
    pub browser: Option<&'a str>,
}

/// How the browser gets to the provider.
#[derive(Debug)]
pub enum Begun {
    /// By a redirection: works everywhere.
    Redirect {
        /// The address.
        url: String,
        /// The token that ties the request to the browser, for the cookie.
        browser: Secret,
    },
    /// By a form, because the provider takes nothing else.
    Form {
        /// The form.
        form: PostForm,
        /// The token that ties the request to the browser, for the cookie.
        browser: Secret,
    },
}

/// Why nobody was asked.
#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    /// The tenant has switched this way of signing in off.
    #[error("this way of signing in is switched off")]
    Off,
    /// The provider is not in the list.
    #[error("the provider is not known")]
    UnknownProvider,
    /// The request cannot be signed.
    #[error("the request cannot be signed")]
    Sign(#[from] SignError),
    /// The federation of CIE.
    #[error("the sign-in with CIE cannot begin")]
    Federation(#[from] FederationError),
    /// Anything else.
    #[error("the sign-in cannot begin")]
    Ground(#[from] Error),
}

/// Makes a request to a provider, which waits for its answer.
///
/// # Errors
/// [`BeginError`].
pub async fn begin(cx: &Cx, wanted: Wanted<'_>) -> Result<Begun, BeginError> {
    let connection = connection(cx).filter(|_| opens(cx).is_none()).ok_or(BeginError::Off)?;
    take_last_good(cx, connection).await?;
    let providers = connection.providers();
    let provider = providers.provider(wanted.provider).ok_or(BeginError::UnknownProvider)?;
    let token = relay_token(cx);
    let relay = RelayState::new(&token).map_err(|_| Error::Stopped("RelayState"))?;
    let browser = wanted.browser.map_or_else(|| cx.chance().token(), str::to_owned);
    let redirect = provider.sign_on(EndpointBinding::HttpRedirect);
    let endpoint =
        redirect.or_else(|| provider.sign_on(EndpointBinding::HttpPost)).ok_or(BeginError::UnknownProvider)?;
    let request = request(cx, provider, &endpoint.location, wanted.level)?;
    let (begun, message) = if redirect.is_some() {
        let sent = request.to_redirect(&connection.key, &relay)?;
        (Begun::Redirect { url: sent.url, browser: Secret::new(browser.clone()) }, sent.xml)
    } else {
        let form = request.to_post(&connection.key, &relay)?;
        let message = form.xml.clone();
        (Begun::Form { form, browser: Secret::new(browser.clone()) }, message)
    };
    let mut tx = cx.begin(Operation::ProveIdentity).await?;
    let plain = serde_json::to_vec(&Waiting::new(&request.pending(), message)).unwrap_or_default();
    keep_waiting(cx, &mut tx, &wanted, &token, &browser, SPID_REQUEST, &plain).await?;
    tx.commit_unaudited().await?;
    Ok(begun)
}

/// A token that goes to a provider and comes back.
pub(super) fn relay_token(cx: &Cx) -> String {
    cx.chance().characters(48, RELAY)
}

fn request(
    cx: &Cx,
    provider: &IdentityProvider,
    destination: &str,
    wanted_level: Option<u8>,
) -> Result<AuthnRequest, BeginError> {
    let file = cx.tenant.spid.as_ref().ok_or(BeginError::Off)?;
    let attributes: AttributeSet = file.attributes.iter().filter_map(|name| Attribute::named(name)).collect();
    let url = format!("{}{CONSUMER}", cx.app.tenant_url(&cx.tenant));
    Ok(AuthnRequest {
        id: message_id(cx),
        issue_instant: cx.now(),
        issuer: EntityId::parse(&entity_id(cx)).map_err(|_| Error::Stopped("entity id"))?,
        provider: provider.entity_id.clone(),
        destination: destination.to_owned(),
        dialect: Dialect::Spid,
        level: level(i64::from(wanted_level.unwrap_or_default().max(file.level))),
        // A provider may always authenticate better than it was asked to.
        comparison: Comparison::Minimum,
        force_authn: false,
        consumer: ConsumerService::Index { index: 0, url },
        attribute_index: 0,
        attributes,
        purpose: file.purpose,
    })
}

/// Keeps a request under its token until the answer comes, sealed for a purpose: what was sealed for SPID answers nobody
/// at CIE.
pub(super) async fn keep_waiting(
    cx: &Cx,
    tx: &mut Tx,
    wanted: &Wanted<'_>,
    token: &str,
    browser: &str,
    purpose: &str,
    plain: &[u8],
) -> Result<(), Error> {
    let account = match (wanted.intent, &cx.actor) {
        (Intent::Link | Intent::Raise, Actor::Firm { account, .. }) => Some(*account),
        _ => None,
    };
    let relay = digest(token);
    let sealed = cx.app.vault().seal(purpose, &hex(&relay), plain, cx.chance())?;
    let until = cx.now().checked_add(PATIENCE).unwrap_or(jiff::Timestamp::MAX).as_millisecond();
    tx.execute(
        store::BEGIN,
        args![
            relay,
            wanted.provider,
            wanted.intent.key(),
            account,
            digest(browser),
            wanted.back_to,
            sealed,
            cx.now_ms(),
            until
        ],
    )
    .await?;
    Ok(())
}

/// Bytes as the vault's name of a row.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
