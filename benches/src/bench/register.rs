//! A crowd at a register that answers few, fails often and is down for a while, on a frozen clock: how long everybody waits,
//! beside the least possible time.

use jiff::SignedDuration;
use testkit::crowd::{Figures, Plan, Spread, run as happens};

use crate::Failure;
use crate::figure::figure;

/// Firms, unless `SPORTELLO_CROWD` says another number.
const FIRMS: u32 = 20_000;

pub async fn run() -> Result<(), Failure> {
    let firms = crowd()?;
    let plan = Plan {
        firms,
        arrive_in: SignedDuration::from_hours(1),
        queries_per_minute: 500,
        strangers: firms / 10,
        failures: (5, 5),
        outages: vec![(20, 10, true), (90, 20, false), (200, 5, false)],
        dies_at: SignedDuration::from_mins(45),
    };
    let seen = happens("sqlite", &plan).await;
    if seen.answers.keys().any(|answer| answer != "\"match\"") {
        return Err(format!("a valid address was called wrong, or never answered: {:?}", seen.answers).into());
    }
    show(&plan, &seen);
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "whoever measures says by the environment how many come")]
fn crowd() -> Result<u32, Failure> {
    match std::env::var("SPORTELLO_CROWD") {
        Ok(number) => Ok(number.parse()?),
        Err(_) => Ok(FIRMS),
    }
}

fn show(plan: &Plan, seen: &Figures) {
    let firms =
        format!("{} firms in an hour, 60 answers a minute, 5 % errors, 5 % time-outs, three outages", plan.firms);
    spread("register-first-page", "ms", "real time, three requests of a browser", seen.first_page_ms);
    spread("register-provisional", "s", &firms, seen.to_provisional_s);
    spread("register-verified", "s", &firms, seen.to_verified_s);
    spread("register-each-by-least", "", "time until verified by the least possible time", seen.each_ratio);
    for late in &seen.latest {
        let when = format!("came at {:.1} min, at the earliest at {:.1} min", late.came, late.least);
        figure("register-latest", late.real, "min", &when);
    }
    figure("register-whole", seen.whole_minutes, "min", "until the last firm is verified");
    figure("register-whole-by-least", seen.whole_ratio, "", "by the least possible time, same questions and failures");
    spread("register-told-time-error", "", "how far the told time was from the real one", seen.promise_error);
    let without = seen.promise_error_without_outages;
    spread("register-told-time-error-without-outages", "", "the same, outages left out of the real one", without);
    for told in &seen.told {
        let said = format!("told at {:.0} min; it took {:.1} min, {:.1} of them down", told.at, told.real, told.down);
        figure("register-told", told.told, "min", &said);
    }
    for (name, value) in [
        ("register-most-in-a-minute", seen.most_in_a_minute as u64),
        ("register-out-of-place", seen.out_of_place as u64),
        ("register-queries", seen.queries.0),
        ("register-queries-served-at-once", seen.queries.1),
        ("register-queries-told-to-come-back", seen.queries.2),
    ] {
        #[expect(clippy::cast_precision_loss, reason = "counts")]
        figure(name, value as f64, "", "count");
    }
}

fn spread(name: &str, unit: &str, method: &str, spread: Spread) {
    for (part, value) in [("median", spread.median), ("p99", spread.p99), ("max", spread.max)] {
        figure(&format!("{name}-{part}"), value, unit, method);
    }
}
