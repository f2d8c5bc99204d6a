use askama::Template;
use axum::extract::Path;
use italia::{Euro, Plate};
use sportello_core::charges::{Charge, Line};
use sportello_core::payments::{self, CheckoutFailure, PaymentId, Standing};
use sportello_core::people::FirmId;
use sportello_core::{accounts, format};
use web::form::{ErrorSummary, Field};
use web::parts::{SummaryRow, Tone};
use web::shell::{NavItem, Shell};
use web::table::{Cell, Table};
use web::{Answer, Failure, Fields, Rx};

use crate::claims::{self, ClaimError};
use crate::fee::{self, Deadline, FeeError};
use crate::fleet::{LARGEST_MASS_KG, Vehicle, VehicleKind};
use crate::{dues, papers};

/// A fee that cannot be shown.
pub(super) fn failure(error: FeeError) -> Failure {
    match error {
        FeeError::Ground(error) => error.into(),
        error => {
            tracing::error!(error = sportello_core::chain(&error), "the fee cannot be shown");
            Failure::Internal
        }
    }
}

/// The pages of a firm that has signed in.
pub(super) fn nav(rx: &Rx) -> Vec<NavItem> {
    let full = matches!(rx.cx().actor, sportello_core::access::Actor::Firm { full: true, .. });
    let places = [("nav-fee", "/quota", true), ("nav-payments", "/pagamenti", true), ("nav-firm", "/impresa", full), ("nav-profile", "/profilo", true)];
    let item = |(key, path, _): (&str, &str, bool)| NavItem { label: rx.t(key), href: rx.url(path), active: rx.path().starts_with(path) };
    places.into_iter().filter(|(_, _, shown)| *shown).map(item).collect()
}

pub(super) fn shell(rx: &Rx, title: String) -> Shell {
    let mut shell = rx.shell(title);
    shell.nav = nav(rx);
    shell
}

/// Why there is nothing to pay, in the page's words; other errors are our own.
fn refusal(rx: &Rx, error: FeeError) -> Result<String, Failure> {
    match error {
        FeeError::Ground(error) => Err(error.into()),
        FeeError::NotOpen { opens } => Ok(rx.tr("fee-error-not-open", &[("date", rx.date(opens.date()).into())])),
        other => Ok(rx.t(other.text_key())),
    }
}

#[derive(Template)]
#[template(path = "dues/fee.html")]
struct Overview {
    shell: Shell,
    refusal: Option<String>,
    charge: Option<ChargeView>,
    due: String,
    days_left: i64,
    history: Vec<String>,
    full: bool,
    upgrade_open: bool,
    refuses_ordinary: bool,
    claim_open: bool,
    year: i64,
    act: String,
    demonstration: bool,
}

/// A charge as the page shows it.
struct ChargeView {
    amount: String,
    notice: String,
    state: &'static str,
    since: String,
    payment: Option<i64>,
    number: String,
}

async fn view(rx: &Rx, charge: &Charge) -> Result<ChargeView, Failure> {
    let standing = payments::standing(rx.cx(), charge).await?;
    let printed = pagopa::NoticeNumber::parse(&charge.notice_number).map(pagopa::NoticeNumber::printed).unwrap_or_default();
    let (state, since, payment, number) = match &standing {
        Standing::Due => ("due", String::new(), None, String::new()),
        Standing::ReceiptOnItsWay { since } => ("on-its-way", rx.time(*since), None, String::new()),
        Standing::Paid(payment) => ("paid", rx.moment(payment.paid_at), Some(payment.id.0), payment.number.clone()),
        Standing::Cancelled => ("cancelled", String::new(), None, String::new()),
    };
    Ok(ChargeView { amount: format::amount(rx.language(), charge.amount()), notice: printed, state, since, payment, number })
}

async fn current(rx: &Rx) -> Result<(FirmId, i64, Deadline), Failure> {
    let (_, firm) = rx.firm()?;
    let year = dues(rx.cx())?.current(rx.cx().now()).ok_or(Failure::Internal)?.year;
    let deadline = fee::deadline(rx.cx(), year).await.map_err(failure)?;
    Ok((firm, year, deadline))
}

