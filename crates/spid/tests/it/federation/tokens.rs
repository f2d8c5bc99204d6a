//! Tokens and attributes, when somebody meddles with them on the way or the provider is not to be believed.

use std::sync::Arc;

use http::Response;
use serde_json::{Value, json};
use spid::federation::fault::Remedy;
use spid::federation::jose::{ContentEncryption, DecryptionKey, JweError, JwsError, KeyEncryption, encrypt};
use spid::federation::rp::{Acr, Callback, CompleteError, SignedIn, TokenError, TokenRequestError, UserinfoError};

use super::world::*;

/// A sign-in in a world where some answers were changed.
async fn attempt(world: &World) -> Result<SignedIn, CompleteError> {
    let provider = world.provider().await;
    let (started, request) = world.rp.begin(&provider, &ask(), &chance(1), world.now()).unwrap();
    let fields: Vec<(String, String)> =
        request.form().1.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let back = world.sign_in(&fields).await.unwrap();
    let code = started.accept(Callback::read_query(back.query().unwrap()).unwrap(), world.now()).unwrap();
    world.rp.complete(world, &provider, &started, code, &[3; 16], &|| world.now()).await
}

/// Changes the id token or the access token in the answer of the token endpoint.
async fn with_token(name: &'static str, change: impl Fn(&str) -> String + Send + 'static) -> TokenError {
    let world = World::new();
    world.rewrite(&format!("{OP}/token"), move |body| {
        let mut answer: Value = serde_json::from_str(&body).unwrap();
        answer[name] = change(answer[name].as_str().unwrap()).into();
        answer.to_string()
    });
    match attempt(&world).await.expect_err(name) {
        CompleteError::Token(error) => error,
        other => panic!("{other:?}"),
    }
}

async fn with_claim(claim: &'static str, value: Value) -> TokenError {
    with_token("id_token", move |jwt| alter(jwt, OP_KEY, |claims| claims[claim] = value.clone())).await
}

#[tokio::test]
async fn id_tokens_are_checked_claim_by_claim() {
    let with = with_claim;
    assert!(matches!(with("iss", json!("https://evil.example")).await, TokenError::Issuer));
    assert!(matches!(with("aud", json!("https://other.example")).await, TokenError::Audience));
    assert!(matches!(with("aud", json!([RP, "https://other.example"])).await, TokenError::Audience));
    assert!(matches!(with("azp", json!("https://other.example")).await, TokenError::Audience));
    assert!(matches!(with("aud", json!([])).await, TokenError::Audience));
    assert!(matches!(with("nonce", json!("0".repeat(64))).await, TokenError::Nonce), "another sign-in's token");
    assert!(matches!(with("nonce", json!(null)).await, TokenError::Claim(_)));
    assert!(matches!(with("exp", json!(1_700_000_000)).await, TokenError::Time(_)));
    assert!(matches!(with("iat", json!(4_000_000_000_i64)).await, TokenError::Time(_)));
    assert!(matches!(with("at_hash", json!("AAAAAAAAAAAAAAAAAAAAAA")).await, TokenError::AccessToken));
    assert!(matches!(with("jti", json!("")).await, TokenError::Claim(_)));
    assert!(matches!(with("sub", json!("another")).await, TokenError::AccessToken));
    let low = with("acr", json!("https://www.spid.gov.it/SpidL1")).await;
    assert_eq!((low.remedy(), matches!(low, TokenError::Level)), (Remedy::UseHigherLevel, true));
    assert!(matches!(with("acr", json!("https://www.spid.gov.it/SpidL9")).await, TokenError::Level));
}

#[tokio::test]
async fn id_tokens_are_signed_as_agreed() {
    let stranger = with_token("id_token", |jwt| alter(jwt, STRANGER, |_| {})).await;
    assert!(matches!(stranger, TokenError::Signature(JwsError::Signature)));
    let federation = with_token("id_token", |jwt| {
        let (mut header, claims) = open(jwt);
        header["kid"] = key(OP_FEDERATION_KEY).public().kid().into();
        forge(&header, &claims, OP_FEDERATION_KEY)
    });
    assert!(matches!(federation.await, TokenError::Signature(JwsError::UnknownKey(_))), "core keys only");
    for (alg, typ) in [("none", json!(null)), ("HS256", json!(null)), ("RS512", json!(null)), ("ES256", json!(null))] {
        let error = with_token("id_token", move |jwt| {
            let (mut header, claims) = open(jwt);
            header["alg"] = alg.into();
            if !typ.is_null() {
                header["typ"] = typ.clone();
            }
            forge(&header, &claims, OP_KEY)
        });
        assert!(matches!(error.await, TokenError::Signature(JwsError::Algorithm(_))), "{alg}");
    }
    let bare = with_token("id_token", |jwt| format!("{}.", jwt.rsplit_once('.').unwrap().0)).await;
    assert!(matches!(bare, TokenError::Signature(_)));
}

