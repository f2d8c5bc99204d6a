//! The keys of the anchor and of the provider. They take a while to make, and so are made when they are first needed.

use std::sync::{Mutex, MutexGuard, PoisonError};

use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::RsaKeyPair;
use jiff::SignedDuration;
use serde_json::{Value, json};
use spid::federation::EntityId;
use spid::federation::jose::{JwkError, JwkSet, SigningKey};
use spid::federation::json::Object;
use spid::federation::provider::{Authority, OpenIdProvider, Subordinate};

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
            trust_mark_issuers: object(json!({ mark_kind(names): [names.anchor.as_str()] })),
            constraints: object(json!({ "max_path_length": 1 })),
            subordinates: vec![below],
            lifetime: STATEMENT_LIFETIME,
        };
        Ok(Self { authority: Mutex::new(authority), provider, anchor_keys })
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
        trust_marks: Vec::new(),
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
