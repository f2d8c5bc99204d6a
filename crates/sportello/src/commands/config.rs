//! `config`.

use std::process::ExitCode;

use serde_json::{Map, json};

use super::Context;
use crate::cli::ConfigCommand;
use crate::config::keys::{self, Key};
use crate::config::{Config, Origin, Setting, Settings, Value, nearest, reference};
use crate::exit::{Exit, Failure, Outcome};
use crate::screen::{Screen, Style};
use sportello_core::clock::{Clock as _, SystemClock};

pub fn run(context: &Context<'_>, command: ConfigCommand, screen: &mut Screen) -> Outcome {
    match command {
        ConfigCommand::Check => check(context, screen),
        ConfigCommand::Dump { json } => dump(&context.settings()?, json, screen),
        ConfigCommand::Explain { key } => explain(context, &key, screen),
        ConfigCommand::Reference => {
            screen.raw(reference().as_bytes())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Says everything that is wrong, one line each.
fn check(context: &Context<'_>, screen: &mut Screen) -> Outcome {
    let file = context.file()?;
    let mut problems = Vec::new();
    match Settings::read(file.as_deref(), context.environment) {
        Err(error) => problems = error.0,
        Ok(_) => match Config::new(&context.settings()?) {
            Err(error) => problems = error.0,
            Ok(config) => check_tenants(&config)?,
        },
    }
    for problem in &problems {
        screen.complain(problem)?;
    }
    if !problems.is_empty() {
        return Ok(Exit::Found.into());
    }
    let name =
        file.map_or_else(|| "no file, only defaults and the environment".to_owned(), |f| f.display().to_string());
    screen.line(format!("{name}: the configuration is good"))?;
    Ok(ExitCode::SUCCESS)
}

/// Connections of tenants that do not exist are typing errors.
fn check_tenants(config: &Config) -> Result<(), Failure> {
    if !config.tenants.is_dir() {
        return Ok(());
    }
    let slugs = crate::tenants::slugs(&config.tenants)?;
    for (name, connection) in &config.connections {
        if !slugs.contains(name) {
            let meant = nearest(name, slugs.iter().map(String::as_str)).map(str::to_owned);
            return Err(crate::assemble::StartError::UnknownTenant { name: name.clone(), meant }.into());
        }
        let made = crate::connect::connections(name, connection, None, SystemClock.now());
        made.map_err(crate::assemble::StartError::from)?;
    }
    crate::connect::sources(config).map_err(crate::assemble::StartError::from)?;
    Ok(())
}

/// All values in force: those of the program, and those of the sections that are there.
fn in_force(settings: &Settings) -> Vec<(String, &'static Key, Setting)> {
    let concrete = |key: &'static Key| -> Vec<String> {
        if !key.path.contains('*') {
            return vec![key.path.clone()];
        }
        let of_tenant = |tenant: String| key.path.replacen('*', &tenant, 1);
        let present = |path: &String| path.rsplit_once('.').is_some_and(|(section, _)| settings.has_section(section));
        let (above, _) = key.path.split_once(".*").unwrap_or_default();
        settings.names(above).into_iter().map(of_tenant).filter(present).collect()
    };
    let mut rows = Vec::new();
    for key in keys::all() {
        for path in concrete(key) {
            if let Some(setting) =
                settings.value(&path).filter(|s| s.origin != Origin::Default || !overridden(settings, key, &path))
            {
                rows.push((path.clone(), key, setting));
            }
        }
    }
    for (path, setting) in settings.all() {
        if let Some(key) = keys::of_file(path) {
            rows.push((path.to_owned(), key, setting.clone()));
        }
    }
    rows
}

/// A default does not hold when the secret is given as a file.
fn overridden(settings: &Settings, key: &Key, path: &str) -> bool {
    let keys::Kind::Secret(file) = key.kind else { return false };
    path.rsplit_once('.').is_some_and(|(section, _)| settings.given(&format!("{section}.{file}")).is_some())
}

fn dump(settings: &Settings, as_json: bool, screen: &mut Screen) -> Outcome {
    let rows = in_force(settings);
    if as_json {
        let entry = |(path, key, setting): &(String, &'static Key, Setting)| {
            let shown = shown(key, path, setting);
            (path.clone(), json!({ "value": shown, "origin": setting.origin.to_string() }))
        };
        screen.json(&rows.iter().map(entry).collect::<Map<_, _>>())?;
        return Ok(ExitCode::SUCCESS);
    }
    let row = |(path, key, setting): &(String, &'static Key, Setting)| {
        vec![path.clone(), shown(key, path, setting).to_string(), setting.origin.to_string()]
    };
    screen.table(&["key", "value", "from"], &rows.iter().map(row).collect::<Vec<_>>(), &[])?;
    Ok(ExitCode::SUCCESS)
}

/// A value as it may be shown. The address of an embedded database is no secret.
fn shown(key: &Key, path: &str, setting: &Setting) -> serde_json::Value {
    let is_file = keys::find(path).is_none();
    match &setting.value {
        Value::Text(text) if key.is_secret() && !is_file && !text.starts_with("sqlite:") => json!("(hidden)"),
        Value::Text(text) => json!(text),
        Value::Number(number) => json!(number),
        Value::List(items) => json!(items),
    }
}

fn explain(context: &Context<'_>, path: &str, screen: &mut Screen) -> Outcome {
    let Some(key) = keys::find(path).or_else(|| keys::of_file(path)) else {
        let all = keys::all().iter().map(|key| key.path.as_str());
        let below: Vec<&str> = all.clone().filter(|p| p.starts_with(&format!("{path}."))).collect();
        let failure = Failure::new(Exit::Usage, format!("there is no key `{path}`"));
        return Err(match (below.is_empty(), nearest(path, all)) {
            (false, _) => failure.remedy(format!("it is a section with: {}", below.join(", "))),
            (true, Some(near)) => failure.remedy(format!("did you mean `{near}`?")),
            (true, None) => failure.remedy("`sportello config reference` lists all keys"),
        });
    };
    let heading = screen.styled(Style::Bold, &key.path);
    screen.line(heading)?;
    screen.line(format!("  {}", key.about))?;
    screen.line(format!("  Value:    {}", crate::config::kind_in_words(key.kind)))?;
    screen.line(format!("  Default:  {}", crate::config::usual_in_words(key.default)))?;
    if let keys::Kind::Secret(file) = key.kind {
        screen.line(format!("  As file:  {file}"))?;
    }
    screen.line(format!("  Variable: {}", crate::config::variable(path)))?;
    let settings = context.settings()?;
    // A `*` stands for many tenants, none of which has this value.
    if let Some(setting) = settings.value(path).filter(|_| !path.contains('*')) {
        screen.line(format!("  Now:      {} ({})", shown(key, path, &setting), setting.origin))?;
    }
    Ok(ExitCode::SUCCESS)
}
