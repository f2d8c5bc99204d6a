//! `fee`.

use std::process::ExitCode;

use desk_dues::fee::{FeeError, compute_masses};
use desk_dues::rules::Dues;
use serde::Serialize;
use sportello_core::charges::{Computation, Line};

use super::Context;
use crate::cli::Fee;
use crate::exit::{Exit, Failure, Outcome};
use crate::screen::Screen;

/// The answer for programs; amounts are in euros with two decimals.
#[derive(Debug, Serialize)]
struct Answer {
    total: String,
    lines: Vec<AnswerLine>,
}

#[derive(Debug, Serialize)]
struct AnswerLine {
    what: String,
    count: i64,
    each: String,
    amount: String,
    source: String,
}

pub fn run(context: &Context<'_>, options: &Fee, screen: &mut Screen) -> Outcome {
    let directory = context.tenant_directory()?;
    let tenant = directory.load(&options.tenant)?;
    let dues = tenant.part::<Dues>().ok_or_else(|| {
        Failure::new(Exit::Data, format!("the tenant `{}` has no yearly fee", tenant.slug))
            .remedy("switch the desk `dues` on in its tenant.toml")
    })?;
    let computation = compute_masses(dues, options.year, &options.masses).map_err(|error| refused(&error, dues))?;
    let answer = answer(&computation);
    if options.json {
        screen.json(&answer)?;
    } else {
        print(&answer, &computation, screen)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn refused(error: &FeeError, dues: &Dues) -> Failure {
    let failure = Failure::because(Exit::Data, "the fee cannot be computed", error);
    match error {
        FeeError::NoSuchYear(_) => {
            let years: Vec<String> = dues.years.iter().map(|y| y.year.to_string()).collect();
            failure.remedy(format!("there are: {}", years.join(", ")))
        }
        _ => failure,
    }
}

fn answer(computation: &Computation) -> Answer {
    let line = |line: &Line| AnswerLine {
        what: what(line),
        count: line.count,
        each: italia::Euro::from_cents(line.each).to_string(),
        amount: line.amount().to_string(),
        source: line.source.clone(),
    };
    Answer { total: computation.total().to_string(), lines: computation.lines.iter().map(line).collect() }
}

/// The line's key with its band: `fixed`, `fleet-band 2-5`, `mass-band 26001-`.
fn what(line: &Line) -> String {
    match line.from {
        Some(from) => format!("{} {from}-{}", line.what, line.to.map(|to| to.to_string()).unwrap_or_default()),
        None => line.what.clone(),
    }
}

fn print(answer: &Answer, computation: &Computation, screen: &mut Screen) -> std::io::Result<()> {
    let row =
        |l: &AnswerLine| vec![l.what.clone(), l.count.to_string(), l.each.clone(), l.amount.clone(), l.source.clone()];
    let mut rows: Vec<_> = answer.lines.iter().map(row).collect();
    let empty = String::new;
    rows.push(vec!["total".to_owned(), empty(), empty(), answer.total.clone(), empty()]);
    screen.table(&["what", "count", "each €", "amount €", "source"], &rows, &[1, 2, 3])?;
    screen.line(format!("Vehicles on {}: {}", computation.reference_date, computation.facts.len()))
}
