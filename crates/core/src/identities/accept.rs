use ::store::args;
use jiff::{SignedDuration, Timestamp};
use spid::saml::ErrorCode;
use spid::sp::PendingRequest;
use spid::sp::response::{self, AttributePolicy, Identity, Input, Policy, ResponseError};

use super::begin::hex;
use super::config::connection;
use super::model::{Proved, Waiting};
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
    struct Request {
        provider: String,
        intent: String,
        account_id: Option<AccountId>,
        browser: Vec<u8>,
        back_to: String,
        request: Vec<u8>,
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
    /// There is no tax code in it.
    #[error("the identity has no tax code")]
    NoTaxCode,
    /// Anything else.
    #[error("the Response cannot be dealt with")]
    Ground(#[from] Error),
}

/// Takes a Response as the browser posts it. Whatever comes out, the request that it answers is over.
///
/// # Errors
/// [`Refusal`].
pub async fn accept(cx: &Cx, saml_response: &str, relay_state: &str) -> Result<Accepted, Refusal> {
    let system = cx.as_system("identity");
    let Some(connection) = connection(cx) else { return Err(Refusal::Unsolicited) };
    // Before the request is taken: it must not be lost because this node has just started.
    take_last_good(cx, connection).await?;
    let Some((request, waiting)) = take(&system, relay_state).await? else { return Err(Refusal::Unsolicited) };
    let pending = waiting.pending().ok_or(Error::Stopped("a pending request"))?;
    let mut tx = system.begin(Operation::ProveIdentity).await?;
    let accepted = match verify(connection, &pending, saml_response, cx.now()) {
        Ok(identity) => settle(&system, &mut tx, &request, &identity).await,
        Err(error) => Err(refusal(error)),
    };
    let result = accepted.as_ref().map_or_else(name, |_| log::PROVED.to_owned());
    log::keep(&system, &mut tx, &request.provider, &result, &waiting.message, saml_response).await?;
    // The log stays, also of a refusal.
    tx.commit_unaudited().await?;
    accepted
}

async fn take(cx: &Cx, relay_state: &str) -> Result<Option<(Request, Waiting)>, Error> {
    let relay = digest(relay_state);
    let mut tx = cx.begin(Operation::ProveIdentity).await?;
    let found: Option<Request> = tx.find(store::TAKE_REQUEST, args![relay.clone(), cx.now_ms()]).await?;
    tx.commit_unaudited().await?;
    // A request that waits for a card is answered at the listener only.
    let Some(request) = found.filter(|request| request.provider != cards::SCHEME) else { return Ok(None) };
    let plain = cx.app.vault().open("identity-request", &hex(&relay), &request.request)?;
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
    let used = digest(&format!("{} {}", identity.provider.as_str(), identity.assertion_id.as_str()));
    let end = identity.not_on_or_after.as_millisecond();
    if tx.execute(store::USE_ASSERTION, args![used, end]).await? == 0 {
        return Err(Refusal::Replay);
    }
    let proved = Proved::from_identity(identity).ok_or(Refusal::NoTaxCode)?;
    let token = cx.chance().token();
    let key = digest(&token);
    let plain = serde_json::to_vec(&proved).unwrap_or_default();
    let sealed = cx.app.vault().seal("identity", &hex(&key), &plain, cx.chance()).map_err(Error::from)?;
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
fn name(refusal: &Refusal) -> String {
    let name = match refusal {
        Refusal::Status(code) => return code.number().map_or("no-code".to_owned(), |number| format!("nr{number:02}")),
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
