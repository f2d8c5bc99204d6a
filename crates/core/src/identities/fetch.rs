//! The way to registries and metadata: bounded in time and size, without redirects.

use std::time::Duration;

use spid::fetch::{Fetch, FetchError};

const PATIENCE: Duration = Duration::from_secs(20);
const LARGEST: usize = 4 << 20;

/// A client that the protocol crates may use.
#[derive(Debug)]
pub(super) struct Http {
    client: reqwest::Client,
    largest: usize,
}

impl Http {
    pub(super) fn new() -> Result<Self, reqwest::Error> {
        Self::within(PATIENCE, LARGEST)
    }

    /// A client with limits of its own.
    pub(super) fn within(patience: Duration, largest: usize) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder().timeout(patience).redirect(reqwest::redirect::Policy::none());
        Ok(Self { client: client.build()?, largest })
    }

    pub(super) async fn ask(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, Cause> {
        let mut answer = self.client.execute(request.try_into()?).await?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            body.extend_from_slice(&chunk);
            if body.len() > self.largest {
                return Err(format!("more than {} bytes", self.largest).into());
            }
        }
        let mut response = http::Response::new(body);
        *response.status_mut() = answer.status();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        Ok(response)
    }
}

pub(super) type Cause = Box<dyn std::error::Error + Send + Sync>;

impl Fetch for Http {
    async fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, FetchError> {
        let url = request.uri().to_string();
        self.ask(request).await.map_err(|cause| FetchError { url, cause })
    }
}
