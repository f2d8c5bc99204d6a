//! The person who signed in.

use std::fmt;

use jiff::civil::Date;
use serde_json::Value;

use super::super::entity::EntityId;
use super::super::json::{ClaimError, Members as _, Object};
use super::{Acr, IdToken};

/// Claims that belong to the token and are no attributes.
const ENVELOPE: &[&str] = &["iss", "sub", "aud", "iat", "exp", "nbf", "jti", "azp", "nonce", "acr"];

/// Where the fiscal number stands: first by the common table, then by the older one of SPID.
const FISCAL_NUMBER: [&str; 2] =
    ["https://attributes.eid.gov.it/fiscal_number", "https://attributes.spid.gov.it/fiscal_number"];

/// A person as the provider describes them ("Attributi utente"). An attribute is `None` when it was not asked for or not
/// given.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// The provider.
    pub issuer: EntityId,
    /// The person's name between this provider and us (`sub`).
    pub subject: String,
    /// How sure the provider is.
    pub acr: Acr,
    /// First names.
    pub given_name: Option<String>,
    /// Last names.
    pub family_name: Option<String>,
    /// Date of birth.
    pub birthdate: Option<Date>,
    /// `female` or `male`.
    pub gender: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Whether the provider has verified the e-mail address.
    pub email_verified: Option<bool>,
    /// Telephone number.
    pub phone_number: Option<String>,
    /// Fiscal number with its prefix, such as `TINIT-RSSMRA80A01H501U`.
    pub fiscal_number: Option<String>,
    /// Address of certified mail.
    pub e_delivery_service: Option<String>,
    /// Everything, as it came, objects such as `place_of_birth` and `address` included.
    pub attributes: Object,
}

impl Identity {
    pub(super) fn read(issuer: EntityId, id_token: &IdToken, claims: &Object) -> Result<Self, ClaimError> {
        let text = |name| claims.optional_text(name).map(|text| text.map(str::to_owned));
        let birthdate = match claims.optional_text("birthdate")? {
            Some(date) => Some(date.parse().map_err(|_| ClaimError::Shape("birthdate"))?),
            None => None,
        };
        let email_verified = match claims.get("email_verified") {
            None => None,
            Some(value) => Some(value.as_bool().ok_or(ClaimError::Shape("email_verified"))?),
        };
        let fiscal_number = match text(FISCAL_NUMBER[0])? {
            Some(number) => Some(number),
            None => text(FISCAL_NUMBER[1])?,
        };
        let attributes = claims.iter().filter(|(name, _)| !ENVELOPE.contains(&name.as_str()));
        Ok(Self {
            issuer,
            subject: id_token.subject.clone(),
            acr: id_token.acr,
            given_name: text("given_name")?,
            family_name: text("family_name")?,
            birthdate,
            gender: text("gender")?,
            email: text("email")?,
            email_verified,
            phone_number: text("phone_number")?,
            fiscal_number,
            e_delivery_service: text("https://attributes.eid.gov.it/e_delivery_service")?,
            attributes: attributes.map(|(name, value): (&String, &Value)| (name.clone(), value.clone())).collect(),
        })
    }

    /// The Italian fiscal code: `None` when there is none, or it is another country's, or it is not valid.
    #[must_use]
    pub fn fiscal_code(&self) -> Option<italia::FiscalCode> {
        let code = self.fiscal_number.as_deref()?.strip_prefix("TINIT-")?;
        italia::FiscalCode::parse(code).ok()
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Identity");
        shown.field("issuer", &self.issuer).field("acr", &self.acr).finish_non_exhaustive()
    }
}
