//! Who is asking: signed statements in, tokens out.

use std::collections::BTreeMap;

use aws_lc_rs::hmac;
use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use x509_cert::Certificate;
use x509_cert::der::Decode as _;

use super::wire::{JwsClaims, JwsHeader, SCOPES, TokenClaims};
use super::{Register, State};

/// A token is good for this long.
const TOKEN_LIFE: SignedDuration = SignedDuration::from_secs(300);
/// A statement may not promise to last longer than this.
const LONGEST_STATEMENT: SignedDuration = SignedDuration::from_secs(600);

/// The `jti` of every statement seen and when it expires: each opens the register once.
pub(super) type UsedStatements = BTreeMap<String, Timestamp>;

/// Why somebody is not let in. The reason goes into the answer, so that a client can be repaired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotLetIn(pub(super) &'static str);

impl Register {
    /// Checks a statement (JWS) and makes the token it asks for.
    pub(super) fn authenticate(&self, statement: &str, client_id: Option<&str>) -> Result<String, NotLetIn> {
        let now = self.now();
        let mut state = self.state();
        let claims = check(statement, &state, &self.shared.base_url, now)?;
        if client_id.is_some_and(|id| id != claims.iss) {
            return Err(NotLetIn("client_id is not the iss of the statement"));
        }
        state.used_statements.retain(|_, expires| *expires > now);
        let expires = Timestamp::from_second(claims.exp).map_err(|_| NotLetIn("exp is no instant"))?;
        if state.used_statements.insert(claims.jti, expires).is_some() {
            return Err(NotLetIn("this jti was used before"));
        }
        let exp = now.as_second().saturating_add(TOKEN_LIFE.as_secs());
        Ok(self.token(&TokenClaims { sub: claims.iss, scope: claims.scope, exp }))
    }

    fn token(&self, claims: &TokenClaims) -> String {
        let claims = serde_json::to_vec(claims).unwrap_or_default();
        let text =
            format!("{}.{}", URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#), URL_SAFE_NO_PAD.encode(claims));
        let tag = hmac::sign(&self.shared.token_key, text.as_bytes());
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(tag))
    }

    /// Checks the token of a call against the scope that it needs and the one that it declares.
    pub(super) fn admit(&self, bearer: Option<&str>, declared: Option<&str>, needed: &str) -> Result<(), NotLetIn> {
        let token = bearer.and_then(|b| b.strip_prefix("Bearer ")).ok_or(NotLetIn("no bearer token"))?;
        let (text, tag) = token.rsplit_once('.').ok_or(NotLetIn("the token is not one of ours"))?;
        let tag = URL_SAFE_NO_PAD.decode(tag).map_err(|_| NotLetIn("the token is not one of ours"))?;
        hmac::verify(&self.shared.token_key, text.as_bytes(), &tag)
            .map_err(|_| NotLetIn("the token is not one of ours"))?;
        let claims: TokenClaims = part(text.split('.').nth(1)).ok_or(NotLetIn("the token is not one of ours"))?;
        if claims.exp <= self.now().as_second() {
            return Err(NotLetIn("the token has expired"));
        }
        if !self.state().clients.contains_key(&claims.sub) {
            return Err(NotLetIn("the client is no longer registered"));
        }
        if claims.scope != needed || declared != Some(needed) {
            return Err(NotLetIn("the token is for another service, or the scope header is missing"));
        }
        Ok(())
    }
}

fn check(statement: &str, state: &State, audience: &str, now: Timestamp) -> Result<JwsClaims, NotLetIn> {
    let (text, signature) = statement.rsplit_once('.').ok_or(NotLetIn("not a compact JWS"))?;
    let (header, claims) = text.split_once('.').ok_or(NotLetIn("not a compact JWS"))?;
    let header: JwsHeader = part(Some(header)).ok_or(NotLetIn("unreadable JWS header"))?;
    let claims: JwsClaims = part(Some(claims)).ok_or(NotLetIn("unreadable JWS claims"))?;
    if header.alg != "RS256" {
        return Err(NotLetIn("alg must be RS256"));
    }
    if header.usage.as_deref() != Some("sig") {
        return Err(NotLetIn("use must be sig"));
    }
    let certificate =
        header.x5c.first().and_then(|text| STANDARD.decode(text).ok()).ok_or(NotLetIn("no x5c certificate"))?;
    if state.clients.get(&claims.iss) != Some(&certificate) {
        return Err(NotLetIn("no client with this name and certificate is registered"));
    }
    verify(&certificate, text, signature, now)?;
    check_claims(&claims, audience, now)?;
    Ok(claims)
}

fn verify(certificate: &[u8], text: &str, signature: &str, now: Timestamp) -> Result<(), NotLetIn> {
    let certificate = Certificate::from_der(certificate).map_err(|_| NotLetIn("unreadable certificate"))?;
    let validity = &certificate.tbs_certificate.validity;
    let now = u64::try_from(now.as_second()).unwrap_or_default();
    if now < validity.not_before.to_unix_duration().as_secs() || now > validity.not_after.to_unix_duration().as_secs() {
        return Err(NotLetIn("the certificate is not valid at this time"));
    }
    let key = certificate.tbs_certificate.subject_public_key_info.subject_public_key;
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| NotLetIn("unreadable signature"))?;
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key.raw_bytes())
        .verify(text.as_bytes(), &signature)
        .map_err(|_| NotLetIn("the signature does not verify"))
}

fn check_claims(claims: &JwsClaims, audience: &str, now: Timestamp) -> Result<(), NotLetIn> {
    if claims.sub != claims.iss {
        return Err(NotLetIn("sub must be iss"));
    }
    if claims.aud.trim_end_matches('/') != audience {
        return Err(NotLetIn("aud is not this register"));
    }
    if claims.exp <= now.as_second() {
        return Err(NotLetIn("the statement has expired"));
    }
    if claims.exp > now.as_second().saturating_add(LONGEST_STATEMENT.as_secs()) {
        return Err(NotLetIn("the statement lasts too long"));
    }
    if claims.jti.is_empty() {
        return Err(NotLetIn("no jti"));
    }
    if !SCOPES.contains(&claims.scope.as_str()) {
        return Err(NotLetIn("no such scope"));
    }
    Ok(())
}

fn part<T: serde::de::DeserializeOwned>(text: Option<&str>) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text?).ok()?).ok()
}
