//! From a code to a person, through the injected fetcher.

use std::fmt;

use http::{Request, Response};
use jiff::Timestamp;

use super::super::fault::Remedy;
use super::{
    Code, IdToken, Identity, Provider, RelyingParty, Started, TokenError, TokenRequestError, Tokens, UserinfoError,
};
use crate::fetch::{Fetch, FetchError};

/// Chance for one sign-in's proof of who we are.
pub type Chance = [u8; 16];

/// A finished sign-in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The person.
    pub identity: Identity,
    /// Who signed in and how. The caller keeps `id_token.jti` until `id_token.expires` and refuses it a second time.
    pub id_token: IdToken,
    /// To be kept for the logout.
    pub tokens: Tokens,
    /// What went over the wire.
    pub evidence: Evidence,
}

/// What the Italian rules demand to keep for 24 months, besides the trust chain: encrypted, and with proof that nobody
/// changed it.
#[derive(Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The signed request.
    pub authorization_request: String,
    /// The body of the request for tokens.
    pub token_request: Vec<u8>,
    /// The body of the answer.
    pub token_response: Vec<u8>,
    /// The body of the answer with the attributes, encrypted for us.
    pub userinfo_response: Vec<u8>,
}

impl fmt::Debug for Evidence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Evidence(..)")
    }
}

/// A sign-in that did not end well.
#[derive(Debug, thiserror::Error)]
pub enum CompleteError {
    /// The provider is not the one that was asked.
    #[error("the sign-in was begun with another provider")]
    OtherProvider,
    /// No tokens.
    #[error("the provider gave no tokens")]
    Tokens(#[from] TokenRequestError),
    /// Tokens that are not accepted.
    #[error("the provider's tokens are not accepted")]
    Token(#[from] TokenError),
    /// No attributes, or none that are accepted.
    #[error("the attributes are not accepted")]
    Userinfo(#[from] UserinfoError),
}

impl CompleteError {
    /// What to tell the user.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::OtherProvider => Remedy::Refuse,
            Self::Tokens(error) => error.remedy(),
            Self::Token(error) => error.remedy(),
            Self::Userinfo(error) => error.remedy(),
        }
    }
}

impl RelyingParty {
    /// Turns a code into a person: two requests, and every check of tokens and attributes.
    ///
    /// # Errors
    /// [`CompleteError`]. The code is used up either way.
    pub async fn complete<F: Fetch>(
        &self,
        fetch: &F,
        provider: &Provider,
        started: &Started,
        code: Code,
        chance: &Chance,
        clock: &(dyn Fn() -> Timestamp + Send + Sync),
    ) -> Result<SignedIn, CompleteError> {
        if started.provider != provider.issuer {
            return Err(CompleteError::OtherProvider);
        }
        let request = self.token_request(provider, started, &code, chance, clock())?;
        let token_request = request.body().clone();
        let answer = send(fetch, request).await.map_err(TokenRequestError::NoAnswer)?;
        let tokens = Tokens::read(&answer, clock())?;
        let id_token = self.verify_tokens(provider, started, &tokens, clock())?;
        let request = self.userinfo_request(provider, &tokens.access_token)?;
        let userinfo = send(fetch, request).await;
        let userinfo = userinfo.map_err(|error| UserinfoError::Answer(TokenRequestError::NoAnswer(error)))?;
        let identity = self.read_userinfo(provider, &id_token, &userinfo, clock())?;
        let evidence = Evidence {
            authorization_request: started.request.clone(),
            token_request,
            token_response: answer.into_body(),
            userinfo_response: userinfo.into_body(),
        };
        Ok(SignedIn { identity, id_token, tokens, evidence })
    }

    /// Signs out at the provider: revokes the access token, as every logout must.
    ///
    /// # Errors
    /// [`TokenRequestError`] when it is not known to be revoked; try again later.
    pub async fn revoke<F: Fetch>(
        &self,
        fetch: &F,
        provider: &Provider,
        token: &str,
        chance: &Chance,
        now: Timestamp,
    ) -> Result<(), TokenRequestError> {
        let request = self.revocation_request(provider, token, chance, now)?;
        Tokens::read_revocation(&send(fetch, request).await?)
    }

    /// Gets the next access token and refresh token. An id token in the answer is dropped: at CIE a refresh is no sign-in.
    ///
    /// # Errors
    /// [`TokenRequestError`]; after [`FaultCode::InvalidGrant`](super::super::fault::FaultCode::InvalidGrant) the person
    /// has to sign in.
    pub async fn refresh<F: Fetch>(
        &self,
        fetch: &F,
        provider: &Provider,
        refresh_token: &str,
        chance: &Chance,
        now: Timestamp,
    ) -> Result<Tokens, TokenRequestError> {
        let request = self.refresh_request(provider, refresh_token, chance, now)?;
        let tokens = Tokens::read(&send(fetch, request).await?, now)?;
        Ok(Tokens { id_token: None, ..tokens })
    }
}

async fn send<F: Fetch>(fetch: &F, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, FetchError> {
    fetch.send(request).await
}
