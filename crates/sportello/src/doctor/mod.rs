//! `doctor`: examines the installation and says what to do about each finding.

mod cards;
mod clock;
mod committenti;
mod connections;
mod files;
mod finding;
mod identities;
mod jobs;
mod store;
mod tenants;

use serde_json::json;
use sportello_core::MIGRATIONS;
use sportello_core::chance::{Chance, SystemChance};
use sportello_core::clock::{Clock, SystemClock};
use std::sync::Arc;

use ::store::Db;

use crate::assemble;
use crate::commands::Context;
use crate::config::Config;
use crate::exit::{Exit, Outcome};
use crate::screen::{Screen, Style};
use finding::{Finding, State};

/// Examines everything and shows what was found.
pub async fn run(context: &Context<'_>, as_json: bool, online: bool, screen: &mut Screen) -> Outcome {
    let findings = examine(context, online).await;
    let bad = findings.iter().any(|f| f.state == State::Bad);
    if as_json {
        screen.json(&json!({ "healthy": !bad, "findings": findings }))?;
    } else {
        for finding in &findings {
            print(finding, screen)?;
        }
    }
    Ok(if bad { Exit::Found.into() } else { std::process::ExitCode::SUCCESS })
}

fn print(finding: &Finding, screen: &mut Screen) -> std::io::Result<()> {
    let mark = match finding.state {
        State::Good => "✅",
        State::Warning => "⚠️ ",
        State::Bad => "❌",
    };
    let check = screen.styled(Style::Bold, &finding.check);
    screen.line(format!("{mark} {check}: {}", finding.message))?;
    match &finding.remedy {
        Some(remedy) => screen.line(format!("      → {remedy}")),
        None => Ok(()),
    }
}

/// Everything that can be known; what cannot be reached does not keep the rest from being looked at.
async fn examine(context: &Context<'_>, online: bool) -> Vec<Finding> {
    let config = match context.read() {
        Ok(config) => config,
        Err(failure) => {
            let remedy = "`sportello config check` shows everything that is wrong with it";
            return vec![Finding::bad("configuration", failure.to_string(), remedy)];
        }
    };
    let mut findings = vec![Finding::good("configuration", "can be used")];
    findings.push(files::master_key(&config));
    findings.extend(files::disk(&config));
    findings.extend(tenants::examine(&config.tenants));
    findings.extend(connections::configured(&config));
    if let Some(db) = database(&config, &mut findings).await {
        findings.extend(inside(db, &config, online).await);
    }
    findings
}

/// What can be seen only with a database that fits.
async fn inside(db: Db, config: &Config, online: bool) -> Vec<Finding> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let chance: Arc<dyn Chance> = Arc::new(SystemChance);
    let now = clock.now();
    let mut findings = vec![clock::examine(&db, now).await];
    findings.push(jobs::queue(&db, now).await);
    // Why the program cannot be put together is among the findings already.
    if let Ok(app) = assemble::build_on(db.clone(), config, clock, chance) {
        findings.extend(jobs::dead(&app).await);
        findings.extend(jobs::forsaken(&app, &db, now).await);
        findings.extend(identities::examine(&app, online).await);
        findings.extend(cards::examine(&app).await);
        findings.extend(committenti::examine(&app).await);
        if online {
            findings.extend(connections::online(&app).await);
        }
    }
    db.close().await;
    findings
}

/// Opens the database and looks at its schema, without making either.
async fn database(config: &Config, findings: &mut Vec<Finding>) -> Option<Db> {
    let shown = config.database.shown();
    if config.database.file().is_some_and(|file| !file.exists()) {
        let message = format!("{shown} does not exist yet");
        findings.push(Finding::bad("database", message, "`sportello migrate` or `sportello serve` makes it"));
        return None;
    }
    let opened = async {
        let db = assemble::open(config).await?;
        let state = db
            .migration_state(MIGRATIONS)
            .await
            .map_err(|source| assemble::StartError::Database { address: shown.clone(), source })?;
        Ok::<_, assemble::StartError>((db, state))
    };
    let (db, state) = match opened.await {
        Ok(opened) => opened,
        Err(error) => {
            let remedy = "check `database.url`, that the database runs, and that this user may read and write it";
            findings.push(Finding::bad("database", sportello_core::chain(&error), remedy));
            return None;
        }
    };
    findings.push(Finding::good("database", format!("{shown} answers")));
    let (found, known) = (state.found, state.known);
    let fits = found == known;
    findings.push(match found.cmp(&known) {
        std::cmp::Ordering::Equal => Finding::good("schema", format!("up to date at migration {known}")),
        std::cmp::Ordering::Less => Finding::bad(
            "schema",
            format!("the database has migration {found}, this program needs {known}"),
            "`sportello migrate`",
        ),
        std::cmp::Ordering::Greater => {
            let message = format!("the database has migration {found}, this program knows {known}");
            Finding::bad("schema", message, "install the newer program again")
        }
    });
    if !fits {
        db.close().await;
    }
    fits.then_some(db)
}
