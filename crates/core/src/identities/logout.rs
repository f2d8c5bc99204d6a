//! Single logout, both ways (*Regole tecniche*, "Single Logout").

use ::store::args;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use spid::metadata::idp::IdentityProvider;
use spid::metadata::{Endpoint, EndpointBinding};
use spid::saml::{EntityId, MessageId, RelayState, StatusCode};
use spid::signature::SignError;
use spid::sp::PostForm;
use spid::sp::logout::{
    Incoming, LogoutDemand, LogoutError, LogoutRequest, LogoutResponse, PendingLogout, Receiver, verify_request,
    verify_response,
};
use spid::sp::response::Subject;

use super::accept::take;
use super::begin::{LOGOUT_REQUEST, Wanted, hex, keep_waiting, relay_token};
use super::config::{LOGOUT, connection, entity_id, message_id};
use super::finish::subject;
use super::model::{Intent, Proved};
use super::providers::take_last_good;
use super::{SpidConnection, cie, store};
use crate::access::Operation;
use crate::error::Error;
use crate::vault::digest;
use crate::{Cx, chain, row};

const SKEW: SignedDuration = SignedDuration::from_secs(60);

row! {
    struct Row { proof: Option<Vec<u8>> }
}

/// A message that the browser carries to the provider.
#[derive(Debug)]
pub enum Reply {
    /// By a redirection.
    Redirect(String),
    /// By a form.
    Form(PostForm),
}

