//! Trust chains, honest and hostile.

use http::{Response, StatusCode, header};
use jiff::SignedDuration;
use serde_json::json;
use spid::federation::chain::{ChainError, CollectError, ConstraintError, TrustChain, TrustMarkRule};
use spid::federation::client::{CallError, Client as Endpoints, Limits};
use spid::federation::fault::Remedy;
use spid::federation::policy::PolicyError;
use spid::federation::rp::{Provider, ProviderError};
use spid::federation::statement::{EntityStatement, StatementError};
use spid::federation::times::TimeError;

use super::world::*;

const OPTIONAL: TrustMarkRule = TrustMarkRule::Optional;
const MIDDLE: &str = "https://sa.example.it";

fn fetch_url(authority: &str) -> String {
    format!("{authority}/fetch")
}

/// Tells one reason from another.
type Kind = fn(&TimeError) -> bool;

fn statement_problem(error: CollectError) -> (usize, StatementError) {
    match error {
        CollectError::Chain { cause: ChainError::Statement { at, cause }, .. } => (at, cause),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_chain_is_found_with_its_policies_applied() {
    let world = World::new();
    let chain = world.chain(OP, OPTIONAL).await.unwrap();
    assert_eq!((chain.subject().as_str(), chain.anchor().as_str()), (OP, ANCHOR));
    assert_eq!(chain.statements().len(), 3);
    assert_eq!(world.calls.lock().unwrap().len(), 3, "provider, anchor, statement: no more");
    let ours = world.chain(RP, TrustMarkRule::AtLeastOne).await.unwrap();
    assert_eq!(ours.metadata("openid_relying_party").unwrap()["response_types"], json!(["code"]));
    assert_eq!((ours.trust_marks()[0].kind.as_str(), ours.trust_marks().len()), (MARK, 1));
    let again = TrustChain::verify(ours.statements().to_vec(), &id(RP), &world.trusted(OPTIONAL), world.now());
    assert!(again.is_ok());
}

#[tokio::test]
async fn the_anchors_list_and_marks_can_be_asked() {
    let world = World::new();
    let clock = || world.now();
    let mut client = Endpoints::new(&world, &clock, Limits::default());
    let jwt = client.configuration(&id(ANCHOR)).await.unwrap();
    let anchor = EntityStatement::verify_configuration(&jwt, &id(ANCHOR), world.now()).unwrap();
    assert_eq!(client.list(&anchor, "openid_provider").await.unwrap(), [id(OP)]);
    assert!(client.trust_mark_status(&anchor, MARK, &id(RP)).await.unwrap());
    assert!(!client.trust_mark_status(&anchor, MARK, &id(OP)).await.unwrap());
}

#[tokio::test]
async fn no_key_is_trusted_that_the_chain_does_not_vouch_for() {
    // The stranger signs the provider's configuration with a key that the configuration itself publishes.
    let world = World::new();
    world.rewrite(&id(OP).configuration_url(), |jwt| {
        let (mut header, mut claims) = open(&jwt);
        header["kid"] = key(STRANGER).public().kid().into();
        claims["jwks"] = jwks(&[STRANGER]);
        forge(&header, &claims, STRANGER)
    });
    let (at, cause) = statement_problem(world.chain(OP, OPTIONAL).await.unwrap_err());
    assert!(at == 0 && matches!(cause, StatementError::Signature(_)), "{cause:?}");

    // The stranger plays the whole anchor, under its name.
    let world = World::new();
    for url in [id(ANCHOR).configuration_url(), fetch_url(ANCHOR)] {
        world.rewrite(&url, |jwt| {
            let (mut header, mut claims) = open(&jwt);
            header["kid"] = key(STRANGER).public().kid().into();
            if claims["iss"] == claims["sub"] {
                claims["jwks"] = jwks(&[STRANGER]);
            }
            forge(&header, &claims, STRANGER)
        });
    }
    let (at, cause) = statement_problem(world.chain(OP, OPTIONAL).await.unwrap_err());
    assert!(at == 2 && matches!(cause, StatementError::Signature(_)), "{cause:?}");
}

#[tokio::test]
async fn statements_are_about_whom_they_should_be() {
    for (name, value) in
        [("sub", "https://evil.example"), ("iss", "https://evil.example"), ("sub", "https://op.example.it")]
    {
        let world = World::new();
        world.rewrite(&fetch_url(ANCHOR), move |jwt| alter(&jwt, ANCHOR_KEY, |claims| claims[name] = value.into()));
        let (at, cause) = statement_problem(world.chain(OP, OPTIONAL).await.unwrap_err());
        assert!(at == 1 && matches!(cause, StatementError::Parties { .. }), "{name}: {cause:?}");
    }
    let world = World::new();
    world.rewrite(&id(OP).configuration_url(), |jwt| {
        alter(&jwt, OP_FEDERATION_KEY, |claims| claims["iss"] = "https://evil.example".into())
    });
    let error = world.chain(OP, OPTIONAL).await.unwrap_err();
    assert!(matches!(error, CollectError::Configuration { cause: StatementError::Parties { .. }, .. }), "{error:?}");
}

#[tokio::test]
async fn statements_hold_for_their_time() {
    let changes: [(&str, i64, Kind); 4] = [
        ("exp", -1, |error| matches!(error, TimeError::Expired(_))),
        ("iat", 3600, |error| matches!(error, TimeError::Future(_))),
        ("nbf", 3600, |error| matches!(error, TimeError::Future(_))),
        ("exp", -999_999, |error| matches!(error, TimeError::Backwards)),
    ];
    for (name, shift, expected) in changes {
        let world = World::new();
        let now = world.now().as_second();
        world.rewrite(&fetch_url(ANCHOR), move |jwt| {
            alter(&jwt, ANCHOR_KEY, |claims| {
                if shift == -1 {
                    claims["iat"] = (now - 100).into();
                }
                claims[name] = (now + shift).into();
            })
        });
        let error = world.chain(OP, OPTIONAL).await.unwrap_err();
        let (_, cause) = statement_problem(error);
        let StatementError::Time(error) = cause else { panic!("{cause:?}") };
        assert!(expected(&error), "{name} {shift}: {error:?}");
    }
    let world = World::new();
    world.rewrite(&fetch_url(ANCHOR), |jwt| {
        alter(&jwt, ANCHOR_KEY, |claims| drop(claims.as_object_mut().unwrap().remove("exp")))
    });
    assert!(world.chain(OP, OPTIONAL).await.is_err());
}

#[tokio::test]
async fn other_signed_objects_are_no_statements() {
    for typ in [json!("JWT"), json!("trust-mark+jwt"), json!(null)] {
        let world = World::new();
        let anchor = typ.clone();
        world.rewrite(&fetch_url(ANCHOR), move |jwt| {
            let (mut header, claims) = open(&jwt);
            header["typ"] = anchor.clone();
            forge(&header, &claims, ANCHOR_KEY)
        });
        assert!(world.chain(OP, OPTIONAL).await.is_err(), "{typ}");
    }
    let world = World::new();
    world.rewrite(&fetch_url(ANCHOR), |jwt| alter(&jwt, ANCHOR_KEY, |claims| claims["crit"] = json!(["new"])));
    let (_, cause) = statement_problem(world.chain(OP, OPTIONAL).await.unwrap_err());
    assert!(matches!(cause, StatementError::Critical));
}

/// The provider below an intermediate, below the anchor.
fn deeper() -> World {
    let mut world = World::new();
    let mut provider = world.anchor.subordinates.remove(1);
    provider.metadata_policy.clear();
    let mut middle = authority(MIDDLE, MIDDLE_KEY, vec![provider]);
    middle.authority_hints = vec![id(ANCHOR)];
    world.anchor.subordinates.push(subordinate(MIDDLE, "federation_entity", &[MIDDLE_KEY]));
    world.middle.push(middle);
    world.op.authority_hints = vec![id(MIDDLE)];
    world
}

#[tokio::test]
async fn intermediates_pass_trust_on_within_bounds() {
    let world = deeper();
    assert_eq!(world.chain(OP, OPTIONAL).await.unwrap().statements().len(), 4);

    let mut world = deeper();
    world.anchor.constraints = object(json!({ "max_path_length": 0 }));
    let error = world.chain(OP, OPTIONAL).await.unwrap_err();
    let CollectError::Chain { cause: ChainError::Constraint(cause), .. } = error else { panic!("{error:?}") };
    assert_eq!(cause, ConstraintError::PathLength { found: 1, allowed: 0 });

    let mut world = deeper();
    world.anchor.subordinates[1].constraints = object(json!({ "naming_constraints": { "permitted": [".gov.it"] } }));
    let error = world.chain(OP, OPTIONAL).await.unwrap_err();
    assert!(matches!(error, CollectError::Chain { cause: ChainError::Constraint(ConstraintError::Name(_)), .. }));

    let mut world = deeper();
    world.middle[0].subordinates[0].constraints =
        object(json!({ "allowed_leaf_entity_types": ["openid_relying_party"] }));
    let chain = world.chain(OP, OPTIONAL).await.unwrap();
    assert!(matches!(Provider::from_chain(&chain, world.now()), Err(ProviderError::NotAProvider)));

    let world = deeper();
    let limits = Limits { depth: 1, ..Limits::default() };
    assert!(matches!(world.chain_within(OP, OPTIONAL, limits).await, Err(CollectError::NoWay(_))));
}

#[tokio::test]
async fn an_intermediate_cannot_undo_what_the_anchor_demands() {
    let mut world = deeper();
    let policy = |value| object(json!({ "openid_provider": { "subject_types_supported": value } }));
    world.anchor.subordinates[1].metadata_policy = policy(json!({ "subset_of": ["pairwise"] }));
    world.middle[0].subordinates[0].metadata_policy = policy(json!({ "value": ["public"] }));
    let error = world.chain(OP, OPTIONAL).await.unwrap_err();
    let CollectError::Chain { cause: ChainError::Policy { cause, .. }, .. } = error else { panic!("{error:?}") };
    assert!(matches!(cause, PolicyError::Combination { .. }));

    let mut world = World::new();
    world.anchor.subordinates[1].metadata_policy =
        object(json!({ "openid_provider": { "organization_name": { "one_of": ["Another"] } } }));
    let error = world.chain(OP, OPTIONAL).await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::TellOperator);
    let CollectError::Chain { cause: ChainError::Policy { cause, .. }, .. } = error else { panic!("{error:?}") };
    assert!(matches!(cause, PolicyError::Unsatisfied { operator: "one_of", .. }));
}

#[tokio::test]
async fn circles_and_fans_end() {
    // Two intermediates that name one another, and never the anchor.
    let mut world = World::new();
    let (one, two) = ("https://one.example.it", "https://two.example.it");
    for (name, other) in [(one, two), (two, one)] {
        let mut middle = authority(name, MIDDLE_KEY, Vec::new());
        middle.authority_hints = vec![id(other), id(name), id(OP)];
        world.middle.push(middle);
    }
    world.op.authority_hints = vec![id(one)];
    assert!(matches!(world.chain(OP, OPTIONAL).await, Err(CollectError::NoWay(_))));
    assert_eq!(world.calls.lock().unwrap().len(), 3);

    // A provider with more superiors than anybody has.
    let mut world = World::new();
    world.op.authority_hints = (0..9).map(|at| id(&format!("https://h{at}.example.it"))).collect();
    assert!(matches!(world.chain(OP, OPTIONAL).await, Err(CollectError::TooManyHints(_))));
    assert_eq!(world.calls.lock().unwrap().len(), 1);

    // A tree that branches at every step.
    let mut world = World::new();
    let children = |name: &str| (0..8).map(|at| id(&format!("{name}/{at}"))).collect::<Vec<_>>();
    world.op.authority_hints = children("https://tree.example.it");
    let mut names = world.op.authority_hints.clone();
    for _ in 0..2 {
        for name in std::mem::take(&mut names) {
            let mut middle = authority(name.as_str(), MIDDLE_KEY, Vec::new());
            middle.authority_hints = children(name.as_str());
            names.extend(middle.authority_hints.clone());
            world.middle.insert(0, middle);
        }
    }
    let error = world.chain(OP, OPTIONAL).await.unwrap_err();
    assert!(matches!(error, CollectError::Call(CallError::Spent("requests"))), "{error:?}");
    assert_eq!(world.calls.lock().unwrap().len(), Limits::default().fetches);
}

#[tokio::test]
async fn answers_are_bounded() {
    let long = World::new();
    long.rewrite(&id(OP).configuration_url(), |jwt| jwt + &"x".repeat(70_000));
    let error = long.chain(OP, OPTIONAL).await.unwrap_err();
    assert!(matches!(error, CollectError::Call(CallError::TooLong { .. })));

    let page = World::new();
    page.tamper(&fetch_url(ANCHOR), |mut answer| {
        answer.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/html"));
        answer
    });
    assert!(matches!(page.chain(OP, OPTIONAL).await, Err(CollectError::Call(CallError::ContentType { .. }))));

    let moved = World::new();
    moved.tamper(&fetch_url(ANCHOR), |_| {
        Response::builder().status(302).header(header::LOCATION, "http://127.0.0.1/").body(Vec::new()).unwrap()
    });
    assert!(matches!(moved.chain(OP, OPTIONAL).await, Err(CollectError::Call(CallError::Status { .. }))));

    let down = World::new();
    down.tamper(&fetch_url(ANCHOR), |_| {
        Response::builder().status(StatusCode::GATEWAY_TIMEOUT).body(Vec::new()).unwrap()
    });
    assert_eq!(down.chain(OP, OPTIONAL).await.unwrap_err().remedy(), Remedy::TryLater);

    let slow = World::new();
    let limits = Limits { time: SignedDuration::from_secs(-1), ..Limits::default() };
    let error = slow.chain_within(OP, OPTIONAL, limits).await.unwrap_err();
    assert!(matches!(error, CollectError::Call(CallError::Spent("time"))));
    assert_eq!(error.remedy(), Remedy::TryLater);
}

#[tokio::test]
async fn nobody_is_led_to_the_machines_own_addresses() {
    let mut world = World::new();
    world.op.authority_hints = vec![id("http://127.0.0.1:8080/admin")];
    assert!(matches!(world.chain(OP, OPTIONAL).await, Err(CollectError::NoWay(_))));
    assert_eq!(world.calls.lock().unwrap().len(), 1);
    for (name, address) in [("token_endpoint", "http://127.0.0.1/token"), ("userinfo_endpoint", "ftp://op.example.it/")]
    {
        let world = World::new();
        world.rewrite(&id(OP).configuration_url(), move |jwt| {
            alter(&jwt, OP_FEDERATION_KEY, |claims| claims["metadata"]["openid_provider"][name] = address.into())
        });
        let chain = world.chain(OP, OPTIONAL).await.unwrap();
        assert!(matches!(Provider::from_chain(&chain, world.now()), Err(ProviderError::Endpoint(_))), "{name}");
    }
}

#[tokio::test]
async fn only_recognised_trust_marks_count() {
    let marked = |mark: &dyn Fn(String) -> Option<String>| {
        let mut world = World::new();
        let (_, claims) = open(&world.rp.entity_configuration(world.now(), SignedDuration::from_hours(1)).unwrap());
        let good = claims["trust_marks"][0]["trust_mark"].as_str().unwrap().to_owned();
        let marks = mark(good).map(|mark| (MARK.to_owned(), mark)).into_iter().collect();
        world.rp = relying_party().with_trust_marks(marks);
        world
    };
    let changed = |name: &'static str, value: serde_json::Value| {
        marked(&move |mark| Some(alter(&mark, ANCHOR_KEY, |claims| claims[name] = value.clone())))
    };
    assert!(marked(&Some).chain(RP, TrustMarkRule::AtLeastOne).await.is_ok());
    for (what, world) in [
        ("none", marked(&|_| None)),
        ("somebody else's", changed("sub", json!("https://other.example"))),
        ("expired", changed("exp", json!(1_700_000_000))),
        ("not yet issued", changed("iat", json!(1_900_000_000))),
        ("of an unknown kind", changed("trust_mark_type", json!("https://other.example/mark"))),
        ("of an unknown issuer", changed("iss", json!("https://other.example"))),
        ("forged", marked(&|mark| Some(alter(&mark, STRANGER, |_| {})))),
        ("garbage", marked(&|_| Some("garbage".to_owned()))),
    ] {
        let error = world.chain(RP, TrustMarkRule::AtLeastOne).await.expect_err(what);
        assert!(matches!(error, CollectError::Chain { cause: ChainError::NoTrustMark, .. }), "{what}: {error:?}");
        assert!(world.chain(RP, OPTIONAL).await.unwrap().trust_marks().is_empty(), "{what}");
    }
}

