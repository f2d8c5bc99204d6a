use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cns::{Card, RevocationEvidence};
use rustls_pki_types::CertificateDer;

use super::begin;
use super::file::CardName;
use super::service::nonce;
use super::trust::take_last_good;
use super::{CardRefusal, CardRefused, CardService, CnsFile, SCHEME};
use crate::Cx;
use crate::access::Operation;
use crate::identities::accept::{Request, keep_outcome};
use crate::identities::begin::hex;
use crate::identities::{Accepted, Proved, log};

/// The level of a card: proof of possession and a PIN, as high as SPID 3.
const LEVEL: i64 = 3;

/// Takes what the handshake showed, the card's certificate first. Whatever comes out, the request of this token is over.
///
/// # Errors
/// [`CardRefused`].
pub async fn accept(cx: &Cx, token: &str, chain: &[CertificateDer<'static>]) -> Result<Accepted, CardRefused> {
    let system = cx.as_system("identity");
    let (Some(file), Some(service)) = (&cx.tenant.cns, cx.app.cards()) else { return Err(CardRefusal::Off.into()) };
    // Before the request is taken: it must not be lost because this node has just started.
    take_last_good(cx, service).await?;
    let request = begin::take(&system, token).await?.ok_or(CardRefusal::Late)?;
    let outcome = settle(&system, service, file, &request, chain).await;
    outcome.map_err(|refusal| CardRefused::of(&request, refusal))
}

async fn settle(
    system: &Cx,
    service: &CardService,
    file: &CnsFile,
    request: &Request,
    chain: &[CertificateDer<'static>],
) -> Result<Accepted, CardRefusal> {
    // The authorities are asked before the transaction begins.
    let (outcome, evidence) = service.check(chain, &file.policy(&service.policy), nonce(system), system.now()).await;
    let mut tx = system.begin(Operation::ProveIdentity).await?;
    let accepted = match outcome {
        Ok(card) => Ok(keep_outcome(system, &mut tx, request, &proved(&card)).await?),
        Err(error) => Err(CardRefusal::Card(Box::new(error))),
    };
    let result = accepted.as_ref().map_or_else(|refusal| refusal.problem().key(), |_| log::PROVED);
    let shown = chain.first().map(|certificate| STANDARD.encode(certificate)).unwrap_or_default();
    log::keep(system, &mut tx, SCHEME, result, &asked(service, &evidence), &shown).await?;
    // The log stays, also of a refusal.
    tx.commit_unaudited().await?;
    accepted
}

fn proved(card: &Card) -> Proved {
    let names: Vec<&str> = [&card.given_name, &card.surname].into_iter().flatten().map(String::as_str).collect();
    let tax_code = card.tax_code.as_str().to_owned();
    Proved {
        provider: CardName::of(card.kind).provider().to_owned(),
        level: LEVEL,
        company: None,
        vat_number: None,
        // Cards need not name their holder.
        name: if names.is_empty() { tax_code.clone() } else { names.join(" ") },
        tax_code,
        name_id: card.serial.clone(),
        name_qualifier: card.issuer.clone(),
        session_index: None,
        access_token: None,
    }
}

/// Why the card was believed, for the log: the answers that spoke for it, lists by their digest.
fn asked(service: &CardService, evidence: &RevocationEvidence) -> String {
    let ocsp: Vec<_> = evidence.ocsp.iter().map(|answer| STANDARD.encode(&answer.response)).collect();
    let lists: Vec<_> = evidence.crls.iter().map(|list| hex(digest(&SHA256, list).as_ref())).collect();
    let tried: Vec<_> = evidence.attempts.iter().map(ToString::to_string).collect();
    let sequence = service.trust().sequence();
    serde_json::json!({ "trust_list": sequence, "ocsp": ocsp, "crl_sha256": lists, "in_vain": tried }).to_string()
}
