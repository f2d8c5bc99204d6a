//! `committente`.

use clap::Subcommand;

/// What to do with committenti.
#[derive(Debug, Subcommand)]
pub enum CommittenteCommand {
    /// Add a committente; it has no key yet.
    Add {
        /// The tenant.
        #[arg(long)]
        tenant: String,
        /// The organisation's name.
        #[arg(long)]
        name: String,
        /// Its tax code, by which the other commands know it.
        #[arg(long)]
        tax_code: String,
        /// The address to which invitations go.
        #[arg(long)]
        email: String,
        /// Requests in a minute, over all its keys.
        #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=6000))]
        per_minute: u32,
        /// Also send it the link with which it takes its first key.
        #[arg(long)]
        invite: bool,
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// List the committenti of a tenant with their keys and what they asked today.
    List {
        /// The tenant.
        #[arg(long)]
        tenant: String,
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Let none of a committente's keys open anything, at once.
    Suspend(Whom),
    /// Let a suspended committente go on.
    Resume(Whom),
    /// Send a committente a link, good once and for seven days, with which it takes a key.
    Invite(Whom),
    /// Work with keys.
    #[command(subcommand)]
    Key(KeyCommand),
    /// Make a new key for statements; the old public keys stay, and what they signed stays verifiable.
    RotateSigning {
        /// The tenant.
        #[arg(long)]
        tenant: String,
    },
}

/// A committente.
#[derive(Debug, clap::Args)]
pub struct Whom {
    /// The tenant.
    #[arg(long)]
    pub tenant: String,
    /// The committente's tax code.
    #[arg(long)]
    pub tax_code: String,
}

/// What to do with keys.
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Make a key, printed this once.
    Add {
        /// Whose.
        #[command(flatten)]
        whom: Whom,
        /// What its holder calls it.
        #[arg(long)]
        label: String,
        /// How long it lives.
        #[arg(long, default_value_t = 365, value_parser = clap::value_parser!(i64).range(1..=365))]
        days: i64,
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Revoke a key at once.
    Revoke {
        /// Whose.
        #[command(flatten)]
        whom: Whom,
        /// The first characters of the key, as `list` shows them.
        #[arg(long)]
        prefix: String,
    },
}
