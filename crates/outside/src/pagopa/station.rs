//! The node's side of the creditor's SOAP service.

use std::error::Error;
use std::time::Duration;

use pagopa::node::{CONTENT_TYPE, Limits, NodeError, Request, Response};
use reqwest::header::CONTENT_TYPE as CONTENT_TYPE_HEADER;
use reqwest::redirect;

use super::creditor::Creditor;

/// How long a creditor may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
const CONNECT: Duration = Duration::from_secs(3);

/// Why a creditor gave no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum StationError {
    #[error("the station cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    #[error("the station did not answer in time")]
    TimedOut,
    #[error("the station answered HTTP status {0}")]
    Status(u16),
    #[error("the answer is too large")]
    TooLarge,
    #[error("the answer cannot be read")]
    Unreadable(#[source] NodeError),
    #[error("the station answered with a SOAP fault: {0}")]
    SoapFault(Box<str>),
    #[error("the answer belongs to another operation")]
    WrongOperation,
}

impl StationError {
    /// The messages of the error and its causes. The address of the station is not in them: its path is a secret.
    pub(super) fn chain(&self) -> String {
        let mut text = self.to_string();
        let mut cause = self.source();
        while let Some(error) = cause {
            text = format!("{text}: {error}");
            cause = error.source();
        }
        text
    }
}

/// An HTTP client for calls to creditors: no proxy, no redirects.
pub(super) fn http_client() -> reqwest::Client {
    let builder = || reqwest::Client::builder().no_proxy().redirect(redirect::Policy::none()).connect_timeout(CONNECT);
    // A machine without root certificates can still speak plain HTTP to a creditor on the same machine.
    let client = builder().build().or_else(|_| builder().tls_certs_only([]).build());
    client.unwrap_or_default()
}

/// Asks a creditor.
pub(super) async fn call(
    http: &reqwest::Client,
    creditor: &Creditor,
    request: &Request,
) -> Result<Response, StationError> {
    let operation = request.operation();
    let post = http
        .post(creditor.station_url.clone())
        .header(CONTENT_TYPE_HEADER, CONTENT_TYPE)
        .header("SOAPAction", format!("\"{}\"", operation.name()))
        .timeout(PATIENCE)
        .body(request.to_xml());
    let mut answer = post.send().await.map_err(failed)?;
    let status = answer.status().as_u16();
    // SOAP faults come with status 500 and are worth reading.
    if status != 200 && status != 500 {
        return Err(StationError::Status(status));
    }
    let limits = Limits::default();
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(failed)? {
        if body.len() + chunk.len() > limits.bytes {
            return Err(StationError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    match Response::parse_within(&body, &limits) {
        Ok(Response::SoapFault(fault)) => Err(StationError::SoapFault(fault.string)),
        Ok(response) if status == 200 => Ok(response),
        Err(error) if status == 200 => Err(StationError::Unreadable(error)),
        _ => Err(StationError::Status(status)),
    }
}

fn failed(error: reqwest::Error) -> StationError {
    if error.is_timeout() { StationError::TimedOut } else { StationError::Unreachable(error.without_url()) }
}
