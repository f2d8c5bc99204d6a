//! Trust marks: signed words that an entity meets a set of demands (OpenID Federation 1.0 section 7; in Italy, that it
//! was admitted as a relying party, provider or intermediate of the public or private sector).

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::entity::{EntityId, EntityIdError};
use super::jose::{self, JwkSet, JwsError, SignError, SigningAlgorithm, SigningKey, Typ, Unverified};
use super::json::{ClaimError, Members as _, Object};
use super::times::{SKEW, TimeError, stamp};

/// The `typ` of a mark's header.
pub const TYP: &str = "trust-mark+jwt";

/// A trust mark that was verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustMark {
    /// Which: an address such as `https://registry.interno.gov.it/openid_relying_party/public/`.
    pub kind: String,
    /// Who issued it.
    pub issuer: EntityId,
    /// Whom it is about.
    pub subject: EntityId,
    /// When it ends; `None` is never.
    pub expires: Option<Timestamp>,
}

/// A trust mark that is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum TrustMarkError {
    /// Form, type, key or signature.
    #[error("the trust mark's signature is not accepted")]
    Signature(#[from] JwsError),
    /// A claim is missing or has another shape.
    #[error("the trust mark is incomplete")]
    Claim(#[from] ClaimError),
    /// A name is none.
    #[error("the trust mark names an entity that cannot be")]
    Entity(#[from] EntityIdError),
    /// Expired, or not yet in force.
    #[error("the trust mark is not in force")]
    Time(#[from] TimeError),
    /// About somebody else.
    #[error("the trust mark is about {0}")]
    Subject(EntityId),
    /// The trust anchor does not let the issuer give this mark, or nobody has vouched for the issuer's keys.
    #[error("the issuer {0} may not give this trust mark")]
    Issuer(EntityId),
    /// The mark belongs to somebody who would have to delegate it, which Italy does not use.
    #[error("the trust mark is a delegated one")]
    Delegated,
}

/// Who may issue which mark, and with which keys.
pub(crate) struct Issuers<'a> {
    /// `trust_mark_issuers` of the trust anchor's configuration.
    pub(crate) allowed: &'a Object,
    /// `trust_mark_owners` of the same.
    pub(crate) owned: &'a Object,
    /// The entities of the verified chain, with their federation keys.
    pub(crate) keys: &'a [(EntityId, JwkSet)],
}

impl TrustMark {
    /// Verifies a mark about `subject`.
    pub(crate) fn verify(
        jwt: &str,
        subject: &EntityId,
        issuers: &Issuers<'_>,
        now: Timestamp,
    ) -> Result<Self, TrustMarkError> {
        let mark = Unverified::parse(jwt)?;
        let kind = kind(mark.claims())?.to_owned();
        let issuer = EntityId::parse(mark.claims().text("iss")?)?;
        if issuers.owned.contains_key(&kind) {
            return Err(TrustMarkError::Delegated);
        }
        let allowed = issuers.allowed.get(&kind).and_then(Value::as_array);
        // An empty list means that anybody may (section 7.3); this crate still wants keys that the chain vouches for.
        let may = allowed.is_some_and(|list| list.is_empty() || list.iter().any(|item| item == issuer.as_str()));
        let keys = issuers.keys.iter().find(|(entity, _)| *entity == issuer).map(|(_, keys)| keys);
        let (true, Some(keys)) = (may, keys) else { return Err(TrustMarkError::Issuer(issuer)) };
        let verified = mark.verify(keys, SigningAlgorithm::ALL, Typ::Is(TYP))?;
        let about = EntityId::parse(verified.claims.text("sub")?)?;
        if about != *subject {
            return Err(TrustMarkError::Subject(about));
        }
        let expires = validity(&verified.claims, now)?;
        Ok(Self { kind, issuer, subject: about, expires })
    }
}

/// Version 1.0 calls it `trust_mark_type`; the Italian rules follow the older `id`.
fn kind(claims: &Object) -> Result<&str, ClaimError> {
    match claims.optional_text("trust_mark_type")? {
        Some(kind) => Ok(kind),
        None => claims.text("id"),
    }
}

/// A mark may have no end.
fn validity(claims: &Object, now: Timestamp) -> Result<Option<Timestamp>, TimeError> {
    let issued = claims.instant("iat")?;
    if issued.duration_since(now) > SKEW {
        return Err(TimeError::Future(issued));
    }
    match claims.optional_instant("exp")? {
        Some(expires) if expires <= now => Err(TimeError::Expired(expires)),
        expires => Ok(expires),
    }
}

/// Issues a mark, with further claims such as `organization_type` and `id_code`.
///
/// # Errors
/// [`SignError`] when the library cannot sign.
pub fn issue(
    kind: &str,
    issuer: &EntityId,
    key: &SigningKey,
    subject: &EntityId,
    further: Object,
    now: Timestamp,
    lifetime: SignedDuration,
) -> Result<String, SignError> {
    let mut claims = further;
    stamp(&mut claims, now, lifetime);
    for (name, value) in [("iss", issuer.as_str()), ("sub", subject.as_str()), ("id", kind), ("trust_mark_type", kind)]
    {
        claims.insert(name.to_owned(), json!(value));
    }
    jose::sign(&claims, Some(TYP), SigningAlgorithm::Rs256, key)
}
