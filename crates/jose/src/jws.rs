//! Signed objects in compact form (RFC 7515).

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P521_SHA512_FIXED, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA512,
    RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA512, RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde_json::Value;

use super::json::{self, JsonError, Object};
use super::jwk::{Curve, Material};
use super::{Header, HeaderError, Jwk, JwkSet, LONGEST, SigningAlgorithm, SigningKey, decode, encode};

/// What `typ` has to be, so that one kind of token is never taken for another (RFC 8725 section 3.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typ {
    /// Exactly this media type, without `application/`.
    Is(&'static str),
    /// Absent, or `JWT`: tokens of OpenID Connect, which had none.
    Plain,
}

impl Typ {
    pub(super) fn accepts(self, typ: Option<&str>) -> bool {
        // RFC 7515 section 4.1.9: a media type, whose letter case means nothing and whose prefix may be left out.
        let short = typ.map(|typ| typ.strip_prefix("application/").unwrap_or(typ));
        match (self, short) {
            (Self::Is(expected), Some(typ)) => typ.eq_ignore_ascii_case(expected),
            (Self::Plain, Some(typ)) => typ.eq_ignore_ascii_case("JWT"),
            (Self::Plain, None) => true,
            (Self::Is(_), None) => false,
        }
    }
}

/// A signed object that is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum JwsError {
    /// Longer than [`LONGEST`].
    #[error("the signed object is too long")]
    TooLong,
    /// Not three parts in base64url.
    #[error("the text is not a signed object in compact form")]
    Form,
    /// The header.
    #[error("the header of the signed object is refused")]
    Header(#[from] HeaderError),
    /// An algorithm that is not expected here. It is as the header had it.
    #[error("the signature algorithm {0:?} is not accepted here")]
    Algorithm(String),
    /// Another kind of token.
    #[error("the signed object is of type {found:?}, not {expected:?}")]
    Typ {
        /// What the header said.
        found: Option<String>,
        /// What is wanted.
        expected: Typ,
    },
    /// None of the keys has this name.
    #[error("no trusted key has the kid {0:?}")]
    UnknownKey(String),
    /// The key is for something else.
    #[error("the key is not meant for this algorithm")]
    WrongKey,
    /// The signature does not match.
    #[error("the signature is not valid")]
    Signature,
    /// The content is not a JSON object.
    #[error("the content of the signed object cannot be read")]
    Content(#[from] JsonError),
}

/// The library refused to sign, which it does for lack of memory only.
#[derive(Debug, thiserror::Error)]
#[error("the signature could not be made")]
pub struct SignError;

/// A JWS whose signature nobody has looked at.
#[derive(Debug, Clone)]
pub struct Unverified<'a> {
    header: Header,
    claims: Object,
    signed: &'a str,
    signature: Vec<u8>,
}

/// A JWS whose signature is valid under a key that the caller trusts.
#[derive(Debug, Clone)]
pub struct Verified {
    /// Its header.
    pub header: Header,
    /// With which algorithm.
    pub algorithm: SigningAlgorithm,
    /// Its content.
    pub claims: Object,
}

impl<'a> Unverified<'a> {
    /// Takes the three parts apart.
    ///
    /// # Errors
    /// [`JwsError`] when the form, the header or the JSON is refused.
    pub fn parse(compact: &'a str) -> Result<Self, JwsError> {
        if compact.len() > LONGEST {
            return Err(JwsError::TooLong);
        }
        let (signed, signature) = compact.rsplit_once('.').ok_or(JwsError::Form)?;
        let (header, payload) = signed.split_once('.').ok_or(JwsError::Form)?;
        if payload.contains('.') {
            return Err(JwsError::Form);
        }
        let header = Header::read(header)?;
        let claims = json::parse_object(&decode(payload).ok_or(JwsError::Form)?, LONGEST)?;
        Ok(Self { header, claims, signed, signature: decode(signature).ok_or(JwsError::Form)? })
    }

    /// The header, believed by nobody.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The content, believed by nobody: to find out whose keys to look for.
    #[must_use]
    pub fn claims(&self) -> &Object {
        &self.claims
    }

