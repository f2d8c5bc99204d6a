//! The register's own spellings (`infocamere.yaml`).

use serde::{Deserialize, Serialize};

use super::firms::RegisterFirm;

/// Scope of the service that answers with certified addresses.
pub(super) const SCOPE_PEC: &str = "pec-pa";
/// Scope of the service that answers with seats.
pub(super) const SCOPE_SEAT: &str = "sede-impresa-pa";
/// Scope of the service that answers with legal representatives.
pub(super) const SCOPE_REPRESENTATIVES: &str = "lr-pa";
/// Every scope for which a token is made.
pub(super) const SCOPES: [&str; 3] = [SCOPE_PEC, SCOPE_SEAT, SCOPE_REPRESENTATIVES];

/// The error code of a list that is still being made.
pub(super) const IN_PROGRESS: &str = "WSPA_ERR_05";
/// The error code of a code that is not on file.
pub(super) const NOT_FOUND: &str = "WSPA_ERR_04";

#[derive(Deserialize)]
pub(super) struct JwsHeader {
    pub(super) alg: String,
    #[serde(default)]
    pub(super) x5c: Vec<String>,
    #[serde(rename = "use")]
    pub(super) usage: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct JwsClaims {
    pub(super) aud: String,
    pub(super) iss: String,
    pub(super) sub: String,
    pub(super) jti: String,
    pub(super) exp: i64,
    pub(super) scope: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct TokenClaims {
    pub(super) sub: String,
    pub(super) scope: String,
    pub(super) exp: i64,
}

#[derive(Deserialize)]
pub(super) struct BatchRequest {
    #[serde(rename = "dataOraRichiesta")]
    pub(super) _at: String,
    #[serde(rename = "elencoCf")]
    pub(super) codes: Vec<BatchCode>,
}

#[derive(Deserialize)]
pub(super) struct BatchCode {
    pub(super) cf: String,
}

#[derive(Serialize)]
pub(super) struct BatchResponse {
    #[serde(rename = "dataOraRichiesta")]
    pub(super) at: String,
    #[serde(rename = "identificativoRichiesta")]
    pub(super) id: String,
}

#[derive(Serialize)]
pub(super) struct PollingResponse {
    #[serde(rename = "dataOraDownload")]
    pub(super) at: String,
    #[serde(rename = "identificativoRichiesta")]
    pub(super) id: String,
    #[serde(rename = "elencoPec")]
    pub(super) entries: Vec<Pec>,
}

#[derive(Serialize)]
pub(super) struct Pec {
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

/// A list that is still being made, or a code that is not on file: answers with status 200 that name an error.
#[derive(Serialize)]
pub(super) struct Trouble {
    pub(super) code: &'static str,
    #[serde(rename = "appName")]
    pub(super) app: &'static str,
    pub(super) description: &'static str,
    pub(super) timestamp: String,
}

#[derive(Serialize)]
pub(super) struct SeatResponse {
    #[serde(rename = "dataOraEstrazione")]
    pub(super) at: String,
    pub(super) cf: String,
    #[serde(rename = "indirizzoLocalizzazione")]
    pub(super) address: LegalAddress,
}

#[derive(Serialize)]
pub(super) struct LegalAddress {
    denominazione: String,
    toponimo: String,
    via: String,
    #[serde(rename = "nCivico")]
    n_civico: String,
    cap: String,
    comune: String,
    provincia: String,
}

impl From<&RegisterFirm> for LegalAddress {
    fn from(firm: &RegisterFirm) -> Self {
        let seat = firm.seat.clone();
        Self {
            denominazione: firm.name.clone(),
            toponimo: seat.toponym,
            via: seat.street,
            n_civico: seat.number,
            cap: seat.postal_code,
            comune: seat.municipality,
            provincia: seat.province,
        }
    }
}

impl From<&RegisterFirm> for Pec {
    fn from(firm: &RegisterFirm) -> Self {
        Self {
            cf: firm.code.clone(),
            firm: firm.pec.clone(),
            professionals: firm.professionals.iter().map(|pec| Professional { pec: pec.clone() }).collect(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct RepresentedResponse {
    #[serde(rename = "dataOraEstrazione")]
    pub(super) at: String,
    #[serde(rename = "cfPersona")]
    pub(super) person: String,
    #[serde(rename = "elencoImpreseRappresentate")]
    pub(super) firms: Vec<RepresentedFirm>,
}

#[derive(Serialize)]
pub(super) struct RepresentedFirm {
    #[serde(rename = "cfImpresa")]
    pub(super) cf: String,
    #[serde(rename = "denominazione")]
    pub(super) name: String,
}

#[derive(Serialize)]
pub(super) struct VerificationResponse {
    #[serde(rename = "dataOraEstrazione")]
    pub(super) at: String,
    #[serde(rename = "cfPersona")]
    pub(super) person: String,
    #[serde(rename = "cfImpresa")]
    pub(super) firm: String,
    #[serde(rename = "esitoVerifica")]
    pub(super) outcome: &'static str,
}
