//! Fetching the trust list anew.

use jiff::Timestamp;

use super::{CheckError, TrustList, TslError};
use crate::fetch::{Fetch, FetchError};

/// Where AgID publishes the Italian trusted list.
pub const ITALIAN_LIST: &str = "https://eidas.agid.gov.it/TL/TSL-IT.xml";

/// Why the trust list was not refreshed. The last good one stays in force.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RefreshError {
    /// The address is not one.
    #[error("the address of the trust list is wrong")]
    Address(#[source] http::Error),
    /// No answer came.
    #[error("the trust list could not be fetched")]
    Fetch(#[from] FetchError),
    /// The answer was something other than the list.
    #[error("the trust list was answered with status {status}")]
    Status {
        /// The HTTP status.
        status: u16,
    },
    /// What came is no list to rely on.
    #[error("the fetched trust list cannot be used")]
    List(#[from] TslError),
    /// What came is older than what we have. Somebody may be bringing back a list with an authority that has been
    /// withdrawn since.
    #[error("the fetched trust list has number {fetched}, the one in force {in_force}")]
    Older {
        /// The number of the list that came.
        fetched: u64,
        /// The number of the list in force.
        in_force: u64,
    },
    /// What came has expired already.
    #[error("the fetched trust list expired on {since}")]
    Expired {
        /// Since when.
        since: Timestamp,
    },
}

/// Fetches the trust list and returns it when it is to be put in the place of `in_force`.
///
/// A product calls this once a day, keeps [`TrustList::bytes`] of what comes, and starts with [`TrustList::newest`] of
/// the kept copy and an embedded one.
///
/// # Errors
/// [`RefreshError`] when there is no newer usable list; `in_force` then goes on serving until it expires.
pub async fn refresh(
    fetch: &impl Fetch,
    address: &str,
    check: impl FnOnce(&[u8]) -> Result<(), CheckError>,
    in_force: Option<&TrustList>,
    now: Timestamp,
) -> Result<TrustList, RefreshError> {
    let request = http::Request::get(address).body(Vec::new()).map_err(RefreshError::Address)?;
    let answer = fetch.send(request).await?;
    if answer.status() != http::StatusCode::OK {
        return Err(RefreshError::Status { status: answer.status().as_u16() });
    }
    let list = TrustList::from_tsl(answer.body(), check, now)?;
    if let (Some(fetched), Some(in_force)) = (list.sequence(), in_force.and_then(TrustList::sequence))
        && fetched < in_force
    {
        return Err(RefreshError::Older { fetched, in_force });
    }
    match list.next_update() {
        Some(since) if since < now => Err(RefreshError::Expired { since }),
        _ => Ok(list),
    }
}
