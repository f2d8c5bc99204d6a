//! The way back, when somebody does mean harm.

use jiff::SignedDuration;
use spid::federation::fault::{FaultCode, Remedy};
use spid::federation::rp::{Acr, BeginError, Callback, CallbackError, Started};

use super::world::*;

async fn started(world: &World) -> Started {
    let provider = world.provider().await;
    world.rp.begin(&provider, &ask(), &chance(1), world.now()).unwrap().0
}

fn read(pairs: &[(&str, &str)]) -> Result<Callback, CallbackError> {
    Callback::read(pairs.iter().copied())
}

#[tokio::test]
async fn only_the_asked_provider_may_answer() {
    let world = World::new();
    let started = started(&world).await;
    let state = started.state.as_str();
    let accept = |pairs: &[(&str, &str)]| started.accept(read(pairs).unwrap(), world.now());
    assert!(accept(&[("code", "c"), ("state", state), ("iss", OP)]).is_ok());
    for other in ["https://evil.example", "https://op.example.it/oidc/", "", "https://OP.example.it/oidc"] {
        let answer = accept(&[("code", "c"), ("state", state), ("iss", other)]);
        assert!(matches!(answer, Err(CallbackError::Issuer)), "{other}");
    }
    assert!(matches!(accept(&[("code", "c"), ("state", state)]), Err(CallbackError::Issuer)), "iss is mandatory");
    let other = "0".repeat(64);
    assert!(matches!(accept(&[("code", "c"), ("state", &other), ("iss", OP)]), Err(CallbackError::State)));
    let wrong = accept(&[("error", "access_denied"), ("state", state), ("iss", "https://evil.example")]);
    assert!(matches!(wrong, Err(CallbackError::Issuer)));
}

#[test]
fn parameters_stand_once() {
    for pairs in [
        &[("code", "a"), ("code", "b"), ("state", "s")][..],
        &[("code", "a"), ("state", "s"), ("state", "s")],
        &[("code", "a"), ("error", "access_denied"), ("state", "s")],
        &[("code", ""), ("state", "s")],
        &[("code", "a")],
        &[("state", "s")],
        &[("code", "a"), ("state", "")],
    ] {
        assert!(matches!(read(pairs), Err(CallbackError::Form)), "{pairs:?}");
    }
    let long = "x".repeat(5000);
    assert!(read(&[("code", &long), ("state", "s")]).is_err());
    assert!(read(&[("code", "a"), ("state", "s"), ("session_state", "1"), ("session_state", "2")]).is_ok());
}

#[tokio::test]
async fn a_refusal_says_what_to_do() {
    let world = World::new();
    let started = started(&world).await;
    for (error, text, remedy) in [
        ("access_denied", "", Remedy::SignInAgain),
        ("access_denied", "ErrorCode nr20", Remedy::UseHigherLevel),
        ("consent_required", "", Remedy::GiveConsent),
        ("login_required", "", Remedy::SignInAgain),
        ("temporarily_unavailable", "", Remedy::TryLater),
        ("server_error", "", Remedy::TryLater),
        ("invalid_client", "", Remedy::TellOperator),
        ("unauthorized_client", "", Remedy::TellOperator),
        ("brand_new_error", "", Remedy::TellOperator),
    ] {
        let pairs = [("error", error), ("error_description", text), ("state", &started.state)];
        let refused = started.accept(read(&pairs).unwrap(), world.now()).unwrap_err();
        assert_eq!(refused.remedy(), remedy, "{error}");
        let CallbackError::Fault(fault) = refused else { panic!("{refused}") };
        assert_eq!(fault.code, FaultCode::from_name(error));
    }
}

#[tokio::test]
async fn a_sign_in_may_not_take_for_ever() {
    let world = World::new();
    let started = started(&world).await;
    let callback = read(&[("code", "c"), ("state", &started.state), ("iss", OP)]).unwrap();
    let late = world.now().checked_add(SignedDuration::from_mins(31)).unwrap();
    assert!(matches!(started.accept(callback, late), Err(CallbackError::Late)));
}

#[tokio::test]
async fn what_cannot_be_asked_is_not_asked() {
    let world = World::new();
    let mut provider = world.provider().await;
    let begin = |provider: &_, ask: &_| world.rp.begin(provider, ask, &chance(1), world.now()).map(|_| ());
    let mut elsewhere = ask();
    elsewhere.redirect_uri = "https://evil.example/".to_owned();
    assert!(matches!(begin(&provider, &elsewhere), Err(BeginError::Redirect(_))));
    let mut none = ask();
    none.levels.clear();
    assert!(matches!(begin(&provider, &none), Err(BeginError::Level)));
    provider.levels = vec![Acr::L1];
    assert!(matches!(begin(&provider, &ask()), Err(BeginError::Level)));
    provider.expires = world.now();
    assert!(matches!(begin(&provider, &ask()), Err(BeginError::Expired)));
}

#[tokio::test]
async fn the_provider_refuses_what_is_not_ours() {
    let world = World::new();
    let provider = world.provider().await;
    let (_, request) = world.rp.begin(&provider, &ask(), &chance(1), world.now()).unwrap();
    let fields: Vec<(String, String)> =
        request.form().1.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let with = |change: &dyn Fn(&mut serde_json::Value), signer| {
        let mut changed = fields.clone();
        for (name, value) in &mut changed {
            if name == "request" {
                *value = alter(value, signer, change);
            }
        }
        changed
    };
    let client = world.client().await;
    let now = world.now();
    let refused = |fields: &[(String, String)]| world.op.authorize(fields, &client, now).unwrap_err();
    let stranger = refused(&with(&|_| {}, STRANGER));
    assert_eq!((stranger.fault.code.name(), stranger.redirect), ("invalid_request_object", None));
    let elsewhere = refused(&with(&|claims| claims["redirect_uri"] = "https://evil.example/".into(), RP_KEY));
    assert_eq!(elsewhere.redirect, None, "never to an address that is not registered");
    for (name, value) in [
        ("code_challenge_method", "plain"),
        ("nonce", "short"),
        ("state", "short"),
        ("prompt", "none"),
        ("response_type", "token"),
        ("acr_values", "urn:other"),
        ("scope", "profile"),
    ] {
        let refusal = refused(&with(&|claims| claims[name] = value.into(), RP_KEY));
        assert!(refusal.redirect.unwrap().contains("&iss="), "{name}");
    }
    let aud = refused(&with(&|claims| claims["aud"] = "https://other.example".into(), RP_KEY));
    assert_eq!(aud.redirect, None);
    let mut scope = fields.clone();
    scope.iter_mut().filter(|(name, _)| name == "scope").for_each(|(_, value)| *value = "openid".to_owned());
    assert_eq!(refused(&scope).fault.code, FaultCode::InvalidRequest);
}
