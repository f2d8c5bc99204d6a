//! What is sent for a voucher, and what is made of the platform's answers.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod common;

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use common::{KEYS, Reply, code, inad_with, now, part, stamp, stamp_at, voucher_config};
use jiff::SignedDuration;
use jose::{Jwk, JwkSet, Proof, SigningAlgorithm, Typ, Unverified};
use registries::Error;
use registries::pdnd::{Evidence, read_key};
use serde_json::{Value, json};

fn evidence() -> Evidence {
    Evidence {
        audience: "https://inad.example".into(),
        user_id: "sportello".into(),
        user_location: "sede".into(),
        loa: "LoA3".into(),
    }
}

fn voucher(kind: &str, expires_in: Option<i64>) -> Response {
    json!({"access_token": "voucher", "token_type": kind, "expires_in": expires_in}).to_string().into_response()
}

/// A service that answers everything with 404 behind a platform that answers as told.
async fn platform(reply: impl Fn(&common::Seen) -> Response + Send + Sync + 'static) -> Reply {
    Reply::serve(move |call| match call.path.ends_with("/token.oauth2") {
        true => reply(call),
        false => (StatusCode::NOT_FOUND, "{}").into_response(),
    })
    .await
}

fn form(call: &common::Seen, name: &str) -> String {
    url::form_urlencoded::parse(call.body.as_bytes()).find(|(key, _)| key == name).unwrap().1.into_owned()
}

#[tokio::test]
async fn the_assertion_has_the_admitted_claims_and_no_others() {
    let server = platform(|_| voucher("Bearer", Some(600))).await;
    let client = inad_with(&server, voucher_config(&server), false);
    client.extract(&code(0), stamp("a")).await.unwrap_err();
    let call = &server.seen()[0];
    assert_eq!((call.method.as_str(), call.path.as_str()), ("POST", "/ic/token.oauth2"));
    assert_eq!(form(call, "grant_type"), "client_credentials");
    assert_eq!(form(call, "client_id"), "client-1");
    assert_eq!(form(call, "client_assertion_type"), "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    let assertion = form(call, "client_assertion");
    assert_eq!(part(&assertion, 0), json!({"alg": "ES256", "kid": "kid-1", "typ": "JWT"}));
    let claims = part(&assertion, 1);
    let at = now().as_second();
    let jti = claims["jti"].as_str().unwrap();
    assert_eq!(
        claims,
        json!({"iss": "client-1", "sub": "client-1", "aud": "platform", "jti": jti, "iat": at, "exp": at + 120,
            "purposeId": "purpose-1"})
    );
    assert!(jti.len() >= 22 && jti != "a", "derived from the stamp, not the stamp");
}

#[tokio::test]
async fn the_digest_is_that_of_the_evidence_which_goes_with_every_call() {
    let server = platform(|_| voucher("Bearer", Some(600))).await;
    let mut config = voucher_config(&server);
    config.evidence = Some(evidence());
    let client = inad_with(&server, config, false);
    client.extract(&code(0), stamp("a")).await.unwrap_err();
    let seen = server.seen();
    let shown = seen[1].header("agid-jwt-trackingevidence");
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, shown.as_bytes());
    let hexadecimal: String = hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    let digest = &part(&form(&seen[0], "client_assertion"), 1)["digest"];
    assert_eq!(*digest, json!({"alg": "SHA256", "value": hexadecimal}));
    let claims = part(&shown, 1);
    for (name, value) in
        [("userID", "sportello"), ("userLocation", "sede"), ("LoA", "LoA3"), ("purposeId", "purpose-1")]
    {
        assert_eq!(claims[name], value);
    }
    assert_eq!((claims["aud"].as_str(), claims["iss"].as_str()), (Some("https://inad.example"), Some("client-1")));
    assert_eq!(claims["dnonce"].as_u64().unwrap().to_string().len(), 13);
    let mut jwk = read_key(&KEYS.0).unwrap().public().required();
    jwk.insert("kid".into(), json!("kid-1"));
    let keys = JwkSet::new(vec![Jwk::read(&jwk).unwrap().unwrap()]).unwrap();
    Unverified::parse(&shown).unwrap().verify(&keys, &[SigningAlgorithm::Es256], Typ::Plain).unwrap();
}

