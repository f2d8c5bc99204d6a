//! `committente`.

use std::process::ExitCode;

use italia::{EmailAddress, FiscalCode};
use serde_json::{Value, json};
use sportello_core::clock::instant;
use sportello_core::committenti::{self, AddError, ApiKey, Committente, KeyError, KeyState, NewCommittente, usage};
use sportello_core::{App, Cx, Error, signing};

use super::{Context, tenant_of};
use crate::cli::{CommittenteCommand, KeyCommand, Whom};
use crate::exit::{Exit, Failure, Outcome};
use crate::screen::{Screen, Style};

pub async fn run(context: &Context<'_>, command: CommittenteCommand, screen: &mut Screen) -> Outcome {
    let app = context.app().await?;
    let outcome = match command {
        CommittenteCommand::Add { tenant, name, tax_code, email, per_minute, invite, json } => {
            let tax_code = code(&tax_code)?;
            let email = EmailAddress::parse(&email)
                .map_err(|error| Failure::because(Exit::Usage, &format!("`{email}` is not an address"), &error))?;
            let new = NewCommittente { name: &name, tax_code: &tax_code, email: &email, per_minute };
            add(&cx(&app, &tenant)?, &new, invite, json, screen).await
        }
        CommittenteCommand::List { tenant, json } => list(&cx(&app, &tenant)?, json, screen).await,
        CommittenteCommand::Suspend(whom) => suspend(&app, &whom, true, screen).await,
        CommittenteCommand::Resume(whom) => suspend(&app, &whom, false, screen).await,
        CommittenteCommand::Invite(whom) => {
            let (cx, committente) = find(&app, &whom).await?;
            let link = committenti::invite(&cx, committente.id).await?;
            invited(link.expose(), screen)
        }
        CommittenteCommand::Key(command) => key(&app, command, screen).await,
        CommittenteCommand::RotateSigning { tenant } => {
            let kid = signing::rotate(&cx(&app, &tenant)?).await?;
            screen.line(format!("{kid} signs from now on; a key in the configuration goes before it"))?;
            Ok(ExitCode::SUCCESS)
        }
    };
    app.close().await;
    outcome
}

fn cx(app: &App, tenant: &str) -> Result<Cx, Failure> {
    Ok(app.system(&tenant_of(app, tenant)?, "command-line"))
}

fn code(text: &str) -> Result<FiscalCode, Failure> {
    FiscalCode::parse(text)
        .map_err(|error| Failure::because(Exit::Usage, &format!("`{text}` is not a tax code"), &error))
}

async fn find(app: &App, whom: &Whom) -> Result<(Cx, Committente), Failure> {
    let cx = cx(app, &whom.tenant)?;
    let found = committenti::by_tax_code(&cx, &code(&whom.tax_code)?).await?;
    let found = found.ok_or_else(|| {
        Failure::new(Exit::NoInput, format!("there is no committente with the tax code `{}`", whom.tax_code))
            .remedy(format!("`sportello committente list --tenant {}` shows all", whom.tenant))
    })?;
    Ok((cx, found))
}

