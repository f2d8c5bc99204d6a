//! `spid`.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::process::ExitCode;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use sportello_core::chance::{Chance as _, SystemChance};
use sportello_core::clock::{Clock as _, SystemClock, rome};
use sportello_core::identities::{self, certificate};
use sportello_core::spid::certificate::Validity;
use sportello_core::spid::registry::Finding;
use sportello_core::{App, Cx, chain};

use super::{Context, show_findings, tenant_of};
use crate::cli::SpidCommand;
use crate::exit::{Exit, Failure, Outcome};
use crate::screen::Screen;

pub async fn run(context: &Context<'_>, command: SpidCommand, screen: &mut Screen) -> Outcome {
    if let SpidCommand::Certificate { tenant, directory, days } = &command {
        return make(context, tenant, directory, *days, screen);
    }
    let app = context.app().await?;
    let outcome = with(&app, command, screen).await;
    app.close().await;
    outcome
}

async fn with(app: &App, command: SpidCommand, screen: &mut Screen) -> Outcome {
    match command {
        SpidCommand::Metadata { tenant } => {
            let made = identities::metadata(&cx(app, &tenant)?);
            let made =
                made.map_err(|error| Failure::because(Exit::Software, "the metadata cannot be signed", &error))?;
            let xml = made.ok_or_else(|| off(&tenant))?;
            screen.raw(xml.as_bytes())?;
            Ok(ExitCode::SUCCESS)
        }
        SpidCommand::Check { tenant, json } => examine(&cx(app, &tenant)?, json, screen).await,
        SpidCommand::Refresh { tenant } => {
            let cx = cx(app, &tenant)?;
            let findings = identities::refresh(&cx).await?;
            findings.iter().try_for_each(|finding| screen.line(chain(finding)))?;
            screen.line(format!("{} providers are known", identities::choices(&cx).await?.len()))?;
            let silent = findings.iter().any(|finding| matches!(finding, Finding::Source { .. }));
            Ok(if silent { Exit::Found.into() } else { ExitCode::SUCCESS })
        }
        SpidCommand::Log { tenant, from, until } => log(&any_way(app, &tenant)?, from, until, screen).await,
        // Dealt with before the program was put together, which needs a certificate.
        SpidCommand::Certificate { .. } => Ok(ExitCode::SUCCESS),
    }
}

fn cx(app: &App, tenant: &str) -> Result<Cx, Failure> {
    let tenant = tenant_of(app, tenant)?;
    if tenant.spid.is_none() {
        return Err(off(&tenant.slug));
    }
    Ok(app.system(&tenant, "command-line"))
}

/// The log is one for all ways to prove an identity.
fn any_way(app: &App, tenant: &str) -> Result<Cx, Failure> {
    let tenant = tenant_of(app, tenant)?;
    if tenant.spid.is_none() && tenant.cie.is_none() && tenant.cns.is_none() {
        return Err(Failure::new(Exit::Config, format!("`{}` has no SPID, no CIE and no CNS", tenant.slug))
            .remedy("add [spid], [cie] or [cns] to its tenant.toml"));
    }
    Ok(app.system(&tenant, "command-line"))
}

fn off(tenant: &str) -> Failure {
    Failure::new(Exit::Config, format!("`{tenant}` has no SPID"))
        .remedy(format!("add [spid] to its tenant.toml and [connections.{tenant}.spid] to the configuration"))
}

async fn examine(cx: &Cx, as_json: bool, screen: &mut Screen) -> Outcome {
    let findings = identities::problems(cx).await?;
    show_findings(screen, "SPID", &cx.tenant.slug, &findings, as_json)
}

async fn log(cx: &Cx, from: Date, until: Date, screen: &mut Screen) -> Outcome {
    let midnight = |date: Date| -> Result<Timestamp, Failure> {
        let zoned = date.to_zoned(rome());
        zoned.map(|z| z.timestamp()).map_err(|e| Failure::because(Exit::Usage, "the date is out of range", &e))
    };
    let end = until.checked_add(1.day()).map_err(|e| Failure::because(Exit::Usage, "the date is out of range", &e))?;
    let (from, end) = (midnight(from)?, midnight(end)?);
    let mut after = 0;
    loop {
        let lines = identities::export(cx, from, end, after).await?;
        let Some(last) = lines.last() else { return Ok(ExitCode::SUCCESS) };
        after = last.id;
        lines.iter().try_for_each(|line| screen.json(line))?;
    }
}

fn make(context: &Context<'_>, slug: &str, directory: &Path, days: u32, screen: &mut Screen) -> Outcome {
    let config = context.read()?;
    let loaded = crate::tenants::load_all(&config.tenants).map_err(Failure::from)?;
    let tenant = loaded.get(slug).ok_or_else(|| Failure::new(Exit::NoInput, format!("there is no tenant `{slug}`")))?;
    let now = SystemClock.now();
    let end = now.checked_add(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MAX);
    let mut serial = [0; 16];
    SystemChance.fill(&mut serial);
    let validity = Validity { not_before: now, not_after: end };
    let made = certificate::make(tenant, &tenant.url(&config.server.public_url), validity, serial);
    let made = made.map_err(|error| Failure::because(Exit::Config, "no certificate was made", &error))?;
    let (key, pem) = (directory.join(format!("{slug}-spid.key")), directory.join(format!("{slug}-spid.pem")));
    write(&key, made.private_key.expose(), 0o600)?;
    write(&pem, &made.certificate_pem, 0o644)?;
    screen.line(format!("{}: the private key; nobody else may read it", key.display()))?;
    screen.line(format!("{}: the certificate, valid for {days} days", pem.display()))?;
    screen.line(format!("name them in [connections.{slug}.spid] as key_file and certificate_file"))?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a file that must not be there yet.
pub(super) fn write(path: &Path, text: &str, mode: u32) -> Result<(), Failure> {
    let file = std::fs::OpenOptions::new().write(true).create_new(true).mode(mode).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()));
    written.map_err(|error| {
        Failure::because(Exit::CannotCreate, &format!("{} cannot be written", path.display()), &error)
            .remedy("an existing key is never overwritten: name another directory")
    })
}
