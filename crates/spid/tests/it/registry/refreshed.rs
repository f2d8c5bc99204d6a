//! What a refresh makes of what was there before.

use spid::certificate::{Expiry, Validity};
use spid::registry::{Finding, KNOWN_PROVIDERS, Policy, Registry, Source, SourceError};
use spid::saml::EntityId;

use super::sources::{Answers, LIST, after, ask, entry, ids, list_only};
use crate::materials::{OTHER, OURS, certificate, days, now, verifying_key};
use crate::metadata::{aggregate, signed};

const NAMES: [&str; 4] =
    ["https://a.example.it", "https://b.example.it", "https://c.example.it", "https://d.example.it"];

fn four() -> Registry {
    let entries: Vec<_> = NAMES.iter().map(|name| entry(name)).collect();
    after(&Registry::default(), &entries).registry
}

#[test]
fn additions_removals_and_new_keys_are_told() {
    let mut changed = entry(NAMES[1]);
    changed["signing_certificate_x509"] = OTHER.certificate_base64().into();
    let refreshed = after(&four(), &[entry(NAMES[0]), changed, entry(NAMES[2]), entry("https://new.example.it")]);
    assert_eq!(ids(&refreshed.registry), [NAMES[0], NAMES[1], NAMES[2], "https://new.example.it"]);
    assert_eq!(refreshed.registry.refreshed_at(), Some(now()));
    let said: Vec<String> = refreshed.findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "the signing keys of the provider `https://b.example.it` changed",
            "the provider `https://new.example.it` is new",
            "the provider `https://d.example.it` is no longer in the registry",
        ]
    );
}

#[test]
fn a_broken_provider_keeps_its_last_good_data() {
    let mut broken = entry(NAMES[1]);
    broken["signing_certificate_x509"] = "".into();
    let refreshed = after(&four(), &[entry(NAMES[0]), broken, entry(NAMES[2]), entry(NAMES[3])]);
    assert_eq!(refreshed.registry.provider(NAMES[1]), four().provider(NAMES[1]));
    assert!(matches!(&refreshed.findings[..], [Finding::Broken { .. }, Finding::Kept { .. }]));
}

#[test]
fn a_list_that_loses_most_providers_is_not_believed() {
    let refreshed = after(&four(), &[entry(NAMES[0]), entry("https://evil.example.it")]);
    assert_eq!(refreshed.registry, four());
    assert!(matches!(refreshed.findings[0], Finding::Shrunk { before: 4, found: 2 }));
    let half = after(&four(), &[entry(NAMES[0]), entry(NAMES[1])]);
    assert_eq!(ids(&half.registry), NAMES[..2]);
}

#[test]
fn signed_sources_are_checked_against_their_anchors() {
    let (group, single) = ("https://fed.example.it/idps.xml", "https://one.example.it/metadata");
    let xml = aggregate(&[signed(NAMES[0], 30), signed(NAMES[1], 31)], "");
    let policy = |key| Policy {
        sources: vec![
            Source::Aggregate { url: group.into(), anchors: vec![verifying_key(key)] },
            Source::Single {
                url: single.into(),
                entity_id: EntityId::parse("https://one.example.it").unwrap(),
                anchors: vec![verifying_key(&OURS)],
            },
        ],
    };
    let answers = |one: &str| Answers::default().with(group, 200, xml.as_str()).with(single, 200, signed(one, 32));
    let good = ask(&Registry::default(), &answers("https://one.example.it"), &policy(&OURS));
    assert_eq!(ids(&good.registry), [NAMES[0], NAMES[1], "https://one.example.it"]);
    let bad = ask(&Registry::default(), &answers("https://one.example.it"), &policy(&OTHER));
    assert_eq!(ids(&bad.registry), ["https://one.example.it"]);
    assert!(matches!(&bad.findings[0], Finding::Source { error: SourceError::Metadata(_), .. }));
    assert_eq!(bad.registry.refreshed_at(), None);
    let other = ask(&Registry::default(), &answers("https://evil.example.it"), &policy(&OURS));
    assert!(matches!(&other.findings[0], Finding::Source { error: SourceError::OtherEntity(_), .. }));
}

/// The signed source comes first: an unsigned list cannot give its providers other keys.
#[test]
fn the_earlier_source_is_believed() {
    let group = "https://fed.example.it/idps.xml";
    let mut forged = entry(NAMES[0]);
    forged["single_sign_on_service"][0]["Location"] = "https://evil.example.it/sso".into();
    let answers = Answers::default().with(group, 200, aggregate(&[signed(NAMES[0], 40)], "")).with(
        LIST,
        200,
        serde_json::to_vec(&[forged]).unwrap(),
    );
    let mut policy = list_only();
    policy.sources.insert(0, Source::Aggregate { url: group.into(), anchors: vec![verifying_key(&OURS)] });
    let refreshed = ask(&Registry::default(), &answers, &policy);
    let provider = refreshed.registry.provider(NAMES[0]).unwrap();
    assert!(provider.single_sign_on.iter().all(|endpoint| endpoint.location.starts_with(NAMES[0])));
}

