//! The register's own spellings (`infocamere.yaml`).

use serde::{Deserialize, Serialize};

/// Scope of the service that answers with certified addresses.
pub(crate) const SCOPE_PEC: &str = "pec-pa";
/// Scope of the service that answers with seats.
pub(crate) const SCOPE_SEAT: &str = "sede-impresa-pa";
/// Scope of the service that answers with legal representatives.
pub(crate) const SCOPE_REPRESENTATIVES: &str = "lr-pa";

/// The error code of a list that is still being made.
const IN_PROGRESS: &str = "WSPA_ERR_05";
/// The error code of a code that the register does not know.
const NOT_FOUND: &str = "WSPA_ERR_04";

#[derive(Serialize)]
pub(crate) struct JwsClaims<'a> {
    pub(crate) aud: &'a str,
    pub(crate) iss: &'a str,
    pub(crate) sub: &'a str,
    pub(crate) jti: &'a str,
    pub(crate) iat: i64,
    pub(crate) exp: i64,
    pub(crate) scope: &'static str,
}

#[derive(Serialize)]
pub(crate) struct BatchRequest<'a> {
    #[serde(rename = "dataOraRichiesta")]
    pub(crate) at: String,
    #[serde(rename = "elencoCf")]
    pub(crate) codes: Vec<BatchCode<'a>>,
}

#[derive(Serialize)]
pub(crate) struct BatchCode<'a> {
    pub(crate) cf: &'a str,
}

/// The fields by which an answer with status 200 may turn out to be an error.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Trouble {
    code: Option<serde_json::Value>,
    description: Option<String>,
}

impl Trouble {
    /// The error code as text: the register writes it as a string, its own examples also as a number.
    pub(crate) fn code(&self) -> Option<String> {
        match self.code.as_ref()? {
            serde_json::Value::String(text) if text.is_empty() => None,
            serde_json::Value::String(text) => Some(text.clone()),
            serde_json::Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    pub(crate) fn is_in_progress(&self) -> bool {
        let says = self.description.as_deref().is_some_and(|d| d.to_ascii_lowercase().contains("in progress"));
        self.code().is_some_and(|c| c.eq_ignore_ascii_case(IN_PROGRESS)) || says
    }

    pub(crate) fn is_not_found(&self) -> bool {
        self.code().is_some_and(|c| c.eq_ignore_ascii_case(NOT_FOUND))
    }
}

#[derive(Deserialize)]
pub(crate) struct BatchResponse {
    #[serde(rename = "identificativoRichiesta")]
    pub(crate) id: Option<Id>,
    #[serde(flatten)]
    pub(crate) trouble: Trouble,
}

/// An identifier that some versions write as a number.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Id {
    Text(String),
    Number(u64),
}

impl Id {
    pub(crate) fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct PollingResponse {
    #[serde(rename = "identificativoRichiesta")]
    pub(crate) id: Option<Id>,
    #[serde(rename = "elencoPec")]
    pub(crate) entries: Option<Vec<Pec>>,
    #[serde(flatten)]
    pub(crate) trouble: Trouble,
}

#[derive(Deserialize)]
pub(crate) struct Pec {
    pub(crate) cf: String,
    #[serde(rename = "pecImpresa")]
    pub(crate) firm: Option<String>,
    #[serde(rename = "pecProfessionista", default)]
    pub(crate) professionals: Option<Vec<Professional>>,
}

#[derive(Deserialize)]
pub(crate) struct Professional {
    pub(crate) pec: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct SeatResponse {
    pub(crate) cf: Option<String>,
    #[serde(rename = "indirizzoLocalizzazione")]
    pub(crate) address: Option<LegalAddress>,
    #[serde(flatten)]
    pub(crate) trouble: Trouble,
}

#[derive(Deserialize)]
pub(crate) struct LegalAddress {
    pub(crate) denominazione: Option<String>,
    pub(crate) via: Option<String>,
    pub(crate) comune: Option<String>,
    pub(crate) provincia: Option<String>,
    pub(crate) toponimo: Option<String>,
    #[serde(rename = "nCivico")]
    pub(crate) n_civico: Option<String>,
    pub(crate) cap: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct RepresentedResponse {
    #[serde(rename = "cfPersona")]
    pub(crate) person: Option<String>,
    #[serde(rename = "elencoImpreseRappresentate")]
    pub(crate) firms: Option<Vec<RepresentedFirm>>,
    #[serde(flatten)]
    pub(crate) trouble: Trouble,
}

#[derive(Deserialize)]
pub(crate) struct RepresentedFirm {
    #[serde(rename = "cfImpresa")]
    pub(crate) cf: String,
    #[serde(rename = "denominazione", default)]
    pub(crate) name: String,
}

#[derive(Deserialize)]
pub(crate) struct VerificationResponse {
    #[serde(rename = "cfPersona")]
    pub(crate) person: Option<String>,
    #[serde(rename = "cfImpresa")]
    pub(crate) firm: Option<String>,
    #[serde(rename = "esitoVerifica")]
    pub(crate) outcome: Option<String>,
    #[serde(flatten)]
    pub(crate) trouble: Trouble,
}
