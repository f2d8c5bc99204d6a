//! What a page says when it cannot be shown: what happened, why, what to do next.

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use sportello_core::Error;

/// A request that ends in an error page. The page itself is made by the site, which knows tenant and language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// What was sent cannot be understood.
    BadRequest,
    /// There is no such page, or it is not for this visitor.
    NotFound,
    /// The visitor may not do this; the reason is a text key.
    Forbidden,
    /// The tenant demands an identity of this level for what was to be done.
    Level(u8),
    /// What was sent is too large.
    TooLarge,
    /// The visitor must wait so many seconds.
    TooMany(u64),
    /// The form came from another site.
    CrossSite,
    /// Too many people do this at the same time; nothing was lost.
    Busy,
    /// Something outside does not answer; nothing was lost.
    Outside,
    /// Our own fault. Logged where it happened, under the request's id.
    Internal,
    /// Nobody is signed in: go to the sign-in page and come back to this address.
    SignIn(String),
}

impl Failure {
    /// The status.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Outside => StatusCode::BAD_GATEWAY,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::SignIn(_) | Self::Level(_) => StatusCode::SEE_OTHER,
        }
    }

    /// The end of the text keys of its page.
    pub fn key(&self) -> &'static str {
        match self {
            Self::BadRequest => "bad-request",
            Self::NotFound => "not-found",
            Self::Forbidden => "forbidden",
            Self::TooLarge => "too-large",
            Self::TooMany(_) => "too-many",
            Self::CrossSite => "cross-site",
            Self::Busy => "busy",
            Self::Outside => "outside",
            Self::Internal | Self::SignIn(_) | Self::Level(_) => "internal",
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Forbidden { .. } => Self::Forbidden,
            Error::Level { level, .. } => Self::Level(level),
            Error::Store(store::Error::NoRow) => Self::NotFound,
            error => {
                tracing::error!(error = sportello_core::chain(&error), "a request failed");
                Self::Internal
            }
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
