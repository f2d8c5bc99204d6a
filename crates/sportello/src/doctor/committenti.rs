//! Keys of committenti that end soon: whoever depends on one should have another by then.

use sportello_core::clock::instant;
use sportello_core::{App, committenti, format};

use super::finding::Finding;

/// So long before its end a key is warned about.
const DAYS: i64 = 30;

pub async fn examine(app: &App) -> Vec<Finding> {
    let mut findings = Vec::new();
    for tenant in app.tenants() {
        let cx = app.system(tenant, "doctor");
        let check = format!("committenti {}", tenant.slug);
        findings.push(match committenti::expiring(&cx, DAYS).await {
            Err(error) => Finding::bad(check, sportello_core::chain(&error), "check the database"),
            Ok(keys) => match keys.first() {
                None => Finding::good(check, format!("no key ends within {DAYS} days")),
                Some(first) => {
                    let day = format::civil(instant(first.expires_at));
                    let message = format!("{} keys end within {DAYS} days; {}… on {day}", keys.len(), first.prefix);
                    Finding::warning(check, message, "tell its holder to make another one and go over to it")
                }
            },
        });
    }
    findings
}
