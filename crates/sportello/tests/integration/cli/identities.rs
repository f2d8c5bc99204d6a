//! `spid` and `cie` of the command line, against a demonstration.

use jiff::SignedDuration;
use outside::cns::Published;
use outside::spid::{Spid, SpidConfig};
use serde_json::json;
use sportello_core::clock::{Clock as _, SystemClock};
use sportello_core::identities::certificate;
use sportello_core::spid::certificate::Validity;
use sportello_core::tenancy::Tenant;
use testkit::SharedClock;

use super::place::{Place, TENANT};
use super::running::{demo, get};

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
    let examined = run(&["spid", "check", "--json"]).good().json();
    assert_eq!(examined["healthy"], json!(true), "a provider's certificate that ends in twenty days is a warning");
    let found = &examined["findings"][0];
    assert_eq!(found["severity"], json!("warning"), "{examined:#}");
    assert!(found["message"].as_str().unwrap().contains("certificate of the provider"), "{examined:#}");
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

/// A place in which people can sign in at one provider, with this certificate of ours and, during a roll-over, another.
/// Each is given by the days for which it is still valid.
fn certified(provider: &str, days: i64, other: Option<i64>) -> Place {
    let place = Place::new();
    let spid =
        IDENTITIES.split("[cie]").next().unwrap().replace("[spid]", "[spid]\nentity_id = \"https://prova.example\"");
    place.write("tenants/prova/tenant.toml", &format!("{TENANT}{spid}"));
    place.run(&["init"]).good();
    place.run(&["migrate"]).good();
    if !provider.is_empty() {
        place.write("provider.xml", provider);
    }
    let product =
        sportello_core::texts::ProductTexts::new([sportello_core::TEXTS, web::TEXTS, desk_dues::TEXTS].concat());
    let tenant = Tenant::load(&place.path().join("tenants/prova"), &product).unwrap();
    let mut config = std::fs::read_to_string(place.path().join("sportello.toml")).unwrap();
    config += "\n[connections.prova.spid]\nkey_file = \"ours.key\"\ncertificate_file = \"ours.pem\"\n\
               provider_file = \"provider.xml\"\n";
    for (name, days) in [("ours", Some(days)), ("other", other)] {
        let Some(days) = days else { continue };
        let now = SystemClock.now();
        let day = SignedDuration::from_hours(24);
        let validity = Validity { not_before: now - day * 400, not_after: now + day * i32::try_from(days).unwrap() };
        let made = certificate::make(&tenant, "https://prova.example", validity, [1; 16]).unwrap();
        place.write(&format!("{name}.key"), made.private_key.expose());
        place.write(&format!("{name}.pem"), &made.certificate_pem);
        if name == "other" {
            config += "other_certificate_file = \"other.pem\"\n";
        }
    }
    place.write("sportello.toml", &config);
    place
}

#[test]
fn the_doctor_warns_of_a_certificate_that_ends_and_calls_one_that_has_ended_an_error() {
    let all = place();
    let (running, facts) = demo(&all, &[]);
    let (_, answer) =
        get(&format!("{}/spid/poste-esempio/metadata", facts["outside"].as_str().unwrap().trim_end_matches('/')));
    let provider = answer.split_once("\r\n\r\n").unwrap().1;
    for (days, other, code, state, words) in [
        (400, None, 0, "good", "is in order"),
        (60, None, 0, "warning", "Within90Days"),
        (
            20,
            None,
            0,
            "warning",
            "the signing certificate: the certificate is not valid now, or not for long: Within30Days",
        ),
        (5, None, 1, "bad", "Within7Days"),
        (-1, None, 1, "bad", "the signing certificate: the certificate is not valid now, or not for long: Expired"),
        (400, Some(400), 0, "good", "is in order"),
        (
            400,
            Some(-1),
            0,
            "warning",
            "the other certificate: the certificate is not valid now, or not for long: Expired",
        ),
    ] {
        let place = certified(provider, days, other);
        let findings = place.run(&["doctor", "--json"]).json();
        let spid: Vec<_> =
            findings["findings"].as_array().unwrap().iter().filter(|f| f["check"] == "SPID prova").collect();
        assert_eq!(spid.len(), 1, "{days} {other:?}: {findings:#}");
        assert_eq!(spid[0]["state"], json!(state), "{days} {other:?}: {findings:#}");
        assert!(spid[0]["message"].as_str().unwrap().contains(words), "{days} {other:?}: {findings:#}");
        assert_eq!(findings["healthy"], json!(code == 0), "{days} {other:?}: {findings:#}");
        for command in [&["doctor"][..], &["spid", "check", "--tenant", "prova"]] {
            assert_eq!(place.run(command).code(), code, "{command:?} {days} {other:?}");
        }
    }
    assert_eq!(running.stop(), 0);
}