/// What is owed, until when, and how to pay it.
pub(super) async fn overview(rx: Rx) -> Answer {
    let (account, firm) = rx.firm()?;
    let (_, year, deadline) = current(&rx).await?;
    let rules = dues(rx.cx())?;
    let fee_year = rules.year(year).ok_or(Failure::Internal)?;
    let (charge, refusal) = match fee::charge_for(rx.cx(), firm, year).await {
        Ok(charge) => (Some(view(&rx, &charge).await?), None),
        Err(error) => (None, Some(refusal(&rx, error)?)),
    };
    let account = accounts::get(rx.cx(), account).await?;
    let claims = claims::of_firm(rx.cx(), firm).await?;
    let mut shell = shell(&rx, rx.tr("fee-title", &[("year", year.to_string().into())]));
    if charge.as_ref().is_some_and(|c| c.state == "on-its-way") {
        shell.refresh_seconds = Some(10);
    }
    let checkout = rx.cx().app.connections(&rx.cx().tenant).and_then(|c| c.checkout_origin.clone());
    let template = Overview {
        shell,
        refusal,
        charge,
        due: rx.date(deadline.due),
        days_left: deadline.days_left,
        history: deadline.history.iter().map(|t| rx.tr("fee-term", &[("date", rx.date(t.due).into()), ("reason", t.reason.as_str().into())])).collect(),
        full: account.level() == accounts::Level::Full,
        upgrade_open: rules.registration.upgrade_is_open(rx.cx().now()),
        refuses_ordinary: account.refuses_ordinary,
        claim_open: claims.iter().any(|c| c.year == year && c.state == "open"),
        year,
        act: fee_year.citation(),
        demonstration: fee_year.demonstration,
    };
    let response = web::page(&rx, &template)?;
    Ok(match checkout {
        Some(origin) => web::leading_to(response, &origin),
        None => response,
    })
}

#[derive(Template)]
#[template(path = "dues/computation.html")]
struct ComputationPage {
    shell: Shell,
    lines: Table,
    vehicles: Table,
    count: usize,
    reference_date: String,
    act: String,
    year: i64,
}

/// The charge of the signed-in firm, made if it must be.
async fn own_charge(rx: &Rx) -> Result<Charge, Failure> {
    let (firm, year, _) = current(rx).await?;
    fee::charge_for(rx.cx(), firm, year).await.map_err(|error| match error {
        FeeError::Ground(error) => error.into(),
        _ => Failure::NotFound,
    })
}

/// The sum, line by line with its source, and vehicle by vehicle (requirements A-42..44, A-50).
pub(super) async fn computation(rx: Rx) -> Answer {
    let charge = own_charge(&rx).await?;
    let computation = charge.computation();
    let mut shell = shell(&rx, rx.t("computation-title"));
    shell.breadcrumb = rx.crumbs(&[("nav-fee", Some("/quota")), ("computation-title", None)]);
    let lines = lines_table(&rx, &computation.lines, computation.total());
    let vehicles = vehicles_table(&rx, &computation);
    let reference_date = computation.reference_date.parse().map_or_else(|_| computation.reference_date.clone(), |d| rx.date(d));
    let template = ComputationPage { shell, lines, vehicles, count: computation.facts.len(), reference_date, act: computation.act.clone(), year: charge.year };
    web::page(&rx, &template)
}

/// What a line says it is.
pub(super) fn line_text(rx: &Rx, line: &Line) -> String {
    let band = match (line.from, line.to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => rx.tr("fee-band", &[("from", from.into()), ("to", to.into())]),
        (Some(from), None) => rx.tr("fee-band-open", &[("from", from.into())]),
        _ => String::new(),
    };
    rx.tr(&format!("fee-line-{}", line.what), &[("band", band.into())])
}

