//! `init`.

use std::path::Path;
use std::process::ExitCode;

use sportello_core::chance::SystemChance;

use crate::config::FILE_NAME;
use crate::exit::{Exit, Failure, Outcome};
use crate::screen::Screen;
use crate::{assemble, embedded};

const FIRST: &str = include_str!("../../first.toml");

pub fn run(directory: &Path, screen: &mut Screen) -> Outcome {
    let cannot = |path: &Path, error: &std::io::Error| {
        Failure::because(Exit::CannotCreate, &format!("{} cannot be made", path.display()), error)
    };
    std::fs::create_dir_all(directory).map_err(|e| cannot(directory, &e))?;
    let file = directory.join(FILE_NAME);
    let made = write_new(&file, FIRST).map_err(|e| cannot(&file, &e))?;
    say(screen, &file, made)?;
    let key = directory.join("master.key");
    let made = assemble::make_master_key(&key, &SystemChance).map_err(|e| cannot(&key, &e))?;
    say(screen, &key, made)?;
    let tenants = directory.join("tenants");
    let made = !tenants.exists();
    if made {
        embedded::write_to(&tenants).map_err(|e| cannot(&tenants, &e))?;
    }
    say(screen, &tenants, made)?;
    screen.line("Next: edit the configuration and the tenants, then `sportello doctor` and `sportello serve`.")?;
    Ok(ExitCode::SUCCESS)
}

fn say(screen: &mut Screen, path: &Path, made: bool) -> std::io::Result<()> {
    let state = if made { "written" } else { "was there already, left as it is" };
    screen.line(format!("{}: {state}", path.display()))
}

fn write_new(path: &Path, text: &str) -> std::io::Result<bool> {
    use std::io::Write as _;
    match std::fs::File::create_new(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map(|()| true),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}
