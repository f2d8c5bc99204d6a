//! All that happened to a firm, in one list: registrations, look-ups, messages, payments, and what people did.

use sportello_core::audit;
use sportello_core::notices::{self, Notice};
use sportello_core::payments::{self, Payment};
use sportello_core::people::FirmId;
use sportello_core::registry::{self, Answer, LookUp};
use web::parts::{Badge, Tone};
use web::table::{Cell, Table};
use web::{Failure, Rx};

use super::words::{self, Names};
use crate::claims::{self, Claim, ClaimState};
use crate::pages::status::delivery;
use crate::registration::{self, Registration, State};

/// So many entries of each kind are shown.
const MOST: i64 = 200;

/// Lines of the audit that the records tell with more detail.
const TOLD_ELSEWHERE: [&str; 3] = ["registration.start", "payment.record", "fleet.claim"];

/// Something that happened.
struct Event {
    at: i64,
    what: String,
    href: Option<String>,
    state: Option<Badge>,
    detail: String,
    who: String,
}

/// The timeline of a firm, newest first.
pub(super) async fn of_firm(rx: &Rx, firm: FirmId) -> Result<Table, Failure> {
    let cx = rx.cx();
    let mut events = Vec::new();
    events.extend(registration::of_firm(cx, firm).await?.iter().map(|r| registered(rx, r)));
    for look_up in registry::about_firm(cx, firm, MOST).await? {
        events.push(asked(rx, &look_up));
        events.extend(answered(rx, &look_up));
    }
    events.extend(notices::about_firm(cx, firm, MOST).await?.iter().map(|n| sent(rx, firm, n)));
    events.extend(payments::of_firm(cx, firm).await?.iter().map(|p| paid(rx, p)));
    events.extend(claims::of_firm(cx, firm).await?.iter().map(|c| claimed(rx, c)));
    let lines = audit::about_firm(cx, firm, MOST).await?;
    let lines = lines.iter().filter(|line| !TOLD_ELSEWHERE.contains(&line.operation.as_str()));
    events.extend(lines.map(|line| done(rx, line)));
    events.sort_by_key(|event| std::cmp::Reverse(event.at));
    Ok(table(rx, events))
}

fn table(rx: &Rx, events: Vec<Event>) -> Table {
    let mut table = Table::new(rx.t("office-timeline-caption"))
        .column(rx.t("office-when"))
        .column(rx.t("office-what"))
        .column(rx.t("office-state"))
        .column(rx.t("office-details"))
        .column(rx.t("office-who"));
    for event in events {
        let when = words::when(event.at);
        let what = match event.href {
            Some(href) => Cell::link(event.what, href).context(when.clone()),
            None => Cell::text(event.what),
        };
        let state = event.state.map_or_else(|| Cell::text("–"), |badge| Cell { badge: Some(badge), ..Cell::default() });
        let detail = if event.detail.is_empty() { "–".to_owned() } else { event.detail };
        table = table.row([Cell::text(when), what, state, Cell::text(detail), Cell::text(event.who)]);
    }
    table
}

fn registered(rx: &Rx, registration: &Registration) -> Event {
    let state = registration.state();
    let tone = match state {
        State::Verified | State::Simplified => Tone::Success,
        State::Mismatch => Tone::Warning,
        State::Checking | State::Provisional => Tone::Info,
    };
    Event {
        at: registration.created_at,
        what: rx.t(&format!("office-registration-{}", registration.kind().key())),
        href: None,
        state: Some(Badge::new(tone, rx.t(&format!("office-value-{}", state.key())))),
        detail: registration.email.clone(),
        who: rx.t("office-actor-account"),
    }
}

fn asked(rx: &Rx, look_up: &LookUp) -> Event {
    let waits = look_up.answered_at.is_none();
    Event {
        at: look_up.created_at,
        what: rx.t("office-look-up-asked"),
        href: None,
        state: waits.then(|| Badge::new(Tone::Info, rx.t("office-look-up-waiting"))),
        detail: look_up.email.clone(),
        who: rx.t("office-actor-system"),
    }
}

fn answered(rx: &Rx, look_up: &LookUp) -> Option<Event> {
    let at = look_up.answered_at?;
    let (tone, key, detail) = match look_up.answer() {
        Answer::Match => (Tone::Success, "office-look-up-match", String::new()),
        Answer::NoEntry => (Tone::Warning, "office-look-up-no-entry", String::new()),
        Answer::AnotherAddress { masked } => (Tone::Warning, "office-look-up-another", masked),
        Answer::NotYet => return None,
    };
    Some(Event {
        at,
        what: rx.t("office-look-up-answered"),
        href: None,
        state: Some(Badge::new(tone, rx.t(key))),
        detail,
        who: rx.t("office-actor-register"),
    })
}

fn sent(rx: &Rx, firm: FirmId, notice: &Notice) -> Event {
    let (title, delivery, advice) = delivery(rx, notice);
    let parts = [notice.recipient.clone(), delivery.detail, advice.unwrap_or_default()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Event {
        at: notice.created_at,
        what: rx.tr("office-message", &[("title", title.into())]),
        href: Some(rx.url(&format!("/ufficio/imprese/{firm}/messaggi/{}", notice.id))),
        state: Some(Badge::new(delivery.tone, delivery.state)),
        detail: parts.join(" · "),
        who: rx.t("office-actor-system"),
    }
}

fn paid(rx: &Rx, payment: &Payment) -> Event {
    let (tone, key) = if payment.surplus {
        (Tone::Warning, "office-payment-surplus")
    } else {
        (Tone::Success, "office-payment-good")
    };
    let detail = rx.tr(
        "office-payment-detail",
        &[
            ("amount", words::amount(rx, payment.amount()).into()),
            ("year", payment.year.to_string().into()),
            ("number", payment.number.as_str().into()),
        ],
    );
    Event {
        at: payment.received_at,
        what: rx.t("office-payment"),
        href: Some(rx.url(&receipt_path(payment))),
        state: Some(Badge::new(tone, rx.t(key))),
        detail: format!("{detail} · {}", payment.psp),
        who: rx.t("office-actor-account"),
    }
}

/// The address of a payment's receipt.
pub(super) fn receipt_path(payment: &Payment) -> String {
    format!("/ufficio/imprese/{}/ricevute/{}", payment.firm_id, payment.id)
}

fn claimed(rx: &Rx, claim: &Claim) -> Event {
    Event {
        at: claim.created_at,
        what: rx.tr("office-claim-of", &[("year", claim.year.to_string().into())]),
        href: Some(rx.url(&format!("/ufficio/contestazioni/{}", claim.id))),
        state: Some(claim_state(rx, claim.state())),
        detail: claim.message.clone(),
        who: rx.t("office-actor-account"),
    }
}

/// Where a claim stands.
pub(super) fn claim_state(rx: &Rx, state: ClaimState) -> Badge {
    match state {
        ClaimState::Open => Badge::new(Tone::Warning, rx.t("office-claim-open")),
        ClaimState::Accepted => Badge::new(Tone::Success, rx.t("office-claim-accepted")),
        ClaimState::Refused => Badge::new(Tone::Neutral, rx.t("office-claim-refused")),
    }
}

fn done(rx: &Rx, line: &audit::Line) -> Event {
    Event {
        at: line.at,
        what: words::operation(rx, &line.operation),
        href: None,
        state: None,
        detail: words::details(rx, &line.detail, &Names::new()),
        who: words::actor(rx, line),
    }
}
