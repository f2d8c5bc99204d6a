//! Single logout, begun by the service or at the provider.

use jiff::SignedDuration;
use outside::world::World;
use reqwest::{Client, StatusCode};
use spid::metadata::EndpointBinding;
use spid::metadata::idp::IdentityProvider;
use spid::saml::{EntityId, Level, MessageId, RelayState, StatusCode as Status};
use spid::sp::logout::{Incoming, LogoutRequest, LogoutResponse, Receiver, verify_request, verify_response};
use spid::sp::response::Identity;

use crate::service::{
    ANNA, ENTITY, LOGOUT, browser, choose, fetch, form, key, known, now, provider, read, relay_state, request,
};

/// Signs in at level 1 and leaves the session in the browser.
async fn signed_in(world: &World, browser: &Client, provider: &IdentityProvider) -> Identity {
    let asked = request(provider, Level::One);
    let sent = asked.to_post(key(), &relay_state()).unwrap();
    let fields = [("SAMLRequest", sent.value.as_str())];
    let page = browser.post(&sent.action).form(&fields).send().await.unwrap().text().await.unwrap();
    let answered = choose(browser, world, &page, ANNA, "consent").await.text().await.unwrap();
    read(provider, &asked, &form(&answered).1["SAMLResponse"]).unwrap()
}

fn demand(provider: &IdentityProvider, identity: &Identity) -> LogoutRequest {
    LogoutRequest {
        id: MessageId::from_random([3; 20]),
        issue_instant: now(),
        issuer: EntityId::parse(ENTITY).unwrap(),
        provider: provider.entity_id.clone(),
        destination: provider.logout(EndpointBinding::HttpRedirect).unwrap().location.clone(),
        subject: identity.subject.clone(),
        session_index: identity.session_index.clone(),
    }
}

fn receiver() -> Receiver<'static> {
    Receiver { url: LOGOUT, now: now(), clock_skew: SignedDuration::ZERO }
}

#[tokio::test]
async fn a_service_ends_the_session_and_hears_that_it_did() {
    let world = known().await;
    let (provider, browser) = (provider(&world, "poste-esempio").await, browser());
    let identity = signed_in(&world, &browser, &provider).await;
    for (expected, inner) in [(Status::Success, None), (Status::Requester, Some("PartialLogout"))] {
        let demand = demand(&provider, &identity);
        let sent = demand.to_redirect(key(), Some(&RelayState::new("torna").unwrap())).unwrap();
        let answer = browser.get(&sent.url).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let location = answer.headers()["location"].to_str().unwrap();
        let (url, query) = location.split_once('?').unwrap();
        assert!(url == LOGOUT && query.contains("RelayState=torna"), "{location}");
        let status =
            verify_response(Incoming::Redirect(query), &receiver(), &demand.pending(), &provider.signing_keys).unwrap();
        assert_eq!((status.code, status.substatus.as_deref()), (expected, inner));
    }
}

#[tokio::test]
async fn a_demand_that_is_not_signed_by_a_known_service_ends_nothing() {
    let world = known().await;
    let (provider, browser) = (provider(&world, "poste-esempio").await, browser());
    let identity = signed_in(&world, &browser, &provider).await;
    let stranger =
        LogoutRequest { issuer: EntityId::parse("https://other.example").unwrap(), ..demand(&provider, &identity) };
    let sent = stranger.to_redirect(key(), None).unwrap();
    assert_eq!(fetch(&sent.url).await.status(), StatusCode::FORBIDDEN);
    let sent = demand(&provider, &identity).to_redirect(key(), None).unwrap();
    assert_eq!(fetch(&sent.url.replace("Signature=", "Signature=AA")).await.status(), StatusCode::FORBIDDEN);
    let page = browser.get(format!("{}/sessione", provider.entity_id)).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("aperta una sessione di Anna Rossi") && page.contains(ENTITY), "{page}");
}

#[tokio::test]
async fn the_person_ends_the_session_at_the_provider_and_the_service_is_told() {
    let world = known().await;
    let (provider, browser) = (provider(&world, "poste-esempio").await, browser());
    let identity = signed_in(&world, &browser, &provider).await;
    let here = format!("{}/sessione", provider.entity_id);
    let told = browser.post(&here).send().await.unwrap();
    let location = told.headers()["location"].to_str().unwrap().to_owned();
    let query = location.strip_prefix(LOGOUT).unwrap().strip_prefix('?').unwrap();
    let heard = verify_request(Incoming::Redirect(query), &receiver(), |_| Some(&provider.signing_keys)).unwrap();
    assert_eq!((heard.subject, heard.session_indexes), (identity.subject, vec![identity.session_index.unwrap()]));

    let relay_state = query.split('&').find_map(|pair| pair.strip_prefix("RelayState=")).unwrap();
    let answer = LogoutResponse {
        id: MessageId::from_random([4; 20]),
        issue_instant: now(),
        issuer: EntityId::parse(ENTITY).unwrap(),
        destination: provider.logout(EndpointBinding::HttpRedirect).unwrap().location.clone(),
        in_response_to: heard.id,
        status: Status::Success,
    };
    let sent = answer.to_redirect(key(), Some(&RelayState::new(relay_state).unwrap())).unwrap();
    let done = browser.get(&sent.url).send().await.unwrap().text().await.unwrap();
    assert!(done.contains("anche presso tutti i servizi"), "{done}");
    assert!(browser.get(&here).send().await.unwrap().text().await.unwrap().contains("nessuna sessione"));
    assert_eq!(fetch(&sent.url).await.status(), StatusCode::FORBIDDEN, "an answer is heard once");
}
