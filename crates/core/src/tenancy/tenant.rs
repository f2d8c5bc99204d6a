use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::DateTime;

use super::file::{Creditor, Help, InTwoLanguages, PortalNotice, TenantFile};
use crate::access::Levels;
use crate::accounts::policy::Policy;
use crate::identities::SpidFile;
use crate::identities::cards::CnsFile;
use crate::identities::cie::CieFile;
use crate::texts::{BadTexts, Language, ProductTexts, Texts};

/// An organisation that the program serves.
#[derive(Debug)]
pub struct Tenant {
    /// Its short name in addresses and in the database: the name of its directory.
    pub slug: String,
    /// Where it was loaded from.
    pub directory: PathBuf,
    /// The portal's name.
    pub name: InTwoLanguages,
    /// A line under it.
    pub tagline: InTwoLanguages,
    /// The body that runs it.
    pub owner: InTwoLanguages,
    /// The body's own site.
    pub owner_url: String,
    /// The accent.
    pub theme: String,
    /// The language of messages to people whose language is not known.
    pub language: Language,
    /// Host names.
    pub hosts: Vec<String>,
    /// The desks that are switched on.
    pub desks: Vec<String>,
    /// Help.
    pub help: Help,
    /// The accessibility statement.
    pub accessibility_url: String,
    /// Rules for passwords.
    pub accounts: Policy,
    /// Who receives payments.
    pub creditor: Option<Creditor>,
    /// SPID, when people may sign in with it.
    pub spid: Option<SpidFile>,
    /// Sign-in with CIE.
    pub cie: Option<CieFile>,
    /// The levels that operations demand.
    pub levels: Levels,
    /// Smart cards, when people may sign in with one.
    pub cns: Option<CnsFile>,
    /// Announcements.
    pub notices: Vec<PortalNotice>,
    /// When the contents were last checked.
    pub checked_on: jiff::civil::Date,
    texts: [Texts; 2],
    parts: HashMap<TypeId, Arc<dyn Any + Send + Sync>>,
}

/// A tenant's directory that cannot be loaded; the message says file, key and reason.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file cannot be read.
    #[error("{path}: cannot be read")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A file does not hold what it should.
    #[error("{path}: {reason}")]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong, with line and key.
        reason: String,
    },
    /// The texts cannot be read.
    #[error("{path}: texts cannot be read")]
    Texts {
        /// The directory.
        path: PathBuf,
        /// Why.
        #[source]
        source: BadTexts,
    },
}

impl LoadError {
    /// A file does not hold what it should.
    pub fn content(path: &Path, reason: impl ToString) -> Self {
        Self::Content { path: path.to_owned(), reason: reason.to_string() }
    }
}

