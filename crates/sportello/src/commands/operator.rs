//! `operator`.

use std::process::ExitCode;
use std::sync::Arc;

use italia::EmailAddress;
use serde_json::json;
use sportello_core::accounts::operators::{self, AddError, Operator, OperatorCredentials};
use sportello_core::{App, Cx, Error};

use super::{Context, tenant_of};
use crate::cli::OperatorCommand;
use crate::exit::{Exit, Failure, Outcome};
use crate::screen::{Screen, Style};

pub async fn run(context: &Context<'_>, command: OperatorCommand, screen: &mut Screen) -> Outcome {
    let app = context.app().await?;
    let outcome = match command {
        OperatorCommand::Add { tenant, name, email, role, json } => {
            let address = EmailAddress::parse(&email)
                .map_err(|error| Failure::because(Exit::Usage, &format!("`{email}` is not an address"), &error))?;
            let added = operators::add(&cx(&app, &tenant)?, &name, &address, role.name()).await;
            show(&added.map_err(refused)?, address.as_str(), json, screen)
        }
        OperatorCommand::List { tenant, json } => {
            let all = operators::all(&cx(&app, &tenant)?).await?;
            list(&all, json, screen)
        }
        OperatorCommand::Renew { tenant, email, json } => {
            let cx = cx(&app, &tenant)?;
            let operator = find(&cx, &email).await?;
            show(&operators::renew(&cx, &operator.email).await?, &operator.email, json, screen)
        }
        OperatorCommand::Disable { tenant, email, undo } => {
            let cx = cx(&app, &tenant)?;
            let operator = find(&cx, &email).await?;
            operators::set_active(&cx, operator.id, undo).await?;
            let now = if undo { "may sign in again" } else { "can no longer sign in" };
            screen.line(format!("{} {now}", operator.email))?;
            Ok(ExitCode::SUCCESS)
        }
    };
    app.close().await;
    outcome
}

fn cx(app: &App, tenant: &str) -> Result<Cx, Failure> {
    let tenant = tenant_of(app, tenant)?;
    Ok(app.system(&Arc::clone(&tenant), "command-line"))
}

async fn find(cx: &Cx, email: &str) -> Result<Operator, Failure> {
    operators::find(cx, email).await?.ok_or_else(|| {
        Failure::new(Exit::NoInput, format!("there is no operator `{email}`"))
            .remedy(format!("`sportello operator list --tenant {}` shows all", cx.tenant.slug))
    })
}

fn refused(error: AddError) -> Failure {
    match error {
        AddError::Exists => Failure::new(Exit::Data, error.to_string())
            .remedy("`sportello operator renew` gives an operator new credentials"),
        AddError::Role => Failure::new(Exit::Usage, error.to_string()),
        AddError::Ground(error) => Error::into(error),
    }
}

fn show(credentials: &OperatorCredentials, email: &str, as_json: bool, screen: &mut Screen) -> Outcome {
    let OperatorCredentials { password, otp_secret, otp_url, .. } = credentials;
    if as_json {
        screen.json(&json!({
            "email": email, "password": password.expose(), "otp_secret": otp_secret.expose(), "otp_url": otp_url.expose(),
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let bold = |text: &str| screen.styled(Style::Bold, text);
    let lines = [
        format!("address:        {}", bold(email)),
        format!("password:       {}", bold(password.expose())),
        format!("second factor:  {}", bold(otp_secret.expose())),
        format!("                {}", otp_url.expose()),
        "These are shown this once: hand them over safely.".to_owned(),
    ];
    lines.iter().try_for_each(|line| screen.line(line))?;
    Ok(ExitCode::SUCCESS)
}

fn list(all: &[Operator], as_json: bool, screen: &mut Screen) -> Outcome {
    if as_json {
        let row = |o: &Operator| json!({ "email": o.email, "name": o.name, "role": o.role, "active": o.active });
        screen.json(&all.iter().map(row).collect::<Vec<_>>())?;
        return Ok(ExitCode::SUCCESS);
    }
    let state = |o: &Operator| if o.active { "active" } else { "disabled" };
    let row = |o: &Operator| vec![o.email.clone(), o.name.clone(), o.role.clone(), state(o).to_owned()];
    screen.table(&["address", "name", "role", "state"], &all.iter().map(row).collect::<Vec<_>>(), &[])?;
    Ok(ExitCode::SUCCESS)
}
