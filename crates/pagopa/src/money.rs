//! Amounts as pagoPA moves them: euro with two digits in SOAP, whole cents in REST and in the QR code.

use std::fmt;
use std::str::FromStr;

use italia::Euro;

/// A sum between `LEAST` cents and 999,999,999.99 euro, the largest the node's schema allows.
///
/// `Display` and `FromStr` use the SOAP form, `66.15`. Cents are `u64`, so nothing negative can be written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Money<const LEAST: u64>(u64);

/// A sum to be paid: at least one cent (`stAmountNotZero`).
pub type Amount = Money<1>;

/// A sum that may also be zero, such as the payer's commission (`stAmount`).
pub type Fee = Money<0>;

/// Why a value is not a sum that pagoPA can move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MoneyError {
    /// Not digits, a point and two digits.
    #[error("a sum is written in euro with a point and two digits, such as 66.15")]
    Form,
    /// Zero, negative or over 999,999,999.99 euro.
    #[error("the sum is outside the range that pagoPA can move")]
    Range,
}

impl<const LEAST: u64> Money<LEAST> {
    /// The largest sum, in cents.
    pub const MAX_CENTS: u64 = 99_999_999_999;

    /// Takes a sum in euro.
    pub fn new(euro: Euro) -> Result<Self, MoneyError> {
        Self::from_cents(u64::try_from(euro.cents()).map_err(|_| MoneyError::Range)?)
    }

    /// Takes a sum in cents.
    pub const fn from_cents(cents: u64) -> Result<Self, MoneyError> {
        if cents < LEAST || cents > Self::MAX_CENTS { Err(MoneyError::Range) } else { Ok(Self(cents)) }
    }

    /// The sum in cents.
    #[must_use]
    pub const fn cents(self) -> u64 {
        self.0
    }

    /// The sum in euro.
    #[must_use]
    pub fn euro(self) -> Euro {
        // The largest sum has eleven digits, so the sign bit is never reached.
        Euro::from_cents(i64::try_from(self.0).unwrap_or(i64::MAX))
    }
}

impl<const LEAST: u64> FromStr for Money<LEAST> {
    type Err = MoneyError;

    /// Reads `66.15`. A missing or short fraction is accepted (`66`, `66.1`); signs, commas and exponents are not.
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let text = text.trim();
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "00"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(fraction) || fraction.len() > 2 {
            return Err(MoneyError::Form);
        }
        let whole: u64 = whole.parse().map_err(|_| MoneyError::Range)?;
        let hundredths: u64 = fraction.parse().map_err(|_| MoneyError::Form)?;
        let hundredths = if fraction.len() == 1 { hundredths * 10 } else { hundredths };
        let cents = whole.checked_mul(100).and_then(|c| c.checked_add(hundredths)).ok_or(MoneyError::Range)?;
        Self::from_cents(cents)
    }
}

impl<const LEAST: u64> fmt::Display for Money<LEAST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

impl<const LEAST: u64> fmt::Debug for Money<LEAST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "€{self}")
    }
}

impl From<Amount> for Fee {
    fn from(amount: Amount) -> Self {
        Self(amount.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_euro_and_refuses_everything_else() {
        assert_eq!("66.15".parse::<Amount>().unwrap().cents(), 6615);
        assert_eq!(" 0.01\n".parse::<Amount>().unwrap().cents(), 1);
        assert_eq!("66".parse::<Amount>().unwrap().cents(), 6600);
        assert_eq!("66.1".parse::<Amount>().unwrap().cents(), 6610);
        assert_eq!("999999999.99".parse::<Amount>().unwrap().cents(), Amount::MAX_CENTS);
        assert_eq!("0.00".parse::<Fee>().unwrap().cents(), 0);
        for (bad, why) in [
            ("0.00", MoneyError::Range),
            ("1000000000.00", MoneyError::Range),
            ("99999999999999999999999", MoneyError::Range),
            ("184467440737095516.15", MoneyError::Range),
            ("-1.00", MoneyError::Form),
            ("+1.00", MoneyError::Form),
            ("1,00", MoneyError::Form),
            ("1.000", MoneyError::Form),
            ("1.", MoneyError::Form),
            (".50", MoneyError::Form),
            ("1e3", MoneyError::Form),
            ("NaN", MoneyError::Form),
            ("١.٠٠", MoneyError::Form),
            ("", MoneyError::Form),
        ] {
            assert_eq!(bad.parse::<Amount>(), Err(why), "{bad:?}");
        }
    }

    #[test]
    fn agrees_with_euro() {
        assert_eq!(Amount::new(Euro::from_cents(3516)).unwrap().to_string(), "35.16");
        assert_eq!(Amount::new(Euro::from_cents(3516)).unwrap().euro(), Euro::from_cents(3516));
        assert_eq!(Amount::new(Euro::from_cents(0)), Err(MoneyError::Range));
        assert_eq!(Amount::new(Euro::from_cents(-1)), Err(MoneyError::Range));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(cents in 1..=Amount::MAX_CENTS) {
            let amount = Amount::from_cents(cents).unwrap();
            prop_assert_eq!(amount.to_string().parse::<Amount>().unwrap(), amount);
        }
    }
}
