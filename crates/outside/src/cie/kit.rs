//! The keys of the anchor and of the provider. They take a while to make, and so are made when they are first needed.

use std::sync::{Mutex, MutexGuard, PoisonError};

use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::RsaKeyPair;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use spid::federation::EntityId;
use spid::federation::jose::{JwkError, JwkSet, SignError, SigningKey};
use spid::federation::json::Object;
use spid::federation::provider::{Authority, OpenIdProvider, Subordinate};
use spid::federation::trust_mark;

/// How long statements hold: within a day somebody who was struck off is forgotten everywhere.
pub(super) const STATEMENT_LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// What is said of the anchor and the provider on their pages and in their configurations.
const ANCHOR_NAME: &str = "Registro di federazione (simulato)";
pub(super) const PROVIDER_NAME: &str = "CIE id (simulato)";

/// The names of the two entities.
#[derive(Debug, Clone)]
pub(super) struct Names {
    pub(super) anchor: EntityId,
    pub(super) provider: EntityId,
}

/// The two entities with their keys.
#[derive(Debug)]
pub(super) struct Kit {
    authority: Mutex<Authority>,
    pub(super) provider: OpenIdProvider,
    /// The anchor's federation keys, as others configure them.
    pub(super) anchor_keys: JwkSet,
}

/// The keys could not be made.
#[derive(Debug, thiserror::Error)]
pub(super) enum KitError {
    #[error("the library makes no key")]
    Make(#[from] aws_lc_rs::error::Unspecified),
    #[error("the library makes a weak key")]
    Weak(#[from] spid::federation::jose::KeyError),
    #[error("the keys are no set")]
    Set(#[from] JwkError),
}

impl Kit {
    pub(super) fn new(names: &Names) -> Result<Self, KitError> {
        let (anchor_key, federation_key, key) = (make()?, make()?, make()?);
        let anchor_keys = JwkSet::new(vec![anchor_key.public().clone()])?;
        let below = subordinate_provider(names, &federation_key, &key);
        let provider = OpenIdProvider {
            id: names.provider.clone(),
            name: PROVIDER_NAME.to_owned(),
            authority_hints: vec![names.anchor.clone()],
            federation_keys: vec![federation_key],
            keys: vec![key],
            trust_marks: Vec::new(),
        };
        let authority = Authority {
            id: names.anchor.clone(),
            name: ANCHOR_NAME.to_owned(),
            keys: vec![anchor_key],
            authority_hints: Vec::new(),
            trust_mark_issuers: object(json!({
                mark_kind(names): [names.anchor.as_str()],
                provider_mark_kind(names): [names.anchor.as_str()],
            })),
            constraints: object(json!({ "max_path_length": 1 })),
            subordinates: vec![below],
            lifetime: STATEMENT_LIFETIME,
        };
        Ok(Self { authority: Mutex::new(authority), provider, anchor_keys })
    }

    /// What the provider says of itself, with a trust mark that the anchor has just issued, or without one.
    pub(super) fn provider_configuration(
        &self,
        names: &Names,
        marked: bool,
        now: Timestamp,
    ) -> Result<String, SignError> {
        let mut marks = Vec::new();
        if marked {
            let kind = provider_mark_kind(names);
            let authority = self.authority();
            let key = &authority.keys[0];
            let further = object(json!({ "organization_type": "public" }));
            let mark = trust_mark::issue(&kind, &names.anchor, key, &names.provider, further, now, STATEMENT_LIFETIME)?;
            marks.push((kind, mark));
        }
        self.provider.entity_configuration_with(&marks, now, STATEMENT_LIFETIME)
    }

    /// The anchor with its register.
    pub(super) fn authority(&self) -> MutexGuard<'_, Authority> {
        self.authority.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn make() -> Result<SigningKey, KitError> {
    Ok(SigningKey::from_pair(RsaKeyPair::generate(KeySize::Rsa2048)?)?)
}

/// The kind of trust mark that says: admitted as a relying party of the public sector.
pub(super) fn mark_kind(names: &Names) -> String {
    format!("{}/openid_relying_party/public/", names.anchor)
}

/// The kind of trust mark that says: admitted as a provider.
fn provider_mark_kind(names: &Names) -> String {
    format!("{}/openid_provider/public/", names.anchor)
}

fn subordinate_provider(names: &Names, federation_key: &SigningKey, key: &SigningKey) -> Subordinate {
    let keys = |key: &SigningKey| json!({ "keys": [key.public().to_value()] });
    Subordinate {
        id: names.provider.clone(),
        entity_types: vec!["openid_provider".to_owned()],
        jwks: keys(federation_key),
        metadata_policy: object(json!({ "openid_provider": {
            "jwks": { "value": keys(key), "essential": true },
            "code_challenge_methods_supported": { "subset_of": ["S256"], "essential": true },
            "subject_types_supported": { "subset_of": ["pairwise"], "essential": true },
            "userinfo_endpoint": { "essential": true },
        }})),
        constraints: Object::new(),
        trust_marks: vec![provider_mark_kind(names)],
    }
}

/// A relying party as the anchor registers it, with the policy that it is held to.
pub(super) fn subordinate_client(names: &Names, id: EntityId, keys: &JwkSet) -> Subordinate {
    Subordinate {
        id,
        entity_types: vec!["openid_relying_party".to_owned()],
        jwks: keys.to_value(),
        metadata_policy: object(json!({ "openid_relying_party": {
            "grant_types": { "subset_of": ["authorization_code", "refresh_token"], "superset_of": ["authorization_code"] },
            "id_token_signed_response_alg": { "one_of": ["RS256", "RS512"], "essential": true },
            "token_endpoint_auth_method": { "one_of": ["private_key_jwt"], "essential": true },
            "response_types": { "value": ["code"] },
        }})),
        constraints: Object::new(),
        trust_marks: vec![mark_kind(names)],
    }
}

pub(super) fn object(value: Value) -> Object {
    match value {
        Value::Object(object) => object,
        _ => Object::new(),
    }
}
