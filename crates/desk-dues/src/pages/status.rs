use askama::Template;
use axum::extract::Path;
use sportello_core::notices::{self, Notice, NoticeState};
use sportello_core::registry;
use web::parts::{Delivery, Tone};
use web::shell::Shell;
use web::{Answer, Failure, Rx};

use crate::dues;
use crate::registration::{self, Kind, Registration, State};

#[derive(Template)]
#[template(path = "dues/register-status.html")]
struct Status {
    shell: Shell,
    tone: &'static str,
    heading: String,
    text: String,
    /// What else is known when the message came back.
    known: Option<String>,
    next: Vec<String>,
    ways: Vec<WayOut>,
    queue: Option<String>,
    deliveries: Vec<(String, Delivery, Option<String>)>,
    sign_in: bool,
    again: bool,
    begun: String,
}

/// A way on for whoever has a mailbox that does not receive.
pub(super) struct WayOut {
    pub(super) href: String,
    pub(super) label: String,
}

/// How a registration goes: what the register said, where the message is, what to do now.
pub(super) async fn status(rx: Rx, Path(token): Path<String>) -> Answer {
    let cx = rx.cx();
    let registration = registration::by_token(cx, &token).await?.ok_or(Failure::NotFound)?;
    let sent = notices::of_case(cx, registration.id.0).await?;
    let dead = sent.iter().any(|n| n.state() == NoticeState::Failed);
    let moving =
        sent.iter().any(|n| matches!(n.state(), NoticeState::Queued | NoticeState::Sent | NoticeState::Accepted));
    let waiting = matches!(registration.state(), State::Checking | State::Provisional);
    let mut shell = rx.shell(rx.t("register-title"));
    shell.breadcrumb = rx.crumbs(&[("register-title", Some("/registrazione")), ("status-title", None)]);
    shell.refresh_seconds = (waiting || moving).then_some(4);
    let key = key(&registration);
    let masked = masked(&rx, &registration).await?;
    let email = ("email", registration.email.as_str().into());
    let text = rx.tr(&format!("status-{key}-text"), &[email.clone(), ("masked", masked.into())]);
    // A dead mailbox is what matters; that the register knows the address comes after.
    let (text, known) = if dead { (rx.tr("status-dead-text", &[email]), Some(text)) } else { (text, None) };
    let template = Status {
        shell,
        tone: if dead { "warning" } else { tone(registration.state()) },
        heading: if dead { rx.t("status-dead-title") } else { rx.t(&format!("status-{key}-title")) },
        text,
        known,
        next: next(&rx, &registration, dead),
        ways: if dead { ways_out(&rx)? } else { Vec::new() },
        queue: if waiting { queue(&rx, &registration).await? } else { None },
        deliveries: sent.iter().map(|n| delivery(&rx, n)).collect(),
        sign_in: !dead && matches!(registration.state(), State::Provisional | State::Verified | State::Simplified),
        again: dead || registration.state() == State::Mismatch,
        begun: rx.moment(registration.created_at),
    };
    web::page(&rx, &template)
}

fn key(registration: &Registration) -> &'static str {
    match (registration.kind(), registration.state()) {
        (Kind::Upgrade, State::Verified) => "upgraded",
        (Kind::Upgrade, State::Checking) => "upgrading",
        (_, State::Checking) => "checking",
        (_, State::Provisional) => "provisional",
        (_, State::Verified) => "verified",
        (_, State::Simplified) => "simplified",
        (_, State::Mismatch) => "mismatch",
    }
}

fn tone(state: State) -> &'static str {
    match state {
        State::Checking | State::Provisional => "info",
        State::Verified | State::Simplified => "success",
        State::Mismatch => "warning",
    }
}

async fn masked(rx: &Rx, registration: &Registration) -> Result<String, Failure> {
    let Some(id) = registration.lookup_id.filter(|_| registration.state() == State::Mismatch) else {
        return Ok(String::new());
    };
    Ok(match registry::get(rx.cx(), id).await?.answer() {
        registry::Answer::AnotherAddress { masked } => rx.tr("status-another-address", &[("masked", masked.into())]),
        _ => rx.t("status-no-entry"),
    })
}

