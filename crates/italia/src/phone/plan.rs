//! Numbering plans: the Italian one (AGCOM, delibera 8/15/CIR), and the lengths of the country codes (ITU-T E.164).

use super::PhoneError;

/// Two-digit country codes. `1` and `7` stand alone, and all others have three digits.
const TWO_DIGIT_COUNTRIES: &[&str] = &[
    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49", "51",
    "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84", "86", "90",
    "91", "92", "93", "94", "95", "98",
];

/// How many of the first digits are the country code.
pub(super) fn country_code_length(digits: &str) -> usize {
    match digits.get(..2) {
        _ if digits.starts_with(['1', '7']) => 1,
        Some(two) if TWO_DIGIT_COUNTRIES.contains(&two) => 2,
        _ => 3,
    }
}

/// Accepts a number of the Italian plan, without country code: mobiles begin with 3, landlines with 0, toll-free and
/// shared-cost numbers with 8 or 1, numbers of internet telephony with 5, personal and data numbers with 7.
pub(super) fn check_italian(national: &str) -> Result<(), PhoneError> {
    let lengths = match national.as_bytes().first() {
        Some(b'0') if !national.starts_with("00") => 6..=11,
        Some(b'3') => 9..=10,
        Some(b'1' | b'5' | b'7' | b'8') => 6..=11,
        None => return Err(PhoneError::Empty),
        _ => return Err(PhoneError::Prefix),
    };
    let found = national.len();
    if lengths.contains(&found) { Ok(()) } else { Err(PhoneError::Length { found }) }
}

/// Whether digits without plus sign begin with Italy's country code. Mobiles also begin with 39, but they have ten
/// digits at most, and what follows the country code begins with 3 or 0.
pub(super) fn is_bare_country(digits: &str) -> bool {
    digits.len() >= 11 && (digits.starts_with("393") || digits.starts_with("390"))
}

/// How many digits the Italian area code has, its zero included: 02 and 06 have two; codes whose third digit is
/// 0, 1, 5 or 9 have three; the others four.
pub(super) fn area_length(national: &str) -> usize {
    let length = match national.as_bytes() {
        [_, b'2' | b'6', ..] => 2,
        [_, _, b'0' | b'1' | b'5' | b'9', ..] => 3,
        _ => 4,
    };
    length.min(national.len())
}

/// How many of `left` digits to write before the next space: threes, and at most four at the end.
pub(super) fn group_length(left: usize) -> usize {
    match left {
        0..=4 => left,
        5 => 2,
        8 => 4,
        _ => 3,
    }
}
