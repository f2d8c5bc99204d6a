//! The token, attributes and revocation endpoints.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use spid::federation::fault::{Fault, FaultCode};
use spid::federation::provider::{Grant, GrantType, TokenRequest};
use spid::federation::rp::Acr;

use super::Cie;
use super::behaviour::Behaviour;
use super::clients::Known;
use super::grants::{Held, TokenKind, TokenState};

impl Cie {
    /// A code or a refresh token becomes tokens. What comes out is JSON.
    pub(super) async fn exchange(&self, body: &[u8]) -> Result<Vec<u8>, Fault> {
        let request = TokenRequest::read(body)?;
        let known = self.authenticated(&request).await?;
        match &request.grant {
            GrantType::Code { code, .. } => {
                let (id, grant) = self.redeem(&request, code)?;
                self.issue(&id, &grant, &known, true)
            }
            GrantType::Refresh(token) => {
                let jti = self.kit().provider.verify_own(token, TokenKind::Refresh.typ(), self.now())?;
                let (id, grant) = self.owned(&jti, &known).ok_or_else(invalid_grant)?;
                let replaced = |held: &mut Held| held.end(&jti, TokenState::Used);
                if !self.state().grants.get_mut(&id).is_some_and(replaced) {
                    return Err(invalid_grant());
                }
                self.issue(&id, &grant, &known, false)
            }
            GrantType::Revoke(_) => Err(Fault::with(FaultCode::InvalidRequest, "grant_type")),
        }
    }

    /// Ends a token. One that is not good any more, or was never the caller's, is no error (RFC 7009 section 2.2).
    pub(super) async fn revoke(&self, body: &[u8]) -> Result<(), Fault> {
        let (known, token) = self.shown(body).await?;
        let Some((kind, jti)) = self.ours(&token) else { return Ok(()) };
        let Some((id, _)) = self.owned(&jti, &known) else { return Ok(()) };
        if let Some(held) = self.state().grants.get_mut(&id) {
            match kind {
                TokenKind::Access => {
                    held.end(&jti, TokenState::Revoked);
                }
                // Whoever gives back what the consent lasts by, gives back everything (section 2.1).
                TokenKind::Refresh => held.end_all(),
            }
        }
        Ok(())
    }

    /// Whether a token is good, and for what (RFC 7662).
    pub(super) async fn introspect(&self, body: &[u8]) -> Result<Value, Fault> {
        let (known, token) = self.shown(body).await?;
        let found = self.ours(&token).and_then(|(_, jti)| Some((self.owned(&jti, &known)?.1, jti)));
        Ok(found.map_or_else(
            || json!({ "active": false }),
            |(grant, jti)| {
                json!({
                    "active": true,
                    "iss": self.inner.names.provider.as_str(),
                    "sub": grant.subject,
                    "client_id": known.client.id.as_str(),
                    "scope": grant.authorization.scopes.join(" "),
                    "jti": jti,
                })
            },
        ))
    }

    /// The attributes, signed and encrypted.
    pub(super) async fn attributes(&self, bearer: &str) -> Result<String, Fault> {
        let invalid = || Fault::new(FaultCode::InvalidToken);
        let (provider, now) = (&self.kit().provider, self.now());
        let jti = provider.verify_own(bearer, TokenKind::Access.typ(), now)?;
        let (_, mut grant) = self.granted(&jti).ok_or_else(invalid)?;
        let known = self.client(&grant.authorization.client_id, false).await.map_err(|_| invalid())?;
        let behaviour = self.behaviour();
        if behaviour == Behaviour::OtherPerson {
            grant.subject = grant.subject.chars().rev().collect();
        }
        let signed = provider.sign_userinfo(&grant, &known.client, now).map_err(|error| out_of_order(&error))?;
        let signed = match behaviour {
            Behaviour::UnsignedUserinfo => unsigned(&signed),
            Behaviour::BadSignature => damaged(&signed),
            _ => signed,
        };
        let chance = self.state().chance();
        known.client.encrypt(&signed, &chance).map_err(|error| out_of_order(&error))
    }

    /// Who asks, proven. A proof is accepted once.
    async fn authenticated(&self, request: &TokenRequest) -> Result<Arc<Known>, Fault> {
        let unknown = |_| Fault::with(FaultCode::InvalidClient, "no trust chain");
        let mut known = self.client(&request.client_id, false).await.map_err(unknown)?;
        let mut proof = self.kit().provider.authenticate(request, &known.client, self.now());
        if proof.is_err() {
            // The relying party may have new keys.
            known = self.client(&request.client_id, true).await.map_err(unknown)?;
            proof = self.kit().provider.authenticate(request, &known.client, self.now());
        }
        if self.state().is_new("assertion", &known.client.id, &proof?) {
            Ok(known)
        } else {
            Err(Fault::with(FaultCode::InvalidClient, "jti"))
        }
    }

