//! Who pays the identity providers: the `CessionarioCommittente` of an electronic invoice (namespace
//! `https://spid.gov.it/invoicing-extensions`, schema `spid-invoicing`).

use serde::Deserialize;

use super::error::{ConfigurationError, Place};
use super::field::Fields;
use crate::xml::Element;

/// The namespace of the elements.
pub(super) const INVOICING: &str = "https://spid.gov.it/invoicing-extensions";

/// The contact for invoices.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Billing {
    /// Name of the office that receives the invoices.
    pub company: String,
    /// Its mailbox, better a certified one.
    pub email: String,
    /// Its telephone number.
    #[serde(default)]
    pub phone: Option<String>,
    /// The payer's VAT number with its country, for example `IT12345678903`.
    #[serde(default)]
    pub vat_number: Option<String>,
    /// The payer's tax code, eleven to sixteen capitals and digits.
    #[serde(default)]
    pub fiscal_code: Option<String>,
    /// The payer's name.
    pub payer: Payer,
    /// The payer's seat.
    pub seat: Seat,
    /// The third party that issues invoices for the payer, if there is one.
    #[serde(default)]
    pub third_party: Option<String>,
}

/// The name of a payer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Payer {
    /// A company or body.
    Company {
        /// Its name, at most 80 characters of Latin-1.
        name: String,
    },
    /// A person.
    Person {
        /// The given name, at most 60 characters of Latin-1.
        given_name: String,
        /// The surname, at most 60 characters of Latin-1.
        surname: String,
    },
}

/// A postal address.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    /// Street, at most 60 characters.
    pub address: String,
    /// House number, at most 8 characters.
    #[serde(default)]
    pub number: Option<String>,
    /// Postal code, five digits.
    pub postal_code: String,
    /// Municipality, at most 60 characters.
    pub municipality: String,
    /// Province, two capitals.
    #[serde(default)]
    pub province: Option<String>,
    /// Country, two capitals.
    pub country: String,
}

impl Billing {
    pub(super) fn check(&self, fields: &mut Fields) {
        let place = Place::Billing;
        fields.filled(place, "company", &self.company);
        fields.email(place, Some(&self.email), true);
        fields.phone(place, self.phone.as_deref());
        fields.vat_number(place, self.vat_number.as_deref());
        if self.vat_number.is_none() && self.fiscal_code.is_none() {
            fields.wrong(ConfigurationError::NoTaxIdentifier { place });
        }
        if let Some(code) = &self.fiscal_code {
            let good = (11..=16).contains(&code.len())
                && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
            fields.require(good, || ConfigurationError::FiscalCode { place, given: code.clone() });
        }
        match &self.payer {
            Payer::Company { name } => latin(fields, "payer.name", name, 80),
            Payer::Person { given_name, surname } => {
                latin(fields, "payer.given_name", given_name, 60);
                latin(fields, "payer.surname", surname, 60);
            }
        }
        if let Some(text) = &self.third_party {
            fields.filled(place, "third_party", text);
        }
        self.seat.check(fields);
    }

    /// The elements inside `Extensions`, in the order of the schema.
    pub(super) fn elements(&self) -> Vec<Element> {
        let mut registry = Element::new("fpa:DatiAnagrafici");
        if let Some((country, digits)) = self.vat_number.as_deref().and_then(|number| number.split_at_checked(2)) {
            let number = Element::new("fpa:IdFiscaleIVA")
                .child(Element::new("fpa:IdPaese").text(country))
                .child(Element::new("fpa:IdCodice").text(digits));
            registry = registry.child(number);
        }
        if let Some(code) = &self.fiscal_code {
            registry = registry.child(Element::new("fpa:CodiceFiscale").text(code));
        }
        let name = Element::new("fpa:Anagrafica");
        let name = match &self.payer {
            Payer::Company { name: company } => name.child(Element::new("fpa:Denominazione").text(company)),
            Payer::Person { given_name, surname } => {
                name.child(Element::new("fpa:Nome").text(given_name)).child(Element::new("fpa:Cognome").text(surname))
            }
        };
        let payer = Element::new("fpa:CessionarioCommittente")
            .attribute("xmlns:fpa", INVOICING)
            .child(registry.child(name))
            .child(self.seat.element());
        let third = self.third_party.as_deref().map(|text| {
            Element::new("fpa:TerzoIntermediarioSoggettoEmittente").attribute("xmlns:fpa", INVOICING).text(text)
        });
        std::iter::once(payer).chain(third).collect()
    }
}

impl Seat {
    fn check(&self, fields: &mut Fields) {
        latin(fields, "seat.address", &self.address, 60);
        latin(fields, "seat.municipality", &self.municipality, 60);
        if let Some(number) = &self.number {
            let good = (1..=8).contains(&number.len()) && number.bytes().all(|byte| (b' '..=b'~').contains(&byte));
            fields.require(good, || malformed("seat.number", number));
        }
        let digits = self.postal_code.len() == 5 && self.postal_code.bytes().all(|byte| byte.is_ascii_digit());
        fields.require(digits, || malformed("seat.postal_code", &self.postal_code));
        if let Some(province) = &self.province {
            fields.require(two_capitals(province), || malformed("seat.province", province));
        }
        fields.require(two_capitals(&self.country), || malformed("seat.country", &self.country));
    }

    fn element(&self) -> Element {
        let parts = [
            ("fpa:Indirizzo", Some(&self.address)),
            ("fpa:NumeroCivico", self.number.as_ref()),
            ("fpa:CAP", Some(&self.postal_code)),
            ("fpa:Comune", Some(&self.municipality)),
            ("fpa:Provincia", self.province.as_ref()),
            ("fpa:Nazione", Some(&self.country)),
        ];
        let filled = parts.into_iter().filter_map(|(name, text)| Some(Element::new(name).text(text?)));
        Element::new("fpa:Sede").children(filled)
    }
}

fn malformed(field: &'static str, given: &str) -> ConfigurationError {
    ConfigurationError::Malformed { place: Place::Billing, field, given: given.to_owned() }
}

fn two_capitals(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The schema admits the characters of Latin-1, in one line.
fn latin(fields: &mut Fields, field: &'static str, text: &str, longest: usize) {
    let length = text.chars().count();
    let known = text.chars().all(|c| matches!(c, ' '..='~' | '\u{a0}'..='\u{ff}'));
    let good = known && (1..=longest).contains(&length) && !text.trim().is_empty();
    fields.require(good, || malformed(field, text));
}
