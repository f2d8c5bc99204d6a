//! Sign-in with smart cards.

use sportello_core::{App, chain, identities::cards};

use super::finding::Finding;

/// Configuration, trust list and listener, for every tenant that takes cards; and a listener that nobody uses.
pub async fn examine(app: &App) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut used = false;
    for tenant in app.tenants().filter(|tenant| tenant.cns.is_some()) {
        used = true;
        let check = format!("CNS {}", tenant.slug);
        let remedy = format!("`sportello cns check --tenant {}` shows it again once it is mended", tenant.slug);
        match cards::problems(&app.system(tenant, "doctor")).await {
            Err(error) => findings.push(Finding::bad(check, chain(&error), "check the database")),
            Ok(problems) if problems.is_empty() => findings.push(Finding::good(check, "is in order")),
            Ok(problems) => {
                findings.extend(problems.iter().map(|p| Finding::warning(check.as_str(), p, remedy.as_str())));
            }
        }
    }
    if app.cards().is_some() && !used {
        let remedy = "add [cns] to a tenant.toml, or remove [cards]";
        findings.push(Finding::warning("CNS", "[cards] is configured, and no tenant takes cards", remedy));
    }
    findings
}
