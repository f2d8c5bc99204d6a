//! Claims about a fleet: the fleet on record beside the one that the firm declares, and the decision.

use std::collections::BTreeMap;

use askama::Template;
use sportello_core::access::Operation;
use sportello_core::people::{self, Firm};
use web::form::{Choice, Choices, ErrorSummary, Field};
use web::parts::{SummaryRow, Tone};
use web::shell::Shell;
use web::table::{Cell, Table};
use web::{Answer, Failure, Fields, Rx};

use super::fee::{fee_error, fee_failure, vehicle_kind};
use super::frame::{Id, Section, allow, enter, inner, may, shell};
use super::timeline::claim_state;
use super::words;
use crate::claims::{self, ClaimError, ClaimId, ClaimState, Comparison, Decision, OpenClaim};
use crate::fleet::Vehicle;

const LONGEST_ANSWER: u32 = 2_000;

#[derive(Template)]
#[template(path = "office/claims.html")]
struct List {
    shell: Shell,
    table: Option<Table>,
}

pub(super) async fn list(rx: Rx) -> Answer {
    enter(&rx, Section::Claims)?;
    let open = claims::open(rx.cx()).await?;
    let table = (!open.is_empty()).then(|| table(&rx, &open));
    web::page(&rx, &List { shell: shell(&rx, Section::Claims), table })
}

fn table(rx: &Rx, open: &[OpenClaim]) -> Table {
    let mut table = Table::new(rx.t("office-claims-caption"))
        .column(rx.t("office-firm"))
        .column(rx.t("office-albo-number"))
        .column(rx.t("office-year"))
        .column(rx.t("office-arrived"))
        .column(rx.t("office-claim-message"));
    for claim in open {
        let message: String = claim.message.chars().take(120).collect();
        table = table.row([
            Cell::link(&claim.name, rx.url(&format!("/ufficio/contestazioni/{}", claim.id))),
            Cell::text(&claim.albo_number),
            Cell::text(claim.year.to_string()),
            Cell::text(words::when(claim.created_at)),
            Cell::text(message),
        ]);
    }
    table
}

#[derive(Template)]
#[template(path = "office/claim.html")]
struct Page {
    shell: Shell,
    errors: ErrorSummary,
    firm_href: String,
    rows: Vec<SummaryRow>,
    message: String,
    fleets: Table,
    may_decide: bool,
    decision: Choices,
    answer: Field,
    back: String,
}

/// What was typed, and what is wrong with it.
#[derive(Default)]
struct Draft<'a> {
    decision: &'a str,
    answer: &'a str,
    decision_error: Option<String>,
    answer_error: Option<String>,
    general: Option<String>,
}

async fn found(rx: &Rx, id: ClaimId) -> Result<(Comparison, Firm), Failure> {
    let comparison = match claims::compare(rx.cx(), id).await {
        Ok(comparison) => comparison,
        Err(ClaimError::Ground(error)) => return Err(error.into()),
        Err(ClaimError::Fee(error)) => return Err(fee_failure(error)),
        Err(_) => return Err(Failure::NotFound),
    };
    let firm = people::get(rx.cx(), comparison.claim.firm_id).await?;
    Ok((comparison, firm))
}

fn render(rx: &Rx, comparison: &Comparison, firm: &Firm, draft: Draft<'_>) -> Answer {
    let decision = Choices::new("decisione", rx.t("office-claim-decision"))
        .choice(Choice::new("accetta", rx.t("office-claim-accept")).hint(rx.t("office-claim-accept-hint")))
        .choice(Choice::new("rifiuta", rx.t("office-claim-refuse")).hint(rx.t("office-claim-refuse-hint")))
        .selected(draft.decision)
        .error(draft.decision_error);
    let answer = Field::textarea("risposta", rx.t("office-answer"))
        .hint(rx.t("office-claim-answer-hint"))
        .maxlength(LONGEST_ANSWER)
        .value(draft.answer)
        .error(draft.answer_error);
    let errors = ErrorSummary::new().general(draft.general).check(&decision).check(&answer);
    let wrong = !errors.is_empty();
    let claim = &comparison.claim;
    let mut shell = inner(rx, Section::Claims, &firm.name, &[]);
    shell.has_errors = wrong;
    let template = Page {
        shell,
        errors,
        firm_href: rx.url(&format!("/ufficio/imprese/{}", firm.id)),
        rows: rows(rx, comparison, firm),
        message: claim.message.clone(),
        fleets: fleets(rx, comparison),
        may_decide: claim.state() == ClaimState::Open && may(rx, Operation::DecideClaim),
        decision,
        answer,
        back: rx.url(Section::Claims.path()),
    };
    if wrong { web::form_again(rx, &template) } else { web::page(rx, &template) }
}

fn rows(rx: &Rx, comparison: &Comparison, firm: &Firm) -> Vec<SummaryRow> {
    let claim = &comparison.claim;
    let mut rows = vec![
        SummaryRow::new(rx.t("office-year"), claim.year.to_string()).badge(claim_state(rx, claim.state())),
        SummaryRow::new(rx.t("office-albo-number"), &firm.albo_number),
        SummaryRow::new(rx.t("office-arrived"), rx.moment(claim.created_at)),
    ];
    if let Some(charge) = &comparison.charge {
        rows.push(SummaryRow::new(rx.t("office-claim-charge-now"), words::amount(rx, charge.amount())));
    }
    rows.push(SummaryRow::new(rx.t("office-claim-charge-then"), words::amount(rx, comparison.if_accepted)));
    if let Some(at) = claim.decided_at {
        rows.push(SummaryRow::new(rx.t("office-decided-on"), rx.moment(at)));
    }
    if let Some(answer) = &claim.answer {
        rows.push(SummaryRow::new(rx.t("office-answer"), answer));
    }
    rows
}

