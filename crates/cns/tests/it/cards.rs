//! Cards as they are, and certificates that are none.

use cns::authority::{KeyKind, Text};
use cns::{CardError, CardKind, ProfileError};
use jiff::SignedDuration;
use x509_cert::der::Tag;
use x509_cert::ext::pkix::KeyUsages;

use crate::stage::{CARD_ID, Stage, chain, tax_code};

#[test]
fn a_cns_gives_its_holder() {
    let mut stage = Stage::new();
    let card = stage.sign_in(&stage.cns().named("Antonio", "Mosràto")).unwrap();
    assert_eq!((card.tax_code, card.card_id.as_str(), card.kind), (tax_code(), CARD_ID, CardKind::Cns));
    assert_eq!(card.issuing_body.as_deref(), Some("Regione di Prova"));
    assert_eq!((card.given_name.as_deref(), card.surname.as_deref()), (Some("Antonio"), Some("Mosràto")));
    assert!(card.issuer.contains("CN=Prova CNS"), "{}", card.issuer);
    assert_eq!(card.serial, "9000000000000001");
    assert!(card.not_after > stage.now);
    let shown = format!("{card:?}");
    for personal in ["MSRNTN77H15C351X", CARD_ID, "Antonio", "Mosràto"] {
        assert!(!shown.contains(personal), "{shown}");
    }
}

#[test]
fn regional_cards_identity_cards_and_omocodic_codes_are_accepted() {
    let mut stage = Stage::new();
    let kind = |stage: &mut Stage, spec| stage.sign_in(&spec).map(|card| card.kind).unwrap();
    let (regional, cie) = (stage.cns().regional(), stage.cns().cie());
    assert_eq!(kind(&mut stage, regional), CardKind::RegionalCard);
    assert_eq!(kind(&mut stage, cie), CardKind::Cie);
    let mut second_series = stage.cns();
    second_series.policies = vec![cns::oid::CRS_LOMBARDIA_2];
    assert_eq!(kind(&mut stage, second_series), CardKind::RegionalCard);

    let omocodic = tax_code().omocodic_variants().nth(5).unwrap();
    let spec = cns::authority::CardSpec::cns(&omocodic, CARD_ID, stage.now);
    assert_eq!(stage.sign_in(&spec).unwrap().tax_code, omocodic);
}

#[test]
fn a_policy_may_narrow_the_kinds() {
    let mut stage = Stage::new();
    stage.policy.accepted.retain(|(_, kind)| *kind == CardKind::Cns);
    assert!(matches!(stage.sign_in(&stage.cns().cie()), Err(CardError::NotACard { .. })));
    assert!(stage.sign_in(&stage.cns()).is_ok());
}

#[test]
fn commercial_certificates_without_the_policy_have_an_error_of_their_own() {
    let mut stage = Stage::new();
    let Err(CardError::NotACard { policies }) = stage.sign_in(&stage.cns().without_policy()) else { panic!() };
    assert_eq!(policies, ["1.3.6.1.4.1.55555.1"]);
    let mut none = stage.cns();
    none.policies.clear();
    assert!(matches!(stage.sign_in(&none), Err(CardError::NotACard { policies }) if policies.is_empty()));
}

#[test]
fn certificates_for_other_purposes_are_refused() {
    let mut stage = Stage::new();
    let mut expect = |spec, wanted| match stage.sign_in(&spec) {
        Err(CardError::NotForAuthentication(found)) => assert_eq!(found, wanted),
        other => panic!("{other:?}"),
    };
    let base = Stage::new().cns();
    expect(base.clone().signing(), ProfileError::NoClientAuth);

    let mut both = base.clone();
    both.key_usage.push(KeyUsages::NonRepudiation);
    expect(both, ProfileError::NonRepudiation);
    let mut no_usage = base.clone();
    no_usage.key_usage.clear();
    expect(no_usage, ProfileError::NoKeyUsage);
    let mut agreement = base.clone();
    agreement.key_usage = vec![KeyUsages::KeyAgreement];
    expect(agreement, ProfileError::NoDigitalSignature);
    let mut authority = base.clone();
    authority.key_usage.push(KeyUsages::KeyCertSign);
    expect(authority, ProfileError::Authority);
    let mut lax = base.clone();
    lax.is_key_usage_critical = false;
    expect(lax, ProfileError::KeyUsageNotCritical);
    let mut unsaid = base.clone();
    unsaid.extended_key_usage.clear();
    expect(unsaid, ProfileError::NoClientAuth);
    let mut any = base;
    any.extended_key_usage = vec!["2.5.29.37.0".parse().unwrap()];
    expect(any, ProfileError::NoClientAuth);
}

