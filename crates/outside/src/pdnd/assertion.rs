//! From a client assertion to a voucher.

use jiff::Timestamp;
use jose::json::{Members as _, Object};
use jose::{JwkSet, SigningAlgorithm, Typ, Unverified, sign_with_header};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Pdnd, Refusal, SKEW, State};

/// The claims that an assertion may have, and no others: the platform refuses also `nbf`.
const ADMITTED: [&str; 8] = ["iss", "sub", "aud", "jti", "iat", "exp", "purposeId", "digest"];
/// How clients sign.
pub(super) const ALGORITHMS: &[SigningAlgorithm] = &[SigningAlgorithm::Rs256, SigningAlgorithm::Es256];

/// The form that a client posts.
#[derive(Debug, Deserialize)]
pub(super) struct TokenRequest {
    grant_type: String,
    client_id: String,
    client_assertion_type: String,
    client_assertion: String,
}

/// What it gets.
#[derive(Debug, Serialize)]
pub(super) struct TokenResponse {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
}

impl Pdnd {
    /// Checks what a client posts and makes the voucher, bound to the key of the proof if there is one.
    pub(super) fn issue(&self, request: &TokenRequest, proof: Option<&str>) -> Result<TokenResponse, Refusal> {
        if request.grant_type != "client_credentials" {
            return Err(Refusal::Because("grant_type must be client_credentials"));
        }
        if request.client_assertion_type != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" {
            return Err(Refusal::Because("client_assertion_type must be that of RFC 7523"));
        }
        let now = self.now();
        let state = &mut *self.state();
        let jkt = proof.map(|proof| self.check_proof(state, proof, "POST", &self.token_url(), None)).transpose()?;
        let claims = check(state, request, &self.audience(), now)?;
        self.voucher(state, &claims, jkt, now)
    }

    fn voucher(
        &self,
        state: &mut State,
        claims: &Object,
        jkt: Option<String>,
        now: Timestamp,
    ) -> Result<TokenResponse, Refusal> {
        let (client, purpose) =
            (claims["iss"].as_str().unwrap_or_default(), claims["purposeId"].as_str().unwrap_or_default());
        let audience = state.clients.get(client).and_then(|client| client.purposes.get(purpose));
        let audience = audience.ok_or(Refusal::Because("the client has no such purposeId"))?.clone();
        let (at, life, id) = (now.as_second(), state.life.as_secs(), state.uuid());
        let mut voucher = json!({
            "iss": self.shared.base_url, "aud": audience, "sub": client, "client_id": client, "purposeId": purpose,
            "jti": id, "iat": at, "nbf": at, "exp": at + life,
        });
        if let Some(digest) = claims.get("digest") {
            voucher["digest"] = digest.clone();
        }
        if let Some(jkt) = &jkt {
            voucher["cnf"] = json!({ "jkt": jkt });
        }
        let header = json!({ "typ": "at+jwt", "kid": self.shared.key.public().kid() });
        let (Value::Object(header), Value::Object(voucher)) = (header, voucher) else {
            return Err(Refusal::Because("no voucher can be written"));
        };
        let signed = sign_with_header(header, &voucher, &self.shared.key);
        let access_token = signed.map_err(|_| Refusal::Because("no voucher can be signed"))?;
        state.vouchers.retain(|_, expires| *expires > now);
        state.vouchers.insert(id, now.checked_add(state.life).unwrap_or(Timestamp::MAX));
        state.issued += 1;
        let token_type = if jkt.is_some() { "DPoP" } else { "Bearer" };
        Ok(TokenResponse { access_token, token_type, expires_in: life })
    }
}

fn check(state: &mut State, request: &TokenRequest, audience: &str, now: Timestamp) -> Result<Object, Refusal> {
    let client = state.clients.get(&request.client_id).ok_or(Refusal::Because("no such client_id"))?;
    let keys = JwkSet::new(vec![client.key.clone()]).map_err(|_| Refusal::Because("the client has no key"))?;
    let claims = verified(&request.client_assertion, &keys)?;
    if let Some(foreign) = claims.keys().find(|name| !ADMITTED.contains(&name.as_str())) {
        tracing::debug!(claim = foreign, "an assertion has a claim that is not admitted");
        return Err(Refusal::Because("the assertion has a claim that is not admitted"));
    }
    let text = |name| claims.text(name).map_err(|_| Refusal::Because("a claim of the assertion is missing"));
    if text("iss")? != request.client_id || text("sub")? != request.client_id {
        return Err(Refusal::Because("iss and sub must be the client_id"));
    }
    if text("aud")? != audience {
        return Err(Refusal::Because("aud is not this platform"));
    }
    if !client.purposes.contains_key(text("purposeId")?) {
        return Err(Refusal::Because("the client has no such purposeId"));
    }
    check_digest(claims.get("digest"))?;
    let expires = check_times(&claims, now)?;
    let jti = text("jti")?.to_owned();
    if !state.first_use("assertion", &jti, now, expires) {
        return Err(Refusal::Because("this jti was used before"));
    }
    Ok(claims)
}

/// Verifies something that a client signed with its registered key.
pub(super) fn verified(compact: &str, keys: &JwkSet) -> Result<Object, Refusal> {
    let unverified = Unverified::parse(compact).map_err(|_| Refusal::Because("not a compact JWS with a kid"))?;
    if unverified.header().typ.as_deref() != Some("JWT") {
        return Err(Refusal::Because("typ must be JWT"));
    }
    let verified = unverified.verify(keys, ALGORITHMS, Typ::Plain);
    Ok(verified.map_err(|_| Refusal::Because("the signature does not verify with the registered key"))?.claims)
}

/// `iat` not in the future, `exp` not in the past; returns `exp`.
pub(super) fn check_times(claims: &Object, now: Timestamp) -> Result<Timestamp, Refusal> {
    let instant = |name| claims.instant(name).map_err(|_| Refusal::Because("iat or exp is missing"));
    let (issued, expires) = (instant("iat")?, instant("exp")?);
    if issued.duration_since(now) > SKEW {
        return Err(Refusal::Because("iat is in the future"));
    }
    if expires <= now {
        return Err(Refusal::Because("it has expired"));
    }
    Ok(expires)
}

fn check_digest(digest: Option<&Value>) -> Result<(), Refusal> {
    let Some(digest) = digest else { return Ok(()) };
    let value = digest["value"].as_str().unwrap_or_default();
    let hexadecimal = value.len() == 64 && value.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let sound = digest["alg"] == "SHA256" && hexadecimal;
    if sound { Ok(()) } else { Err(Refusal::Because("digest must hold a SHA256 in hexadecimal digits")) }
}
