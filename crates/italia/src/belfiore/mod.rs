//! The codes of municipalities and states that tax codes and land registers use, named after their author, Belfiore.
//!
//! A code outlives its place: whoever was born in a municipality keeps its code when it is merged into another, and
//! the registry offices go on writing it. So the table holds every period back to 1861, and a code is never refused
//! for its date.

mod table;

use crate::date::CalendarDate;
use crate::letters::plain_letters;
use crate::province::Province;
use crate::text::{Ascii, compact, spelled};
use std::ops::Range;

/// The code of a municipality (`H501` Rome) or of a state (`Z103` Belgium), present or past, found in the table.
///
/// ```
/// use italia::{BelfioreCode, CalendarDate};
///
/// let agrigento = BelfioreCode::parse("a089")?;
/// assert_eq!(agrigento.name(), "Agrigento");
/// let then = agrigento.on(CalendarDate::new(1900, 1, 1)?).expect("it was founded long before");
/// assert_eq!(then.name(), "Girgenti");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BelfioreCode(Ascii<4>);

impl BelfioreCode {
    /// Reads a letter and three digits, in any case, and looks them up.
    pub fn parse(input: &str) -> Result<Self, BelfioreError> {
        let text = compact(input, &['.']);
        let bytes = <[u8; 4]>::try_from(text.as_bytes()).map_err(|_| BelfioreError::Form)?;
        if !bytes[0].is_ascii_uppercase() || !bytes[1..].iter().all(u8::is_ascii_digit) {
            return Err(BelfioreError::Form);
        }
        Self::from_bytes(bytes).ok_or(BelfioreError::Unknown)
    }

    /// The code made of these bytes, if the table has it.
    pub(crate) fn from_bytes(bytes: [u8; 4]) -> Option<Self> {
        table::lines_of(&bytes).next().map(|_| Self(Ascii::new(bytes)))
    }

    /// A code that has been looked up before.
    pub(crate) fn known(bytes: [u8; 4]) -> Self {
        Self(Ascii::new(bytes))
    }

    /// The letter and the three digits.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether the code means a foreign state and not an Italian municipality.
    pub fn is_state(&self) -> bool {
        self.0.bytes()[0] == b'Z'
    }

    /// What the code meant, period by period, in the order of time. A few old periods overlap in the sources.
    pub fn periods(&self) -> impl Iterator<Item = Period> + use<> {
        table::lines_of(self.0.bytes()).map(Period)
    }

    /// What the code meant on a day. `None` outside its periods, which does not make a tax code wrong: registry
    /// offices have written codes before and after the dates in the archives.
    pub fn on(&self, day: CalendarDate) -> Option<Period> {
        self.periods()
            .find(|period| period.from().is_none_or(|from| from <= day) && period.to().is_none_or(|to| day <= to))
    }

    /// What the code meant last: what it means today, unless it has ceased.
    pub fn latest(&self) -> Period {
        self.periods().last().unwrap_or(Period("\t\t\t\t"))
    }

    /// The latest name, in Italian.
    pub fn name(&self) -> &'static str {
        self.latest().name()
    }

    /// Whether the municipality or state is in being, as far as the archives tell.
    pub fn is_current(&self) -> bool {
        self.latest().to().is_none()
    }
}

spelled!(BelfioreCode, BelfioreError);

impl std::fmt::Debug for BelfioreCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "BelfioreCode({})", self.as_str())
    }
}

/// What a code meant during one period: a name and a province.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period(&'static str);

impl Period {
    /// The Italian name.
    pub fn name(&self) -> &'static str {
        self.field(4)
    }

    /// Another name: the second language of a municipality that has two, the English name of a state.
    pub fn other_name(&self) -> Option<&'static str> {
        Some(self.field(5)).filter(|name| !name.is_empty())
    }

    /// The province the municipality belonged to; none for a state.
    pub fn province(&self) -> Option<Province> {
        Province::parse(self.field(1)).ok()
    }

    /// The first day; unknown for most states.
    pub fn from(&self) -> Option<CalendarDate> {
        date(self.field(2))
    }

    /// The last day; none while it lasts.
    pub fn to(&self) -> Option<CalendarDate> {
        date(self.field(3))
    }

    fn field(&self, i: usize) -> &'static str {
        self.0.split('\t').nth(i).unwrap_or_default()
    }
}

/// Shows the name and the province, as in `Roma (RM)`.
impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())?;
        self.province().map_or(Ok(()), |province| write!(f, " ({province})"))
    }
}

impl std::fmt::Debug for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Period({self})")
    }
}

/// Every code with every period, in the order of the codes.
pub fn all() -> impl Iterator<Item = (BelfioreCode, Period)> {
    table::TEXT.lines().filter_map(|line| {
        let bytes = <[u8; 4]>::try_from(line.as_bytes().get(..4)?).ok()?;
        Some((BelfioreCode::known(bytes), Period(line)))
    })
}

/// The codes that ever bore a name, in either language; capitals, accents, apostrophes and hyphens do not count.
/// A name can have several codes: towns of the same name, or one that was divided.
///
/// ```
/// let codes: Vec<String> = italia::belfiore::named("san dona' di piave").map(|code| code.to_string()).collect();
/// assert_eq!(codes, ["H823"]);
/// ```
pub fn named(name: &str) -> impl Iterator<Item = BelfioreCode> + use<> {
    let wanted = plain_letters(name).unwrap_or_default();
    let mut last = None;
    matching(move |letters| !wanted.is_empty() && letters == wanted)
        .filter_map(move |(code, _)| (last.replace(code) != Some(code)).then_some(code))
}

/// The codes and periods whose name, in either language, begins like `beginning`: for a field that completes what is
/// typed. The whole table is walked, in about a millisecond.
pub fn beginning_with(beginning: &str) -> impl Iterator<Item = (BelfioreCode, Period)> + use<> {
    let wanted = plain_letters(beginning).unwrap_or_default();
    matching(move |letters| !wanted.is_empty() && letters.starts_with(&wanted))
}

fn matching(accept: impl Fn(&str) -> bool) -> impl Iterator<Item = (BelfioreCode, Period)> {
    all().filter(move |(_, period)| {
        let names = [Some(period.name()), period.other_name()];
        names.into_iter().flatten().filter_map(|name| plain_letters(name).ok()).any(|letters| accept(&letters))
    })
}

fn date(digits: &str) -> Option<CalendarDate> {
    let part = |range: Range<usize>| digits.get(range)?.parse::<i16>().ok();
    let small = |range: Range<usize>| part(range).and_then(|value| i8::try_from(value).ok());
    CalendarDate::new(part(0..4)?, small(4..6)?, small(6..8)?).ok()
}

/// Why a text is not the code of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BelfioreError {
    /// Not a letter and three digits.
    #[error("the code of a place is a letter and three digits")]
    Form,
    /// No municipality or state has ever had the code.
    #[error("no municipality or state has this code")]
    Unknown,
}

impl BelfioreError {
    /// A stable name for the text shown to the user.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Unknown => "birthplace",
        }
    }
}

#[cfg(test)]
mod tests;