/// Whoever blocks the signed source cannot answer in its place.
#[test]
fn a_later_source_does_not_stand_in_for_a_signed_one() {
    let group = "https://fed.example.it/idps.xml";
    let mut policy = list_only();
    policy.sources.insert(0, Source::Aggregate { url: group.into(), anchors: vec![verifying_key(&OURS)] });
    let honest = Answers::default().with(group, 200, aggregate(&[signed(NAMES[0], 41)], "")).with(
        LIST,
        200,
        serde_json::to_vec(&[entry(NAMES[1])]).unwrap(),
    );
    let before = ask(&Registry::default(), &honest, &policy).registry;
    assert_eq!(before.source_of(&EntityId::parse(NAMES[0]).unwrap()), Some(group));
    let before = Registry::from_bytes(&before.to_bytes()).unwrap();
    let mut forged = entry(NAMES[0]);
    forged["signing_certificate_x509"] = OTHER.certificate_base64().into();
    let forged = serde_json::to_vec(&[forged, entry(NAMES[1])]).unwrap();
    let spoiled =
        aggregate(&[signed(NAMES[0], 42).replace("X509Certificate>", "X509Nothing>"), signed(NAMES[2], 43)], "");
    for answers in [Answers::default(), Answers::default().with(group, 200, spoiled)] {
        let after = ask(&before, &answers.with(LIST, 200, forged.clone()), &policy).registry;
        assert_eq!(after.provider(NAMES[0]), before.provider(NAMES[0]));
    }
}

#[test]
fn what_is_kept_is_not_kept_beyond_its_date() {
    let group = "https://fed.example.it/idps.xml";
    let until = now() - days(1);
    let xml = aggregate(&[signed(NAMES[0], 50)], &format!(r#"validUntil="{until}""#));
    let anchors = vec![verifying_key(&OURS)];
    let read =
        spid::metadata::idp::Aggregate::parse(xml.as_bytes(), spid::metadata::Trust::Signed(&anchors), now() - days(2));
    let current = Registry::new(read.unwrap().providers, None);
    let policy = Policy { sources: vec![Source::Aggregate { url: group.into(), anchors }] };
    let refreshed = ask(&current, &Answers::default().with(group, 200, xml), &policy);
    assert_eq!(ids(&refreshed.registry), Vec::<&str>::new());
    assert!(matches!(&refreshed.findings[..], [Finding::Source { .. }, Finding::Expired { .. }]));
}

#[test]
fn certificates_that_end_are_told() {
    let near = certificate("PA:IT-c_h501", Validity { not_before: now() - days(9), not_after: now() + days(6) }, 60);
    let key = crate::materials::signing_key(&near);
    let mut ending = entry(NAMES[0]);
    ending["signing_certificate_x509"] = vec![key.certificate_base64(), OURS.certificate_base64()].into();
    let refreshed = after(&Registry::default(), &[ending]);
    let found = refreshed.findings.iter().find_map(|finding| match finding {
        Finding::Certificate { expiry, .. } => Some(*expiry),
        _ => None,
    });
    assert_eq!(found, Some(Expiry::Within7Days));
    assert_eq!(refreshed.registry.watch(now() - days(5)).len(), 1);
    assert!(
        refreshed
            .registry
            .watch(now() + days(7))
            .iter()
            .any(|finding| { matches!(finding, Finding::Certificate { expiry: Expiry::Expired, .. }) })
    );
    assert_eq!(refreshed.registry.provider(NAMES[0]).unwrap().signing_keys.len(), 2);
}

#[test]
fn the_last_good_copy_comes_back_and_damage_is_seen() {
    let registry = four();
    let bytes = registry.to_bytes();
    assert_eq!(Registry::from_bytes(&bytes).unwrap(), registry);
    let text = String::from_utf8(bytes).unwrap();
    let of_the_future = text.replace(r#""form":1"#, r#""form":2"#);
    let without_key = text.replace(&OURS.certificate_base64(), "AAAA");
    for damaged in ["", "{}", &text[..text.len() / 2], &of_the_future, &without_key] {
        assert!(Registry::from_bytes(damaged.as_bytes()).is_err(), "{damaged:.60}");
    }
}

#[test]
fn each_visit_has_its_own_order_with_all_in_it() {
    let registry = four();
    let order = |seed: u8| -> Vec<&str> {
        registry.in_random_order([seed; 16]).iter().map(|provider| provider.entity_id.as_str()).collect()
    };
    let mut first = [0; 4];
    for seed in 0..=255 {
        let mut shown = order(seed);
        assert_eq!(shown, order(seed));
        first[NAMES.iter().position(|name| *name == shown[0]).unwrap()] += 1;
        shown.sort_unstable();
        assert_eq!(shown, NAMES);
    }
    assert!(first.iter().all(|times| (40..90).contains(times)), "{first:?}");
}

#[test]
fn the_known_providers_are_twelve() {
    assert_eq!(KNOWN_PROVIDERS.len(), 12);
}
