//! The tax code of a natural person: sixteen characters.

use super::error::FiscalCodeError;
use super::sex::Sex;
use super::tables::{DIGIT_POSITIONS, MONTH_POSITION, check_character, month_of, omocodic_letter, plain_digit};
use crate::belfiore::BelfioreCode;
use crate::date::{CalendarDate, days_in};
use crate::text::{Ascii, compact, redacted, spelled};

/// The tax code of a natural person (D.M. 23-12-1976): surname 3 characters, name 3, year 2, month 1, day 2 (women:
/// plus 40), birthplace 4, check 1.
///
/// A parsed code is formally right: every character can stand where it stands, the check character follows, the birth
/// date can exist, and the birthplace is or was a municipality or a state. That does not mean the Revenue has issued
/// it; only the Revenue's service can tell.
///
/// When two people would share a code, the Revenue turns digits of one of them into letters, from the right
/// (*omocodia*). Two codes with the same [`plain`](Self::plain) form are therefore **different people**.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonalCode(Ascii<16>);

impl PersonalCode {
    /// Reads sixteen characters in any case, with spaces, dots and hyphens.
    pub fn parse(input: &str) -> Result<Self, FiscalCodeError> {
        Self::from_compact(&compact(input, &['.']))
    }

    pub(super) fn from_compact(text: &str) -> Result<Self, FiscalCodeError> {
        if text.is_empty() {
            return Err(FiscalCodeError::Empty);
        }
        let found = text.chars().count();
        if found != 16 {
            return Err(FiscalCodeError::Length { found });
        }
        if let Some((i, found)) = text.chars().enumerate().find(|&(i, c)| !fits(i, c)) {
            return Err(FiscalCodeError::IllegalCharacter { at: i + 1, found });
        }
        let bytes = <[u8; 16]>::try_from(text.as_bytes()).map_err(|_| FiscalCodeError::Length { found })?;
        let expected = check_character(&bytes[..15]);
        if bytes[15] != expected {
            return Err(FiscalCodeError::CheckCharacter { expected: char::from(expected) });
        }
        let code = Self(Ascii::new(bytes));
        code.plausible_date()?;
        BelfioreCode::from_bytes(code.place_bytes()).ok_or(FiscalCodeError::Birthplace)?;
        Ok(code)
    }

    /// Builds a code from fifteen characters that the caller knows to be right.
    pub(super) fn from_body(body: [u8; 15]) -> Self {
        let mut bytes = [0; 16];
        bytes[..15].copy_from_slice(&body);
        bytes[15] = check_character(&body);
        Self(Ascii::new(bytes))
    }

    /// The sixteen characters, in capitals.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The last two digits of the birth year, 0 to 99. The code does not hold the century: never take the age from
    /// it alone.
    pub fn birth_year_in_century(&self) -> u8 {
        self.digit(6) * 10 + self.digit(7)
    }

    /// The month of birth, 1 to 12.
    pub fn birth_month(&self) -> i8 {
        month_of(self.0.bytes()[MONTH_POSITION]).unwrap_or(1)
    }

    /// The day of birth, 1 to 31.
    pub fn birth_day(&self) -> i8 {
        (self.day_and_sex() % 40) as i8
    }

    /// The sex written in the code.
    pub fn sex(&self) -> Sex {
        if self.day_and_sex() > 40 { Sex::Female } else { Sex::Male }
    }

    /// The birth date, once the century is known from elsewhere: `birth_date(1900)` for the years 1900 to 1999.
    /// `None` when that year has no 29 February.
    pub fn birth_date(&self, century: i16) -> Option<CalendarDate> {
        let year = century.checked_add(i16::from(self.birth_year_in_century()))?;
        CalendarDate::new(year, self.birth_month(), self.birth_day()).ok()
    }

    /// Whether the code can belong to somebody born on `date`, whatever the century.
    pub fn is_born_on(&self, date: CalendarDate) -> bool {
        date.year() % 100 == i16::from(self.birth_year_in_century())
            && (date.month(), date.day()) == (self.birth_month(), self.birth_day())
    }

    /// The municipality or state of birth. It may have ceased since, and registry offices go on writing the code of
    /// a ceased municipality for those who were born in it.
    pub fn birthplace_code(&self) -> BelfioreCode {
        BelfioreCode::known(self.place_bytes())
    }

    /// Whether digits have been replaced by letters to tell this person from another.
    pub fn is_omocodic(&self) -> bool {
        DIGIT_POSITIONS.iter().any(|&i| !self.0.bytes()[i].is_ascii_digit())
    }

    /// The code with its digits back in place and the check character computed anew: what the person's data alone
    /// would give. See the type about not taking it for an identity.
    pub fn plain(&self) -> PersonalCode {
        self.with_letters(0)
    }

    /// All 128 codes that share this one's data, the plain one first. The others follow the subsets of the seven
    /// digits in binary order, the right-most digit being the lowest bit.
    pub fn omocodic_variants(&self) -> impl Iterator<Item = PersonalCode> + use<> {
        let code = *self;
        (0..128_u8).map(move |letters| code.with_letters(letters))
    }

    fn with_letters(&self, letters: u8) -> PersonalCode {
        let mut body = [0; 15];
        body.copy_from_slice(&self.0.bytes()[..15]);
        for (bit, &i) in DIGIT_POSITIONS.iter().enumerate() {
            let digit = plain_digit(body[i]).unwrap_or(b'0');
            body[i] = if letters >> bit & 1 == 1 { omocodic_letter(digit) } else { digit };
        }
        Self::from_body(body)
    }

    fn digit(&self, i: usize) -> u8 {
        plain_digit(self.0.bytes()[i]).map_or(0, |digit| digit - b'0')
    }

    fn day_and_sex(&self) -> u8 {
        self.digit(9) * 10 + self.digit(10)
    }

    fn place_bytes(&self) -> [u8; 4] {
        let digit = |i| self.digit(i) + b'0';
        [self.0.bytes()[11], digit(12), digit(13), digit(14)]
    }

    /// The century is unknown, so 29 February is right when either century had it, which is every fourth year.
    fn plausible_date(&self) -> Result<(), FiscalCodeError> {
        let longest = days_in(2000 + i16::from(self.birth_year_in_century()), self.birth_month());
        let day = self.birth_day();
        let in_range = matches!(self.day_and_sex(), 1..=31 | 41..=71);
        if in_range && (1..=longest).contains(&day) { Ok(()) } else { Err(FiscalCodeError::BirthDate) }
    }
}

/// Whether a character can stand at position `i`, counted from 0.
fn fits(i: usize, c: char) -> bool {
    let Ok(b) = u8::try_from(c) else { return false };
    if DIGIT_POSITIONS.contains(&i) {
        return plain_digit(b).is_some();
    }
    if i == MONTH_POSITION { month_of(b).is_some() } else { b.is_ascii_uppercase() }
}

spelled!(PersonalCode, FiscalCodeError);
redacted!(PersonalCode, 3);
