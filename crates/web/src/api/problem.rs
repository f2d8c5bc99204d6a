//! Errors for programs (RFC 9457): a type that is an address, a title, a sentence that says what to do.

use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode, header};
use serde_json::{Map, Value, json};
use sportello_core::Error;

use crate::failure::Failure;
use crate::rx::Rx;

/// Headers that an answer keeps.
const KEPT: [HeaderName; 3] = [header::ALLOW, header::RETRY_AFTER, header::WWW_AUTHENTICATE];

/// An error of the interface. Title and detail are texts `problem-KIND-title` and `problem-KIND-detail`.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    status: StatusCode,
    kind: &'static str,
    members: Map<String, Value>,
    retry_after: Option<i64>,
}

impl Problem {
    /// A problem of this kind.
    pub fn new(status: StatusCode, kind: &'static str) -> Self {
        Self { status, kind, members: Map::new(), retry_after: None }
    }

    /// There is no such thing, or it is not this caller's.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found")
    }

    /// What was sent cannot be understood; `pointer` names the place, as a JSON pointer or the name of a parameter.
    pub fn unprocessable(pointer: &str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "unprocessable").with("pointer", pointer)
    }

    /// Adds a member. Never what the caller sent.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }

    /// Says after how many seconds it may go better.
    #[must_use]
    pub fn retry_after(mut self, seconds: i64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Failure::from(error).into()
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        let problem = Self::new(failure.status(), kind_of(failure.status()));
        match failure {
            Failure::TooMany(seconds) => problem.retry_after(i64::try_from(seconds).unwrap_or(60)),
            Failure::SignIn(_) | Failure::Level(_) => Self::new(StatusCode::UNAUTHORIZED, "unauthorized"),
            _ => problem,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.max(1).into());
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"api\""));
        }
        response.extensions_mut().insert(self);
        response
    }
}

fn kind_of(status: StatusCode) -> &'static str {
    match status {
        StatusCode::BAD_REQUEST => "bad-request",
        StatusCode::UNAUTHORIZED => "unauthorized",
        StatusCode::FORBIDDEN => "forbidden",
        StatusCode::NOT_FOUND => "not-found",
        StatusCode::METHOD_NOT_ALLOWED => "method-not-allowed",
        StatusCode::NOT_ACCEPTABLE => "not-acceptable",
        StatusCode::PAYLOAD_TOO_LARGE => "too-large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "unsupported-media-type",
        StatusCode::UNPROCESSABLE_ENTITY => "unprocessable",
        StatusCode::TOO_MANY_REQUESTS => "too-many",
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::BAD_GATEWAY => "busy",
        status if status.is_client_error() => "bad-request",
        _ => "internal",
    }
}

/// The address that names a kind of problem.
pub(super) fn address(rx: &Rx, kind: &str) -> String {
    rx.full_url(&format!("{}/problems/{kind}", super::PATH))
}

/// An answer as it leaves: an error as a problem, whoever made it.
pub(super) fn of_any(rx: &Rx, response: Response) -> Response {
    if response.status().as_u16() < 400 {
        return response;
    }
    let media = response.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if media == "application/problem+json" {
        return response;
    }
    let own = response.extensions().get::<Problem>().cloned();
    let failure = || response.extensions().get::<Failure>().cloned().map(Problem::from);
    let by_status = || Problem::new(response.status(), kind_of(response.status()));
    let problem = own.or_else(failure).unwrap_or_else(by_status);
    let mut made = written(rx, &problem);
    for (name, value) in response.headers() {
        let limits = name.as_str().starts_with("x-ratelimit-");
        if limits || KEPT.contains(name) {
            made.headers_mut().insert(name, value.clone());
        }
    }
    if let Some(seconds) = problem.retry_after {
        made.headers_mut().insert(header::RETRY_AFTER, seconds.max(1).into());
    }
    made
}

/// The problem as it is sent.
pub(super) fn written(rx: &Rx, problem: &Problem) -> Response {
    let kind = problem.kind;
    let mut body = json!({
        "type": address(rx, kind),
        "title": rx.t(&format!("problem-{kind}-title")),
        "status": problem.status.as_u16(),
        "detail": rx.t(&format!("problem-{kind}-detail")),
        "instance": format!("urn:sportello:request:{}", rx.cx().request),
    });
    if let Some(members) = body.as_object_mut() {
        members.extend(problem.members.clone());
    }
    (problem.status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
}
