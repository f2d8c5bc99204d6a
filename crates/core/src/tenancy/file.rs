use std::collections::BTreeMap;

use jiff::civil::DateTime;
use serde::Deserialize;

use crate::identities::SpidFile;
use crate::identities::cards::CnsFile;
use crate::identities::cie::CieFile;
use crate::texts::Language;

/// A text in both languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InTwoLanguages {
    /// Italian.
    pub it: String,
    /// English.
    pub en: String,
}

impl InTwoLanguages {
    /// The text in one language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Italian => &self.it,
            Language::English => &self.en,
        }
    }
}

/// How people get help.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Help {
    /// A phone number as it is shown.
    pub phone: String,
    /// When it is answered.
    pub hours: InTwoLanguages,
    /// The assistance's address.
    pub email: String,
}

/// Who receives payments.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Creditor {
    /// Tax code, 11 digits.
    pub fiscal_code: String,
    /// Name, as on notices.
    pub name: String,
    /// Office, as on notices.
    #[serde(default)]
    pub office: String,
    /// The account that is credited.
    pub iban: String,
    /// Segregation code of the notice numbers, two digits.
    pub segregation: String,
    /// Interbank code (CBILL), when the body has one.
    pub cbill: Option<String>,
    /// Broker ("intermediario tecnologico"); the body itself by default.
    pub broker: Option<String>,
    /// Station of the broker.
    pub station: String,
    /// Category of the revenue in pagoPA's taxonomy.
    pub taxonomy: String,
}

/// An announcement on the portal (requirements ).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortalNotice {
    /// From when it is shown, civil time in Rome.
    pub from: DateTime,
    /// Until when; for ever by default.
    pub until: Option<DateTime>,
    /// Italian.
    pub it: String,
    /// English.
    pub en: String,
}

/// The contents of `tenant.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TenantFile {
    /// The portal's name.
    pub name: InTwoLanguages,
    /// A line under it.
    pub tagline: InTwoLanguages,
    /// The body that runs it.
    pub owner: InTwoLanguages,
    /// The body's own site.
    pub owner_url: String,
    /// The accent: `blue`, `green` or `slate`.
    pub theme: String,
    /// The language of messages to people whose language is not known.
    #[serde(default)]
    pub language: Language,
    /// Host names; without one the portal is reached under its slug.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// The desks that are switched on.
    pub desks: Vec<String>,
    /// Help.
    pub help: Help,
    /// The page with the accessibility statement.
    pub accessibility_url: String,
    /// Rules for passwords: a policy by name, and keys that differ from it.
    pub accounts: toml::Table,
    /// Who receives payments.
    pub creditor: Option<Creditor>,
    /// SPID, when people may sign in with it.
    pub spid: Option<SpidFile>,
    /// Sign-in with CIE.
    pub cie: Option<CieFile>,
    /// The levels that operations demand of whoever has signed in, by the operations' names in the audit.
    #[serde(default)]
    pub levels: BTreeMap<String, u8>,
    /// Smart cards, when people may sign in with one.
    pub cns: Option<CnsFile>,
    /// Announcements.
    #[serde(default)]
    pub notice: Vec<PortalNotice>,
    /// When the contents were last checked, civil date.
    pub checked_on: jiff::civil::Date,
}
