//! The tables of the decree of 23 December 1976 (D.M. 23-12-1976, G.U. 345 of 29-12-1976), articles 1 to 9.

/// What a character at an odd position (counted from 1) adds to the check sum: the letters A to Z. The digits 0 to 9
/// add the same as the letters A to J.
const ODD: [u8; 26] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/// The letters of the months from January to December.
const MONTHS: &[u8; 12] = b"ABCDEHLMPRST";

/// The letters that stand for the digits 0 to 9 in a code changed to tell two people apart (omocodia, article 6).
const OMOCODIA: &[u8; 10] = b"LMNPQRSTUV";

/// The positions (from 0) that hold digits, in the order in which the Revenue replaces them.
pub(super) const DIGIT_POSITIONS: [usize; 7] = [14, 13, 12, 10, 9, 7, 6];

/// The position (from 0) of the letter of the month.
pub(super) const MONTH_POSITION: usize = 8;

/// The check character of the first fifteen characters, which are capital letters and digits.
pub(super) fn check_character(body: &[u8]) -> u8 {
    let value = |b: u8| if b.is_ascii_digit() { b - b'0' } else { b - b'A' };
    let sum: u32 = body
        .iter()
        .enumerate()
        .map(|(i, &b)| u32::from(if i % 2 == 0 { ODD[usize::from(value(b)) % 26] } else { value(b) }))
        .sum();
    b'A' + (sum % 26) as u8
}

/// The month (1 to 12) of its letter.
pub(super) fn month_of(letter: u8) -> Option<i8> {
    MONTHS.iter().zip(1..).find(|&(&l, _)| l == letter).map(|(_, month)| month)
}

/// The letter of a month, 1 to 12.
pub(super) fn month_letter(month: i8) -> u8 {
    MONTHS[usize::from(month.unsigned_abs().saturating_sub(1)) % 12]
}

/// The digit that a character of a digit position means, as ASCII.
pub(super) fn plain_digit(b: u8) -> Option<u8> {
    if b.is_ascii_digit() {
        return Some(b);
    }
    OMOCODIA.iter().zip(b'0'..).find(|&(&l, _)| l == b).map(|(_, digit)| digit)
}

/// The letter that replaces an ASCII digit.
pub(super) fn omocodic_letter(digit: u8) -> u8 {
    OMOCODIA[usize::from(digit.saturating_sub(b'0')) % 10]
}
