//! The ways to trust lists and to authorities: bounded in time and size, without redirects.

use std::time::Duration;

use cns::{Fetch, FetchError};

use super::ocsp::{Question, Recent};
use crate::identities::fetch::Http;

/// An authority that is slower keeps somebody waiting in front of a blank page.
const PATIENCE: Duration = Duration::from_secs(8);
/// The largest revocation list.
pub(super) const LARGEST_CRL: usize = 32 << 20;
const LIST_PATIENCE: Duration = Duration::from_secs(60);
const LARGEST_LIST: usize = 16 << 20;

/// The client for revocation lists and responders.
#[derive(Debug)]
pub(super) struct Authorities(Http);

impl Authorities {
    pub(super) fn new() -> Result<Self, reqwest::Error> {
        Http::within(PATIENCE, LARGEST_CRL).map(Self)
    }

    /// The client for one verification, which looks among recent answers first.
    pub(super) fn with<'a>(&'a self, recent: &'a Recent) -> Asking<'a> {
        Asking { http: &self.0, recent }
    }
}

/// The client for the trust list.
#[derive(Debug)]
pub(super) struct Lists(Http);

impl Lists {
    pub(super) fn new() -> Result<Self, reqwest::Error> {
        Http::within(LIST_PATIENCE, LARGEST_LIST).map(Self)
    }
}

impl Fetch for Lists {
    async fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, FetchError> {
        send(&self.0, request).await
    }
}

/// The client of one verification.
pub(super) struct Asking<'a> {
    http: &'a Http,
    recent: &'a Recent,
}

impl Fetch for Asking<'_> {
    async fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, FetchError> {
        let Some(question) = Question::of(&request) else { return send(self.http, request).await };
        if let Some(answer) = self.recent.answer(&question) {
            return Ok(http::Response::new(answer));
        }
        let response = send(self.http, request).await?;
        if response.status() == http::StatusCode::OK {
            self.recent.heard(question, response.body());
        }
        Ok(response)
    }
}

async fn send(http: &Http, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, FetchError> {
    let url = request.uri().to_string();
    http.ask(request).await.map_err(|cause| FetchError { url, cause })
}
