//! The header of a JWS or JWE.

use super::json::{self, ClaimError, JsonError, Members as _};

/// The longest header that is read, in bytes.
const LONGEST: usize = 4096;

/// Members with which a sender would choose the key, or ask for more than this reader knows.
const REFUSED: &[&str] = &["jku", "jwk", "x5u", "x5c", "crit", "zip", "b64"];

/// What a header says. Unknown members, such as `trust_chain`, are passed over and never acted upon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The algorithm's name, as sent.
    pub alg: String,
    /// Which key; mandatory in the profile.
    pub kid: String,
    /// What the whole is.
    pub typ: Option<String>,
    /// What the content is.
    pub cty: Option<String>,
    /// How the content of a JWE is encrypted.
    pub enc: Option<String>,
}

/// A header that is not read.
#[derive(Debug, thiserror::Error)]
pub enum HeaderError {
    /// Not base64url.
    #[error("the header is not base64url")]
    Base64,
    /// Not JSON as it is read here.
    #[error("the header cannot be read")]
    Json(#[from] JsonError),
    /// A member is missing or has another shape.
    #[error("the header is incomplete")]
    Claim(#[from] ClaimError),
    /// A member that brings a key, compresses, or demands an extension.
    #[error("the header has the member {0}, which is refused")]
    Refused(&'static str),
}

impl Header {
    pub(super) fn read(encoded: &str) -> Result<Self, HeaderError> {
        if encoded.len() > LONGEST * 4 / 3 {
            return Err(HeaderError::Json(JsonError::TooLong { limit: LONGEST }));
        }
        let object = json::parse_object(&super::decode(encoded).ok_or(HeaderError::Base64)?, LONGEST)?;
        if let Some(member) = REFUSED.iter().find(|member| object.contains_key(**member)) {
            return Err(HeaderError::Refused(member));
        }
        let optional = |name| object.optional_text(name).map(|text| text.map(str::to_owned));
        Ok(Self {
            alg: object.text("alg")?.to_owned(),
            kid: object.text("kid")?.to_owned(),
            typ: optional("typ")?,
            cty: optional("cty")?,
            enc: optional("enc")?,
        })
    }
}
