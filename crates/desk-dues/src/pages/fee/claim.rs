//! "This is not my fleet": the form, and what became of the claims filed.

use askama::Template;
use italia::Plate;
use sportello_core::access::Operation;
use sportello_core::charges::FrozenFact;
use web::form::{ErrorSummary, Field};
use web::parts::{SummaryRow, Tone};
use web::shell::Shell;
use web::table::Table;
use web::{Answer, Fields, Rx};

use super::computation::vehicles_table;
use super::{current, is_full, own_charge, shell};
use crate::claims::{self, ClaimError};
use crate::fleet::{LARGEST_MASS_KG, Vehicle, VehicleKind};

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
    open: bool,
}

async fn claim_page(rx: &Rx, message: &str, fleet: Option<&str>, problems: [Option<String>; 3]) -> Answer {
    let charge = own_charge(rx).await?;
    let computation = charge.computation();
    let [general, message_problem, fleet_problem] = problems;
    let mut shell = shell(rx, rx.t("claim-title"));
    shell.breadcrumb = rx.crumbs(&[("nav-fee", Some("/quota")), ("claim-title", None)]);
    let line =
        |f: &FrozenFact| format!("{}; {}; {}", f.plate, rx.t(&format!("vehicle-{}", f.kind)).to_lowercase(), f.mass_kg);
    let present: Vec<String> = if is_full(rx) { computation.facts.iter().map(line).collect() } else { Vec::new() };
    let message = Field::textarea("messaggio", rx.t("claim-message"))
        .hint(rx.t("claim-message-hint"))
        .value(message)
        .error(message_problem);
    let fleet = Field::textarea("veicoli", rx.t("claim-fleet"))
        .hint(rx.t("claim-fleet-hint"))
        .value(fleet.map_or_else(|| present.join("\n"), str::to_owned))
        .error(fleet_problem)
        .rows(10);
    let errors = ErrorSummary::new().general(general).check(&message).check(&fleet);
    let wrong = !errors.is_empty();
    shell.has_errors = wrong;
    let filed = claims::of_firm(rx.cx(), charge.firm_id).await?;
    let open = filed.iter().any(|c| c.year == charge.year && c.state == "open");
    let filed = filed
        .iter()
        .map(|c| {
            let row = SummaryRow::new(rx.moment(c.created_at), rx.t(&format!("claim-state-{}", c.state)));
            c.answer.iter().fold(row, SummaryRow::line)
        })
        .collect();
    let reference_date =
        computation.reference_date.parse().map_or_else(|_| computation.reference_date.clone(), |d| rx.date(d));
    let template = ClaimPage {
        shell,
        errors,
        frozen: vehicles_table(rx, &computation),
        reference_date,
        message,
        fleet,
        filed,
        open,
    };
    if wrong { web::form_again(rx, &template) } else { web::page(rx, &template) }
}

pub(in crate::pages) async fn claim_form(rx: Rx) -> Answer {
    rx.level_for(Operation::ClaimFleet)?;
    claim_page(&rx, "", None, [None, None, None]).await
}

/// "This is not my fleet": the firm says which one is.
pub(in crate::pages) async fn claim(rx: Rx, fields: Fields) -> Answer {
    rx.level_for(Operation::ClaimFleet)?;
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
    lines
        .map(|(at, line)| {
            vehicle(line)
                .ok_or_else(|| rx.tr("claim-fleet-line", &[("line", (at + 1).into()), ("text", line.trim().into())]))
        })
        .collect()
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
