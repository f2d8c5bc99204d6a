use std::path::PathBuf;

use clap::Subcommand;

/// What to do with SPID.
#[derive(Debug, Subcommand)]
pub enum SpidCommand {
    /// Print the signed metadata that go to AgID.
    Metadata {
        /// The tenant.
        #[arg(long)]
        tenant: String,
    },
    /// Examine configuration, certificate and providers; exit code 1 when something does not work.
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
    /// Ask the registry for the providers now, and say what changed.
    Refresh {
        /// The tenant.
        #[arg(long)]
        tenant: String,
    },
    /// Make a key and a self-signed certificate by avviso SPID 29: NAME-spid.key and NAME-spid.pem.
    ///
    /// Never overwrites. A private body needs a certificate of AgID's authority in production.
    Certificate {
        /// The tenant.
        #[arg(long)]
        tenant: String,
        /// Directory in which to write.
        #[arg(long, default_value = ".", value_name = "DIR")]
        directory: PathBuf,
        /// Days for which the certificate is valid.
        #[arg(long, default_value_t = 1095, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=3650))]
        days: u32,
    },
    /// Hand over the log of requests and answers, one JSON object a line: personal data, for those who may ask.
    ///
    /// The log is one for SPID, CIE and CNS. Handing it over leaves a line in the audit.
    Log {
        /// The tenant.
        #[arg(long)]
        tenant: String,
        /// From this civil date on (Rome).
        #[arg(long, value_name = "DATE")]
        from: jiff::civil::Date,
        /// To this civil date, included.
        #[arg(long, value_name = "DATE")]
        until: jiff::civil::Date,
    },
}
