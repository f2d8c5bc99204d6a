//! What is wrong with a tenant's SPID, in sentences for whoever runs the program.

use jiff::SignedDuration;
use spid::certificate::CertificateFinding;
use spid::registry::{Finding, KNOWN_PROVIDERS};

use super::config::{SpidConnection, connection};
use super::problem::Problem;
use super::{SpidFile, certificate, choices, findings, opens, service};
use crate::error::Error;
use crate::{Cx, chain};

/// The registry is asked four times a day: after so long somebody should look.
const OLD: SignedDuration = SignedDuration::from_hours(72);

/// Everything that is wrong; nothing when all is in order.
///
/// # Errors
/// [`Error::Store`].
pub async fn problems(cx: &Cx) -> Result<Vec<Problem>, Error> {
    let mut found = Vec::new();
    let Some(file) = &cx.tenant.spid else { return Ok(found) };
    if let Err(errors) = service(&cx.app, &cx.tenant) {
        found.extend(errors.0.iter().map(|error| Problem::bad(format!("tenant.toml, [spid]: {error}"))));
    }
    let Some(connection) = connection(cx) else {
        let message = format!("[connections.{}.spid] is missing: nobody can sign in with SPID", cx.tenant.slug);
        found.push(if opens(cx).is_some() { Problem::warning(message) } else { Problem::bad(message) });
        return Ok(found);
    };
    found.extend(certificates(cx, file, connection));
    if opens(cx).is_none() && choices(cx).await?.is_empty() {
        let expected: Vec<_> = KNOWN_PROVIDERS.iter().map(|known| known.brand).collect();
        found.push(Problem::bad(format!(
            "no identity provider is known: `sportello spid refresh` asks the registry. AgID's lists {}",
            expected.join(", ")
        )));
    }
    found.extend(silence(cx, connection));
    found.extend(findings(cx).iter().map(|finding| match finding {
        Finding::Certificate { expiry, .. } => Problem::by_expiry(*expiry, chain(finding)),
        _ => Problem::warning(chain(finding)),
    }));
    Ok(found)
}

/// Both certificates of a roll-over stand in the metadata, so both are looked at. The other one signs nothing now: that it
/// ends locks nobody out.
fn certificates(cx: &Cx, file: &SpidFile, connection: &SpidConnection) -> Vec<Problem> {
    let base = cx.app.tenant_url(&cx.tenant);
    let examine = |name: &str, der: &[u8], signs: bool| match certificate::examine(file, &base, der, cx.now()) {
        Ok(wrong) => {
            let problem = |finding: &CertificateFinding| match finding {
                CertificateFinding::Expiry(expiry) if signs => {
                    Problem::by_expiry(*expiry, format!("{name}: {finding}"))
                }
                // What else AgID asks for stops nobody at a provider: it is mended with the next certificate.
                _ => Problem::warning(format!("{name}: {finding}")),
            };
            wrong.iter().map(problem).collect()
        }
        Err(error) => vec![Problem::bad(format!("{name}: {}", chain(&error)))],
    };
    let mut found = examine("the signing certificate", connection.key.certificate_der(), true);
    found.extend(connection.also.iter().flat_map(|der| examine("the other certificate", der, false)));
    found
}

/// A registry that has not answered for long. One that never answered is no news beside the list that is empty.
fn silence(cx: &Cx, connection: &SpidConnection) -> Option<Problem> {
    let urls: Vec<_> = connection.policy.sources.iter().map(spid::registry::Source::url).collect();
    let at = connection.providers().refreshed_at().filter(|at| cx.now().duration_since(*at) > OLD)?;
    (!urls.is_empty()).then(|| {
        let urls = urls.join(", ");
        Problem::warning(format!("the registry was last read on {at}: {urls} is silent, or its answer is refused"))
    })
}
