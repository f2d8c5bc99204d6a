//! Revocation: good, revoked, and not to be learnt.

use cns::authority::{OcspShape, OcspSigner};
use cns::revocation::{Attempt, CrlCache, CrlError, Failure, OcspError, RevocationReason, Way, gather};
use cns::{CardError, CertificateOf, RevocationEvidence, RevocationOrder};
use jiff::SignedDuration;

use crate::stage::{Mode, Stage, chain};

fn attempts(outcome: Result<cns::Card, CardError>) -> Vec<Attempt> {
    match outcome {
        Err(CardError::NotChecked { attempts, .. }) => attempts,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn ocsp_is_asked_first_and_suffices() {
    let mut stage = Stage::new();
    let card = stage.issue(&stage.cns());
    for signer in [OcspSigner::Responder, OcspSigner::Issuing] {
        let mut net = stage.net();
        net.shape.signer = signer;
        stage.ask(&card, &net, &CrlCache::new()).await.unwrap();
        assert_eq!(net.asked(), ["/ocsp"]);
    }
}

#[tokio::test]
async fn without_a_usable_answer_the_list_is_asked() {
    let mut stage = Stage::new();
    let card = stage.issue(&stage.cns());
    let garbage = vec![0x30, 0x03, 0x0a, 0x01, 0x06];
    for mode in
        [Mode::Down, Mode::Status(500), Mode::Body(Vec::new()), Mode::Body(garbage), Mode::Body(vec![0; 100_000])]
    {
        let mut net = stage.net();
        net.ocsp = mode;
        stage.ask(&card, &net, &CrlCache::new()).await.unwrap();
        assert_eq!(net.asked(), ["/ocsp", "/cards.crl"]);
    }
    let mut net = stage.net();
    net.shape.unknown = true;
    stage.ask(&card, &net, &CrlCache::new()).await.unwrap();
    assert_eq!(net.asked(), ["/ocsp", "/cards.crl"]);
}

#[tokio::test]
async fn a_revoked_card_is_refused_either_way() {
    let mut stage = Stage::new();
    let card = stage.issue(&stage.cns());
    let at = stage.now - SignedDuration::from_hours(3);
    stage.authority.revoke(&card.serial, at, RevocationReason::KeyCompromise);
    for order in [RevocationOrder::OcspThenCrl, RevocationOrder::CrlThenOcsp] {
        stage.policy.order = order;
        let net = stage.net();
        let outcome = stage.ask(&card, &net, &CrlCache::new()).await;
        let Err(CardError::Revoked { of: CertificateOf::Card, since, reason }) = outcome else { panic!("{outcome:?}") };
        assert_eq!((since, reason), (at, Some(RevocationReason::KeyCompromise)));
        assert_eq!(net.asked().len(), 1);
    }
    let other = stage.issue(&stage.cns());
    stage.ask(&other, &stage.net(), &CrlCache::new()).await.unwrap();
}

#[tokio::test]
async fn a_suspended_card_says_so() {
    let mut stage = Stage::new();
    let card = stage.issue(&stage.cns());
    stage.authority.revoke(&card.serial, stage.now, RevocationReason::CertificateHold);
    let outcome = stage.ask(&card, &stage.net(), &CrlCache::new()).await;
    assert!(matches!(outcome, Err(CardError::Revoked { reason: Some(RevocationReason::CertificateHold), .. })));
}

#[tokio::test]
async fn without_any_answer_nobody_signs_in_and_the_error_says_why() {
    let mut stage = Stage::new();
    let card = stage.issue(&stage.cns());
    let mut net = stage.net();
    (net.ocsp, net.crl) = (Mode::Down, Mode::Status(503));
    let tried = attempts(stage.ask(&card, &net, &CrlCache::new()).await);
    let [ocsp, crl] = tried.as_slice() else { panic!("{tried:?}") };
    assert_eq!((ocsp.way, crl.way), (Way::Ocsp, Way::Crl));
    assert!(matches!(&ocsp.failure, Failure::NoAnswer { why } if why.contains("connection refused")));
    assert!(matches!(crl.failure, Failure::Status { status: 503 }));
    assert_eq!(crl.to_string(), "revocation list (http://ca.example/cards.crl): status 503");

    let nothing = stage.verify(&card, &RevocationEvidence::none());
    assert!(attempts(nothing).is_empty());
}

#[tokio::test]
async fn a_card_that_names_no_address_is_not_checked() {
    let now = Stage::new().now;
    let places = cns::authority::Places { ocsp: None, crl: None, root_crl: None };
    let mut stage = Stage::new();
    stage.authority = cns::authority::Authority::new("Muta", places, now).unwrap();
    stage.trust = stage.authority.trust().unwrap();
    let card = stage.issue(&stage.cns());
    let net = stage.net();
    let tried = attempts(stage.ask(&card, &net, &CrlCache::new()).await);
    assert!(tried.iter().all(|attempt| matches!(attempt.failure, Failure::NoAddress)) && tried.len() == 2);
    assert!(net.asked().is_empty());
}

#[tokio::test]
async fn answers_of_others_do_not_count() {
    let mut stage = Stage::new();
    let card = stage.issue(&stage.cns());
    stage.policy.order = RevocationOrder::OcspOnly;
    let mut net = stage.net();
    net.shape.signer = OcspSigner::Root;
    let tried = attempts(stage.ask(&card, &net, &CrlCache::new()).await);
    // The root did not get its own key's appointment from the issuing authority.
    assert!(matches!(tried[0].failure, Failure::Ocsp(OcspError::Responsibility(_))), "{tried:?}");

    // The same names with other keys.
    let twin = Stage::new();
    let tried = attempts(stage.ask(&card, &twin.net(), &CrlCache::new()).await);
    assert!(matches!(tried[0].failure, Failure::Ocsp(OcspError::Responsibility(_))), "{tried:?}");
    stage.policy.order = RevocationOrder::CrlOnly;
    let tried = attempts(stage.ask(&card, &twin.net(), &CrlCache::new()).await);
    assert!(matches!(tried[0].failure, Failure::Crl(CrlError::Signature(_))), "{tried:?}");

    // The list of the root is about authorities.
    let root = RevocationEvidence::none().with_crl(stage.authority.root_crl(stage.now).unwrap());
    assert!(attempts(stage.verify(&card, &root)).is_empty());
}

#[tokio::test]
async fn the_answer_for_another_card_does_not_count() {
    let mut stage = Stage::new();
    let (good, stolen) = (stage.issue(&stage.cns()), stage.issue(&stage.cns()));
    stage.authority.revoke(&stolen.serial, stage.now, RevocationReason::KeyCompromise);
    let (net, cache) = (stage.net(), CrlCache::new());
    let evidence = gather(&net, &cache, &chain(&good), &stage.trust, &stage.policy, None, stage.now).await.unwrap();
    stage.verify(&good, &evidence).unwrap();
    assert!(attempts(stage.verify(&stolen, &evidence)).is_empty());
}

#[tokio::test]
async fn a_nonce_must_be_ours() {
    let mut stage = Stage::new();
    let card = stage.issue(&stage.cns());
    let (net, cache, chain) = (stage.net(), CrlCache::new(), chain(&card));
    let asked = gather(&net, &cache, &chain, &stage.trust, &stage.policy, Some([1; 32]), stage.now);
    let mut evidence = asked.await.unwrap();
    stage.verify(&card, &evidence).unwrap();
    evidence.ocsp[0].nonce = Some(vec![9; 32]);
    let tried = attempts(stage.verify(&card, &evidence));
    assert!(matches!(tried[0].failure, Failure::Ocsp(OcspError::WrongNonce)));

    let mut silent = stage.net();
    silent.shape = OcspShape { repeat_nonce: false, ..OcspShape::default() };
    stage.ask(&card, &silent, &cache).await.unwrap();
    stage.policy.require_nonce = true;
    stage.policy.order = RevocationOrder::OcspOnly;
    let mut silent = stage.net();
    silent.shape.repeat_nonce = false;
    let tried = attempts(stage.ask(&card, &silent, &cache).await);
    assert!(matches!(tried[0].failure, Failure::Ocsp(OcspError::NoNonce)));
    stage.ask(&card, &stage.net(), &cache).await.unwrap();
}

#[tokio::test]
async fn old_and_future_answers_do_not_count() {
    let mut stage = Stage::new();
    let card = stage.issue(&stage.cns());
    stage.policy.order = RevocationOrder::OcspOnly;
    for (hours, next_update, is_good) in
        [(23, true, true), (25, true, false), (-1, true, false), (0, false, true), (2, false, false)]
    {
        let mut net = stage.net();
        net.now = stage.now - SignedDuration::from_hours(hours);
        net.shape.next_update = next_update;
        let outcome = stage.ask(&card, &net, &CrlCache::new()).await;
        assert_eq!(outcome.is_ok(), is_good, "{hours} hours old, next update {next_update}: {outcome:?}");
    }
    stage.policy.order = RevocationOrder::CrlOnly;
    for (hours, is_good) in [(23, true), (25, false), (-1, false)] {
        let mut net = stage.net();
        net.now = stage.now - SignedDuration::from_hours(hours);
        let outcome = stage.ask(&card, &net, &CrlCache::new()).await;
        assert_eq!(outcome.is_ok(), is_good, "{hours} hours old: {outcome:?}");
    }
}

#[tokio::test]
async fn every_changed_octet_of_an_answer_or_list_is_noticed() {
    let mut stage = Stage::new();
    let card = stage.issue(&stage.cns());
    let (net, cache, chain) = (stage.net(), CrlCache::new(), chain(&card));
    let asked = gather(&net, &cache, &chain, &stage.trust, &stage.policy, Some([1; 32]), stage.now);
    let evidence = asked.await.unwrap();
    let answer = evidence.ocsp[0].clone();
    let mut believed = Vec::new();
    for position in 0..answer.response.len() {
        let mut changed = answer.response.clone();
        changed[position] ^= 1;
        let evidence = RevocationEvidence::none().with_ocsp(changed, answer.nonce.clone());
        if stage.verify(&card, &evidence).is_ok() {
            believed.push(position);
        }
    }
    assert_eq!(believed, Vec::<usize>::new());
    let list = stage.authority.crl(stage.now).unwrap();
    for position in 0..list.len() {
        let mut changed = list.clone();
        changed[position] ^= 1;
        let evidence = RevocationEvidence::none().with_crl(changed);
        assert!(stage.verify(&card, &evidence).is_err(), "octet {position}");
    }
    for length in 0..list.len() {
        assert!(stage.verify(&card, &RevocationEvidence::none().with_crl(&list[..length])).is_err());
    }
}

#[tokio::test]
async fn one_revoked_outweighs_one_good() {
    let mut stage = Stage::new();
    let card = stage.issue(&stage.cns());
    let old_list = stage.authority.crl(stage.now).unwrap();
    stage.authority.revoke(&card.serial, stage.now, RevocationReason::KeyCompromise);
    let new_list = stage.authority.crl(stage.now).unwrap();
    let evidence = RevocationEvidence::none().with_crl(old_list).with_crl(new_list);
    assert!(matches!(stage.verify(&card, &evidence), Err(CardError::Revoked { .. })));
}

#[tokio::test]
async fn authorities_between_are_checked_too() {
    let mut stage = Stage::trusting_root();
    let card = stage.issue(&stage.cns());
    let net = stage.net();
    stage.ask(&card, &net, &CrlCache::new()).await.unwrap();
    assert_eq!(net.asked(), ["/ocsp", "/root.crl"]);
    let only_card = stage.verify(&card, &stage.evidence());
    assert!(matches!(only_card, Err(CardError::NotChecked { of: CertificateOf::Authority, .. })), "{only_card:?}");
    stage.authority.revoke_issuing(stage.now);
    let outcome = stage.ask(&card, &stage.net(), &CrlCache::new()).await;
    assert!(matches!(outcome, Err(CardError::Revoked { of: CertificateOf::Authority, .. })), "{outcome:?}");
}

#[tokio::test]
async fn lists_are_kept_and_serve_while_the_authority_is_silent() {
    let mut stage = Stage::new();
    stage.policy.order = RevocationOrder::CrlOnly;
    let card = stage.issue(&stage.cns());
    let cache = CrlCache::new();
    let mut count = 0;
    let start = stage.now;
    // Minutes, whether the authority answers, whether it is asked, whether the card is accepted.
    for (minutes, answers, is_asked, is_good) in [
        (0, true, true, true),
        (30, true, false, true),
        (61, true, true, true),
        (130, false, true, true),
        (61 + 24 * 60 + 10, false, true, false),
    ] {
        stage.now = start + SignedDuration::from_mins(minutes);
        let mut net = stage.net();
        net.crl = if answers { Mode::Good } else { Mode::Down };
        let outcome = stage.ask(&card, &net, &cache).await;
        assert_eq!((net.asked().len(), outcome.is_ok()), (usize::from(is_asked), is_good), "{minutes}: {outcome:?}");
        count += net.asked().len();
    }
    assert_eq!((count, cache.len()), (4, 1));
}

#[tokio::test]
async fn nothing_is_asked_for_certificates_that_are_no_cards() {
    let mut stage = Stage::new();
    let mut foreign = Stage::new();
    let card = foreign.issue(&foreign.cns());
    let net = stage.net();
    assert!(stage.ask(&card, &net, &CrlCache::new()).await.is_err() && net.asked().is_empty());
    let signing = stage.issue(&stage.cns().signing());
    let net = stage.net();
    assert!(stage.ask(&signing, &net, &CrlCache::new()).await.is_err() && net.asked().is_empty());
}
