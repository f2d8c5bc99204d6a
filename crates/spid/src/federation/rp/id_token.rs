//! The id token and the access token that came with it.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest;
use jiff::Timestamp;

use super::super::fault::Remedy;
use super::super::jose::{self, JwsError, SigningAlgorithm, Typ, Unverified};
use super::super::json::{ClaimError, Members as _, Object};
use super::super::times::{TimeError, Validity};
use super::{Acr, Provider, RelyingParty, Started, Tokens};

/// Who signed in, how and when, as the provider signed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdToken {
    /// The person, under a name that is valid between this provider and us only.
    pub subject: String,
    /// How sure the provider is; not below what was asked for.
    pub acr: Acr,
    /// The token's own name. The caller keeps it until [`expires`](Self::expires) and refuses it a second time.
    pub jti: String,
    /// When it was issued.
    pub issued: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
}

/// A token that is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// There is none.
    #[error("the provider gave no id token")]
    Missing,
    /// Form, type, key or signature.
    #[error("the token's signature is not accepted")]
    Signature(#[from] JwsError),
    /// A claim is missing or has another shape.
    #[error("the token is incomplete")]
    Claim(#[from] ClaimError),
    /// Expired, or not yet in force.
    #[error("the token is not in force")]
    Time(#[from] TimeError),
    /// By another provider.
    #[error("the token was issued by somebody else")]
    Issuer,
    /// For another client.
    #[error("the token is for somebody else")]
    Audience,
    /// Of another sign-in.
    #[error("the token belongs to another sign-in")]
    Nonce,
    /// A level that is unknown, or lower than the least that was asked for.
    #[error("the person signed in at a lower level than was asked for")]
    Level,
    /// The access token is not the one that the id token speaks of.
    #[error("the access token does not belong to the id token")]
    AccessToken,
}

impl TokenError {
    /// What to tell the user.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Level => Remedy::UseHigherLevel,
            Self::Time(_) => Remedy::SignInAgain,
            _ => Remedy::Refuse,
        }
    }
}

impl RelyingParty {
    /// Verifies the id token and the access token of a sign-in.
    ///
    /// # Errors
    /// [`TokenError`] for the first thing that is not as it must be.
    pub fn verify_tokens(
        &self,
        provider: &Provider,
        started: &Started,
        tokens: &Tokens,
        now: Timestamp,
    ) -> Result<IdToken, TokenError> {
        let token = Unverified::parse(tokens.id_token.as_deref().ok_or(TokenError::Missing)?)?;
        let token = token.verify(&provider.keys, &[self.response_algorithm], Typ::Plain)?;
        let claims = &token.claims;
        let Validity { issued, expires } = Validity::read(claims, now)?;
        if claims.text("iss")? != provider.issuer.as_str() || started.provider != provider.issuer {
            return Err(TokenError::Issuer);
        }
        self.check_audience(claims)?;
        if verify_slices_are_equal(claims.text("nonce")?.as_bytes(), started.nonce.as_bytes()).is_err() {
            return Err(TokenError::Nonce);
        }
        let acr = Acr::from_uri(claims.text("acr")?).filter(|acr| *acr >= started.minimum).ok_or(TokenError::Level)?;
        if claims.text("at_hash")? != half_hash(&tokens.access_token, token.algorithm) {
            return Err(TokenError::AccessToken);
        }
        let subject = claims.text("sub")?.to_owned();
        self.verify_access_token(provider, &tokens.access_token, &subject, now)?;
        Ok(IdToken { subject, acr, jti: claims.text("jti")?.to_owned(), issued, expires })
    }

    /// Verifies an access token about `subject` (RFC 9068). Providers disagree on its audience: the attributes' endpoint
    /// by the Italian rules, or the provider or the client itself; anybody else is refused.
    ///
    /// # Errors
    /// [`TokenError`] for the first thing that is not as it must be.
    pub fn verify_access_token(
        &self,
        provider: &Provider,
        token: &str,
        subject: &str,
        now: Timestamp,
    ) -> Result<(), TokenError> {
        let token = Unverified::parse(token)?.verify(&provider.keys, SigningAlgorithm::ALL, Typ::Is("at+jwt"))?;
        let claims = &token.claims;
        Validity::read(claims, now)?;
        if claims.text("iss")? != provider.issuer.as_str() {
            return Err(TokenError::Issuer);
        }
        let known = [provider.userinfo_endpoint.as_str(), provider.issuer.as_str(), self.id().as_str()];
        let audience = claims.text_or_texts("aud")?;
        if !audience.iter().any(|aud| known.contains(aud)) || claims.text("client_id")? != self.id().as_str() {
            return Err(TokenError::Audience);
        }
        if claims.text("sub")? == subject { Ok(()) } else { Err(TokenError::AccessToken) }
    }

    /// We are meant, and if others are too, then it was issued to us (OpenID Connect Core section 3.1.3.7).
    pub(super) fn check_audience(&self, claims: &Object) -> Result<(), TokenError> {
        let audience = claims.text_or_texts("aud")?;
        let ours = self.id().as_str();
        let party = claims.optional_text("azp")?;
        let alone = audience.len() == 1 || party == Some(ours);
        if audience.contains(&ours) && alone && party.is_none_or(|party| party == ours) {
            Ok(())
        } else {
            Err(TokenError::Audience)
        }
    }
}

/// The left half of the hash of a token (OpenID Connect Core section 3.1.3.6).
pub(crate) fn half_hash(token: &str, algorithm: SigningAlgorithm) -> String {
    let hash = digest::digest(algorithm.digest(), token.as_bytes());
    jose::encode(&hash.as_ref()[..hash.as_ref().len() / 2])
}
