use clap::{Subcommand, ValueEnum};
use sportello_core::registry::QueueLane;

/// `register`.
#[derive(Debug, Subcommand)]
pub enum RegisterCommand {
    /// Show how every source and its queue stand.
    List {
        /// Write JSON.
        #[arg(long)]
        json: bool,
    },
    /// Ask a source nothing more; what is under way is finished, questions keep their places.
    Pause {
        /// The source: a name of `[sources.NAME]`, or `TENANT/register`.
        source: String,
    },
    /// Ask what waits now and hold back what comes later, for example before maintenance.
    Drain {
        /// The source.
        source: String,
    },
    /// Ask again.
    Resume {
        /// The source.
        source: String,
    },
    /// Set the budgets of a source; one that is not given becomes the configured one again.
    Budget {
        /// The source.
        source: String,
        /// Look-ups in any 60 seconds.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
        per_minute: Option<u32>,
        /// Look-ups in any 24 hours.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
        per_day: Option<u32>,
    },
    /// Set a lane's share of a source, in proportion to the other lanes'.
    Share {
        /// The source.
        source: String,
        /// The lane.
        lane: LaneName,
        /// The share; left out, the configured one holds again.
        #[arg(value_parser = clap::value_parser!(u32).range(1..=1_000))]
        share: Option<u32>,
    },
}

/// A lane on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum LaneName {
    /// Somebody at a page.
    Person,
    /// Committenti.
    ThirdParty,
    /// Answers that grow old.
    Background,
}

impl From<LaneName> for QueueLane {
    fn from(name: LaneName) -> Self {
        match name {
            LaneName::Person => Self::Person,
            LaneName::ThirdParty => Self::ThirdParty,
            LaneName::Background => Self::Background,
        }
    }
}
