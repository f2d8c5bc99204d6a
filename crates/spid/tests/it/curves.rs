//! Signatures on elliptic curves, which some providers abroad use and none of the judges makes.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair,
    EcdsaSigningAlgorithm,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{CertificateParams, KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384, PKCS_ECDSA_P521_SHA512};
use spid::signature::{KeyError, Place, Problem, SignatureError, SignatureMethod, VerifyingKey, verify};
use spid::xml::{ns, parse};

use crate::support::forge::{canonical, digest_of, reference, signed_info};
use crate::support::xmlsec;

const MORE: &str = "http://www.w3.org/2001/04/xmldsig-more#";
const DOCUMENT: &str = "<a ID=\"_a\"><b>text</b></a>";

struct Signer {
    pair: KeyPair,
    certificate_pem: String,
    verifying: VerifyingKey,
}

fn signer(kind: &'static rcgen::SignatureAlgorithm) -> Signer {
    let pair = KeyPair::generate_for(kind).unwrap();
    let certificate_pem = CertificateParams::new(Vec::new()).unwrap().self_signed(&pair).unwrap().pem();
    let verifying = VerifyingKey::from_certificate_pem(&certificate_pem).unwrap();
    Signer { pair, certificate_pem, verifying }
}

fn check(xml: &str, key: &VerifyingKey) -> Result<SignatureMethod, SignatureError> {
    let document = parse(xml.as_bytes()).unwrap();
    verify(document.root(), Place::First, std::slice::from_ref(key)).map(|verified| verified.method)
}

/// Signs the document; `shape` may spoil the value.
fn signed(
    signer: &Signer,
    method: &str,
    algorithm: &'static EcdsaSigningAlgorithm,
    shape: fn(Vec<u8>) -> Vec<u8>,
) -> String {
    let info = signed_info(&format!("{MORE}{method}"), &reference("#_a", &digest_of(DOCUMENT, "_a")));
    let start = format!("<ds:Signature xmlns:ds=\"{}\">{info}", ns::SIGNATURE);
    let text = format!("{start}</ds:Signature>");
    let document = parse(text.as_bytes()).unwrap();
    let message = canonical(document.root().child(ns::SIGNATURE, "SignedInfo").unwrap(), None);
    let pair = EcdsaKeyPair::from_pkcs8(algorithm, &signer.pair.serialize_der()).unwrap();
    let value = shape(pair.sign(&SystemRandom::new(), &message).unwrap().as_ref().to_vec());
    let signature = format!("{start}<ds:SignatureValue>{}</ds:SignatureValue></ds:Signature>", STANDARD.encode(value));
    DOCUMENT.replacen("<b>", &format!("{signature}<b>"), 1)
}

#[test]
fn two_curves_are_accepted_each_with_its_own_digest() {
    let p256 = signer(&PKCS_ECDSA_P256_SHA256);
    let good = signed(&p256, "ecdsa-sha256", &ECDSA_P256_SHA256_FIXED_SIGNING, |value| value);
    assert_eq!(check(&good, &p256.verifying).unwrap().uri(), format!("{MORE}ecdsa-sha256"));
    assert_eq!(check(&good.replace("text", "other"), &p256.verifying), Err(SignatureError::Digest));
    let p384 = signer(&PKCS_ECDSA_P384_SHA384);
    let good = signed(&p384, "ecdsa-sha384", &ECDSA_P384_SHA384_FIXED_SIGNING, |value| value);
    assert_eq!(check(&good, &p384.verifying).unwrap().uri(), format!("{MORE}ecdsa-sha384"));
    assert_eq!(check(&good, &p256.verifying), Err(SignatureError::Key));
    let crossed = signed(&p256, "ecdsa-sha384", &ECDSA_P256_SHA256_FIXED_SIGNING, |value| value);
    assert_eq!(check(&crossed, &p256.verifying), Err(SignatureError::Key));
}

/// RFC 4050 and XML Signature 1.1 want the two numbers side by side, each of its full length.
#[test]
fn another_form_of_the_value_is_refused() {
    let key = signer(&PKCS_ECDSA_P256_SHA256);
    let forms: [fn(Vec<u8>) -> Vec<u8>; 4] = [
        |value| [&[0][..], &value[..32], &[0], &value[32..]].concat(),
        |value| value[..63].to_vec(),
        |_| vec![0; 64],
        |_| Vec::new(),
    ];
    for form in forms {
        let wrong = signed(&key, "ecdsa-sha256", &ECDSA_P256_SHA256_FIXED_SIGNING, form);
        assert_eq!(check(&wrong, &key.verifying), Err(SignatureError::Key));
    }
    let asn1 = signed(&key, "ecdsa-sha256", &ECDSA_P256_SHA256_ASN1_SIGNING, |value| value);
    assert_eq!(check(&asn1, &key.verifying), Err(SignatureError::Key));
}

#[test]
fn other_curves_and_methods_are_refused() {
    let pair = KeyPair::generate_for(&PKCS_ECDSA_P521_SHA512).unwrap();
    let certificate = CertificateParams::new(Vec::new()).unwrap().self_signed(&pair).unwrap();
    assert!(matches!(VerifyingKey::from_certificate_der(certificate.der()), Err(KeyError::Kind)));
    let key = signer(&PKCS_ECDSA_P256_SHA256);
    for method in ["ecdsa-sha1", "ecdsa-sha224", "ecdsa-sha512"] {
        let wrong = signed(&key, method, &ECDSA_P256_SHA256_FIXED_SIGNING, |value| value);
        assert_eq!(check(&wrong, &key.verifying), Err(Problem::SignatureMethod.into()), "{method}");
    }
}

#[test]
fn we_accept_what_xmlsec_signs_on_both_curves() {
    if !xmlsec::available("xmlsec1") {
        return;
    }
    for (kind, method) in [(&PKCS_ECDSA_P256_SHA256, "ecdsa-sha256"), (&PKCS_ECDSA_P384_SHA384, "ecdsa-sha384")] {
        let key = signer(kind);
        let template = xmlsec::template("_m").replace("rsa-sha256", method);
        let start = "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" ID=\"_m\">";
        let xml = format!("{start}{template}<md:Extensions/></md:EntityDescriptor>");
        let signed = xmlsec::sign(&xml, &key.pair.serialize_pem(), &key.certificate_pem);
        assert_eq!(check(&signed, &key.verifying).unwrap().uri(), format!("{MORE}{method}"));
    }
}
