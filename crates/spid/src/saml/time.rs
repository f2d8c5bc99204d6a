//! Instants as SAML writes them: `xs:dateTime` in UTC.

use jiff::Timestamp;

/// Writes an instant with whole seconds: `2026-01-29T10:00:31Z`.
pub fn format_instant(instant: Timestamp) -> String {
    whole_seconds(instant).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Writes an instant with milliseconds: `2026-01-29T10:00:31.250Z`. For what others compare with an instant of theirs: some
/// write milliseconds too, and an answer cannot be earlier than its question.
pub fn format_instant_finely(instant: Timestamp) -> String {
    instant.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// The instant without its fraction of a second, as it is written.
pub fn whole_seconds(instant: Timestamp) -> Timestamp {
    Timestamp::from_second(instant.as_second()).unwrap_or(instant)
}

/// Reads `YYYY-MM-DDTHH:MM:SS`, a fraction if there is one, `Z` (SAML V2.0 Core 1.3.3: always UTC, no time zone).
///
/// # Errors
/// [`InstantError`] for every other form, and for instants that do not exist.
pub fn parse_instant(text: &str) -> Result<Timestamp, InstantError> {
    if has_form(text.as_bytes()) { text.parse().map_err(|_| InstantError) } else { Err(InstantError) }
}

fn has_form(text: &[u8]) -> bool {
    let Some((seconds, rest)) = text.split_at_checked(19) else { return false };
    let pattern = b"0000-00-00T00:00:00";
    let like = |(have, want): (&u8, &u8)| if *want == b'0' { have.is_ascii_digit() } else { have == want };
    let fraction = match rest {
        [b'Z'] => return seconds.iter().zip(pattern).all(like),
        [b'.', fraction @ .., b'Z'] => fraction,
        _ => return false,
    };
    (1..=9).contains(&fraction.len())
        && fraction.iter().all(u8::is_ascii_digit)
        && seconds.iter().zip(pattern).all(like)
}

/// The text is no instant in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is not an instant in UTC such as 2026-01-29T10:00:31Z")]
pub struct InstantError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_only_utc() {
        let instant = parse_instant("2026-01-29T10:00:31.250Z").unwrap();
        assert_eq!(format_instant(instant), "2026-01-29T10:00:31Z");
        assert_eq!(format_instant_finely(instant), "2026-01-29T10:00:31.250Z");
        assert_eq!(format_instant_finely(whole_seconds(instant)), "2026-01-29T10:00:31.000Z");
        assert_eq!(whole_seconds(instant), parse_instant("2026-01-29T10:00:31Z").unwrap());
        for wrong in [
            "",
            "2026-01-29",
            "2026-01-29T10:00:31",
            "2026-01-29T10:00:31+00:00",
            "2026-01-29 10:00:31Z",
            "2026-13-29T10:00:31Z",
            "2026-02-30T10:00:31Z",
            "2026-01-29T10:00:31.Z",
            "2026-01-29t10:00:31Z",
            " 2026-01-29T10:00:31Z",
            "2026-01-29T10:00:31ZZ",
            "٢026-01-29T10:00:3Z",
        ] {
            assert_eq!(parse_instant(wrong), Err(InstantError), "{wrong}");
        }
    }
}
