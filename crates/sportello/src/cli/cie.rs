use std::path::PathBuf;

use clap::Subcommand;

/// What to do with CIE.
#[derive(Debug, Subcommand)]
pub enum CieCommand {
    /// Print the signed entity configuration, as the federation reads it.
    Configuration {
        /// The tenant.
        #[arg(long)]
        tenant: String,
        /// Print only the public federation keys, which go to the registration.
        #[arg(long)]
        keys: bool,
    },
    /// Examine configuration and trust chains, the provider's and our own; exit code 1 when something does not work.
    ///
    /// A warning, such as a certificate that ends in a month, ends with 0.
    ///
    /// Our own chain is collected as a provider collects it: the portal must be reachable at its public address.
    Check {
        /// The tenant.
        #[arg(long)]
        tenant: String,
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Collect the provider's trust chain now.
    Refresh {
        /// The tenant.
        #[arg(long)]
        tenant: String,
    },
    /// Make the three keys: NAME-cie-federation.key, NAME-cie-signing.key and NAME-cie-decryption.key.
    ///
    /// Never overwrites.
    Keys {
        /// The tenant.
        #[arg(long)]
        tenant: String,
        /// Directory in which to write.
        #[arg(long, default_value = ".", value_name = "DIR")]
        directory: PathBuf,
    },
}
