//! `tax-code`.

use std::io::{BufRead as _, stdin};

use italia::FiscalCode;
use serde::Serialize;

use crate::cli::TaxCodeCommand;
use crate::exit::Outcome;
use crate::screen::{Screen, Style};

/// What is known of a tax code.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Verdict<'a> {
    /// As it was given.
    code: &'a str,
    valid: bool,
    kind: Option<&'static str>,
    reason: Option<&'static str>,
}

pub fn run(command: TaxCodeCommand, screen: &mut Screen) -> Outcome {
    let TaxCodeCommand::Check { codes, json } = command;
    let mut wrong = false;
    for code in codes {
        if code == "-" {
            for line in stdin().lock().split(b'\n') {
                let line = line?;
                let line = String::from_utf8_lossy(&line);
                let line = line.trim_end_matches('\r');
                // The line end at the end of a file begins no code.
                if !line.is_empty() {
                    wrong |= !check(line, json, screen)?;
                }
            }
        } else {
            wrong |= !check(&code, json, screen)?;
        }
    }
    super::found(wrong)
}

fn check(code: &str, json: bool, screen: &mut Screen) -> std::io::Result<bool> {
    let (verdict, explanation) = match FiscalCode::parse(code) {
        Ok(read) => (Verdict { code, valid: true, kind: Some(read.kind()), reason: None }, String::new()),
        Err(error) => (Verdict { code, valid: false, kind: None, reason: Some(error.key()) }, error.to_string()),
    };
    if json {
        screen.json(&verdict)?;
    } else {
        let mark =
            if verdict.valid { screen.styled(Style::Green, "valid") } else { screen.styled(Style::Red, "not valid") };
        let detail = verdict.kind.unwrap_or(&explanation);
        screen.line(format!("{code}: {mark}: {detail}"))?;
    }
    Ok(verdict.valid)
}
