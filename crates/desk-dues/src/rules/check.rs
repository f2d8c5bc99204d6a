//! What must hold between the entries of the files; each function gives the reason of the first fault.

use super::model::{Band, FeeYear, RegistrationRules, Tariff};

/// A link that pages show leads to a page.
pub(super) fn registration(rules: &RegistrationRules) -> Result<(), String> {
    match &rules.chamber_url {
        Some(url) if !url.starts_with("https://") => {
            Err(format!("[registration] chamber_url: {url} does not begin with https://"))
        }
        _ => Ok(()),
    }
}

/// The years differ, and the days of each are in order.
pub(super) fn years(years: &[FeeYear]) -> Result<(), String> {
    if years.is_empty() {
        return Err("[[year]]: there is no fee year".to_owned());
    }
    for pair in years.windows(2) {
        if pair[0].year == pair[1].year {
            return Err(format!("[[year]] {}: stands twice", pair[0].year));
        }
    }
    years.iter().try_for_each(|year| days(year).map_err(|reason| format!("[[year]] {}: {reason}", year.year)))
}

fn days(year: &FeeYear) -> Result<(), String> {
    if !(1974..=2200).contains(&year.year) {
        return Err("year: not between 1974 and 2200".to_owned());
    }
    if year.act.trim().is_empty() {
        return Err("act: empty".to_owned());
    }
    if year.due < year.opens.date() {
        return Err(format!("due: {} is before the opening on {}", year.due, year.opens.date()));
    }
    let mut due = year.due;
    for extension in &year.extensions {
        if extension.due <= due {
            return Err(format!("extension: {} does not move the last day {due} forwards", extension.due));
        }
        due = extension.due;
    }
    match year.closes {
        Some(closes) if closes.date() <= due => Err(format!("closes: {closes} is not after the last day {due}")),
        _ => Ok(()),
    }
}

/// No year has two tariffs, and the bands of each tile all numbers from 0.
pub(super) fn tariffs(tariffs: &[Tariff]) -> Result<(), String> {
    for tariff in tariffs {
        let name = name(tariff);
        if tariff.to_year < tariff.from_year {
            return Err(format!("{name}: to_year is before from_year"));
        }
        bands(&tariff.fleet_bands).map_err(|reason| format!("{name}, fleet_bands: {reason}"))?;
        bands(&tariff.mass_bands).map_err(|reason| format!("{name}, mass_bands: {reason}"))?;
    }
    for pair in tariffs.windows(2) {
        if pair[1].from_year <= pair[0].to_year {
            return Err(format!("{}: overlaps with {} in {}", name(&pair[1]), name(&pair[0]), pair[1].from_year));
        }
    }
    Ok(())
}

/// Every fee year has a tariff; that it has no second one is checked by [`tariffs`].
pub(super) fn covered(years: &[FeeYear], tariffs: &[Tariff]) -> Result<(), String> {
    let has = |year: &FeeYear| tariffs.iter().any(|t| (t.from_year..=t.to_year).contains(&year.year));
    match years.iter().find(|year| !has(year)) {
        Some(year) => Err(format!("[[tariff]]: none holds for the fee year {} of dues.toml", year.year)),
        None => Ok(()),
    }
}

fn name(tariff: &Tariff) -> String {
    format!("[[tariff]] {}-{}", tariff.from_year, tariff.to_year)
}

fn bands(bands: &[Band]) -> Result<(), String> {
    let mut next = Some(0);
    for (index, band) in bands.iter().enumerate() {
        let name = || {
            let to = band.to.map_or_else(String::new, |to| to.to_string());
            format!("band {} ({}-{to})", index + 1, band.from)
        };
        let Some(expected) = next else { return Err(format!("{}: follows a band without an end", name())) };
        if band.from > expected {
            return Err(format!("{}: leaves a gap from {expected} to {}", name(), band.from - 1));
        }
        if band.from < expected {
            return Err(format!("{}: overlaps with the band before, which ends at {}", name(), expected - 1));
        }
        if band.to.is_some_and(|to| to < band.from) {
            return Err(format!("{}: ends before it begins", name()));
        }
        next = band.to.map(|to| to.saturating_add(1));
    }
    match next {
        None => Ok(()),
        Some(0) => Err("there are no bands".to_owned()),
        Some(next) => Err(format!("the last band ends at {}: the numbers above belong to no band", next - 1)),
    }
}
