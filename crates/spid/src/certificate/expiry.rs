//! How long a certificate will last.

use jiff::Timestamp;
use x509_cert::Certificate;
use x509_cert::der::Decode;
use x509_cert::time::Time;

use super::check::CertificateError;

const DAY: i64 = 24 * 60 * 60;

/// From when to when a certificate is valid, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// The first moment.
    pub not_before: Timestamp,
    /// The last moment.
    pub not_after: Timestamp,
}

/// How urgent the renewal of a certificate is. The later the variant, the more urgent it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Expiry {
    /// More than ninety days are left.
    Distant,
    /// Ninety days or fewer are left.
    Within90Days,
    /// Thirty days or fewer are left.
    Within30Days,
    /// Seven days or fewer are left.
    Within7Days,
    /// It is not valid yet.
    NotYetValid,
    /// It is no longer valid.
    Expired,
}

impl Validity {
    /// Reads the validity of a certificate.
    ///
    /// # Errors
    /// [`CertificateError`] when the bytes are no certificate.
    pub fn of(certificate_der: &[u8]) -> Result<Self, CertificateError> {
        let certificate = Certificate::from_der(certificate_der).map_err(CertificateError)?;
        Ok(Self::of_certificate(&certificate))
    }

    pub(super) fn of_certificate(certificate: &Certificate) -> Self {
        let validity = &certificate.tbs_certificate.validity;
        Self { not_before: moment(&validity.not_before), not_after: moment(&validity.not_after) }
    }

    /// Whether the certificate is valid at `now`.
    #[must_use]
    pub fn contains(&self, now: Timestamp) -> bool {
        self.not_before <= now && now <= self.not_after
    }

    /// How urgent the renewal is at `now`.
    #[must_use]
    pub fn expiry(&self, now: Timestamp) -> Expiry {
        if now > self.not_after {
            return Expiry::Expired;
        }
        if now < self.not_before {
            return Expiry::NotYetValid;
        }
        let left = self.not_after.as_second() - now.as_second();
        match left {
            left if left <= 7 * DAY => Expiry::Within7Days,
            left if left <= 30 * DAY => Expiry::Within30Days,
            left if left <= 90 * DAY => Expiry::Within90Days,
            _ => Expiry::Distant,
        }
    }

    /// Whole days that are left at `now`; negative when the certificate has expired.
    #[must_use]
    pub fn days_left(&self, now: Timestamp) -> i64 {
        (self.not_after.as_second() - now.as_second()).div_euclid(DAY)
    }
}

/// Certificate times are whole seconds between 1950 and 9999, all of which a timestamp can hold.
fn moment(time: &Time) -> Timestamp {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
    Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urgency_grows_at_ninety_thirty_and_seven_days() {
        let validity = Validity { not_before: Timestamp::UNIX_EPOCH, not_after: at(1000) };
        for (day, expected) in [
            (909, Expiry::Distant),
            (910, Expiry::Within90Days),
            (969, Expiry::Within90Days),
            (970, Expiry::Within30Days),
            (992, Expiry::Within30Days),
            (993, Expiry::Within7Days),
            (1000, Expiry::Within7Days),
            (1001, Expiry::Expired),
            (-1, Expiry::NotYetValid),
        ] {
            assert_eq!(validity.expiry(at(day)), expected, "day {day}");
        }
        assert_eq!(validity.days_left(at(993)), 7);
        assert_eq!(validity.days_left(at(1001)), -1);
        assert!(Expiry::Within7Days > Expiry::Within30Days);
    }

    fn at(day: i64) -> Timestamp {
        Timestamp::from_second(day * DAY).unwrap()
    }
}
