//! What is wrong with a tenant's SPID, in sentences for whoever runs the program.

use spid::registry::KNOWN_PROVIDERS;

use super::config::connection;
use super::{certificate, choices, findings, opens, service};
use crate::error::Error;
use crate::{Cx, chain};

/// Everything that is wrong; nothing when all is in order.
///
/// # Errors
/// [`Error::Store`].
pub async fn problems(cx: &Cx) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    let Some(file) = &cx.tenant.spid else { return Ok(found) };
    if let Err(errors) = service(&cx.app, &cx.tenant) {
        found.extend(errors.0.iter().map(|error| format!("tenant.toml, [spid]: {error}")));
    }
    let Some(connection) = connection(cx) else {
        found.push(format!("[connections.{}.spid] is missing: nobody can sign in with SPID", cx.tenant.slug));
        return Ok(found);
    };
    let base = cx.app.tenant_url(&cx.tenant);
    match certificate::examine(file, &base, connection.key.certificate_der(), cx.now()) {
        Ok(wrong) => found.extend(wrong.iter().map(|finding| format!("the signing certificate: {finding}"))),
        Err(error) => found.push(format!("the signing certificate: {}", chain(&error))),
    }
    if opens(cx).is_none() && choices(cx).await?.is_empty() {
        let expected: Vec<_> = KNOWN_PROVIDERS.iter().map(|known| known.brand).collect();
        found.push(format!(
            "no identity provider is known: `sportello spid refresh` asks the registry. AgID's lists {}",
            expected.join(", ")
        ));
    }
    found.extend(findings(cx).iter().map(|finding| chain(finding)));
    Ok(found)
}
