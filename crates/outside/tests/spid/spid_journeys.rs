//! Signing in, and every way in which it can end.

use outside::spid::{Answer, Incoming, Outcome};
use outside::world::World;
use reqwest::StatusCode;
use spid::metadata::EndpointBinding;
use spid::metadata::idp::IdentityProvider;
use spid::saml::{Attribute, ErrorCode, Level, MessageId, Purpose};
use spid::sp::AuthnRequest;
use spid::sp::response::{ResponseError, Signed};

use crate::service::{
    ANNA, BRUNO, CONSUMER, ENTITY, RELAY, browser, choose, form, key, known, metadata, provider, read, relay_state,
    request, serve, world,
};

const SLUG: &str = "poste-esempio";

/// Answers a request without a browser.
async fn answer(world: &World, asked: &AuthnRequest, person: &str, outcome: Outcome) -> Answer {
    let sent = asked.to_post(key(), &relay_state()).unwrap();
    let incoming = Incoming::Post { saml_request: &sent.value, relay_state: Some(RELAY) };
    world.spid().answer(SLUG, incoming, person, outcome).await.unwrap()
}

fn response(answer: &Answer) -> &str {
    &answer.fields.iter().find(|(name, _)| name == "SAMLResponse").unwrap().1
}

fn error_code(provider: &IdentityProvider, asked: &AuthnRequest, answer: &Answer) -> Option<ErrorCode> {
    match read(provider, asked, response(answer)) {
        Err(ResponseError::Status(status)) => Some(status.error_code),
        _ => None,
    }
}

#[tokio::test]
async fn a_person_signs_in_by_post() {
    let world = known().await;
    let provider = provider(&world, SLUG).await;
    let asked = request(&provider, Level::Two);
    let sent = asked.to_post(key(), &relay_state()).unwrap();
    let browser = browser();
    let fields = [("SAMLRequest", sent.value.as_str()), ("RelayState", RELAY)];
    let page = browser.post(&sent.action).form(&fields).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    let page = page.text().await.unwrap();
    for shown in
        ["Albo &#60;delle&#62; imprese", ENTITY, "almeno SPID 2", "Anna Rossi", ANNA, "anna@example.it", "nr25"]
    {
        assert!(page.contains(shown), "{shown} in {page}");
    }
    assert!(page.contains("Autotrasporti &#60;Verdi&#62; SRL") && !page.contains("<script"), "{page}");

    let answered = choose(&browser, &world, &page, ANNA, "consent").await;
    assert_eq!(answered.status(), StatusCode::OK);
    assert!(!answered.headers().contains_key("set-cookie"), "level 2 opens no session");
    let (action, fields) = form(&answered.text().await.unwrap());
    assert_eq!((action.as_str(), fields["RelayState"].as_str()), (CONSUMER, RELAY));
    let identity = read(&provider, &asked, &fields["SAMLResponse"]).unwrap();
    assert_eq!((identity.level, identity.session_index), (Level::Two, None));
    assert_eq!(identity.attributes.fiscal_number().unwrap().unwrap().as_str(), ANNA);
    assert_eq!(identity.attributes.get(Attribute::DateOfBirth), Some("1980-01-01"));

    let again = choose(&browser, &world, &page, ANNA, "consent").await;
    assert_eq!(again.status(), StatusCode::GONE, "a choice is made once");
}

#[tokio::test]
async fn a_session_of_level_1_saves_the_credentials_next_time() {
    let world = known().await;
    let provider = provider(&world, SLUG).await;
    let browser = browser();
    let mut indexes = Vec::new();
    for number in [1, 2] {
        let asked = AuthnRequest { id: MessageId::from_random([number; 20]), ..request(&provider, Level::One) };
        let endpoint = provider.sign_on(EndpointBinding::HttpRedirect).unwrap();
        let asked = AuthnRequest { destination: endpoint.location.clone(), ..asked };
        let sent = asked.to_redirect(key(), &relay_state()).unwrap();
        let page = browser.get(&sent.url).send().await.unwrap().text().await.unwrap();
        assert_eq!(page.contains("già una sessione aperta di Anna Rossi"), number == 2);
        let answered = choose(&browser, &world, &page, ANNA, "consent").await.text().await.unwrap();
        let identity = read(&provider, &asked, &form(&answered).1["SAMLResponse"]).unwrap();
        indexes.push(identity.session_index.unwrap());
    }
    assert_eq!(indexes[0], indexes[1]);
}

#[tokio::test]
async fn every_error_of_the_person() {
    let world = known().await;
    let provider = provider(&world, SLUG).await;
    for (number, outcome) in [
        (19, Outcome::WrongCredentials),
        (20, Outcome::NoCredentialsOfLevel),
        (21, Outcome::Timeout),
        (22, Outcome::ConsentDenied),
        (23, Outcome::Blocked),
        (25, Outcome::Cancelled),
        (30, Outcome::WrongKindOfIdentity),
    ] {
        let asked = AuthnRequest { id: MessageId::from_random([number; 20]), ..request(&provider, Level::Two) };
        let answer = answer(&world, &asked, ANNA, outcome).await;
        assert_eq!(answer.action, CONSUMER);
        assert_eq!(error_code(&provider, &asked, &answer), ErrorCode::from_number(number), "nr{number}");
        assert_eq!(outcome.name(), format!("nr{number}"));
    }
}

