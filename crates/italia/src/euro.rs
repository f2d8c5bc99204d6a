//! Amounts of money in euro, exact to the cent.

use crate::text::{is_dash, is_gap};
use std::fmt;
use std::iter::Sum;

/// An amount in euro, held as a whole number of cents. No floating point anywhere, so sums are exact.
///
/// ```
/// use italia::Euro;
///
/// let fee: Euro = "35,16".parse()?;
/// assert_eq!(fee, Euro::from_cents(3516));
/// assert_eq!(fee.to_string(), "35.16");
/// assert_eq!(Euro::parse("€ 1.234,56")?.to_italian(), "1.234,56\u{a0}€");
/// assert_eq!(Euro::parse("1.234,56")?.to_english(), "€1,234.56");
/// // VAT of 22 % on 16.31, rounded to the cent.
/// assert_eq!(Euro::from_cents(1631).percent(2200), Some(Euro::from_cents(359)));
/// # Ok::<(), italia::euro::EuroError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Euro(i64);

impl Euro {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// An amount in cents.
    pub const fn from_cents(cents: i64) -> Self {
        Self(cents)
    }

    /// The amount in cents.
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// Reads an amount as machines write it (`35.16`) or as Italians do (`35,16`, `1.234,56`), with one or two
    /// decimals or none, with spaces, with `€` or `EUR` at either end, with a sign in front.
    ///
    /// A dot before exactly three digits groups thousands (`1.234` is one thousand two hundred and thirty-four), for
    /// amounts have two decimals. A comma before exactly three digits is refused: an Italian would read it as
    /// decimals, an Englishman as thousands. English grouping is read when decimals settle the question (`1,234.56`).
    pub fn parse(input: &str) -> Result<Self, EuroError> {
        let text: String = input.chars().filter(|&c| !is_gap(c)).collect();
        let (negative, text) = unsigned(&text);
        let text = without_currency(text);
        let (negative, text) = if negative { (true, text) } else { unsigned(text) };
        if text.is_empty() {
            return Err(EuroError::Empty);
        }
        if let Some(found) = text.chars().find(|c| !(c.is_ascii_digit() || matches!(c, '.' | ','))) {
            return Err(EuroError::IllegalCharacter { found });
        }
        let (whole, decimals) = split_decimals(text)?;
        let cents = cents_of(&whole, decimals).ok_or(EuroError::OutOfRange)?;
        i64::try_from(if negative { -cents } else { cents }).map(Self).map_err(|_| EuroError::OutOfRange)
    }

    /// The sum, or `None` when it does not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference, or `None` when it does not fit.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// So many times the amount, or `None` when it does not fit.
    pub fn checked_mul(self, times: i64) -> Option<Self> {
        self.0.checked_mul(times).map(Self)
    }

    /// The sum of all, or `None` when it does not fit.
    pub fn checked_sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// A share in hundredths of a percent (2200 is 22 %), rounded to the nearest cent, halves away from zero; `None`
    /// when it does not fit.
    pub fn percent(self, hundredths: u32) -> Option<Self> {
        let exact = i128::from(self.0) * i128::from(hundredths);
        let rounded = (exact.abs() + 5_000) / 10_000 * exact.signum();
        i64::try_from(rounded).ok().map(Self)
    }

    /// Whether the amount is nothing at all.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Whether the amount is below zero.
    pub fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// For Italian readers: `1.234,56 €`, with a no-break space.
    pub fn to_italian(self) -> String {
        format!("{}{},{:02}\u{a0}€", self.sign(), grouped(self.whole(), '.'), self.decimals())
    }

    /// For English readers: `€1,234.56`.
    pub fn to_english(self) -> String {
        format!("{}€{}.{:02}", self.sign(), grouped(self.whole(), ','), self.decimals())
    }

    fn sign(self) -> &'static str {
        if self.0 < 0 { "-" } else { "" }
    }

    fn whole(self) -> u64 {
        self.0.unsigned_abs() / 100
    }

    fn decimals(self) -> u64 {
        self.0.unsigned_abs() % 100
    }
}