// req: F-32
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signed_metadata_are_taken_and_altered_ones_leave_the_last_good_list() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let clock = std::sync::Arc::new(SharedClock::at("2026-01-01T10:00"));
    let spid = Spid::new(SpidConfig { clock, seed: 1, base, people: Vec::new() });
    let router = spid.router();
    let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let place = certified("", 400, None);
    place.write("federation.pem", &spid.aggregate_signer_pem().unwrap());
    let read = std::fs::read_to_string(place.path().join("sportello.toml")).unwrap();
    let address = format!("metadata_url = \"{}\"\n", spid.aggregate_url());
    let without = read.replace("provider_file = \"provider.xml\"\n", &address);
    place.write("sportello.toml", &without);
    place.run(&["config", "check"]).refused(1, &["metadata_signer_file", "must be given with `metadata_url`"]);
    place.write("sportello.toml", &format!("{without}metadata_signer_file = \"federation.pem\"\n"));
    let refresh = || place.run(&["spid", "refresh", "--tenant", "prova"]);
    let taken = refresh().good();
    assert!(taken.out().contains("5 providers are known"), "{}", taken.out());
    for published in [Published::Altered, Published::Down] {
        spid.publish(published);
        let refused = refresh();
        assert_eq!(refused.code(), 1, "{published:?}: {}", refused.out());
        assert!(refused.out().contains("could not be used; its providers stay as they were"), "{}", refused.out());
        assert!(refused.out().contains("5 providers are known"), "{published:?}: {}", refused.out());
    }
    // Signed by somebody else: the certificate of ours is not the federation's.
    spid.publish(Published::Good);
    place.write("federation.pem", &std::fs::read_to_string(place.path().join("ours.pem")).unwrap());
    assert_eq!(refresh().code(), 1);
    server.abort();
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
    let log = ["spid", "log", "--tenant", "prova", "--from", "2020-01-01", "--until", "2030-01-01"];
    place.run(&log).refused(78, &["`prova` has no SPID, no CIE and no CNS"]);
    place.write("tenants/prova/tenant.toml", &format!("{TENANT}[cns]\n"));
    assert_eq!(place.run(&log).good().out(), "", "the log is one for all ways, and nobody has come yet");
    let purpose = IDENTITIES.replace("[spid]", "[spid]\npurpose = \"XX\"");
    place.write("tenants/prova/tenant.toml", &format!("{TENANT}{purpose}"));
    let checked = place.run(&["tenant", "check", "prova"]);
    assert!(checked.code() == 1 && checked.err().contains("one of P, LP, PG, PF and PX"), "{}", checked.err());
    place.write("tenants/prova/tenant.toml", &format!("{TENANT}{IDENTITIES}\n[levels]\n\"contact.chnge\" = 2\n"));
    let checked = place.run(&["tenant", "check", "prova"]);
    assert!(checked.code() == 1 && checked.err().contains("contact.chnge: no level"), "{}", checked.err());
    place.write("tenants/prova/tenant.toml", &format!("{TENANT}\n[levels]\n\"contact.change\" = 2\n"));
    let checked = place.run(&["tenant", "check", "prova"]);
    assert!(checked.code() == 1 && checked.err().contains("there is no [spid], [cie] or [cns]"), "{}", checked.err());
}
