//! Signed JSON: tokens say what was signed, statements what they may say.

use std::sync::LazyLock;

use spid::federation::EntityId;
use spid::federation::jose::{Jwk, JwkSet, SigningAlgorithm, Typ, Unverified, decrypt, sign};
use spid::federation::json::{self, Object};
use spid::federation::statement::{EntityStatement, TYP};

use super::originals;
use crate::world::{ANCHOR, ANCHOR_KEY, DECRYPTION_KEY, MEMBER, now};

fn keys() -> JwkSet {
    JwkSet::new(vec![ANCHOR_KEY.public().clone()]).unwrap()
}

fn verified(bytes: &[u8]) -> Option<Object> {
    let jwt = std::str::from_utf8(bytes).ok()?;
    let verify = |typ| Unverified::parse(jwt).ok()?.verify(&keys(), SigningAlgorithm::ALL, typ).ok();
    Some(verify(Typ::Is(TYP)).or_else(|| verify(Typ::Plain))?.claims)
}

fn decrypted(bytes: &[u8]) -> Option<String> {
    decrypt(std::str::from_utf8(bytes).ok()?, std::slice::from_ref(&*DECRYPTION_KEY)).ok()
}

/// A token that is accepted, signed or encrypted, holds what a seed holds.
pub fn token(bytes: &[u8]) -> bool {
    static SIGNED: LazyLock<Vec<Object>> = LazyLock::new(|| originals("jose", verified));
    static SEALED: LazyLock<Vec<String>> = LazyLock::new(|| originals("jose", decrypted));
    let (claims, plain) = (verified(bytes), decrypted(bytes));
    assert!(claims.iter().all(|claims| SIGNED.contains(claims)), "nobody signed this: {claims:?}");
    // Nobody but the recipient's key is needed to encrypt, but no change of ours makes another text.
    assert!(plain.iter().all(|plain| SEALED.contains(plain)), "nobody wrote this: {plain:?}");
    if let Ok(jwt) = std::str::from_utf8(bytes)
        && let Ok(statement) = EntityStatement::verify_configuration(jwt, &entity(MEMBER), now())
    {
        within_bounds(&statement);
    }
    claims.is_some() || plain.is_some()
}

fn entity(text: &str) -> EntityId {
    EntityId::parse(text).unwrap()
}

/// What stands behind the signature is reached by signing. A statement that is accepted is by whom and about whom it
/// was asked for, in force, and within bounds; its keys are read again as they were.
pub fn statement(bytes: &[u8]) -> bool {
    let Ok(claims) = json::parse_object(bytes, 64 * 1024) else { return false };
    let jwt = sign(&claims, Some(TYP), SigningAlgorithm::Rs256, &ANCHOR_KEY).unwrap();
    let (issuer, subject) = (entity(ANCHOR), entity(MEMBER));
    let Ok(statement) = EntityStatement::verify(&jwt, &issuer, &subject, &keys(), now()) else { return false };
    assert_eq!((&statement.issuer, &statement.subject), (&issuer, &subject));
    within_bounds(&statement);
    true
}

fn within_bounds(statement: &EntityStatement) {
    assert!(statement.issued < statement.expires && statement.expires > now() - jiff::SignedDuration::from_mins(5));
    assert!(statement.authority_hints.len() <= 16 && statement.trust_marks.len() <= 16);
    let mut names = Vec::new();
    for key in statement.keys.iter() {
        let value = key.to_value();
        let again = Jwk::read(value.as_object().unwrap()).unwrap().unwrap();
        assert_eq!(again.to_value(), value);
        assert_eq!(again.thumbprint(), key.thumbprint());
        names.push(key.kid().to_owned());
    }
    names.dedup();
    assert_eq!(names.len(), statement.keys.iter().count());
}
