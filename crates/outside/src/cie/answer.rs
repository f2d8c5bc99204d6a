//! From a request to the way back.

use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use spid::federation::fault::{Fault, FaultCode};
use spid::federation::provider::{Authorization, Grant, OpenIdProvider, Refusal};
use spid::federation::rp::Acr;
use url::Url;

use super::behaviour::Behaviour;
use super::clients::Known;
use super::grants::Held;
use super::outcome::Outcome;
use super::{Cie, attributes};
use crate::spid::Person;

/// What a person does on the sign-in page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CieAnswer {
    /// Who signs in.
    pub fiscal_code: String,
    /// With what: level 1 is a password, level 2 the app's code as well, level 3 the card and its PIN.
    pub level: Acr,
    /// How it ends.
    pub outcome: Outcome,
}

/// Why the browser is not sent back.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerError {
    /// The address is not the provider's authorization endpoint.
    #[error("the address is not the provider's authorization endpoint")]
    Address,
    /// Nobody has this tax code.
    #[error("there is no such person")]
    NoPerson,
    /// The page does not offer a level below the least that is asked for.
    #[error("the level is below the least that is asked for")]
    Level,
    /// The person would see a page, since no address to go back to can be trusted.
    #[error("the provider shows a page")]
    Page(#[source] Fault),
    /// No chain leads to the relying party, or not to one that can be served.
    #[error("the relying party is not known to the federation")]
    Client(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What becomes of a request.
pub(super) enum Heard {
    /// The person is to be asked.
    Accepted(Box<Authorization>, Arc<Known>),
    /// The relying party is told what is wrong.
    Rejected(String),
}

impl Cie {
    /// Does what the pages do when a browser comes to `authorization_url` and a person chooses; for tests without a
    /// browser. Gives the address to which the browser is sent back. A request that breaks a rule is answered with its
    /// error, whatever the outcome.
    ///
    /// # Errors
    ///
    /// [`AnswerError`] when there is a page instead, or the answer is none that the page offers.
    pub async fn answer(&self, authorization_url: &str, answer: CieAnswer) -> Result<String, AnswerError> {
        let person = self.person(&answer.fiscal_code).ok_or(AnswerError::NoPerson)?;
        let (address, query) = authorization_url.split_once('?').unwrap_or((authorization_url, ""));
        if address != self.kit().provider.endpoint("authorization") {
            return Err(AnswerError::Address);
        }
        match self.hear(&parameters(query.as_bytes())).await? {
            Heard::Rejected(back) => Ok(back),
            Heard::Accepted(authorization, _) => self.conclude(&authorization, person, answer.level, answer.outcome),
        }
    }

    /// Verifies a request against the relying party's chain. What only a changed configuration explains is tried again
    /// with the chain collected afresh.
    pub(super) async fn hear(&self, parameters: &[(String, String)]) -> Result<Heard, AnswerError> {
        let missing = || AnswerError::Page(Fault::with(FaultCode::InvalidRequest, "request"));
        let id = OpenIdProvider::client_of(parameters).ok_or_else(missing)?;
        let mut known = self.client(&id, false).await.map_err(|error| AnswerError::Client(error.into()))?;
        let mut heard = self.kit().provider.authorize(parameters, &known.client, self.now());
        if heard.as_ref().is_err_and(|refusal| refusal.redirect.is_none()) {
            known = self.client(&id, true).await.map_err(|error| AnswerError::Client(error.into()))?;
            heard = self.kit().provider.authorize(parameters, &known.client, self.now());
        }
        match heard {
            Ok(authorization) => Ok(Heard::Accepted(Box::new(authorization), known)),
            Err(refusal) => self.refused(refusal).map(Heard::Rejected),
        }
    }

    /// Where the browser goes after the person has chosen.
    pub(super) fn conclude(
        &self,
        authorization: &Authorization,
        person: &Person,
        level: Acr,
        outcome: Outcome,
    ) -> Result<String, AnswerError> {
        if let Some(fault) = outcome.fault() {
            return self.refused(authorization.refuse(fault));
        }
        if authorization.levels.iter().min().is_none_or(|least| level < *least) {
            return Err(AnswerError::Level);
        }
        if !self.state().is_new("nonce", &authorization.client_id, &authorization.nonce) {
            return self.refused(authorization.refuse(Fault::with(FaultCode::InvalidRequest, "nonce")));
        }
        let code = self.agree(authorization, person, level);
        let back = authorization.grant(&code).map(|back| self.by_whom(back));
        back.ok_or_else(|| AnswerError::Page(Fault::with(FaultCode::InvalidRequest, "redirect_uri")))
    }

    /// Keeps what the person agreed to, and gives its code.
    fn agree(&self, authorization: &Authorization, person: &Person, level: Acr) -> String {
        let grant = Grant {
            authorization: authorization.clone(),
            subject: self.subject(person, authorization.client_id.as_str()),
            acr: level,
            attributes: attributes::given(authorization, person),
            granted: self.now(),
        };
        let mut state = self.state();
        let (id, code) = (state.id(), format!("{}{}", state.id(), state.id()));
        state.codes.insert(code.clone(), id.clone());
        state.grants.insert(id, Held::new(person, grant));
        code
    }

    fn refused(&self, refusal: Refusal) -> Result<String, AnswerError> {
        match refusal.redirect.as_deref().and_then(|back| Url::parse(back).ok()) {
            Some(back) => Ok(self.by_whom(back)),
            None => Err(AnswerError::Page(refusal.fault)),
        }
    }

    /// The way back, in the provider's name or, if it misbehaves, in another's.
    fn by_whom(&self, mut back: Url) -> String {
        if self.behaviour() == Behaviour::OtherIssuer {
            let other = format!("{}/altro", self.inner.base);
            let pairs: Vec<(String, String)> = back.query_pairs().into_owned().collect();
            let pairs = pairs.into_iter().map(|(name, value)| match name.as_str() {
                "iss" => (name, other.clone()),
                _ => (name, value),
            });
            back.query_pairs_mut().clear().extend_pairs(pairs.collect::<Vec<_>>());
        }
        back.into()
    }

    /// The person's name for one relying party, which tells another nothing.
    fn subject(&self, person: &Person, client_id: &str) -> String {
        let text = format!("{} {client_id} {}", self.inner.names.provider, person.fiscal_code);
        digest(&SHA256, text.as_bytes()).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The parameters of a query or a form.
pub(super) fn parameters(encoded: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(encoded).into_owned().take(32).collect()
}
