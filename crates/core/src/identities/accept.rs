use ::store::args;
use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use spid::saml::ErrorCode;
use spid::sp::PendingRequest;
use spid::sp::response::{self, AttributePolicy, Identity, Input, Policy, ResponseError};

use super::begin::{SPID_REQUEST, hex};
use super::cie::FederationError;
use super::config::connection;
use super::model::{Intent, Proved, Waiting};
use super::providers::take_last_good;
use super::{SpidConnection, cards, log, store};
use crate::access::Operation;
use crate::accounts::AccountId;
use crate::error::Error;
use crate::secret::Secret;
use crate::vault::digest;
use crate::{Cx, Tx, row};

/// How long a proved identity waits for the browser.
const WAIT: SignedDuration = SignedDuration::from_mins(5);

row! {
    pub(super) struct Request {
        pub(super) provider: String,
        intent: String,
        account_id: Option<AccountId>,
        browser: Vec<u8>,
        back_to: String,
        request: Vec<u8>,
    }
}

impl Request {
    /// What was wanted, and where to go afterwards.
    pub(super) fn begun(&self) -> (Intent, String) {
        (Intent::from_key(&self.intent), self.back_to.clone())
    }
}

/// A Response that proves an identity.
#[derive(Debug)]
pub struct Accepted {
    /// The token under which the browser fetches what follows.
    pub token: Secret,
}

/// A Response that proves nothing.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Nobody waits for it: never asked, answered already, or too late.
    #[error("nobody waits for this Response")]
    Unsolicited,
    /// The provider says no, by a code of AgID's table.
    #[error("the provider says no: {0:?}")]
    Status(ErrorCode),
    /// The Response breaks a rule, or is forged.
    #[error("the Response is not accepted")]
    Response(#[source] Box<ResponseError>),
    /// The assertion was used before.
    #[error("the assertion was used before")]
    Replay,
    /// CIE: the way back, the tokens or the attributes are not accepted.
    #[error("the sign-in with CIE is not accepted")]
    Federation(#[from] Box<FederationError>),
    /// There is no tax code in it.
    #[error("the identity has no tax code")]
    NoTaxCode,
    /// Anything else.
    #[error("the Response cannot be dealt with")]
    Ground(#[from] Error),
}

impl From<FederationError> for Refusal {
    fn from(error: FederationError) -> Self {
        Self::Federation(Box::new(error))
    }
}

/// A refusal, and what the sign-in was for, as far as it is known: so that the person can begin again where they were.
#[derive(Debug)]
pub struct Refused {
    /// Why.
    pub refusal: Refusal,
    /// What was wanted, and where to go afterwards.
    pub begun: Option<(Intent, String)>,
}

impl Refused {
    pub(super) fn of(request: &Request, refusal: Refusal) -> Self {
        Self { refusal, begun: Some(request.begun()) }
    }
}

impl<E: Into<Refusal>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self { refusal: error.into(), begun: None }
    }
}

/// Takes a Response as the browser posts it. Whatever comes out, the request that it answers is over.
///
/// # Errors
/// [`Refused`].
pub async fn accept(cx: &Cx, saml_response: &str, relay_state: &str) -> Result<Accepted, Refused> {
    let system = cx.as_system("identity");
    let Some(connection) = connection(cx) else { return Err(Refusal::Unsolicited.into()) };
    // Before the request is taken: it must not be lost because this node has just started.
    take_last_good(cx, connection).await?;
    let taken = take::<Waiting>(&system, SPID_REQUEST, relay_state).await?;
    let Some((request, waiting)) = taken else { return Err(Refusal::Unsolicited.into()) };
    let pending = waiting.pending().ok_or(Error::Stopped("a pending request"))?;
    let mut tx = system.begin(Operation::ProveIdentity).await?;
    let accepted = match verify(connection, &pending, saml_response, cx.now()) {
        Ok(identity) => settle(&system, &mut tx, &request, &identity).await,
        Err(error) => Err(refusal(error)),
    };
    let result = log::result(&accepted);
    log::keep(&system, &mut tx, &request.provider, &result, &waiting.message, saml_response).await?;
    // The log stays, also of a refusal.
    tx.commit_unaudited().await?;
    accepted.map_err(|refusal| Refused::of(&request, refusal))
}

