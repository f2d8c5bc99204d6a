//! The computation: fixed part, part by number of vehicles, part by the mass of each.

use italia::Euro;
use jiff::civil::Date;
use sportello_core::charges::{Computation, FrozenFact, Line};

use super::FeeError;
use crate::fleet::{LARGEST_MASS_KG, Vehicle, VehicleKind};
use crate::rules::{Band, Dues, Tariff};

/// Computes the fee of a fleet. Every line cites `act` and the tariff's article; the facts are the vehicles by plate,
/// each with what it adds by its mass. Vehicles too light to pay by mass still count for the size of the fleet.
pub fn compute(tariff: &Tariff, act: &str, reference_date: Date, vehicles: &[Vehicle]) -> Computation {
    let facts = vehicles.iter().map(|v| fact(tariff, v.plate.as_str(), v.kind.key(), v.mass_kg)).collect();
    explained(tariff, act, reference_date, facts)
}

/// The fee of a year for vehicles of which only the masses in kg are known: for the command line and for "what if".
///
/// # Errors
/// [`FeeError::NoSuchYear`], [`FeeError::BadMass`].
pub fn compute_masses(dues: &Dues, year: i64, masses: &[i64]) -> Result<Computation, FeeError> {
    let (fee_year, tariff) = dues.year(year).zip(dues.tariff(year)).ok_or(FeeError::NoSuchYear(year))?;
    if let Some(bad) = masses.iter().find(|mass| !(1..=LARGEST_MASS_KG).contains(*mass)) {
        return Err(FeeError::BadMass(*bad));
    }
    let facts = masses.iter().map(|mass| fact(tariff, "", VehicleKind::Lorry.key(), *mass)).collect();
    Ok(explained(tariff, &fee_year.citation(), fee_year.reference_date, facts))
}

/// One vehicle and what it adds by its mass.
pub(super) fn fact(tariff: &Tariff, plate: &str, kind: &str, mass_kg: i64) -> FrozenFact {
    // Bands tile all numbers from 0, so only a mass that no border lets in has none.
    let amount = tariff.mass_band(mass_kg).map_or(0, |band| band.amount.cents());
    FrozenFact { plate: plate.to_owned(), kind: kind.to_owned(), mass_kg, amount }
}

/// The computation of a fleet from its facts.
pub(super) fn explained(tariff: &Tariff, act: &str, reference_date: Date, mut facts: Vec<FrozenFact>) -> Computation {
    facts.sort_by(|a, b| (&a.plate, a.mass_kg, &a.kind).cmp(&(&b.plate, b.mass_kg, &b.kind)));
    let cite = |article: &str| format!("{act}, {article}");
    let mut lines = vec![line("fixed", None, 1, tariff.fixed, cite(&tariff.fixed_article))];
    if let Some(band) = tariff.fleet_band(facts.len()) {
        lines.push(line("fleet-band", Some(band), 1, band.amount, cite(&tariff.fleet_article)));
    }
    for band in &tariff.mass_bands {
        let count = facts.iter().filter(|f| band.contains(f.mass_kg)).count();
        if count > 0 {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            lines.push(line("mass-band", Some(band), count, band.amount, cite(&tariff.mass_article)));
        }
    }
    Computation { lines, facts, reference_date: reference_date.to_string(), act: act.to_owned() }
}

fn line(what: &str, band: Option<&Band>, count: i64, each: Euro, source: String) -> Line {
    Line {
        what: what.to_owned(),
        from: band.map(|b| b.from),
        to: band.and_then(|b| b.to),
        count,
        each: each.cents(),
        source,
    }
}
