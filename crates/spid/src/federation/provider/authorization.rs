//! The authorization endpoint.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use super::super::entity::EntityId;
use super::super::fault::{Fault, FaultCode};
use super::super::jose::Unverified;
use super::super::json::{ClaimError, Members as _, Object};
use super::super::rp::Acr;
use super::{Client, OpenIdProvider};

/// A request that was verified. The provider keeps it while the person signs in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Authorization {
    /// Who asks.
    pub client_id: EntityId,
    /// Where to go back to.
    pub redirect_uri: String,
    /// Goes back unchanged.
    pub state: String,
    /// Goes into the id token; the provider accepts it once.
    pub nonce: String,
    /// What the verifier has to hash to.
    pub code_challenge: String,
    /// The scopes, `openid` among them.
    pub scopes: Vec<String>,
    /// The levels that will do, the preferred one first.
    pub levels: Vec<Acr>,
    /// The attributes that were asked for one by one.
    pub claims: Vec<String>,
    /// Whether the person has to sign in anew.
    pub login: bool,
    /// Whether the provider was asked to get the person's consent.
    pub consent: bool,
    /// Who answers.
    issuer: EntityId,
}

/// A request that is not granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub fault: Fault,
    /// Where to send the browser; `None` when no address can be trusted, and the provider shows a page of its own.
    pub redirect: Option<String>,
}

impl OpenIdProvider {
    /// Who says to be asking, believed by nobody: to find the trust chain.
    #[must_use]
    pub fn client_of(parameters: &[(String, String)]) -> Option<EntityId> {
        let request = once(parameters, "request").ok()?;
        let request = Unverified::parse(request).ok()?;
        EntityId::parse(request.claims().text("client_id").ok()?).ok()
    }

    /// Verifies a request against the client that the chain describes.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn authorize(
        &self,
        parameters: &[(String, String)],
        client: &Client,
        now: Timestamp,
    ) -> Result<Authorization, Refusal> {
        let nowhere = |fault| Refusal { fault, redirect: None };
        let request = once(parameters, "request").map_err(nowhere)?;
        let object = client.verify(request, &[self.id.as_str()], now).map_err(|fault| {
            nowhere(Fault { code: FaultCode::InvalidRequestObject, description: fault.description })
        })?;
        let read = Authorization::read(&object.claims, client, self.id.clone());
        let (authorization, problem) = read.map_err(nowhere)?;
        let repeated = ["scope", "client_id", "response_type", "code_challenge", "code_challenge_method"];
        let same = repeated.iter().all(|name| match once(parameters, name) {
            Ok(value) => object.claims.get(*name).and_then(|inner| inner.as_str()) == Some(value),
            Err(_) => *name != "scope",
        });
        match problem {
            Some(fault) => Err(authorization.refuse(fault)),
            None if !same => {
                Err(authorization.refuse(Fault::with(FaultCode::InvalidRequest, "parameters differ from the object")))
            }
            None => Ok(authorization),
        }
    }
}

impl Authorization {
    /// Reads the object. A fault beside the authorization is one to be reported to the redirect address.
    fn read(claims: &Object, client: &Client, issuer: EntityId) -> Result<(Self, Option<Fault>), Fault> {
        let invalid = |error: ClaimError| Fault::with(FaultCode::InvalidRequest, &error.to_string());
        let redirect_uri = claims.text("redirect_uri").map_err(invalid)?.to_owned();
        if !client.redirect_uris.contains(&redirect_uri) {
            return Err(Fault::with(FaultCode::InvalidRequest, "the redirect address is not registered"));
        }
        let text = |name| claims.optional_text(name).ok().flatten().unwrap_or_default().to_owned();
        let words = |name| text(name).split_ascii_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let asked = claims.get("claims").and_then(|claims| claims.get("userinfo")).and_then(|asked| asked.as_object());
        let prompt = words("prompt");
        let authorization = Self {
            client_id: client.id.clone(),
            redirect_uri,
            state: text("state"),
            nonce: text("nonce"),
            code_challenge: text("code_challenge"),
            scopes: words("scope"),
            levels: words("acr_values").iter().filter_map(|uri| Acr::from_uri(uri)).collect(),
            claims: asked.map(|asked| asked.keys().cloned().collect()).unwrap_or_default(),
            login: prompt.iter().any(|word| word == "login"),
            consent: prompt.iter().any(|word| word == "consent"),
            issuer,
        };
        let problem = authorization.problem(claims);
        Ok((authorization, problem))
    }

    fn problem(&self, claims: &Object) -> Option<Fault> {
        let is = |name: &str, value: &str| claims.get(name).and_then(|found| found.as_str()) == Some(value);
        let strong = |text: &str| text.len() >= 32 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let checks = [
            (is("client_id", self.client_id.as_str()), FaultCode::InvalidRequest, "client_id"),
            (is("response_type", "code"), FaultCode::InvalidRequest, "response_type"),
            (is("code_challenge_method", "S256"), FaultCode::InvalidRequest, "code_challenge_method"),
            (self.code_challenge.len() == 43, FaultCode::InvalidRequest, "code_challenge"),
            (strong(&self.state), FaultCode::InvalidRequest, "state"),
            (strong(&self.nonce), FaultCode::InvalidRequest, "nonce"),
            (!self.levels.is_empty(), FaultCode::InvalidRequest, "acr_values"),
            (self.consent, FaultCode::InvalidRequest, "prompt"),
            (self.scopes.iter().any(|scope| scope == "openid"), FaultCode::InvalidScope, "scope"),
        ];
        checks.into_iter().find(|(good, ..)| !good).map(|(_, code, name)| Fault::with(code, name))
    }

    /// Where to send the browser with the code.
    #[must_use]
    pub fn grant(&self, code: &str) -> Option<Url> {
        self.back(&[("code", code)])
    }

    /// Where to send the browser with an error.
    #[must_use]
    pub fn refuse(&self, fault: Fault) -> Refusal {
        let description = fault.description.clone().unwrap_or_default();
        let redirect = self.back(&[("error", fault.code.name()), ("error_description", &description)]);
        Refusal { fault, redirect: redirect.map(String::from) }
    }

    fn back(&self, parameters: &[(&str, &str)]) -> Option<Url> {
        let mut url = Url::parse(&self.redirect_uri).ok()?;
        let common = [("state", self.state.as_str()), ("iss", self.issuer.as_str())];
        url.query_pairs_mut().extend_pairs(parameters).extend_pairs(common);
        Some(url)
    }
}

/// A parameter that stands exactly once.
pub(super) fn once<'p>(parameters: &'p [(String, String)], name: &str) -> Result<&'p str, Fault> {
    let mut found = parameters.iter().filter(|(known, _)| known == name);
    match (found.next(), found.next()) {
        (Some((_, value)), None) => Ok(value),
        _ => Err(Fault::with(FaultCode::InvalidRequest, name)),
    }
}
