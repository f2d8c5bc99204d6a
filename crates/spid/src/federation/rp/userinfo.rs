//! The attributes' endpoint: a signed object inside an encrypted one.

use http::{Method, Request, Response, header};
use jiff::Timestamp;

use super::super::client::request;
use super::super::fault::Remedy;
use super::super::jose::{JweError, JwsError, Typ, Unverified, decrypt};
use super::super::json::{ClaimError, Members as _};
use super::super::times::{TimeError, Validity};
use super::tokens::refused;
use super::{IdToken, Identity, Provider, RelyingParty, TokenError, TokenRequestError};

/// No attributes.
#[derive(Debug, thiserror::Error)]
pub enum UserinfoError {
    /// The endpoint refuses, or its answer is none.
    #[error("the provider gives no attributes")]
    Answer(#[from] TokenRequestError),
    /// The access token cannot be sent.
    #[error("the access token cannot be sent")]
    AccessToken,
    /// Not encrypted for us, as it must be.
    #[error("the attributes are not encrypted as they must be")]
    Encryption(#[from] JweError),
    /// Not signed by the provider.
    #[error("the attributes' signature is not accepted")]
    Signature(#[from] JwsError),
    /// Something is missing or has another shape.
    #[error("the attributes cannot be read")]
    Claim(#[from] ClaimError),
    /// Expired, or not yet in force.
    #[error("the attributes are not in force")]
    Time(#[from] TimeError),
    /// By or for somebody else.
    #[error("the attributes were not issued by this provider for us")]
    Parties,
    /// About somebody else than the id token.
    #[error("the attributes are about another person than signed in")]
    Subject,
}

impl UserinfoError {
    /// What to tell the user.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Answer(error) => error.remedy(),
            Self::Time(_) => Remedy::SignInAgain,
            _ => Remedy::Refuse,
        }
    }
}

impl RelyingParty {
    /// Asks for the attributes.
    ///
    /// # Errors
    /// [`UserinfoError::AccessToken`] when the token has characters that no header takes.
    pub fn userinfo_request(&self, provider: &Provider, access_token: &str) -> Result<Request<Vec<u8>>, UserinfoError> {
        let mut request = request(Method::GET, &provider.userinfo_endpoint, Vec::new())
            .map_err(|error| UserinfoError::Answer(error.into()))?;
        let value = header::HeaderValue::try_from(format!("Bearer {access_token}"));
        let mut value = value.map_err(|_| UserinfoError::AccessToken)?;
        value.set_sensitive(true);
        request.headers_mut().insert(header::AUTHORIZATION, value);
        Ok(request)
    }

    /// Reads the attributes of the person who signed in.
    ///
    /// # Errors
    /// [`UserinfoError`] for the first thing that is not as it must be.
    pub fn read_userinfo(
        &self,
        provider: &Provider,
        id_token: &IdToken,
        answer: &Response<Vec<u8>>,
        now: Timestamp,
    ) -> Result<Identity, UserinfoError> {
        refused(answer)?;
        let body = std::str::from_utf8(answer.body()).map_err(|_| JweError::Form)?;
        let signed = decrypt(body.trim_ascii(), &self.decryption_keys)?;
        let object = Unverified::parse(&signed)?.verify(&provider.keys, &[self.response_algorithm], Typ::Plain)?;
        let claims = &object.claims;
        Validity::read(claims, now)?;
        let audience = self.check_audience(claims).map_err(|error| match error {
            TokenError::Claim(error) => UserinfoError::Claim(error),
            _ => UserinfoError::Parties,
        });
        audience?;
        if claims.text("iss")? != provider.issuer.as_str() {
            return Err(UserinfoError::Parties);
        }
        if claims.text("sub")? != id_token.subject {
            return Err(UserinfoError::Subject);
        }
        Ok(Identity::read(provider.issuer.clone(), id_token, claims)?)
    }
}
