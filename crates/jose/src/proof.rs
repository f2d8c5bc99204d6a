//! Signed objects that bring their key with them.

use serde_json::Value;

use super::json::{self, ClaimError, Members as _, Object};
use super::jws::check;
use super::{HeaderError, Jwk, JwsError, LONGEST, SigningAlgorithm, Typ, decode};

/// A proof that its sender has a key (DPoP, RFC 9449 section 4.2). The signature is valid under the key inside, which
/// anybody can do: it means something only if that key is the one to which something else, such as a voucher, is bound.
#[derive(Debug, Clone)]
pub struct Proof {
    /// The key inside.
    pub key: Jwk,
    /// What is signed.
    pub claims: Object,
}

impl Proof {
    /// Takes a proof apart and verifies it with its own key.
    ///
    /// # Errors
    /// [`JwsError`] when form, type, algorithm, key or signature is not as it must be.
    pub fn verify(compact: &str, typ: Typ, accepted: &[SigningAlgorithm]) -> Result<Self, JwsError> {
        if compact.len() > LONGEST {
            return Err(JwsError::TooLong);
        }
        let (signed, signature) = compact.rsplit_once('.').ok_or(JwsError::Form)?;
        let (header, payload) = signed.split_once('.').ok_or(JwsError::Form)?;
        let header = json::parse_object(&decode(header).ok_or(JwsError::Form)?, LONGEST)?;
        let (algorithm, key) = own_key(&header, typ, accepted)?;
        let claims = json::parse_object(&decode(payload).ok_or(JwsError::Form)?, LONGEST)?;
        let signature = decode(signature).ok_or(JwsError::Form)?;
        check(&key, algorithm, signed.as_bytes(), &signature)?;
        Ok(Self { key, claims })
    }
}

fn own_key(header: &Object, typ: Typ, accepted: &[SigningAlgorithm]) -> Result<(SigningAlgorithm, Jwk), JwsError> {
    let refused = |error: ClaimError| JwsError::Header(HeaderError::Claim(error));
    let found = header.optional_text("typ").map_err(refused)?;
    if !typ.accepts(found) {
        return Err(JwsError::Typ { found: found.map(str::to_owned), expected: typ });
    }
    let name = header.text("alg").map_err(refused)?;
    let algorithm = SigningAlgorithm::from_name(name).filter(|known| accepted.contains(known));
    let algorithm = algorithm.ok_or_else(|| JwsError::Algorithm(name.to_owned()))?;
    let key = header.get("jwk").and_then(Value::as_object).ok_or_else(|| refused(ClaimError::Missing("jwk")))?;
    let key = Jwk::read_unnamed(key).ok().flatten().filter(|key| key.fits(algorithm)).ok_or(JwsError::WrongKey)?;
    Ok((algorithm, key))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{SigningKey, sign_with_header};

    fn object(value: Value) -> Object {
        value.as_object().cloned().unwrap()
    }

    fn key() -> SigningKey {
        SigningKey::rsa_or_p256_from_pem(&rcgen::KeyPair::generate().unwrap().serialize_pem()).unwrap()
    }

    fn proof(header: Value, key: &SigningKey) -> String {
        sign_with_header(object(header), &object(json!({ "htm": "GET" })), key).unwrap()
    }

    fn read(text: &str) -> Result<Proof, JwsError> {
        Proof::verify(text, Typ::Is("dpop+jwt"), &[SigningAlgorithm::Es256])
    }

    #[test]
    fn a_proof_brings_its_key() {
        let key = key();
        let good = proof(json!({ "typ": "dpop+jwt", "jwk": key.public().required() }), &key);
        let read = read(&good).unwrap();
        assert_eq!(read.key.thumbprint(), key.public().thumbprint());
        assert_eq!(read.claims["htm"], "GET");
    }

    #[test]
    fn another_key_another_type_and_no_key_are_refused() {
        let (key, other) = (key(), key());
        let public = key.public().required();
        let stolen = proof(json!({ "typ": "dpop+jwt", "jwk": public }), &other);
        assert!(matches!(read(&stolen), Err(JwsError::Signature)));
        let token = proof(json!({ "typ": "JWT", "jwk": public }), &key);
        assert!(matches!(read(&token), Err(JwsError::Typ { .. })));
        assert!(matches!(read(&proof(json!({ "typ": "dpop+jwt" }), &key)), Err(JwsError::Header(_))));
        let mut private = public.clone();
        private.insert("d".to_owned(), json!("AQ"));
        let private = proof(json!({ "typ": "dpop+jwt", "jwk": private }), &key);
        assert!(matches!(read(&private), Err(JwsError::WrongKey)), "a published private key proves nothing");
    }
}
