use std::time::Duration;

use serde::Serialize;
use spid::federation::rp::{Callback, Identity, SignedIn, Started};

use super::super::accept::{Refused, Request, keep_outcome, take, use_once};
use super::super::begin::CIE_REQUEST;
use super::super::model::Proved;
use super::super::{Accepted, Refusal, log};
use super::chain::{Failed, provider};
use super::connection::{Known, connection};
use super::revoke::revoke_token;
use super::{CieConnection, FederationError, number};
use crate::Cx;
use crate::access::Operation;

/// How long exchanging the code and fetching the attributes may take as a whole.
const PATIENCE: Duration = Duration::from_secs(15);

/// Takes the browser back from the CIE provider: `query` as it stands in the address. Whatever comes out, the request
/// that it answers is over.
///
/// # Errors
/// [`Refused`].
pub async fn accept(cx: &Cx, query: &str) -> Result<Accepted, Refused> {
    let system = cx.as_system("identity");
    let Some(connection) = connection(cx) else { return Err(Refusal::Unsolicited.into()) };
    let callback = Callback::read_query(query).map_err(|error| Refusal::from(FederationError::from(error)))?;
    // Before the request is taken: it must not be lost because nobody tells us who the provider is just now.
    let known = provider(&system, connection).await.map_err(refusal)?;
    let taken = take::<Started>(&system, CIE_REQUEST, &callback.state).await?;
    let Some((request, started)) = taken else { return Err(Refusal::Unsolicited.into()) };
    let outcome = complete(&system, connection, &known, &started, callback).await;
    let settled = settle(&system, &request, &started, query, outcome).await;
    settled.map_err(|refusal| Refused::of(&request, refusal))
}

/// From the code to the person. No transaction is open while others are asked.
async fn complete(
    cx: &Cx,
    connection: &CieConnection,
    known: &Known,
    started: &Started,
    callback: Callback,
) -> Result<SignedIn, Refusal> {
    let code = started.accept(callback, cx.now()).map_err(FederationError::from)?;
    let mut chance = [0; 16];
    cx.chance().fill(&mut chance);
    let clock = || cx.now();
    let (party, http) = (&connection.party, &connection.http);
    let completing = party.complete(http, &known.provider, started, code, &chance, &clock);
    let completed = tokio::time::timeout(PATIENCE, completing).await.map_err(|_| FederationError::Silent)?;
    Ok(completed.map_err(FederationError::from)?)
}

fn refusal(error: Failed) -> Refusal {
    match error {
        Failed::Federation(error) => error.into(),
        Failed::Ground(error) => error.into(),
    }
}

async fn settle(
    cx: &Cx,
    request: &Request,
    started: &Started,
    callback: &str,
    outcome: Result<SignedIn, Refusal>,
) -> Result<Accepted, Refusal> {
    let mut tx = cx.begin(Operation::ProveIdentity).await?;
    let (accepted, evidence) = match outcome {
        Ok(signed_in) => {
            let name = format!("{} {}", signed_in.identity.issuer, signed_in.id_token.jti);
            let fresh = use_once(&mut tx, &name, signed_in.id_token.expires).await;
            let accepted = match fresh {
                Ok(()) => match proved(&signed_in) {
                    Some(proved) => Ok(keep_outcome(cx, &mut tx, request, &proved).await?),
                    None => {
                        revoke_token(cx, &mut tx, &signed_in.tokens.access_token).await?;
                        Err(Refusal::NoTaxCode)
                    }
                },
                Err(refusal) => Err(refusal),
            };
            (accepted, evidence(callback, &signed_in))
        }
        Err(refusal) => (Err(refusal), String::new()),
    };
    let result = log::result(&accepted);
    log::keep(cx, &mut tx, &request.provider, &result, &started.request, &evidence).await?;
    tx.commit_unaudited().await?;
    accepted
}

fn proved(signed_in: &SignedIn) -> Option<Proved> {
    let Identity { given_name, family_name, issuer, subject, acr, .. } = &signed_in.identity;
    let names = [given_name, family_name].into_iter().flatten().map(String::as_str);
    Some(Proved {
        provider: issuer.as_str().to_owned(),
        level: number(*acr),
        tax_code: signed_in.identity.fiscal_code()?.as_str().to_owned(),
        company: None,
        vat_number: None,
        name: names.collect::<Vec<_>>().join(" "),
        name_id: subject.clone(),
        name_qualifier: String::new(),
        session_index: None,
        access_token: Some(signed_in.tokens.access_token.clone()),
    })
}

/// What the rules demand to keep, as one text.
fn evidence(callback: &str, signed_in: &SignedIn) -> String {
    #[derive(Serialize)]
    struct Kept<'a> {
        authorization_response: &'a str,
        token_request: std::borrow::Cow<'a, str>,
        token_response: std::borrow::Cow<'a, str>,
        userinfo_response: std::borrow::Cow<'a, str>,
    }
    let evidence = &signed_in.evidence;
    let kept = Kept {
        authorization_response: callback,
        token_request: String::from_utf8_lossy(&evidence.token_request),
        token_response: String::from_utf8_lossy(&evidence.token_response),
        userinfo_response: String::from_utf8_lossy(&evidence.userinfo_response),
    };
    serde_json::to_string(&kept).unwrap_or_default()
}
