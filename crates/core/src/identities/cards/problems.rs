//! What is wrong with sign-in by card, in sentences for whoever runs the program.

use cns::trust::Finding;
use jiff::{SignedDuration, Timestamp};

use super::trust::state;
use super::{CardService, TrustState};
use crate::Cx;
use crate::error::Error;
use crate::identities::Problem;

/// The list is asked for twice a day: after so long somebody should look.
const OLD: SignedDuration = SignedDuration::from_hours(72);
/// A listener's certificate that ends sooner was not renewed in time.
const SOON: SignedDuration = SignedDuration::from_hours(24 * 21);
/// And one that ends sooner than this many days is nearly an outage.
const NEAR: u16 = 7;

/// Everything that is wrong; nothing when all is in order, or the tenant takes no cards.
///
/// # Errors
/// [`Error::Store`].
pub async fn problems(cx: &Cx) -> Result<Vec<Problem>, Error> {
    let mut found = Vec::new();
    if cx.tenant.cns.is_none() {
        return Ok(found);
    }
    let (Some(service), Some(state)) = (cx.app.cards(), state(cx).await?) else {
        let message = "[cards] is missing in the configuration: nobody can sign in with a card";
        found.push(Problem::bad(message));
        return Ok(found);
    };
    found.extend(listener(service, cx.now()));
    found.extend(list(service, &state, cx.now()));
    let trust = service.trust();
    found.extend(
        trust
            .findings(cx.now())
            .iter()
            .filter(|finding| is_news(service, finding))
            .map(|finding| problem(service, finding)),
    );
    Ok(found)
}

/// AgID's list keeps authorities that have expired; only of their own need the operator be told.
fn is_news(service: &CardService, finding: &Finding) -> bool {
    match finding {
        Finding::AuthorityExpired { subject, .. } => is_own(service, subject),
        _ => true,
    }
}

fn is_own(service: &CardService, subject: &str) -> bool {
    service.more.iter().any(|own| own.subject == subject)
}

/// Without a list nobody signs in. An authority of the list is one of many, and its body's to renew.
fn problem(service: &CardService, finding: &Finding) -> Problem {
    let bad = match finding {
        Finding::NoAuthority | Finding::ListExpired { .. } => true,
        Finding::ListExpires { within_days, .. } => *within_days <= NEAR,
        Finding::AuthorityExpires { subject, within_days, .. } => *within_days <= NEAR && is_own(service, subject),
        Finding::AuthorityExpired { subject, .. } => is_own(service, subject),
        _ => false,
    };
    if bad { Problem::bad(sentence(finding)) } else { Problem::warning(sentence(finding)) }
}

fn listener(service: &CardService, now: Timestamp) -> Vec<Problem> {
    let mut found = Vec::new();
    if !service.address.starts_with("https://") {
        found.push(Problem::bad(format!(
            "cards.public_url: {} is not https, and browsers show cards to nothing else",
            service.address
        )));
    }
    let Some(certificate) = &service.certificate else { return found };
    match cns::validity(certificate) {
        None => found.push(Problem::bad("cards.certificate_file: the certificate cannot be read")),
        Some((from, _)) if now < from => {
            found.push(Problem::bad(format!("the listener's certificate is valid from {from} only")));
        }
        Some((_, until)) if until < now => {
            let message = format!("the listener's certificate expired on {until}: no browser opens the page");
            found.push(Problem::bad(message));
        }
        Some((_, until)) if until.duration_since(now) < SOON => {
            let message = format!("the listener's certificate expires on {until}");
            let near = until.duration_since(now) <= SignedDuration::from_hours(24 * i64::from(NEAR));
            found.push(if near { Problem::bad(message) } else { Problem::warning(message) });
        }
        Some(_) => {}
    }
    found
}

fn list(service: &CardService, state: &TrustState, now: Timestamp) -> Option<Problem> {
    let alone = service.more.is_empty();
    match (&service.source, state.fetched_at) {
        (None, _) if alone => Some(Problem::bad(
            "no trust list: give cards.trust_list_signer_file, or authorities of your own in cards.authorities_file",
        )),
        (None, _) => None,
        (Some(_), None) => {
            let url = url(service);
            let message = format!("the trust list was never fetched: `sportello cns refresh` asks {url}");
            Some(if alone { Problem::bad(message) } else { Problem::warning(message) })
        }
        (Some(_), Some(at)) if now.duration_since(at) > OLD => {
            let url = url(service);
            let message = format!("the trust list was last fetched on {at}: {url} is silent, or its answer is refused");
            Some(Problem::warning(message))
        }
        (Some(_), Some(_)) => None,
    }
}

fn url(service: &CardService) -> &str {
    service.source.as_ref().map_or("", |source| source.url.as_str())
}

fn sentence(finding: &Finding) -> String {
    match finding {
        Finding::NoAuthority => "no authority is trusted: nobody can sign in with a card".to_owned(),
        Finding::ListExpired { since } => format!("the trust list expired on {since}: nobody can sign in with a card"),
        Finding::ListExpires { on, .. } => format!("the trust list expires on {on}, and no newer one was fetched"),
        Finding::AuthorityExpires { subject, on, .. } => format!("the authority {subject} expires on {on}"),
        Finding::AuthorityExpired { subject, since } => format!("the authority {subject} expired on {since}"),
        Finding::UnreadableAuthority { service } => format!("a service of the trust list cannot be used: {service}"),
        other => format!("{other:?}"),
    }
}