#[tokio::test]
async fn a_subject_must_name_its_superior() {
    let world = World::new();
    let chain = world.chain(OP, OPTIONAL).await.unwrap();
    let mut statements = chain.statements().to_vec();
    statements[0] = alter(&statements[0], OP_FEDERATION_KEY, |claims| claims["authority_hints"] = json!([MIDDLE]));
    let anchor = world.trusted(OPTIONAL);
    let error = TrustChain::verify(statements.clone(), &id(OP), &anchor, world.now()).unwrap_err();
    assert!(matches!(error, ChainError::Hint(_)));
    for wrong in [vec![], statements[..2].to_vec(), vec![statements[0].clone(); 11]] {
        assert!(matches!(TrustChain::verify(wrong, &id(OP), &anchor, world.now()), Err(ChainError::Form)));
    }
    let swapped = vec![chain.statements()[0].clone(), chain.statements()[2].clone(), chain.statements()[1].clone()];
    assert!(TrustChain::verify(swapped, &id(OP), &anchor, world.now()).is_err());
    assert!(TrustChain::verify(chain.statements().to_vec(), &id(RP), &anchor, world.now()).is_err());
}

#[tokio::test]
async fn nobody_stands_in_a_chain_twice() {
    let mut world = deeper();
    let other = "https://other.example.it";
    world.anchor.constraints.clear();
    let (now, one) = (world.now(), &mut world.middle[0]);
    one.subordinates.push(subordinate(other, "federation_entity", &[8]));
    let two = authority(other, 8, vec![subordinate(MIDDLE, "federation_entity", &[MIDDLE_KEY])]);
    let straight = world.chain(OP, OPTIONAL).await.unwrap().statements().to_vec();
    let one = &world.middle[0];
    let mut circle = straight.clone();
    // The provider below the intermediate, below the other, below the intermediate again, below the anchor.
    circle.insert(2, one.statement_about(&one.subordinates[1], now).unwrap());
    circle.insert(2, two.statement_about(&two.subordinates[0], now).unwrap());
    let verify = |statements| TrustChain::verify(statements, &id(OP), &world.trusted(OPTIONAL), now).map(|_| ());
    assert!(verify(straight).is_ok());
    assert!(matches!(verify(circle), Err(ChainError::Form)));
}
