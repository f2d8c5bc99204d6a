use std::path::PathBuf;

use clap::{Args, Subcommand};

/// What to do with certified mail.
#[derive(Debug, Subcommand)]
pub enum PecCommand {
    /// Say of messages what they are, what they certify, and what their signature is worth.
    ///
    /// Reads any message: receipts, envelopes, anomalies, bounces, ordinary mail. Exit code 1 when one cannot be read, or
    /// when the signature of a message of the circuit is not valid. Shows personal data.
    Read(PecRead),
}

/// Options of `pec read`.
#[derive(Debug, Args)]
pub struct PecRead {
    /// The messages, as they lay in the mailbox; `-` reads one from standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Certificates of the authorities to trust; without them no signature is valid.
    #[arg(long, value_name = "PEM")]
    pub trust: Option<PathBuf>,
    /// Judge certificates at this time instead of now, such as 2026-01-10T12:00:00Z: when an old receipt arrived.
    #[arg(long, value_name = "INSTANT")]
    pub at: Option<jiff::Timestamp>,
    /// For receipts of earlier years: accept SHA-1, and certificates that do not say that they are for mail.
    #[arg(long)]
    pub archive: bool,
    /// The message that was sent, to compare with what came back inside delivery receipts.
    #[arg(long, value_name = "FILE")]
    pub sent: Option<PathBuf>,
    /// Print one JSON object a message.
    #[arg(long)]
    pub json: bool,
}
