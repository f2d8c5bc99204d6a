//! The JSON interface, and the parts of the protocol that a relying party of ours does not use.

use outside::cie::{Behaviour, TokenState};
use reqwest::StatusCode;
use serde_json::{Value, json};
use spid::federation::chain::{TrustAnchor, TrustChain, TrustMarkRule};
use spid::federation::jose::{JwkSet, Unverified};
use spid::fetch::Fetch as _;

use crate::party::{ANNA, Http, Party, browser, chance, id, world};

#[tokio::test]
async fn scripts_register_a_relying_party_and_see_what_is_granted() {
    let world = world().await;
    let url = |path: &str| format!("{}api/cie{path}", world.url());
    let post = async |path: &str, body: Value| browser().post(url(path)).json(&body).send().await.unwrap();
    let state = async || browser().get(url("")).send().await.unwrap().json::<Value>().await.unwrap();
    let before = state().await;
    assert_eq!(
        (&before["anchor"], &before["provider"]),
        (&json!(world.cie().anchor()), &json!(world.cie().provider()))
    );
    assert_eq!((&before["behaviour"], &before["grants"]), (&json!("good"), &json!([])));
    assert_eq!(before["anchor_jwks"], world.cie().anchor_jwks());
    assert_eq!(before["people"][0]["fiscal_code"], ANNA);

    let mut party = Party::new(&world).await;
    let mark = post("/relying-parties", json!({ "entity_id": party.id })).await;
    assert_eq!(mark.status(), StatusCode::OK);
    let mark: Value = mark.json().await.unwrap();
    let text = |name: &str| mark[name].as_str().unwrap().to_owned();
    party.mark((text("trust_mark_type"), text("trust_mark")));
    party.sign_in(&party.ask()).await.unwrap();

    let after = state().await;
    assert_eq!(after["relying_parties"], json!([party.id]));
    let grant = &after["grants"][0];
    assert_eq!((&grant["relying_party"], &grant["fiscal_code"]), (&json!(party.id), &json!(ANNA)));
    assert_eq!((&grant["tokens"][0]["kind"], &grant["tokens"][0]["state"]), (&json!("access"), &json!("active")));
    let end = format!("/grants/{}/end", grant["id"].as_str().unwrap());
    let ended: Value = post(&end, json!({})).await.json().await.unwrap();
    assert_eq!(ended["grants"][0]["tokens"][0]["state"], "revoked");
    assert_eq!(post("/grants/none/end", json!({})).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn scripts_switch_the_behaviour_and_are_told_what_is_wrong() {
    let world = world().await;
    let url = |path: &str| format!("{}api/cie{path}", world.url());
    let post = async |path: &str, body: Value| browser().post(url(path)).json(&body).send().await.unwrap();
    let switched = post("/behaviour", json!({ "behaviour": "wrong-nonce" })).await;
    assert_eq!(switched.json::<Value>().await.unwrap()["behaviour"], "wrong-nonce");
    assert_eq!(world.cie().behaviour(), Behaviour::WrongNonce);
    assert_eq!(post("/behaviour", json!({ "behaviour": "bad" })).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    for (entity, why) in [
        ("albo", "not the address of an entity"),
        ("https://albo.example.it", "not on this machine"),
        ("http://127.0.0.1:9", "cannot be fetched"),
    ] {
        let answer = post("/relying-parties", json!({ "entity_id": entity })).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{entity}");
        let answer: Value = answer.json().await.unwrap();
        assert!(answer["error"].as_str().unwrap().contains(why), "{answer}");
    }
}

#[tokio::test]
async fn chains_are_resolved_for_whoever_is_registered() {
    let world = world().await;
    let party = Party::registered(&world).await;
    let keys = JwkSet::read(world.cie().anchor_jwks().as_object().unwrap()).unwrap();
    let anchor = TrustAnchor { id: id(&world.cie().anchor()), keys, trust_marks: TrustMarkRule::AtLeastOne };
    for resolver in [world.cie().anchor(), world.cie().provider()] {
        let ask = async |sub: &str, anchor: &str| {
            let query = [("sub", sub), ("anchor", anchor)];
            let url = url::Url::parse_with_params(&format!("{resolver}/resolve"), query).unwrap();
            browser().get(url).send().await.unwrap()
        };
        let answer = ask(&party.id, &world.cie().anchor()).await.text().await.unwrap();
        let statements = Unverified::parse(&answer).unwrap().claims()["trust_chain"].clone();
        let statements: Vec<String> = serde_json::from_value(statements).unwrap();
        TrustChain::verify(statements, &id(&party.id), &anchor, world.now()).unwrap();
        assert_eq!(ask("http://127.0.0.1:9", &world.cie().anchor()).await.status(), StatusCode::NOT_FOUND);
        assert_eq!(ask(&party.id, "https://altro.example.it").await.status(), StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn tokens_are_introspected_and_revoked_by_their_owner_only() {
    let world = world().await;
    let (party, other) = (Party::registered(&world).await, Party::registered(&world).await);
    let mut ask = party.ask();
    ask.scopes.push("offline_access".to_owned());
    let tokens = party.sign_in(&ask).await.unwrap().tokens;
    let refresh_token = tokens.refresh_token.unwrap();
    let introspect = async |party: &Party, token: &str| {
        let provider = party.provider().await;
        let mut request = party.rp.revocation_request(&provider, token, &chance(), party.now()).unwrap();
        *request.uri_mut() = format!("{}/introspection", world.cie().provider()).parse().unwrap();
        serde_json::from_slice::<Value>(Http.send(request).await.unwrap().body()).unwrap()
    };
    let found = introspect(&party, &tokens.access_token).await;
    assert_eq!((&found["active"], &found["client_id"]), (&json!(true), &json!(party.id)));
    assert_eq!(introspect(&other, &tokens.access_token).await, json!({ "active": false }));
    assert_eq!(introspect(&party, "nonsense").await, json!({ "active": false }));

    let revoke = async |party: &Party| {
        let provider = party.provider().await;
        party.rp.revoke(&Http, &provider, &refresh_token, &chance(), party.now()).await.unwrap();
        world.cie().grants()[0].tokens.iter().map(|token| token.state).collect::<Vec<_>>()
    };
    assert_eq!(revoke(&other).await, [TokenState::Active; 2]);
    assert_eq!(revoke(&party).await, [TokenState::Revoked; 2], "the refresh token takes the access token with it");
}
