//! Proofs of possession (DPoP, RFC 9449 section 4.3).

use aws_lc_rs::digest;
use jose::json::Members as _;
use jose::{Proof, Typ};

use super::assertion::ALGORITHMS;
use super::{Pdnd, Refusal, SKEW, State};

impl Pdnd {
    /// Checks a proof for a request, with the voucher that goes with it; gives the thumbprint of its key.
    pub(super) fn check_proof(
        &self,
        state: &mut State,
        proof: &str,
        method: &str,
        url: &str,
        voucher: Option<&str>,
    ) -> Result<String, Refusal> {
        let now = self.now();
        let proof = Proof::verify(proof, Typ::Is("dpop+jwt"), ALGORITHMS)
            .map_err(|_| Refusal::Because("the proof does not verify"))?;
        let text = |name| proof.claims.text(name).map_err(|_| Refusal::Because("a claim of the proof is missing"));
        if text("htm")? != method || text("htu")? != url {
            return Err(Refusal::Because("the proof is for another request"));
        }
        let issued = proof.claims.instant("iat").map_err(|_| Refusal::Because("a claim of the proof is missing"))?;
        if issued.duration_since(now).abs() > SKEW {
            return Err(Refusal::Because("the proof is not of this moment"));
        }
        if let Some(voucher) = voucher
            && text("ath")? != jose::encode(digest::digest(&digest::SHA256, voucher.as_bytes()))
        {
            return Err(Refusal::Because("the proof is for another voucher"));
        }
        if state.nonce.is_some() && proof.claims.get("nonce").and_then(|nonce| nonce.as_str()) != state.nonce.as_deref()
        {
            return Err(Refusal::Nonce);
        }
        let until = issued.checked_add(SKEW + SKEW).unwrap_or(issued);
        if !state.first_use("proof", text("jti")?, now, until) {
            return Err(Refusal::Because("this jti of a proof was used before"));
        }
        Ok(proof.key.thumbprint())
    }
}
