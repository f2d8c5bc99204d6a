//! `migrate`.

use std::process::ExitCode;

use sportello_core::MIGRATIONS;
use sportello_core::clock::{Clock as _, SystemClock};

use super::Context;
use crate::assemble;
use crate::exit::{Exit, Failure, Outcome};
use crate::screen::Screen;

pub async fn run(context: &Context<'_>, check: bool, screen: &mut Screen) -> Outcome {
    let config = context.read()?;
    if check && config.database.file().is_some_and(|file| !file.exists()) {
        screen.line(format!("{} does not exist yet: `sportello migrate` makes it", config.database.shown()))?;
        return Ok(Exit::Found.into());
    }
    let db = assemble::open(&config).await?;
    let state = db.migration_state(MIGRATIONS).await?;
    if state.found > state.known {
        let newer = store::Error::NewerSchema { found: state.found, known: state.known };
        return Err(Failure::from(newer));
    }
    if check {
        for migration in MIGRATIONS.iter().filter(|m| m.version > state.found) {
            screen.line(format!("{:>4}  {}", migration.version, migration.name))?;
        }
        let missing = state.known - state.found;
        screen.line(if missing == 0 {
            format!("up to date at migration {}", state.known)
        } else {
            format!("{missing} migrations are missing")
        })?;
        return super::found(missing > 0);
    }
    let applied = db.migrate(MIGRATIONS, SystemClock.now().as_millisecond()).await?;
    screen.line(format!("{applied} migrations applied; the database has migration {}", state.known))?;
    db.close().await;
    Ok(ExitCode::SUCCESS)
}
