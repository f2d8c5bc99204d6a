//! Trust lists: sound, old, changed, and hostile.

use std::sync::Mutex;

use cns::trust::{CheckError, Finding, RefreshError, TslError, refresh};
use cns::{CardError, Fetch, FetchError, TrustList};
use jiff::{SignedDuration, Timestamp};

use crate::stage::Stage;

const DAY: SignedDuration = SignedDuration::from_hours(24);

fn accept(_: &[u8]) -> Result<(), CheckError> {
    Ok(())
}

fn refuse(_: &[u8]) -> Result<(), CheckError> {
    Err("another signer".into())
}

fn xml(stage: &Stage, sequence: u64) -> String {
    String::from_utf8(stage.authority.trust_list_xml(sequence, stage.now).unwrap()).unwrap()
}

fn read(text: &str, now: Timestamp) -> Result<TrustList, TslError> {
    TrustList::from_tsl(text.as_bytes(), accept, now)
}

#[test]
fn a_list_names_its_authorities_and_cards_are_verified_by_it() {
    let mut stage = Stage::new();
    stage.trust = read(&xml(&stage, 7), stage.now).unwrap();
    let [authority] = stage.trust.authorities() else { panic!() };
    assert!(authority.subject.contains("CN=Prova CNS"));
    assert_eq!(authority.provider.as_deref(), Some("Prestatore di prova"));
    assert_eq!(stage.trust.sequence(), Some(7));
    assert_eq!(stage.trust.bytes(), Some(xml(&stage, 7).as_bytes()));
    assert!(stage.sign_in(&stage.cns()).is_ok());
}

#[test]
fn an_expired_list_serves_no_longer_than_the_grace() {
    let mut stage = Stage::new();
    stage.trust = read(&xml(&stage, 7), stage.now).unwrap();
    let card = stage.issue(&stage.cns());
    stage.now += DAY * 181;
    let refused = stage.verify(&card, &stage.evidence());
    assert!(matches!(refused, Err(CardError::TrustListExpired { .. })), "{refused:?}");
    stage.policy.trust_list_grace = DAY * 2;
    assert!(stage.verify(&card, &stage.evidence()).is_ok());
}

#[test]
fn only_services_of_the_kind_in_force_count() {
    let stage = Stage::new();
    let good = xml(&stage, 1);
    for (from, to) in [
        ("Svctype/IdV<", "Svctype/CA/QC<"),
        ("Svctype/IdV<", "Svctype/IdV/nothavingPKIid<"),
        ("Svcstatus/recognisedatnationallevel<", "Svcstatus/withdrawn<"),
        ("Svcstatus/recognisedatnationallevel<", "Svcstatus/deprecatedatnationallevel<"),
        ("<StatusStartingTime>2025", "<StatusStartingTime>2027"),
        ("<StatusStartingTime>2025", "<StatusStartingTime>soon"),
    ] {
        assert!(good.contains(from), "{from}");
        let outcome = read(&good.replace(from, to), stage.now);
        assert!(matches!(outcome, Err(TslError::Empty)), "{to}: {outcome:?}");
    }
    // A service that was in force once, and has been withdrawn since.
    let history = good.replace("recognisedatnationallevel<", "withdrawn<").replace(
        "</ServiceInformation>",
        "</ServiceInformation><ServiceHistory><ServiceHistoryInstance>\
            <ServiceTypeIdentifier>http://uri.etsi.org/TrstSvc/Svctype/IdV</ServiceTypeIdentifier><ServiceStatus>\
            http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/recognisedatnationallevel</ServiceStatus>\
            </ServiceHistoryInstance></ServiceHistory>",
    );
    assert!(matches!(read(&history, stage.now), Err(TslError::Empty)));
}

#[test]
fn unreadable_authorities_are_left_out_and_told() {
    let stage = Stage::new();
    let good = xml(&stage, 1);
    let broken = good.replace(
        "<DigitalId>",
        "<DigitalId><X509Certificate>AAAA</X509Certificate></DigitalId>\
        <DigitalId><X509Certificate>?</X509Certificate></DigitalId><DigitalId>",
    );
    let list = read(&broken, stage.now).unwrap();
    assert_eq!(list.authorities().len(), 1);
    let findings = list.findings(stage.now);
    let unreadable = findings.iter().filter(|finding| matches!(finding, Finding::UnreadableAuthority { .. }));
    assert_eq!(unreadable.count(), 2, "{findings:?}");
}

#[test]
fn the_operator_is_warned_in_stages() {
    let stage = Stage::new();
    let list = read(&xml(&stage, 1), stage.now).unwrap();
    let [authority] = list.authorities() else { panic!() };
    let end = authority.not_after;
    assert_eq!(list.findings(stage.now), []);
    let of_list = |days| list.findings(stage.now + DAY * days);
    assert!(matches!(of_list(91).as_slice(), [Finding::ListExpires { within_days: 90, .. }]));
    assert!(matches!(of_list(155).as_slice(), [Finding::ListExpires { within_days: 30, .. }]));
    assert!(matches!(of_list(175).as_slice(), [Finding::ListExpires { within_days: 7, .. }]));
    assert!(matches!(of_list(181).as_slice(), [Finding::ListExpired { .. }]));
    for (days, wanted) in [(80, 90), (20, 30), (3, 7)] {
        let findings = list.findings(end - DAY * days);
        assert!(
            findings
                .iter()
                .any(|f| matches!(f, Finding::AuthorityExpires { within_days, .. } if *within_days == wanted)),
            "{findings:?}"
        );
    }
    let after = list.findings(end + DAY);
    assert!(after.contains(&Finding::NoAuthority), "{after:?}");
    assert!(after.iter().any(|finding| matches!(finding, Finding::AuthorityExpired { .. })));
}

