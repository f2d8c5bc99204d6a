//! What an e-service checks of a visitor.

use aws_lc_rs::digest;
use axum::http::{HeaderMap, Method};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jose::json::{Members as _, Object};
use jose::{JwkSet, SigningAlgorithm, Typ, Unverified};
use serde_json::{Value, json};

use super::assertion::{check_times, verified};
use super::{Pdnd, Refusal, State};

/// A request to an e-service.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Visit<'a> {
    pub(crate) method: &'a Method,
    /// The address without its query.
    pub(crate) url: &'a str,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

/// What an e-service demands beyond a good voucher.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Admission {
    pub(crate) evidence: bool,
    pub(crate) bound: bool,
    pub(crate) integrity: bool,
}

impl Visit<'_> {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

impl Pdnd {
    /// Lets a visitor into the e-service with this `audience`, or says why not.
    pub(crate) fn admit(&self, visit: Visit<'_>, audience: &str, wanted: Admission) -> Result<(), Refusal> {
        let shown = visit.header("authorization").unwrap_or_default();
        let (scheme, token) = shown.split_once(' ').ok_or(Refusal::Because("no voucher"))?;
        let state = &mut *self.state();
        let voucher = self.read(state, token, audience)?;
        match voucher.get("cnf").map(|cnf| cnf["jkt"].as_str().unwrap_or_default()) {
            None if wanted.bound => return Err(Refusal::Because("the voucher is bound to no key")),
            None if scheme == "Bearer" => {}
            Some(jkt) if scheme == "DPoP" => {
                let proof = visit.header("dpop").ok_or(Refusal::Because("no proof"))?;
                if self.check_proof(state, proof, visit.method.as_str(), visit.url, Some(token))? != jkt {
                    return Err(Refusal::Because("the proof is made with another key"));
                }
            }
            _ => return Err(Refusal::Because("the voucher is shown in another way than it was given")),
        }
        let keys = client_keys(state, &voucher)?;
        self.check_evidence(visit, &voucher, &keys, audience, wanted)?;
        if wanted.integrity && *visit.method == Method::POST {
            self.check_integrity(state, visit, &keys, audience)?;
        }
        Ok(())
    }

    fn read(&self, state: &State, token: &str, audience: &str) -> Result<Object, Refusal> {
        let foreign = Refusal::Because("the voucher is not one of this platform");
        let unverified = Unverified::parse(token).map_err(|_| foreign)?;
        let verified = unverified.verify(&self.shared.keys, &[SigningAlgorithm::Es256], Typ::Is("at+jwt"));
        let claims = verified.map_err(|_| foreign)?.claims;
        check_times(&claims, self.now())?;
        if !state.vouchers.contains_key(claims.text("jti").map_err(|_| foreign)?) {
            return Err(Refusal::Because("the voucher was revoked"));
        }
        if claims.text("aud").map_err(|_| foreign)? != audience {
            return Err(Refusal::Because("the voucher is for another e-service"));
        }
        Ok(claims)
    }

    fn check_evidence(
        &self,
        visit: Visit<'_>,
        voucher: &Object,
        keys: &JwkSet,
        audience: &str,
        wanted: Admission,
    ) -> Result<(), Refusal> {
        let shown = visit.header("agid-jwt-trackingevidence");
        let (Some(shown), Some(expected)) = (shown, voucher.get("digest")) else {
            let missing = wanted.evidence || shown.is_some() || voucher.contains_key("digest");
            return if missing { Err(Refusal::Because("no tracking evidence")) } else { Ok(()) };
        };
        if expected["value"] != hexadecimal(shown.as_bytes()) {
            return Err(Refusal::Because("the tracking evidence is not the one of the voucher"));
        }
        let claims = verified(shown, keys)?;
        check_times(&claims, self.now())?;
        let told = ["userID", "userLocation", "LoA", "jti"].iter().all(|name| claims.text(name).is_ok());
        let same = claims.get("purposeId") == voucher.get("purposeId") && claims.get("aud") == Some(&json!(audience));
        let sound = told && same && claims.contains_key("dnonce");
        if sound { Ok(()) } else { Err(Refusal::Because("the tracking evidence is incomplete")) }
    }

    /// `Digest` and `Agid-JWT-Signature` over it (ModI `INTEGRITY_REST_01`).
    fn check_integrity(
        &self,
        state: &mut State,
        visit: Visit<'_>,
        keys: &JwkSet,
        audience: &str,
    ) -> Result<(), Refusal> {
        let header = |name| visit.header(name).ok_or(Refusal::Because("no digest or no signature over it"));
        let digest = format!("SHA-256={}", STANDARD.encode(digest::digest(&digest::SHA256, visit.body)));
        if header("digest")? != digest {
            return Err(Refusal::Because("the digest is not that of the body"));
        }
        let claims = verified(header("agid-jwt-signature")?, keys)?;
        let now = self.now();
        let expires = check_times(&claims, now)?;
        let signed = json!([{ "digest": digest }, { "content-type": header("content-type")? }]);
        if claims.get("signed_headers") != Some(&signed) || claims.get("aud") != Some(&json!(audience)) {
            return Err(Refusal::Because("the signature is over something else"));
        }
        let jti = claims.get("jti").and_then(Value::as_str).unwrap_or_default();
        let first = state.first_use("signature", jti, now, expires);
        if first { Ok(()) } else { Err(Refusal::Because("this jti of a signature was used before")) }
    }
}

fn client_keys(state: &State, voucher: &Object) -> Result<JwkSet, Refusal> {
    let gone = Refusal::Because("the client is no longer registered");
    let client = voucher.text("client_id").ok().and_then(|id| state.clients.get(id)).ok_or(gone)?;
    JwkSet::new(vec![client.key.clone()]).map_err(|_| gone)
}

fn hexadecimal(bytes: &[u8]) -> String {
    digest::digest(&digest::SHA256, bytes).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}
