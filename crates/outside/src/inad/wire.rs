//! The indexes' own spellings.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::register::RegisterFirm;

#[derive(Deserialize)]
pub(super) struct ListRequest {
    #[serde(rename = "codiciFiscali")]
    pub(super) codes: Vec<String>,
    /// Spelt so in the interface.
    #[serde(rename = "praticalReference")]
    pub(super) reference: String,
}

#[derive(Serialize)]
pub(super) struct Accepted {
    pub(super) state: &'static str,
    pub(super) message: &'static str,
    pub(super) id: String,
    #[serde(rename = "dateTimeRequest")]
    pub(super) at: String,
}

#[derive(Serialize)]
pub(super) struct Status {
    pub(super) state: &'static str,
    pub(super) message: &'static str,
}

#[derive(Serialize)]
pub(super) struct Verified {
    pub(super) outcome: bool,
    #[serde(rename = "dateTimeCheck")]
    pub(super) at: String,
}

#[derive(Serialize)]
pub(super) struct ListResponse {
    pub(super) list: Vec<Domiciles>,
}

#[derive(Serialize)]
pub(super) struct Domiciles {
    #[serde(rename = "codiceFiscale")]
    code: String,
    since: String,
    #[serde(rename = "digitalAddress")]
    addresses: Vec<Domicile>,
}

#[derive(Serialize)]
struct Domicile {
    #[serde(rename = "digitalAddress")]
    address: String,
    #[serde(rename = "practicedProfession", skip_serializing_if = "Option::is_none")]
    profession: Option<&'static str>,
}

impl Domiciles {
    /// What is on file for `code`; without addresses when nothing is.
    pub(super) fn of(code: &str, entry: Option<&RegisterFirm>, now: Timestamp) -> Self {
        let own = entry.and_then(|entry| entry.pec.clone()).map(|address| Domicile { address, profession: None });
        let professionals = entry.map(|entry| entry.professionals.clone()).unwrap_or_default();
        let professionals = professionals.into_iter().map(|address| Domicile { address, profession: Some("Avvocato") });
        let addresses = own.into_iter().chain(professionals).collect();
        Self { code: code.to_owned(), since: now.to_string(), addresses }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.addresses.is_empty()
    }
}

/// An answer of INI-PEC.
#[derive(Serialize)]
pub(super) struct Certified {
    pub(super) cf: String,
    #[serde(rename = "pecImpresa")]
    pub(super) firm: Option<String>,
    #[serde(rename = "pecProfessionista")]
    pub(super) professionals: Vec<Professional>,
}

#[derive(Serialize)]
pub(super) struct Professional {
    pub(super) pec: String,
}

impl Certified {
    pub(super) fn of(code: &str, entry: Option<&RegisterFirm>) -> Self {
        let professionals = entry.map(|entry| entry.professionals.clone()).unwrap_or_default();
        let professionals = professionals.into_iter().map(|pec| Professional { pec }).collect();
        Self { cf: code.to_owned(), firm: entry.and_then(|entry| entry.pec.clone()), professionals }
    }
}
