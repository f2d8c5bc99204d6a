//! Keys and methods: the attacker's own key, the public key as a secret, methods of the past.

use spid::signature::{KeyError, Problem, SignatureError, VerifyingKey};
use spid::sp::response::{ResponseError, Signed};

use super::{EVIL, refused, repelled};
use crate::support::forge::{
    HMAC_SHA256, RSA_SHA256, SHA256, Signer, digest_of, key_info, put, reference, signature, signed_info,
};
use crate::support::keys::{other, provider};
use crate::support::naive::xmlsec_reads;
use crate::support::provider::good;
use crate::support::xmlsec;

const RSA_SHA1: &str = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
const SHA1: &str = "http://www.w3.org/2000/09/xmldsig#sha1";

fn forged(method: &str, signer: &Signer<'_>, beside: &str) -> String {
    let xml = good().with("name", EVIL).unsigned();
    let info = signed_info(method, &reference("#_assertion", &digest_of(&xml, "_assertion")));
    put(&xml, &signature(&info, signer, beside))
}

fn of_assertion(cause: SignatureError) -> ResponseError {
    ResponseError::Signature { of: Signed::Assertion, cause }
}

#[test]
fn the_attackers_key_in_the_message() {
    let with_key = forged(RSA_SHA256, &Signer::Rsa(other()), &key_info(other()));
    assert_eq!(repelled("own key", &with_key), of_assertion(SignatureError::Key));
    let both = format!("{}{}", key_info(other()), key_info(provider()));
    let two = forged(RSA_SHA256, &Signer::Rsa(other()), &both);
    assert_eq!(repelled("own key first", &two), of_assertion(SignatureError::Profile(Problem::Structure)));
    let pretended = forged(RSA_SHA256, &Signer::Rsa(other()), &key_info(provider()));
    assert_eq!(refused("own key, named as the provider's", &pretended), of_assertion(SignatureError::Key));
}

#[test]
fn the_public_key_as_a_secret() {
    let secret = provider().signing.certificate_der();
    let mac = forged(HMAC_SHA256, &Signer::Mac(secret), &key_info(provider()));
    assert_eq!(repelled("HMAC", &mac), of_assertion(SignatureError::Profile(Problem::SignatureMethod)));
    let short = "hmac-sha256\"><ds:HMACOutputLength>8</ds:HMACOutputLength></ds:SignatureMethod>";
    let truncated = mac.replace("hmac-sha256\"/>", short);
    assert_ne!(truncated, mac);
    refused("HMAC of 8 bits", &truncated);
}

#[test]
fn methods_that_are_not_on_the_list() {
    let good_one = forged(RSA_SHA256, &Signer::Rsa(provider()), "");
    for method in [
        RSA_SHA1,
        "http://www.w3.org/2000/09/xmldsig#dsa-sha1",
        "http://www.w3.org/2001/04/xmldsig-more#rsa-md5",
        "http://www.w3.org/2001/04/xmldsig-more#rsa-ripemd160",
        "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1",
        "",
    ] {
        let xml = good_one.replace(RSA_SHA256, method);
        assert_eq!(refused(method, &xml), of_assertion(SignatureError::Profile(Problem::SignatureMethod)));
    }
    for digest in [SHA1, "http://www.w3.org/2001/04/xmldsig-more#md5", ""] {
        let xml = good_one.replace(SHA256, digest);
        assert_eq!(refused(digest, &xml), of_assertion(SignatureError::Profile(Problem::DigestMethod)));
    }
    // A method of another kind of key than the one given.
    let xml = good_one.replace("#rsa-sha256", "#ecdsa-sha256");
    assert_eq!(refused("ECDSA with an RSA key", &xml), of_assertion(SignatureError::Key));
}

/// Signed by the provider itself with what it may no longer use: whoever finds two documents of one digest has its
/// signature on the other one.
#[test]
fn methods_of_the_past_truly_signed() {
    if !xmlsec::available("xmlsec1") {
        return;
    }
    for (method, digest, problem) in [
        (RSA_SHA1, SHA1, Problem::DigestMethod),
        (RSA_SHA1, SHA256, Problem::SignatureMethod),
        (RSA_SHA256, SHA1, Problem::DigestMethod),
    ] {
        let reference = xmlsec::reference("#_assertion", &xmlsec::transforms(""), digest);
        let x509 = "<ds:X509Data><ds:X509Certificate/></ds:X509Data>";
        let template = put(&good().with("name", EVIL).unsigned(), &xmlsec::template_with(method, &reference, x509));
        let signed = xmlsec::sign(&template, &provider().private_pem, &provider().certificate_pem);
        let xml = signed.replacen("<?xml version=\"1.0\"?>\n", "", 1);
        let attack = format!("{method} over {digest}");
        assert_eq!(xmlsec_reads(&xml).as_deref(), Some(EVIL), "{attack} has no teeth: {xml}");
        assert_eq!(refused(&attack, &xml), of_assertion(SignatureError::Profile(problem)), "{attack}");
    }
}

#[test]
fn short_keys_are_none() {
    let arguments = ["req", "-x509", "-newkey", "rsa:1024", "-nodes", "-subj", "/CN=x", "-keyout", "/dev/null"];
    let Ok(output) = std::process::Command::new("openssl").args(arguments).output() else {
        crate::judge::missing("openssl is not installed");
        return;
    };
    let certificate = String::from_utf8(output.stdout).unwrap();
    assert!(matches!(VerifyingKey::from_certificate_pem(&certificate), Err(KeyError::TooShort { bits: 1024 })));
}
