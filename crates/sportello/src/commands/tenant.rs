//! `tenant`.

use std::path::Path;
use std::process::ExitCode;

use serde_json::json;
use sportello_core::tenancy::{LoadError, Tenant};

use super::Context;
use crate::assemble;
use crate::cli::TenantCommand;
use crate::exit::{Exit, Failure, Outcome};
use crate::screen::{Screen, Style};
use crate::tenants;

pub fn run(context: &Context<'_>, command: TenantCommand, screen: &mut Screen) -> Outcome {
    match command {
        TenantCommand::Check { tenant, json } => check(context, &tenant, json, screen),
        TenantCommand::List { json } => list(context, json, screen),
    }
}

fn check(context: &Context<'_>, tenant: &str, as_json: bool, screen: &mut Screen) -> Outcome {
    let (path, product) = (Path::new(tenant), assemble::texts());
    // A directory is checked wherever it is; the loader says when it is no tenant.
    let (loaded, _directory) = if path.is_dir() {
        let path = path.canonicalize()?;
        (assemble::load_tenant(&path, &product), None)
    } else {
        let directory = context.tenant_directory()?;
        if !directory.path().join(tenant).join("tenant.toml").is_file() {
            return Err(directory.load(tenant).err().unwrap_or_else(|| Failure::new(Exit::NoInput, tenant)));
        }
        (assemble::load_tenant(&directory.path().join(tenant), &product), Some(directory))
    };
    match loaded {
        Ok(tenant) => good(&tenant, as_json, screen),
        Err(error) => bad(tenant, &error, as_json, screen),
    }
}

fn good(tenant: &Tenant, as_json: bool, screen: &mut Screen) -> Outcome {
    if as_json {
        let name = &tenant.name;
        screen.json(&json!({
            "tenant": tenant.slug, "valid": true, "name": { "it": name.it, "en": name.en },
            "desks": tenant.desks, "policy": tenant.accounts.name, "checked_on": tenant.checked_on.to_string(),
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let good = screen.styled(Style::Green, "good");
    screen.line(format!("{}: {good}: {}; desks: {}", tenant.slug, tenant.name.it, tenant.desks.join(", ")))?;
    Ok(ExitCode::SUCCESS)
}

fn bad(name: &str, error: &LoadError, as_json: bool, screen: &mut Screen) -> Outcome {
    if as_json {
        screen.json(&json!({ "tenant": name, "valid": false, "error": sportello_core::chain(error) }))?;
    } else {
        screen.complain(Failure::new(Exit::Found, sportello_core::chain(error)))?;
    }
    Ok(Exit::Found.into())
}

fn list(context: &Context<'_>, as_json: bool, screen: &mut Screen) -> Outcome {
    let directory = context.tenant_directory()?;
    let mut rows = Vec::new();
    for slug in tenants::slugs(directory.path())? {
        let tenant = directory.load(&slug)?;
        rows.push((slug, tenant));
    }
    if as_json {
        let row = |(slug, tenant): &(String, Tenant)| json!({ "tenant": slug, "name": tenant.name.it, "desks": tenant.desks, "hosts": tenant.hosts });
        screen.json(&rows.iter().map(row).collect::<Vec<_>>())?;
        return Ok(ExitCode::SUCCESS);
    }
    let row = |(slug, tenant): &(String, Tenant)| vec![slug.clone(), tenant.name.it.clone(), tenant.desks.join(", ")];
    screen.table(&["tenant", "name", "desks"], &rows.iter().map(row).collect::<Vec<_>>(), &[])?;
    Ok(ExitCode::SUCCESS)
}
