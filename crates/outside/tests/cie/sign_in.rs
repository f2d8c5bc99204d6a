//! Signing in, the tokens that come of it, and every way in which the person can end it.

use jiff::SignedDuration;
use outside::cie::{AnswerError, CieAnswer, Outcome, TokenInfo, TokenKind, TokenState};
use spid::federation::fault::{FaultCode, Remedy};
use spid::federation::rp::{Acr, CallbackError, Claim, CompleteError, TokenRequestError};
use spid::fetch::Fetch as _;

use crate::party::{ANNA, BRUNO, FISCAL_NUMBER, Http, Party, anna, chance, world};

#[tokio::test]
async fn a_person_signs_in_and_out() {
    let world = world().await;
    let party = Party::registered(&world).await;
    let done = party.sign_in(&party.ask()).await.unwrap();
    let person = &done.identity;
    assert_eq!((person.given_name.as_deref(), person.family_name.as_deref()), (Some("Anna"), Some("Rossi <&>")));
    assert_eq!(person.fiscal_number.as_deref(), Some("TINIT-RSSNNA80A41H501L"));
    assert_eq!(person.birthdate, Some(jiff::civil::date(1980, 1, 1)));
    assert_eq!((person.email.as_deref(), person.email_verified), (Some("anna@example.it"), Some(true)));
    assert_eq!((person.acr, person.gender.as_deref()), (Acr::L2, None), "what nobody asked for is not given");

    let grant = &world.cie().grants()[0];
    assert_eq!((grant.relying_party.as_str(), grant.fiscal_code.as_str()), (party.id.as_str(), ANNA));
    assert!(grant.redeemed && grant.subject == person.subject);
    let token = &grant.tokens[0];
    assert_eq!((grant.tokens.len(), token.kind, token.state), (1, TokenKind::Access, TokenState::Active));

    let (provider, access) = (party.provider().await, &done.tokens.access_token);
    party.rp.revoke(&Http, &provider, access, &chance(), party.now()).await.unwrap();
    assert_eq!(world.cie().grants()[0].tokens[0].state, TokenState::Revoked);
    let answer = Http.send(party.rp.userinfo_request(&provider, access).unwrap()).await.unwrap();
    assert_eq!(answer.status(), 401, "a revoked token opens nothing");
    party.rp.revoke(&Http, &provider, access, &chance(), party.now()).await.unwrap();
}

#[tokio::test]
async fn levels_attributes_and_names_are_those_that_were_asked_for() {
    let world = world().await;
    let (party, other) = (Party::registered(&world).await, Party::registered(&world).await);
    let mut ask = party.ask();
    (ask.levels, ask.scopes) = (vec![Acr::L3], Vec::new());
    let (started, url) = party.begin(&ask).await;
    let low = world.cie().answer(url.as_str(), anna(Outcome::Consent)).await.unwrap_err();
    assert!(matches!(low, AnswerError::Level), "{low}");
    let bruno = CieAnswer { fiscal_code: BRUNO.to_owned(), level: Acr::L3, outcome: Outcome::Consent };
    let back = world.cie().answer(url.as_str(), bruno.clone()).await.unwrap();
    let done = party.complete(&started, party.accept(&started, &back).unwrap()).await.unwrap();
    assert_eq!(done.identity.acr, Acr::L3);
    assert_eq!(done.identity.attributes.keys().collect::<Vec<_>>(), [FISCAL_NUMBER]);

    // Bruno has no address of mail, and is known to the other relying party by another name.
    let mut ask = other.ask();
    ask.claims.push(Claim { name: "gender".to_owned(), essential: false });
    let (started, url) = other.begin(&ask).await;
    let back = world.cie().answer(url.as_str(), bruno).await.unwrap();
    let there = other.complete(&started, other.accept(&started, &back).unwrap()).await.unwrap();
    assert_eq!((there.identity.email, there.identity.gender.as_deref()), (None, Some("male")));
    assert_ne!(there.identity.subject, done.identity.subject);
}

#[tokio::test]
async fn refresh_tokens_are_used_once_and_end_with_the_consent() {
    let world = world().await;
    let party = Party::registered(&world).await;
    let mut ask = party.ask();
    ask.scopes.push("offline_access".to_owned());
    let first = party.sign_in(&ask).await.unwrap().tokens.refresh_token.unwrap();
    let provider = party.provider().await;
    let refresh = async |token: &str| party.rp.refresh(&Http, &provider, token, &chance(), party.now()).await;
    let second = refresh(&first).await.unwrap();
    assert!(second.id_token.is_none());
    let again = refresh(&first).await.unwrap_err();
    let TokenRequestError::Fault(fault) = &again else { panic!("{again}") };
    assert_eq!((&fault.code, again.remedy()), (&FaultCode::InvalidGrant, Remedy::SignInAgain));

    let grant = &world.cie().grants()[0];
    let told = |token: &TokenInfo| (token.kind, token.state);
    let (access, refreshing) = (TokenKind::Access, TokenKind::Refresh);
    let expected = [
        (access, TokenState::Active),
        (refreshing, TokenState::Used),
        (access, TokenState::Active),
        (refreshing, TokenState::Active),
    ];
    assert_eq!(grant.tokens.iter().map(told).collect::<Vec<_>>(), expected);
    assert!(world.cie().end_grant(&grant.id) && !world.cie().end_grant("none"));
    assert!(refresh(&second.refresh_token.unwrap()).await.is_err());
    let states = world.cie().grants()[0].tokens.iter().map(|token| token.state).collect::<Vec<_>>();
    assert_eq!(states, [TokenState::Revoked, TokenState::Used, TokenState::Revoked, TokenState::Revoked]);
}

