//! What each command does.

mod cie;
mod cns;
mod committente;
mod config;
mod fee;
mod generate;
mod import;
mod init;
mod migrate;
mod operator;
mod pec;
mod register;
mod run;
mod spid;
mod tax_code;
mod tenant;

use std::future::Future;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use sportello_core::App;
use sportello_core::chance::SystemChance;
use sportello_core::clock::{Clock, SystemClock};
use sportello_core::identities::Problem;

use crate::assemble::{self, MigrateError, StartError};
use crate::cli::{Cli, Command, PecCommand};
use crate::config::{Config, Environment, FILE_NAME, Settings, Value};
use crate::exit::{Exit, Failure, Outcome};
use crate::screen::Screen;
use crate::{demo, doctor, log, tenants};

/// What every command may need.
#[derive(Debug)]
pub struct Context<'a> {
    /// `--config`.
    config: Option<PathBuf>,
    /// `--tenants`.
    tenants: Option<PathBuf>,
    /// The environment.
    pub environment: &'a Environment,
}

/// Runs a command.
pub fn run(cli: Cli, environment: &Environment, screen: &mut Screen) -> Outcome {
    let context = Context { config: cli.config, tenants: cli.tenants, environment };
    match cli.command {
        Command::Demo(options) => wait(demo::run(&context, options, screen)),
        Command::Serve(options) => wait(run::serve(&context, options)),
        Command::Worker => wait(run::worker(&context)),
        Command::Migrate { check } => wait(migrate::run(&context, check, screen)),
        Command::Init { directory } => init::run(&directory, screen),
        Command::Doctor { json, online } => wait(doctor::run(&context, json, online, screen)),
        Command::Config(command) => wait(async { config::run(&context, command, screen) }),
        Command::Tenant(command) => tenant::run(&context, command, screen),
        Command::Fee(options) => fee::run(&context, &options, screen),
        Command::TaxCode(command) => tax_code::run(command, screen),
        Command::Operator(command) => wait(operator::run(&context, command, screen)),
        Command::Committente(command) => wait(committente::run(&context, command, screen)),
        Command::Spid(command) => wait(spid::run(&context, command, screen)),
        Command::Cie(command) => wait(cie::run(&context, command, screen)),
        Command::Cns(command) => wait(cns::run(&context, command, screen)),
        Command::Register(command) => wait(register::run(&context, command, screen)),
        Command::Pec(PecCommand::Read(options)) => pec::read(&options, screen),
        Command::Import(command) => wait(import::run(&context, command, screen)),
        Command::Completions { shell } => generate::completions(shell, screen),
        Command::Man { directory } => generate::manual(&directory, screen),
    }
}

/// Runs a command that waits for the world.
fn wait(command: impl Future<Output = Outcome>) -> Outcome {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::because(Exit::Software, "no threads can be started", &error))?;
    let outcome = runtime.block_on(command);
    runtime.shutdown_timeout(std::time::Duration::from_secs(2));
    outcome
}

