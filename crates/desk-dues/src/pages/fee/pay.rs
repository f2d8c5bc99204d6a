//! Paying: online or with the printed notice, and the receipts of what was paid.

use askama::Template;
use axum::extract::Path;
use sportello_core::access::{Actor, Operation};
use sportello_core::payments::{self, CheckoutFailure, PaymentId};
use sportello_core::{accounts, format};
use web::parts::Tone;
use web::shell::Shell;
use web::table::{Cell, Table};
use web::{Answer, Failure, Rx};

use super::{own_charge, shell};
use crate::{fee, papers};

pub(in crate::pages) async fn notice(rx: Rx) -> Answer {
    let charge = own_charge(&rx).await?;
    let bytes = papers::notice_pdf(rx.cx(), &charge).await?;
    Ok(web::file(&format!("avviso-{}.pdf", charge.notice_number), "application/pdf", bytes))
}

/// To the hosted payment page. When it does not answer, the printed notice still pays.
pub(in crate::pages) async fn pay(rx: Rx) -> Answer {
    let charge = own_charge(&rx).await?;
    let description = fee::object(rx.cx(), charge.year);
    match payments::checkout(rx.cx(), &charge, &description, &rx.full_url("/quota/ritorno")).await {
        Ok(page) => Ok(web::see_other(page.as_str())),
        Err(CheckoutFailure::NotOpen) => Ok(web::to_with_flash(&rx, "/quota", Tone::Info, "pay-not-open")),
        Err(CheckoutFailure::Ground(error)) => Err(error.into()),
        Err(error) => {
            tracing::warn!(error = sportello_core::chain(&error), "the payment page does not answer");
            Ok(web::to_with_flash(&rx, "/quota", Tone::Warning, "pay-unavailable"))
        }
    }
}

/// Back from the payment page: it proves nothing, and works for a browser that has lost its session too.
pub(in crate::pages) async fn returned(rx: Rx) -> Answer {
    let query = rx.query();
    let outcome = query.get("esito").to_owned();
    let cx = rx.cx().acting_as(Actor::Anonymous);
    payments::returned(&cx, query.get("t"), &outcome).await?;
    let (tone, key) = match outcome.as_str() {
        "ok" => (Tone::Info, "returned-ok"),
        "annullato" => (Tone::Warning, "returned-cancelled"),
        _ => (Tone::Danger, "returned-error"),
    };
    Ok(web::to_with_flash(&rx, "/quota", tone, key))
}

#[derive(Template)]
#[template(path = "dues/payments.html")]
struct Payments {
    shell: Shell,
    table: Table,
    empty: bool,
    pec: bool,
    refuses_ordinary: bool,
    email: String,
}

/// The payments made, each with its receipt to be printed again (requirements ).
pub(in crate::pages) async fn payments(rx: Rx) -> Answer {
    let (account, firm) = rx.firm()?;
    rx.cx().require(Operation::PayFee)?;
    let made = payments::of_firm(rx.cx(), firm).await?;
    let account = accounts::get(rx.cx(), account).await?;
    let mut shell = shell(&rx, rx.t("nav-payments"));
    shell.breadcrumb = rx.crumbs(&[("nav-payments", None)]);
    let mut table = Table::new(rx.t("payments-caption"))
        .column(rx.t("payments-number"))
        .column(rx.t("payments-year"))
        .column(rx.t("payments-when"))
        .numbers(rx.t("computation-amount"))
        .column(rx.t("payments-psp"))
        .column(rx.t("payments-receipt"));
    for payment in &made {
        let href = rx.url(&format!("/pagamenti/{}/ricevuta.pdf", payment.id));
        table = table.row([
            Cell::text(&payment.number),
            Cell::text(payment.year.to_string()),
            Cell::text(rx.moment(payment.paid_at)),
            Cell::text(format::amount(rx.language(), payment.amount())),
            Cell::text(&payment.psp),
            Cell::link(rx.t("payments-print"), href).context(&payment.number),
        ]);
    }
    let template = Payments {
        shell,
        table,
        empty: made.is_empty(),
        pec: account.email_kind() == accounts::MailKind::Pec,
        refuses_ordinary: account.refuses_ordinary,
        email: account.email,
    };
    web::page(&rx, &template)
}

pub(in crate::pages) async fn receipt(rx: Rx, Path(id): Path<PaymentId>) -> Answer {
    let (_, firm) = rx.firm()?;
    rx.cx().require(Operation::PayFee)?;
    let payment = payments::get(rx.cx(), id).await?.filter(|p| p.firm_id == firm).ok_or(Failure::NotFound)?;
    let bytes = papers::receipt_pdf(rx.cx(), payment.id).await?;
    Ok(web::file(&format!("ricevuta-{}.pdf", payment.number), "application/pdf", bytes))
}
