//! The anchor and its register.

use outside::cie::RegisterError;
use serde_json::{Value, json};
use spid::federation::chain::{ChainError, CollectError, TrustMarkRule};
use spid::federation::provider::Client;
use spid::federation::rp::Acr;

use crate::party::{Http, Party, id, world};

#[tokio::test]
async fn the_provider_is_found_from_the_anchor() {
    let world = world().await;
    let party = Party::new(&world).await;
    let provider = party.provider().await;
    assert_eq!(provider.issuer.as_str(), world.cie().provider());
    assert_eq!(provider.levels, Acr::ALL);
    assert_eq!(provider.name.as_deref(), Some("CIE id (simulato)"));
    assert!(provider.token_endpoint.as_str().starts_with(&format!("{}cie/op/", world.url())));
}

#[tokio::test]
async fn whoever_is_registered_has_a_chain_and_a_mark() {
    let world = world().await;
    let stranger = Party::new(&world).await;
    assert!(stranger.chain(&stranger.id, TrustMarkRule::Optional).await.is_err());
    let mark = world.cie().register(&stranger.id, stranger.rp.federation_jwks()).unwrap();
    let unmarked = stranger.chain(&stranger.id, TrustMarkRule::AtLeastOne).await.unwrap_err();
    assert!(matches!(unmarked, CollectError::Chain { cause: ChainError::NoTrustMark, .. }), "{unmarked}");
    let mut party = stranger;
    party.mark(mark);
    let chain = party.chain(&party.id, TrustMarkRule::AtLeastOne).await.unwrap();
    let client = Client::from_chain(&chain, party.now()).unwrap();
    assert_eq!(client.redirect_uris, [party.callback()]);
    assert_eq!(world.cie().relying_parties(), [party.id.clone()]);
}

#[tokio::test]
async fn the_anchor_lists_and_tells_of_marks() {
    let world = world().await;
    let party = Party::registered(&world).await;
    let clock = || world.now();
    let mut client = spid::federation::client::Client::new(&Http, &clock, Default::default());
    let anchor = id(&world.cie().anchor());
    let own = client.configuration(&anchor).await.unwrap();
    let own = spid::federation::statement::EntityStatement::verify_configuration(&own, &anchor, world.now()).unwrap();
    assert_eq!(client.list(&own, "openid_provider").await.unwrap(), [id(&world.cie().provider())]);
    assert_eq!(client.list(&own, "openid_relying_party").await.unwrap(), [id(&party.id)]);
    // A mark for relying parties and one for providers, and nobody has the other's.
    assert_eq!(own.trust_mark_issuers.len(), 2);
    for kind in own.trust_mark_issuers.keys() {
        let is_partys = kind.contains("openid_relying_party");
        assert_eq!(client.trust_mark_status(&own, kind, &id(&party.id)).await.unwrap(), is_partys, "{kind}");
        let providers = client.trust_mark_status(&own, kind, &id(&world.cie().provider())).await.unwrap();
        assert_eq!(providers, !is_partys, "{kind}");
    }
}

#[tokio::test]
async fn only_neighbours_with_keys_are_registered() {
    let world = world().await;
    let party = Party::new(&world).await;
    let register = |id: &str, keys: Value| world.cie().register(id, keys).unwrap_err();
    let keys = party.rp.federation_jwks();
    assert!(matches!(register("albo", keys.clone()), RegisterError::EntityId(_)));
    assert!(matches!(register("https://albo.example.it", keys.clone()), RegisterError::Elsewhere(_)));
    assert!(matches!(register(&world.cie().provider(), keys.clone()), RegisterError::Taken(_)));
    assert!(matches!(register(&party.id, json!({ "keys": [] })), RegisterError::Keys(_)));
    assert!(matches!(register(&party.id, json!("keys")), RegisterError::Keys(_)));
    assert!(world.cie().relying_parties().is_empty());
}
