//! `import`.

use std::process::ExitCode;

use desk_dues::import::{self, ImportError, ImportKind, Report};
use sportello_core::texts::Language;
use sportello_core::{Cx, chain};

use super::{Context, tenant_of};
use crate::cli::{Import, ImportCommand};
use crate::exit::{Exit, Failure, Outcome};
use crate::screen::{Screen, Style};

/// So many errors are shown; the back office has them all.
const SHOWN: usize = 20;

pub async fn run(context: &Context<'_>, command: ImportCommand, screen: &mut Screen) -> Outcome {
    let (kind, year, options) = match command {
        ImportCommand::Firms(options) => (ImportKind::Firms, None, options),
        ImportCommand::Fleet { year, import } => (ImportKind::Fleet, Some(year), import),
    };
    let bytes = std::fs::read(&options.file).map_err(|error| {
        Failure::because(Exit::NoInput, &format!("{} cannot be read", options.file.display()), &error)
    })?;
    let app = context.app().await?;
    let cx = app.system(&tenant_of(&app, &options.tenant)?, "command-line");
    let outcome = bring_in(&cx, kind, year, &options, bytes, screen).await;
    app.close().await;
    outcome
}

async fn bring_in(
    cx: &Cx,
    kind: ImportKind,
    year: Option<i64>,
    options: &Import,
    bytes: Vec<u8>,
    screen: &mut Screen,
) -> Outcome {
    let failed = |error: ImportError| {
        let exit = if matches!(error, ImportError::Ground(_)) { Exit::Unavailable } else { Exit::Data };
        Failure::new(exit, format!("{}: {}", options.file.display(), chain(&error))).remedy(columns(kind))
    };
    let name = options.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let preview = import::preview(cx, kind, year, &name, bytes).await.map_err(failed)?;
    if !options.apply {
        show(cx, preview.good, preview.bad, &preview.report(), screen)?;
        import::drop_preview(cx, preview.id).await.map_err(failed)?;
        screen.line("Nothing was changed: --apply brings the good rows in.")?;
        return super::found(preview.bad > 0);
    }
    let applied = import::apply(cx, preview.id).await.map_err(failed)?;
    let report = applied.report();
    show(cx, applied.good, applied.bad, &report, screen)?;
    if report.removed > 0 {
        screen.line(format!("{} vehicles that were on record are gone from their fleets", report.removed))?;
    }
    if report.open_charges > 0 {
        screen.line(format!(
            "{} open charges keep the computation they were made with until they are computed again",
            report.open_charges
        ))?;
    }
    let done = screen.styled(Style::Green, "Done.");
    screen.line(done)?;
    Ok(if applied.bad > 0 { Exit::Found.into() } else { ExitCode::SUCCESS })
}

fn show(cx: &Cx, good: i64, bad: i64, report: &Report, screen: &mut Screen) -> std::io::Result<()> {
    screen.line(format!("good rows: {good}; rows with errors: {bad}"))?;
    let texts = cx.tenant.texts(Language::English);
    for error in report.errors.iter().take(SHOWN) {
        let reason = if texts.has(&error.reason) { texts.text(&error.reason) } else { error.reason.clone() };
        screen.line(format!("  line {}: {}: {reason} ({})", error.line, error.column, error.found))?;
    }
    let more = usize::try_from(report.errors_total).unwrap_or(0).saturating_sub(SHOWN);
    if more > 0 {
        screen.line(format!("  and {more} more"))?;
    }
    if report.left_total > 0 {
        screen.line(format!("fleets left as they are because the fee is paid: {}", report.left_total))?;
    }
    Ok(())
}

fn columns(kind: ImportKind) -> String {
    let needed = kind.columns().join(";");
    match kind.further_columns() {
        [] => format!("the columns are {needed}"),
        further => format!("the columns are {needed}, and perhaps, both or neither, {}", further.join(";")),
    }
}
