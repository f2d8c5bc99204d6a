//! `cie`.

use std::path::Path;
use std::process::ExitCode;

use sportello_core::identities::{Problem, cie};
use sportello_core::spid::certificate::{KeySize, generate_key};
use sportello_core::{App, Cx, chain};

use super::spid::write;
use super::{Context, show_findings, tenant_of};
use crate::cli::CieCommand;
use crate::exit::{Exit, Failure, Outcome};
use crate::screen::Screen;

pub async fn run(context: &Context<'_>, command: CieCommand, screen: &mut Screen) -> Outcome {
    if let CieCommand::Keys { tenant, directory } = &command {
        return make(tenant, directory, screen);
    }
    let app = context.app().await?;
    let outcome = with(&app, command, screen).await;
    app.close().await;
    outcome
}

async fn with(app: &App, command: CieCommand, screen: &mut Screen) -> Outcome {
    match command {
        CieCommand::Configuration { tenant, keys } => {
            let cx = cx(app, &tenant)?;
            if keys {
                let keys = cie::federation_keys(&cx).ok_or_else(|| off(&tenant))?;
                screen.json(&keys)?;
                return Ok(ExitCode::SUCCESS);
            }
            let made = cie::entity_configuration(&cx);
            let made =
                made.map_err(|error| Failure::because(Exit::Software, "the configuration cannot be signed", &error))?;
            screen.line(made.ok_or_else(|| off(&tenant))?)?;
            Ok(ExitCode::SUCCESS)
        }
        CieCommand::Check { tenant, json } => examine(&cx(app, &tenant)?, json, screen).await,
        CieCommand::Refresh { tenant } => match cie::refresh(&cx(app, &tenant)?).await {
            Ok(Some(until)) => {
                screen.line(format!("the provider's trust chain holds until {until}"))?;
                Ok(ExitCode::SUCCESS)
            }
            Ok(None) => Err(off(&tenant)),
            Err(error) => {
                screen.line(error)?;
                Ok(Exit::Found.into())
            }
        },
        // Dealt with before the program was put together, which needs the keys.
        CieCommand::Keys { .. } => Ok(ExitCode::SUCCESS),
    }
}

fn cx(app: &App, tenant: &str) -> Result<Cx, Failure> {
    let tenant = tenant_of(app, tenant)?;
    if tenant.cie.is_none() {
        return Err(off(&tenant.slug));
    }
    Ok(app.system(&tenant, "command-line"))
}

fn off(tenant: &str) -> Failure {
    Failure::new(Exit::Config, format!("`{tenant}` has no CIE"))
        .remedy(format!("add [cie] to its tenant.toml and [connections.{tenant}.cie] to the configuration"))
}

async fn examine(cx: &Cx, as_json: bool, screen: &mut Screen) -> Outcome {
    let mut findings = cie::problems(cx, true).await?;
    if let Err(error) = cie::own_chain(cx).await {
        let message = format!("our own trust chain, as a provider collects it: {}", chain(&error));
        findings.push(Problem::bad(message));
    }
    show_findings(screen, "CIE", &cx.tenant.slug, &findings, as_json)
}

fn make(slug: &str, directory: &Path, screen: &mut Screen) -> Outcome {
    for purpose in ["federation", "signing", "decryption"] {
        let key = generate_key(KeySize::Bits3072);
        let key = key.map_err(|error| Failure::because(Exit::Software, "no key was made", &error))?;
        let path = directory.join(format!("{slug}-cie-{purpose}.key"));
        write(&path, key.expose(), 0o600)?;
        screen.line(format!("{}: {purpose}_key_file in [connections.{slug}.cie]", path.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}
