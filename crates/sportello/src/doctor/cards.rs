//! Sign-in with smart cards.

use sportello_core::{App, identities::cards};

use super::finding::Finding;
use super::identities::told;

/// Configuration, trust list and listener, for every tenant that takes cards; and a listener that nobody uses.
pub async fn examine(app: &App) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut used = false;
    for tenant in app.tenants().filter(|tenant| tenant.cns.is_some()) {
        used = true;
        let problems = cards::problems(&app.system(tenant, "doctor")).await;
        findings.extend(told(tenant, "CNS", "cns", problems));
    }
    if app.cards().is_some() && !used {
        let remedy = "add [cns] to a tenant.toml, or remove [cards]";
        findings.push(Finding::warning("CNS", "[cards] is configured, and no tenant takes cards", remedy));
    }
    findings
}
