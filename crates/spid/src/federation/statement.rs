//! Entity statements: what an entity says of itself, and what a superior says of it (OpenID Federation 1.0 section 3).

use jiff::Timestamp;
use serde_json::Value;

use super::chain::Constraints;
use super::entity::{EntityId, EntityIdError};
use super::jose::{JwkError, JwkSet, JwsError, SigningAlgorithm, Typ, Unverified};
use super::json::{ClaimError, Members as _, Object};
use super::times::{TimeError, Validity};

/// The media type, and the `typ` of the header.
pub const TYP: &str = "entity-statement+jwt";

/// The greatest number of superiors and of trust marks that an entity may name.
const MOST: usize = 16;

/// A statement whose signature is valid, by whom and about whom it was expected to be, and in force.
#[derive(Debug, Clone)]
pub struct EntityStatement {
    /// Who says it (`iss`).
    pub issuer: EntityId,
    /// About whom (`sub`).
    pub subject: EntityId,
    /// When it was issued (`iat`).
    pub issued: Timestamp,
    /// When it ends (`exp`).
    pub expires: Timestamp,
    /// The subject's federation keys (`jwks`).
    pub keys: JwkSet,
    /// The subject's superiors, in its own configuration (`authority_hints`).
    pub authority_hints: Vec<EntityId>,
    /// Metadata by entity type (`metadata`).
    pub metadata: Object,
    /// Policies by entity type (`metadata_policy`).
    pub metadata_policy: Object,
    /// Operators that must be understood (`metadata_policy_crit`).
    pub critical_operators: Vec<String>,
    /// Bounds on what stands below (`constraints`).
    pub constraints: Constraints,
    /// Trust marks in compact form (`trust_marks`), not yet verified.
    pub trust_marks: Vec<String>,
    /// Who may issue which mark, in a trust anchor's configuration (`trust_mark_issuers`).
    pub trust_mark_issuers: Object,
    /// Marks that somebody else owns (`trust_mark_owners`).
    pub trust_mark_owners: Object,
}

/// A statement that is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum StatementError {
    /// Form, type, key or signature.
    #[error("the statement's signature is not accepted")]
    Signature(#[from] JwsError),
    /// A claim is missing or has another shape.
    #[error("the statement is incomplete")]
    Claim(#[from] ClaimError),
    /// A name is none.
    #[error("the statement names an entity that cannot be")]
    Entity(#[from] EntityIdError),
    /// The keys inside.
    #[error("the statement's keys are refused")]
    Keys(#[from] JwkError),
    /// Expired, or not yet in force.
    #[error("the statement is not in force")]
    Time(#[from] TimeError),
    /// By or about somebody else.
    #[error("the statement is by {issuer} about {subject}, which was not asked for")]
    Parties {
        /// Who issued it.
        issuer: EntityId,
        /// About whom it is.
        subject: EntityId,
    },
    /// A claim that must be understood (`crit`) and is not.
    #[error("the statement has a critical claim that is not known here")]
    Critical,
    /// More superiors or trust marks than are followed.
    #[error("the statement has more than {MOST} entries in {0}")]
    TooMany(&'static str),
}

impl EntityStatement {
    /// Reads a statement by `issuer` about `subject`, signed with one of `keys`.
    ///
    /// # Errors
    /// [`StatementError`] for every difference from that.
    pub fn verify(
        jwt: &str,
        issuer: &EntityId,
        subject: &EntityId,
        keys: &JwkSet,
        now: Timestamp,
    ) -> Result<Self, StatementError> {
        let verified = Unverified::parse(jwt)?.verify(keys, SigningAlgorithm::ALL, Typ::Is(TYP))?;
        let statement = Self::read(&verified.claims, now)?;
        if statement.issuer == *issuer && statement.subject == *subject {
            Ok(statement)
        } else {
            Err(StatementError::Parties { issuer: statement.issuer, subject: statement.subject })
        }
    }

    /// Reads an entity's configuration, signed with a key that it publishes itself: this proves nothing but that the
    /// text is whole. What is read from it before a superior has vouched for the key serves as a signpost only.
    ///
    /// # Errors
    /// [`StatementError`] for every difference from that.
    pub fn verify_configuration(jwt: &str, entity: &EntityId, now: Timestamp) -> Result<Self, StatementError> {
        let own = Unverified::parse(jwt)?;
        let keys = own.claims().optional_object("jwks")?.ok_or(ClaimError::Missing("jwks"))?;
        Self::verify(jwt, entity, entity, &JwkSet::read(keys)?, now)
    }

    fn read(claims: &Object, now: Timestamp) -> Result<Self, StatementError> {
        if claims.contains_key("crit") {
            return Err(StatementError::Critical);
        }
        let Validity { issued, expires } = Validity::read(claims, now)?;
        let object = |name| claims.optional_object(name).map(|object| object.cloned().unwrap_or_default());
        let hints = claims.texts("authority_hints")?;
        if hints.len() > MOST {
            return Err(StatementError::TooMany("authority_hints"));
        }
        let constraints = claims.optional_object("constraints")?.map(Constraints::read).transpose()?;
        Ok(Self {
            issuer: EntityId::parse(claims.text("iss")?)?,
            subject: EntityId::parse(claims.text("sub")?)?,
            issued,
            expires,
            keys: JwkSet::read(claims.optional_object("jwks")?.ok_or(ClaimError::Missing("jwks"))?)?,
            authority_hints: hints.into_iter().map(EntityId::parse).collect::<Result<_, _>>()?,
            metadata: object("metadata")?,
            metadata_policy: object("metadata_policy")?,
            critical_operators: claims.texts("metadata_policy_crit")?.into_iter().map(str::to_owned).collect(),
            constraints: constraints.unwrap_or_default(),
            trust_marks: marks(claims)?,
            trust_mark_issuers: object("trust_mark_issuers")?,
            trust_mark_owners: object("trust_mark_owners")?,
        })
    }

    /// A text of the subject's `federation_entity` metadata, such as the address of an endpoint.
    pub(crate) fn federation_text(&self, name: &'static str) -> Result<&str, ClaimError> {
        match self.metadata.optional_object("federation_entity")? {
            Some(metadata) => metadata.text(name),
            None => Err(ClaimError::Missing("federation_entity")),
        }
    }
}

fn marks(claims: &Object) -> Result<Vec<String>, StatementError> {
    let Some(value) = claims.get("trust_marks") else { return Ok(Vec::new()) };
    let items = value.as_array().ok_or(ClaimError::Shape("trust_marks"))?;
    if items.len() > MOST {
        return Err(StatementError::TooMany("trust_marks"));
    }
    let mark = |item: &Value| item.get("trust_mark").and_then(Value::as_str).map(str::to_owned);
    items.iter().map(|item| mark(item).ok_or(ClaimError::Shape("trust_marks").into())).collect()
}