fn lines_table(rx: &Rx, lines: &[Line], total: Euro) -> Table {
    let amount = |e: Euro| format::amount(rx.language(), e);
    let mut table = Table::new(rx.t("computation-lines"))
        .column(rx.t("computation-what"))
        .numbers(rx.t("computation-count"))
        .numbers(rx.t("computation-each"))
        .numbers(rx.t("computation-amount"))
        .column(rx.t("computation-source"));
    for line in lines {
        table = table.row([
            Cell::text(line_text(rx, line)),
            Cell::text(line.count.to_string()),
            Cell::text(amount(Euro::from_cents(line.each))),
            Cell::text(amount(line.amount())),
            Cell::text(&line.source),
        ]);
    }
    table.foot([Cell::text(rx.t("computation-total")), Cell::text(""), Cell::text(""), Cell::text(amount(total)), Cell::text("")])
}

/// Whether the visitor has proved that the firm is theirs.
fn is_full(rx: &Rx) -> bool {
    matches!(rx.cx().actor, sportello_core::access::Actor::Firm { full: true, .. })
}

/// A plate is the firm's own data: whoever has not proved to be the firm sees enough of it to recognise a vehicle.
fn shown_plate(rx: &Rx, plate: &str) -> String {
    if is_full(rx) || !plate.is_ascii() || plate.len() < 5 {
        return plate.to_owned();
    }
    format!("{}•••{}", &plate[..2], &plate[plate.len() - 2..])
}

fn vehicles_table(rx: &Rx, computation: &sportello_core::charges::Computation) -> Table {
    let mut table = Table::new(rx.t("computation-vehicles"))
        .column(rx.t("vehicle-plate"))
        .column(rx.t("vehicle-kind"))
        .numbers(rx.t("vehicle-mass"))
        .numbers(rx.t("computation-amount"));
    for fact in &computation.facts {
        table = table.row([
            Cell::text(shown_plate(rx, &fact.plate)),
            Cell::text(rx.t(&format!("vehicle-{}", fact.kind))),
            Cell::text(format!("{} kg", fact.mass_kg)),
            Cell::text(format::amount(rx.language(), Euro::from_cents(fact.amount))),
        ]);
    }
    table
}

pub(super) async fn notice(rx: Rx) -> Answer {
    let charge = own_charge(&rx).await?;
    let bytes = papers::notice_pdf(rx.cx(), &charge).await?;
    Ok(web::file(&format!("avviso-{}.pdf", charge.notice_number), "application/pdf", bytes))
}

