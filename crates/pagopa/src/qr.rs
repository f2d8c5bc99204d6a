//! The text inside the QR code of a payment notice.

use std::fmt;
use std::str::FromStr;

use crate::creditor::CreditorCode;
use crate::money::Amount;
use crate::notice::NoticeNumber;

/// The text `PAGOPA|002|<notice number>|<creditor>|<cents>`.
///
/// Drawn as a QR code of version 4 (33 by 33 modules), error correction M, 25 by 25 mm (specification "Avviso di
/// pagamento analogico"). The amount is written without padding, but never with less than two digits; padded amounts,
/// which also occur in official examples, are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct QrPayload {
    notice: NoticeNumber,
    creditor: CreditorCode,
    amount: Amount,
}

/// Why a text is not the content of a notice's QR code, or why one cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QrPayloadError {
    /// The text does not begin with `PAGOPA|`.
    #[error("this is not the QR code of a pagoPA notice")]
    NotPagopa,
    /// The layout of the text has a number that this program does not know.
    #[error("this QR code uses a version that is not 002")]
    Version,
    /// There are not five parts.
    #[error("the QR code of a notice has five parts separated by |")]
    Parts,
    /// The third part is not a notice number.
    #[error("the QR code holds no valid notice number")]
    Notice,
    /// The fourth part is not a creditor's tax code.
    #[error("the QR code holds no valid tax code of a creditor")]
    Creditor,
    /// The fifth part is not 1 to 10 digits of cents above zero.
    #[error("the amount in a QR code is 1 to 9,999,999,999 cents")]
    Amount,
}

impl QrPayload {
    /// The largest amount that fits the ten digits of the code, in cents.
    pub const MAX_CENTS: u64 = 9_999_999_999;

    /// Fails with [`QrPayloadError::Amount`] for 100 million euro and more, which do not fit the code.
    pub fn new(notice: NoticeNumber, creditor: CreditorCode, amount: Amount) -> Result<Self, QrPayloadError> {
        if amount.cents() > Self::MAX_CENTS {
            return Err(QrPayloadError::Amount);
        }
        Ok(Self { notice, creditor, amount })
    }

    /// Reads the text that a scanner gives.
    pub fn parse(text: &str) -> Result<Self, QrPayloadError> {
        let mut parts = text.trim().split('|');
        if parts.next() != Some("PAGOPA") {
            return Err(QrPayloadError::NotPagopa);
        }
        match parts.next() {
            Some("002") => {}
            Some(_) => return Err(QrPayloadError::Version),
            None => return Err(QrPayloadError::Parts),
        }
        let (Some(notice), Some(creditor), Some(cents), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(QrPayloadError::Parts);
        };
        let notice = NoticeNumber::parse(notice).map_err(|_| QrPayloadError::Notice)?;
        let creditor = CreditorCode::parse(creditor).map_err(|_| QrPayloadError::Creditor)?;
        if !(1..=10).contains(&cents.len()) || !cents.bytes().all(|b| b.is_ascii_digit()) {
            return Err(QrPayloadError::Amount);
        }
        let cents = cents.parse().map_err(|_| QrPayloadError::Amount)?;
        let amount = Amount::from_cents(cents).map_err(|_| QrPayloadError::Amount)?;
        Self::new(notice, creditor, amount)
    }

    /// The number of the notice.
    #[must_use]
    pub const fn notice(&self) -> NoticeNumber {
        self.notice
    }

    /// Who is to be paid.
    #[must_use]
    pub const fn creditor(&self) -> CreditorCode {
        self.creditor
    }

    /// What was owed when the notice was printed; the creditor is asked again before the payment.
    #[must_use]
    pub const fn amount(&self) -> Amount {
        self.amount
    }
}

impl FromStr for QrPayload {
    type Err = QrPayloadError;

    fn from_str(text: &str) -> Result<Self, QrPayloadError> {
        Self::parse(text)
    }
}

impl fmt::Display for QrPayload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PAGOPA|002|{}|{}|{:02}", self.notice, self.creditor, self.amount.cents())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_padded_and_unpadded_amounts() {
        let unpadded = QrPayload::parse("PAGOPA|002|000000000000000000|00000000000|9999").unwrap();
        assert_eq!(unpadded.amount().cents(), 9999);
        let padded = QrPayload::parse("PAGOPA|002|000000000000000000|01199250158|0000015000").unwrap();
        assert_eq!(padded.amount().cents(), 15000);
        assert_eq!(padded.to_string(), "PAGOPA|002|000000000000000000|01199250158|15000");
    }

    #[test]
    fn writes_at_least_two_digits() {
        let notice = NoticeNumber::parse("3020 1238 7654 3123 86").unwrap();
        let creditor = CreditorCode::parse("01199250158").unwrap();
        let payload = QrPayload::new(notice, creditor, Amount::from_cents(5).unwrap()).unwrap();
        assert_eq!(payload.to_string(), "PAGOPA|002|302012387654312386|01199250158|05");
        let huge = Amount::from_cents(QrPayload::MAX_CENTS + 1).unwrap();
        assert_eq!(QrPayload::new(notice, creditor, huge), Err(QrPayloadError::Amount));
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, error) in [
            ("", QrPayloadError::NotPagopa),
            ("https://example.it", QrPayloadError::NotPagopa),
            ("PAGOPA", QrPayloadError::Parts),
            ("PAGOPA|001|302012387654312386|01199250158|100", QrPayloadError::Version),
            ("PAGOPA|002|302012387654312386|01199250158", QrPayloadError::Parts),
            ("PAGOPA|002|302012387654312386|01199250158|100|x", QrPayloadError::Parts),
            ("PAGOPA|002|30201238765431238|01199250158|100", QrPayloadError::Notice),
            ("PAGOPA|002|302012387654312386|0119925015|100", QrPayloadError::Creditor),
            ("PAGOPA|002|302012387654312386|01199250158|", QrPayloadError::Amount),
            ("PAGOPA|002|302012387654312386|01199250158|0000", QrPayloadError::Amount),
            ("PAGOPA|002|302012387654312386|01199250158|+100", QrPayloadError::Amount),
            ("PAGOPA|002|302012387654312386|01199250158|1.00", QrPayloadError::Amount),
            ("PAGOPA|002|302012387654312386|01199250158|00000000100", QrPayloadError::Amount),
        ] {
            assert_eq!(QrPayload::parse(text), Err(error), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(notice in "[0-9]{18}", creditor in "[0-9]{11}", cents in 1..=QrPayload::MAX_CENTS) {
            let payload = QrPayload::new(
                NoticeNumber::parse(&notice).unwrap(),
                CreditorCode::parse(&creditor).unwrap(),
                Amount::from_cents(cents).unwrap(),
            ).unwrap();
            prop_assert_eq!(QrPayload::parse(&payload.to_string()), Ok(payload));
        }

        #[test]
        fn reading_never_panics(text in any::<String>()) {
            let _ = QrPayload::parse(&text);
        }
    }
}
