//! The people of the demonstration, and what a provider knows of them.

use aws_lc_rs::digest::{SHA256, digest};
use italia::FiscalCode;
use spid::saml::{Attribute, Attributes};

/// Somebody who can sign in. Invented: the names stand on the sign-in page for everybody to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// First names.
    pub name: String,
    /// Surname.
    pub family_name: String,
    /// Tax code, by which the person is chosen.
    pub fiscal_code: String,
    /// Address of mail.
    pub email: String,
    /// For whom they act, when the identity is one for professional use (avviso 18).
    pub company: Option<Company>,
    /// Other attributes, which win over those that are made up.
    pub more: Vec<(Attribute, String)>,
}

/// A company for which a person acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    /// Its name.
    pub name: String,
    /// Its tax code.
    pub fiscal_code: String,
    /// Its VAT number.
    pub vat_number: String,
    /// Its seat, in one line.
    pub registered_office: String,
}

impl Person {
    /// A person with a personal identity.
    #[must_use]
    pub fn new(name: &str, family_name: &str, fiscal_code: &str, email: &str) -> Self {
        Self {
            name: name.to_owned(),
            family_name: family_name.to_owned(),
            fiscal_code: fiscal_code.to_ascii_uppercase(),
            email: email.to_owned(),
            company: None,
            more: Vec::new(),
        }
    }

    /// The same person with an identity for a company.
    #[must_use]
    pub fn acting_for(mut self, company: Company) -> Self {
        self.company = Some(company);
        self
    }

    /// The same person with another value for an attribute.
    #[must_use]
    pub fn with(mut self, attribute: Attribute, value: &str) -> Self {
        self.more.push((attribute, value.to_owned()));
        self
    }

    /// What a provider with these four letters says of the person. What nobody said is made up: birth from the tax code,
    /// the rest from nothing.
    pub(crate) fn attributes(&self, letters: &str) -> Attributes {
        // The first value of an attribute is kept.
        let mut values = self.more.clone();
        let mut say = |attribute, value: String| values.push((attribute, value));
        say(Attribute::SpidCode, self.spid_code(letters));
        say(Attribute::Name, self.name.clone());
        say(Attribute::FamilyName, self.family_name.clone());
        say(Attribute::FiscalNumber, format!("TINIT-{}", self.fiscal_code));
        say(Attribute::Email, self.email.clone());
        self.birth(&mut say);
        if let Some(company) = &self.company {
            say(Attribute::CompanyName, company.name.clone());
            say(Attribute::CompanyFiscalNumber, format!("TINIT-{}", company.fiscal_code));
            say(Attribute::IvaCode, format!("VATIT-{}", company.vat_number));
            say(Attribute::RegisteredOffice, company.registered_office.clone());
        }
        for (attribute, value) in MADE_UP {
            say(*attribute, (*value).to_owned());
        }
        Attributes::new(values)
    }

    fn birth(&self, say: &mut impl FnMut(Attribute, String)) {
        let Ok(code) = FiscalCode::parse(&self.fiscal_code) else { return };
        let Some(code) = code.person() else { return };
        // People who sign in are grown up: whoever could be a child is of the last century.
        let century = if code.birth_year_in_century() < 8 { 2000 } else { 1900 };
        if let Some(date) = code.birth_date(century) {
            say(Attribute::DateOfBirth, format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()));
        }
        say(Attribute::Gender, code.sex().as_str().to_owned());
        say(Attribute::PlaceOfBirth, code.birthplace_code().to_string());
    }

    /// Ten characters that differ from person to person and stay the same.
    pub(super) fn spid_code(&self, letters: &str) -> String {
        let hash = digest(&SHA256, self.fiscal_code.as_bytes());
        let characters: String = hash.as_ref().iter().take(5).map(|byte| format!("{byte:02X}")).collect();
        format!("{letters}{characters}")
    }
}

const MADE_UP: &[(Attribute, &str)] = &[
    (Attribute::CountyOfBirth, "RM"),
    (Attribute::IdCard, "cartaIdentita CA00000AA comuneRoma 2020-01-01 2030-01-01"),
    (Attribute::MobilePhone, "+393330000000"),
    (Attribute::ExpirationDate, "2035-12-31"),
    (Attribute::Address, "Via dell'Esempio 1 00100 Roma RM"),
    (Attribute::DomicileStreetAddress, "Via dell'Esempio 1"),
    (Attribute::DomicilePostalCode, "00100"),
    (Attribute::DomicileMunicipality, "H501"),
    (Attribute::DomicileProvince, "RM"),
    (Attribute::DomicileNation, "IT"),
];
