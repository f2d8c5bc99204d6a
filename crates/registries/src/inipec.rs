//! The client of INI-PEC, the national index of certified addresses of firms and professionals (CAD art. 6-bis): one code
//! at a time.
//!
//! **What is known of the interface is an excerpt**: its address (`https://www.inipec.gov.it/lookuppec/rest/v1.0.0`), the
//! call (`GET /{cf}`) and how a client is known there, by its certificate (ModI `ID_AUTH_CHANNEL_02`). The form of an
//! answer is not published where it could be read; taken here is the form in which the business register, kept by the same
//! company, tells the same data (`cf`, `pecImpresa`, `pecProfessionista`). It has to be checked against the interface that
//! comes with an agreement before this client is used in earnest.
//!
//! Because so little is certain, "no entry" is concluded from one answer only: status 200, JSON, the code that was asked
//! for, and `pecImpresa` there and empty. A 404 of any kind, a code left out or a member left out are errors.

use italia::FiscalCode;
use reqwest::{Certificate, Client, Identity, Method};
use serde::Deserialize;
use url::Url;

use crate::error::ConfigError;
use crate::pdnd::{Call, Vouchers};
use crate::{Answered, Error, PecEntry, Stamp, TimeLimits, address, transport};

/// Where INI-PEC is.
#[derive(Debug, Clone)]
pub struct Config {
    /// The address in front of the code, with or without a slash at its end.
    pub base_url: Url,
    /// How long INI-PEC may take.
    pub limits: TimeLimits,
}

/// A client of INI-PEC. Cheap to share behind a reference or an `Arc`.
#[derive(Debug)]
pub struct IniPec {
    base_url: Url,
    http: Client,
    /// Absent when the connection itself says who we are.
    vouchers: Option<Vouchers>,
}

#[derive(Deserialize)]
struct Found {
    cf: String,
    /// The outer `None` is a member that is not there, the inner one a `null`.
    #[serde(rename = "pecImpresa", default, deserialize_with = "present")]
    firm: Option<Option<String>>,
    #[serde(rename = "pecProfessionista", default)]
    professionals: Option<Vec<Professional>>,
}

#[derive(Deserialize)]
struct Professional {
    pec: Option<String>,
}

fn present<'de, D: serde::Deserializer<'de>>(member: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(member).map(Some)
}

impl IniPec {
    /// A client that is known by its certificate: `identity` holds key and certificate chain in PEM, `authorities` the
    /// certificates to trust beside the system's, or nothing.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] when the address, the key or a certificate is not usable.
    pub fn with_certificate(config: Config, identity: &str, authorities: &str) -> Result<Self, ConfigError> {
        let identity = Identity::from_pem(identity.as_bytes()).map_err(ConfigError::Identity)?;
        let authorities = Certificate::from_pem_bundle(authorities.as_bytes()).map_err(ConfigError::Identity)?;
        transport::check_address(&config.base_url)?;
        let http = config.limits.client(|builder| builder.identity(identity).tls_certs_merge(authorities))?;
        Ok(Self { base_url: config.base_url, http, vouchers: None })
    }

    /// A client that shows vouchers, for an e-service on the interoperability platform.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] when the address is not one of a web service or the HTTP client cannot be built.
    pub fn with_vouchers(config: Config, vouchers: Vouchers) -> Result<Self, ConfigError> {
        transport::check_address(&config.base_url)?;
        let http = config.limits.client(|builder| builder)?;
        Ok(Self { base_url: config.base_url, http, vouchers: Some(vouchers) })
    }

    /// Gets a voucher, unless one is held or none is needed.
    pub(crate) async fn open(&self, stamp: Stamp<'_>) -> Result<(), Error> {
        match &self.vouchers {
            Some(vouchers) => vouchers.open(stamp).await,
            None => Ok(()),
        }
    }

    /// Asks for the certified addresses of one code (`GET /{cf}`).
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn look_up(&self, code: &FiscalCode, stamp: Stamp<'_>) -> Result<Answered<PecEntry>, Error> {
        let url = transport::below(&self.base_url, &[code.as_str()]);
        let answer = match &self.vouchers {
            None => transport::send(self.http.get(url), stamp.now).await?,
            Some(vouchers) => {
                let call = Call { http: &self.http, method: Method::GET, url, body: None, name: "inipec" };
                vouchers.call(&call, stamp).await?.accept(stamp.now)?
            }
        };
        answer.try_map(|body| entry(&transport::json(&body)?, code))
    }
}

fn entry(found: &Found, code: &FiscalCode) -> Result<PecEntry, Error> {
    if !address::is_about(&found.cf, code) {
        return Err(Error::Garbled { reason: "the addresses of another code" });
    }
    let firm = found.firm.as_ref().ok_or(Error::Garbled { reason: "an answer without an address" })?;
    let professionals = found.professionals.iter().flatten().filter_map(|p| p.pec.as_deref());
    Ok(address::entry(*code, firm.as_deref(), professionals))
}
