//! Signed and encrypted objects, honest and hostile.

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use spid::federation::jose::{
    ContentEncryption, DecryptionKey, HeaderError, JweError, Jwk, JwkError, JwkSet, JwsError, KeyEncryption,
    SigningAlgorithm, Typ, Unverified, decrypt, encrypt, sign,
};

use super::world::*;

fn keys() -> JwkSet {
    JwkSet::new(vec![key(0).public().clone(), key(1).public().clone()]).unwrap()
}

fn verify(jwt: &str) -> Result<Value, JwsError> {
    let verified = Unverified::parse(jwt)?.verify(&keys(), SigningAlgorithm::ALL, Typ::Plain)?;
    Ok(Value::Object(verified.claims))
}

fn header(change: impl Fn(&mut Value)) -> Value {
    let mut header = json!({ "alg": "RS256", "kid": key(0).public().kid() });
    change(&mut header);
    header
}

#[test]
fn the_example_of_the_standard_has_its_thumbprint() {
    // RFC 7638 section 3.1.
    let n = concat!(
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3o",
        "knjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZH",
        "zu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEg",
        "U8awapJzKnqDKgw"
    );
    let value = object(json!({ "kty": "RSA", "n": n, "e": "AQAB", "alg": "RS256", "kid": "2011-04-29" }));
    let key = Jwk::read(&value).unwrap().unwrap();
    assert_eq!(key.thumbprint(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
}

#[test]
fn what_is_signed_is_verified() {
    for algorithm in [SigningAlgorithm::Rs256, SigningAlgorithm::Rs512] {
        let jwt = sign(&object(json!({ "a": 1 })), None, algorithm, &key(0)).unwrap();
        assert_eq!(verify(&jwt).unwrap(), json!({ "a": 1 }));
        assert_eq!(open(&jwt).0["alg"], algorithm.name());
        let only = [SigningAlgorithm::Es256];
        let refused = Unverified::parse(&jwt).unwrap().verify(&keys(), &only, Typ::Plain);
        assert!(matches!(refused, Err(JwsError::Algorithm(_))));
    }
}

#[test]
fn no_header_weakens_the_signature() {
    let claims = json!({ "a": 1 });
    for alg in ["none", "None", "NONE", "", "HS256", "HS384", "HS512", "RS1", "rs256", "RS256 ", "RSA-OAEP"] {
        let jwt = forge(&header(|header| header["alg"] = alg.into()), &claims, 0);
        let refused = verify(&jwt);
        assert!(matches!(refused, Err(JwsError::Algorithm(_) | JwsError::Header(_))), "{alg}");
        let bare = format!("{}.", jwt.rsplit_once('.').unwrap().0);
        assert!(verify(&bare).is_err(), "{alg} without signature");
    }
    for (alg, other) in [("RS512", "RS256"), ("PS256", "RS256"), ("ES256", "RS256")] {
        let jwt = forge(&header(|header| header["alg"] = alg.into()), &claims, 0);
        assert!(matches!(verify(&jwt), Err(JwsError::Signature | JwsError::WrongKey)), "{alg} made with {other}");
    }
}

#[test]
fn a_public_key_is_no_shared_secret() {
    let key = key(0);
    for secret in [key.public().to_value().to_string(), key.public().to_value()["n"].to_string()] {
        let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", encoded(&header(|header| header["alg"] = "HS256".into())), encoded(&json!({})));
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), signed.as_bytes());
        let jwt = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(tag));
        assert!(matches!(verify(&jwt), Err(JwsError::Algorithm(_))));
    }
    let set = object(json!({ "keys": [{ "kty": "oct", "kid": "x", "k": "c2VjcmV0" }] }));
    assert_eq!(JwkSet::read(&set), Err(JwkError::Private));
}

#[test]
fn a_header_brings_no_key() {
    let own = key(STRANGER).public().to_value();
    for (name, value) in [
        ("jku", json!("https://evil.example/jwks")),
        ("jwk", own),
        ("x5u", json!("https://evil.example/cert")),
        ("x5c", json!(["MIIB"])),
        ("crit", json!(["exp"])),
        ("b64", json!(false)),
        ("zip", json!("DEF")),
    ] {
        for signer in [STRANGER, 0] {
            let jwt = forge(&header(|header| header[name] = value.clone()), &json!({}), signer);
            assert!(matches!(verify(&jwt), Err(JwsError::Header(HeaderError::Refused(_)))), "{name}");
        }
    }
}