    /// Who asks about which token, at the endpoints that are shown nothing else.
    async fn shown(&self, body: &[u8]) -> Result<(Arc<Known>, String), Fault> {
        let request = TokenRequest::read(body)?;
        let known = self.authenticated(&request).await?;
        match request.grant {
            GrantType::Revoke(token) => Ok((known, token)),
            _ => Err(Fault::with(FaultCode::InvalidRequest, "grant_type")),
        }
    }

    /// The grant of a code, which is good once: whoever shows it again ends what came of it (RFC 6749 section 4.1.2).
    fn redeem(&self, request: &TokenRequest, code: &str) -> Result<(String, Grant), Fault> {
        let mut state = self.state();
        let id = state.codes.get(code).cloned().ok_or_else(invalid_grant)?;
        let held = state.grants.get_mut(&id).ok_or_else(invalid_grant)?;
        if held.grant.authorization.client_id != request.client_id {
            return Err(invalid_grant());
        }
        if std::mem::replace(&mut held.redeemed, true) {
            held.end_all();
            return Err(invalid_grant());
        }
        self.kit().provider.redeem(request, &held.grant, self.now())?;
        Ok((id, held.grant.clone()))
    }

    fn issue(&self, id: &str, grant: &Grant, known: &Known, with_id_token: bool) -> Result<Vec<u8>, Fault> {
        let mut said = grant.clone();
        match self.behaviour() {
            Behaviour::WrongNonce => said.authorization.nonce = said.authorization.nonce.chars().rev().collect(),
            Behaviour::LowLevel => said.acr = below(grant),
            _ => {}
        }
        let mut state = self.state();
        let chance = state.chance();
        let issued = self.kit().provider.issue(&said, &known.client, with_id_token, &chance, self.now());
        let body = issued.map_err(|error| out_of_order(&error))?.body;
        let names = state.grants.get_mut(id).map(|held| held.keep(&body)).unwrap_or_default();
        for name in names {
            state.tokens.insert(name, id.to_owned());
        }
        Ok(body)
    }

    /// The kind and the name of a token of ours.
    fn ours(&self, token: &str) -> Option<(TokenKind, String)> {
        let verified =
            |kind: TokenKind| Some((kind, self.kit().provider.verify_own(token, kind.typ(), self.now()).ok()?));
        verified(TokenKind::Access).or_else(|| verified(TokenKind::Refresh))
    }

    /// The grant of a token that is good.
    fn granted(&self, jti: &str) -> Option<(String, Grant)> {
        let state = self.state();
        let id = state.tokens.get(jti)?;
        let held = state.grants.get(id).filter(|held| held.is_good(jti))?;
        Some((id.clone(), held.grant.clone()))
    }

    /// The same, if it is the asking relying party's.
    fn owned(&self, jti: &str, known: &Known) -> Option<(String, Grant)> {
        self.granted(jti).filter(|(_, grant)| grant.authorization.client_id == known.client.id)
    }
}

fn invalid_grant() -> Fault {
    Fault::new(FaultCode::InvalidGrant)
}

fn out_of_order(error: &dyn std::error::Error) -> Fault {
    tracing::error!(%error, "the provider is out of order");
    Fault::new(FaultCode::ServerError)
}

/// One level less than the least that was asked for, as far as there is one.
fn below(grant: &Grant) -> Acr {
    let least = grant.authorization.levels.iter().min().copied().unwrap_or(grant.acr);
    Acr::ALL.into_iter().rev().find(|level| *level < least).unwrap_or(Acr::L1)
}

/// The same words without a signature, and with a header that says so.
fn unsigned(signed: &str) -> String {
    let (header, rest) = signed.split_once('.').unwrap_or_default();
    let (payload, _) = rest.split_once('.').unwrap_or_default();
    let header = URL_SAFE_NO_PAD.decode(header).ok().and_then(|header| serde_json::from_slice(&header).ok());
    let mut header: Value = header.unwrap_or_else(|| json!({}));
    header["alg"] = json!("none");
    format!("{}.{payload}.", URL_SAFE_NO_PAD.encode(header.to_string()))
}

/// The same words with a signature that is not theirs.
fn damaged(signed: &str) -> String {
    let (words, signature) = signed.rsplit_once('.').unwrap_or_default();
    let mut signature = URL_SAFE_NO_PAD.decode(signature).unwrap_or_default();
    signature.reverse();
    format!("{words}.{}", URL_SAFE_NO_PAD.encode(signature))
}
