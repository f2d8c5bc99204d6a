//! The ways to trust lists and to authorities: bounded in time and size, without redirects.

use std::time::Duration;

use cns::{Fetch, FetchError};

use crate::identities::fetch::Http;

/// An authority that is slower keeps somebody waiting in front of a blank page.
const PATIENCE: Duration = Duration::from_secs(8);
/// The largest revocation list.
pub(super) const LARGEST_CRL: usize = 32 << 20;
const LIST_PATIENCE: Duration = Duration::from_secs(60);
const LARGEST_LIST: usize = 16 << 20;

/// A client with the limits of what it asks for.
#[derive(Debug)]
pub(super) struct Bounded(Http);

impl Bounded {
    /// For revocation lists and responders.
    pub(super) fn for_authorities() -> Result<Self, reqwest::Error> {
        Http::within(PATIENCE, LARGEST_CRL).map(Self)
    }

    /// For the trust list.
    pub(super) fn for_lists() -> Result<Self, reqwest::Error> {
        Http::within(LIST_PATIENCE, LARGEST_LIST).map(Self)
    }
}

impl Fetch for Bounded {
    async fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, FetchError> {
        let url = request.uri().to_string();
        self.0.ask(request).await.map_err(|cause| FetchError { url, cause })
    }
}
