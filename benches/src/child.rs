//! The product as a child process: started, waited for, stopped, killed.

use std::fs::File;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::Failure;
use crate::http::{self, Connection};
use crate::site::Site;

/// No start may take longer.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often is looked whether something has come about.
const LOOK: Duration = Duration::from_millis(2);

/// A running product; it is killed when this value goes.
#[derive(Debug)]
pub struct Product {
    child: Child,
    log: PathBuf,
}

impl Drop for Product {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program: the one that `SPORTELLO_BIN` names, or the one beside this program.
pub fn program() -> Result<PathBuf, Failure> {
    if let Some(named) = named() {
        return Ok(named);
    }
    let beside = std::env::current_exe()?.with_file_name("sportello");
    if beside.is_file() {
        Ok(beside)
    } else {
        Err(format!("{}: build it first, or name one with SPORTELLO_BIN", beside.display()).into())
    }
}

#[expect(clippy::disallowed_methods, reason = "who measures another program says so in the environment")]
fn named() -> Option<PathBuf> {
    std::env::var("SPORTELLO_BIN").ok().filter(|path| !path.is_empty()).map(PathBuf::from)
}

impl Product {
    /// Starts `serve` for a site and waits until it is ready. Returns how long that took, too.
    pub async fn serve(site: &Site, options: &[&str]) -> Result<(Self, Duration), Failure> {
        let begun = Instant::now();
        let log = site.folder().join("sportello.log");
        let mut command = Command::new(program()?);
        command.arg("--config").arg(site.config_file()).arg("serve").args(options);
        let file = File::options().append(true).create(true).open(&log)?;
        let child = command.env_clear().stdin(Stdio::null()).stdout(Stdio::null()).stderr(file).spawn()?;
        let mut product = Self { child, log };
        product.ready(site.address).await?;
        Ok((product, begun.elapsed()))
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    async fn ready(&mut self, address: SocketAddr) -> Result<(), Failure> {
        let begun = Instant::now();
        while !is_ready(address, "/healthz/ready").await {
            if let Some(status) = self.child.try_wait()? {
                return Err(format!("the product has ended ({status}): {}", self.last_words()).into());
            }
            if begun.elapsed() > PATIENCE {
                return Err(format!("the product is not ready: {}", self.last_words()).into());
            }
            tokio::time::sleep(LOOK).await;
        }
        Ok(())
    }

    /// The end of its log.
    fn last_words(&self) -> String {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().rev().take(5).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join(" | ")
    }

    /// Kills it where it stands.
    pub fn kill(mut self) -> Result<(), Failure> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Asks it to stop, and waits until it has.
    pub async fn stop(mut self) -> Result<(), Failure> {
        terminate(&mut self.child).await
    }
}

/// Asks a process to stop, and waits until it has.
pub async fn terminate(child: &mut Child) -> Result<(), Failure> {
    if let Some(pid) = Pid::from_raw(i32::try_from(child.id())?) {
        kill_process(pid, Signal::TERM)?;
    }
    let begun = Instant::now();
    while child.try_wait()?.is_none() {
        if begun.elapsed() > PATIENCE {
            return Err("the product does not stop".into());
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(())
}

/// Whether an address answers 200.
pub async fn is_ready(address: SocketAddr, path: &str) -> bool {
    let Ok(mut connection) = Connection::open(address).await else { return false };
    connection.send(&http::get(path, "")).await.is_ok_and(|answer| answer.status == 200)
}
