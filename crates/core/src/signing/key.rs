//! One key: ES256 or RS256 (RFC 7518 section 3), and its public half (RFC 7517, RFC 7638).

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    self, ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _,
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, RsaPublicKeyComponents, UnparsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject as _;
use serde_json::{Value, json};

/// The least length of an RSA modulus, in bytes.
const LEAST_RSA: usize = 256;

/// A key that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// There is no private key in PEM.
    #[error("the text holds no unencrypted private key in PEM")]
    Pem,
    /// Neither P-256 nor RSA of 2048 bits.
    #[error("the key is neither of the curve P-256 nor RSA of at least 2048 bits")]
    Kind,
    /// It cannot be made or written.
    #[error("no key can be made")]
    Made,
}

/// A key that signs statements.
#[derive(Debug)]
pub struct StatementKey {
    pair: Pair,
    jwk: Value,
}

#[derive(Debug)]
enum Pair {
    Ecdsa(EcdsaKeyPair),
    Rsa(Box<RsaKeyPair>),
}

impl StatementKey {
    /// Reads the first private key of a text in PEM: PKCS#8, SEC 1 or PKCS#1.
    ///
    /// # Errors
    /// [`KeyError::Pem`] or [`KeyError::Kind`].
    pub fn from_pem(pem: &str) -> Result<Self, KeyError> {
        let der = PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| KeyError::Pem)?;
        let der = der.secret_der();
        let ecdsa = || EcdsaKeyPair::from_private_key_der(&ECDSA_P256_SHA256_FIXED_SIGNING, der);
        if let Ok(pair) = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der).or_else(|_| ecdsa()) {
            return Self::of(Pair::Ecdsa(pair));
        }
        let rsa = RsaKeyPair::from_pkcs8(der).or_else(|_| RsaKeyPair::from_der(der)).map_err(|_| KeyError::Kind)?;
        Self::of(Pair::Rsa(Box::new(rsa)))
    }

    /// Reads a key that [`StatementKey::generate`] has made.
    pub(super) fn from_pkcs8(der: &[u8]) -> Result<Self, KeyError> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der).map_err(|_| KeyError::Kind)?;
        Self::of(Pair::Ecdsa(pair))
    }

    /// A fresh key of the curve P-256, and its PKCS#8. The library takes its chance from the operating system itself.
    pub(super) fn generate() -> Result<(Self, Vec<u8>), KeyError> {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(|_| KeyError::Made)?;
        let der = pair.to_pkcs8v1().map_err(|_| KeyError::Made)?.as_ref().to_vec();
        Ok((Self::of(Pair::Ecdsa(pair))?, der))
    }

    fn of(pair: Pair) -> Result<Self, KeyError> {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        // The members in this order and no others are what the thumbprint is taken of.
        let members = match &pair {
            Pair::Ecdsa(pair) => {
                // Uncompressed: 4, then both coordinates.
                let point = pair.public_key().as_ref();
                let (x, y) = point.get(1..).and_then(|xy| xy.split_at_checked(32)).ok_or(KeyError::Kind)?;
                format!(r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#, text(x), text(y))
            }
            Pair::Rsa(pair) => {
                let key = pair.public_key();
                let modulus = key.modulus().big_endian_without_leading_zero();
                if modulus.len() < LEAST_RSA {
                    return Err(KeyError::Kind);
                }
                let exponent = key.exponent().big_endian_without_leading_zero();
                format!(r#"{{"e":"{}","kty":"RSA","n":"{}"}}"#, text(exponent), text(modulus))
            }
        };
        let mut jwk: Value = serde_json::from_str(&members).map_err(|_| KeyError::Made)?;
        jwk["kid"] = json!(text(digest(&SHA256, members.as_bytes()).as_ref()));
        jwk["use"] = json!("sig");
        jwk["alg"] = json!(match pair {
            Pair::Ecdsa(_) => "ES256",
            Pair::Rsa(_) => "RS256",
        });
        Ok(Self { pair, jwk })
    }

    /// The key's name: its thumbprint (RFC 7638).
    pub fn kid(&self) -> &str {
        self.jwk["kid"].as_str().unwrap_or_default()
    }

    /// The public half.
    pub(super) fn jwk(&self) -> &Value {
        &self.jwk
    }

    /// The payload as a JWS in compact form.
    pub(super) fn sign(&self, payload: &[u8]) -> Result<String, KeyError> {
        let head = json!({ "alg": self.jwk["alg"], "kid": self.jwk["kid"], "typ": "JWT" }).to_string();
        let input = format!("{}.{}", URL_SAFE_NO_PAD.encode(head), URL_SAFE_NO_PAD.encode(payload));
        let random = SystemRandom::new();
        let signature = match &self.pair {
            Pair::Ecdsa(pair) => pair.sign(&random, input.as_bytes()).map_err(|_| KeyError::Made)?.as_ref().to_vec(),
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                let signed = pair.sign(&RSA_PKCS1_SHA256, &random, input.as_bytes(), &mut signature);
                signed.map(|()| signature).map_err(|_| KeyError::Made)?
            }
        };
        Ok(format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

/// The name of the key that a JWS says it was signed with.
pub(super) fn kid_of(jws: &str) -> Option<String> {
    let (head, _) = jws.split_once('.')?;
    let head: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(head).ok()?).ok()?;
    // What a header calls critical and nobody here knows must not be passed over (RFC 7515 section 4.1.11).
    head.get("crit").is_none().then(|| head["kid"].as_str().map(str::to_owned))?
}

/// The payload of a JWS, if this key has signed it.
pub(super) fn verified(jws: &str, jwk: &Value) -> Option<Value> {
    let (input, signature) = jws.rsplit_once('.')?;
    let (head, payload) = input.split_once('.')?;
    let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).ok();
    let head: Value = serde_json::from_slice(&decode(head)?).ok()?;
    if head["alg"] != jwk["alg"] {
        return None;
    }
    let member = |name: &str| decode(jwk[name].as_str()?);
    let (input, signature) = (input.as_bytes(), decode(signature)?);
    match jwk["alg"].as_str()? {
        "ES256" => {
            let point = [vec![4], member("x")?, member("y")?].concat();
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(input, &signature).ok()?;
        }
        "RS256" => {
            let key: RsaPublicKeyComponents<Vec<u8>> =
                signature::RsaPublicKeyComponents { n: member("n")?, e: member("e")? };
            key.verify(&RSA_PKCS1_2048_8192_SHA256, input, &signature).ok()?;
        }
        _ => return None,
    }
    serde_json::from_slice(&decode(payload)?).ok()
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::encoding::AsDer as _;

    use super::*;

    #[test]
    fn what_a_key_has_signed_verifies_and_nothing_else_does() {
        let (key, der) = StatementKey::generate().unwrap();
        let jws = key.sign(br#"{"sub":"00001015015"}"#).unwrap();
        assert_eq!(kid_of(&jws).as_deref(), Some(key.kid()));
        assert_eq!(verified(&jws, key.jwk()).unwrap()["sub"], "00001015015");
        assert_eq!(StatementKey::from_pkcs8(&der).unwrap().kid(), key.kid());
        let (other, _) = StatementKey::generate().unwrap();
        assert!(verified(&jws, other.jwk()).is_none());
        let forged = URL_SAFE_NO_PAD.encode(br#"{"sub":"00001385020"}"#);
        let parts: Vec<&str> = jws.split('.').collect();
        assert!(verified(&format!("{}.{forged}.{}", parts[0], parts[2]), key.jwk()).is_none());
        let none = URL_SAFE_NO_PAD.encode(br#"{"alg":"none"}"#);
        assert!(verified(&format!("{none}.{}.", parts[1]), key.jwk()).is_none());
        for bad in ["", ".", "..", "a.b.c", "ä.ö.ü"] {
            assert!(verified(bad, key.jwk()).is_none());
        }
    }

    #[test]
    fn a_key_is_read_from_pem_whatever_its_kind() {
        let pem = |der: &[u8]| {
            let body = base64::engine::general_purpose::STANDARD.encode(der);
            format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n")
        };
        let (key, der) = StatementKey::generate().unwrap();
        assert_eq!(StatementKey::from_pem(&pem(&der)).unwrap().kid(), key.kid());
        let rsa = RsaKeyPair::generate(aws_lc_rs::rsa::KeySize::Rsa2048).unwrap();
        let der: aws_lc_rs::encoding::Pkcs8V1Der<'_> = rsa.as_der().unwrap();
        let key = StatementKey::from_pem(&pem(der.as_ref())).unwrap();
        let jws = key.sign(b"{\"a\":1}").unwrap();
        assert_eq!((&key.jwk()["alg"], &verified(&jws, key.jwk()).unwrap()["a"]), (&json!("RS256"), &json!(1)));
        assert!(matches!(StatementKey::from_pem("nothing"), Err(KeyError::Pem)));
        assert!(matches!(StatementKey::from_pem(&pem(b"nonsense")), Err(KeyError::Kind)));
    }

    #[test]
    fn a_thumbprint_is_that_of_the_rfc() {
        // RFC 7638 section 3.1 takes it of the members in the order of their names, without blanks.
        let (key, _) = StatementKey::generate().unwrap();
        let jwk = key.jwk();
        let members = format!(r#"{{"crv":{},"kty":{},"x":{},"y":{}}}"#, jwk["crv"], jwk["kty"], jwk["x"], jwk["y"]);
        assert_eq!(key.kid(), URL_SAFE_NO_PAD.encode(digest(&SHA256, members.as_bytes())));
    }
}
