//! Certificates by avviso SPID n. 29 v3: ours, and what is wrong with those of others.

use std::path::Path;
use std::process::Command;

use rcgen::{CertificateParams, CustomExtension, DnType, IsCa, KeyPair, KeyUsagePurpose};
use spid::certificate::{
    CertificateFinding, Expiry, GenerateError, KeySize, Sector, SpCertificate, Validity, certificate_request, check,
};

use crate::judge;
use crate::materials::{ENTITY, certificate, days, long, now, subject};

#[test]
fn ours_have_nothing_wrong() {
    for identifier in ["PA:IT-c_h501", "VATIT-12345678903", "CF:IT-RSSMRA80A01H501U"] {
        let made = certificate(identifier, long(), 3);
        let sector = subject(identifier).sector();
        assert_eq!(check(&made.certificate_der, sector, Some(ENTITY), now()).unwrap(), [], "{identifier}");
    }
}

#[test]
fn another_sector_entity_and_time_are_found() {
    let made = certificate("PA:IT-c_h501", Validity { not_before: now() - days(10), not_after: now() + days(20) }, 4);
    let findings = check(&made.certificate_der, Sector::Private, Some("https://other.example.it"), now()).unwrap();
    assert_eq!(
        findings,
        [
            CertificateFinding::OrganizationIdentifier("PA:IT-c_h501".into()),
            CertificateFinding::EntityId { found: ENTITY.into(), expected: "https://other.example.it".into() },
            CertificateFinding::PolicyMissing("1.3.76.16.4.3.1".into()),
            CertificateFinding::Expiry(Expiry::Within30Days),
        ]
    );
    let later = check(&made.certificate_der, Sector::Public, None, now() + days(21)).unwrap();
    assert_eq!(later, [CertificateFinding::Expiry(Expiry::Expired)]);
}

/// Elliptic curve, a person's name, an authority, critical where it must not be, foreign usages, no policy.
#[test]
fn everything_that_is_wrong_is_said() {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, "Mario Rossi");
    params.distinguished_name.push(DnType::CustomDnType(vec![2, 5, 4, 42]), "Mario");
    params.distinguished_name.push(DnType::CountryName, "it");
    params.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::KeyEncipherment];
    params.not_before = rcgen::date_time_ymd(2026, 1, 1);
    params.not_after = rcgen::date_time_ymd(2030, 1, 1);
    let key = KeyPair::generate().unwrap();
    let der = params.self_signed(&key).unwrap().der().to_vec();
    let findings = check(&der, Sector::Public, None, now()).unwrap();
    let wanted = [
        CertificateFinding::SubjectLacks("localityName"),
        CertificateFinding::SubjectLacks("organizationName"),
        CertificateFinding::SubjectLacks("organizationIdentifier"),
        CertificateFinding::SubjectLacks("uri"),
        CertificateFinding::SubjectHasPersonal("givenName"),
        CertificateFinding::Country("it".into()),
        CertificateFinding::NotRsa,
        CertificateFinding::SignatureAlgorithm("1.2.840.10045.4.3.2".into()),
        CertificateFinding::Criticality { extension: "basicConstraints", must: false },
        CertificateFinding::Authority,
        CertificateFinding::UsageMissing("digitalSignature"),
        CertificateFinding::UsageMissing("nonRepudiation"),
        CertificateFinding::UsageUnwanted("keyEncipherment"),
        CertificateFinding::UsageUnwanted("keyCertSign"),
        CertificateFinding::ExtensionMissing("certificatePolicies"),
    ];
    assert_eq!(findings, wanted);
}

#[test]
fn a_malformed_extension_and_no_certificate_are_told_apart() {
    let mut params = CertificateParams::default();
    let policies = CustomExtension::from_oid_content(&[2, 5, 29, 32], vec![4, 1, 0]);
    params.custom_extensions.push(policies);
    let der = params.self_signed(&KeyPair::generate().unwrap()).unwrap().der().to_vec();
    let findings = check(&der, Sector::Public, None, now()).unwrap();
    assert!(findings.contains(&CertificateFinding::ExtensionMalformed("certificatePolicies")));
    for bytes in [&b""[..], b"\x30\x03\x02\x01\x01", &der[..der.len() - 1]] {
        assert!(check(bytes, Sector::Public, None, now()).is_err());
    }
}

#[test]
fn a_validity_that_ends_before_it_begins_is_refused() {
    let validity = Validity { not_before: now(), not_after: now() };
    let refused = SpCertificate::self_signed(&subject("PA:IT-c_h501"), KeySize::Bits2048, validity, [0; 16]);
    assert!(matches!(refused, Err(GenerateError::Validity)));
}

#[test]
fn keys_do_not_show_themselves() {
    let made = certificate("PA:IT-c_h501", long(), 5);
    assert!(!format!("{:?}", made.private_key).contains("KEY-----"));
    assert!(format!("{:?}", made.private_key).contains('…'));
}

/// All 37 checks of `spid-compliant-certificates`, both sectors, both lengths. The program tells its checks line by line.
#[test]
fn the_judge_of_certificates_finds_nothing() {
    let Some(validator) = judge::program("spid-compliant-certificates") else { return };
    for (identifier, sector, size) in [
        ("PA:IT-c_h501", "public", KeySize::Bits3072),
        ("VATIT-12345678903", "private", KeySize::Bits2048),
        ("CF:IT-RSSMRA80A01H501U", "private", KeySize::Bits2048),
    ] {
        let made = SpCertificate::self_signed(&subject(identifier), size, long(), [6; 16]).unwrap();
        let (good, bad, said) = judged(&validator, sector, &made.certificate_pem);
        println!("spid-compliant-certificates, {sector}: {good} passed, {bad} failed");
        assert!(bad == 0 && good >= 37, "{said}");
    }
    let public = certificate("PA:IT-c_h501", long(), 8);
    let (_, bad, said) = judged(&validator, "private", &public.certificate_pem);
    assert_eq!(bad, 2, "the judge sleeps: {said}");
}

fn judged(validator: &Path, sector: &str, pem: &str) -> (usize, usize, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("crt.pem");
    std::fs::write(&file, pem).unwrap();
    let run =
        Command::new(validator).args(["validator", "--sector", sector, "--crt-file"]).arg(&file).output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    let checks: Vec<&str> = said.lines().filter(|line| line.contains("(now: ")).collect();
    let good = checks.iter().filter(|line| line.contains("[\u{1b}[32mI\u{1b}[0m]")).count();
    (good, checks.len() - good, said)
}

#[test]
fn openssl_reads_certificate_and_request() {
    let Some(openssl) = judge::system("openssl", "version") else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file.pem");
    let made = certificate("PA:IT-c_h501", long(), 7);
    std::fs::write(&file, &made.certificate_pem).unwrap();
    let run =
        Command::new(openssl).args(["verify", "-check_ss_sig", "-CAfile"]).arg(&file).arg(&file).output().unwrap();
    assert!(run.status.success(), "{run:?}");
    let request = certificate_request(&subject("VATIT-12345678903"), KeySize::Bits2048).unwrap();
    std::fs::write(&file, &request.request_pem).unwrap();
    let run = Command::new(openssl).args(["req", "-verify", "-noout", "-text", "-in"]).arg(&file).output().unwrap();
    let text = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{run:?}");
    for wanted in
        ["VATIT-12345678903", "CA:FALSE", "Digital Signature, Non Repudiation", "1.3.76.16.4.3.1", "cert_SP_Priv"]
    {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
}
