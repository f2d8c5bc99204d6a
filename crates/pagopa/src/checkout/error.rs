//! Why the hosted page could not be reached.

/// Why a cart was not turned into a page.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CheckoutError {
    /// The service has judged the cart and refused it (HTTP 400 to 499). Sending it again will not help.
    #[error("Checkout refused the cart with HTTP status {status}{}", suffix(detail.as_deref()))]
    Refused {
        /// HTTP status. 401 and 403 mean the subscription key.
        status: u16,
        /// What the service says about it.
        detail: Option<String>,
    },
    /// The service answered that it cannot work now (HTTP 429 or 500 to 599). It may be tried again later.
    #[error("Checkout cannot work now: HTTP status {status}")]
    Unavailable {
        /// HTTP status.
        status: u16,
    },
    /// The service could not be reached. It may be tried again later.
    #[error("Checkout cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    /// The service did not answer in time. The cart may exist; making another is harmless, because the same notice
    /// cannot be paid twice.
    #[error("Checkout did not answer in time")]
    TimedOut(#[source] reqwest::Error),
    /// The service answered without the address of a page.
    #[error("Checkout answered HTTP status {status} without the address of a page")]
    NoAddress {
        /// HTTP status.
        status: u16,
    },
}

fn suffix(detail: Option<&str>) -> String {
    detail.map(|detail| format!(": {detail}")).unwrap_or_default()
}

impl CheckoutError {
    /// Whether trying again later can help.
    #[must_use]
    pub const fn is_temporary(&self) -> bool {
        matches!(self, Self::Unavailable { .. } | Self::Unreachable(_) | Self::TimedOut(_))
    }
}