#[tokio::test]
async fn proofs_are_of_the_request_and_of_the_voucher() {
    let server = platform(|_| voucher("DPoP", Some(600))).await;
    let client = inad_with(&server, voucher_config(&server), true);
    client.extract(&code(0), stamp("a")).await.unwrap_err();
    let seen = server.seen();
    let proof = |call: &common::Seen| {
        Proof::verify(&call.header("dpop"), Typ::Is("dpop+jwt"), &[SigningAlgorithm::Es256]).unwrap()
    };
    let (token, call) = (proof(&seen[0]), proof(&seen[1]));
    let thumbprint = read_key(&KEYS.1).unwrap().public().thumbprint();
    assert_eq!((token.key.thumbprint(), call.key.thumbprint()), (thumbprint.clone(), thumbprint));
    let base = server.url.trim_end_matches('/');
    assert_eq!(
        (token.claims["htm"].as_str(), token.claims["htu"].as_str()),
        (Some("POST"), Some(&*format!("{base}/token.oauth2")))
    );
    assert!(!token.claims.contains_key("ath"));
    let address = format!("{base}/extract/{}", code(0).as_str());
    assert_eq!((call.claims["htm"].as_str(), call.claims["htu"].as_str()), (Some("GET"), Some(&*address)), "no query");
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, b"voucher");
    assert_eq!(call.claims["ath"], jose::encode(hash));
    assert_ne!(token.claims["jti"], call.claims["jti"]);
    assert_eq!(seen[1].authorization, "DPoP voucher");
}

#[tokio::test]
async fn the_platform_decides_how_a_voucher_is_shown() {
    let server = platform(|_| voucher("bearer", Some(600))).await;
    inad_with(&server, voucher_config(&server), true).extract(&code(0), stamp("a")).await.unwrap_err();
    let call = &server.seen()[1];
    assert_eq!((call.authorization.as_str(), call.header("dpop").as_str()), ("Bearer voucher", ""));
}

#[tokio::test]
async fn a_nonce_is_honoured_once() {
    let server = platform(|_| {
        let refusal = json!({"error": "use_dpop_nonce"}).to_string();
        (StatusCode::BAD_REQUEST, [("dpop-nonce", "n-1")], refusal).into_response()
    })
    .await;
    let error = inad_with(&server, voucher_config(&server), true).extract(&code(0), stamp("a")).await.unwrap_err();
    assert!(matches!(&error, Error::Refused { status: 400, reason } if reason == "use_dpop_nonce"), "{error:?}");
    let seen = server.seen();
    assert_eq!(seen.len(), 2, "and not again");
    let nonces: Vec<_> = seen.iter().map(|call| part(&call.header("dpop"), 1)["nonce"].clone()).collect();
    assert_eq!(nonces, [Value::Null, json!("n-1")]);
    let assertions: Vec<_> = seen.iter().map(|call| part(&form(call, "client_assertion"), 1)["jti"].clone()).collect();
    assert_ne!(assertions[0], assertions[1]);
}

#[tokio::test]
async fn challenges_of_a_service_end() {
    let vouchers = AtomicUsize::new(0);
    let server = Reply::serve(move |call| {
        if call.path.ends_with("/token.oauth2") {
            let text = format!("voucher-{}", vouchers.fetch_add(1, Ordering::Relaxed));
            return json!({"access_token": text, "token_type": "DPoP"}).to_string().into_response();
        }
        let headers = [("dpop-nonce", "n"), ("www-authenticate", "DPoP error=\"use_dpop_nonce\"")];
        (StatusCode::UNAUTHORIZED, headers, "{}").into_response()
    })
    .await;
    let client = inad_with(&server, voucher_config(&server), true);
    for jti in ["a", "b"] {
        let error = client.extract(&code(0), stamp(jti)).await.unwrap_err();
        assert!(matches!(error, Error::Refused { status: 401, .. }), "{error:?}");
    }
    let asked = |path: &str| server.seen().iter().filter(|call| call.path.contains(path)).count();
    assert_eq!((asked("token.oauth2"), asked("extract")), (2, 2 + 3), "a nonce each, and one other voucher");
}

