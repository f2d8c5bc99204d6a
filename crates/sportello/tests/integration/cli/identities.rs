//! `spid` and `cie` of the command line, against a demonstration.

use serde_json::json;

use super::place::{Place, TENANT};
use super::running::demo;

const IDENTITIES: &str = r#"
[spid]
locality = "Roma"
[spid.profile]
kind = "spid-public"
[spid.profile.party]
company = "Ente di prova"
ipa_code = "prova"
email = "spid@prova.example"
phone = "+390600000000"

[cie]
contacts = ["prova@pec.example"]
policy_uri = "https://prova.example/privacy"
logo_uri = "https://prova.example/logo.svg"
"#;

fn place() -> Place {
    let place = Place::new();
    place.write("tenants/prova/tenant.toml", &format!("{TENANT}{IDENTITIES}"));
    place
}

#[test]
fn whoever_runs_the_program_examines_spid_and_cie_and_asks_for_what_is_new() {
    let place = place();
    let (running, facts) = demo(&place, &["--data", "kept"]);
    let config = facts["config"].as_str().unwrap().to_owned();
    let run = |arguments: &[&str]| place.run(&[arguments, &["--tenant", "prova", "--config", &config]].concat());
    let metadata = run(&["spid", "metadata"]).good();
    assert!(metadata.out().starts_with("<md:EntityDescriptor") && metadata.out().contains("IPACode>prova<"));
    let refreshed = run(&["spid", "refresh"]);
    assert!(refreshed.out().contains("4 providers are known"), "one of five is broken: {}", refreshed.out());
    let examined = run(&["spid", "check", "--json"]).json();
    let findings: Vec<String> = serde_json::from_value(examined["findings"].clone()).unwrap();
    assert!(findings.iter().any(|found| found.contains("certificate")), "{findings:?}");
    assert_eq!(run(&["spid", "log", "--from", "2020-01-01", "--until", "2030-01-01"]).good().out().lines().count(), 1);
    let until = run(&["cie", "refresh"]).good();
    assert!(until.out().starts_with("the provider's trust chain holds until "), "{}", until.out());
    assert_eq!(run(&["cie", "check", "--json"]).good().json(), json!({ "findings": [], "healthy": true }));
    let configuration = run(&["cie", "configuration"]).good();
    assert_eq!(configuration.out().trim().split('.').count(), 3, "a signed object");
    let keys = run(&["cie", "configuration", "--keys"]).good().json();
    assert_eq!(keys["keys"].as_array().map(Vec::len), Some(1));
    assert_eq!(running.stop(), 0);
    let alone = run(&["cie", "check"]);
    assert_eq!(alone.code(), 1);
    assert!(alone.out().contains("our own trust chain"), "{}", alone.out());
}

#[test]
fn keys_and_certificates_are_made_once_and_never_overwritten() {
    let place = place();
    place.run(&["spid", "certificate", "--tenant", "prova", "--days", "365"]).good();
    place.run(&["spid", "certificate", "--tenant", "prova"]).refused(73, &["prova-spid.key", "never overwritten"]);
    let pem = std::fs::read_to_string(place.path().join("prova-spid.pem")).unwrap();
    assert!(pem.starts_with("-----BEGIN CERTIFICATE-----"), "{pem}");
    place.run(&["cie", "keys", "--tenant", "prova"]).good();
    place.run(&["cie", "keys", "--tenant", "prova"]).refused(73, &["prova-cie-federation.key", "never overwritten"]);
    let mode = |name: &str| {
        let metadata = std::fs::metadata(place.path().join(name)).unwrap();
        std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o777
    };
    assert_eq!((mode("prova-cie-signing.key"), mode("prova-spid.key"), mode("prova-spid.pem")), (0o600, 0o600, 0o644));
}

#[test]
fn who_has_neither_is_told_what_to_add() {
    let place = Place::new();
    place.run(&["init"]).good();
    place.run(&["migrate"]).good();
    place.run(&["spid", "check", "--tenant", "prova"]).refused(78, &["`prova` has no SPID", "add [spid]"]);
    place.run(&["cie", "check", "--tenant", "prova"]).refused(78, &["`prova` has no CIE", "add [cie]"]);
    place.write("tenants/prova/tenant.toml", &format!("{TENANT}{IDENTITIES}\n[levels]\n\"contact.chnge\" = 2\n"));
    let checked = place.run(&["tenant", "check", "prova"]);
    assert!(checked.code() == 1 && checked.err().contains("contact.chnge: no level"), "{}", checked.err());
    place.write("tenants/prova/tenant.toml", &format!("{TENANT}\n[levels]\n\"contact.change\" = 2\n"));
    let checked = place.run(&["tenant", "check", "prova"]);
    assert!(checked.code() == 1 && checked.err().contains("there is no [spid], [cie] or [cns]"), "{}", checked.err());
}
