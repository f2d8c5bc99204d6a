//! A provider that misbehaves, and a relying party that sees through it.

use std::time::{Duration, Instant};

use outside::cie::{Behaviour, Outcome};
use spid::federation::chain::{CollectError, TrustMarkRule};
use spid::federation::fault::Remedy;
use spid::federation::jose::JwsError;
use spid::federation::rp::{CallbackError, CompleteError, TokenError, TokenRequestError, UserinfoError};

use crate::party::{Party, anna, browser, world};

/// How a sign-in fails under a behaviour, after which another goes well.
async fn failure(behaviour: Behaviour) -> CompleteError {
    let world = world().await;
    let party = Party::registered(&world).await;
    world.cie().set_behaviour(behaviour);
    let error = party.sign_in(&party.ask()).await.unwrap_err();
    world.cie().set_behaviour(Behaviour::Good);
    party.sign_in(&party.ask()).await.unwrap();
    error
}

#[tokio::test]
async fn a_silent_token_endpoint() {
    let error = failure(Behaviour::Silent).await;
    assert!(matches!(&error, CompleteError::Tokens(TokenRequestError::Status(status)) if *status == 503), "{error}");
    assert_eq!(error.remedy(), Remedy::TryLater);
}

#[tokio::test]
async fn another_sign_ins_nonce() {
    let error = failure(Behaviour::WrongNonce).await;
    assert!(matches!(error, CompleteError::Token(TokenError::Nonce)), "{error}");
}

#[tokio::test]
async fn a_level_below_what_was_asked_for() {
    let error = failure(Behaviour::LowLevel).await;
    assert!(matches!(error, CompleteError::Token(TokenError::Level)), "{error}");
}

#[tokio::test]
async fn attributes_without_a_signature() {
    let error = failure(Behaviour::UnsignedUserinfo).await;
    let CompleteError::Userinfo(UserinfoError::Signature(JwsError::Algorithm(found))) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(found, "none");
}

#[tokio::test]
async fn attributes_with_a_signature_that_does_not_fit() {
    let error = failure(Behaviour::BadSignature).await;
    assert!(matches!(error, CompleteError::Userinfo(UserinfoError::Signature(JwsError::Signature))), "{error:?}");
}

#[tokio::test]
async fn attributes_of_another_person() {
    let error = failure(Behaviour::OtherPerson).await;
    assert!(matches!(error, CompleteError::Userinfo(UserinfoError::Subject)), "{error:?}");
}

#[tokio::test]
async fn an_answer_in_anothers_name() {
    let world = world().await;
    let party = Party::registered(&world).await;
    world.cie().set_behaviour(Behaviour::OtherIssuer);
    for outcome in [Outcome::Consent, Outcome::Cancelled] {
        let (started, url) = party.begin(&party.ask()).await;
        let back = world.cie().answer(url.as_str(), anna(outcome)).await.unwrap();
        let error = party.accept(&started, &back).err().unwrap();
        assert!(matches!(error, CallbackError::Issuer), "{error}");
    }
}

#[tokio::test]
async fn statements_that_have_ended() {
    let world = world().await;
    let party = Party::registered(&world).await;
    let provider = world.cie().provider();
    world.cie().set_behaviour(Behaviour::ExpiredChain);
    let error = party.chain(&provider, TrustMarkRule::Optional).await.unwrap_err();
    assert!(matches!(error, CollectError::Chain { .. } | CollectError::Configuration { .. }), "{error:?}");
    assert_eq!(error.remedy(), Remedy::TryLater);
    world.cie().set_behaviour(Behaviour::Good);
    party.sign_in(&party.ask()).await.unwrap();
}

#[tokio::test]
async fn a_slow_provider_takes_its_time_and_its_anchor_does_not() {
    let world = world().await;
    world.cie().set_behaviour(Behaviour::Slow);
    let took = async |id: String| {
        let start = Instant::now();
        let answer = browser().get(format!("{id}/.well-known/openid-federation")).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        start.elapsed()
    };
    // The first answer includes making the keys.
    took(world.cie().anchor()).await;
    assert!(took(world.cie().anchor()).await < Duration::from_secs(3));
    assert!(took(world.cie().provider()).await >= Duration::from_secs(3));
}