async fn add(cx: &Cx, new: &NewCommittente<'_>, invite: bool, as_json: bool, screen: &mut Screen) -> Outcome {
    let id = committenti::add(cx, new).await.map_err(|error| match error {
        AddError::Exists => Failure::new(Exit::Data, error.to_string()),
        AddError::Ground(error) => Error::into(error),
    })?;
    let link = if invite { Some(committenti::invite(cx, id).await?) } else { None };
    if as_json {
        let link = link.as_ref().map(sportello_core::Secret::expose);
        screen.json(&json!({ "name": new.name, "tax_code": new.tax_code.as_str(), "invitation": link }))?;
        return Ok(ExitCode::SUCCESS);
    }
    screen.line(format!("{} is added", new.name))?;
    match link {
        Some(link) => invited(link.expose(), screen),
        None => {
            screen.line("`sportello committente key add` makes its first key, `… invite` lets it take one itself")?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn invited(link: &str, screen: &mut Screen) -> Outcome {
    screen.line(format!("the link leaves by mail when the program serves: {link}"))?;
    Ok(ExitCode::SUCCESS)
}

async fn suspend(app: &App, whom: &Whom, suspended: bool, screen: &mut Screen) -> Outcome {
    let (cx, committente) = find(app, whom).await?;
    committenti::set_suspended(&cx, committente.id, suspended).await?;
    let now = if suspended { "is suspended: no key of its opens anything" } else { "may query again" };
    screen.line(format!("{} {now}", committente.name))?;
    Ok(ExitCode::SUCCESS)
}

async fn key(app: &App, command: KeyCommand, screen: &mut Screen) -> Outcome {
    match command {
        KeyCommand::Add { whom, label, days, json } => {
            let (cx, committente) = find(app, &whom).await?;
            let issued = committenti::issue(&cx, committente.id, &label, days).await.map_err(|error| match error {
                KeyError::Ground(error) => Error::into(error),
                error => {
                    Failure::new(Exit::Data, error.to_string()).remedy("`sportello committente key revoke` makes room")
                }
            })?;
            if json {
                screen.json(&json!({ "key": issued.key.expose(), "expires_at": instant(issued.expires_at) }))?;
                return Ok(ExitCode::SUCCESS);
            }
            let bold = screen.styled(Style::Bold, issued.key.expose());
            screen.line(format!("key:   {bold}"))?;
            screen.line(format!("until: {}", instant(issued.expires_at)))?;
            screen.line("It is shown this once: hand it over safely.")?;
            Ok(ExitCode::SUCCESS)
        }
        KeyCommand::Revoke { whom, prefix } => {
            let (cx, committente) = find(app, &whom).await?;
            let keys = committenti::of(&cx, committente.id).await?;
            let found = keys.iter().find(|key| key.prefix == prefix && key.revoked_at.is_none()).ok_or_else(|| {
                Failure::new(Exit::NoInput, format!("there is no key that begins with `{prefix}`"))
                    .remedy(format!("`sportello committente list --tenant {}` shows all", whom.tenant))
            })?;
            committenti::revoke(&cx, committente.id, found.id).await?;
            screen.line(format!("{prefix}… opens nothing any more"))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn state(key: &ApiKey, now: i64) -> &'static str {
    match key.state(now) {
        KeyState::Good => "good",
        KeyState::Expiring => "expiring",
        KeyState::Expired => "expired",
        KeyState::Revoked => "revoked",
    }
}

async fn list(cx: &Cx, as_json: bool, screen: &mut Screen) -> Outcome {
    let (mut objects, mut rows) = (Vec::new(), Vec::new());
    for committente in committenti::all(cx).await? {
        let keys = committenti::of(cx, committente.id).await?;
        let days = usage::days(cx, committente.id, 1).await?;
        let today = days.first().filter(|d| d.day == cx.today().to_string()).map_or(0, |d| d.queries);
        objects.push(object(&committente, &keys, today, cx.now_ms()));
        let shown: Vec<String> =
            keys.iter().map(|key| format!("{} ({})", key.prefix, state(key, cx.now_ms()))).collect();
        let standing = if committente.suspended_at.is_some() { "suspended" } else { "active" };
        rows.push(vec![
            committente.tax_code,
            committente.name,
            standing.to_owned(),
            today.to_string(),
            shown.join(", "),
        ]);
    }
    if as_json {
        screen.json(&objects)?;
    } else {
        screen.table(&["tax code", "name", "state", "queries today", "keys"], &rows, &[])?;
    }
    Ok(ExitCode::SUCCESS)
}

fn object(committente: &Committente, keys: &[ApiKey], today: i64, now: i64) -> Value {
    let key = |key: &ApiKey| {
        json!({
            "prefix": key.prefix, "label": key.label, "state": state(key, now),
            "expires_at": instant(key.expires_at), "used_at": key.used_at.map(instant),
        })
    };
    json!({
        "tax_code": committente.tax_code, "name": committente.name, "email": committente.email,
        "active": committente.suspended_at.is_none(), "per_minute": committente.per_minute, "queries_today": today,
        "keys": keys.iter().map(key).collect::<Vec<_>>(),
    })
}
