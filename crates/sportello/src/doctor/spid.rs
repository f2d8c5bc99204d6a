//! Sign-in with SPID.

use sportello_core::{App, chain, identities};

use super::finding::Finding;

/// Configuration, certificate and providers of every tenant that has SPID.
pub async fn examine(app: &App) -> Vec<Finding> {
    let mut findings = Vec::new();
    for tenant in app.tenants().filter(|tenant| tenant.spid.is_some()) {
        let check = format!("SPID {}", tenant.slug);
        let remedy = format!("`sportello spid check --tenant {}` shows it again once it is mended", tenant.slug);
        match identities::problems(&app.system(tenant, "doctor")).await {
            Err(error) => findings.push(Finding::bad(check, chain(&error), "check the database")),
            Ok(problems) if problems.is_empty() => findings.push(Finding::good(check, "is in order")),
            Ok(problems) => {
                findings.extend(problems.iter().map(|p| Finding::warning(check.as_str(), p, remedy.as_str())));
            }
        }
    }
    findings
}
