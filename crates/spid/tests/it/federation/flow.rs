//! The whole way, when nobody means harm.

use jiff::{SignedDuration, Timestamp};
use spid::federation::chain::TrustMarkRule;
use spid::federation::fault::{FaultCode, Remedy};
use spid::federation::jose::{DecryptionKey, SigningAlgorithm};
use spid::federation::rp::{Acr, Callback, ConfigurationError, SignedIn, Started, TokenRequestError};

use super::world::*;

/// A sign-in from the button to the person.
pub async fn sign_in(world: &World, ask: &spid::federation::rp::Ask) -> SignedIn {
    let provider = world.provider().await;
    let (started, request) = world.rp.begin(&provider, ask, &chance(1), world.now()).unwrap();
    let fields: Vec<(String, String)> =
        request.form().1.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let back = world.sign_in(&fields).await.unwrap();
    // The product keeps what was begun as text.
    let started: Started = serde_json::from_str(&serde_json::to_string(&started).unwrap()).unwrap();
    let callback = Callback::read_query(back.query().unwrap()).unwrap();
    assert_eq!(callback.state, started.state);
    let code = started.accept(callback, world.now()).unwrap();
    world.rp.complete(world, &provider, &started, code, &[3; 16], &|| world.now()).await.unwrap()
}

#[tokio::test]
async fn a_person_signs_in_and_out() {
    let world = World::new();
    let done = sign_in(&world, &ask()).await;
    let person = &done.identity;
    assert_eq!(person.fiscal_number.as_deref(), Some("TINIT-RSSMRA80A41H501Y"));
    assert_eq!(person.fiscal_code().unwrap().to_string(), "RSSMRA80A41H501Y");
    assert_eq!(person.given_name.as_deref(), Some("Maria"));
    assert_eq!(person.birthdate, Some(jiff::civil::date(1980, 1, 1)));
    assert_eq!((person.acr, person.email_verified), (Acr::L3, Some(true)));
    assert!(!person.attributes.contains_key("iss") && person.attributes.contains_key("family_name"));
    assert!(done.tokens.refresh_token.is_none(), "offline access was not asked for");
    assert_eq!(done.id_token.jti.len(), 36);

    let provider = world.provider().await;
    world.rp.revoke(&world, &provider, &done.tokens.access_token, &[4; 16], world.now()).await.unwrap();
    let request = world.rp.userinfo_request(&provider, &done.tokens.access_token).unwrap();
    let answer = spid::fetch::Fetch::send(&world, request).await.unwrap();
    assert_eq!(answer.status(), 401, "a revoked token opens nothing");
}

#[tokio::test]
async fn every_algorithm_that_must_be_supported_works() {
    for algorithm in [SigningAlgorithm::Rs256, SigningAlgorithm::Rs512] {
        let mut world = World::new();
        world.rp = std::mem::replace(&mut world.rp, relying_party()).with_response_algorithm(algorithm);
        let person = sign_in(&world, &ask()).await.identity;
        assert_eq!(person.family_name.as_deref(), Some("Rossi"));
    }
}

