//! Messages that nobody could read, and receipts that count although something about them is odd.

use askama::Template;
use sportello_core::access::Operation;
use sportello_core::mailboxes::{self, Cause, Irregular, Quarantined};
use web::parts::Tone;
use web::shell::Shell;
use web::table::{Cell, Table};
use web::{Answer, Failure, Fields, Rx};

use super::frame::{Section, allow, enter, inner, may};
use super::words;

/// So many are shown of each kind; the count on the page before has no bound.
const MOST: i64 = 100;
const PATH: &str = "/ufficio/caselle";

#[derive(Template)]
#[template(path = "office/mailboxes.html")]
struct Mailboxes {
    shell: Shell,
    quarantined: Vec<Waiting>,
    may_decide: bool,
    irregular: Option<Table>,
    back: String,
}

/// A message that waits for a decision.
struct Waiting {
    id: i64,
    title: String,
    why: Option<String>,
    reason: String,
    detail: String,
}

pub(super) async fn page(rx: Rx) -> Answer {
    enter(&rx, Section::Anomalies)?;
    let cx = rx.cx();
    let quarantined = mailboxes::quarantined(cx, MOST).await?;
    let irregular = mailboxes::irregular(cx, MOST).await?;
    let template = Mailboxes {
        shell: inner(&rx, Section::Anomalies, &rx.t("office-mailboxes"), &[]),
        quarantined: quarantined.into_iter().map(|message| waiting(&rx, message)).collect(),
        may_decide: may(&rx, Operation::ManageMailboxes),
        irregular: (!irregular.is_empty()).then(|| irregular_table(&rx, &irregular)),
        back: rx.url(Section::Anomalies.path()),
    };
    web::page(&rx, &template)
}

fn waiting(rx: &Rx, message: Quarantined) -> Waiting {
    let mailbox = rx.t(&format!("office-mailbox-{}", message.mailbox));
    let when = words::when(message.received_at);
    let kept = if message.truncated { "office-quarantine-truncated" } else { "office-quarantine-whole" };
    let mut detail = vec![
        rx.tr("office-quarantine-size", &[("bytes", message.size.into())]),
        rx.t(kept),
        rx.tr("office-quarantine-tries", &[("count", message.tries.into())]),
    ];
    if let Some(at) = message.tried_at {
        detail.push(rx.tr("office-quarantine-tried", &[("time", words::when(at).into())]));
    }
    Waiting {
        id: message.id,
        title: rx.tr("office-quarantine-message", &[("mailbox", mailbox.into()), ("time", when.into())]),
        why: message.cause.as_deref().and_then(Cause::of).map(|c| rx.t(&format!("office-quarantine-why-{}", c.key()))),
        reason: message.reason.unwrap_or_default(),
        detail: detail.join(" · "),
    }
}

fn irregular_table(rx: &Rx, irregular: &[Irregular]) -> Table {
    let mut table = Table::new(rx.t("office-irregular-list"))
        .column(rx.t("office-when"))
        .column(rx.t("office-notice"))
        .column(rx.t("office-irregular-what"));
    for receipt in irregular {
        let when = words::when(receipt.received_at);
        let notice = match (receipt.firm_id, receipt.notice_id) {
            (Some(firm), Some(notice)) => {
                let path = format!("/ufficio/imprese/{firm}/messaggi/{notice}");
                Cell::link(rx.t("office-notice-open"), rx.url(&path)).context(when.clone())
            }
            _ => Cell::text("–"),
        };
        table = table.row([Cell::text(when), notice, Cell::text(receipt.irregularities.replace('\n', "; "))]);
    }
    table
}

pub(super) async fn decide(rx: Rx, fields: Fields) -> Answer {
    allow(&rx, Operation::ManageMailboxes)?;
    let id: i64 = fields.get("messaggio").parse().map_err(|_| Failure::BadRequest)?;
    let (tone, key) = match fields.get("decisione") {
        "riprova" => {
            mailboxes::try_again(rx.cx(), id).await?;
            (Tone::Success, "office-quarantine-again-done")
        }
        "accantona" => match mailboxes::set_aside(rx.cx(), id).await? {
            true => (Tone::Success, "office-quarantine-aside-done"),
            false => (Tone::Warning, "office-quarantine-decided"),
        },
        _ => return Err(Failure::BadRequest),
    };
    Ok(web::to_with_flash(&rx, PATH, tone, key))
}
