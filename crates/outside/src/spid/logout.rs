//! Single logout: one service after the other, through the browser.

use std::collections::VecDeque;

use jiff::SignedDuration;
use spid::idp::logout::{
    Demand, Incoming, LogoutError, LogoutResponse, PendingLogout, Plan, Receiver, verify_request, verify_response,
};
use spid::idp::session::Participant;
use spid::metadata::client::Client;
use spid::metadata::{Endpoint, EndpointBinding};
use spid::saml::{RelayState, StatusCode};
use spid::sp::{PostForm, Redirection};

use super::Spid;
use super::answer::Answer;
use super::kit::Kit;

const SKEW: SignedDuration = SignedDuration::from_mins(1);

/// A logout under way.
#[derive(Debug, Clone)]
pub(super) struct Run {
    slug: &'static str,
    plan: Plan,
    /// Who is still to be told.
    rest: VecDeque<Participant>,
    /// Whether all that were told said yes.
    complete: bool,
    /// Whose answer is awaited.
    pending: Option<PendingLogout>,
    /// Who began, with the relay state that it sent; nobody when the person did at the provider.
    began: Option<(Demand, Option<String>)>,
}

/// Where the browser goes next.
#[derive(Debug)]
pub(super) enum Step {
    /// To another address.
    Redirect(String),
    /// To another address, with a form.
    Post(Answer),
    /// Nowhere: it is done. Whether everywhere.
    Done(bool),
}

