//! The ways to the outside world: are they configured, and with `--online`, do they work.

use italia::FiscalCode;
use pec::imap::{ImapConfig, Mailbox};
use registries::Stamp;
use sportello_core::registry::RegisterSource;
use sportello_core::tenancy::{Connections, MailConnection, Tenant};
use sportello_core::{App, chain};

use super::finding::Finding;
use crate::config::{Config, Connection};
use crate::{connect, tenants};
use sportello_core::clock::{Clock as _, SystemClock};

/// Which connections each tenant has.
pub fn configured(config: &Config) -> Vec<Finding> {
    let slugs = tenants::slugs(&config.tenants).unwrap_or_default();
    let mut findings: Vec<_> = slugs.iter().map(|slug| of_tenant(slug, config.connections.get(slug))).collect();
    for name in config.connections.keys().filter(|name| !slugs.contains(name)) {
        findings.push(Finding::bad(
            format!("connections {name}"),
            "there is no such tenant",
            format!("correct [connections.{name}]"),
        ));
    }
    findings
}

fn of_tenant(slug: &str, connection: Option<&Connection>) -> Finding {
    let check = format!("connections {slug}");
    let Some(connection) = connection else {
        return Finding::warning(
            check,
            "none is configured: look-ups, messages and payments wait",
            format!("add [connections.{slug}.…]"),
        );
    };
    if let Err(error) = connect::connections(slug, connection, None, SystemClock.now()) {
        return Finding::bad(check, chain(&error), "correct the section");
    }
    let (checkout, node) =
        connection.pagopa.as_ref().map_or((false, false), |p| (p.subscription_key.is_some(), p.node_secret.is_some()));
    let wanted = [
        ("register", connection.register.is_some() || connection.register_source.is_some()),
        ("mail", connection.mail.is_some()),
        ("pec", connection.pec.is_some()),
        ("pec_inbox", connection.pec_inbox.is_some()),
        ("pec_trust_file", connection.pec_trust.is_some()),
        ("assistance_inbox", connection.assistance_inbox.is_some()),
        ("pagopa.subscription_key", checkout),
        ("pagopa.node_secret", node),
    ];
    let missing: Vec<&str> = wanted.iter().filter(|(_, there)| !there).map(|(name, _)| *name).collect();
    if missing.is_empty() {
        return Finding::good(check, "all are configured");
    }
    let message = format!("not configured: {}", missing.join(", "));
    Finding::warning(check, message, format!("`sportello config explain connections.{slug}.…` explains each"))
}

/// Signs in everywhere.
pub async fn online(app: &App) -> Vec<Finding> {
    let mut findings = Vec::new();
    for tenant in app.tenants() {
        let Some(connections) = app.connections(tenant) else { continue };
        findings.extend(of_one(app, tenant, connections).await);
    }
    findings
}

async fn of_one(app: &App, tenant: &Tenant, connections: &Connections) -> Vec<Finding> {
    let name = |what: &str| format!("{what} {}", tenant.slug);
    let mut findings = Vec::new();
    for (what, mail) in [("mail", &connections.mail), ("pec", &connections.pec)] {
        if let Some(mail) = mail {
            findings.push(send(name(what), mail).await);
        }
    }
    for (what, inbox) in [("pec-inbox", &connections.pec_inbox), ("assistance-inbox", &connections.assistance_inbox)] {
        if let Some(inbox) = inbox {
            findings.push(read(name(what), inbox).await);
        }
    }
    if let Some(register) = connections.register.as_ref().and_then(|name| app.source(name)) {
        findings.push(look_up(app, name("register"), tenant, register).await);
    }
    findings
}

async fn send(check: String, mail: &MailConnection) -> Finding {
    match mail.sender.check().await {
        Ok(()) => Finding::good(check, format!("signed in; mail leaves as {}", mail.from)),
        Err(error) => Finding::bad(check, chain(&error), "check host, port, tls, user and password"),
    }
}

async fn read(check: String, inbox: &ImapConfig) -> Finding {
    match Mailbox::open(inbox).await {
        Ok(mailbox) => {
            drop(mailbox);
            Finding::good(check, format!("signed in; the folder {} can be read", inbox.folder))
        }
        Err(error) => Finding::bad(check, chain(&error), "check host, port, tls, user, password and folder"),
    }
}

/// Asks for the body's own seat: the one question that is nobody's business but ours.
async fn look_up(app: &App, check: String, tenant: &Tenant, register: &RegisterSource) -> Finding {
    let own = tenant.creditor.as_ref().and_then(|creditor| FiscalCode::parse_sandbox(&creditor.fiscal_code).ok());
    let Some(code) = own else {
        return Finding::warning(
            check,
            "not tried: the body has no tax code to ask for",
            "add [creditor] to tenant.toml",
        );
    };
    let jti = app.chance().token();
    let stamp = Stamp { now: app.clock().now(), jti: &jti };
    let answer = match &register.client {
        registries::Source::BusinessRegister(client) => client.seat(&code, stamp).await.map(|_| ()),
        other => other.ask(&[code], stamp).await.map(|_| ()),
    };
    match answer {
        Ok(()) => {
            Finding::good(check, format!("answers; {} look-ups a minute are allowed", register.limits.per_minute))
        }
        Err(error @ registries::Error::Throttled { .. }) => {
            Finding::warning(check, chain(&error), "wait a minute; if it stays, lower `per_minute`")
        }
        Err(error @ registries::Error::Refused { .. }) => {
            Finding::bad(check, chain(&error), "check client_id, key and certificate with the register")
        }
        Err(error) => {
            Finding::bad(check, chain(&error), "check `url`, and that the register is up; firms wait meanwhile")
        }
    }
}
