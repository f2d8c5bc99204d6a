//! Makes the seeds anew, with new keys: `cargo run -p hostile --example make_seeds`.

#![expect(clippy::unwrap_used, reason = "a tool of developers fails like a test")]

mod cards;
mod federation;
mod mail;
mod saml;

use std::path::Path;

use hostile::world::{now, seeds};
use jiff::SignedDuration;
use spid::certificate::{KeySize, SpCertificate, Subject, Validity};

/// Writes a file of the seeds.
fn write(path: &str, content: impl AsRef<[u8]>) {
    let path = seeds().join(path);
    std::fs::create_dir_all(path.parent().unwrap_or_else(|| Path::new("."))).unwrap();
    std::fs::write(path, content).unwrap();
}

/// A key with its certificate.
fn key(name: &str, serial: u8) {
    let days = |count: i64| SignedDuration::from_hours(24 * count);
    let validity = Validity { not_before: now() - days(30), not_after: now() + days(3650) };
    let identifier = "PA:IT-c_h501".parse().unwrap();
    let subject =
        Subject::new("Comune di Prova", "Comune di Prova", hostile::world::SERVICE, identifier, "Roma").unwrap();
    let made = SpCertificate::self_signed(&subject, KeySize::Bits2048, validity, [serial; 16]).unwrap();
    write(&format!("keys/{name}.key.pem"), made.private_key.expose());
    write(&format!("keys/{name}.pem"), &made.certificate_pem);
    write(&format!("certificate/{serial}.der"), &made.certificate_der);
}

fn main() {
    // Some seeds alone: `cargo run -p hostile --example make_seeds mail`.
    if std::env::args().nth(1).as_deref() == Some("mail") {
        return mail::make();
    }
    key("provider", 1);
    key("service", 2);
    saml::make();
    federation::make();
    cards::make();
    mail::make();
}
