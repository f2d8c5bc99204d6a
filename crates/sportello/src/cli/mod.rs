//! The command line.

mod cie;
mod cns;
mod committente;
mod pec;
mod register;
mod spid;

pub use cie::CieCommand;
pub use cns::CnsCommand;
pub use committente::{CommittenteCommand, KeyCommand, Whom};
pub use pec::{PecCommand, PecRead};
pub use register::{LaneName, RegisterCommand};
pub use spid::SpidCommand;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::exit::EXIT_CODES;

/// A digital counter: registration, sign-in, fees, payments and assistance for public bodies.
///
/// `sportello demo` shows everything in seconds, with the outside world in a box.
#[derive(Debug, Parser)]
#[command(version, after_help = EXIT_CODES, max_term_width = 110, arg_required_else_help = true)]
pub struct Cli {
    /// Configuration file [default: sportello.toml here, else /etc/sportello/sportello.toml]; also SPORTELLO_CONFIG.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Directory whose sub-directories are the tenants; also SPORTELLO_TENANTS.
    #[arg(long, global = true, value_name = "DIR")]
    pub tenants: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show everything at once: the portals and the outside world, on an embedded database.
    ///
    /// Nothing outside this machine is reached. Ctrl-C stops it and removes its data, unless --data keeps them.
    Demo(Demo),
    /// Serve the portals, and do their jobs in the same process.
    ///
    /// Ends cleanly on SIGTERM or Ctrl-C: requests that are under way are answered. Tells systemd when it is ready.
    Serve(Serve),
    /// Do jobs only, beside processes that serve.
    Worker,
    /// Bring the database's schema up to date.
    Migrate {
        /// Only say what would be done; exit code 1 when the schema is not up to date.
        #[arg(long)]
        check: bool,
    },
    /// Write a first configuration and a master key into the current directory.
    Init {
        /// Directory in which to write.
        #[arg(default_value = ".")]
        directory: PathBuf,
    },
    /// Examine the installation: every finding with its remedy.
    ///
    /// Exit code 1 when something is wrong; warnings do not count.
    Doctor {
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
        /// Also sign in at the mail servers and at the register, which costs one look-up.
        #[arg(long)]
        online: bool,
    },
    /// Look at the configuration.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Look at tenants.
    #[command(subcommand)]
    Tenant(TenantCommand),
    /// Compute the fee of a fleet and show where each part comes from.
    Fee(Fee),
    /// Work with tax codes.
    #[command(subcommand)]
    TaxCode(TaxCodeCommand),
    /// Manage the people who work behind the counter.
    #[command(subcommand)]
    Operator(OperatorCommand),
    /// Manage committenti, who query the regularity of firms, and their keys.
    #[command(subcommand)]
    Committente(CommittenteCommand),
    /// Sign-in with SPID: metadata, certificate, providers, log.
    #[command(subcommand)]
    Spid(SpidCommand),
    /// Sign-in with CIE: keys, entity configuration, trust chains.
    #[command(subcommand)]
    Cie(CieCommand),
    /// Sign-in with smart cards: trust list, listener, what a card says.
    #[command(subcommand)]
    Cns(CnsCommand),
    /// The sources that are asked about firms: queues, budgets, shares, pause and drain.
    #[command(subcommand)]
    Register(RegisterCommand),
    /// Certified mail: what a message is and what it is worth.
    #[command(subcommand)]
    Pec(PecCommand),
    /// Import firms or fleets: shows what would change, and changes it with --apply.
    #[command(subcommand)]
    Import(ImportCommand),
    /// Write the completions of a shell to standard output.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Write the manual pages into a directory.
    Man {
        /// The directory.
        directory: PathBuf,
    },
}

/// Options of `demo`.
#[derive(Debug, Args)]
pub struct Demo {
    /// Port of the portals; the outside world takes the next one. 0 takes free ones.
    #[arg(long, value_name = "N", default_value_t = 8080)]
    pub port: u16,
    /// Keep the data in this directory, and go on from what is there.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Use this database instead of an embedded one; it must be empty, or another demonstration's.
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
    /// Print one JSON object with all addresses and credentials as the first line, then nothing.
    #[arg(long)]
    pub json: bool,
    /// Add the identity provider whose metadata are in this file.
    #[arg(long, value_name = "FILE")]
    pub spid_idp_metadata: Option<PathBuf>,
    /// Start at this civil time in Rome instead of now.
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    pub at: Option<jiff::civil::DateTime>,
    /// Let the clock stand still until it is moved on the outside world's page.
    #[arg(long)]
    pub frozen: bool,
    /// Look certified addresses up at INAD, with vouchers and as a source that all portals share, not at the business register.
    #[arg(long)]
    pub inad: bool,
}

/// Options of `serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// Do no jobs: another process runs `sportello worker`.
    #[arg(long)]
    pub no_worker: bool,
    /// Bring the schema of a PostgreSQL database up to date before serving; the embedded database always is.
    #[arg(long)]
    pub migrate: bool,
    /// Address and port instead of the configured ones.
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
}

