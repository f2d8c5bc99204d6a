//! What is wrong with a configuration.

use std::fmt;

/// Of which part of a configuration an error speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The organization.
    Organization,
    /// The service provider itself, or at CIE its administrative contact.
    Party,
    /// The aggregator or operator.
    Intermediary,
    /// For whom the aggregator acts.
    Aggregated,
    /// Who pays.
    Billing,
    /// The technical partner at CIE.
    Technical,
    /// The set of attributes with this index.
    AttributeSet(u16),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Organization => f.write_str("organization"),
            Self::Party => f.write_str("party"),
            Self::Intermediary => f.write_str("intermediary"),
            Self::Aggregated => f.write_str("aggregated"),
            Self::Billing => f.write_str("billing"),
            Self::Technical => f.write_str("technical"),
            Self::AttributeSet(index) => write!(f, "attribute set {index}"),
        }
    }
}

/// One thing that is wrong with a configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigurationError {
    /// An address is not absolute, not `https`, or carries credentials or a fragment.
    #[error("{field}: `{given}` is not an https address without credentials and fragment")]
    Address {
        /// Which field.
        field: &'static str,
        /// What was given.
        given: String,
    },
    /// The entity id is longer than 1024 characters.
    #[error("entity_id: it is longer than 1024 characters")]
    EntityIdTooLong,
    /// The entity id has a query, which aggregators may not have (avviso SPID n. 19 v4).
    #[error("entity_id: it has a query, which the metadata of an aggregator or operator may not have")]
    EntityIdQuery,
    /// The entity id does not contain the code of the activity (avviso SPID n. 19 v4).
    #[error("entity_id: it does not contain `{code}`, the code of the activity")]
    EntityIdActivity {
        /// The code.
        code: &'static str,
    },
    /// There is nothing where at least one must be.
    #[error("{field}: at least one is needed")]
    Nothing {
        /// Which field.
        field: &'static str,
    },
    /// The Italian text is missing.
    #[error("{place}: the Italian text is missing")]
    NoItalian {
        /// Where.
        place: Place,
    },
    /// A language appears twice.
    #[error("{place}: the language `{language}` appears twice")]
    LanguageRepeated {
        /// Where.
        place: Place,
        /// Which.
        language: String,
    },
    /// A field is empty, too long or has control characters.
    #[error("{place}: {field} is empty, too long or has control characters")]
    Text {
        /// Where.
        place: Place,
        /// Which field.
        field: &'static str,
    },
    /// A field has another form than the schema asks.
    #[error("{place}: {field} cannot be `{given}`")]
    Malformed {
        /// Where.
        place: Place,
        /// Which field.
        field: &'static str,
        /// What was given.
        given: String,
    },
    /// The name of the contact is not the organization's Italian name (avviso SPID n. 29 v3).
    #[error("{place}: the company `{company}` is not the organization's Italian name `{organization}`")]
    CompanyIsNotOrganization {
        /// Where.
        place: Place,
        /// The contact's name.
        company: String,
        /// The organization's name.
        organization: String,
    },
    /// A public body without its IPA code.
    #[error("{place}: a public body must have an ipa_code")]
    NoIpaCode {
        /// Where.
        place: Place,
    },
    /// A private party with an IPA code.
    #[error("{place}: a private party must not have an ipa_code")]
    UnexpectedIpaCode {
        /// Where.
        place: Place,
    },
    /// Neither VAT number nor tax code.
    #[error("{place}: a vat_number or a fiscal_code is needed")]
    NoTaxIdentifier {
        /// Where.
        place: Place,
    },
    /// A field that this profile needs is missing.
    #[error("{place}: {field} is needed in this profile")]
    Missing {
        /// Where.
        place: Place,
        /// Which field.
        field: &'static str,
    },
    /// A field that this profile must not have.
    #[error("{place}: {field} has no place in this profile")]
    Unexpected {
        /// Where.
        place: Place,
        /// Which field.
        field: &'static str,
    },
    /// The VAT number is not a country and its number, or fails the check.
    #[error("{place}: the vat_number `{given}` is not a country code and a right number, for example IT12345678903")]
    VatNumber {
        /// Where.
        place: Place,
        /// What was given.
        given: String,
    },
    /// The tax code is wrong.
    #[error("{place}: the fiscal_code `{given}` is wrong")]
    FiscalCode {
        /// Where.
        place: Place,
        /// What was given.
        given: String,
    },
    /// The mailbox is wrong.
    #[error("{place}: `{given}` is no mailbox")]
    Email {
        /// Where.
        place: Place,
        /// What was given.
        given: String,
    },
    /// The telephone number has spaces, or does not begin with `+`.
    #[error("{place}: the phone `{given}` is not `+39` and digits without spaces")]
    Phone {
        /// Where.
        place: Place,
        /// What was given.
        given: String,
    },
    /// Two sets of attributes have the same index.
    #[error("{place}: its index appears twice")]
    IndexRepeated {
        /// Where.
        place: Place,
    },
    /// An attribute that the profile does not know.
    #[error("{place}: the attribute `{given}` does not exist in this profile")]
    Attribute {
        /// Where.
        place: Place,
        /// What was given.
        given: String,
    },
    /// An attribute appears twice.
    #[error("{place}: the attribute `{given}` appears twice")]
    AttributeRepeated {
        /// Where.
        place: Place,
        /// What was given.
        given: String,
    },
    /// The certificate for validation cannot be read.
    #[error("validation_certificate: it is not a certificate in base64")]
    ValidationCertificate,
}

/// Everything that is wrong with a configuration; at least one error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigurationErrors(pub Vec<ConfigurationError>);

impl fmt::Display for ConfigurationErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the configuration of the service provider is wrong: ")?;
        for (index, error) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigurationErrors {}
