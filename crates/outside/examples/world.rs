//! Starts a small world on a running clock and says where it is: `cargo run -p outside --example world -- 8090`.
#![expect(clippy::print_stdout, reason = "an example talks to whoever runs it")]

use std::sync::Arc;

use italia::EmailAddress;
use jiff::Timestamp;
use outside::VirtualClock;
use outside::register::RegisterFirm;
use outside::world::{Note, OtpNote, World, WorldConfig};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let start: Timestamp = "2026-02-13T08:00:00Z".parse()?;
    let mut config = WorldConfig::new(Arc::new(VirtualClock::running(start)));
    if let Some(port) = std::env::args().nth(1) {
        config.listen.set_port(port.parse()?);
    }
    config.firms = vec![
        RegisterFirm::new("12345670017", "AUTOTRASPORTI ROSSI SRL", Some("rossi@pec.example")),
        RegisterFirm::new("00743110157", "VERDI LOGISTICA SPA", Some("verdi@pec.example")),
        RegisterFirm::new("06363391001", "BIANCHI E FIGLI SNC", None),
    ];
    let anna = "Codice fiscale della ditta 12345670017, PEC rossi@pec.example\nLa casella si legge qui accanto.";
    config.notes = vec![Note { title: "Anna Rossi, autotrasportatrice".into(), text: anna.into() }];
    let secret_base32 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".into();
    config.otp = vec![OtpNote { label: "operatrice@albo.example".into(), secret_base32 }];

    let world = World::start(config).await?;
    world.spawn_timers();
    let (albo, rossi) = (EmailAddress::parse("albo@pec.example")?, EmailAddress::parse("rossi@pec.example")?);
    let text = "Gentile impresa,\n\nper attivare le credenziali: http://127.0.0.1:8080/attiva?codice=4711\n\nL'Albo";
    world.mail().send_certified(&albo, &rossi, "Credenziali di registrazione", text)?;
    println!("{}", world.url());
    tokio::signal::ctrl_c().await?;
    Ok(())
}