/// Why a logout message leads nowhere.
#[derive(Debug, thiserror::Error)]
pub(super) enum LogoutFault {
    #[error("the logout message was refused")]
    Message(#[from] LogoutError),
    #[error("no logout is under way that this could be an answer to")]
    NothingPending,
    #[error("the provider cannot write a message")]
    Write(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Spid {
    /// A service wants to end a session.
    pub(super) async fn logout_demanded(
        &self,
        kit: &Kit,
        incoming: Incoming<'_>,
        claimed: Option<&spid::saml::EntityId>,
        relay_state: Option<String>,
    ) -> Result<Step, LogoutFault> {
        let client = match claimed {
            Some(claimed) => self.client(claimed, false).await.map_err(|error| LogoutFault::Write(error.into()))?,
            None => None,
        };
        let at = kit.address("slo");
        let receiver = Receiver { url: &at, now: self.now(), clock_skew: SKEW };
        let demand = verify_request(incoming, &kit.entity_id, &receiver, |_| client.as_deref())?;
        let open = self.session_meant(kit, &demand);
        let plan = Plan::of(open.as_ref(), &demand);
        self.start(kit, plan, Some((demand, relay_state))).await
    }

    /// The person ends the session at the provider.
    pub(super) async fn logout_here(&self, kit: &Kit, index: &str) -> Result<Step, LogoutFault> {
        let open = self.session(kit, index);
        let plan = Plan::for_all(open.as_ref().map(|open| &open.session));
        self.state().sessions.remove(index);
        self.start(kit, plan, None).await
    }

    /// A service has answered.
    pub(super) async fn logout_answered(
        &self,
        kit: &Kit,
        incoming: Incoming<'_>,
        run: Option<&str>,
    ) -> Result<Step, LogoutFault> {
        let run = run.and_then(|id| self.state().runs.remove(id)).filter(|run| run.slug == kit.profile.slug);
        let mut run = run.ok_or(LogoutFault::NothingPending)?;
        let pending = run.pending.take().ok_or(LogoutFault::NothingPending)?;
        let client = self.client(&pending.provider, false).await.ok().flatten();
        let keys = client.as_deref().map(|client| client.signing_keys.as_slice()).unwrap_or_default();
        let at = kit.address("slo");
        let receiver = Receiver { url: &at, now: self.now(), clock_skew: SKEW };
        // An answer that cannot be believed is no reason not to tell the others.
        let status = verify_response(incoming, &receiver, &pending, keys);
        run.complete &= status.is_ok_and(|status| status.code == StatusCode::Success);
        self.advance(kit, run).await
    }

    /// The session of a demand ends at once, whatever the others say.
    fn session_meant(&self, kit: &Kit, demand: &Demand) -> Option<spid::idp::session::Session> {
        let mut state = self.state();
        let meant = state.sessions.values().find(|open| {
            open.slug == kit.profile.slug
                && open.session.is_meant(&demand.client, &demand.subject, &demand.session_indexes)
        });
        let index = meant?.session.index().to_owned();
        state.sessions.remove(&index).map(|open| open.session)
    }

    async fn start(&self, kit: &Kit, plan: Plan, began: Option<(Demand, Option<String>)>) -> Result<Step, LogoutFault> {
        let rest = plan.others.iter().cloned().collect();
        let run = Run { slug: kit.profile.slug, plan, rest, complete: true, pending: None, began };
        self.advance(kit, run).await
    }

    /// Tells the next one; when all were told, answers the first.
    async fn advance(&self, kit: &Kit, mut run: Run) -> Result<Step, LogoutFault> {
        while let Some(other) = run.rest.pop_front() {
            let client = self.client(&other.client, false).await.ok().flatten();
            match client.as_deref().and_then(front_channel) {
                Some(endpoint) => return self.tell(kit, run, &other, endpoint),
                None => run.complete = false,
            }
        }
        let outcome = run.plan.outcome(run.complete);
        match run.began.take() {
            Some((demand, relay_state)) => self.answer_first(kit, &demand, relay_state, outcome).await,
            None => Ok(Step::Done(run.complete)),
        }
    }

    fn tell(&self, kit: &Kit, mut run: Run, other: &Participant, endpoint: &Endpoint) -> Result<Step, LogoutFault> {
        let (id, run_id) = {
            let mut state = self.state();
            (state.id(), state.id().to_string())
        };
        let request = run.plan.request(&kit.entity_id, other, &endpoint.location, id, self.now());
        run.pending = Some(request.pending());
        self.state().runs.insert(run_id.clone(), run);
        let (relay_state, key) = (RelayState::new(&run_id).ok(), &kit.provider(self.now()).map_err(write)?.key);
        match endpoint.binding {
            EndpointBinding::HttpPost => Ok(request.to_post(key, relay_state.as_ref()).map_err(write)?.into()),
            _ => Ok(request.to_redirect(key, relay_state.as_ref()).map_err(write)?.into()),
        }
    }

    async fn answer_first(
        &self,
        kit: &Kit,
        demand: &Demand,
        relay_state: Option<String>,
        outcome: spid::idp::logout::LogoutOutcome,
    ) -> Result<Step, LogoutFault> {
        let client = self.client(&demand.client, false).await.ok().flatten();
        let Some(endpoint) = client.as_deref().and_then(front_channel) else { return Ok(Step::Done(false)) };
        let response = LogoutResponse {
            id: self.state().id(),
            issue_instant: self.now(),
            issuer: kit.entity_id.clone(),
            destination: endpoint.for_responses().to_owned(),
            in_response_to: demand.id.clone(),
            outcome,
        };
        let relay_state = relay_state.and_then(|value| RelayState::new(&value).ok());
        let key = &kit.provider(self.now()).map_err(write)?.key;
        match endpoint.binding {
            EndpointBinding::HttpPost => Ok(response.to_post(key, relay_state.as_ref()).map_err(write)?.into()),
            _ => Ok(response.to_redirect(key, relay_state.as_ref()).map_err(write)?.into()),
        }
    }
}

fn write(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> LogoutFault {
    LogoutFault::Write(error.into())
}

/// By redirection if the service can, else by a form. Calls from server to server are not made here.
fn front_channel(client: &Client) -> Option<&Endpoint> {
    let by = |binding| client.single_logout.iter().find(|endpoint| endpoint.binding == binding);
    by(EndpointBinding::HttpRedirect).or_else(|| by(EndpointBinding::HttpPost))
}

impl From<Redirection> for Step {
    fn from(redirection: Redirection) -> Self {
        Self::Redirect(redirection.url)
    }
}

impl From<PostForm> for Step {
    fn from(form: PostForm) -> Self {
        let mut fields = vec![(form.field.to_owned(), form.value)];
        fields.extend(form.relay_state.map(|value| ("RelayState".to_owned(), value.as_str().to_owned())));
        Self::Post(Answer { action: form.action, fields })
    }
}