/// Why a logout message was not dealt with.
#[derive(Debug, thiserror::Error)]
pub enum LogoutRefusal {
    /// The tenant has no SPID.
    #[error("SPID is switched off")]
    Off,
    /// The message is not accepted.
    #[error("the logout message is not accepted")]
    Message(#[from] LogoutError),
    /// The provider has no address for the answer.
    #[error("the provider names no address for the answer")]
    NoAddress,
    /// The answer cannot be signed.
    #[error("the answer cannot be signed")]
    Sign(#[from] SignError),
    /// Anything else.
    #[error("the logout cannot be dealt with")]
    Ground(#[from] Error),
}

/// A provider ends a session: ours ends too, and the provider is told. A session that never was is a success (the rules
/// say so).
///
/// # Errors
/// [`LogoutRefusal`].
pub async fn answer(cx: &Cx, incoming: Incoming<'_>, relay_state: Option<&str>) -> Result<Reply, LogoutRefusal> {
    let connection = connection(cx).ok_or(LogoutRefusal::Off)?;
    take_last_good(cx, connection).await?;
    let url = address(cx);
    let providers = connection.providers();
    let keys = |id: &EntityId| providers.provider(id.as_str()).map(|provider| provider.signing_keys.as_slice());
    let receiver = Receiver { url: &url, now: cx.now(), clock_skew: SKEW };
    let demand = verify_request(incoming, &receiver, keys)?;
    let mut tx = cx.as_system("identity").begin(Operation::SignOut).await?;
    let named = subject(demand.provider.as_str(), &demand.subject.name_id);
    let ended = tx.execute(store::END_BY_SUBJECT, args![named]).await?;
    tx.note("provider", demand.provider.as_str()).note("ended", ended);
    tx.commit().await?;
    let provider = providers.provider(demand.provider.as_str()).ok_or(LogoutRefusal::NoAddress)?;
    reply(cx, connection, provider, &demand, relay_state)
}

fn reply(
    cx: &Cx,
    connection: &SpidConnection,
    provider: &IdentityProvider,
    demand: &LogoutDemand,
    relay_state: Option<&str>,
) -> Result<Reply, LogoutRefusal> {
    let endpoint = endpoint(provider).ok_or(LogoutRefusal::NoAddress)?;
    let response = LogoutResponse {
        id: message_id(cx),
        issue_instant: cx.now(),
        issuer: issuer(cx)?,
        destination: endpoint.for_responses().to_owned(),
        in_response_to: demand.id.clone(),
        status: StatusCode::Success,
    };
    let relay = relay_state.and_then(|value| RelayState::new(value).ok());
    Ok(match endpoint.binding {
        EndpointBinding::HttpRedirect => Reply::Redirect(response.to_redirect(&connection.key, relay.as_ref())?.url),
        _ => Reply::Form(response.to_post(&connection.key, relay.as_ref())?),
    })
}

/// The request with which somebody who leaves here leaves the provider too; nothing when the session was not opened with
/// an identity, or at a level for which the provider keeps no session. A token of CIE is revoked by a job. To be called
/// before the session ends.
///
/// # Errors
/// [`LogoutRefusal`].
pub async fn leave(cx: &Cx, token: &str) -> Result<Option<Reply>, LogoutRefusal> {
    let Some(proved) = proof_of(cx, token).await? else { return Ok(None) };
    cie::revoke_now(cx, &proved).await?;
    let Some(connection) = connection(cx) else { return Ok(None) };
    let providers = connection.providers();
    let Some(provider) = providers.provider(&proved.provider) else { return Ok(None) };
    let (Some(endpoint), Some(index)) = (endpoint(provider), proved.session_index) else { return Ok(None) };
    let request = LogoutRequest {
        id: message_id(cx),
        issue_instant: cx.now(),
        issuer: issuer(cx)?,
        provider: provider.entity_id.clone(),
        destination: endpoint.location.clone(),
        subject: Subject { name_id: proved.name_id, name_qualifier: proved.name_qualifier },
        session_index: Some(index),
    };
    let token = wait_for_answer(cx, &request.pending()).await?;
    let relay = RelayState::new(&token).map_err(|_| Error::Stopped("RelayState"))?;
    Ok(Some(match endpoint.binding {
        EndpointBinding::HttpRedirect => Reply::Redirect(request.to_redirect(&connection.key, Some(&relay))?.url),
        _ => Reply::Form(request.to_post(&connection.key, Some(&relay))?),
    }))
}

/// Sees to it that a session which another one replaces opens nothing at the provider any more. To be called before it
/// ends.
///
/// # Errors
/// [`Error`].
pub async fn replace(cx: &Cx, token: &str) -> Result<(), Error> {
    match proof_of(cx, token).await? {
        Some(proved) => cie::revoke_now(cx, &proved).await,
        None => Ok(()),
    }
}

/// What was proved when a session began; nothing when it was a password.
pub(super) async fn proof_of(cx: &Cx, token: &str) -> Result<Option<Proved>, Error> {
    let key = digest(token);
    let row: Option<Row> = cx.find(store::PROOF, args![key.clone()]).await?;
    let Some(proof) = row.and_then(|row| row.proof) else { return Ok(None) };
    let plain = cx.app.vault().open("session-proof", &hex(&key), &proof)?;
    serde_json::from_slice(&plain).map(Some).map_err(|_| Error::Stopped("a session's proof"))
}

/// A logout that we began, as it is sealed into its row.
#[derive(Serialize, Deserialize)]
struct Leaving {
    id: String,
    issued_at: i64,
    provider: String,
}

impl Leaving {
    fn pending(&self) -> Option<PendingLogout> {
        Some(PendingLogout {
            id: MessageId::parse(&self.id).ok()?,
            issue_instant: jiff::Timestamp::from_millisecond(self.issued_at).ok()?,
            provider: EntityId::parse(&self.provider).ok()?,
        })
    }
}

/// Keeps what the provider's answer will be compared with; gives the token that comes back with it.
async fn wait_for_answer(cx: &Cx, pending: &PendingLogout) -> Result<String, Error> {
    let token = relay_token(cx);
    let leaving = Leaving {
        id: pending.id.as_str().to_owned(),
        issued_at: pending.issue_instant.as_millisecond(),
        provider: pending.provider.as_str().to_owned(),
    };
    let plain = serde_json::to_vec(&leaving).unwrap_or_default();
    let provider = leaving.provider.as_str();
    let wanted = Wanted { provider, intent: Intent::Leave, level: None, back_to: "/", browser: None };
    let mut tx = cx.begin(Operation::ProveIdentity).await?;
    // Whoever brings the answer has no session any more: it is tied to no browser, and changes nothing here.
    keep_waiting(cx, &mut tx, &wanted, &token, "", LOGOUT_REQUEST, &plain).await?;
    tx.commit_unaudited().await?;
    Ok(token)
}

/// How a logout that we began went at the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// The provider's session has ended, and those of all services that it knew of.
    Everywhere,
    /// The provider could not end all of them.
    Partly,
    /// Nothing is known of it: the answer is nobody's, or not to be believed.
    Unknown,
}

/// The provider's answer to a logout that we began. Our own session had ended before.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn left(cx: &Cx, incoming: Incoming<'_>, relay_state: &str) -> Result<Left, Error> {
    let Some(connection) = connection(cx) else { return Ok(Left::Unknown) };
    take_last_good(cx, connection).await?;
    let taken = take::<Leaving>(&cx.as_system("identity"), LOGOUT_REQUEST, relay_state).await?;
    let Some(pending) = taken.and_then(|(_, leaving)| leaving.pending()) else { return Ok(Left::Unknown) };
    let providers = connection.providers();
    let keys = providers.provider(pending.provider.as_str()).map_or(&[][..], |known| known.signing_keys.as_slice());
    let url = address(cx);
    let receiver = Receiver { url: &url, now: cx.now(), clock_skew: SKEW };
    Ok(match verify_response(incoming, &receiver, &pending, keys) {
        Ok(status) if status.code == StatusCode::Success && status.substatus.is_none() => Left::Everywhere,
        Ok(_) => Left::Partly,
        Err(error) => {
            tracing::warn!(error = chain(&error), "a provider's answer to a logout is not believed");
            Left::Unknown
        }
    })
}

fn endpoint(provider: &IdentityProvider) -> Option<&Endpoint> {
    let by = |binding| provider.single_logout.iter().find(move |endpoint| endpoint.binding == binding);
    by(EndpointBinding::HttpRedirect).or_else(|| by(EndpointBinding::HttpPost))
}

fn issuer(cx: &Cx) -> Result<EntityId, Error> {
    EntityId::parse(&entity_id(cx)).map_err(|_| Error::Stopped("entity id"))
}

/// Where logout messages arrive.
fn address(cx: &Cx) -> String {
    format!("{}{LOGOUT}", cx.app.tenant_url(&cx.tenant))
}