/// What to do with the configuration.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Check the configuration and say everything that is wrong with it.
    Check,
    /// Show every value and where it comes from; secrets are hidden.
    Dump {
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Explain a key: meaning, unit, default, present value.
    Explain {
        /// The key, such as server.listen or connections.albo.mail.port.
        key: String,
    },
    /// Print the reference of all keys in Markdown.
    Reference,
}

/// What to do with tenants.
#[derive(Debug, Subcommand)]
pub enum TenantCommand {
    /// Check a tenant's directory: configuration, texts, tariffs, deadlines.
    Check {
        /// A directory, or the name of a tenant.
        tenant: String,
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// List the tenants.
    List {
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
}

/// Options of `fee`.
#[derive(Debug, Args)]
pub struct Fee {
    /// The tenant.
    #[arg(long)]
    pub tenant: String,
    /// The year whose fee is computed.
    #[arg(long)]
    pub year: i64,
    /// Total masses of the vehicles in kilograms, separated by commas; none for a firm without vehicles.
    #[arg(long, value_delimiter = ',', value_name = "KG,…")]
    pub masses: Vec<i64>,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}

/// What to do with tax codes.
#[derive(Debug, Subcommand)]
pub enum TaxCodeCommand {
    /// Check tax codes; exit code 1 when any is not valid.
    Check {
        /// The codes; `-` reads them from standard input, one a line.
        #[arg(required = true, value_name = "CODE", allow_hyphen_values = true)]
        codes: Vec<String>,
        /// Print one JSON object a code.
        #[arg(long)]
        json: bool,
    },
}

/// What to do with operators.
#[derive(Debug, Subcommand)]
pub enum OperatorCommand {
    /// Add an operator; the password and the second factor are shown this once.
    Add {
        /// The tenant.
        #[arg(long)]
        tenant: String,
        /// Name and surname.
        #[arg(long)]
        name: String,
        /// The address with which the operator signs in.
        #[arg(long)]
        email: String,
        /// What the operator may do.
        #[arg(long)]
        role: OperatorRole,
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// List the operators of a tenant.
    List {
        /// The tenant.
        #[arg(long)]
        tenant: String,
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Give an operator a new password and a new second factor, and end their sessions.
    Renew {
        /// The tenant.
        #[arg(long)]
        tenant: String,
        /// The operator's address.
        #[arg(long)]
        email: String,
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Let an operator no longer sign in, and end their sessions.
    Disable {
        /// The tenant.
        #[arg(long)]
        tenant: String,
        /// The operator's address.
        #[arg(long)]
        email: String,
        /// Let them sign in again instead.
        #[arg(long)]
        undo: bool,
    },
}

/// What an operator may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OperatorRole {
    /// Answers first: looks firms up, sends messages again.
    FirstLevel,
    /// Decides: resets passwords, decides on claims.
    SecondLevel,
    /// Administers the tenant: imports, deadlines, operators.
    Administrator,
    /// Sees figures.
    Committee,
}

impl OperatorRole {
    /// The role's name in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::FirstLevel => "first-level",
            Self::SecondLevel => "second-level",
            Self::Administrator => "administrator",
            Self::Committee => "committee",
        }
    }
}

/// What to import.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// The firms of the register.
    Firms(Import),
    /// The vehicles of the firms in a year.
    Fleet {
        /// The year.
        #[arg(long)]
        year: i64,
        /// The rest.
        #[command(flatten)]
        import: Import,
    },
}

/// Options of an import.
#[derive(Debug, Args)]
pub struct Import {
    /// The tenant.
    #[arg(long)]
    pub tenant: String,
    /// The CSV file.
    pub file: PathBuf,
    /// Make the changes.
    #[arg(long)]
    pub apply: bool,
}

fn parse_time(text: &str) -> Result<jiff::civil::DateTime, String> {
    let time = if text.contains(['T', ' ']) {
        text.parse()
    } else {
        // A day begins when the counters open.
        text.parse::<jiff::civil::Date>().map(|date| date.at(9, 0, 0, 0))
    };
    time.map_err(|_| "use a time such as 2017-02-20T10:00".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent_and_fully_documented() {
        let mut command = Cli::command();
        command.build();
        command.clone().debug_assert();
        let mut waiting = vec![command];
        while let Some(command) = waiting.pop() {
            assert!(command.get_about().is_some(), "{} has no help", command.get_name());
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_some(), "{} {} has no help", command.get_name(), argument.get_id());
            }
            waiting.extend(command.get_subcommands().filter(|c| c.get_name() != "help").cloned());
        }
    }

    #[test]
    fn roles_are_those_of_the_product() {
        for role in OperatorRole::value_variants() {
            assert!(sportello_core::access::Role::operator(role.name()).is_some(), "{role:?}");
        }
        assert_eq!(OperatorRole::value_variants().len(), sportello_core::access::Role::OPERATORS.len());
    }

    #[test]
    fn a_time_may_be_a_date() {
        assert_eq!(parse_time("2017-02-20T10:00").unwrap().to_string(), "2017-02-20T10:00:00");
        assert_eq!(parse_time("2017-02-20").unwrap().to_string(), "2017-02-20T09:00:00");
        assert!(parse_time("yesterday").is_err());
    }
}
