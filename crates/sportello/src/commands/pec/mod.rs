//! `pec`.

mod lines;
mod value;

use std::io::Read as _;
use std::path::Path;

use pec::{Incoming, Policy, ReadError, SignatureState, TrustAnchors};
use sportello_core::chain;
use sportello_core::clock::{Clock as _, SystemClock};

use crate::cli::PecRead;
use crate::exit::{Exit, Failure, Outcome};
use crate::screen::Screen;

/// One message, and what it turned out to be or why it was not read.
struct Reading<'a> {
    file: &'a str,
    outcome: Result<Incoming, String>,
    /// How what came back compares with what was sent.
    comparison: Option<pec::Comparison>,
}

pub fn read(options: &PecRead, screen: &mut Screen) -> Outcome {
    let trust = trust(options)?;
    let at = options.at.unwrap_or_else(|| SystemClock.now());
    let sent = options.sent.as_deref().map(|path| named(path, "the message that was sent")).transpose()?;
    let mut wrong = false;
    for (number, path) in options.files.iter().enumerate() {
        let file = path.to_string_lossy();
        let outcome =
            bytes(path).and_then(|bytes| pec::read(&bytes, &trust, at).map_err(|error: ReadError| chain(&error)));
        let comparison = sent.as_deref().and_then(|sent| compared(outcome.as_ref().ok()?, sent));
        let reading = Reading { file: &file, outcome, comparison };
        wrong |= reading.is_wrong();
        if options.json {
            screen.json(&value::of(&reading))?;
        } else {
            if number > 0 {
                screen.line("")?;
            }
            lines::of(&reading, screen).iter().try_for_each(|line| screen.line(line))?;
        }
    }
    super::found(wrong)
}

fn trust(options: &PecRead) -> Result<TrustAnchors, Failure> {
    let policy = if options.archive { Policy::ARCHIVE } else { Policy::CURRENT };
    let Some(path) = options.trust.as_deref() else { return Ok(TrustAnchors::none().with_policy(policy)) };
    let pem = String::from_utf8_lossy(&named(path, "the authorities")?).into_owned();
    let trust = TrustAnchors::from_pem(&pem)
        .map_err(|error| Failure::because(Exit::Data, &format!("{}", path.display()), &error))?;
    Ok(trust.with_policy(policy))
}

/// A file without which nothing can be done.
fn named(path: &Path, what: &str) -> Result<Vec<u8>, Failure> {
    std::fs::read(path)
        .map_err(|error| Failure::because(Exit::NoInput, &format!("{}: {what} cannot be read", path.display()), &error))
}

/// A message, or why it cannot be had; one that is too large is not loaded whole.
fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let limit = u64::try_from(pec::LARGEST_MESSAGE).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let read = if path.as_os_str() == "-" {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    read.map(|_| bytes).map_err(|error| format!("the file cannot be read: {error}"))
}

fn compared(incoming: &Incoming, sent: &[u8]) -> Option<pec::Comparison> {
    match incoming {
        Incoming::Receipt(receipt) => receipt.compare(sent).ok(),
        _ => None,
    }
}

/// The signature of a message of the circuit; mail of other kinds has none that would concern us.
fn signature(incoming: &Incoming) -> Option<&SignatureState> {
    match incoming {
        Incoming::Receipt(receipt) => Some(&receipt.signature),
        Incoming::Envelope(envelope) => Some(&envelope.signature),
        Incoming::Anomaly(anomaly) => Some(&anomaly.signature),
        _ => None,
    }
}

impl Reading<'_> {
    fn is_wrong(&self) -> bool {
        let differs = matches!(self.comparison, Some(pec::Comparison::Different { .. }));
        differs
            || match &self.outcome {
                Ok(incoming) => signature(incoming).is_some_and(|signature| !signature.is_valid()),
                Err(_) => true,
            }
    }
}
