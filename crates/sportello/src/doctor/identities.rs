//! Sign-in with SPID and CIE.

use sportello_core::identities::{self, Problem};
use sportello_core::tenancy::Tenant;
use sportello_core::{App, Error, chain};

use super::finding::Finding;

/// Configuration, certificates, providers and federation of every tenant that has them. The federation is asked only when
/// that is wanted.
pub async fn examine(app: &App, online: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for tenant in app.tenants() {
        let cx = app.system(tenant, "doctor");
        if tenant.spid.is_some() {
            findings.extend(told(tenant, "SPID", "spid", identities::problems(&cx).await));
        }
        if tenant.cie.is_some() {
            findings.extend(told(tenant, "CIE", "cie", identities::cie::problems(&cx, online).await));
        }
    }
    findings
}

/// What was found wrong with a tenant's way to sign in, whose command is named as the way itself is.
pub(super) fn told(tenant: &Tenant, name: &str, command: &str, problems: Result<Vec<Problem>, Error>) -> Vec<Finding> {
    let check = format!("{name} {}", tenant.slug);
    let remedy = format!("`sportello {command} check --tenant {}` shows it again once it is mended", tenant.slug);
    let finding = |problem: &Problem| {
        let make = if problem.is_bad() { Finding::bad } else { Finding::warning };
        make(check.clone(), problem.message.clone(), remedy.clone())
    };
    match problems {
        Err(error) => vec![Finding::bad(check, chain(&error), "check the database")],
        Ok(problems) if problems.is_empty() => vec![Finding::good(check, "is in order")],
        Ok(problems) => problems.iter().map(finding).collect(),
    }
}