#[test]
fn a_kid_names_one_key_and_no_other() {
    let claims = json!({});
    let kid = |kid: &str| header(|header| header["kid"] = kid.into());
    assert!(matches!(verify(&forge(&kid(key(1).public().kid()), &claims, 0)), Err(JwsError::Signature)));
    for bad in [key(STRANGER).public().kid(), "../../dev/null", "' OR 1=1 --", "x"] {
        assert!(matches!(verify(&forge(&kid(bad), &claims, STRANGER)), Err(JwsError::UnknownKey(_))), "{bad}");
    }
    let absent = header(|header| drop(header.as_object_mut().unwrap().remove("kid")));
    assert!(matches!(verify(&forge(&absent, &claims, 0)), Err(JwsError::Header(_))));
    let mut double = key(1).public().to_value();
    double["kid"] = key(0).public().kid().into();
    let set = object(json!({ "keys": [key(0).public().to_value(), double] }));
    assert_eq!(JwkSet::read(&set), Err(JwkError::Duplicate));
}

#[test]
fn a_key_serves_its_purpose_only() {
    for (name, value) in [("use", "enc"), ("alg", "RS512"), ("alg", "RSA-OAEP")] {
        let mut only = key(0).public().to_value();
        only[name] = value.into();
        let set = JwkSet::read(&object(json!({ "keys": [only] }))).unwrap();
        let jwt = forge(&header(|_| {}), &json!({}), 0);
        let refused = Unverified::parse(&jwt).unwrap().verify(&set, SigningAlgorithm::ALL, Typ::Plain);
        assert!(matches!(refused, Err(JwsError::WrongKey)), "{name} {value}");
    }
}

#[test]
fn weak_and_broken_keys_are_refused() {
    let good = key(0).public().to_value();
    let bad = |name: &str, value: &str| {
        let mut key = good.clone();
        key[name] = value.into();
        JwkSet::read(&object(json!({ "keys": [key] })))
    };
    let short = URL_SAFE_NO_PAD.encode([0xc1; 128]);
    for (name, value) in [("n", short.as_str()), ("e", "AQ"), ("e", "BA"), ("e", ""), ("n", "!!"), ("d", "AQAB")] {
        assert!(bad(name, value).is_err(), "{name} {value}");
    }
    assert_eq!(JwkSet::read(&object(json!({ "keys": [] }))), Err(JwkError::Count));
    assert_eq!(JwkSet::read(&object(json!({ "keys": vec![good; 25] }))), Err(JwkError::Count));
}

#[test]
fn a_type_is_not_taken_for_another() {
    let jwt = sign(&object(json!({})), Some("entity-statement+jwt"), SigningAlgorithm::Rs256, &key(0)).unwrap();
    let with = |typ| Unverified::parse(&jwt).unwrap().verify(&keys(), SigningAlgorithm::ALL, typ).map(|_| ());
    assert!(with(Typ::Is("entity-statement+jwt")).is_ok());
    assert!(matches!(with(Typ::Is("trust-mark+jwt")), Err(JwsError::Typ { .. })));
    assert!(matches!(with(Typ::Plain), Err(JwsError::Typ { .. })));
}

