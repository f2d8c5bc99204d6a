//! The way to registries and metadata: bounded in time and size, without redirects.

use std::time::Duration;

use spid::fetch::{Fetch, FetchError};

const PATIENCE: Duration = Duration::from_secs(20);
const LARGEST: usize = 4 << 20;

/// A client that the crate `spid` may use.
#[derive(Debug)]
pub(super) struct Http(reqwest::Client);

impl Http {
    pub(super) fn new() -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none());
        client.build().map(Self)
    }

    async fn ask(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, Cause> {
        let mut answer = self.0.execute(request.try_into()?).await?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            body.extend_from_slice(&chunk);
            if body.len() > LARGEST {
                return Err(format!("more than {LARGEST} bytes").into());
            }
        }
        let mut response = http::Response::new(body);
        *response.status_mut() = answer.status();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        Ok(response)
    }
}

type Cause = Box<dyn std::error::Error + Send + Sync>;

impl Fetch for Http {
    async fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, FetchError> {
        let url = request.uri().to_string();
        self.ask(request).await.map_err(|cause| FetchError { url, cause })
    }
}
