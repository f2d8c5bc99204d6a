//! Who calls: by key, within a limit.

use axum::extract::{FromRequestParts, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::request::Parts;
use http::{HeaderMap, HeaderName, StatusCode, header};
use sportello_core::access::Actor;
use sportello_core::committenti::usage::{self, Limit};
use sportello_core::committenti::{self, Known};
use sportello_core::{Cx, Secret};

use super::problem::Problem;
use super::{problem, repeated};
use crate::rx::Rx;
use crate::state::State;

/// The program that calls, and for whom.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The operations' context, in the caller's name.
    pub cx: Cx,
    /// Whose key it is.
    pub known: Known,
    /// The limit of the caller's minute.
    pub limit: Limit,
    /// The id of what the request makes, when the request may be repeated.
    pub(super) claim: Option<i64>,
}

impl Caller {
    /// The id of what the request makes: the same one when the request comes again.
    pub fn id(&self) -> i64 {
        self.claim.unwrap_or_else(|| self.cx.id())
    }
}

impl FromRequestParts<State> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &State) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or_else(unauthorized)
    }
}

fn unauthorized() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "unauthorized")
}

/// Lets a caller with a good key through, within its limit.
pub(super) async fn guard(request: Request, next: Next) -> Response {
    let Some(rx) = request.extensions().get::<Rx>().cloned() else { return Problem::not_found().into_response() };
    let (caller, limit) = match admitted(&rx, request.headers()).await {
        Ok(caller) => (caller.clone(), caller.limit),
        Err((problem, limit)) => {
            return limited(problem::written(&rx, &problem), limit.as_ref(), problem.into_response().headers());
        }
    };
    let response = repeated::serve(&rx, caller, request, next).await;
    limited(response, Some(&limit), &HeaderMap::new())
}

async fn admitted(rx: &Rx, headers: &HeaderMap) -> Result<Caller, (Problem, Option<Limit>)> {
    let ground = |error: sportello_core::Error| (Problem::from(error), None);
    let known = match bearer(headers) {
        Some(key) => committenti::authenticate(rx.cx(), &key).await.map_err(ground)?,
        None => None,
    };
    let Some(known) = known else {
        // Trying keys must not be cheaper for a network than filling in forms.
        let state = &rx.inner().state;
        let too_many = state.limits().count(rx.inner().address, rx.cx().now(), state.settings().posts_per_minute);
        let problem = too_many.map_or_else(unauthorized, |seconds| crate::Failure::TooMany(seconds).into());
        return Err((problem, None));
    };
    let limit = usage::count(rx.cx(), &known).await.map_err(ground)?;
    if limit.left < 0 {
        let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-many").retry_after(limit.reset);
        return Err((problem, Some(limit)));
    }
    let cx = rx.cx().acting_as(Actor::Committente { id: known.committente_id, key: known.key_id });
    Ok(Caller { cx, known, limit, claim: None })
}

/// The key of an `Authorization: Bearer` header (RFC 6750 section 2.1).
fn bearer(headers: &HeaderMap) -> Option<Secret> {
    let (scheme, key) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let key = key.trim();
    (scheme.eq_ignore_ascii_case("bearer") && key.len() < 200).then(|| Secret::new(key))
}

/// Adds what ModI asks for: the limit, what is left of it, and in how many seconds it is whole again.
fn limited(mut response: Response, limit: Option<&Limit>, more: &HeaderMap) -> Response {
    let headers = response.headers_mut();
    for name in [header::RETRY_AFTER, header::WWW_AUTHENTICATE] {
        if let Some(value) = more.get(&name) {
            headers.insert(name, value.clone());
        }
    }
    if let Some(limit) = limit {
        let members = [
            ("x-ratelimit-limit", limit.most),
            ("x-ratelimit-remaining", limit.left.max(0)),
            ("x-ratelimit-reset", limit.reset),
        ];
        for (name, value) in members {
            headers.insert(HeaderName::from_static(name), value.into());
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(value: &str) -> Option<String> {
        let headers = HeaderMap::from_iter([(header::AUTHORIZATION, value.parse().unwrap())]);
        bearer(&headers).map(|key| key.expose().to_owned())
    }

    #[test]
    fn a_key_comes_as_a_bearer_token() {
        assert_eq!(key("Bearer spk_abc").as_deref(), Some("spk_abc"));
        assert_eq!(key("bearer  spk_abc").as_deref(), Some("spk_abc"));
        for bad in ["spk_abc", "Basic spk_abc", "Bearer"] {
            assert_eq!(key(bad), None, "{bad}");
        }
        assert_eq!(bearer(&HeaderMap::new()).map(|_| ()), None);
    }
}
