//! The register's look-ups: how the queue stands, and the brake and the pace in an administrator's hand.

use askama::Template;
use sportello_core::access::Operation;
use sportello_core::clock::instant;
use sportello_core::format;
use sportello_core::registry::{self, Change, Gauge, Mode, QueueLane, Slot};
use web::form::{ErrorSummary, Field};
use web::parts::{Badge, SummaryRow, Tone};
use web::shell::Shell;
use web::table::{Cell, Table};
use web::{Answer, Fields, Rx};

use super::frame::{Section, allow, enter, may, shell};
use super::register_chart::{self, Chart, STRETCH};
use super::register_form::{self, Forms};

#[derive(Template)]
#[template(path = "office/register.html")]
struct Register {
    shell: Shell,
    errors: ErrorSummary,
    rows: Vec<SummaryRow>,
    lanes: Table,
    last_minute: i64,
    per_minute: u32,
    open: bool,
    paused: bool,
    shared: bool,
    may_manage: bool,
    budget: [Field; 2],
    shares: [Field; 3],
    chart: Option<Chart>,
    numbers: Table,
}

/// The gauge as rows: for this page and for the first page of the office.
pub(super) fn gauge_rows(rx: &Rx, gauge: &Gauge) -> Vec<SummaryRow> {
    let moment = |at: Option<i64>| at.map_or_else(|| "–".to_owned(), |at| format::time(instant(at)));
    let mut rows = vec![
        SummaryRow { lines: Vec::new(), ..SummaryRow::new(rx.t("office-state"), "") }.badge(state(rx, gauge)),
        SummaryRow::new(rx.t("office-register-waiting"), gauge.waiting().to_string()),
        SummaryRow::new(rx.t("office-register-oldest"), moment(gauge.oldest)),
        SummaryRow::new(rx.t("office-register-pace"), pace(rx, gauge.last_minute, gauge.pace.per_minute)),
    ];
    if let Some(per_day) = gauge.per_day {
        rows.push(SummaryRow::new(rx.t("office-register-day"), pace(rx, gauge.last_day, per_day)));
    }
    rows.push(SummaryRow::new(rx.t("office-register-last-answer"), moment(gauge.last_answer_at)));
    if let Some(until) = gauge.pace.blocked_until {
        rows.push(SummaryRow::new(rx.t("office-register-blocked-until"), rx.time(until)));
    }
    if gauge.pace.failures > 0 {
        rows.push(SummaryRow::new(rx.t("office-register-failures"), gauge.pace.failures.to_string()));
    }
    rows
}

fn state(rx: &Rx, gauge: &Gauge) -> Badge {
    let (tone, key) = match (gauge.pace.mode, gauge.pace.blocked_until) {
        (Mode::Paused, _) => (Tone::Warning, "office-register-paused"),
        (Mode::Draining, _) => (Tone::Warning, "office-register-draining"),
        (Mode::Open, _) if !gauge.pace.answers() => (Tone::Danger, "office-register-silent"),
        (Mode::Open, Some(_)) => (Tone::Info, "office-register-asked-to-wait"),
        (Mode::Open, None) => (Tone::Success, "office-register-running"),
    };
    Badge::new(tone, rx.t(key))
}

fn pace(rx: &Rx, used: i64, allowed: u32) -> String {
    rx.tr("office-register-pace-value", &[("used", used.into()), ("allowed", allowed.into())])
}

/// The key of a lane's name.
fn lane_key(lane: QueueLane) -> &'static str {
    match lane {
        QueueLane::Person => "office-register-lane-person",
        QueueLane::ThirdParty => "office-register-lane-third-party",
        QueueLane::Background => "office-register-lane-background",
    }
}

fn lanes(rx: &Rx, gauge: &Gauge) -> Table {
    let mut table = Table::new(rx.t("office-register-lanes"))
        .column(rx.t("office-register-lane"))
        .numbers(rx.t("office-register-share"))
        .numbers(rx.t("office-register-waiting"))
        .numbers(rx.t("office-register-expected"));
    let all: i64 = gauge.pace.lanes.iter().map(|l| l.share).sum();
    for lane in &gauge.pace.lanes {
        let expected = registry::expected_minutes(rx.cx(), &gauge.pace, lane.lane);
        let expected = match expected {
            Some(minutes) => rx.tr("office-register-minutes", &[("minutes", minutes.into())]),
            None => rx.t("office-register-unknown"),
        };
        let open = gauge.open.get(&lane.lane).copied().unwrap_or(0);
        let share = format!("{} %", lane.share * 100 / all.max(1));
        table = table.row([rx.t(lane_key(lane.lane)), share, open.to_string(), expected].map(Cell::text));
    }
    table
}

