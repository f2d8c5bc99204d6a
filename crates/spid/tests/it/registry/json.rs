//! AgID's list, good and bad.

use serde_json::{Value, json};
use spid::metadata::{EndpointBinding, MetadataError};
use spid::registry::{EntryError, Finding, Registry, SourceError};

use super::sources::{Answers, LIST, after, ask, entry, ids, list_only};

const A: &str = "https://a.example.it";

#[test]
fn an_entry_is_read_whole() {
    let refreshed = after(&Registry::default(), &[entry(A)]);
    let provider = refreshed.registry.provider(A).unwrap();
    assert_eq!(provider.display_name("it"), "Gestore");
    assert_eq!(provider.logo.as_deref(), Some("https://registry.example.it/logo.svg"));
    assert_eq!(provider.sign_on(EndpointBinding::HttpPost).unwrap().location, "https://a.example.it/sso");
    assert_eq!(provider.single_logout[0].for_responses(), "https://a.example.it/slo/answer");
    assert_eq!((provider.signing_keys.len(), provider.attributes.len()), (1, 2));
    assert!(matches!(&refreshed.findings[..], [Finding::Added { .. }]));
}

#[test]
fn a_name_that_is_an_address_is_not_shown() {
    let mut with_site = entry(A);
    with_site["organization_display_name"] = "http://www.example.it".into();
    with_site["logo_uri"] = "img/logo.svg".into();
    let refreshed = after(&Registry::default(), &[with_site]);
    let provider = refreshed.registry.provider(A).unwrap();
    assert_eq!((provider.display_name("it"), &provider.logo), ("Gestore S.p.A.", &None));
}

#[test]
fn broken_entries_spoil_no_other() {
    let spoiled = |field: &str, value: Value| {
        let mut entry = entry("https://b.example.it");
        entry[field] = value;
        entry
    };
    let cases = [
        spoiled("signing_certificate_x509", json!([])),
        spoiled("signing_certificate_x509", json!("AAAA")),
        spoiled("single_sign_on_service", json!([{ "Binding": "x", "Location": "https://b.example.it" }])),
        spoiled("single_sign_on_service", json!("https://b.example.it")),
        spoiled("entity_id", json!("")),
        spoiled("entity_id", json!(7)),
        json!("https://b.example.it"),
        json!(null),
    ];
    for case in cases {
        let refreshed = after(&Registry::default(), &[case.clone(), entry(A)]);
        assert_eq!(ids(&refreshed.registry), [A], "{case}");
        assert!(matches!(refreshed.findings[0], Finding::Broken { .. }), "{case}");
    }
}

#[test]
fn of_two_with_the_same_name_none_is_believed() {
    let refreshed = after(&Registry::default(), &[entry(A), entry(A), entry("https://b.example.it")]);
    assert_eq!(ids(&refreshed.registry), ["https://b.example.it"]);
    let repeated = |finding: &&Finding| {
        matches!(finding, Finding::Broken { error: EntryError::Metadata(MetadataError::Repeated), .. })
    };
    assert_eq!(refreshed.findings.iter().filter(repeated).count(), 2);
}

#[test]
fn deleted_and_disabled_entries_are_not_there() {
    let marked = |flag: &str| {
        let mut entry = entry(A);
        entry[flag] = "Y".into();
        entry
    };
    let refreshed =
        after(&Registry::default(), &[marked("_deleted"), marked("_disabled"), entry("https://b.example.it")]);
    assert_eq!(ids(&refreshed.registry), ["https://b.example.it"]);
    assert!(matches!(&refreshed.findings[..], [Finding::Added { .. }]));
}

#[test]
fn what_is_no_list_changes_nothing() {
    let current = after(&Registry::default(), &[entry(A)]).registry;
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let many = serde_json::to_string(&vec![json!({}); 300]).unwrap();
    let huge = format!("[{}]", " ".repeat(3 * 1024 * 1024));
    for (status, body) in [
        (200, "<html>Manutenzione</html>"),
        (200, ""),
        (200, "{}"),
        (200, "[]"),
        (200, "null"),
        (200, "[1, 2]"),
        (200, deep.as_str()),
        (200, many.as_str()),
        (200, huge.as_str()),
        (404, "[]"),
        (500, ""),
        (302, ""),
    ] {
        let refreshed = ask(&current, &Answers::default().with(LIST, status, body), &list_only());
        assert_eq!(refreshed.registry, current, "{status} {body:.40}");
        assert!(matches!(refreshed.findings[0], Finding::Source { .. }), "{status} {body:.40}");
    }
    let refreshed = ask(&current, &Answers::default(), &list_only());
    assert_eq!(refreshed.registry, current);
    assert!(matches!(&refreshed.findings[0], Finding::Source { error: SourceError::Unreachable(_), .. }));
}