#[test]
fn short_keys_are_refused() {
    let mut stage = Stage::new();
    let mut spec = stage.cns();
    spec.key = KeyKind::Rsa2048;
    let card = stage.issue(&spec);
    stage.verify(&card, &stage.evidence()).unwrap();
    stage.policy.minimum_rsa_bits = 3072;
    let refused = stage.verify(&card, &stage.evidence());
    assert!(matches!(refused, Err(CardError::Key(ProfileError::ShortKey { bits: 2048 }))), "{refused:?}");
}

#[test]
fn time_is_observed() {
    let mut stage = Stage::new();
    let card = stage.issue(&stage.cns());
    stage.now += SignedDuration::from_hours(24 * 365 * 7);
    let late = stage.verify(&card, &stage.evidence());
    assert!(matches!(late, Err(CardError::Expired { since }) if since < stage.now), "{late:?}");
    stage.now -= SignedDuration::from_hours(24 * (365 * 7 + 2));
    let early = stage.verify(&card, &stage.evidence());
    assert!(matches!(early, Err(CardError::NotYetValid { from }) if from > stage.now), "{early:?}");
    // The authority has ten years; afterwards nobody is left to vouch.
    stage.now += SignedDuration::from_hours(24 * 365 * 11);
    assert!(matches!(stage.verify(&card, &stage.evidence()), Err(CardError::NoAuthority)));
}

#[test]
fn other_authorities_are_refused_even_under_the_same_name() {
    let stage = Stage::new();
    let mut twin = Stage::new();
    let card = twin.issue(&twin.cns());
    let refused = stage.verify(&card, &twin.evidence());
    assert!(
        matches!(refused, Err(CardError::UntrustedIssuer { .. } | CardError::Chain(_))),
        "same names, other keys: {refused:?}"
    );
    let places = cns::authority::Places { ocsp: None, crl: None, root_crl: None };
    let mut other = cns::authority::Authority::new("Altra", places, stage.now).unwrap();
    let card = other.issue(&stage.cns()).unwrap();
    let Err(CardError::UntrustedIssuer { issuer }) = stage.verify(&card, &stage.evidence()) else { panic!() };
    assert!(issuer.contains("CN=Altra"));
}

#[test]
fn a_chain_with_an_authority_between_is_followed() {
    let mut stage = Stage::trusting_root();
    let card = stage.issue(&stage.cns());
    let evidence = stage.evidence().with_crl(stage.authority.root_crl(stage.now).unwrap());
    stage.verify(&card, &evidence).unwrap();
    let alone = cns::verify(&chain(&card)[..1], &stage.trust, &evidence, &stage.policy, stage.now);
    assert!(matches!(alone, Err(CardError::UntrustedIssuer { .. })), "{alone:?}");
}

#[test]
fn other_string_types_are_read() {
    let mut stage = Stage::new();
    let text = "MSRNTN77H15C351X/6120016461039008.i1ZpZfaCX/eKyikBfnF8to+M2T8=";
    for tag in [Tag::PrintableString, Tag::TeletexString, Tag::Ia5String] {
        let mut spec = stage.cns();
        spec.common_names = vec![Text { octets: text.as_bytes().to_vec(), tag }];
        assert_eq!(stage.sign_in(&spec).unwrap().tax_code, tax_code(), "{tag:?}");
    }
}

#[test]
fn nothing_and_too_much_are_refused() {
    let mut stage = Stage::new();
    let card = stage.issue(&stage.cns());
    let verify = |chain: &[_]| cns::verify(chain, &stage.trust, &stage.evidence(), &stage.policy, stage.now);
    assert!(matches!(verify(&[]), Err(CardError::NoCertificate)));
    let [own, issuer] = <[_; 2]>::try_from(chain(&card)).unwrap();
    let mut long = vec![own.clone()];
    long.extend(std::iter::repeat_n(issuer.clone(), 6));
    assert!(matches!(verify(&long), Err(CardError::TooLarge)));
    assert!(matches!(verify(&[vec![0x30; 20_000].into()]), Err(CardError::TooLarge)));
    // An authority is no card, whoever it is.
    assert!(verify(&[issuer]).is_err());
}
