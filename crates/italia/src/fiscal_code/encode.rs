//! From a person's data to the tax code.

use super::error::EncodeError;
use super::person::PersonalCode;
use super::sex::Sex;
use super::tables::month_letter;
use crate::belfiore::BelfioreCode;
use crate::date::CalendarDate;
use crate::letters::plain_letters;

/// What a tax code is computed from.
#[derive(Clone, Copy)]
pub struct PersonalData<'a> {
    /// The surname as the registry office writes it; a married woman's own.
    pub surname: &'a str,
    /// All given names, unless the registry office separated them with a comma: then those before the comma.
    pub name: &'a str,
    /// The day of birth.
    pub birth_date: CalendarDate,
    /// The sex at the registry office.
    pub sex: Sex,
    /// The municipality of birth, or the state for those born abroad.
    pub birthplace: BelfioreCode,
}

impl std::fmt::Debug for PersonalData<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonalData(…)")
    }
}

impl PersonalCode {
    /// The code that the data give, without omocodia. The code that the person really holds may differ in that, and
    /// in what the registry office wrote long ago: a difference is a question to ask, not a proof of error.
    pub fn encode(data: &PersonalData<'_>) -> Result<Self, EncodeError> {
        let mut body = [0; 15];
        body[..3].copy_from_slice(&surname_part(data.surname)?);
        body[3..6].copy_from_slice(&name_part(data.name)?);
        let year = (data.birth_date.year() % 100).unsigned_abs() as u8;
        let day = data.birth_date.day().unsigned_abs() + if data.sex == Sex::Female { 40 } else { 0 };
        body[6..8].copy_from_slice(&two_digits(year));
        body[8] = month_letter(data.birth_date.month());
        body[9..11].copy_from_slice(&two_digits(day));
        body[11..].copy_from_slice(data.birthplace.as_str().as_bytes());
        Ok(Self::from_body(body))
    }

    /// Whether the six letters of the name are those that `surname` and `name` give. `false` also for a name that has
    /// no Latin letters.
    pub fn is_named(&self, surname: &str, name: &str) -> bool {
        let letters = self.as_str().as_bytes();
        surname_part(surname).is_ok_and(|part| part == letters[..3])
            && name_part(name).is_ok_and(|part| part == letters[3..6])
    }
}

/// Consonants in order, then vowels in order, then X; the first three (article 2).
fn surname_part(surname: &str) -> Result<[u8; 3], EncodeError> {
    let (consonants, vowels) = sounds("surname", surname)?;
    Ok(three(&consonants, &vowels))
}

/// Like the surname, but of four or more consonants the second is left out (article 3).
fn name_part(name: &str) -> Result<[u8; 3], EncodeError> {
    let (consonants, vowels) = sounds("name", name)?;
    Ok(match consonants[..] {
        [first, _, third, fourth, ..] => [first, third, fourth],
        _ => three(&consonants, &vowels),
    })
}

fn sounds(field: &'static str, text: &str) -> Result<(Vec<u8>, Vec<u8>), EncodeError> {
    let letters = plain_letters(text).map_err(|found| EncodeError::ForeignLetter { field, found })?;
    if letters.is_empty() {
        return Err(EncodeError::NoLetters { field });
    }
    let (vowels, consonants) = letters.bytes().partition(|b| b"AEIOU".contains(b));
    Ok((consonants, vowels))
}

fn three(consonants: &[u8], vowels: &[u8]) -> [u8; 3] {
    let mut part = [b'X'; 3];
    for (place, letter) in part.iter_mut().zip(consonants.iter().chain(vowels)) {
        *place = *letter;
    }
    part
}

fn two_digits(value: u8) -> [u8; 2] {
    [b'0' + value / 10 % 10, b'0' + value % 10]
}
