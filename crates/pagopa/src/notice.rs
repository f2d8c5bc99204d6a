//! The number of a payment notice (`numero avviso`, in the older documents `codice avviso`).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::iuv::Iuv;

const DIGITS: usize = 18;
/// 10^17, the weight of the aux digit.
const AUX_WEIGHT: u64 = 100_000_000_000_000_000;
/// 10^15, the weight of the last digit of the segregation code.
const SEGREGATION_WEIGHT: u64 = 1_000_000_000_000_000;
/// 10^13, the first number that has too many digits for the base of an IUV.
const BASE_LIMIT: u64 = 10_000_000_000_000;

/// The eighteen digits that a payer types at a counter or in an app.
///
/// New creditors have aux digit 3: `3`, two digits that separate the creditor's archives ([`SegregationCode`]),
/// thirteen digits the creditor chooses, two check digits (specification SACI, "Numero Avviso"). The other aux digits
/// are deprecated and only read.
///
/// [`NoticeNumber::generate`] is strict, [`NoticeNumber::parse`] lenient: a payment service provider may, but need
/// not, verify the check digits, and examples in pagoPA's own documents have wrong ones.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NoticeNumber(u64);

/// What the first digit of a notice number says about the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CodeClass {
    /// `0`: two digits of an application code, thirteen of base, two of check. Deprecated.
    ApplicationCode,
    /// `1`: seventeen digits without a rule. Deprecated.
    Free,
    /// `2`: fifteen digits of base, two of check. Deprecated.
    SingleArchive,
    /// `3`: two digits of segregation code, thirteen of base, two of check.
    Segregated,
    /// `4` to `9`: not assigned.
    Unassigned,
}

/// Why a text or a number is not a notice number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoticeNumberError {
    /// The text does not hold exactly eighteen digits.
    #[error("a notice number has 18 digits")]
    Digits,
    /// The base to generate from has more than thirteen digits.
    #[error("the base of a notice number has at most 13 digits")]
    Base,
}

impl NoticeNumber {
    /// Makes the number with aux digit 3 for a base of at most thirteen digits, with its check digits.
    ///
    /// The creditor must never use a base twice with the same segregation code.
    pub fn generate(segregation: SegregationCode, base: u64) -> Result<Self, NoticeNumberError> {
        if base >= BASE_LIMIT {
            return Err(NoticeNumberError::Base);
        }
        let checked = (300 + u64::from(segregation.0)) * BASE_LIMIT + base;
        Ok(Self(checked * 100 + checked % 93))
    }

    /// Reads eighteen digits; spaces are ignored wherever they stand, check digits are not verified.
    pub fn parse(text: &str) -> Result<Self, NoticeNumberError> {
        let mut number = 0_u64;
        let mut count = 0;
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            let digit = c.to_digit(10).ok_or(NoticeNumberError::Digits)?;
            count += 1;
            if count > DIGITS {
                return Err(NoticeNumberError::Digits);
            }
            number = number * 10 + u64::from(digit);
        }
        if count == DIGITS { Ok(Self(number)) } else { Err(NoticeNumberError::Digits) }
    }

    /// The first digit, 0 to 9.
    #[must_use]
    pub const fn aux_digit(self) -> u8 {
        // An eighteen-digit number divided by 10^17 is one digit.
        (self.0 / AUX_WEIGHT) as u8
    }

    /// The structure of the number.
    #[must_use]
    pub const fn class(self) -> CodeClass {
        match self.aux_digit() {
            0 => CodeClass::ApplicationCode,
            1 => CodeClass::Free,
            2 => CodeClass::SingleArchive,
            3 => CodeClass::Segregated,
            _ => CodeClass::Unassigned,
        }
    }

    /// Whether the last two digits are the remainder modulo 93 of the sixteen before them.
    ///
    /// Always true for aux digit 1, whose numbers carry no check digits; never for an unassigned aux digit.
    #[must_use]
    pub const fn check_is_valid(self) -> bool {
        match self.class() {
            CodeClass::Free => true,
            CodeClass::Unassigned => false,
            _ => (self.0 / 100) % 93 == self.0 % 100,
        }
    }

    /// The code that separates the creditor's archives; only numbers with aux digit 3 have one.
    #[must_use]
    pub const fn segregation(self) -> Option<SegregationCode> {
        match self.class() {
            CodeClass::Segregated => Some(SegregationCode((self.0 / SEGREGATION_WEIGHT % 100) as u8)),
            _ => None,
        }
    }

    /// The creditor's reference of the payment: the digits after the aux digit, and for aux digit 0 also after the
    /// application code. Seventeen digits, fifteen for aux digit 0.
    #[must_use]
    pub fn iuv(self) -> Iuv {
        match self.class() {
            CodeClass::ApplicationCode => Iuv::of_digits(self.0 % SEGREGATION_WEIGHT, 15),
            _ => Iuv::of_digits(self.0 % AUX_WEIGHT, 17),
        }
    }

    /// The number as it is printed on a notice, in groups of four: `3020 1238 7654 3123 86`.
    #[must_use]
    pub fn printed(self) -> String {
        let digits = self.to_string();
        let groups: Vec<&str> = (0..DIGITS).step_by(4).map(|at| &digits[at..(at + 4).min(DIGITS)]).collect();
        groups.join(" ")
    }
}

impl FromStr for NoticeNumber {
    type Err = NoticeNumberError;

    fn from_str(text: &str) -> Result<Self, NoticeNumberError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for NoticeNumber {
    type Error = NoticeNumberError;

    fn try_from(text: String) -> Result<Self, NoticeNumberError> {
        Self::parse(&text)
    }
}

impl From<NoticeNumber> for String {
    fn from(notice: NoticeNumber) -> Self {
        notice.to_string()
    }
}

impl fmt::Display for NoticeNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:018}", self.0)
    }
}

impl fmt::Debug for NoticeNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NoticeNumber({self})")
    }
}

/// The two digits that separate the archives of one creditor (`codice di segregazione`), assigned when a station is
/// connected to the node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SegregationCode(u8);

/// The number is not a segregation code of the asked kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a creditor's segregation code is 00 to 49; 50 to 99 are reserved for services common to many creditors")]
pub struct SegregationCodeError;

impl SegregationCode {
    /// A code that creditors assign to themselves: 0 to 49.
    pub const fn new(code: u8) -> Result<Self, SegregationCodeError> {
        if code < 50 { Ok(Self(code)) } else { Err(SegregationCodeError) }
    }

    /// A code of a service common to many creditors, such as 97 (one-stop shops of the Chambers of Commerce): 50 to 99.
    pub const fn reserved(code: u8) -> Result<Self, SegregationCodeError> {
        if code >= 50 && code < 100 { Ok(Self(code)) } else { Err(SegregationCodeError) }
    }

    /// The code as a number, 0 to 99.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl fmt::Display for SegregationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.0)
    }
}