impl Tenant {
    /// Loads a tenant's directory.
    ///
    /// # Errors
    /// [`LoadError`].
    pub fn load(directory: &Path, product: &ProductTexts) -> Result<Self, LoadError> {
        let path = directory.join("tenant.toml");
        let text = read(&path)?;
        let file: TenantFile = toml::from_str(&text).map_err(|e| LoadError::content(&path, e))?;
        let slug = directory.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
        if slug.is_empty() || !slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            return Err(LoadError::content(directory, "a tenant's directory is named with a-z, 0-9 and - only"));
        }
        if let Some(creditor) = &file.creditor {
            check_creditor(&path, creditor)?;
        }
        if !file.levels.is_empty() && file.spid.is_none() && file.cie.is_none() && file.cns.is_none() {
            let reason = "[levels] demands an identity, and there is no [spid], [cie] or [cns] to prove one with";
            return Err(LoadError::content(&path, reason));
        }
        let texts =
            [load_texts(directory, Language::Italian, product)?, load_texts(directory, Language::English, product)?];
        Ok(Self {
            slug,
            directory: directory.to_owned(),
            name: file.name,
            tagline: file.tagline,
            owner: file.owner,
            owner_url: file.owner_url,
            theme: file.theme,
            language: file.language,
            hosts: file.hosts,
            desks: file.desks,
            help: file.help,
            accessibility_url: file.accessibility_url,
            accounts: policy(&path, file.accounts)?,
            creditor: file.creditor,
            spid: file.spid,
            cie: file.cie,
            levels: Levels::read(&file.levels).map_err(|reason| LoadError::content(&path, reason))?,
            cns: file.cns,
            notices: file.notice,
            checked_on: file.checked_on,
            texts,
            parts: HashMap::new(),
        })
    }

    /// The address under which browsers reach the portal, when they reach the program at `public_url`.
    pub fn url(&self, public_url: &str) -> String {
        match self.hosts.first() {
            Some(host) => format!("https://{host}"),
            None => format!("{public_url}/{}", self.slug),
        }
    }

    /// Adds what a desk has loaded for this tenant.
    #[must_use]
    pub fn with_part<T: Any + Send + Sync>(mut self, part: T) -> Self {
        self.parts.insert(TypeId::of::<T>(), Arc::new(part));
        self
    }

    /// What a desk has loaded for this tenant.
    pub fn part<T: Any + Send + Sync>(&self) -> Option<&T> {
        self.parts.get(&TypeId::of::<T>())?.downcast_ref()
    }

    /// The texts in a language.
    pub fn texts(&self, language: Language) -> &Texts {
        match language {
            Language::Italian => &self.texts[0],
            Language::English => &self.texts[1],
        }
    }

    /// The announcements that are shown at a civil time.
    pub fn notices_at(&self, now: DateTime, language: Language) -> Vec<String> {
        let shown = |n: &&PortalNotice| n.from <= now && n.until.is_none_or(|until| now < until);
        let text = |n: &PortalNotice| match language {
            Language::Italian => n.it.clone(),
            Language::English => n.en.clone(),
        };
        self.notices.iter().filter(shown).map(text).collect()
    }
}

fn read(path: &Path) -> Result<String, LoadError> {
    std::fs::read_to_string(path).map_err(|source| LoadError::Read { path: path.to_owned(), source })
}

fn load_texts(directory: &Path, language: Language, product: &ProductTexts) -> Result<Texts, LoadError> {
    let path = directory.join("texts").join(format!("{}.ftl", language.tag()));
    let own = if path.exists() { Some(read(&path)?) } else { None };
    product.with(language, own.as_deref()).map_err(|source| LoadError::Texts { path: directory.to_owned(), source })
}

/// A policy by name, with the keys that differ from it.
fn policy(path: &Path, mut own: toml::Table) -> Result<Policy, LoadError> {
    let bad = |reason: String| LoadError::content(path, format!("[accounts]: {reason}"));
    let name = own.remove("policy").and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_else(|| "current".to_owned());
    let base = match name.as_str() {
        "guide" => Policy::guide(),
        "current" => Policy::current(),
        other => return Err(bad(format!("there is no policy `{other}`: use guide or current"))),
    };
    let changed: PolicyChange = own.try_into().map_err(|e: toml::de::Error| bad(e.to_string()))?;
    Ok(Policy {
        min_length: changed.min_length.unwrap_or(base.min_length),
        max_failures: changed.max_failures.unwrap_or(base.max_failures),
        self_service: changed.self_service.unwrap_or(base.self_service),
        no_paste: changed.no_paste.unwrap_or(base.no_paste),
        initial_hours: changed.initial_hours.unwrap_or(base.initial_hours),
        blocklist: changed.blocklist.unwrap_or(base.blocklist),
        ..base
    })
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyChange {
    min_length: Option<usize>,
    max_failures: Option<i64>,
    self_service: Option<bool>,
    no_paste: Option<bool>,
    initial_hours: Option<i64>,
    blocklist: Option<bool>,
}

fn check_creditor(path: &Path, creditor: &Creditor) -> Result<(), LoadError> {
    let bad =
        |key: &str, reason: &dyn std::fmt::Display| LoadError::content(path, format!("[creditor] {key}: {reason}"));
    pagopa::CreditorCode::parse(&creditor.fiscal_code).map_err(|e| bad("fiscal_code", &e))?;
    pagopa::Iban::parse(&creditor.iban).map_err(|e| bad("iban", &e))?;
    crate::charges::segregation(&creditor.segregation)
        .ok_or_else(|| bad("segregation", &"two digits from 00 to 49"))?;
    Ok(())
}
