//! Vouchers: what the platform demands of a client, and what the client does when one is no longer accepted.

use std::sync::Arc;

use jiff::SignedDuration;
use registries::pdnd::{self, read_key};
use registries::{Error, Inad, inad};

use super::stage::{FULL, Habits, PLAIN, Stage, code};

async fn refused(stage: &Stage, client: &Inad) -> String {
    let error = client.extract(&code(1), stage.stamp(&stage.jti())).await.unwrap_err();
    let Error::Refused { reason, .. } = error else { panic!("refused was expected, not {error:?}") };
    reason
}

#[tokio::test]
async fn one_voucher_serves_until_shortly_before_its_end() {
    let stage = Stage::new().await;
    let client = stage.client(FULL);
    let ask = async |jti: &str| client.extract(&code(1), stage.stamp(jti)).await.map(|_| ());
    let (a, b, c) = tokio::join!(ask("a"), ask("b"), ask("c"));
    assert!(a.is_ok() && b.is_ok() && c.is_ok(), "{a:?} {b:?} {c:?}");
    assert_eq!(stage.pdnd().issued(), 1, "callers that come together share one");
    stage.move_on(584).await;
    ask("d").await.unwrap();
    assert_eq!(stage.pdnd().issued(), 1);
    stage.move_on(2).await;
    ask("e").await.unwrap();
    assert_eq!(stage.pdnd().issued(), 2, "in its last seconds it is replaced");
}

#[tokio::test]
async fn a_revoked_voucher_is_replaced_once() {
    let stage = Stage::new().await;
    let client = stage.client(FULL);
    client.extract(&code(1), stage.stamp("a")).await.unwrap();
    stage.pdnd().revoke_all();
    client.extract(&code(1), stage.stamp("b")).await.unwrap();
    assert_eq!(stage.pdnd().issued(), 2);
    // A fresh voucher that is refused is not replaced again.
    stage.index().set_mode("refusing".parse().unwrap());
    assert_eq!(refused(&stage, &client).await, "Unauthorized");
    assert_eq!(stage.pdnd().issued(), 3);
}

#[tokio::test]
async fn a_nonce_is_honoured_at_the_platform_and_at_the_service() {
    let stage = Stage::new().await;
    stage.pdnd().set_nonces(true);
    let client = stage.client(FULL);
    client.extract(&code(1), stage.stamp("a")).await.expect("both demands are met");
    client.extract(&code(1), stage.stamp("b")).await.expect("the nonce is remembered");
    stage.pdnd().set_nonces(true);
    client.extract(&code(1), stage.stamp("c")).await.expect("another nonce is learnt");
    assert_eq!(stage.pdnd().issued(), 1, "a nonce costs no voucher");
    stage.pdnd().set_nonces(true);
    stage.pdnd().revoke_all();
    client.extract(&code(1), stage.stamp("d")).await.expect("a nonce and a revoked voucher in one call");
    assert_eq!(stage.pdnd().issued(), 2);
}

#[tokio::test]
async fn what_a_service_demands_cannot_be_left_out() {
    let stage = Stage::new().await;
    stage.index().demand(false, true, false);
    assert_eq!(refused(&stage, &stage.client(PLAIN)).await, "the voucher is bound to no key");
    stage.index().demand(true, false, false);
    assert_eq!(refused(&stage, &stage.client(PLAIN)).await, "no tracking evidence");
    stage.client(Habits { evidence: true, ..PLAIN }).extract(&code(1), stage.stamp("e")).await.unwrap();
    stage.index().demand(false, false, true);
    let codes = [code(1), code(2)];
    let unsigned = stage.client(PLAIN).request_list(&codes, stage.stamp("x")).await.unwrap_err();
    assert!(matches!(&unsigned, Error::Refused { reason, .. } if reason.starts_with("no digest")), "{unsigned:?}");
    let signing = stage.client(Habits { integrity: true, ..PLAIN });
    signing.request_list(&codes, stage.stamp("y")).await.unwrap();
}

