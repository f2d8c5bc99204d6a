//! The verdict on one certificate from all that authorities said.

use jiff::Timestamp;

use super::crl::CrlError;
use super::ocsp::OcspError;
use super::{Attempt, Failure, RevocationEvidence, Status, Way, crl, ocsp};
use crate::card::CardError;
use crate::chain::Link;
use crate::policy::Policy;

/// Good when something reliable says so and nothing reliable says otherwise. One reliable "revoked" outweighs any
/// number of answers that are good: they may be a little older.
pub(crate) fn judge(
    link: &Link,
    evidence: &RevocationEvidence,
    policy: &Policy,
    now: Timestamp,
) -> Result<(), CardError> {
    let mut attempts = evidence.attempts.clone();
    let mut is_good = false;
    let answers = evidence.ocsp.iter().map(|answer| ocsp_status(answer, link, policy, now));
    let lists = evidence.crls.iter().map(|bytes| crl_status(bytes, link, policy, now));
    for outcome in answers.chain(lists) {
        match outcome {
            Ok(Status::Good) => is_good = true,
            Ok(Status::Revoked { since, reason }) => return Err(CardError::Revoked { of: link.of, since, reason }),
            // Of a chain with several certificates, most evidence is about the others.
            Err(Failure::Ocsp(OcspError::AboutOthers) | Failure::Crl(CrlError::AboutOthers)) => {}
            Err(failure) => attempts.push(attempt(failure)),
        }
    }
    if is_good { Ok(()) } else { Err(CardError::NotChecked { of: link.of, attempts }) }
}

fn ocsp_status(answer: &super::OcspAnswer, link: &Link, policy: &Policy, now: Timestamp) -> Result<Status, Failure> {
    ocsp::read(answer, link, policy, now).map_err(Failure::Ocsp)
}

fn crl_status(bytes: &[u8], link: &Link, policy: &Policy, now: Timestamp) -> Result<Status, Failure> {
    if bytes.len() > policy.largest_crl {
        return Err(Failure::TooLarge { octets: bytes.len() });
    }
    crl::read(bytes, link, policy, now).map_err(Failure::Crl)
}

fn attempt(failure: Failure) -> Attempt {
    let way = if matches!(failure, Failure::Ocsp(_)) { Way::Ocsp } else { Way::Crl };
    Attempt { way, place: "evidence".to_owned(), failure }
}
