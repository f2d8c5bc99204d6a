//! What the host of the demonstration tells its visitors.

use jiff::Timestamp;
use totp_rs::{Builder, Secret};

/// A paragraph for the side page: who there is, with which credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The heading.
    pub title: String,
    /// The text; line breaks are kept and web addresses become links.
    pub text: String,
}

/// A portal around which this world stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortalLink {
    /// The name that visitors know.
    pub name: String,
    /// Its address.
    pub url: String,
}

/// A second factor whose present code the side page shows. Only for invented people: the secret stands in memory.
#[derive(Clone, PartialEq, Eq)]
pub struct OtpNote {
    /// Whose it is.
    pub label: String,
    /// The shared secret in base 32 (RFC 4648), spaces and lower case allowed.
    pub secret_base32: String,
}

impl std::fmt::Debug for OtpNote {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OtpNote").field("label", &self.label).finish_non_exhaustive()
    }
}

/// A one-time code and how long it is still good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtpCode {
    /// Whose it is.
    pub label: String,
    /// Six digits (RFC 6238 with SHA-1 and steps of 30 seconds, what authenticator apps do).
    pub code: String,
    /// Seconds until the next code.
    pub seconds_left: u64,
}

impl OtpNote {
    /// The code at `now`; `None` when the secret is not base 32 or shorter than RFC 4226 allows (128 bits).
    #[must_use]
    pub fn code(&self, now: Timestamp) -> Option<OtpCode> {
        let compact: String = self.secret_base32.split_whitespace().collect();
        let secret = Secret::try_from_base32(compact.trim_end_matches('=').to_ascii_uppercase()).ok()?;
        let totp = Builder::new().with_secret(secret).build().ok()?;
        let second = u64::try_from(now.as_second()).ok()?;
        let code = totp.generate(second).to_string();
        Some(OtpCode { label: self.label.clone(), code, seconds_left: 30 - second % 30 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(secret: &str, second: i64) -> Option<OtpCode> {
        let note = OtpNote { label: "op".into(), secret_base32: secret.into() };
        note.code(Timestamp::from_second(second).unwrap())
    }

    /// RFC 6238 appendix B, the last six of its eight digits: secret `12345678901234567890`, SHA-1.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        for (second, expected) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (2_000_000_000, "279037")]
        {
            assert_eq!(code(secret, second).unwrap().code, expected, "at {second}");
        }
        assert_eq!(code(secret, 59).unwrap().seconds_left, 1);
        assert_eq!(code("gezd gnbv gy3t qojq gezd gnbv gy3t qojq", 59).unwrap().code, "287082");
    }

    #[test]
    fn a_bad_secret_has_no_code_and_a_good_one_is_not_shown() {
        assert_eq!(code("not base 32!", 59), None);
        assert_eq!(code("GEZDGNBV", 59), None, "too short");
        let note = OtpNote { label: "op".into(), secret_base32: "GEZDGNBVGY3TQOJQ".into() };
        assert!(!format!("{note:?}").contains("GEZD"));
    }
}