/// Both fleets in one table, by plate, with what differs.
fn fleets(rx: &Rx, comparison: &Comparison) -> Table {
    let difference = &comparison.difference;
    let counts = [
        ("added", difference.added.len().into()),
        ("removed", difference.removed.len().into()),
        ("changed", difference.changed.len().into()),
    ];
    let mut table = Table::new(rx.tr("office-claim-summary", &counts))
        .column(rx.t("office-plate"))
        .column(rx.t("office-claim-on-record"))
        .column(rx.t("office-claim-declared"))
        .column(rx.t("office-claim-difference"));
    for (plate, (record, declared)) in side_by_side(&comparison.on_record, &comparison.declared) {
        let (tone, key) = differs(record, declared);
        let shown = |vehicle: Option<&Vehicle>| Cell::text(vehicle.map_or_else(|| "–".to_owned(), |v| words_of(rx, v)));
        table = table.row([Cell::text(plate), shown(record), shown(declared), Cell::badge(tone, rx.t(key))]);
    }
    table
}

type Pair<'a> = (Option<&'a Vehicle>, Option<&'a Vehicle>);

fn side_by_side<'a>(record: &'a [Vehicle], declared: &'a [Vehicle]) -> BTreeMap<&'a str, Pair<'a>> {
    let mut pairs: BTreeMap<&str, Pair<'_>> = BTreeMap::new();
    for vehicle in record {
        pairs.entry(vehicle.plate.as_str()).or_default().0 = Some(vehicle);
    }
    for vehicle in declared {
        pairs.entry(vehicle.plate.as_str()).or_default().1 = Some(vehicle);
    }
    pairs
}

fn differs(record: Option<&Vehicle>, declared: Option<&Vehicle>) -> (Tone, &'static str) {
    match (record, declared) {
        (None, _) => (Tone::Info, "office-claim-added"),
        (_, None) => (Tone::Warning, "office-claim-removed"),
        (record, declared) if record == declared => (Tone::Neutral, "office-claim-equal"),
        _ => (Tone::Warning, "office-claim-changed"),
    }
}

fn words_of(rx: &Rx, vehicle: &Vehicle) -> String {
    let kind = vehicle_kind(rx, vehicle.kind.key());
    rx.tr("office-vehicle", &[("kind", kind.into()), ("mass", vehicle.mass_kg.to_string().into())])
}

pub(super) async fn page(rx: Rx, Id(id): Id<ClaimId>) -> Answer {
    enter(&rx, Section::Claims)?;
    let (comparison, firm) = found(&rx, id).await?;
    render(&rx, &comparison, &firm, Draft::default())
}

pub(super) async fn decide(rx: Rx, Id(id): Id<ClaimId>, fields: Fields) -> Answer {
    allow(&rx, Operation::DecideClaim)?;
    let (comparison, firm) = found(&rx, id).await?;
    let answer: String = fields.get("risposta").chars().take(LONGEST_ANSWER as usize).collect();
    let mut draft = Draft { decision: fields.get("decisione"), answer: &answer, ..Draft::default() };
    let decision = match draft.decision {
        "accetta" => Decision::Accept,
        "rifiuta" => Decision::Refuse,
        _ => {
            draft.decision_error = Some(rx.t("office-claim-no-decision"));
            return render(&rx, &comparison, &firm, draft);
        }
    };
    match claims::decide(rx.cx(), id, decision, &answer).await {
        Ok(()) => return Ok(web::to_with_flash(&rx, Section::Claims.path(), Tone::Success, "office-claim-decided")),
        Err(ClaimError::Ground(error)) => return Err(error.into()),
        Err(ClaimError::NoReason) => draft.answer_error = Some(rx.t("office-claim-no-answer")),
        Err(ClaimError::Paid) => draft.general = Some(rx.t("office-claim-paid")),
        Err(ClaimError::Decided) => draft.general = Some(rx.t("office-claim-decided-otherwise")),
        Err(ClaimError::Fee(error)) => draft.general = Some(rx.t(fee_error(&error))),
        Err(_) => return Err(Failure::NotFound),
    }
    render(&rx, &comparison, &firm, draft)
}

#[cfg(test)]
mod tests {
    use italia::Plate;

    use super::*;
    use crate::fleet::VehicleKind;

    fn vehicle(plate: &str, mass_kg: i64) -> Vehicle {
        Vehicle { plate: Plate::parse(plate).unwrap(), kind: VehicleKind::Lorry, mass_kg }
    }

    #[test]
    fn both_fleets_stand_side_by_side_by_plate() {
        let record = [vehicle("AB123CD", 18_000), vehicle("EF456GH", 7_500)];
        let declared = [vehicle("EF456GH", 9_000), vehicle("ZA999ZZ", 3_500), vehicle("AB123CD", 18_000)];
        let pairs = side_by_side(&record, &declared);
        let found: Vec<_> = pairs.iter().map(|(plate, (r, d))| (*plate, differs(*r, *d).1)).collect();
        assert_eq!(
            found,
            [("AB123CD", "office-claim-equal"), ("EF456GH", "office-claim-changed"), ("ZA999ZZ", "office-claim-added")]
        );
        assert_eq!(differs(Some(&record[0]), None).1, "office-claim-removed");
    }
}
