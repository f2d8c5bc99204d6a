//! What the register says about its load, read from the headers of an answer.

use jiff::civil::DateTime;
use jiff::fmt::rfc2822::DateTimeParser;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use reqwest::header::{HeaderMap, RETRY_AFTER};

use crate::Quota;

/// The `X-RateLimit-*` headers; a header that is not a whole number counts as missing.
pub(crate) fn quota(headers: &HeaderMap) -> Quota {
    Quota {
        limit: number(headers, "x-ratelimit-limit"),
        remaining: number(headers, "x-ratelimit-remaining"),
        reset: number(headers, "x-ratelimit-reset").map(seconds),
    }
}

/// `Retry-After` (RFC 9110 section 10.2.3): a number of seconds, or a date, which becomes the time from `now` to it.
///
/// A date in the past gives zero; a value in no known form counts as missing.
pub(crate) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<SignedDuration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(count) = value.parse::<u64>() {
        return Some(seconds(count));
    }
    let until = http_date(value)?;
    Some(until.duration_since(now).max(SignedDuration::ZERO))
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

/// Saturates: a register that asks for more seconds than can be counted asks for very long.
fn seconds(count: u64) -> SignedDuration {
    SignedDuration::from_secs(i64::try_from(count).unwrap_or(i64::MAX))
}

/// The three forms of RFC 9110 section 5.6.7: the preferred one and the two obsolete ones that must still be read.
fn http_date(text: &str) -> Option<Timestamp> {
    static PREFERRED: DateTimeParser = DateTimeParser::new();
    if let Ok(found) = PREFERRED.parse_timestamp(text) {
        return Some(found);
    }
    let civil = DateTime::strptime("%A, %d-%b-%y %H:%M:%S GMT", text)
        .or_else(|_| DateTime::strptime("%a %b %e %H:%M:%S %Y", text))
        .ok()?;
    TimeZone::UTC.to_timestamp(civil).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(value: &str) -> Option<i64> {
        let now: Timestamp = "1994-11-06T08:49:00Z".parse().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, value.parse().unwrap());
        retry_after(&headers, now).map(|d| d.as_secs())
    }

    #[test]
    fn reads_seconds_and_all_three_date_forms() {
        assert_eq!(after("120"), Some(120));
        assert_eq!(after(" 0 "), Some(0));
        assert_eq!(after("Sun, 06 Nov 1994 08:49:37 GMT"), Some(37));
        assert_eq!(after("Sunday, 06-Nov-94 08:49:37 GMT"), Some(37));
        assert_eq!(after("Sun Nov  6 08:49:37 1994"), Some(37));
    }

    #[test]
    fn a_date_in_the_past_is_now_and_nonsense_is_nothing() {
        assert_eq!(after("Sun, 06 Nov 1994 08:48:37 GMT"), Some(0));
        assert_eq!(after("soon"), None);
        assert_eq!(after("-3"), None);
        assert_eq!(after("1.5"), None);
        assert_eq!(after("99999999999999999999"), None);
        assert_eq!(after("18446744073709551615"), Some(i64::MAX));
    }

    #[test]
    fn quota_numbers_are_read_one_by_one() {
        let mut headers = HeaderMap::new();
        headers.insert("X-RateLimit-Limit", "60".parse().unwrap());
        headers.insert("X-RateLimit-Remaining", "many".parse().unwrap());
        headers.insert("X-RateLimit-Reset", "42".parse().unwrap());
        let expected = Quota { limit: Some(60), remaining: None, reset: Some(SignedDuration::from_secs(42)) };
        assert_eq!(quota(&headers), expected);
    }
}