impl Context<'_> {
    /// The configuration file: the named one, else the one here, else the machine's, else none.
    pub fn file(&self) -> Result<Option<PathBuf>, Failure> {
        let named = self.config.clone().or_else(|| self.environment.get("SPORTELLO_CONFIG").map(PathBuf::from));
        if let Some(file) = named {
            return if file.is_file() {
                Ok(Some(file))
            } else {
                Err(Failure::new(Exit::NoInput, format!("{}: there is no such configuration file", file.display()))
                    .remedy("`sportello init` writes a first one"))
            };
        }
        let usual = [PathBuf::from(FILE_NAME), Path::new("/etc/sportello").join(FILE_NAME)];
        Ok(usual.into_iter().find(|file| file.is_file()))
    }

    /// What the configuration file, the environment and the command line say.
    pub fn settings(&self) -> Result<Settings, Failure> {
        let mut settings = Settings::read(self.file()?.as_deref(), self.environment)?;
        if let Some(tenants) = tenants::chosen(self.tenants.as_deref(), self.environment) {
            let path = std::path::absolute(&tenants).unwrap_or(tenants);
            settings.set("tenants.directory", Value::Text(path.display().to_string()), "--tenants");
        }
        Ok(settings)
    }

    /// The checked configuration.
    pub fn read(&self) -> Result<Config, Failure> {
        Ok(Config::new(&self.settings()?)?)
    }

    /// The tenants, for commands that need no installation.
    pub fn tenant_directory(&self) -> Result<tenants::Directory, Failure> {
        tenants::Directory::find(self.tenants.as_deref(), self.environment, &self.settings()?)
    }

    /// The program, on a database whose schema fits: for commands that do one thing and end.
    pub async fn app(&self) -> Result<App, Failure> {
        let config = self.read()?;
        log::start(&log_quietly(&config))?;
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let db = assemble::open(&config).await?;
        assemble::prepare(&db, &*clock, false).await?;
        Ok(assemble::build_on(db, &config, clock, Arc::new(SystemChance))?)
    }
}

/// Commands that end by themselves say in their own words what went wrong.
fn log_quietly(config: &Config) -> crate::config::Log {
    let level = if config.log.level == "info" { "warn".to_owned() } else { config.log.level.clone() };
    crate::config::Log { level, ..config.log.clone() }
}

/// The tenant of a program.
fn tenant_of(app: &App, name: &str) -> Result<Arc<sportello_core::tenancy::Tenant>, Failure> {
    app.tenant(name).cloned().ok_or_else(|| {
        let names: Vec<&str> = app.tenants().map(|t| t.slug.as_str()).collect();
        Failure::new(Exit::NoInput, format!("there is no tenant `{name}`"))
            .remedy(format!("there are: {}", names.join(", ")))
    })
}

impl From<StartError> for Failure {
    fn from(error: StartError) -> Self {
        let (exit, remedy) = match &error {
            StartError::Tenants { .. } | StartError::NoTenant(_) => {
                (Exit::NoInput, "name the directory with --tenants, SPORTELLO_TENANTS or `tenants.directory`")
            }
            StartError::Tenant(_) => (Exit::Data, "`sportello tenant check` shows it again once it is corrected"),
            StartError::UnknownTenant { .. } | StartError::Connect(_) | StartError::Cards(_) => {
                (Exit::Config, "correct the section")
            }
            StartError::MasterKey { .. } | StartError::ShortKey(_) => {
                (Exit::Config, "`sportello init` makes one; an existing installation needs the one it had")
            }
            StartError::Database { .. } => (Exit::Unavailable, "check `database.url` and that the database runs"),
        };
        Self::because(exit, "the program cannot start", &error).remedy(remedy)
    }
}

impl From<MigrateError> for Failure {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Store(error) => error.into(),
            MigrateError::Behind { .. } => {
                Self::new(Exit::Config, error.to_string()).remedy("run `sportello migrate`, or serve with --migrate")
            }
        }
    }
}

/// Ends well, or with the code of a check that found something.
fn found(anything: bool) -> Outcome {
    Ok(if anything { Exit::Found.into() } else { ExitCode::SUCCESS })
}

/// Shows what an examination of a tenant's way to sign in found. Warnings alone end well.
fn show_findings(screen: &mut Screen, name: &str, tenant: &str, findings: &[Problem], as_json: bool) -> Outcome {
    let bad = findings.iter().any(Problem::is_bad);
    if as_json {
        screen.json(&serde_json::json!({ "healthy": !bad, "findings": findings }))?;
    } else if findings.is_empty() {
        screen.line(format!("{tenant}: {name} is in order"))?;
    } else {
        show_problems(screen, findings)?;
    }
    found(bad)
}

fn show_problems(screen: &mut Screen, problems: &[Problem]) -> std::io::Result<()> {
    problems.iter().try_for_each(|problem| {
        let mark = if problem.is_bad() { "❌" } else { "⚠️ " };
        screen.line(format!("{mark} {problem}"))
    })
}