#[test]
fn files_that_are_no_lists_are_refused() {
    let stage = Stage::new();
    let good = xml(&stage, 1);
    let refused = |text: &str| read(text, stage.now).unwrap_err();
    assert!(matches!(refused(""), TslError::Xml(_)));
    assert!(matches!(refused("<html/>"), TslError::NotATrustList));
    assert!(matches!(refused(&good.replace("02231/v2#", "02231/v9#")), TslError::NotATrustList));
    assert!(matches!(refused(&good.replace("TSLSequenceNumber", "Number")), TslError::Element { .. }));
    assert!(matches!(refused(&good.replace("NextUpdate>", "Update>")), TslError::Element { .. }));
    let dates = good.split_once("<NextUpdate>").unwrap().1.split_once("</NextUpdate>").unwrap().0;
    assert!(matches!(refused(&good.replace(dates, "")), TslError::Closed));
    assert!(matches!(refused(&good.replace(dates, "<dateTime>soon</dateTime>")), TslError::Element { .. }));
}

#[test]
fn hostile_files_are_refused_in_bounded_time() {
    let stage = Stage::new();
    let good = xml(&stage, 1);
    let body = good.split_once("?>").unwrap().1;
    let entities = format!("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>{body}");
    let refused = |text: &str| read(text, stage.now).unwrap_err();
    assert!(matches!(refused(&entities), TslError::Xml(_)));
    let external = format!("<!DOCTYPE x SYSTEM \"file:///etc/passwd\">{body}");
    assert!(matches!(refused(&external), TslError::Xml(_)));
    let deep = |levels: usize| {
        let nest = format!("{}{}", "<a>".repeat(levels), "</a>".repeat(levels));
        good.replace("<TrustServiceProviderList>", &format!("{nest}<TrustServiceProviderList>"))
    };
    assert!(matches!(refused(&deep(200_000)), TslError::TooDeep));
    assert!(read(&deep(50), stage.now).is_ok());
    let many =
        good.replace("<TrustServiceProviderList>", &format!("{}<TrustServiceProviderList>", "<a/>".repeat(1_100_000)));
    assert!(matches!(refused(&many), TslError::Xml(_)));
    let large = format!("{good}{}", " ".repeat(16 << 20));
    assert!(matches!(refused(&large), TslError::TooLarge { .. }));
}

#[test]
fn the_signature_is_asked_for_before_anything_is_read() {
    let stage = Stage::new();
    let outcome = TrustList::from_tsl(b"not even XML", refuse, stage.now);
    assert!(matches!(outcome, Err(TslError::Signature(_))));
    let seen = Mutex::new(Vec::new());
    let text = xml(&stage, 1);
    let check = |bytes: &[u8]| {
        seen.lock().unwrap().extend_from_slice(bytes);
        Ok(())
    };
    TrustList::from_tsl(text.as_bytes(), check, stage.now).unwrap();
    assert_eq!(seen.into_inner().unwrap(), text.as_bytes());
}

#[test]
fn the_newest_usable_copy_is_taken() {
    let stage = Stage::new();
    let (old, new) = (xml(&stage, 3), xml(&stage, 5));
    let sequence = |copies: [&[u8]; 3]| TrustList::newest(copies, accept, stage.now).and_then(|list| list.sequence());
    assert_eq!(sequence([old.as_bytes(), new.as_bytes(), b"broken"]), Some(5));
    assert_eq!(sequence([b"", old.as_bytes(), b"broken"]), Some(3));
    assert_eq!(sequence([b"", b"", b""]), None);
    assert!(TrustList::newest([new.as_bytes()], refuse, stage.now).is_none());
}

struct Site(u16, Vec<u8>);

impl Fetch for Site {
    async fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, FetchError> {
        assert_eq!(request.uri(), cns::trust::ITALIAN_LIST);
        Ok(http::Response::builder().status(self.0).body(self.1.clone()).unwrap())
    }
}

#[tokio::test]
async fn a_refresh_takes_newer_lists_only() {
    let stage = Stage::new();
    let in_force = read(&xml(&stage, 5), stage.now).unwrap();
    let fetch = async |site: &Site, now| refresh(site, cns::trust::ITALIAN_LIST, accept, Some(&in_force), now).await;
    let site = |sequence| Site(200, xml(&stage, sequence).into_bytes());
    assert_eq!(fetch(&site(6), stage.now).await.unwrap().sequence(), Some(6));
    assert_eq!(fetch(&site(5), stage.now).await.unwrap().sequence(), Some(5));
    let older = fetch(&site(4), stage.now).await;
    assert!(matches!(older, Err(RefreshError::Older { fetched: 4, in_force: 5 })), "{older:?}");
    let expired = fetch(&site(6), stage.now + DAY * 181).await;
    assert!(matches!(expired, Err(RefreshError::Expired { .. })), "{expired:?}");
    let missing = fetch(&Site(404, Vec::new()), stage.now).await;
    assert!(matches!(missing, Err(RefreshError::Status { status: 404 })), "{missing:?}");
    let unsigned = refresh(&site(6), cns::trust::ITALIAN_LIST, refuse, Some(&in_force), stage.now).await;
    assert!(matches!(unsigned, Err(RefreshError::List(TslError::Signature(_)))), "{unsigned:?}");
}