    /// Verifies with the one key of `keys` that the header names.
    ///
    /// # Errors
    /// [`JwsError`] when type, algorithm, key or signature is not as it must be.
    pub fn verify(self, keys: &JwkSet, accepted: &[SigningAlgorithm], typ: Typ) -> Result<Verified, JwsError> {
        if !typ.accepts(self.header.typ.as_deref()) {
            return Err(JwsError::Typ { found: self.header.typ, expected: typ });
        }
        let algorithm = SigningAlgorithm::from_name(&self.header.alg).filter(|known| accepted.contains(known));
        let Some(algorithm) = algorithm else { return Err(JwsError::Algorithm(self.header.alg)) };
        let Some(key) = keys.get(&self.header.kid) else { return Err(JwsError::UnknownKey(self.header.kid)) };
        if !key.fits(algorithm) {
            return Err(JwsError::WrongKey);
        }
        check(key, algorithm, self.signed.as_bytes(), &self.signature)?;
        Ok(Verified { header: self.header, algorithm, claims: self.claims })
    }
}

pub(super) fn check(key: &Jwk, algorithm: SigningAlgorithm, signed: &[u8], signature: &[u8]) -> Result<(), JwsError> {
    let valid = match &key.material {
        Material::Rsa { modulus, exponent } => {
            RsaPublicKeyComponents { n: modulus, e: exponent }.verify(parameters(algorithm), signed, signature)
        }
        Material::Ec { curve: Curve::P256, point } => {
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(signed, signature)
        }
        Material::Ec { curve: Curve::P521, point } => {
            UnparsedPublicKey::new(&ECDSA_P521_SHA512_FIXED, point).verify(signed, signature)
        }
    };
    valid.map_err(|_| JwsError::Signature)
}

/// The algorithms of RSA; `Jwk::fits` has kept the others away.
fn parameters(algorithm: SigningAlgorithm) -> &'static RsaParameters {
    match algorithm {
        SigningAlgorithm::Rs256 | SigningAlgorithm::Es256 => &RSA_PKCS1_2048_8192_SHA256,
        SigningAlgorithm::Rs512 | SigningAlgorithm::Es512 => &RSA_PKCS1_2048_8192_SHA512,
        SigningAlgorithm::Ps256 => &RSA_PSS_2048_8192_SHA256,
        SigningAlgorithm::Ps512 => &RSA_PSS_2048_8192_SHA512,
    }
}

/// Signs `claims` in the key's own name. Only an RSA key and [`SigningAlgorithm::Rs512`] give RS512; any other choice
/// gives what everybody reads: RS256, or ES256 when the key is on P-256.
///
/// # Errors
/// [`SignError`] when the library cannot.
pub fn sign(
    claims: &Object,
    typ: Option<&str>,
    algorithm: SigningAlgorithm,
    key: &SigningKey,
) -> Result<String, SignError> {
    let mut header = Object::new();
    header.insert("kid".to_owned(), Value::from(key.public().kid()));
    if let Some(typ) = typ {
        header.insert("typ".to_owned(), Value::from(typ));
    }
    compact(header, claims, key.settle(algorithm), key)
}

/// Signs `claims` under a header of the caller's own, for those who name keys otherwise than by thumbprint; its `alg` is
/// the key's [`algorithm`](SigningKey::algorithm).
///
/// # Errors
/// [`SignError`] when the library cannot.
pub fn sign_with_header(header: Object, claims: &Object, key: &SigningKey) -> Result<String, SignError> {
    compact(header, claims, key.algorithm(), key)
}

fn compact(
    mut header: Object,
    claims: &Object,
    algorithm: SigningAlgorithm,
    key: &SigningKey,
) -> Result<String, SignError> {
    header.insert("alg".to_owned(), Value::from(algorithm.name()));
    let payload = serde_json::to_vec(claims).map_err(|_| SignError)?;
    let signed = format!("{}.{}", encode(Value::Object(header).to_string()), encode(payload));
    let signature = key.sign(algorithm, signed.as_bytes())?;
    Ok(format!("{signed}.{}", encode(signature)))
}
