//! Two libraries by others read what we make, and we read what they make: `conformance/cie`.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use spid::federation::jose::{
    ContentEncryption, DecryptionKey, JwkSet, KeyEncryption, SigningAlgorithm, Typ, Unverified, decrypt, encrypt, sign,
};

use super::world::*;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../conformance/cie")
}

fn judge(asked: &Value) -> Option<Value> {
    let python = folder().join(".venv/bin/python");
    if !python.exists() {
        crate::judge::missing("conformance/cie/install has not been run");
        return None;
    }
    let mut judge = Command::new(python);
    let judge = judge.arg(folder().join("judge.py")).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut judge = judge.spawn().unwrap();
    judge.stdin.take().unwrap().write_all(asked.to_string().as_bytes()).unwrap();
    let output = judge.wait_with_output().unwrap();
    assert!(output.status.success(), "the judges do not agree");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

#[test]
fn judges_by_others_agree() {
    let der: Pkcs8V1Der<'_> = pair(0).as_der().unwrap();
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(der.as_ref()));
    let (signing, decryption) = (key(0), DecryptionKey::from_pem(&pem).unwrap());
    let kid = signing.public().kid().to_owned();
    let (claims, text) = (json!({ "iss": OP, "nome": "Niccolò", "n": 1 }), "perché no");

    let mut jws = Vec::new();
    for algorithm in [SigningAlgorithm::Rs256, SigningAlgorithm::Rs512] {
        jws.push(sign(&object(claims.clone()), Some("entity-statement+jwt"), algorithm, &signing).unwrap());
    }
    let mut jwe = Vec::new();
    for alg in KeyEncryption::ALL {
        for enc in ContentEncryption::ALL {
            jwe.push(encrypt(text, decryption.public(), *alg, *enc, &[7; 80]).unwrap());
        }
    }
    let asked = json!({ "pem": pem, "kid": kid, "claims": claims, "text": text, "jws": jws, "jwe": jwe });
    let Some(answer) = judge(&asked) else { return };

    assert_eq!(texts(&answer["thumbprints"]), [kid.as_str(), kid.as_str()]);
    assert_eq!(answer["signed"], json!([claims, claims]));
    assert_eq!(texts(&answer["opened"]), [text; 6]);

    let mut keys = answer["keys"].as_array().unwrap().clone();
    keys.push(signing.public().to_value());
    let keys = JwkSet::read(&object(json!({ "keys": keys }))).unwrap();
    let read = |jwt: &str| Unverified::parse(jwt).and_then(|jwt| jwt.verify(&keys, SigningAlgorithm::ALL, Typ::Plain));
    let made = texts(&answer["made_signed"]);
    assert_eq!(made.len(), 10);
    for jwt in made {
        assert_eq!(Value::Object(read(jwt).unwrap().claims), claims);
    }
    let made = texts(&answer["made_sealed"]);
    assert_eq!(made.len(), 12);
    for jwe in made {
        assert_eq!(decrypt(jwe, std::slice::from_ref(&decryption)).unwrap(), text);
    }
    for jwt in texts(&answer["refuse_signed"]) {
        assert!(read(jwt).is_err(), "{jwt}");
    }
    for jwe in texts(&answer["refuse_sealed"]) {
        assert!(decrypt(jwe, std::slice::from_ref(&decryption)).is_err(), "{jwe}");
    }
}
