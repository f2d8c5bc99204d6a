//! Time and chance, which come from the caller.

use aws_lc_rs::digest;
use jiff::Timestamp;

/// The time of a call, and a text that no other call has.
#[derive(Debug, Clone, Copy)]
pub struct Stamp<'a> {
    /// The present instant.
    pub now: Timestamp,
    /// A text never used before (`jti`, RFC 7519 section 4.1.7), unpredictable, for the statement that may be needed.
    pub jti: &'a str,
}

impl Stamp<'_> {
    /// A further such text for the same call, one for each `purpose`: nobody who knows one can tell another.
    pub(crate) fn id(&self, purpose: &str) -> String {
        jose::encode(self.hash(purpose))
    }

    /// A number of 13 digits, made in the same way.
    pub(crate) fn number(&self, purpose: &str) -> u64 {
        let hash = self.hash(purpose);
        let value = hash.as_ref().iter().take(8).fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
        1_000_000_000_000 + value % 9_000_000_000_000
    }

    fn hash(&self, purpose: &str) -> digest::Digest {
        digest::digest(&digest::SHA256, format!("{purpose}\0{}", self.jti).as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_purpose_has_its_own() {
        let stamp = Stamp { now: Timestamp::UNIX_EPOCH, jti: "a" };
        assert_ne!(stamp.id("x"), stamp.id("y"));
        assert_ne!(stamp.id("x"), Stamp { jti: "b", ..stamp }.id("x"));
        assert_eq!(stamp.number("x").to_string().len(), 13);
    }
}
