//! The client that turns a cart into the address of a page.

use std::fmt;
use std::time::Duration;

use reqwest::header::LOCATION;
use reqwest::{Response, StatusCode, redirect};
use url::Url;

use super::cart::Cart;
use super::error::CheckoutError;
use super::{KEY_HEADER, wire};

/// The key that pagoPA gives to a creditor; `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct SubscriptionKey(Box<str>);

impl SubscriptionKey {
    /// Takes the key.
    #[must_use]
    pub fn new(key: impl Into<Box<str>>) -> Self {
        Self(key.into())
    }
}

impl fmt::Debug for SubscriptionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SubscriptionKey(…)")
    }
}

/// How long to wait. A payer is waiting too, so the defaults are short: 3 s to connect, 8 s in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeLimits {
    /// For the connection.
    pub connect: Duration,
    /// For everything, from the connection to the last byte.
    pub total: Duration,
}

impl Default for TimeLimits {
    fn default() -> Self {
        Self { connect: Duration::from_secs(3), total: Duration::from_secs(8) }
    }
}

/// A client of Checkout for one creditor.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    carts: Url,
    base: Url,
    key: SubscriptionKey,
    total: Duration,
}

/// An error body is read up to here; what is longer is no explanation.
const ERROR_BODY: usize = 16 * 1024;

impl Client {
    /// Makes a client for the service at `base` (in production [`PRODUCTION`](super::PRODUCTION)).
    ///
    /// Fails only if the TLS machinery cannot be set up.
    pub fn new(base: Url, key: SubscriptionKey, limits: TimeLimits) -> Result<Self, reqwest::Error> {
        let http =
            reqwest::Client::builder().redirect(redirect::Policy::none()).connect_timeout(limits.connect).build()?;
        Ok(Self::with_http(http, base, key, limits.total))
    }

    /// Uses an HTTP client that exists already. It **must not follow redirects**: the redirect is the answer, and the
    /// address of the page belongs to the payer's browser. The time to connect is the HTTP client's own matter.
    #[must_use]
    pub fn with_http(http: reqwest::Client, base: Url, key: SubscriptionKey, total: Duration) -> Self {
        let mut carts = base.clone();
        carts.set_path(&format!("{}/carts", base.path().trim_end_matches('/')));
        Self { http, carts, base, key, total }
    }

    /// Posts a cart and gives the address of the page to which the payer's browser must be sent.
    pub async fn create(&self, cart: &Cart) -> Result<Url, CheckoutError> {
        let request = self.http.post(self.carts.clone()).header(KEY_HEADER, &*self.key.0).timeout(self.total);
        let response = request.json(cart).send().await.map_err(failed)?;
        let status = response.status();
        if status.is_redirection() {
            return self.address(&response);
        }
        if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() {
            return Err(CheckoutError::Unavailable { status: status.as_u16() });
        }
        if status.is_client_error() {
            return Err(CheckoutError::Refused { status: status.as_u16(), detail: detail(response).await });
        }
        Err(CheckoutError::NoAddress { status: status.as_u16() })
    }

    fn address(&self, response: &Response) -> Result<Url, CheckoutError> {
        let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
        location
            .and_then(|location| self.base.join(location).ok())
            .filter(|url| matches!(url.scheme(), "http" | "https"))
            .ok_or(CheckoutError::NoAddress { status: response.status().as_u16() })
    }
}

fn failed(error: reqwest::Error) -> CheckoutError {
    if error.is_timeout() { CheckoutError::TimedOut(error) } else { CheckoutError::Unreachable(error) }
}

/// What the service says about a refusal, as far as it can be read.
async fn detail(mut response: Response) -> Option<String> {
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        body.extend_from_slice(&chunk);
        if body.len() > ERROR_BODY {
            return None;
        }
    }
    let problem: wire::ProblemDetails = serde_json::from_slice(&body).ok()?;
    let text = problem.detail.or(problem.title)?;
    Some(text.chars().filter(|c| !c.is_control()).take(300).collect())
}
