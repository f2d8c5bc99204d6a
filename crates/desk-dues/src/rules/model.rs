use italia::Euro;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::Deserialize;
use sportello_core::clock::rome;

/// What a tenant's files say about registration, years and tariffs.
#[derive(Clone, Debug)]
pub struct Dues {
    /// When which way of registering is open.
    pub registration: RegistrationRules,
    /// The fee years, in order.
    pub years: Vec<FeeYear>,
    /// The tariffs, in order.
    pub tariffs: Vec<Tariff>,
}

/// When which way of registering is open; civil times in Rome.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegistrationRules {
    /// From when an address that is not the register's may be given (requirement A-10).
    pub simplified_from: DateTime,
    /// From when such a profile may become full (requirement A-12).
    pub upgrade_from: DateTime,
    /// After so many seconds without an answer of the register a registration goes on provisionally.
    pub provisional_after_seconds: u32,
    /// Where the Chamber of Commerce says how a firm gives it a new certified address; a page of its own, by https.
    pub chamber_url: Option<String>,
}

/// The fee of one year: under which act, for which fleet, until when.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeYear {
    /// The year that is paid for.
    pub year: i64,
    /// The act that sets the fee, as it is cited (requirement A-44).
    pub act: String,
    /// Where the act was published, when that is known.
    pub gazette: Option<String>,
    /// The fleet of this day counts (requirement A-43).
    pub reference_date: Date,
    /// From when the fee can be paid (requirement A-41); civil time in Rome.
    pub opens: DateTime,
    /// From when it can no longer be paid here; for ever by default.
    pub closes: Option<DateTime>,
    /// The last day, as the act sets it.
    pub due: Date,
    /// Later acts that move the last day (requirement A-45), in order.
    #[serde(default, rename = "extension")]
    pub extensions: Vec<Extension>,
    /// Where these dates were found, and what is not certain about them.
    pub source: String,
    /// The data are invented for a demonstration, and pages should say so.
    #[serde(default)]
    pub demonstration: bool,
}

/// An act that moves the last day.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// The new last day.
    pub due: Date,
    /// The act, as it is cited.
    pub act: String,
    /// From which day on the act is known; always by default.
    pub since: Option<Date>,
}

/// What the fee consists of, for the years from `from_year` to `to_year`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tariff {
    /// The first year.
    pub from_year: i64,
    /// The last year.
    pub to_year: i64,
    /// Where the amounts were found, and what is not certain about them.
    pub source: String,
    /// What every firm pays.
    #[serde(deserialize_with = "super::amounts::euro")]
    pub fixed: Euro,
    /// The article of the year's act that sets it.
    pub fixed_article: String,
    /// What is added by the number of vehicles; bands from 0.
    pub fleet_bands: Vec<Band>,
    /// The article that sets it.
    pub fleet_article: String,
    /// What each vehicle adds by its mass in kg; bands from 0.
    pub mass_bands: Vec<Band>,
    /// The article that sets it.
    pub mass_article: String,
    /// The amounts are invented for a demonstration.
    #[serde(default)]
    pub demonstration: bool,
}

/// One band of a tariff; both bounds belong to it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// The lowest number in it.
    pub from: i64,
    /// The highest number in it; none above when absent.
    pub to: Option<i64>,
    /// What it adds.
    #[serde(deserialize_with = "super::amounts::euro")]
    pub amount: Euro,
}

/// Where the calendar of fees stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window<'a> {
    /// No year has opened yet; this one is the first that will.
    NotYet(&'a FeeYear),
    /// The year that opened last, and that can be paid.
    Open(&'a FeeYear),
    /// The year that opened last, and that can no longer be paid here.
    Closed(&'a FeeYear),
}

impl Dues {
    /// The fee year of this number.
    pub fn year(&self, year: i64) -> Option<&FeeYear> {
        self.years.iter().find(|y| y.year == year)
    }

    /// The tariff of a year; every fee year has one.
    pub fn tariff(&self, year: i64) -> Option<&Tariff> {
        self.tariffs.iter().find(|t| (t.from_year..=t.to_year).contains(&year))
    }

    /// The year that opened last, or else the first that will open; [`FeeYear::has_opened`] tells them apart, and so
    /// does [`Dues::window`].
    pub fn current(&self, now: Timestamp) -> Option<&FeeYear> {
        self.window(now).map(Window::year)
    }

    /// The current year with what can be done about it now.
    pub fn window(&self, now: Timestamp) -> Option<Window<'_>> {
        let opened = self.years.iter().filter(|y| y.has_opened(now)).max_by_key(|y| (y.opens, y.year));
        match opened {
            Some(year) if year.is_open(now) => Some(Window::Open(year)),
            Some(year) => Some(Window::Closed(year)),
            None => self.years.iter().min_by_key(|y| (y.opens, y.year)).map(Window::NotYet),
        }
    }
}

impl<'a> Window<'a> {
    /// The year.
    pub fn year(self) -> &'a FeeYear {
        match self {
            Self::NotYet(year) | Self::Open(year) | Self::Closed(year) => year,
        }
    }
}

impl RegistrationRules {
    /// Whether an address that is not the register's may be given.
    pub fn simplified_is_open(&self, now: Timestamp) -> bool {
        self.simplified_from <= civil(now)
    }

    /// Whether a simplified profile may become full.
    pub fn upgrade_is_open(&self, now: Timestamp) -> bool {
        self.upgrade_from <= civil(now)
    }
}

impl FeeYear {
    /// Whether the first day is past.
    pub fn has_opened(&self, now: Timestamp) -> bool {
        self.opens <= civil(now)
    }

    /// Whether the fee can be paid now.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.has_opened(now) && self.closes.is_none_or(|closes| civil(now) < closes)
    }

    /// The act with its place of publication, as lines and papers cite it.
    pub fn citation(&self) -> String {
        match &self.gazette {
            Some(gazette) => format!("{} ({gazette})", self.act),
            None => self.act.clone(),
        }
    }

    /// Firms on the register on this day owe the fee: the last day of the year before (article 1 of the yearly acts).
    pub fn roll_date(&self) -> Option<Date> {
        i16::try_from(self.year - 1).ok().and_then(|year| Date::new(year, 12, 31).ok())
    }
}

impl Band {
    /// Whether a number lies in the band.
    pub fn contains(&self, number: i64) -> bool {
        self.from <= number && self.to.is_none_or(|to| number <= to)
    }
}

impl Tariff {
    /// The band of a fleet of so many vehicles.
    pub fn fleet_band(&self, vehicles: usize) -> Option<&Band> {
        let vehicles = i64::try_from(vehicles).unwrap_or(i64::MAX);
        self.fleet_bands.iter().find(|b| b.contains(vehicles))
    }

    /// The band of a mass in kg.
    pub fn mass_band(&self, mass_kg: i64) -> Option<&Band> {
        self.mass_bands.iter().find(|b| b.contains(mass_kg))
    }
}

/// The civil time in Rome.
fn civil(now: Timestamp) -> DateTime {
    now.to_zoned(rome()).datetime()
}
