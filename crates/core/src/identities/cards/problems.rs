//! What is wrong with sign-in by card, in sentences for whoever runs the program.

use cns::trust::Finding;
use jiff::{SignedDuration, Timestamp};

use super::trust::state;
use super::{CardService, TrustState};
use crate::Cx;
use crate::error::Error;

/// The list is asked for twice a day: after so long somebody should look.
const OLD: SignedDuration = SignedDuration::from_hours(72);
/// A listener's certificate that ends sooner was not renewed in time.
const SOON: SignedDuration = SignedDuration::from_hours(24 * 21);

/// Everything that is wrong; nothing when all is in order, or the tenant takes no cards.
///
/// # Errors
/// [`Error::Store`].
pub async fn problems(cx: &Cx) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    if cx.tenant.cns.is_none() {
        return Ok(found);
    }
    let (Some(service), Some(state)) = (cx.app.cards(), state(cx).await?) else {
        found.push("[cards] is missing in the configuration: nobody can sign in with a card".to_owned());
        return Ok(found);
    };
    found.extend(listener(service, cx.now()));
    found.extend(list(service, &state, cx.now()));
    let trust = service.trust();
    found.extend(trust.findings(cx.now()).iter().filter(|finding| is_news(service, finding)).map(sentence));
    Ok(found)
}

/// AgID's list keeps authorities that have expired; only of their own need the operator be told.
fn is_news(service: &CardService, finding: &Finding) -> bool {
    match finding {
        Finding::AuthorityExpired { subject, .. } => service.more.iter().any(|own| own.subject == *subject),
        _ => true,
    }
}

fn listener(service: &CardService, now: Timestamp) -> Vec<String> {
    let mut found = Vec::new();
    if !service.address.starts_with("https://") {
        found.push(format!(
            "cards.public_url: {} is not https, and browsers show cards to nothing else",
            service.address
        ));
    }
    let Some(certificate) = &service.certificate else { return found };
    match cns::validity(certificate) {
        None => found.push("cards.certificate_file: the certificate cannot be read".to_owned()),
        Some((from, _)) if now < from => found.push(format!("the listener's certificate is valid from {from} only")),
        Some((_, until)) if until < now => {
            found.push(format!("the listener's certificate expired on {until}: no browser opens the page"));
        }
        Some((_, until)) if until.duration_since(now) < SOON => {
            found.push(format!("the listener's certificate expires on {until}"));
        }
        Some(_) => {}
    }
    found
}

fn list(service: &CardService, state: &TrustState, now: Timestamp) -> Vec<String> {
    match (&service.source, state.fetched_at) {
        (None, _) if service.more.is_empty() => vec![
            "no trust list: give cards.trust_list_signer_file, or authorities of your own in cards.authorities_file"
                .to_owned(),
        ],
        (None, _) => Vec::new(),
        (Some(_), None) => {
            vec![format!("the trust list was never fetched: `sportello cns refresh` asks {}", url(service))]
        }
        (Some(_), Some(at)) if now.duration_since(at) > OLD => {
            vec![format!(
                "the trust list was last fetched on {at}: {} is silent, or its answer is refused",
                url(service)
            )]
        }
        (Some(_), Some(_)) => Vec::new(),
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