/// Takes the sign off the front; true when it was a minus.
fn unsigned(text: &str) -> (bool, &str) {
    match text.strip_prefix(is_dash) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn without_currency(text: &str) -> &str {
    let names = ["€", "EUR", "eur", "Eur", "EURO", "euro", "Euro"];
    let front = names.iter().filter_map(|name| text.strip_prefix(name)).min_by_key(|rest| rest.len());
    let text = front.unwrap_or(text);
    let back = names.iter().filter_map(|name| text.strip_suffix(name)).min_by_key(|rest| rest.len());
    back.unwrap_or(text)
}

/// The digits of the whole euro without grouping, and the decimals (none, one or two digits).
fn split_decimals(text: &str) -> Result<(String, &str), EuroError> {
    let decimal = match (text.rfind('.'), text.rfind(',')) {
        (Some(dot), Some(comma)) => Some(dot.max(comma)),
        (None, Some(comma)) => Some(comma),
        (Some(dot), None) if text.len() - dot != 4 => Some(dot),
        _ => None,
    };
    let (whole, decimals) = decimal.map_or((text, None), |at| (&text[..at], Some(&text[at + 1..])));
    if decimals.is_some_and(|digits| !(1..=2).contains(&digits.len())) {
        return Err(EuroError::Decimals);
    }
    // With a decimal comma the groups are parted by dots, and the other way round.
    let separator = if decimal.is_some_and(|at| text[at..].starts_with('.')) { ',' } else { '.' };
    let mut groups = whole.split(separator);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let plain = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let fine = plain(first) && rest.iter().all(|group| plain(group) && group.len() == 3);
    if !fine || (!rest.is_empty() && first.len() > 3) {
        return Err(EuroError::Grouping);
    }
    Ok((whole.replace(separator, ""), decimals.unwrap_or_default()))
}

/// Wider than an amount, because the lowest amount has no positive twin.
fn cents_of(whole: &str, decimals: &str) -> Option<i128> {
    let decimals: i128 = format!("{decimals:0<2}").parse().ok()?;
    whole.parse::<i128>().ok()?.checked_mul(100)?.checked_add(decimals)
}

fn grouped(value: u64, separator: char) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// Adds amounts up.
///
/// # Panics
/// When the sum passes 92 million billion euro; [`Euro::checked_sum`] returns `None` instead.
impl Sum for Euro {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        match Self::checked_sum(amounts) {
            Some(sum) => sum,
            None => panic!("a sum of euro passed the range of 64 bits"),
        }
    }
}

impl<'a> Sum<&'a Euro> for Euro {
    fn sum<I: Iterator<Item = &'a Euro>>(amounts: I) -> Self {
        amounts.copied().sum()
    }
}

crate::text::parsed!(Euro, EuroError);

/// The machine form: `35.16`, always two decimals, no grouping.
impl fmt::Display for Euro {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}{}.{:02}", self.sign(), self.whole(), self.decimals()))
    }
}

/// Why a text is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EuroError {
    /// Nothing was given.
    #[error("the amount is empty")]
    Empty,
    /// Neither a digit nor a separator.
    #[error("an amount cannot have the character {found:?}")]
    IllegalCharacter {
        /// The character.
        found: char,
    },
    /// Not one or two decimals.
    #[error("an amount has one or two decimals, or none")]
    Decimals,
    /// Separators that do not part the digits by three.
    #[error("the separators do not part the digits by three")]
    Grouping,
    /// More than 92 million billion euro.
    #[error("the amount is out of range")]
    OutOfRange,
}

impl EuroError {
    /// A stable name for the text shown to the user.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::IllegalCharacter { .. } => "illegal-character",
            Self::Decimals => "decimals",
            Self::Grouping => "grouping",
            Self::OutOfRange => "out-of-range",
        }
    }
}

#[cfg(test)]
mod tests;
