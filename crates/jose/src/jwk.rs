//! Public keys (RFC 7517) and their names (RFC 7638).

use std::fmt;

use aws_lc_rs::digest;
use serde_json::{Value, json};

use super::json::{ClaimError, Members as _, Object};
use super::{SigningAlgorithm, decode, encode};

/// The greatest number of keys in a set; a roll-over needs two or three.
const MOST_KEYS: usize = 24;

/// Members that only a private or shared key has. A set that publishes one is broken, and its key known to all.
const SECRET: &[&str] = &["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// What a key is for (`use`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyUse {
    /// Signing (`sig`).
    Signing,
    /// Encrypting (`enc`).
    Encrypting,
}

/// A public key with its name.
#[derive(Clone, PartialEq, Eq)]
pub struct Jwk {
    kid: String,
    usage: Option<KeyUse>,
    algorithm: Option<String>,
    pub(super) material: Material,
}

#[derive(Clone, PartialEq, Eq)]
pub(super) enum Material {
    Rsa {
        modulus: Vec<u8>,
        exponent: Vec<u8>,
    },
    /// The uncompressed point, and the curve's name.
    Ec {
        curve: Curve,
        point: Vec<u8>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Curve {
    P256,
    P521,
}

impl Curve {
    const fn name(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P521 => "P-521",
        }
    }

    const fn coordinate(self) -> usize {
        match self {
            Self::P256 => 32,
            Self::P521 => 66,
        }
    }
}

/// A key or a set of keys that is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JwkError {
    /// A member is missing or has another shape.
    #[error("the key is incomplete")]
    Claim(#[from] ClaimError),
    /// RSA below 2048 or above 8192 bits, or an exponent that is even or less than 3.
    #[error("the RSA key is too weak or too large")]
    Strength,
    /// A private or shared key was published.
    #[error("the key set contains a private key")]
    Private,
    /// Two keys of one name: which one is meant is anybody's guess.
    #[error("two keys have the same kid")]
    Duplicate,
    /// No key, or more than are read.
    #[error("the key set is empty or too large")]
    Count,
}

impl Jwk {
    /// An RSA key, named by its thumbprint.
    ///
    /// # Errors
    /// [`JwkError::Strength`] outside 2048 to 8192 bits.
    pub fn rsa(modulus: &[u8], exponent: &[u8], usage: KeyUse) -> Result<Self, JwkError> {
        let material = rsa(modulus.to_vec(), exponent.to_vec())?;
        Ok(Self::named_by_itself(material, Some(usage)))
    }

    /// A key on P-256 for signing, named by its thumbprint; `point` is uncompressed, as libraries give it.
    ///
    /// # Errors
    /// [`JwkError::Claim`] when it is no point of 65 bytes.
    pub fn p256(point: &[u8]) -> Result<Self, JwkError> {
        let sound = point.len() == 65 && point[0] == 4;
        let (x, y) = if sound { point[1..].split_at(32) } else { (&point[..0], &point[..0]) };
        Ok(Self::named_by_itself(ec(Curve::P256, x, y)?, Some(KeyUse::Signing)))
    }

    fn named_by_itself(material: Material, usage: Option<KeyUse>) -> Self {
        let mut key = Self { kid: String::new(), usage, algorithm: None, material };
        key.kid = key.thumbprint();
        key
    }

    /// The name.
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// What the key is for; `None` is everything.
    #[must_use]
    pub fn usage(&self) -> Option<KeyUse> {
        self.usage
    }

    /// Reads a key. `None` is a key of a kind that this crate does not use, which RFC 7517 section 5 says to ignore.
    ///
    /// # Errors
    /// [`JwkError`] when the key is of a kind that is used, but is no good.
    pub fn read(object: &Object) -> Result<Option<Self>, JwkError> {
        let Some(key) = Self::read_unnamed(object)? else { return Ok(None) };
        Ok(Some(Self { kid: object.text("kid")?.to_owned(), ..key }))
    }

    /// Reads a key whatever its name, and names it by its thumbprint: for keys that stand alone (RFC 9449 section 4.2).
    ///
    /// # Errors
    /// As for [`read`](Self::read).
    pub fn read_unnamed(object: &Object) -> Result<Option<Self>, JwkError> {
        if SECRET.iter().any(|member| object.contains_key(*member)) {
            return Err(JwkError::Private);
        }
        let bytes = |name| decode(object.text(name)?).ok_or(ClaimError::Shape(name));
        let material = match (object.text("kty")?, object.optional_text("crv")?) {
            ("RSA", _) => rsa(bytes("n")?, bytes("e")?)?,
            ("EC", Some("P-256")) => ec(Curve::P256, &bytes("x")?, &bytes("y")?)?,
            ("EC", Some("P-521")) => ec(Curve::P521, &bytes("x")?, &bytes("y")?)?,
            _ => return Ok(None),
        };
        let usage = match object.optional_text("use")? {
            None => None,
            Some("sig") => Some(KeyUse::Signing),
            Some("enc") => Some(KeyUse::Encrypting),
            Some(_) => return Ok(None),
        };
        let algorithm = object.optional_text("alg")?.map(str::to_owned);
        Ok(Some(Self { algorithm, ..Self::named_by_itself(material, usage) }))
    }

