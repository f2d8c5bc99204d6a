//! The client of INAD, the national index of digital domiciles of natural persons, of professionals and of bodies that
//! no register or order enrols (CAD art. 6-quater).
//!
//! | call | when |
//! |---|---|
//! | [`Inad::extract`] | the domiciles of one code, at once |
//! | [`Inad::verify`] | whether an address was the domicile of a code on a day |
//! | [`Inad::request_list`], [`Inad::list`] | up to [`MAX_BATCH`] codes, later |
//!
//! INAD tells absence in two ways: a list names every code that was asked for, without an address where there is none; a
//! single question about an unknown code is answered with status 404 and a problem of INAD's own form. Only these are
//! "no entry". A 404 of a gateway, a page, or a list that leaves codes out is an error, so the question stays open.
//!
//! Redirects are not followed: that a list is ready is told with 303, and its address is known without looking at
//! `Location`. Own types; the published description is licensed CC BY-NC-SA 4.0 and was read for its facts.

mod wire;

use std::collections::BTreeSet;

use italia::{EmailAddress, FiscalCode};
use jiff::civil::Date;
use reqwest::{Client, Method, StatusCode};
use url::Url;

use crate::error::ConfigError;
use crate::pdnd::{Call, Vouchers};
use crate::transport::{self, Exchange};
use crate::{Answered, Error, PecAnswer, PecEntry, RequestId, Stamp, TimeLimits, address};

/// Tax codes in one list at most, as the interface says.
pub const MAX_BATCH: usize = 1_000;

/// Where INAD is, and for which procedure it is asked.
#[derive(Debug, Clone)]
pub struct Config {
    /// The address in front of `/extract`, with or without a slash at its end.
    pub base_url: Url,
    /// The administrative procedure for which is asked (`practicalReference`), in the body's own words.
    pub practical_reference: String,
    /// How long INAD may take.
    pub limits: TimeLimits,
}

/// A client of INAD. Cheap to share behind a reference or an `Arc`.
#[derive(Debug)]
pub struct Inad {
    config: Config,
    vouchers: Vouchers,
    http: Client,
}

impl Inad {
    /// Makes a client; nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] when the address is not one of a web service or the HTTP client cannot be built.
    pub fn new(config: Config, vouchers: Vouchers) -> Result<Self, ConfigError> {
        transport::check_address(&config.base_url)?;
        let http = config.limits.client(|builder| builder)?;
        Ok(Self { config, vouchers, http })
    }

    /// Gets a voucher, unless one is held.
    pub(crate) async fn open(&self, stamp: Stamp<'_>) -> Result<(), Error> {
        self.vouchers.open(stamp).await
    }

    /// Asks for the digital domiciles of one code (`GET /extract/{codice_fiscale}`). An entry without any address is
    /// "no entry".
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn extract(&self, code: &FiscalCode, stamp: Stamp<'_>) -> Result<Answered<PecEntry>, Error> {
        let mut url = self.url(&["extract", code.as_str()]);
        url.query_pairs_mut().append_pair("practicalReference", &self.config.practical_reference);
        let exchange = self.get(url, "extract", stamp).await?;
        if let Some(quota) = wire::not_found(&exchange) {
            return Ok(Answered { value: address::entry(*code, [], []), quota });
        }
        exchange.accept(stamp.now)?.try_map(|body| {
            let found: wire::Domiciles = transport::json(&body)?;
            if !address::is_about(&found.code, code) {
                return Err(Error::Garbled { reason: "the domiciles of another code" });
            }
            wire::entry(&found, stamp.now)
        })
    }

    /// Asks whether `domicile` was a digital domicile of `code` on the day `since` (`GET /verify/{codice_fiscale}`). A code
    /// that INAD does not know had none.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn verify(
        &self,
        code: &FiscalCode,
        domicile: &EmailAddress,
        since: Date,
        stamp: Stamp<'_>,
    ) -> Result<Answered<bool>, Error> {
        let mut url = self.url(&["verify", code.as_str()]);
        url.query_pairs_mut()
            .append_pair("digital_address", domicile.as_str())
            .append_pair("since", &since.to_string())
            .append_pair("practicalReference", &self.config.practical_reference);
        let exchange = self.get(url, "verify", stamp).await?;
        if let Some(quota) = wire::not_found(&exchange) {
            return Ok(Answered { value: false, quota });
        }
        exchange.accept(stamp.now)?.try_map(|body| Ok(transport::json::<wire::Verified>(&body)?.outcome))
    }

    /// Asks for the digital domiciles of 1 to [`MAX_BATCH`] codes (`POST /listDigitalAddress`). The id that comes back holds
    /// all that [`list`](Self::list) needs, also after a restart.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; [`Error::BatchSize`] before anything is sent.
    pub async fn request_list(&self, codes: &[FiscalCode], stamp: Stamp<'_>) -> Result<Answered<RequestId>, Error> {
        let distinct: BTreeSet<&str> = codes.iter().map(FiscalCode::as_str).collect();
        if distinct.is_empty() || codes.len() > MAX_BATCH {
            return Err(Error::BatchSize { asked: codes.len(), max: MAX_BATCH });
        }
        let count = distinct.len();
        let body = wire::ListRequest { codes: distinct, reference: &self.config.practical_reference };
        let body = serde_json::to_vec(&body).map_err(|_| Error::Garbled { reason: "a request that is no JSON" })?;
        let url = self.url(&["listDigitalAddress"]);
        let call = Call { http: &self.http, method: Method::POST, url, body: Some(body), name: "list" };
        let exchange = self.vouchers.call(&call, stamp).await?;
        let location = exchange.header("location").map(str::to_owned);
        exchange.accept(stamp.now)?.try_map(|body| {
            let accepted: wire::Accepted = transport::json(&body)?;
            wire::Ticket::new(&accepted.id, count, location.as_deref())?.into_request()
        })
    }

    /// Asks for a list: its state (`GET /listDigitalAddress/state/{id}`) and, once that is 303 or `DISPONIBILE`, the list
    /// itself (`GET /listDigitalAddress/response/{id}`), which INAD keeps for 48 hours.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; [`Error::Rejected`] when INAD does not know the request, or no longer.
    pub async fn list(&self, id: &RequestId, stamp: Stamp<'_>) -> Result<Answered<PecAnswer>, Error> {
        let ticket = wire::Ticket::read(id)?;
        let state = self.get(self.url(&["listDigitalAddress", "state", ticket.id()]), "state", stamp).await?;
        if state.status != StatusCode::SEE_OTHER {
            let state = state.accept(stamp.now)?.try_map(|body| wire::is_ready(&body))?;
            if !state.value {
                return Ok(state.map(|_| PecAnswer::Pending));
            }
        }
        let list = self.get(self.url(&["listDigitalAddress", "response", ticket.id()]), "response", stamp).await?;
        list.accept(stamp.now)?.try_map(|body| {
            let list: wire::List = transport::json(&body)?;
            let entries: Vec<PecEntry> =
                list.list.iter().map(|found| wire::entry(found, stamp.now)).collect::<Result<_, _>>()?;
            ticket.check(&entries)?;
            Ok(PecAnswer::Ready(entries))
        })
    }

    async fn get(&self, url: Url, name: &'static str, stamp: Stamp<'_>) -> Result<Exchange, Error> {
        let call = Call { http: &self.http, method: Method::GET, url, body: None, name };
        self.vouchers.call(&call, stamp).await
    }

    fn url(&self, segments: &[&str]) -> Url {
        transport::below(&self.config.base_url, segments)
    }
}