/// Takes the request that waits under a token, when it was sealed for this purpose.
pub(super) async fn take<T: DeserializeOwned>(
    cx: &Cx,
    purpose: &str,
    relay_state: &str,
) -> Result<Option<(Request, T)>, Error> {
    let relay = digest(relay_state);
    let mut tx = cx.begin(Operation::ProveIdentity).await?;
    let found: Option<Request> = tx.find(store::TAKE_REQUEST, args![relay.clone(), cx.now_ms()]).await?;
    tx.commit_unaudited().await?;
    // A request that waits for a card is answered at the listener only.
    let Some(request) = found.filter(|request| request.provider != cards::SCHEME) else { return Ok(None) };
    // An answer that came to the other kind's address: nobody waits for it here.
    let Ok(plain) = cx.app.vault().open(purpose, &hex(&relay), &request.request) else { return Ok(None) };
    let waiting = serde_json::from_slice(&plain).map_err(|_| Error::Stopped("a pending request"))?;
    Ok(Some((request, waiting)))
}

fn verify(
    connection: &SpidConnection,
    pending: &PendingRequest,
    saml_response: &str,
    now: Timestamp,
) -> Result<Identity, ResponseError> {
    let providers = connection.providers();
    let provider = providers.provider(pending.provider.as_str());
    let keys = provider.map_or(&[][..], |provider| provider.signing_keys.as_slice());
    // The tax code is all that must be there: a personal identity has no company, and some providers leave things out.
    let policy = Policy { attributes: AttributePolicy::Lenient, ..Policy::default() };
    response::verify(&Input { saml_response, pending, keys, now, policy })
}

async fn settle(cx: &Cx, tx: &mut Tx, request: &Request, identity: &Identity) -> Result<Accepted, Refusal> {
    let name = format!("{} {}", identity.provider.as_str(), identity.assertion_id.as_str());
    use_once(tx, &name, identity.not_on_or_after).await?;
    let proved = Proved::from_identity(identity).ok_or(Refusal::NoTaxCode)?;
    Ok(keep_outcome(cx, tx, request, &proved).await?)
}

/// Uses up a provider's statement, by the names of both, until it ends.
pub(super) async fn use_once(tx: &mut Tx, name: &str, end: Timestamp) -> Result<(), Refusal> {
    let used = tx.execute(store::USE_ASSERTION, args![digest(name), end.as_millisecond()]).await?;
    if used == 0 { Err(Refusal::Replay) } else { Ok(()) }
}

/// Keeps what was proved until the browser fetches it.
pub(super) async fn keep_outcome(cx: &Cx, tx: &mut Tx, request: &Request, proved: &Proved) -> Result<Accepted, Error> {
    let token = cx.chance().token();
    let key = digest(&token);
    let plain = serde_json::to_vec(proved).unwrap_or_default();
    let sealed = cx.app.vault().seal("identity", &hex(&key), &plain, cx.chance())?;
    let until = cx.now().checked_add(WAIT).unwrap_or(jiff::Timestamp::MAX).as_millisecond();
    tx.execute(
        store::KEEP_OUTCOME,
        args![
            key,
            request.intent.as_str(),
            request.account_id,
            request.browser.clone(),
            request.back_to.as_str(),
            sealed,
            until
        ],
    )
    .await?;
    Ok(Accepted { token: Secret::new(token) })
}

fn refusal(error: ResponseError) -> Refusal {
    match error {
        ResponseError::Status(status) => Refusal::Status(status.error_code),
        other => Refusal::Response(Box::new(other)),
    }
}

/// The name of a refusal in the log: never a value that came with it.
pub(super) fn name(refusal: &Refusal) -> String {
    let name = match refusal {
        Refusal::Status(code) => return code.number().map_or("no-code".to_owned(), |number| format!("nr{number:02}")),
        Refusal::Federation(error) => return error.name(),
        Refusal::Replay => "replay",
        Refusal::NoTaxCode => "no-tax-code",
        Refusal::Unsolicited | Refusal::Ground(_) => "error",
        Refusal::Response(error) => match **error {
            ResponseError::Signature { .. } => "signature",
            ResponseError::Level { .. } => "level",
            ResponseError::Rule(_) => "rule",
            _ => "malformed",
        },
    };
    name.to_owned()
}