/// Position and expected time, while the register has not answered.
async fn queue(rx: &Rx, registration: &Registration) -> Result<Option<String>, Failure> {
    let Some(id) = registration.lookup_id else { return Ok(None) };
    let position = registry::position(rx.cx(), id).await?;
    if position.paused {
        return Ok(Some(rx.t("status-queue-paused")));
    }
    let ahead = ("ahead", position.ahead.into());
    Ok(Some(match position.minutes {
        // The register has asked to be left alone for a while, or failed just now.
        Some(minutes) if position.ahead == 0 && minutes > 1 => {
            rx.tr("status-queue-next", &[("time", waiting_time(rx, minutes).into())])
        }
        Some(minutes) => rx.tr("status-queue", &[ahead, ("time", waiting_time(rx, minutes).into())]),
        None => rx.tr("status-queue-silent", &[ahead]),
    }))
}

/// A waiting time as people say it: nobody counts three hundred minutes.
fn waiting_time(rx: &Rx, minutes: i64) -> String {
    match minutes {
        0..90 => rx.tr("status-queue-minutes", &[("minutes", minutes.into())]),
        _ => rx.tr("status-queue-hours", &[("hours", ((minutes + 30) / 60).into())]),
    }
}

/// With another address, as long as that is open, and by putting the address on file right.
pub(super) fn ways_out(rx: &Rx) -> Result<Vec<WayOut>, Failure> {
    let rules = &dues(rx.cx())?.registration;
    let simplified = rules.simplified_is_open(rx.cx().now()).then(|| WayOut {
        href: rx.url("/registrazione/dati?modo=semplificata"),
        label: rx.t("status-way-simplified"),
    });
    let chamber = rules.chamber_url.clone().map(|href| WayOut { href, label: rx.t("status-way-chamber") });
    Ok(simplified.into_iter().chain(chamber).collect())
}

fn next(rx: &Rx, registration: &Registration, dead: bool) -> Vec<String> {
    let keys: &[&str] = match (registration.state(), dead) {
        (_, true) => &["status-next-dead-1", "status-next-dead-2", "status-next-dead-3"],
        (State::Checking, _) => &["status-next-checking-1", "status-next-checking-2"],
        (State::Provisional, _) => &["status-next-provisional-1", "status-next-provisional-2"],
        (State::Mismatch, _) => &["status-next-mismatch-1", "status-next-mismatch-2"],
        _ => &["status-next-done-1", "status-next-done-2"],
    };
    keys.iter().map(|key| rx.t(key)).collect()
}

/// What became of a message, and what to do about it.
pub(super) fn delivery(rx: &Rx, notice: &Notice) -> (String, Delivery, Option<String>) {
    let title = rx.t(&format!("notice-kind-{}", notice.kind));
    let pec = notice.channel == "pec";
    let at = |time: Option<i64>| time.map(|t| rx.time(t)).unwrap_or_default();
    let (tone, key) = match notice.state() {
        NoticeState::Queued => (Tone::Info, "delivery-queued"),
        NoticeState::Sent if pec => (Tone::Info, "delivery-handed"),
        NoticeState::Sent => (Tone::Success, "delivery-sent"),
        NoticeState::Accepted => (Tone::Info, "delivery-accepted"),
        NoticeState::Delivered => (Tone::Success, "delivery-delivered"),
        NoticeState::Delayed => (Tone::Warning, "delivery-delayed"),
        NoticeState::Failed => (Tone::Danger, "delivery-failed"),
    };
    let state = rx.t(key);
    let mut steps = Vec::new();
    for (time, key) in [
        (notice.sent_at, "delivery-at-sent"),
        (notice.accepted_at, "delivery-at-accepted"),
        (notice.delivered_at, "delivery-at-delivered"),
        (notice.failed_at, "delivery-at-failed"),
    ] {
        if time.is_some() {
            steps.push(rx.tr(key, &[("time", at(time).into())]));
        }
    }
    let advice = match (notice.state(), notice.reason.as_deref()) {
        (NoticeState::Failed | NoticeState::Delayed, Some(reason)) => Some(rx.t(&format!("delivery-reason-{reason}"))),
        _ => None,
    };
    (title, Delivery { tone, state, detail: steps.join(" · ") }, advice)
}