#[tokio::test]
async fn what_is_posted_is_signed_when_the_service_wants_it() {
    let server = platform(|_| voucher("Bearer", Some(600))).await;
    let mut config = voucher_config(&server);
    config.integrity = Some("https://inad.example".into());
    let client = inad_with(&server, config, false);
    client.request_list(&[code(0)], stamp("a")).await.unwrap_err();
    client.extract(&code(0), stamp("b")).await.unwrap_err();
    let seen = server.seen();
    let digest = seen[1].header("digest");
    let signed = part(&seen[1].header("agid-jwt-signature"), 1);
    assert_eq!(signed["signed_headers"], json!([{"digest": digest}, {"content-type": "application/json"}]));
    assert_eq!(
        (signed["aud"].as_str(), seen[1].header("content-type").as_str()),
        (Some("https://inad.example"), "application/json")
    );
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, seen[1].body.as_bytes());
    let expected = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, hash);
    assert_eq!(digest, format!("SHA-256={expected}"));
    assert_eq!(seen[2].header("agid-jwt-signature"), "", "nothing is posted, nothing is signed");
}

#[tokio::test]
async fn a_voucher_is_dated_by_the_platform_or_by_itself() {
    let jwt = common::jwt(now() + SignedDuration::from_secs(100));
    for (answer, good, ended) in [
        (json!({"access_token": "v", "token_type": "Bearer", "expires_in": 100}), 84, 86),
        (json!({"access_token": jwt, "token_type": "Bearer"}), 84, 86),
        (json!({"access_token": "v", "token_type": "Bearer"}), 299, 301),
    ] {
        let server = platform(move |_| answer.to_string().into_response()).await;
        let client = inad_with(&server, voucher_config(&server), false);
        for (seconds, asked) in [(0, 1), (good, 1), (ended, 2)] {
            let at = now() + SignedDuration::from_secs(seconds);
            client.extract(&code(0), stamp_at(at, "x")).await.unwrap_err();
            let tokens = server.seen().iter().filter(|call| call.path.ends_with("token.oauth2")).count();
            assert_eq!(tokens, asked, "{seconds} s");
        }
    }
}

#[tokio::test]
async fn evidence_ends_no_earlier_than_its_voucher() {
    let server = platform(|_| voucher("Bearer", Some(86_400))).await;
    let mut config = voucher_config(&server);
    config.evidence = Some(evidence());
    let client = inad_with(&server, config, false);
    client.extract(&code(0), stamp("a")).await.unwrap_err();
    client.extract(&code(0), stamp_at(now() + SignedDuration::from_mins(30), "b")).await.unwrap_err();
    assert_eq!(server.seen().iter().filter(|call| call.path.ends_with("token.oauth2")).count(), 2);
}

#[tokio::test]
async fn every_answer_that_is_no_voucher_has_its_error() {
    let error = async |reply: fn() -> Response| {
        let server = platform(move |_| reply()).await;
        inad_with(&server, voucher_config(&server), false).extract(&code(0), stamp("a")).await.unwrap_err()
    };
    let refused = error(|| {
        let body = r#"{"error":"invalid_client","error_description":"assertion expired\u0007"}"#;
        (StatusCode::BAD_REQUEST, body).into_response()
    })
    .await;
    assert!(matches!(&refused, Error::Refused { status: 400, reason } if reason == "assertion expired"), "{refused:?}");
    let page = error(|| (StatusCode::BAD_REQUEST, "<html>").into_response()).await;
    assert!(matches!(page, Error::Rejected { status: 400, .. }), "a gateway says nothing of our credentials: {page:?}");
    let limited = error(|| (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "5")]).into_response()).await;
    assert_eq!(limited.retry_after(), Some(SignedDuration::from_secs(5)));
    let down = error(|| StatusCode::BAD_GATEWAY.into_response()).await;
    assert!(matches!(down, Error::Unavailable { status: Some(502), .. }), "{down:?}");
    for reply in [
        || voucher("MAC", None),
        || voucher("DPoP", None),
        || "{}".into_response(),
        || r#"{"access_token":"a b","token_type":"Bearer"}"#.into_response(),
        || r#"{"access_token":"eyJ"#.into_response(),
        || (StatusCode::FOUND, [("location", "https://elsewhere.example")]).into_response(),
    ] as [fn() -> Response; 6]
    {
        let garbled = error(reply).await;
        assert!(matches!(garbled, Error::Garbled { .. }), "{garbled:?}");
    }
}

#[test]
fn keys_of_two_kinds_are_read_and_others_are_not() {
    assert!(read_key(&KEYS.0).is_ok() && read_key(&common::PEM.0).is_ok());
    let p384 = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P384_SHA384).unwrap();
    assert!(read_key(&p384.serialize_pem()).is_err());
    assert!(read_key("").is_err());
    assert!(!format!("{:?}", read_key(&KEYS.0).unwrap()).contains("PRIVATE"));
}
