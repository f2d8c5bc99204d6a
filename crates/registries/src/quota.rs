//! What a source says about its own limits, and the answers that carry it.

use jiff::SignedDuration;

/// How long a source is left alone that has nothing left and does not say until when: the customary period.
const USUAL_PERIOD: SignedDuration = SignedDuration::from_mins(1);

/// What a source says about its own limits (ModI `RAC_ROBUSTEZZA`); each number may be missing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Quota {
    /// `X-RateLimit-Limit`: questions allowed in the present period.
    pub limit: Option<u64>,
    /// `X-RateLimit-Remaining`: questions still possible in it.
    pub remaining: Option<u64>,
    /// `X-RateLimit-Reset`: time left in it.
    pub reset: Option<SignedDuration>,
}

impl Quota {
    /// How long to leave the source alone: `None` while it has something left, or does not say; else the rest of the
    /// period, or a minute when the source does not say how long that is.
    #[must_use]
    pub fn pause(&self) -> Option<SignedDuration> {
        (self.remaining == Some(0)).then(|| self.reset.unwrap_or(USUAL_PERIOD))
    }
}

/// An answer, and what the source said about its limits when it gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered<T> {
    /// The answer.
    pub value: T,
    /// The limits after it.
    pub quota: Quota,
}

impl<T> Answered<T> {
    /// The same answer in another form.
    pub fn map<U>(self, form: impl FnOnce(T) -> U) -> Answered<U> {
        Answered { value: form(self.value), quota: self.quota }
    }

    /// The same answer in another form, if it has one.
    pub(crate) fn try_map<U, E>(self, form: impl FnOnce(T) -> Result<U, E>) -> Result<Answered<U>, E> {
        Ok(Answered { value: form(self.value)?, quota: self.quota })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_with_nothing_left_is_left_alone() {
        let quota = |remaining, reset: Option<i64>| Quota {
            limit: None,
            remaining,
            reset: reset.map(SignedDuration::from_secs),
        };
        assert_eq!(quota(Some(0), Some(7)).pause(), Some(SignedDuration::from_secs(7)));
        assert_eq!(quota(Some(0), None).pause(), Some(SignedDuration::from_secs(60)));
        assert_eq!(quota(Some(1), Some(7)).pause(), None);
        assert_eq!(quota(None, Some(7)).pause(), None);
    }
}