/// The numbers of the plot, the newest first.
fn numbers(rx: &Rx, history: &[Slot]) -> Table {
    let mut table = Table::new(rx.t("office-register-history"))
        .column(rx.t("office-register-from"))
        .numbers(rx.t("office-register-arrived"))
        .numbers(rx.t("office-register-answered"))
        .numbers(rx.t("office-register-unanswered"))
        .numbers(rx.t("office-register-waited"));
    for slot in history.iter().rev() {
        let at = rx.time(slot.slot * STRETCH * 60_000);
        let waited = register_chart::waited_minutes(slot).map_or_else(|| "–".to_owned(), |m| m.to_string());
        let cells = [at, slot.arrived.to_string(), slot.answered.to_string(), slot.failed.to_string(), waited];
        table = table.row(cells.map(Cell::text));
    }
    table
}

async fn render(rx: &Rx, forms: Option<Forms>) -> Answer {
    let cx = rx.cx();
    let gauge = registry::gauge(cx).await?;
    let forms = forms.unwrap_or_else(|| Forms::of(rx, &gauge));
    let wrong = forms.is_wrong();
    let history = registry::history(cx, cx.now_ms() - 24 * 3_600_000, STRETCH).await?;
    let mut shell = shell(rx, Section::Register);
    shell.has_errors = wrong;
    // Only while there is something to see: a page that asks for itself also keeps its session awake.
    shell.refresh_seconds = (gauge.waiting() > 0 && !wrong).then_some(5);
    let template = Register {
        shell,
        errors: forms.errors(),
        rows: gauge_rows(rx, &gauge),
        lanes: lanes(rx, &gauge),
        last_minute: gauge.last_minute.min(i64::from(gauge.pace.per_minute)),
        per_minute: gauge.pace.per_minute,
        open: gauge.pace.mode == Mode::Open,
        paused: gauge.pace.mode == Mode::Paused,
        shared: !gauge.own,
        may_manage: may(rx, Operation::ManageRegister) && gauge.own,
        budget: forms.budget,
        shares: forms.shares,
        chart: Chart::of(&history, cx.now_ms(), gauge.pace.per_minute, |at| format::time(instant(at))),
        numbers: numbers(rx, &history),
    };
    if wrong { web::form_again(rx, &template) } else { web::page(rx, &template) }
}

pub(super) async fn page(rx: Rx) -> Answer {
    enter(&rx, Section::Register)?;
    render(&rx, None).await
}

pub(super) async fn manage(rx: Rx, fields: Fields) -> Answer {
    allow(&rx, Operation::ManageRegister)?;
    let gauge = registry::gauge(rx.cx()).await?;
    if !gauge.own {
        // Other bodies ask the same source: it is not this one's to stop.
        return Err(web::Failure::NotFound);
    }
    let (changes, done) = match fields.get("azione") {
        "sospendi" => (vec![Change::Mode(Mode::Paused)], "office-register-now-paused"),
        "svuota" => (vec![Change::Mode(Mode::Draining)], "office-register-now-draining"),
        "riprendi" => (vec![Change::Mode(Mode::Open)], "office-register-now-running"),
        "quote" => match register_form::shares(&rx, &gauge, &fields) {
            Ok(changes) => (changes, "office-register-shares-set"),
            Err(forms) => return render(&rx, Some(*forms)).await,
        },
        _ => match register_form::budget(&rx, &gauge, &fields) {
            Ok(change) => (vec![change], "office-register-budget-set"),
            Err(forms) => return render(&rx, Some(*forms)).await,
        },
    };
    for change in changes {
        registry::change(rx.cx(), change).await?;
    }
    Ok(web::to_with_flash(&rx, Section::Register.path(), Tone::Success, done))
}
