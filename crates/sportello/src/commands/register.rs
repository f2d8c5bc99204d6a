//! `register`.

use std::process::ExitCode;

use serde_json::json;
use sportello_core::clock::instant;
use sportello_core::registry::{self, Change, Gauge, Mode};
use sportello_core::{App, Cx};

use super::Context;
use crate::cli::RegisterCommand;
use crate::exit::{Exit, Failure, Outcome};
use crate::screen::Screen;

pub async fn run(context: &Context<'_>, command: RegisterCommand, screen: &mut Screen) -> Outcome {
    let app = context.app().await?;
    let outcome = match command {
        RegisterCommand::List { json } => list(&app, json, screen).await,
        RegisterCommand::Pause { source } => change(&app, &source, Change::Mode(Mode::Paused), screen).await,
        RegisterCommand::Drain { source } => change(&app, &source, Change::Mode(Mode::Draining), screen).await,
        RegisterCommand::Resume { source } => change(&app, &source, Change::Mode(Mode::Open), screen).await,
        RegisterCommand::Budget { source, per_minute, per_day } => {
            change(&app, &source, Change::Budget { per_minute, per_day }, screen).await
        }
        RegisterCommand::Share { source, lane, share } => {
            change(&app, &source, Change::Share(lane.into(), share), screen).await
        }
    };
    app.close().await;
    outcome
}

/// The context in which a source is managed: that of a tenant that asks it.
fn cx(app: &App, source: &str) -> Result<Cx, Failure> {
    let driver = registry::driver(app, source).ok_or_else(|| {
        Failure::new(Exit::NoInput, format!("no tenant asks a source `{source}`"))
            .remedy("`sportello register list` shows all")
    })?;
    Ok(app.system(&driver, "command-line"))
}

async fn list(app: &App, as_json: bool, screen: &mut Screen) -> Outcome {
    let mut gauges = Vec::new();
    for name in app.sources() {
        if let Some(tenant) = registry::driver(app, name) {
            gauges.push(registry::gauge(&app.system(&tenant, "command-line")).await?);
        }
    }
    if as_json {
        screen.json(&gauges.iter().map(as_value).collect::<Vec<_>>())?;
        return Ok(ExitCode::SUCCESS);
    }
    let head = ["source", "state", "waiting", "last minute", "allowed", "last day", "allowed", "oldest since"];
    let rows: Vec<_> = gauges.iter().map(as_row).collect();
    screen.table(&head, &rows, &[2, 3, 4, 5, 6])?;
    Ok(ExitCode::SUCCESS)
}

fn state(gauge: &Gauge) -> String {
    match (gauge.pace.mode, gauge.pace.blocked_until) {
        (Mode::Open, Some(until)) => format!("left alone until {}", instant(until)),
        (Mode::Open, None) if !gauge.pace.answers() => format!("{} failures in a row", gauge.pace.failures),
        (mode, _) => mode.key().to_owned(),
    }
}

fn as_row(gauge: &Gauge) -> Vec<String> {
    vec![
        gauge.source.clone(),
        state(gauge),
        gauge.waiting().to_string(),
        gauge.last_minute.to_string(),
        gauge.pace.per_minute.to_string(),
        gauge.last_day.to_string(),
        gauge.per_day.map_or_else(|| "–".to_owned(), |n| n.to_string()),
        gauge.oldest.map_or_else(|| "–".to_owned(), |at| instant(at).to_string()),
    ]
}

fn as_value(gauge: &Gauge) -> serde_json::Value {
    let lanes: Vec<_> = gauge
        .pace
        .lanes
        .iter()
        .map(|lane| json!({ "lane": lane.lane.key(), "share": lane.share, "waiting": lane.waiting }))
        .collect();
    json!({
        "source": gauge.source,
        "mode": gauge.pace.mode.key(),
        "waiting": gauge.waiting(),
        "last_minute": gauge.last_minute,
        "per_minute": gauge.pace.per_minute,
        "last_day": gauge.last_day,
        "per_day": gauge.per_day,
        "oldest": gauge.oldest.map(|at| instant(at).to_string()),
        "blocked_until": gauge.pace.blocked_until.map(|at| instant(at).to_string()),
        "last_answer": gauge.last_answer_at.map(|at| instant(at).to_string()),
        "failures": gauge.pace.failures,
        "lanes": lanes,
    })
}

async fn change(app: &App, source: &str, change: Change, screen: &mut Screen) -> Outcome {
    let cx = cx(app, source)?;
    registry::change(&cx, change).await?;
    let gauge = registry::gauge(&cx).await?;
    let shares: Vec<_> = gauge.pace.lanes.iter().map(|l| format!("{} {}", l.lane.key(), l.share)).collect();
    let daily = gauge.per_day.map_or_else(|| "any number".to_owned(), |n| n.to_string());
    screen.line(format!(
        "{source}: {}; {} a minute, {daily} a day; shares: {}; {} wait",
        gauge.pace.mode.key(),
        gauge.pace.per_minute,
        shares.join(", "),
        gauge.waiting()
    ))?;
    Ok(ExitCode::SUCCESS)
}