#[tokio::test]
async fn nothing_personal_or_secret_is_shown() {
    let world = World::new();
    let provider = world.provider().await;
    let (started, request) = world.rp.begin(&provider, &ask(), &chance(1), world.now()).unwrap();
    let done = sign_in(&world, &ask()).await;
    let shown = format!("{started:?} {request:?} {done:?} {:?}", world.rp);
    for secret in ["Maria", "Rossi", "RSSMRA", "1980", &started.state, &done.tokens.access_token] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[tokio::test]
async fn the_link_carries_what_the_rules_demand() {
    let world = World::new();
    let provider = world.provider().await;
    let (started, request) = world.rp.begin(&provider, &ask(), &chance(1), world.now()).unwrap();
    let url = request.url();
    assert!(url.as_str().starts_with("https://op.example.it/oidc/authorization?"));
    let value = |name: &str| url.query_pairs().find(|(found, _)| found == name).unwrap().1.into_owned();
    let (header, claims) = open(&value("request"));
    assert_eq!(header["alg"], "RS256");
    assert_eq!(header["kid"], key(RP_KEY).public().kid());
    for name in ["client_id", "scope", "response_type", "code_challenge", "code_challenge_method"] {
        assert_eq!(claims[name], value(name), "{name}");
    }
    assert_eq!((claims["iss"].as_str(), claims["aud"].as_str()), (Some(RP), Some(OP)));
    assert_eq!(claims["acr_values"], "https://www.spid.gov.it/SpidL2");
    assert_eq!((claims["prompt"].as_str(), claims["ui_locales"].as_str()), (Some("consent login"), Some("it")));
    assert_eq!(claims["claims"]["userinfo"][FISCAL_NUMBER]["essential"], true);
    for name in ["state", "nonce"] {
        let text = claims[name].as_str().unwrap();
        assert!(text.len() >= 32 && text.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{name}");
    }
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 300);
    assert_eq!(started.request, value("request"));
    let again = world.rp.begin(&provider, &ask(), &chance(2), world.now()).unwrap().0;
    assert_ne!(again.state, started.state);
}

#[tokio::test]
async fn attributes_are_refreshed_without_a_sign_in() {
    let world = World::new();
    let mut ask = ask();
    ask.scopes.push("offline_access".to_owned());
    let done = sign_in(&world, &ask).await;
    let provider = world.provider().await;
    let first = done.tokens.refresh_token.unwrap();
    let tokens = world.rp.refresh(&world, &provider, &first, &[5; 16], world.now()).await.unwrap();
    assert_eq!(tokens.id_token, None);
    assert!(tokens.refresh_token.is_some());
    *world.now.lock().unwrap() = world.now().checked_add(SignedDuration::from_hours(31 * 24)).unwrap();
    let provider = world.provider().await;
    let late = world.rp.refresh(&world, &provider, &first, &[6; 16], world.now()).await.unwrap_err();
    let TokenRequestError::Fault(fault) = &late else { panic!("{late}") };
    assert_eq!((&fault.code, late.remedy()), (&FaultCode::InvalidGrant, Remedy::SignInAgain));
}

#[tokio::test]
async fn keys_roll_over_without_a_gap() {
    let world = World::new();
    let both = spid::federation::rp::RelyingParty::new(
        id(RP),
        spid::federation::rp::Organization {
            name: "Ente".to_owned(),
            homepage_uri: RP.to_owned(),
            policy_uri: RP.to_owned(),
            logo_uri: RP.to_owned(),
            contacts: Vec::new(),
        },
        &[CALLBACK],
        vec![id(ANCHOR)],
        vec![key(8), key(RP_FEDERATION_KEY)],
        (vec![key(RP_KEY), key(9)], vec![DecryptionKey::from_pair(&pair(RP_DECRYPTION_KEY)).unwrap()]),
    )
    .unwrap();
    let (header, claims) = open(&both.entity_configuration(world.now(), SignedDuration::from_hours(1)).unwrap());
    assert_eq!(header["kid"], key(8).public().kid());
    assert_eq!(claims["jwks"]["keys"].as_array().unwrap().len(), 2);
    assert_eq!(claims["metadata"]["openid_relying_party"]["jwks"]["keys"].as_array().unwrap().len(), 3);
    assert_eq!(header["typ"], "entity-statement+jwt");
}

#[test]
fn federation_and_core_keys_are_distinct() {
    let shared = spid::federation::rp::RelyingParty::new(
        id(RP),
        spid::federation::rp::Organization {
            name: String::new(),
            homepage_uri: String::new(),
            policy_uri: String::new(),
            logo_uri: String::new(),
            contacts: Vec::new(),
        },
        &[CALLBACK],
        vec![id(ANCHOR)],
        vec![key(RP_KEY)],
        (vec![key(RP_KEY)], vec![DecryptionKey::from_pair(&pair(RP_DECRYPTION_KEY)).unwrap()]),
    );
    assert!(matches!(shared, Err(ConfigurationError::SharedKey)));
}

#[tokio::test]
async fn a_chain_is_kept_and_ends() {
    let world = World::new();
    let chain = world.chain(OP, TrustMarkRule::Optional).await.unwrap();
    let kept: spid::federation::chain::TrustChain =
        serde_json::from_str(&serde_json::to_string(&chain).unwrap()).unwrap();
    // The anchor's statements hold for two hours, the provider's own for a day.
    let end: Timestamp = "2026-11-22T11:00:00Z".parse().unwrap();
    assert_eq!(kept.expires(), end);
    assert!(spid::federation::rp::Provider::from_chain(&kept, end).is_err());
}

#[tokio::test]
async fn our_resolve_endpoint_hands_over_the_chain() {
    let world = World::new();
    let chain = world.chain(OP, TrustMarkRule::Optional).await.unwrap();
    let (header, claims) = open(&world.rp.resolve_response(&chain, world.now()).unwrap());
    assert_eq!(header["typ"], "resolve-response+jwt");
    assert_eq!((claims["iss"].as_str(), claims["sub"].as_str()), (Some(RP), Some(OP)));
    let statements: Vec<String> = serde_json::from_value(claims["trust_chain"].clone()).unwrap();
    let anchor = world.trusted(TrustMarkRule::Optional);
    let again = spid::federation::chain::TrustChain::verify(statements, &id(OP), &anchor, world.now()).unwrap();
    assert_eq!(again.expires(), chain.expires());
}
