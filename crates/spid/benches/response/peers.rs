//! The same Response in the hands of libraries by others, each in a process of its own.

use std::path::Path;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use spid::signature::SigningKey;

use crate::paper::{CONSUMER, PROVIDER, REQUEST, SERVICE};

/// Writes what they need to `response.json` in the folder.
fn write(folder: &Path, xml: &str, key: &SigningKey) {
    let facts = serde_json::json!({
        "response": STANDARD.encode(xml),
        "certificate": key.certificate_base64(),
        "provider": PROVIDER,
        "service": SERVICE,
        "consumer": CONSUMER,
        "request": REQUEST,
    });
    std::fs::write(folder.join("response.json"), facts.to_string()).unwrap();
}

/// What one validation costs each peer that is installed, in microseconds of processor time.
pub fn measure(folder: &Path, xml: &str, key: &SigningKey) -> Vec<(&'static str, f64)> {
    write(folder, xml, key);
    let programs = [("python3-saml", ".venv/bin/python", "python3_saml.py"), ("node-saml", "node", "node_saml.mjs")];
    programs.into_iter().filter_map(|(name, program, script)| Some((name, ask(folder, program, script)?))).collect()
}

fn ask(folder: &Path, program: &str, script: &str) -> Option<f64> {
    let local = folder.join(program);
    let program = if local.exists() { local.into_os_string() } else { program.into() };
    let output = Command::new(program).arg(script).current_dir(folder).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let found = text.trim().parse().ok();
    if found.is_none() {
        println!("{script} did not measure: {text}{}", String::from_utf8_lossy(&output.stderr));
    }
    found
}
