//! Tokens and statements, by our own writers.

use hostile::world::{ANCHOR, ANCHOR_KEY, DECRYPTION_KEY, MEMBER, now};
use serde_json::{Value, json};
use spid::federation::jose::{ContentEncryption, KeyEncryption, SigningAlgorithm, encrypt, sign};
use spid::federation::statement::TYP;

use super::write;

pub fn make() {
    let subordinate = statement(MEMBER);
    write("statement/1.json", subordinate.to_string());
    let anchor = ANCHOR_KEY.public().to_value();
    let mut own = statement(ANCHOR);
    own["authority_hints"] = json!([]);
    own["trust_mark_issuers"] = json!({ "https://registry.example.it/mark": [ANCHOR] });
    let typed =
        |claims: &Value, typ| sign(claims.as_object().unwrap(), typ, SigningAlgorithm::Rs256, &ANCHOR_KEY).unwrap();
    write("jose/1.jwt", typed(&subordinate, Some(TYP)));
    write("jose/2.jwt", typed(&own, Some(TYP)));
    let at = now().as_second();
    let plain = typed(&json!({ "iss": ANCHOR, "iat": at, "exp": at + 300, "jwk": anchor, "nonce": "x" }), None);
    for (number, enc) in [ContentEncryption::A128CbcHs256, ContentEncryption::A256CbcHs512].into_iter().enumerate() {
        let sealed = encrypt(&plain, DECRYPTION_KEY.public(), KeyEncryption::RsaOaep256, enc, &[7; 80]).unwrap();
        write(&format!("jose/sealed-{number}.jwt"), sealed);
    }
    write("jose/3.jwt", plain);
}

fn statement(subject: &str) -> Value {
    let at = now().as_second();
    json!({
        "iss": ANCHOR, "sub": subject, "iat": at, "exp": at + 3600,
        "jwks": { "keys": [ANCHOR_KEY.public().to_value(), DECRYPTION_KEY.public().to_value()] },
        "authority_hints": [ANCHOR],
        "metadata": { "openid_relying_party": { "client_name": "Prova" } },
        "metadata_policy": { "openid_relying_party": { "grant_types": { "subset_of": ["authorization_code"] } } },
        "metadata_policy_crit": ["subset_of"],
        "constraints": { "max_path_length": 1 },
        "trust_marks": [{ "id": "https://registry.example.it/mark", "trust_mark": "a.b.c" }],
    })
}
