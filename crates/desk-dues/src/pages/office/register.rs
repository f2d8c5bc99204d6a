//! The register's look-ups: how the queue stands, and the brake and the pace in an administrator's hand.

use askama::Template;
use sportello_core::access::Operation;
use sportello_core::registry::{self, Gauge};
use web::form::{ErrorSummary, Field};
use web::parts::{Badge, SummaryRow, Tone};
use web::shell::Shell;
use web::{Answer, Fields, Rx};

use super::frame::{Section, allow, enter, may, shell};

/// No register allows more, and a slip of the finger may well type it.
const MOST_PER_MINUTE: u32 = 6_000;

#[derive(Template)]
#[template(path = "office/register.html")]
struct Register {
    shell: Shell,
    errors: ErrorSummary,
    rows: Vec<SummaryRow>,
    last_minute: i64,
    per_minute: u32,
    paused: bool,
    may_manage: bool,
    budget: Field,
}

/// The gauge as rows: for this page and for the first page of the office.
pub(super) fn gauge_rows(rx: &Rx, gauge: &Gauge) -> Vec<SummaryRow> {
    let moment = |at: Option<i64>| at.map_or_else(|| "–".to_owned(), |at| rx.time(at));
    let state = match (gauge.paused, gauge.blocked_until, gauge.failures) {
        (true, _, _) => Badge::new(Tone::Warning, rx.t("office-register-paused")),
        (false, Some(_), 0) => Badge::new(Tone::Info, rx.t("office-register-asked-to-wait")),
        (false, _, failures) if failures > 0 => Badge::new(Tone::Danger, rx.t("office-register-silent")),
        _ => Badge::new(Tone::Success, rx.t("office-register-running")),
    };
    let pace = [("used", gauge.last_minute.into()), ("allowed", gauge.per_minute.into())];
    let mut rows = vec![
        SummaryRow { lines: Vec::new(), ..SummaryRow::new(rx.t("office-state"), "") }.badge(state),
        SummaryRow::new(rx.t("office-register-waiting"), gauge.waiting.to_string()),
        SummaryRow::new(rx.t("office-register-oldest"), moment(gauge.oldest)),
        SummaryRow::new(rx.t("office-register-pace"), rx.tr("office-register-pace-value", &pace)),
        SummaryRow::new(rx.t("office-register-last-answer"), moment(gauge.last_answer_at)),
    ];
    if let Some(until) = gauge.blocked_until {
        rows.push(SummaryRow::new(rx.t("office-register-blocked-until"), rx.time(until)));
    }
    if gauge.failures > 0 {
        rows.push(SummaryRow::new(rx.t("office-register-failures"), gauge.failures.to_string()));
    }
    rows
}

async fn render(rx: &Rx, typed: Option<&str>, error: Option<String>) -> Answer {
    let gauge = registry::gauge(rx.cx()).await?;
    let set = gauge.set_per_minute.map(|n| n.to_string()).unwrap_or_default();
    let budget = Field::text("al_minuto", rx.t("office-register-budget"))
        .hint(rx.t("office-register-budget-hint"))
        .inputmode("numeric")
        .autocomplete("off")
        .width("w-short")
        .optional()
        .value(typed.unwrap_or(&set))
        .error(error);
    let errors = ErrorSummary::new().check(&budget);
    let wrong = !errors.is_empty();
    let mut shell = shell(rx, Section::Register);
    shell.has_errors = wrong;
    // Only while there is something to see: a page that asks for itself also keeps its session awake.
    shell.refresh_seconds = (gauge.waiting > 0 && !wrong).then_some(5);
    let template = Register {
        shell,
        errors,
        rows: gauge_rows(rx, &gauge),
        last_minute: gauge.last_minute.min(i64::from(gauge.per_minute)),
        per_minute: gauge.per_minute,
        paused: gauge.paused,
        may_manage: may(rx, Operation::ManageRegister),
        budget,
    };
    if wrong { web::form_again(rx, &template) } else { web::page(rx, &template) }
}

pub(super) async fn page(rx: Rx) -> Answer {
    enter(&rx, Section::Register)?;
    render(&rx, None, None).await
}

pub(super) async fn manage(rx: Rx, fields: Fields) -> Answer {
    allow(&rx, Operation::ManageRegister)?;
    let gauge = registry::gauge(rx.cx()).await?;
    let (paused, per_minute, done) = match fields.get("azione") {
        "sospendi" => (true, gauge.set_per_minute, "office-register-now-paused"),
        "riprendi" => (false, gauge.set_per_minute, "office-register-now-running"),
        _ => match pace(fields.get("al_minuto")) {
            Ok(per_minute) => (gauge.paused, per_minute, "office-register-budget-set"),
            Err(key) => {
                let error = rx.tr(key, &[("most", MOST_PER_MINUTE.into())]);
                return render(&rx, Some(fields.get("al_minuto")), Some(error)).await;
            }
        },
    };
    registry::manage(rx.cx(), paused, per_minute).await?;
    Ok(web::to_with_flash(&rx, Section::Register.path(), Tone::Success, done))
}

/// The pace that was typed; empty means the configured one.
fn pace(text: &str) -> Result<Option<u32>, &'static str> {
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse() {
        Ok(0) => Err("office-register-budget-zero"),
        Ok(pace) if pace <= MOST_PER_MINUTE => Ok(Some(pace)),
        _ => Err("office-register-budget-wrong"),
    }
}

#[cfg(test)]
mod tests {
    use super::pace;

    #[test]
    fn a_pace_is_a_number_and_a_pause_is_not_a_pace() {
        assert_eq!(pace(""), Ok(None));
        assert_eq!(pace("30"), Ok(Some(30)));
        assert_eq!(pace("0"), Err("office-register-budget-zero"));
        for bad in ["-1", "trenta", "6001", "1,5", "99999999999"] {
            assert_eq!(pace(bad), Err("office-register-budget-wrong"), "{bad}");
        }
    }
}
