use serde::{Deserialize, Serialize};
use spid::saml::{Attribute, AttributeSet, Comparison, Dialect, EntityId, Level, MessageId};
use spid::sp::PendingRequest;
use spid::sp::response::Identity;

/// Why an identity is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    /// To sign in, or to sign in again at a higher level.
    SignIn,
    /// To let the person enter, from now on, the account that is signed in.
    Link,
    /// To go on in the account that is signed in with something that demands a higher level.
    Raise,
    /// To leave the provider too.
    Leave,
}

impl Intent {
    /// The name in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Link => "link",
            Self::Raise => "raise",
            Self::Leave => "leave",
        }
    }

    pub(super) fn from_key(key: &str) -> Self {
        [Self::Link, Self::Raise, Self::Leave].into_iter().find(|intent| intent.key() == key).unwrap_or(Self::SignIn)
    }
}

/// What a provider has proved of a person. `Debug` shows no value of theirs.
#[derive(Clone, Serialize, Deserialize)]
pub struct Proved {
    /// The provider's entity id.
    pub provider: String,
    /// The level: 1, 2 or 3.
    pub level: i64,
    /// The person's tax code.
    pub tax_code: String,
    /// The tax code of the company for which the person acts, when the identity is a professional one.
    pub company: Option<String>,
    /// The company's VAT number.
    pub vat_number: Option<String>,
    /// Name and surname.
    pub name: String,
    /// The person's name for this session at the provider.
    pub name_id: String,
    /// Who gave that name.
    pub name_qualifier: String,
    /// The provider's session.
    pub session_index: Option<String>,
    /// What is to be revoked at the provider when the person leaves; CIE only.
    #[serde(default)]
    pub access_token: Option<String>,
}

impl std::fmt::Debug for Proved {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Proved").field("provider", &self.provider).field("level", &self.level).finish_non_exhaustive()
    }
}

impl Proved {
    /// Takes from an identity what is needed here; nothing when it has no tax code.
    pub(super) fn from_identity(identity: &Identity) -> Option<Self> {
        let attributes = &identity.attributes;
        let name = [Attribute::Name, Attribute::FamilyName].into_iter().filter_map(|a| attributes.get(a));
        Some(Self {
            provider: identity.provider.as_str().to_owned(),
            level: number(identity.level),
            tax_code: attributes.fiscal_number().ok()??.as_str().to_owned(),
            company: attributes.company_fiscal_number().ok().flatten().map(|code| code.as_str().to_owned()),
            vat_number: attributes.iva_code().ok().flatten().map(|code| code.as_str().to_owned()),
            name: name.collect::<Vec<_>>().join(" "),
            name_id: identity.subject.name_id.clone(),
            name_qualifier: identity.subject.name_qualifier.clone(),
            session_index: identity.session_index.clone(),
            access_token: None,
        })
    }
}

/// A level as the database holds it.
pub(super) fn number(level: Level) -> i64 {
    match level {
        Level::One => 1,
        Level::Two => 2,
        Level::Three => 3,
    }
}

/// The level of a number; anything unknown is the lowest.
pub(super) fn level(number: i64) -> Level {
    match number {
        3.. => Level::Three,
        2 => Level::Two,
        _ => Level::One,
    }
}

/// A pending request as it is sealed into its row.
#[derive(Serialize, Deserialize)]
pub(super) struct Waiting {
    id: String,
    issued_at: i64,
    issuer: String,
    provider: String,
    consumer: String,
    level: i64,
    comparison: String,
    attributes: Vec<String>,
    /// The message as it was sent, for the log.
    pub(super) message: String,
}

impl Waiting {
    pub(super) fn new(pending: &PendingRequest, message: String) -> Self {
        Self {
            id: pending.id.as_str().to_owned(),
            issued_at: pending.issue_instant.as_millisecond(),
            issuer: pending.issuer.as_str().to_owned(),
            provider: pending.provider.as_str().to_owned(),
            consumer: pending.consumer_url.clone(),
            level: number(pending.level),
            comparison: pending.comparison.name().to_owned(),
            attributes: pending.attributes.iter().map(|a| a.name().to_owned()).collect(),
            message,
        }
    }

    /// The request, when the row is what was written.
    pub(super) fn pending(&self) -> Option<PendingRequest> {
        let attributes = self.attributes.iter().map(|name| Attribute::named(name)).collect::<Option<AttributeSet>>()?;
        Some(PendingRequest {
            id: MessageId::parse(&self.id).ok()?,
            issue_instant: jiff::Timestamp::from_millisecond(self.issued_at).ok()?,
            issuer: EntityId::parse(&self.issuer).ok()?,
            provider: EntityId::parse(&self.provider).ok()?,
            consumer_url: self.consumer.clone(),
            level: level(self.level),
            comparison: Comparison::named(&self.comparison)?,
            attributes,
            dialect: Dialect::Spid,
        })
    }
}
