//! Answers of responders that were good a moment ago: who signs in twice need not be asked for twice.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::digest::{SHA256, digest};
use jiff::{SignedDuration, Timestamp};

/// How long an answer is used again, whatever it says of itself: a card that is reported lost must soon open nothing.
const AGE: SignedDuration = SignedDuration::from_mins(5);
const MOST_ANSWERS: usize = 1024;
/// Answers have two thousand octets; a larger one is asked for every time.
const LARGEST: usize = 16 << 10;

pub(super) fn sha256(bytes: &[u8]) -> Vec<u8> {
    digest(&SHA256, bytes).as_ref().to_vec()
}

/// What a responder was asked, and which one. Without a nonce the same question is the same bytes.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Question(Vec<u8>);

impl Question {
    /// The question of a request, when it is one.
    pub(super) fn of(request: &http::Request<Vec<u8>>) -> Option<Self> {
        if request.method() != http::Method::POST {
            return None;
        }
        let address = request.uri().to_string();
        Some(Self(sha256(&[address.as_bytes(), b"\n", request.body().as_slice()].concat())))
    }
}

type Answers = HashMap<Question, (Timestamp, Vec<u8>)>;

/// The answers of the last minutes. They are verified again at every use, with their own dates.
#[derive(Default)]
pub(super) struct OcspCache(Arc<Mutex<Answers>>);

impl OcspCache {
    /// What one verification may use.
    pub(super) fn at(&self, now: Timestamp) -> Recent {
        Recent { now, all: Arc::clone(&self.0), heard: Mutex::default() }
    }
}

impl std::fmt::Debug for OcspCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OcspCache(…)")
    }
}

/// The recent answers, and those that came during one verification.
pub(super) struct Recent {
    now: Timestamp,
    all: Arc<Mutex<Answers>>,
    heard: Mutex<Vec<(Question, Vec<u8>)>>,
}

impl Recent {
    pub(super) fn answer(&self, question: &Question) -> Option<Vec<u8>> {
        let all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, answer) = all.get(question)?;
        (at.duration_until(self.now).abs() < AGE).then(|| answer.clone())
    }

    pub(super) fn heard(&self, question: Question, answer: &[u8]) {
        if answer.len() <= LARGEST {
            self.heard.lock().unwrap_or_else(PoisonError::into_inner).push((question, answer.to_vec()));
        }
    }

    /// The verification relied on what it heard: only then is it kept, so that rubbish is not used twice.
    pub(super) fn keep(self) {
        let heard = self.heard.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        for (question, answer) in heard {
            if all.len() >= MOST_ANSWERS {
                all.retain(|_, (at, _)| at.duration_until(self.now).abs() < AGE);
            }
            if all.len() < MOST_ANSWERS {
                all.insert(question, (self.now, answer));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(body: &[u8]) -> Question {
        Question::of(&http::Request::post("http://ca.example/ocsp").body(body.to_vec()).unwrap()).unwrap()
    }

    #[test]
    fn an_answer_that_was_relied_on_is_used_again_for_five_minutes() {
        let (cache, now) = (OcspCache::default(), Timestamp::from_second(1_000_000).unwrap());
        let first = cache.at(now);
        first.heard(question(b"a"), b"good");
        assert_eq!(cache.at(now).answer(&question(b"a")), None, "nobody relied on it yet");
        first.keep();
        let soon = now + SignedDuration::from_mins(4);
        assert_eq!(cache.at(soon).answer(&question(b"a")).as_deref(), Some(b"good".as_slice()));
        assert_eq!(cache.at(soon).answer(&question(b"b")), None);
        assert_eq!(cache.at(now + AGE).answer(&question(b"a")), None);
    }

    #[test]
    fn the_cache_is_bounded_and_makes_room_for_what_is_newer() {
        let (cache, now) = (OcspCache::default(), Timestamp::from_second(1_000_000).unwrap());
        let all = cache.at(now);
        for number in 0..u32::try_from(MOST_ANSWERS).unwrap() + 10 {
            all.heard(question(&number.to_be_bytes()), b"good");
        }
        all.heard(question(b"huge"), &vec![0; LARGEST + 1]);
        all.keep();
        assert_eq!(cache.0.lock().unwrap().len(), MOST_ANSWERS);
        let later = cache.at(now + AGE);
        later.heard(question(b"new"), b"good");
        later.keep();
        assert_eq!(cache.0.lock().unwrap().len(), 1);
        assert!(Question::of(&http::Request::get("http://ca.example/x.crl").body(Vec::new()).unwrap()).is_none());
    }
}