#[tokio::test]
async fn tokens_and_chains_end_by_themselves() {
    let world = world().await;
    let party = Party::registered(&world).await;
    let tokens = party.sign_in(&party.ask()).await.unwrap().tokens;
    world.advance(SignedDuration::from_mins(6)).await;
    assert_eq!(world.cie().grants()[0].tokens[0].state, TokenState::Expired);
    let request = party.rp.userinfo_request(&party.provider().await, &tokens.access_token).unwrap();
    assert_eq!(Http.send(request).await.unwrap().status(), 401);
    // The provider forgets the chain and collects it anew, which needs a configuration that is in force.
    world.advance(SignedDuration::from_hours(24)).await;
    let (_, url) = party.begin(&party.ask()).await;
    let late = world.cie().answer(url.as_str(), anna(Outcome::Consent)).await.unwrap_err();
    assert!(matches!(late, AnswerError::Client(_)), "{late}");
    party.publish();
    party.sign_in(&party.ask()).await.unwrap();
}

#[tokio::test]
async fn codes_requests_and_proofs_are_good_once() {
    let world = world().await;
    let party = Party::registered(&world).await;
    let (started, url) = party.begin(&party.ask()).await;
    let back = world.cie().answer(url.as_str(), anna(Outcome::Consent)).await.unwrap();
    let again = world.cie().answer(url.as_str(), anna(Outcome::Consent)).await.unwrap();
    let refused = party.accept(&started, &again).err().unwrap();
    assert!(matches!(&refused, CallbackError::Fault(fault) if fault.code == FaultCode::InvalidRequest), "{refused}");

    let provider = party.provider().await;
    let code = party.accept(&started, &back).unwrap();
    let request = party.rp.token_request(&provider, &started, &code, &chance(), party.now()).unwrap();
    assert_eq!(Http.send(request.clone()).await.unwrap().status(), 200);
    let replayed = Http.send(request).await.unwrap();
    assert_eq!(replayed.status(), 401, "the same proof of who asks");
    assert_eq!(world.cie().grants()[0].tokens[0].state, TokenState::Active);
    let stolen = party.complete(&started, code).await.unwrap_err();
    assert!(
        matches!(&stolen, CompleteError::Tokens(TokenRequestError::Fault(fault)) if fault.code == FaultCode::InvalidGrant)
    );
    assert_eq!(world.cie().grants()[0].tokens[0].state, TokenState::Revoked, "a code shown twice ends everything");
}

#[tokio::test]
async fn a_code_is_good_for_a_minute_and_for_its_own_sign_in() {
    let world = world().await;
    let party = Party::registered(&world).await;
    let (first, url) = party.begin(&party.ask()).await;
    let back = world.cie().answer(url.as_str(), anna(Outcome::Consent)).await.unwrap();
    let code = party.accept(&first, &back).unwrap();
    let (other, _) = party.begin(&party.ask()).await;
    assert!(party.complete(&other, code).await.is_err(), "another sign-in's verifier");

    let (started, url) = party.begin(&party.ask()).await;
    let back = world.cie().answer(url.as_str(), anna(Outcome::Consent)).await.unwrap();
    world.advance(SignedDuration::from_secs(61)).await;
    let code = party.accept(&started, &back).unwrap();
    assert!(party.complete(&started, code).await.is_err());
}

#[tokio::test]
async fn every_refusal_of_the_person_and_the_provider() {
    let world = world().await;
    let party = Party::registered(&world).await;
    for (outcome, remedy) in [
        (Outcome::Cancelled, Remedy::SignInAgain),
        (Outcome::NoCredentialsOfLevel, Remedy::UseHigherLevel),
        (Outcome::ConsentDenied, Remedy::GiveConsent),
        (Outcome::TemporarilyUnavailable, Remedy::TryLater),
        (Outcome::ServerError, Remedy::TryLater),
    ] {
        let (started, url) = party.begin(&party.ask()).await;
        let back = world.cie().answer(url.as_str(), anna(outcome)).await.unwrap();
        let refused = party.accept(&started, &back).err().unwrap();
        assert_eq!(refused.remedy(), remedy, "{}", outcome.name());
        assert!(back.contains("iss="), "{back}");
    }
    assert!(world.cie().grants().is_empty());
}

#[tokio::test]
async fn answers_for_nobody_lead_nowhere() {
    let world = world().await;
    let party = Party::new(&world).await;
    let (_, url) = party.begin(&party.ask()).await;
    let answer = async |url: &str, answer| world.cie().answer(url, answer).await.unwrap_err();
    let stranger = answer(url.as_str(), anna(Outcome::Consent)).await;
    assert!(matches!(stranger, AnswerError::Client(_)), "{stranger}");
    let nobody = CieAnswer { fiscal_code: "XXXXXX00X00X000X".to_owned(), ..anna(Outcome::Consent) };
    assert!(matches!(answer(url.as_str(), nobody).await, AnswerError::NoPerson));
    assert!(matches!(answer("http://127.0.0.1:9/x?a=b", anna(Outcome::Consent)).await, AnswerError::Address));
    let empty = format!("{}/authorization", world.cie().provider());
    assert!(matches!(answer(&empty, anna(Outcome::Consent)).await, AnswerError::Page(_)));
}