#[tokio::test]
async fn answers_that_no_service_should_accept() {
    let world = known().await;
    let provider = provider(&world, SLUG).await;
    let asked = request(&provider, Level::Two);
    let lower = answer(&world, &asked, ANNA, Outcome::LowerLevel).await;
    let refused = read(&provider, &asked, response(&lower)).unwrap_err();
    assert!(matches!(refused, ResponseError::Level { reached: Level::One, .. }), "{refused}");
    let asked = AuthnRequest { id: MessageId::from_random([5; 20]), ..asked };
    let tampered = answer(&world, &asked, ANNA, Outcome::Tampered).await;
    let refused = read(&provider, &asked, response(&tampered)).unwrap_err();
    assert!(matches!(refused, ResponseError::Signature { of: Signed::Response, .. }), "{refused}");
}

#[tokio::test]
async fn a_company_signs_in_for_professional_use_and_a_person_does_not() {
    let world = known().await;
    let provider = provider(&world, SLUG).await;
    let wanted = [Attribute::FiscalNumber, Attribute::CompanyName, Attribute::IvaCode, Attribute::DigitalAddress];
    let asked = AuthnRequest {
        attribute_index: 1,
        attributes: wanted.into_iter().collect(),
        purpose: Some(Purpose::ProfessionalForLegalPerson),
        ..request(&provider, Level::Two)
    };
    let company = answer(&world, &asked, BRUNO, Outcome::Consent).await;
    let identity = read(&provider, &asked, response(&company)).unwrap();
    assert_eq!(identity.attributes.iva_code().unwrap().unwrap().to_string(), "12345670017");
    assert_eq!(identity.attributes.get(Attribute::DigitalAddress), Some("verdi@pec.example"));
    let asked = AuthnRequest { id: MessageId::from_random([5; 20]), ..asked };
    let person = answer(&world, &asked, ANNA, Outcome::Consent).await;
    assert_eq!(error_code(&provider, &asked, &person), Some(ErrorCode::WrongKindOfIdentity));
}

#[tokio::test]
async fn a_request_is_used_once_and_a_wrong_one_is_answered_with_its_error() {
    let world = known().await;
    let provider = provider(&world, SLUG).await;
    let asked = request(&provider, Level::One);
    read(&provider, &asked, response(&answer(&world, &asked, ANNA, Outcome::Consent).await)).unwrap();
    let again = answer(&world, &asked, ANNA, Outcome::Consent).await;
    assert_eq!(error_code(&provider, &asked, &again), Some(ErrorCode::Id));
    let asked = AuthnRequest { id: MessageId::from_random([6; 20]), attribute_index: 8, ..asked };
    let wrong = answer(&world, &asked, ANNA, Outcome::Consent).await;
    assert_eq!(error_code(&provider, &asked, &wrong), Some(ErrorCode::AttributeConsumingService));
}

#[tokio::test]
async fn a_stranger_sees_a_page_and_nothing_else() {
    let world = world().await;
    let provider = provider(&world, SLUG).await;
    let sent = request(&provider, Level::One).to_post(key(), &relay_state()).unwrap();
    let fields = [("SAMLRequest", sent.value.as_str()), ("RelayState", RELAY)];
    let post = async || browser().post(&sent.action).form(&fields).send().await.unwrap();
    let page = post().await;
    assert_eq!(page.status(), StatusCode::FORBIDDEN);
    let page = page.text().await.unwrap();
    assert!(page.contains("Formato richiesta non corretto") && !page.contains("<form"), "{page}");
    // Admitted, but its metadata are somebody else's.
    world.spid().admit(ENTITY, &serve(metadata().replace(ENTITY, "https://other.example.it")).await);
    assert_eq!(post().await.status(), StatusCode::INTERNAL_SERVER_ERROR);
    world.spid().admit(ENTITY, &serve(metadata()).await);
    assert_eq!(post().await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_choice_must_be_a_real_one() {
    let world = known().await;
    let provider = provider(&world, SLUG).await;
    let sent = request(&provider, Level::One).to_post(key(), &relay_state()).unwrap();
    let fields = [("SAMLRequest", sent.value.as_str())];
    let page = browser().post(&sent.action).form(&fields).send().await.unwrap().text().await.unwrap();
    for (person, outcome) in [("XXXXXX00X00X000X", "consent"), (ANNA, "nr24"), (ANNA, "")] {
        let answered = choose(&browser(), &world, &page, person, outcome).await;
        assert_eq!(answered.status(), StatusCode::BAD_REQUEST, "{person} {outcome}");
    }
    assert_eq!(choose(&browser(), &world, &page, ANNA, "consent").await.status(), StatusCode::OK);
}