#[tokio::test]
async fn the_platform_sees_through_strangers() {
    let stage = Stage::new().await;
    let with = |change: fn(&mut pdnd::Config)| {
        let mut config = stage.config(PLAIN);
        change(&mut config);
        stage.client_with(config, PLAIN)
    };
    assert_eq!(refused(&stage, &with(|config| config.client_id = "x".into())).await, "no such client_id");
    let purpose = refused(&stage, &with(|config| config.purpose_id = "x".into())).await;
    assert_eq!(purpose, "the client has no such purposeId");
    assert_eq!(refused(&stage, &with(|config| config.audience = "x".into())).await, "aud is not this platform");
    let unsigned = "the signature does not verify with the registered key";
    assert_eq!(refused(&stage, &with(|config| config.kid = "x".into())).await, unsigned);
    let other = Stage::new().await;
    let key = read_key(&other.issued.key_pem).unwrap();
    let vouchers = pdnd::Vouchers::new(stage.config(PLAIN), key, None).unwrap();
    let config = inad::Config {
        base_url: stage.index().base_url().parse().unwrap(),
        practical_reference: "x".into(),
        limits: registries::TimeLimits::default(),
    };
    assert_eq!(refused(&stage, &Inad::new(config, vouchers).unwrap()).await, unsigned);
    stage.client(PLAIN).extract(&code(1), stage.stamp("good")).await.unwrap();
    stage.pdnd().remove_client("albo");
    assert_eq!(refused(&stage, &stage.client(PLAIN)).await, "no such client_id");
}

#[tokio::test]
async fn a_stamp_that_is_used_twice_is_noticed() {
    let stage = Stage::new().await;
    let client = stage.client(FULL);
    client.extract(&code(1), stage.stamp("a")).await.unwrap();
    client.extract(&code(1), stage.stamp("a")).await.unwrap();
    assert_eq!(stage.pdnd().issued(), 2, "its proof was refused as a replay, which cost another voucher");
    let third = client.extract(&code(1), stage.stamp("a")).await.unwrap_err();
    assert!(matches!(&third, Error::Refused { status: 400, reason } if reason.contains("used before")), "{third:?}");
}

#[tokio::test]
async fn clocks_that_differ_too_much_are_told() {
    let stage = Stage::new().await;
    let shifted = |seconds, jti| registries::Stamp { now: stage.now() + SignedDuration::from_secs(seconds), jti };
    for (seconds, jti) in [(61, "a"), (-121, "b")] {
        let error = stage.client(PLAIN).extract(&code(1), shifted(seconds, jti)).await.unwrap_err();
        assert!(matches!(error, Error::Refused { status: 400, .. }), "{seconds}: {error:?}");
    }
    stage.client(FULL).extract(&code(1), shifted(30, "c")).await.expect("half a minute is nothing");
}

#[tokio::test]
async fn every_mode_of_the_platform_gives_its_own_error() {
    let stage = Stage::new().await;
    let ask = async |mode: &str| {
        stage.pdnd().set_mode(mode.parse().unwrap());
        let client = stage.client(Habits { hasty: true, ..FULL });
        client.extract(&code(1), stage.stamp(&stage.jti())).await.map(|_| ())
    };
    let down = ask("down").await.unwrap_err();
    assert_eq!(down.retry_after(), Some(SignedDuration::from_secs(120)));
    assert!(matches!(ask("failing:100").await, Err(Error::Unavailable { status: Some(500), .. })));
    assert!(matches!(ask("slow:never").await, Err(Error::TimedOut { .. })));
    assert!(matches!(ask("garbled").await, Err(Error::Garbled { reason: "JSON that was cut short" })));
    assert!(matches!(ask("page").await, Err(Error::Garbled { reason: "a page instead of data" })));
    assert!(matches!(ask("refusing").await, Err(Error::Refused { status: 400, .. })));
    ask("normal").await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_rush_takes_one_voucher() {
    let stage = Arc::new(Stage::new().await);
    let client = Arc::new(stage.client(FULL));
    let rush = (0..50).map(|number| {
        let (stage, client) = (stage.clone(), client.clone());
        tokio::spawn(
            async move { client.extract(&code(number % 20), stage.stamp(&format!("rush-{number}"))).await.is_ok() },
        )
    });
    for call in rush.collect::<Vec<_>>() {
        assert!(call.await.unwrap());
    }
    assert_eq!(stage.pdnd().issued(), 1);
}
