//! `cns`.

use std::path::Path;
use std::process::ExitCode;

use serde_json::{Value, json};
use sportello_core::cns::{Card, CardError};
use sportello_core::identities::Problem;
use sportello_core::identities::cards::{self, CardName, CardProblem, Examined, TrustState};
use sportello_core::{App, Cx, chain};

use super::{Context, found, show_problems, tenant_of};
use crate::cli::CnsCommand;
use crate::exit::{Exit, Failure, Outcome};
use crate::screen::Screen;

pub async fn run(context: &Context<'_>, command: CnsCommand, screen: &mut Screen) -> Outcome {
    let app = context.app().await?;
    let outcome = with(&app, command, screen).await;
    app.close().await;
    outcome
}

async fn with(app: &App, command: CnsCommand, screen: &mut Screen) -> Outcome {
    match command {
        CnsCommand::Check { tenant, json } => check(&cx(app, &tenant)?, json, screen).await,
        CnsCommand::Refresh { tenant, json } => refresh(&cx(app, &tenant)?, json, screen).await,
        CnsCommand::Read { file, tenant, online, json } => read(&cx(app, &tenant)?, &file, online, json, screen).await,
    }
}

fn cx(app: &App, tenant: &str) -> Result<Cx, Failure> {
    let tenant = tenant_of(app, tenant)?;
    if tenant.cns.is_none() || app.cards().is_none() {
        let failure = Failure::new(Exit::Config, format!("`{}` takes no cards", tenant.slug));
        return Err(failure.remedy("add [cns] to its tenant.toml and [cards] to the configuration"));
    }
    Ok(app.system(&tenant, "command-line"))
}

async fn check(cx: &Cx, as_json: bool, screen: &mut Screen) -> Outcome {
    let (findings, state) = (cards::problems(cx).await?, cards::state(cx).await?);
    let bad = findings.iter().any(Problem::is_bad);
    if as_json {
        screen.json(&json!({ "healthy": !bad, "findings": findings, "trust_list": state }))?;
    } else if findings.is_empty() {
        screen.line(format!("{}: smart cards are in order; {}", cx.tenant.slug, in_words(state.as_ref())))?;
    } else {
        show_problems(screen, &findings)?;
    }
    found(bad)
}

async fn refresh(cx: &Cx, as_json: bool, screen: &mut Screen) -> Outcome {
    let error = cards::refresh(cx).await?.map(|error| chain(&error));
    let state = cards::state(cx).await?;
    if as_json {
        screen.json(&json!({ "refreshed": error.is_none(), "error": error, "trust_list": state }))?;
    } else {
        error.iter().try_for_each(|error| screen.line(error))?;
        screen.line(in_words(state.as_ref()))?;
    }
    Ok(if error.is_none() { ExitCode::SUCCESS } else { Exit::Found.into() })
}

fn in_words(state: Option<&TrustState>) -> String {
    let Some(state) = state else { return "no authority is known".to_owned() };
    let number = state.sequence.map(|number| format!(", list number {number}")).unwrap_or_default();
    let until = state.next_update.map(|until| format!(", good until {until}")).unwrap_or_default();
    format!("{} authorities are trusted{number}{until}", state.authorities)
}

async fn read(cx: &Cx, file: &Path, online: bool, as_json: bool, screen: &mut Screen) -> Outcome {
    let bytes = std::fs::read(file)
        .map_err(|error| Failure::because(Exit::NoInput, &format!("{} cannot be read", file.display()), &error))?;
    let shown = cards::certificates(&bytes);
    let Some(examined) = cards::examine(cx, &shown, online).await? else { return Ok(Exit::Found.into()) };
    let accepted = match &examined.verdict {
        Ok(_) => true,
        Err(CardError::NotChecked { .. }) => !online,
        Err(_) => false,
    };
    if as_json {
        screen.json(&as_value(&examined, accepted))?;
    } else {
        in_lines(&examined).iter().try_for_each(|line| screen.line(line))?;
    }
    Ok(if accepted { ExitCode::SUCCESS } else { Exit::Found.into() })
}

fn verdict(examined: &Examined) -> (&'static str, String) {
    match &examined.verdict {
        Ok(_) => ("accepted", "would sign its holder in".to_owned()),
        Err(error) => (CardProblem::of(error).key(), chain(error)),
    }
}

fn as_value(examined: &Examined, accepted: bool) -> Value {
    let (key, text) = verdict(examined);
    let claims = match &examined.claims {
        Ok(card) => json!({
            "kind": CardName::of(card.kind).provider().trim_start_matches("card:"), "tax_code": card.tax_code.as_str(),
            "card": card.card_id, "name": name(card), "issuing_body": card.issuing_body, "issuer": card.issuer,
            "serial": card.serial, "not_after": card.not_after,
        }),
        Err(error) => json!({ "error": chain(error) }),
    };
    json!({ "accepted": accepted, "verdict": key, "reason": text, "certificate": claims })
}

fn in_lines(examined: &Examined) -> Vec<String> {
    let mut lines = Vec::new();
    match &examined.claims {
        Ok(card) => {
            lines.push(format!("kind         {}", CardName::of(card.kind).provider().trim_start_matches("card:")));
            lines.push(format!("tax code     {} (its check character is right)", card.tax_code.as_str()));
            lines.push(format!("holder       {}", name(card).unwrap_or_else(|| "not named".to_owned())));
            lines.push(format!("card         {}", card.card_id));
            lines.push(format!("issuer       {}", card.issuer));
            lines.push(format!("valid until  {}", card.not_after));
        }
        Err(error) => lines.push(format!("no card      {}", chain(error))),
    }
    let (key, text) = verdict(examined);
    lines.push(format!("verdict      {key}: {text}"));
    lines
}

fn name(card: &Card) -> Option<String> {
    let names: Vec<&str> = [&card.given_name, &card.surname].into_iter().flatten().map(String::as_str).collect();
    (!names.is_empty()).then(|| names.join(" "))
}
