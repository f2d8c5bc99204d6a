//! A firm as an operator sees it: its data, its account, its fee, and all that happened.

use askama::Template;
use sportello_core::access::Operation;
use sportello_core::accounts::{self, Account, MailKind, tries};
use sportello_core::payments::{self, Payment};
use sportello_core::people::{self, Firm, FirmId};
use web::parts::{Badge, SummaryRow, Tone};
use web::shell::Shell;
use web::table::{Cell, Table};
use web::{Answer, Failure, Rx};

use super::fee::{FeeView, view};
use super::firms::level;
use super::frame::{Id, Section, enter, inner, may};
use super::{timeline, words};
use crate::desk::dues;
use crate::pages::parse;
use crate::regularity;

#[derive(Template)]
#[template(path = "office/firm.html")]
struct FirmPage {
    shell: Shell,
    name: String,
    data: Vec<SummaryRow>,
    account: Vec<SummaryRow>,
    suspended: bool,
    fee: Option<FeeView>,
    payments: Option<Table>,
    timeline: Table,
    reset_href: Option<String>,
}

pub(super) async fn page(rx: Rx, Id(id): Id<FirmId>) -> Answer {
    enter(&rx, Section::Firms)?;
    let cx = rx.cx();
    let firm = people::get(cx, id).await?;
    let account = accounts::of_firm(cx, id).await?;
    let suspended = match &account {
        Some(account) => is_suspended(&rx, account).await?,
        None => false,
    };
    let fee = match dues(cx)?.current(cx.now()) {
        Some(year) => Some(view(&rx, &firm, year).await?),
        None => None,
    };
    let paid = payments::of_firm(cx, id).await?;
    let may_reset = account.is_some() && may(&rx, Operation::ResetPassword);
    let template = FirmPage {
        shell: inner(&rx, Section::Firms, &firm.name, &[]),
        name: firm.name.clone(),
        data: data(&rx, &firm)?,
        account: account.map(|account| account_rows(&rx, &account)).unwrap_or_default(),
        suspended,
        fee,
        payments: (!paid.is_empty()).then(|| payments_table(&rx, &paid)),
        timeline: timeline::of_firm(&rx, id).await?,
        reset_href: may_reset.then(|| rx.url(&format!("/ufficio/imprese/{id}/password"))),
    };
    web::page(&rx, &template)
}

/// Whether wrong passwords have used up the account's tries.
async fn is_suspended(rx: &Rx, account: &Account) -> Result<bool, Failure> {
    let most = rx.cx().tenant.accounts.max_failures;
    Ok(tries::used_up(rx.cx(), &tries::sign_in_key(&account.member_code), most).await?)
}

fn data(rx: &Rx, firm: &Firm) -> Result<Vec<SummaryRow>, Failure> {
    let mut rows = vec![
        SummaryRow::new(rx.t("office-tax-code"), &firm.tax_code),
        SummaryRow::new(rx.t("office-albo-number"), &firm.albo_number),
        SummaryRow::new(rx.t("office-address"), &firm.address),
        SummaryRow::new(rx.t("office-enrolled-on"), words::civil(rx, &firm.enrolled_on)),
    ];
    if let Some(removed) = &firm.removed_on {
        let badge = Badge::new(Tone::Warning, rx.t("office-removed"));
        rows.push(SummaryRow::new(rx.t("office-removed-on"), words::civil(rx, removed)).badge(badge));
    }
    let roll = regularity::on_roll(firm)?;
    if let Some(suspension) = roll.suspended {
        let cx = rx.cx();
        let fact = regularity::suspension(cx.texts(), cx.language, suspension);
        let row = SummaryRow::new(fact.label, fact.value);
        let holds = roll.suspended(cx.today()).is_some();
        rows.push(if holds { row.badge(Badge::new(Tone::Warning, rx.t("office-suspended-firm"))) } else { row });
    }
    Ok(rows)
}

fn account_rows(rx: &Rx, account: &Account) -> Vec<SummaryRow> {
    let kind = if account.email_kind() == MailKind::Pec { "office-box-pec" } else { "office-box-ordinary" };
    let mut email = SummaryRow::new(rx.t("office-email"), &account.email).line(rx.t(kind));
    if account.refuses_ordinary {
        email = email.badge(Badge::new(Tone::Warning, rx.t("office-refuses-ordinary")));
    }
    let signed_in = account.signed_in_at.map_or_else(|| rx.t("office-never"), |at| rx.moment(at));
    let mut rows = vec![
        SummaryRow::new(rx.t("office-member-code"), &account.member_code).badge(level(rx, Some(&account.level))),
        email,
        SummaryRow::new(rx.t("office-phone"), parse::phone_shown(&account.phone)),
        SummaryRow::new(rx.t("office-account-since"), rx.moment(account.created_at)),
        SummaryRow::new(rx.t("office-last-sign-in"), signed_in),
    ];
    if account.must_change {
        let until = account.temporary_until.map_or_else(|| "–".to_owned(), |at| rx.moment(at));
        rows.push(SummaryRow::new(rx.t("office-temporary-password"), rx.tr("office-until", &[("time", until.into())])));
    }
    rows
}

fn payments_table(rx: &Rx, paid: &[Payment]) -> Table {
    let mut table = Table::new(rx.t("office-receipts"))
        .column(rx.t("office-receipt-number"))
        .column(rx.t("office-year"))
        .column(rx.t("office-paid-on"))
        .numbers(rx.t("office-amount"))
        .column(rx.t("office-psp"))
        .column(rx.t("office-state"));
    for payment in paid {
        let (tone, key) = if payment.surplus {
            (Tone::Warning, "office-payment-surplus")
        } else {
            (Tone::Success, "office-payment-good")
        };
        table = table.row([
            Cell::link(&payment.number, rx.url(&timeline::receipt_path(payment))).context(rx.t("office-receipt-pdf")),
            Cell::text(payment.year.to_string()),
            Cell::text(words::when(payment.paid_at)),
            Cell::text(words::amount(rx, payment.amount())),
            Cell::text(&payment.psp),
            Cell::badge(tone, rx.t(key)),
        ]);
    }
    table
}