#[tokio::test]
async fn one_token_does_not_stand_in_for_another() {
    let world = World::new();
    let swapped = |body: String| {
        let mut answer: Value = serde_json::from_str(&body).unwrap();
        answer["id_token"] = answer["access_token"].clone();
        answer.to_string()
    };
    world.rewrite(&format!("{OP}/token"), swapped);
    let error = attempt(&world).await.unwrap_err();
    assert!(matches!(error, CompleteError::Token(TokenError::Signature(JwsError::Typ { .. }))));

    // An access token of another person or another client, hash and all.
    for (claim, value) in [("sub", "another"), ("client_id", "https://other.example"), ("iss", "https://evil.example")]
    {
        let world = World::new();
        world.rewrite(&format!("{OP}/token"), move |body| {
            let mut answer: Value = serde_json::from_str(&body).unwrap();
            let access = alter(answer["access_token"].as_str().unwrap(), OP_KEY, |claims| claims[claim] = value.into());
            let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, access.as_bytes());
            let half = base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, &hash.as_ref()[..16]);
            let id =
                alter(answer["id_token"].as_str().unwrap(), OP_KEY, |claims| claims["at_hash"] = half.clone().into());
            answer["access_token"] = access.into();
            answer["id_token"] = id.into();
            answer.to_string()
        });
        let error = attempt(&world).await.unwrap_err();
        assert!(matches!(error, CompleteError::Token(_)), "{claim}: {error:?}");
    }
}

#[tokio::test]
async fn a_downgraded_sign_in_is_refused() {
    let mut world = World::new();
    world.acr = Acr::L1;
    let error = attempt(&world).await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::UseHigherLevel);
    let mut world = World::new();
    world.acr = Acr::L2;
    assert_eq!(attempt(&world).await.unwrap().id_token.acr, Acr::L2);
}

#[tokio::test]
async fn a_code_is_good_once_and_only_with_its_verifier() {
    let world = World::new();
    let provider = world.provider().await;
    let begin = |seed| world.rp.begin(&provider, &ask(), &chance(seed), world.now()).unwrap();
    let ((started, request), (other, _)) = (begin(1), begin(2));
    let fields: Vec<(String, String)> =
        request.form().1.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let complete = async |started: &spid::federation::rp::Started, query: &str, chance: u8| {
        let mut callback = Callback::read_query(query).unwrap();
        callback.state.clone_from(&started.state);
        let code = started.accept(callback, world.now()).unwrap();
        world.rp.complete(&world, &provider, started, code, &[chance; 16], &|| world.now()).await
    };
    let refused = |result: Result<SignedIn, CompleteError>| match result.unwrap_err() {
        CompleteError::Tokens(TokenRequestError::Fault(fault)) => fault.code.name().to_owned(),
        error => panic!("{error:?}"),
    };
    let back = world.sign_in(&fields).await.unwrap();
    assert_eq!(refused(complete(&other, back.query().unwrap(), 1).await), "invalid_grant", "a stolen code");
    let back = world.sign_in(&fields).await.unwrap();
    assert!(complete(&started, back.query().unwrap(), 2).await.is_ok());
    assert_eq!(refused(complete(&started, back.query().unwrap(), 3).await), "invalid_grant", "a code again");
    let back = world.sign_in(&fields).await.unwrap();
    assert_eq!(refused(complete(&started, back.query().unwrap(), 2).await), "invalid_client", "a proof again");
}

/// Replaces the attributes' answer with what the provider's key signs and `seal` encrypts.
async fn with_userinfo(
    claims: impl Fn(&mut Value) + Send + 'static,
    signer: usize,
    seal: impl Fn(&str) -> String + Send + 'static,
) -> Result<SignedIn, CompleteError> {
    let world = Arc::new(World::new());
    let now = world.now().as_second();
    world.tamper(&format!("{OP}/userinfo"), move |_| {
        let mut body =
            json!({ "iss": OP, "aud": RP, "sub": "pairwise-1", "iat": now, "exp": now + 60, FISCAL_NUMBER: "TINIT-X" });
        claims(&mut body);
        let header = json!({ "alg": "RS256", "kid": key(OP_KEY).public().kid(), "cty": "JWT" });
        Response::new(seal(&forge(&header, &body, signer)).into_bytes())
    });
    attempt(&world).await
}