    /// The key as JSON.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let mut object = self.required();
        object.insert("kid".to_owned(), json!(self.kid));
        if let Some(usage) = self.usage {
            object.insert("use".to_owned(), json!(if usage == KeyUse::Signing { "sig" } else { "enc" }));
        }
        if let Some(algorithm) = &self.algorithm {
            object.insert("alg".to_owned(), json!(algorithm));
        }
        Value::Object(object)
    }

    /// The thumbprint by SHA-256 (RFC 7638), base64url.
    #[must_use]
    pub fn thumbprint(&self) -> String {
        // The map keeps its members in the order of their names, as section 3.3 asks.
        let text = Value::Object(self.required()).to_string();
        encode(digest::digest(&digest::SHA256, text.as_bytes()))
    }

    /// The members that RFC 7638 section 3.2 names: the key and nothing about it.
    #[must_use]
    pub fn required(&self) -> Object {
        let mut object = Object::new();
        match &self.material {
            Material::Rsa { modulus, exponent } => {
                object.insert("kty".to_owned(), json!("RSA"));
                object.insert("n".to_owned(), json!(encode(modulus)));
                object.insert("e".to_owned(), json!(encode(exponent)));
            }
            Material::Ec { curve, point } => {
                let (x, y) = point[1..].split_at(curve.coordinate());
                object.insert("kty".to_owned(), json!("EC"));
                object.insert("crv".to_owned(), json!(curve.name()));
                object.insert("x".to_owned(), json!(encode(x)));
                object.insert("y".to_owned(), json!(encode(y)));
            }
        }
        object
    }

    /// Whether the key says that it may verify that algorithm.
    pub(super) fn fits(&self, algorithm: SigningAlgorithm) -> bool {
        let kind = matches!(
            (&self.material, algorithm),
            (
                Material::Rsa { .. },
                SigningAlgorithm::Rs256 | SigningAlgorithm::Rs512 | SigningAlgorithm::Ps256 | SigningAlgorithm::Ps512
            ) | (Material::Ec { curve: Curve::P256, .. }, SigningAlgorithm::Es256)
                | (Material::Ec { curve: Curve::P521, .. }, SigningAlgorithm::Es512)
        );
        kind && self.usage != Some(KeyUse::Encrypting)
            && self.algorithm.as_deref().is_none_or(|name| name == algorithm.name())
    }
}

fn rsa(modulus: Vec<u8>, exponent: Vec<u8>) -> Result<Material, JwkError> {
    let bits = modulus.len() * 8 - modulus.first().map_or(0, |byte| byte.leading_zeros() as usize);
    let small = exponent.len() <= 8 && exponent != [1] && exponent.last().is_some_and(|byte| byte & 1 == 1);
    let plain = modulus.first() != Some(&0) && exponent.first() != Some(&0);
    if (2048..=8192).contains(&bits) && small && plain {
        Ok(Material::Rsa { modulus, exponent })
    } else {
        Err(JwkError::Strength)
    }
}

fn ec(curve: Curve, x: &[u8], y: &[u8]) -> Result<Material, JwkError> {
    if x.len() != curve.coordinate() || y.len() != curve.coordinate() {
        return Err(JwkError::Claim(ClaimError::Shape("x")));
    }
    // 4 marks an uncompressed point (SEC 1 section 2.3.3).
    let point = [&[4], x, y].concat();
    Ok(Material::Ec { curve, point })
}

impl fmt::Debug for Jwk {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Jwk").field("kid", &self.kid).field("usage", &self.usage).finish_non_exhaustive()
    }
}

/// Public keys, each of its own name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JwkSet(Vec<Jwk>);

impl JwkSet {
    /// A set.
    ///
    /// # Errors
    /// [`JwkError::Count`] when there are none or too many, [`JwkError::Duplicate`] when two have one name.
    pub fn new(keys: Vec<Jwk>) -> Result<Self, JwkError> {
        if keys.is_empty() || keys.len() > MOST_KEYS {
            return Err(JwkError::Count);
        }
        let twice = keys.iter().enumerate().any(|(at, key)| keys[..at].iter().any(|other| other.kid == key.kid));
        if twice { Err(JwkError::Duplicate) } else { Ok(Self(keys)) }
    }

    /// Reads `{"keys": [...]}`.
    ///
    /// # Errors
    /// [`JwkError`] when any key that could be used is no good, or none can.
    pub fn read(object: &Object) -> Result<Self, JwkError> {
        let items = object.get("keys").and_then(Value::as_array).ok_or(ClaimError::Missing("keys"))?;
        if items.len() > MOST_KEYS {
            return Err(JwkError::Count);
        }
        let mut keys = Vec::new();
        for item in items {
            keys.extend(Jwk::read(item.as_object().ok_or(ClaimError::Shape("keys"))?)?);
        }
        Self::new(keys)
    }

    /// The set as JSON.
    #[must_use]
    pub fn to_value(&self) -> Value {
        json!({ "keys": self.0.iter().map(Jwk::to_value).collect::<Vec<_>>() })
    }

    /// The key of that name.
    #[must_use]
    pub fn get(&self, kid: &str) -> Option<&Jwk> {
        self.0.iter().find(|key| key.kid == kid)
    }

    /// The keys.
    pub fn iter(&self) -> impl Iterator<Item = &Jwk> {
        self.0.iter()
    }
}
