//! The way out: this crate makes no connection of its own.
use std::future::Future;

/// Sends one HTTP request. The product gives its own client, with time limits, a size limit and no redirects.
pub trait Fetch: Send + Sync {
    /// Sends `request` and returns the answer, whatever its status.
    ///
    /// # Errors
    /// [`FetchError`] when no answer came.
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> impl Future<Output = Result<http::Response<Vec<u8>>, FetchError>> + Send;
}

/// No answer came.
#[derive(Debug, thiserror::Error)]
#[error("no answer from {url}")]
pub struct FetchError {
    /// Whom was asked.
    pub url: String,
    /// Why.
    #[source]
    pub cause: Box<dyn std::error::Error + Send + Sync>,
}