fn sealed(signed: &str) -> String {
    let recipient = DecryptionKey::from_pair(&pair(RP_DECRYPTION_KEY)).unwrap();
    encrypt(signed, recipient.public(), KeyEncryption::RsaOaep, ContentEncryption::A128CbcHs256, &[1; 80]).unwrap()
}

fn userinfo_error(result: Result<SignedIn, CompleteError>) -> UserinfoError {
    match result.unwrap_err() {
        CompleteError::Userinfo(error) => error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn attributes_are_the_signed_in_persons() {
    assert!(with_userinfo(|_| {}, OP_KEY, sealed).await.is_ok());
    let with = async |name: &'static str, value: Value| {
        userinfo_error(with_userinfo(move |claims| claims[name] = value.clone(), OP_KEY, sealed).await)
    };
    assert!(matches!(with("sub", json!("another")).await, UserinfoError::Subject));
    assert!(matches!(with("aud", json!("https://other.example")).await, UserinfoError::Parties));
    assert!(matches!(with("iss", json!("https://evil.example")).await, UserinfoError::Parties));
    assert!(matches!(with("exp", json!(1_700_000_000)).await, UserinfoError::Time(_)));
    assert!(matches!(with("birthdate", json!("1/1/1980")).await, UserinfoError::Claim(_)));
    assert!(matches!(with("email_verified", json!("true")).await, UserinfoError::Claim(_)));
    let stranger = userinfo_error(with_userinfo(|_| {}, STRANGER, sealed).await);
    assert!(matches!(stranger, UserinfoError::Signature(_)));
}

#[tokio::test]
async fn attributes_are_signed_and_encrypted() {
    let open = userinfo_error(with_userinfo(|_| {}, OP_KEY, str::to_owned).await);
    assert!(matches!(open, UserinfoError::Encryption(JweError::Form)), "signed only");
    let unsigned = userinfo_error(with_userinfo(|_| {}, OP_KEY, |_| sealed("{\"sub\":\"pairwise-1\"}")).await);
    assert!(matches!(unsigned, UserinfoError::Signature(_)), "encrypted only");
    let other = userinfo_error(
        with_userinfo(
            |_| {},
            OP_KEY,
            |signed| {
                let other = DecryptionKey::from_pair(&pair(STRANGER)).unwrap();
                encrypt(signed, other.public(), KeyEncryption::RsaOaep, ContentEncryption::A256Gcm, &[1; 80]).unwrap()
            },
        )
        .await,
    );
    assert!(matches!(other, UserinfoError::Encryption(JweError::UnknownKey(_))));
    let json = userinfo_error(with_userinfo(|_| {}, OP_KEY, |_| "{\"sub\":\"pairwise-1\"}".to_owned()).await);
    assert!(matches!(json, UserinfoError::Encryption(_)));
    let bytes = userinfo_error(with_userinfo(|_| {}, OP_KEY, |_| "x".repeat(500_000)).await);
    assert!(matches!(bytes, UserinfoError::Encryption(JweError::TooLong)));
}

#[tokio::test]
async fn broken_answers_of_the_token_endpoint_are_refused() {
    for (body, remedy) in [
        ("", Remedy::Refuse),
        ("<html>", Remedy::Refuse),
        ("{}", Remedy::Refuse),
        (r#"{"access_token":"a","token_type":"mac","expires_in":1}"#, Remedy::Refuse),
        (r#"{"access_token":"a","token_type":"Bearer"}"#, Remedy::Refuse),
        (r#"{"access_token":"a","token_type":"Bearer","expires_in":300}"#, Remedy::Refuse),
        (r#"{"access_token":"a","access_token":"b","token_type":"Bearer","expires_in":1}"#, Remedy::Refuse),
    ] {
        let world = World::new();
        world.rewrite(&format!("{OP}/token"), move |_| body.to_owned());
        assert_eq!(attempt(&world).await.unwrap_err().remedy(), remedy, "{body}");
    }
    let world = World::new();
    world.tamper(&format!("{OP}/token"), |_| Response::builder().status(503).body(Vec::new()).unwrap());
    assert_eq!(attempt(&world).await.unwrap_err().remedy(), Remedy::TryLater);
    let world = World::new();
    world.tamper(&format!("{OP}/userinfo"), |_| Response::builder().status(504).body(Vec::new()).unwrap());
    assert_eq!(attempt(&world).await.unwrap_err().remedy(), Remedy::TryLater);
}
