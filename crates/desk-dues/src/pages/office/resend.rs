//! A message with what became of it, and sending it once more.

use askama::Template;
use italia::EmailAddress;
use sportello_core::access::Operation;
use sportello_core::accounts;
use sportello_core::notices::{self, Notice, NoticeId, NoticeState};
use sportello_core::people::{self, FirmId};
use web::parts::{Delivery, SummaryRow, Tone};
use web::shell::Shell;
use web::{Answer, Failure, Rx};

use super::frame::{Ids, Section, allow, enter, inner, may};
use crate::pages::status::{WayOut, delivery, ways_out};

#[derive(Template)]
#[template(path = "office/notice.html")]
struct NoticePage {
    shell: Shell,
    title: String,
    rows: Vec<SummaryRow>,
    delivery: Delivery,
    advice: Option<String>,
    /// What to tell the firm, with where it is done.
    ways: Vec<WayOut>,
    /// It held credentials: others are issued instead, here.
    reset_href: Option<String>,
    /// The address that it would go to.
    to: Option<String>,
    back: String,
}

async fn found(rx: &Rx, firm: FirmId, id: NoticeId) -> Result<Notice, Failure> {
    enter(rx, Section::Firms)?;
    notices::get(rx.cx(), id).await?.filter(|n| n.firm_id == Some(firm)).ok_or(Failure::NotFound)
}

/// The address that the firm has now; a message to somebody else keeps its own.
async fn address(rx: &Rx, firm: FirmId, notice: &Notice) -> Result<String, Failure> {
    // What answers a letter goes to whoever wrote it.
    if notice.kind.starts_with("help-") {
        return Ok(notice.recipient.clone());
    }
    let account = accounts::of_firm(rx.cx(), firm).await?;
    Ok(account.map_or_else(|| notice.recipient.clone(), |account| account.email))
}

pub(super) async fn page(rx: Rx, Ids(firm_id, id): Ids<FirmId, NoticeId>) -> Answer {
    let notice = found(&rx, firm_id, id).await?;
    let firm = people::get(rx.cx(), firm_id).await?;
    let back = format!("/ufficio/imprese/{firm_id}");
    let (title, delivery, advice) = delivery(&rx, &notice);
    let channel = if notice.channel == "pec" { "office-channel-pec" } else { "office-channel-mail" };
    let moment = |at: Option<i64>| at.map_or_else(|| "–".to_owned(), |at| rx.moment(at));
    let mut rows = vec![
        SummaryRow::new(rx.t("office-notice-subject"), &notice.subject),
        SummaryRow::new(rx.t("office-notice-to"), &notice.recipient).line(rx.t(channel)),
        SummaryRow::new(rx.t("office-notice-composed"), rx.moment(notice.created_at)),
        SummaryRow::new(rx.t("office-notice-sent"), moment(notice.sent_at)),
    ];
    if notice.channel == "pec" {
        rows.push(SummaryRow::new(rx.t("office-notice-accepted"), moment(notice.accepted_at)));
        rows.push(SummaryRow::new(rx.t("office-notice-delivered"), moment(notice.delivered_at)));
    }
    let again = !notice.secret && notice.state() != NoticeState::Queued && may(&rx, Operation::Resend);
    let template = NoticePage {
        shell: inner(&rx, Section::Firms, &title, &[(firm.name.as_str(), back.clone())]),
        title,
        rows,
        delivery,
        advice,
        ways: if notice.state() == NoticeState::Failed { ways_out(&rx)? } else { Vec::new() },
        reset_href: notice.secret.then(|| rx.url(&format!("/ufficio/imprese/{firm_id}/password"))),
        to: if again { Some(address(&rx, firm_id, &notice).await?) } else { None },
        back: rx.url(&back),
    };
    web::page(&rx, &template)
}

pub(super) async fn submit(rx: Rx, Ids(firm, id): Ids<FirmId, NoticeId>) -> Answer {
    allow(&rx, Operation::Resend)?;
    let notice = found(&rx, firm, id).await?;
    let to = EmailAddress::parse(&address(&rx, firm, &notice).await?).map_err(|_| Failure::NotFound)?;
    let (tone, key) = match notices::resend(rx.cx(), id, &to).await? {
        true => (Tone::Success, "office-notice-resent"),
        false => (Tone::Warning, "office-notice-not-resent"),
    };
    Ok(web::to_with_flash(&rx, &format!("/ufficio/imprese/{firm}/messaggi/{id}"), tone, key))
}
