//! The list of providers, in the eyes of the registry of the `spid` crate, and how providers behave.

use std::time::{Duration, Instant};

use http::{Request, Response};
use outside::spid::Behaviour;
use reqwest::StatusCode;
use serde_json::{Value, json};
use spid::certificate::Expiry;
use spid::fetch::{Fetch, FetchError};
use spid::metadata::Trust;
use spid::metadata::idp::IdentityProvider;
use spid::registry::{Finding, Policy, Registry, Source, refresh};

use crate::service::{browser, fetch, now, provider, world};

struct Http;

impl Fetch for Http {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, FetchError> {
        let url = request.uri().to_string();
        let failed = |cause: reqwest::Error| FetchError { url: url.clone(), cause: cause.into() };
        let answer = browser().get(&url).send().await.map_err(failed)?;
        let status = answer.status();
        let body = answer.bytes().await.map_err(failed)?.to_vec();
        let mut response = Response::new(body);
        *response.status_mut() = status;
        Ok(response)
    }
}

#[tokio::test]
async fn the_registry_reads_the_list_and_sees_what_is_wrong() {
    let world = world().await;
    let policy = Policy { sources: vec![Source::Json { url: world.spid().registry_url() }] };
    let refreshed = refresh(&Registry::default(), &Http, &policy, now()).await;
    let names: Vec<_> = refreshed.registry.providers().iter().map(|one| one.display_name("it").to_owned()).collect();
    assert_eq!(names, ["Poste Esempio ID", "Chiave Civica ID", "Ultimo Timbro ID", "Passo Lento ID"]);
    let ending = refreshed.findings.iter().find_map(|finding| match finding {
        Finding::Certificate { entity_id, expiry, .. } => Some((entity_id.as_str().to_owned(), *expiry)),
        _ => None,
    });
    let (entity_id, expiry) = ending.unwrap();
    assert!(entity_id.ends_with("/spid/ultimo-timbro"));
    assert_eq!(expiry, Expiry::Within30Days);
    let broken = refreshed.findings.iter().filter_map(|finding| match finding {
        Finding::Broken { entity_id, .. } => entity_id.rsplit('/').next(),
        _ => None,
    });
    assert_eq!(broken.collect::<Vec<_>>(), ["sigillo-rotto"]);
}

#[tokio::test]
async fn metadata_verify_unless_the_provider_is_broken() {
    let world = world().await;
    let good = provider(&world, "chiave-civica").await;
    assert!(good.wants_signed_requests && good.single_sign_on.len() == 2 && good.single_logout.len() == 2);
    world.spid().set_behaviour("chiave-civica", Behaviour::Broken);
    let xml = fetch(&format!("{}/metadata", good.entity_id)).await.bytes().await.unwrap();
    assert!(IdentityProvider::parse(&xml, Trust::Signed(&good.signing_keys), now()).is_err());
    world.spid().set_behaviour("chiave-civica", Behaviour::Good);
    provider(&world, "chiave-civica").await;
    let info = world.spid().providers();
    let broken = info.iter().find(|info| info.behaviour == Behaviour::Broken).unwrap();
    assert_eq!((broken.slug, broken.entity_id.clone() + "/metadata"), ("sigillo-rotto", broken.metadata_url.clone()));
}

#[tokio::test]
async fn a_slow_provider_takes_its_time() {
    let world = world().await;
    let start = Instant::now();
    fetch(&format!("{}spid/passo-lento/sessione", world.url())).await;
    assert!(start.elapsed() >= Duration::from_secs(3));
}

#[tokio::test]
async fn scripts_see_and_switch_the_providers() {
    let world = world().await;
    let url = |path: &str| format!("{}api/spid{path}", world.url());
    let state: Value = fetch(&url("")).await.json().await.unwrap();
    assert_eq!(state["registry_url"], world.spid().registry_url());
    assert_eq!(state["people"][1]["company"], "Autotrasporti <Verdi> SRL");
    assert_eq!(state["providers"][3]["behaviour"], "slow");

    let switch = url("/providers/poste-esempio");
    let answer = browser().post(&switch).json(&json!({ "behaviour": "down" })).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let page = fetch(&format!("{}spid/poste-esempio/metadata", world.url())).await;
    assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
    let answer = browser().post(&switch).json(&json!({ "behaviour": "odd" })).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let nobody = url("/providers/nessuno");
    let answer = browser().post(nobody).json(&json!({ "behaviour": "good" })).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);

    let service = json!({ "entity_id": "https://a.example", "metadata_url": "https://a.example/metadata" });
    browser().post(url("/services")).json(&service).send().await.unwrap();
    assert_eq!(world.spid().admitted(), ["https://a.example"]);
}

#[tokio::test]
async fn unknown_places_are_not_there() {
    let world = world().await;
    for path in ["spid/nessuno/metadata", "spid/poste-esempio/altro", "spid/nessuno/sso?SAMLRequest=x"] {
        assert_eq!(fetch(&format!("{}{path}", world.url())).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}
