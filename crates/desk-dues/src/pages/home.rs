use askama::Template;
use sportello_core::clock::rome;
use web::shell::Shell;
use web::{Answer, Rx};

use super::fee::failure;
use crate::{dues, fee};

#[derive(Template)]
#[template(path = "dues/home.html")]
struct Home {
    shell: Shell,
    signed_in: bool,
    year: i64,
    due: String,
    extended: bool,
    simplified: bool,
    open: bool,
    opens: String,
}

pub(super) async fn home(rx: Rx) -> Answer {
    let cx = rx.cx();
    let dues = dues(cx)?;
    let now = cx.now().to_zoned(rome()).datetime();
    let year = dues.current(cx.now()).ok_or(web::Failure::Internal)?;
    let deadline = fee::deadline(cx, year.year).await.map_err(failure)?;
    let mut shell = rx.shell(rx.t("home-title"));
    shell.notices = cx.tenant.notices_at(now, cx.language);
    let template = Home {
        shell,
        signed_in: rx.session().is_some(),
        year: year.year,
        due: rx.date(deadline.due),
        extended: deadline.extended,
        simplified: dues.registration.simplified_is_open(cx.now()),
        open: year.has_opened(cx.now()),
        opens: rx.date(year.opens.date()),
    };
    web::page(&rx, &template)
}

#[derive(Template)]
#[template(path = "dues/instructions.html")]
struct Instructions {
    shell: Shell,
    year: i64,
    act: String,
    reference_date: String,
    due: String,
    simplified_from: String,
    upgrade_from: String,
    self_service: bool,
}

pub(super) async fn instructions(rx: Rx) -> Answer {
    let cx = rx.cx();
    let dues = dues(cx)?;
    let year = dues.current(cx.now()).ok_or(web::Failure::Internal)?;
    let deadline = fee::deadline(cx, year.year).await.map_err(failure)?;
    let mut shell = rx.shell(rx.t("instructions-title"));
    shell.breadcrumb = rx.crumbs(&[("instructions-title", None)]);
    let template = Instructions {
        shell,
        year: year.year,
        act: year.act.clone(),
        reference_date: rx.date(year.reference_date),
        due: rx.date(deadline.due),
        simplified_from: rx.date(dues.registration.simplified_from.date()),
        upgrade_from: rx.date(dues.registration.upgrade_from.date()),
        self_service: cx.tenant.accounts.self_service,
    };
    web::page(&rx, &template)
}
