use std::path::PathBuf;

use clap::Subcommand;

/// What to do with smart cards.
#[derive(Debug, Subcommand)]
pub enum CnsCommand {
    /// Examine configuration, trust list and the listener's certificate; exit code 1 when something does not work.
    ///
    /// A warning, such as a certificate that ends in a month, ends with 0.
    Check {
        /// The tenant.
        #[arg(long)]
        tenant: String,
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Ask for the trust list now, and say how many authorities it names.
    Refresh {
        /// The tenant.
        #[arg(long)]
        tenant: String,
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Say what a card's certificate says, and whether it would sign its holder in; exit code 1 when it would not.
    ///
    /// Shows personal data. Nobody is asked unless --online: then the best answer is that all is well but revocation.
    Read {
        /// The certificate in PEM (with its chain, if there is one) or DER.
        file: PathBuf,
        /// The tenant.
        #[arg(long)]
        tenant: String,
        /// Ask the authorities whether the card has been revoked.
        #[arg(long)]
        online: bool,
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
}
