//! Our metadata before the judges of others: `spid-sp-test`, xmlsec1, xmllint.

use std::path::Path;
use std::process::Command;

use super::configurations::{PROFILES, provider};
use crate::judge;
use crate::materials::{OTHER, OURS, id};

/// Both keys are in them, as while keys are rolled over.
fn metadata(profile: &str) -> String {
    provider(profile).metadata(&id(1), &OURS, &[OTHER.certificate_der()]).unwrap()
}

fn spid_sp_test(profile: &str, xml: &str) -> Option<(usize, usize, String)> {
    let program = judge::program("spid_sp_test")?;
    judge::system("xmlsec1", "--version")?;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("metadata.xml");
    std::fs::write(&file, xml).unwrap();
    let run = Command::new(program)
        .args(["--profile", profile, "--extra", "--debug", "ERROR", "--metadata-url"])
        .arg(format!("file://{}", file.display()))
        .output()
        .unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    let (_, counts) = said.split_once("executed ").unwrap_or_else(|| panic!("{profile}: {said}"));
    let mut numbers = counts.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok());
    Some((numbers.next().unwrap(), numbers.next().unwrap(), said))
}

fn passes(profile: &str) {
    let Some((executed, failed, said)) = spid_sp_test(profile, &metadata(profile)) else { return };
    println!("spid-sp-test {profile}: {executed} executed, {failed} failed");
    assert!(failed == 0 && executed > 50, "{said}");
}

#[test]
fn spid_sp_public() {
    passes("spid-sp-public");
}

#[test]
fn spid_sp_private() {
    passes("spid-sp-private");
}

#[test]
fn spid_sp_ag_public_full() {
    passes("spid-sp-ag-public-full");
}

#[test]
fn spid_sp_ag_public_lite() {
    passes("spid-sp-ag-public-lite");
}

#[test]
fn spid_sp_ag_private_full() {
    passes("spid-sp-ag-private-full");
}

#[test]
fn spid_sp_ag_private_lite() {
    passes("spid-sp-ag-private-lite");
}

#[test]
fn spid_sp_op_public_full() {
    passes("spid-sp-op-public-full");
}

/// The judge stops in the midst of this profile by a fault of its own; what it executes until then must be right.
#[test]
fn spid_sp_op_public_lite() {
    passes("spid-sp-op-public-lite");
}

#[test]
fn cie_sp_public() {
    passes("cie-sp-public");
}

#[test]
fn cie_sp_private() {
    passes("cie-sp-private");
}

#[test]
fn the_judge_is_awake() {
    let wrong = metadata("spid-sp-public").replace("spid:IPACode", "spid:VATNumber");
    let Some((_, failed, said)) = spid_sp_test("spid-sp-public", &wrong) else { return };
    assert!(failed >= 2, "{said}");
}

#[test]
fn xmlsec1_accepts_every_profile() {
    let Some(xmlsec) = judge::system("xmlsec1", "--version") else { return };
    let folder = tempfile::tempdir().unwrap();
    let (file, trusted) = (folder.path().join("metadata.xml"), folder.path().join("key.pem"));
    std::fs::write(&trusted, openssl_pem()).unwrap();
    for profile in PROFILES {
        std::fs::write(&file, metadata(profile)).unwrap();
        let run = Command::new(xmlsec)
            .args(["--verify", "--enabled-key-data", "rsa", "--id-attr:ID"])
            .arg("urn:oasis:names:tc:SAML:2.0:metadata:EntityDescriptor")
            .arg("--pubkey-cert-pem")
            .arg(&trusted)
            .arg(&file)
            .output()
            .unwrap();
        assert!(run.status.success(), "{profile}: {run:?}");
    }
}

fn openssl_pem() -> String {
    let base64 = OURS.certificate_base64();
    let lines: Vec<&str> = base64.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

/// `spid-sp-test` stops at the first schema of each list; here are the stricter ones too.
#[test]
fn xmllint_accepts_the_schemas() {
    let Some(xmllint) = judge::system("xmllint", "--version") else { return };
    let av29 = "saml-schema-metadata-sp-spid-av29.xsd";
    let of_profile = [
        ("spid-sp-public", av29),
        ("spid-sp-private", av29),
        ("spid-sp-op-public-full", av29),
        ("spid-sp-ag-public-full", "saml-schema-metadata-sp-spid.xsd"),
        ("cie-sp-public", "cie/saml-schema-metadata-sp-cie.xsd"),
        ("cie-sp-private", "cie/saml-schema-metadata-sp-cie.xsd"),
    ];
    for (profile, name) in of_profile {
        let Some(schema) = judge::schema(name) else { return };
        valid(xmllint, profile, &schema, &metadata(profile));
    }
    let Some(schema) = judge::schema("spid-invoicing.xsd") else { return };
    let xml = metadata("spid-sp-private");
    let (_, payer) = xml.split_once("<md:Extensions><fpa:").unwrap();
    let (payer, _) = payer.split_once("</md:Extensions>").unwrap();
    valid(xmllint, "billing", &schema, &format!("<fpa:{payer}"));
}

/// The schemas name one another by addresses; here they find one another beside themselves.
fn valid(xmllint: &str, what: &str, schema: &Path, xml: &str) {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(schema.parent().unwrap()).unwrap().flatten() {
        if let Ok(text) = std::fs::read_to_string(entry.path()) {
            let text = text.replace("http://www.w3.org/2001/xml.xsd", "xml.xsd");
            std::fs::write(folder.path().join(entry.file_name()), text).unwrap();
        }
    }
    let (schema, file) = (folder.path().join(schema.file_name().unwrap()), folder.path().join("metadata.xml"));
    std::fs::write(&file, xml).unwrap();
    let run = Command::new(xmllint).args(["--nonet", "--noout", "--schema"]).arg(schema).arg(&file).output().unwrap();
    assert!(run.status.success(), "{what}: {}\n{xml}", String::from_utf8_lossy(&run.stderr));
}

/// What we write, we read: keys of both roll-over certificates, indices, locations.
#[test]
fn our_own_reader_understands_every_profile() {
    use spid::metadata::Trust;
    use spid::metadata::client::Client;

    use crate::materials::{now, verifying_key};

    let anchors = [verifying_key(&OURS)];
    for profile in PROFILES {
        let client = Client::parse(metadata(profile).as_bytes(), Trust::Signed(&anchors), now()).unwrap();
        let configured = provider(profile);
        assert_eq!(client.entity_id.as_str(), configured.configuration().entity_id);
        assert_eq!(client.signing_keys, [verifying_key(&OURS), verifying_key(&OTHER)]);
        assert_eq!(client.consumers.len(), 2);
        assert_eq!(client.default_consumer().unwrap().index, 0);
        assert_eq!(client.organization.display_name("en"), Some("Sportello <di prova> & \"altro\""));
        assert!(client.signs_requests && client.attribute_set(0).is_some());
    }
}