#[test]
fn forms_and_sizes_are_strict() {
    let jwt = forge(&header(|_| {}), &json!({ "a": 1 }), 0);
    for bad in [
        String::new(),
        ".".to_owned(),
        "..".to_owned(),
        "a.b.c".to_owned(),
        format!("{jwt}."),
        format!("{jwt}="),
        format!(" {jwt}"),
        format!("{jwt}\n"),
        jwt.replace('.', ".."),
        "x".repeat(200_000),
    ] {
        assert!(verify(&bad).is_err(), "{}", &bad[..bad.len().min(60)]);
    }
    let raw = |header: &str, payload: &str| {
        seal(&format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload)), 0)
    };
    let head = header(|_| {}).to_string();
    assert!(verify(&raw(&head, r#"{"a":1}"#)).is_ok());
    assert!(verify(&raw(&head, r#"{"a":1,"a":2}"#)).is_err(), "a duplicate claim");
    let double = head.replacen('{', r#"{"alg":"none","#, 1);
    assert!(verify(&raw(&double, "{}")).is_err(), "a duplicate alg");
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(5000), "]".repeat(5000));
    assert!(verify(&raw(&head, &deep)).is_err(), "deep JSON");
    assert!(verify(&raw(&head, "[]")).is_err());
    let long = head.replacen('{', &format!("{{\"x\":\"{}\",", "y".repeat(5000)), 1);
    assert!(verify(&raw(&long, "{}")).is_err(), "a long header");
    let huge = format!("{{\"a\":\"{}\"}}", "x".repeat(150_000));
    assert!(matches!(verify(&raw(&head, &huge)), Err(JwsError::TooLong)));
}

fn recipient() -> DecryptionKey {
    DecryptionKey::from_pair(&pair(RP_DECRYPTION_KEY)).unwrap()
}

#[test]
fn what_is_encrypted_is_decrypted() {
    for alg in KeyEncryption::ALL {
        for enc in ContentEncryption::ALL {
            for text in ["", "a", "sixteen bytes !!", &"lungo ".repeat(2000)] {
                let jwe = encrypt(text, recipient().public(), *alg, *enc, &[8; 80]).unwrap();
                assert_eq!(decrypt(&jwe, &[recipient()]).unwrap(), text, "{alg:?} {enc:?}");
            }
        }
    }
    let signing = key(0);
    let refused = encrypt("x", signing.public(), KeyEncryption::RsaOaep, ContentEncryption::A256Gcm, &[8; 80]);
    assert!(matches!(refused, Err(JweError::Recipient)));
}

#[test]
fn every_changed_part_is_noticed() {
    for enc in ContentEncryption::ALL {
        let jwe = encrypt("segreto", recipient().public(), KeyEncryption::RsaOaep256, *enc, &[8; 80]).unwrap();
        let parts: Vec<Vec<u8>> = jwe.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).unwrap()).collect();
        for at in 1..5 {
            for change in ["flip", "cut", "empty"] {
                let mut parts = parts.clone();
                match change {
                    "flip" => parts[at][0] ^= 1,
                    "cut" => drop(parts[at].pop()),
                    _ => parts[at].clear(),
                }
                let jwe: Vec<String> = parts.iter().map(|part| URL_SAFE_NO_PAD.encode(part)).collect();
                let refused = decrypt(&jwe.join("."), &[recipient()]);
                assert!(matches!(refused, Err(JweError::Undecipherable)), "{enc:?} {at} {change}");
            }
        }
    }
}

#[test]
fn headers_of_encrypted_objects_are_strict() {
    let good = encrypt("x", recipient().public(), KeyEncryption::RsaOaep, ContentEncryption::A256CbcHs512, &[8; 80]);
    let good = good.unwrap();
    let (head, rest) = good.split_once('.').unwrap();
    let head: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(head).unwrap()).unwrap();
    let with = |name: &str, value: Value| {
        let mut head = head.clone();
        head[name] = value;
        decrypt(&format!("{}.{rest}", URL_SAFE_NO_PAD.encode(head.to_string())), &[recipient()])
    };
    for alg in ["RSA1_5", "dir", "A128KW", "PBES2-HS256+A128KW", "ECDH-ES", "none", "RSA-OAEP-512"] {
        assert!(matches!(with("alg", alg.into()), Err(JweError::Algorithm(_))), "{alg}");
    }
    for enc in ["A128CBC", "none", "", "A192CBC-HS384"] {
        assert!(matches!(with("enc", enc.into()), Err(JweError::Algorithm(_))), "{enc}");
    }
    assert!(matches!(with("alg", "RSA-OAEP-256".into()), Err(JweError::Undecipherable)));
    assert!(matches!(with("enc", "A128CBC-HS256".into()), Err(JweError::Undecipherable)));
    assert!(matches!(with("zip", "DEF".into()), Err(JweError::Header(HeaderError::Refused("zip")))));
    assert!(matches!(with("cty", "text".into()), Err(JweError::ContentType)));
    assert!(matches!(with("cty", Value::Null), Err(JweError::Header(_))));
    assert!(matches!(with("kid", "other".into()), Err(JweError::UnknownKey(_))));
    assert!(matches!(with("extra", 1.into()), Err(JweError::Undecipherable)), "the header is authenticated");
    for form in ["", "a", "a.b.c.d", "a.b.c.d.e.f"] {
        assert!(matches!(decrypt(form, &[recipient()]), Err(JweError::Form | JweError::Header(_))), "{form}");
    }
    assert!(matches!(decrypt(&"x".repeat(200_000), &[recipient()]), Err(JweError::TooLong)));
}