/// To the hosted payment page. When it does not answer, the printed notice still pays.
pub(super) async fn pay(rx: Rx) -> Answer {
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
pub(super) async fn returned(rx: Rx) -> Answer {
    let query = rx.query();
    let outcome = query.get("esito").to_owned();
    let cx = rx.cx().acting_as(sportello_core::access::Actor::Anonymous);
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
pub(super) async fn payments(rx: Rx) -> Answer {
    let (account, firm) = rx.firm()?;
    rx.cx().require(sportello_core::access::Operation::PayFee)?;
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

pub(super) async fn receipt(rx: Rx, Path(id): Path<PaymentId>) -> Answer {
    let (_, firm) = rx.firm()?;
    rx.cx().require(sportello_core::access::Operation::PayFee)?;
    let payment = payments::get(rx.cx(), id).await?.filter(|p| p.firm_id == firm).ok_or(Failure::NotFound)?;
    let bytes = papers::receipt_pdf(rx.cx(), payment.id).await?;
    Ok(web::file(&format!("ricevuta-{}.pdf", payment.number), "application/pdf", bytes))
}

#[derive(Template)]
#[template(path = "dues/claim.html")]
struct ClaimPage {
    shell: Shell,
    errors: ErrorSummary,
    frozen: Table,
    reference_date: String,
    message: Field,
    fleet: Field,
    filed: Vec<SummaryRow>,
}

async fn claim_page(rx: &Rx, message: &str, fleet: Option<&str>, problems: [Option<String>; 3]) -> Answer {
    let charge = own_charge(rx).await?;
    let computation = charge.computation();
    let [general, message_problem, fleet_problem] = problems;
    let mut shell = shell(rx, rx.t("claim-title"));
    shell.breadcrumb = rx.crumbs(&[("nav-fee", Some("/quota")), ("claim-title", None)]);
    let line = |f: &sportello_core::charges::FrozenFact| format!("{}; {}; {}", f.plate, rx.t(&format!("vehicle-{}", f.kind)).to_lowercase(), f.mass_kg);
    let present: Vec<String> = if is_full(rx) { computation.facts.iter().map(line).collect() } else { Vec::new() };
    let message = Field::textarea("messaggio", rx.t("claim-message")).hint(rx.t("claim-message-hint")).value(message).error(message_problem);
    let fleet = Field::textarea("veicoli", rx.t("claim-fleet")).hint(rx.t("claim-fleet-hint")).value(fleet.map_or_else(|| present.join("\n"), str::to_owned)).error(fleet_problem).rows(10);
    let errors = ErrorSummary::new().general(general).check(&message).check(&fleet);
    let wrong = !errors.is_empty();
    shell.has_errors = wrong;
    let filed = claims::of_firm(rx.cx(), charge.firm_id).await?;
    let filed = filed
        .iter()
        .map(|c| {
            let row = SummaryRow::new(rx.moment(c.created_at), rx.t(&format!("claim-state-{}", c.state)));
            c.answer.iter().fold(row, |row, answer| row.line(answer))
        })
        .collect();
    let reference_date = computation.reference_date.parse().map_or_else(|_| computation.reference_date.clone(), |d| rx.date(d));
    let template = ClaimPage { shell, errors, frozen: vehicles_table(rx, &computation), reference_date, message, fleet, filed };
    if wrong { web::form_again(rx, &template) } else { web::page(rx, &template) }
}

pub(super) async fn claim_form(rx: Rx) -> Answer {
    claim_page(&rx, "", None, [None, None, None]).await
}

/// "This is not my fleet": the firm says which one is.
pub(super) async fn claim(rx: Rx, fields: Fields) -> Answer {
    let (_, year, _) = current(&rx).await?;
    let (message, typed) = (fields.get("messaggio"), fields.raw("veicoli"));
    let missing = message.is_empty().then(|| rx.t("claim-message-missing"));
    let vehicles = match (vehicles(&rx, typed), missing) {
        (Ok(vehicles), None) => vehicles,
        (vehicles, missing) => return claim_page(&rx, message, Some(typed), [None, missing, vehicles.err()]).await,
    };
    match claims::file(rx.cx(), year, message, vehicles).await {
        Ok(_) => Ok(web::to_with_flash(&rx, "/quota", Tone::Success, "claim-filed")),
        Err(ClaimError::Ground(error)) => Err(error.into()),
        Err(error) => claim_page(&rx, message, Some(typed), [Some(rx.t(error.text_key())), None, None]).await,
    }
}

/// One vehicle a line: plate; kind; mass.
fn vehicles(rx: &Rx, text: &str) -> Result<Vec<Vehicle>, String> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(at, line)| vehicle(line).ok_or_else(|| rx.tr("claim-fleet-line", &[("line", (at + 1).into()), ("text", line.trim().into())]))).collect()
}

fn vehicle(line: &str) -> Option<Vehicle> {
    let mut parts = line.split([';', ',', '\t']).map(str::trim);
    let plate = Plate::parse(parts.next()?).ok()?;
    let kind = parts.next()?;
    let kind = VehicleKind::from_italian(kind).or_else(|| VehicleKind::from_key(&kind.to_lowercase()))?;
    let mass: String = parts.next()?.chars().filter(char::is_ascii_digit).collect();
    let mass_kg = mass.parse().ok().filter(|m| (1..=LARGEST_MASS_KG).contains(m))?;
    parts.next().is_none().then_some(Vehicle { plate, kind, mass_kg })
}
