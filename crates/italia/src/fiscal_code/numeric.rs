//! The numeric tax code: eleven digits.

use super::error::FiscalCodeError;
use crate::text::{Ascii, compact, first_illegal, redacted, spelled};

/// The creditors of the pagoPA test environment: their check digit is wrong on purpose.
const SANDBOX: [&str; 2] = ["77777777777", "44444444444"];

/// A tax code of eleven digits: a company, a body, an association; rarely a person, who holds one for some months
/// until the definitive code arrives.
///
/// Seven digits of serial number, three of the issuing office, one check digit (the Luhn rule shared with the VAT
/// number). The office is not checked: new ones are opened without notice.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NumericCode(Ascii<11>);

impl NumericCode {
    /// Reads eleven digits, with spaces, dots and hyphens, after an optional `IT`, or padded on the left to sixteen
    /// characters with zeros, as some forms demand.
    pub fn parse(input: &str) -> Result<Self, FiscalCodeError> {
        Self::from_compact(&compact(input, &['.']))
    }

    /// Like [`parse`](Self::parse), and also accepts the creditors of the pagoPA test environment
    /// (`77777777777`, `44444444444`), which fail the check on purpose. Only for an organisation connected to that
    /// environment.
    pub fn parse_sandbox(input: &str) -> Result<Self, FiscalCodeError> {
        let text = compact(input, &['.']);
        match Self::from_compact(&text) {
            Err(FiscalCodeError::SandboxOnly) => digits(unwrapped(&text)).map(Self),
            other => other,
        }
    }

    pub(super) fn from_compact(text: &str) -> Result<Self, FiscalCodeError> {
        let text = unwrapped(text);
        let code = digits(text)?;
        if SANDBOX.contains(&text) {
            return Err(FiscalCodeError::SandboxOnly);
        }
        let is_zero = code.bytes()[..7].iter().all(|&b| b == b'0');
        if is_zero || !luhn(code.bytes()) {
            return Err(FiscalCodeError::CheckDigit);
        }
        Ok(Self(code))
    }

    /// The eleven digits.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether this is a creditor of the pagoPA test environment, which [`parse`](Self::parse) refuses.
    pub fn is_sandbox(&self) -> bool {
        SANDBOX.contains(&self.as_str())
    }

    /// The three digits of the office (or province) that issued the code.
    pub fn office(&self) -> &str {
        &self.as_str()[7..10]
    }

    pub(crate) fn ascii(self) -> Ascii<11> {
        self.0
    }

    pub(crate) fn from_checked(code: Ascii<11>) -> Self {
        Self(code)
    }
}

spelled!(NumericCode, FiscalCodeError);
redacted!(NumericCode, 3);

/// Takes off the `IT` and the left zeros that people write around eleven digits.
fn unwrapped(text: &str) -> &str {
    let inner = match text.chars().count() {
        13 => text.strip_prefix("IT"),
        16 => text.strip_prefix("00000"),
        _ => None,
    };
    inner.unwrap_or(text)
}

fn digits(text: &str) -> Result<Ascii<11>, FiscalCodeError> {
    if text.is_empty() {
        return Err(FiscalCodeError::Empty);
    }
    let found = text.chars().count();
    if found != 11 {
        return Err(FiscalCodeError::Length { found });
    }
    if let Some((at, found)) = first_illegal(text, |c| c.is_ascii_digit()) {
        return Err(FiscalCodeError::IllegalCharacter { at, found });
    }
    <[u8; 11]>::try_from(text.as_bytes()).map(Ascii::new).map_err(|_| FiscalCodeError::Length { found })
}

/// The rule of Luhn: every second digit counts double, less nine when that passes nine; the sum ends in zero.
pub(crate) fn luhn(digits: &[u8; 11]) -> bool {
    let sum: u32 = digits
        .iter()
        .enumerate()
        .map(|(i, &b)| {
            let digit = u32::from(b - b'0');
            match (i % 2 == 1, digit * 2) {
                (false, _) => digit,
                (true, double @ 0..=9) => double,
                (true, double) => double - 9,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}
