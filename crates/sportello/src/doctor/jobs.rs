//! The queue of jobs.

use jiff::{SignedDuration, Timestamp};
use sportello_core::{App, jobs, mailboxes, registry};
use store::{Db, args};

use super::finding::Finding;
use super::store::{OLDEST_DUE, QUESTIONS};

/// A job that is due starts within a second when a worker runs.
const LATE: SignedDuration = SignedDuration::from_mins(1);
const VERY_LATE: SignedDuration = SignedDuration::from_mins(15);

pub async fn queue(db: &Db, now: Timestamp) -> Finding {
    let oldest = async { db.fetch_one(OLDEST_DUE, args![now.as_millisecond()]).await?.get::<i64>("n") };
    let oldest = match oldest.await {
        Ok(0) => return Finding::good("queue", "no job is late"),
        Ok(milliseconds) => sportello_core::clock::instant(milliseconds),
        Err(error) => return Finding::bad("queue", sportello_core::chain(&error), "check the database"),
    };
    let age = now.duration_since(oldest);
    let message = format!("the oldest job that is due waits since {oldest}");
    let remedy = "see that `sportello serve` or `sportello worker` runs, and add workers if they do";
    if age > VERY_LATE {
        Finding::bad("queue", message, remedy)
    } else if age > LATE {
        Finding::warning("queue", message, remedy)
    } else {
        Finding::good("queue", "no job is late")
    }
}

/// Jobs that have given up, messages that were put aside, and look-ups that somebody has paused, for each tenant.
pub async fn dead(app: &App) -> Vec<Finding> {
    let mut findings = Vec::new();
    for tenant in app.tenants() {
        let cx = app.system(tenant, "doctor");
        let check = format!("jobs {}", tenant.slug);
        findings.push(match jobs::dead(&cx).await {
            Err(error) => Finding::bad(check, sportello_core::chain(&error), "check the database"),
            Ok(dead) => match dead.first() {
                None => Finding::good(check, "none has given up"),
                Some(newest) => {
                    let reason = newest.last_error.as_deref().unwrap_or("no reason");
                    let message = format!("{} have given up; the newest is {}: {reason}", dead.len(), newest.name);
                    Finding::warning(check, message, "remove the cause, then have the back office send it again")
                }
            },
        });
        if let Ok(waiting @ 1..) = mailboxes::quarantined_count(&cx).await {
            findings.push(Finding::warning(
                format!("mailboxes {}", tenant.slug),
                format!("{waiting} messages could not be read and were put aside"),
                "look at them in the back office, under \"Da controllare\"",
            ));
        }
        if let Ok(gauge) = registry::gauge(&cx).await
            && gauge.pace.mode != registry::Mode::Open
        {
            let message = format!("look-ups are {}; {} wait", gauge.pace.mode.key(), gauge.waiting());
            let remedy = format!("resume them: `sportello register resume {}`", gauge.source);
            findings.push(Finding::warning(format!("register {}", tenant.slug), message, remedy));
        }
    }
    findings
}

/// Questions at sources that nobody asks any more: those who wait for them wait for ever.
pub async fn forsaken(app: &App, db: &Db, now: Timestamp) -> Vec<Finding> {
    let found = match db.fetch_all(QUESTIONS, args![now.as_millisecond()]).await {
        Ok(found) => found,
        Err(error) => return vec![Finding::bad("sources", sportello_core::chain(&error), "check the database")],
    };
    let named = found.iter().filter_map(|row| Some((row.get::<String>("source").ok()?, row.get::<i64>("n").ok()?)));
    let forsaken = named.filter(|(source, _)| registry::driver(app, source).is_none());
    let finding = |(source, n): (String, i64)| {
        let message = format!("{n} questions wait, and no tenant asks this source");
        let remedy = "start the program, in whose configuration their tenant names a source (`register_source`, or `register`): \
                      they follow to it";
        Finding::bad(format!("source {source}"), message, remedy)
    };
    forsaken.map(finding).collect()
}
