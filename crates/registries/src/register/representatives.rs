//! Who may act for a firm.

use italia::FiscalCode;

use super::wire::{self, SCOPE_REPRESENTATIVES};
use super::{BusinessRegister, trouble_or};
use crate::{Answered, Error, Stamp, address, transport};

/// A firm that a person represents (*legale rappresentante*).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepresentedFirm {
    /// The firm's tax code.
    pub code: FiscalCode,
    /// Its registered name.
    pub name: String,
}

impl BusinessRegister {
    /// Asks which firms a person represents (`GET /listaLegaleRappresentante/{cfPersona}`). Empty when the register says
    /// that there are none, or that it does not know the person.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; [`Error::Garbled`] also when one firm of the list cannot be read, because a list without it would
    /// say that the person does not represent it.
    pub async fn represented_firms(
        &self,
        person: &FiscalCode,
        stamp: Stamp<'_>,
    ) -> Result<Answered<Vec<RepresentedFirm>>, Error> {
        let url = self.url(&["listaLegaleRappresentante", person.as_str()]);
        let slot = &self.representatives_token;
        let answer = self.call(slot, SCOPE_REPRESENTATIVES, stamp, || self.http.get(url.clone())).await?;
        answer.try_map(|body| represented(transport::json(&body)?, person))
    }

    /// Asks whether a person represents a firm (`GET /legaleRappresentante/{cfPersona}?cfImpresa=`).
    ///
    /// The published description calls the outcome a text and no more; PagoPA's client takes `OK` for yes. Here `KO` and
    /// `NO` are no, and so is a person whom the register says it does not know; any other word is an error.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn represents(
        &self,
        person: &FiscalCode,
        firm: &FiscalCode,
        stamp: Stamp<'_>,
    ) -> Result<Answered<bool>, Error> {
        let mut url = self.url(&["legaleRappresentante", person.as_str()]);
        url.query_pairs_mut().append_pair("cfImpresa", firm.as_str());
        let slot = &self.representatives_token;
        let answer = self.call(slot, SCOPE_REPRESENTATIVES, stamp, || self.http.get(url.clone())).await?;
        answer.try_map(|body| outcome(&transport::json(&body)?, person, firm))
    }
}

fn represented(answer: wire::RepresentedResponse, person: &FiscalCode) -> Result<Vec<RepresentedFirm>, Error> {
    if answer.trouble.is_not_found() {
        return Ok(Vec::new());
    }
    let firms = answer.firms.ok_or_else(|| trouble_or(&answer.trouble, "no list of firms"))?;
    if !answer.person.is_some_and(|found| address::is_about(&found, person)) {
        return Err(Error::Garbled { reason: "the firms of another person" });
    }
    let firm = |firm: wire::RepresentedFirm| {
        Ok(RepresentedFirm { code: address::code(&firm.cf)?, name: firm.name.trim().to_owned() })
    };
    firms.into_iter().map(firm).collect()
}

fn outcome(answer: &wire::VerificationResponse, person: &FiscalCode, firm: &FiscalCode) -> Result<bool, Error> {
    if answer.trouble.is_not_found() {
        return Ok(false);
    }
    let outcome = answer.outcome.as_deref().ok_or_else(|| trouble_or(&answer.trouble, "no outcome"))?;
    let is_about = |found: &Option<String>, code| found.as_deref().is_some_and(|text| address::is_about(text, code));
    if !is_about(&answer.person, person) || !is_about(&answer.firm, firm) {
        return Err(Error::Garbled { reason: "the outcome of another question" });
    }
    match outcome.trim().to_ascii_uppercase().as_str() {
        "OK" => Ok(true),
        "KO" | "NO" => Ok(false),
        _ => Err(Error::Garbled { reason: "an outcome that is neither yes nor no" }),
    }
}
