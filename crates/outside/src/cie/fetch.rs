//! The way to the relying parties, which never leaves this machine.

use std::time::Duration;

use axum::http::{Request, Response};
use spid::fetch::{Fetch, FetchError};

use super::register::on_this_machine;

/// No answer of the federation is longer.
const LONGEST: usize = 128 * 1024;
const PATIENCE: Duration = Duration::from_secs(10);

/// A client without redirects, proxies and patience.
#[derive(Debug, Clone)]
pub(super) struct Http(reqwest::Client);

/// Why nothing was read.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("the address is on another machine")]
    Elsewhere,
    #[error("the answer is longer than {LONGEST} bytes")]
    TooLong,
}

type Cause = Box<dyn std::error::Error + Send + Sync>;

impl Http {
    pub(super) fn new() -> Self {
        let builder = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        // The settings are fixed, and a client with defaults does nearly the same.
        Self(builder.timeout(PATIENCE).build().unwrap_or_default())
    }

    async fn exchange(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Cause> {
        // Whoever is asked names further addresses to be asked.
        if !request.uri().host().is_some_and(on_this_machine) {
            return Err(Refused::Elsewhere.into());
        }
        let mut answer = self.0.execute(request.try_into()?).await?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            body.extend_from_slice(&chunk);
            if body.len() > LONGEST {
                return Err(Refused::TooLong.into());
            }
        }
        let mut read = Response::new(body);
        *read.status_mut() = answer.status();
        *read.headers_mut() = std::mem::take(answer.headers_mut());
        Ok(read)
    }
}

impl Fetch for Http {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, FetchError> {
        let url = request.uri().to_string();
        self.exchange(request).await.map_err(|cause| FetchError { url, cause })
    }
}
