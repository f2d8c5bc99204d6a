//! Requests that are good.

use jiff::SignedDuration;
use spid::idp::request::Incoming;
use spid::saml::{Attribute, Binding, Comparison, Level, Purpose, RelayState};
use spid::sp::{AuthnRequest, ConsumerService};

use super::stage::{
    CONSUMER, PROVIDER, SECOND_CONSUMER, SSO, TEXT, accepted, hear, hear_at, hear_post, hear_redirect, request, spoiled,
};
use crate::materials::{ENTITY, OURS, id, now};

#[test]
fn says_who_asks_what() {
    let asked = AuthnRequest { level: Level::Two, purpose: Some(Purpose::NotPersonal), ..request() };
    let heard = accepted(&asked);
    assert_eq!(heard.client().as_str(), ENTITY);
    assert_eq!((heard.level, heard.comparison, heard.force_authn), (Level::Two, Comparison::Minimum, true));
    assert_eq!((heard.id.clone(), heard.issue_instant, heard.binding), (id(7), now(), Binding::Post));
    assert_eq!(heard.reply_to.consumer_url, CONSUMER);
    assert_eq!(heard.reply_to.relay_state.as_deref(), Some("a+b/c d="));
    assert_eq!(heard.purpose, Some(Purpose::NotPersonal));
    let attributes: Vec<_> = heard.attributes.iter().collect();
    assert_eq!(attributes, [Attribute::Name, Attribute::FamilyName, Attribute::FiscalNumber]);
    assert_eq!(heard.service_name("en"), Some("Access to the counter"));
    assert_eq!(heard.service_name("de"), Some("Accesso allo sportello"));
    assert!(heard.xml.contains("NameIDPolicy"));
}

#[test]
fn comes_by_redirection_too() {
    let redirection = request().to_redirect(&OURS, &RelayState::new("a+b/c d=").unwrap()).unwrap();
    let query = redirection.url.split_once('?').unwrap().1;
    let incoming = Incoming::Redirect { query };
    assert_eq!(incoming.claimed_issuer().unwrap().as_str(), ENTITY);
    let heard = hear(&incoming).unwrap();
    assert_eq!((heard.binding, heard.reply_to.relay_state.as_deref()), (Binding::Redirect, Some("a+b/c d=")));
}

#[test]
fn may_name_its_consumer_by_address() {
    for url in [CONSUMER, SECOND_CONSUMER] {
        let asked = AuthnRequest { consumer: ConsumerService::Url(url.to_owned()), ..request() };
        assert_eq!(accepted(&asked).reply_to.consumer_url, url);
    }
}

#[test]
fn may_name_the_entity_as_destination() {
    accepted(&AuthnRequest { destination: PROVIDER.to_owned(), ..request() });
}

#[test]
fn may_leave_out_what_has_a_meaning_when_left_out() {
    assert_eq!(hear_post(&spoiled(r#" Comparison="exact""#, "")).unwrap().comparison, Comparison::Exact);
    let nothing = hear_post(&spoiled(r#" AttributeConsumingServiceIndex="0""#, "")).unwrap();
    assert_eq!((nothing.attributes.iter().count(), nothing.service_name("it")), (0, None));
    assert!(!hear_post(TEXT).unwrap().force_authn);
    for (said, meant) in [("true", true), ("1", true), ("false", false), ("0", false)] {
        let xml =
            spoiled("<samlp:AuthnRequest ", &format!(r#"<samlp:AuthnRequest ForceAuthn="{said}" IsPassive="0" "#));
        assert_eq!(hear_post(&xml).unwrap().force_authn, meant);
    }
}

#[test]
fn may_have_what_is_none_of_our_business() {
    for more in [
        r#"<samlp:NameIDPolicy AllowCreate="true" Format"#,
        r#"<saml:Subject><saml:NameID>x</saml:NameID></saml:Subject><samlp:NameIDPolicy Format"#,
        r#"<samlp:Extensions><x xmlns="urn:x"/></samlp:Extensions><samlp:NameIDPolicy Format"#,
    ] {
        hear_post(&spoiled("<samlp:NameIDPolicy Format", more)).unwrap();
    }
    let scoping = r#"<samlp:Scoping ProxyCount="0"><samlp:RequesterID>x</samlp:RequesterID></samlp:Scoping>"#;
    hear_redirect(&spoiled("</samlp:AuthnRequest>", &format!("{scoping}</samlp:AuthnRequest>"))).unwrap();
}

#[test]
fn lives_as_long_as_the_policy_says() {
    let form = request().to_post(&OURS, &RelayState::new("x").unwrap()).unwrap();
    let incoming = Incoming::Post { saml_request: &form.value, relay_state: None };
    for (seconds, good) in [(-60, true), (-61, false), (0, true), (360, true), (361, false)] {
        let heard = hear_at(&incoming, SSO, now() + SignedDuration::from_secs(seconds));
        assert_eq!(heard.is_ok(), good, "{seconds}");
    }
}

#[test]
fn which_level_is_enough() {
    let lowest = |level, comparison| {
        let heard = accepted(&AuthnRequest { level, comparison, ..request() });
        heard.lowest_level()
    };
    assert_eq!(lowest(Level::One, Comparison::Better), Some(Level::Two));
    assert_eq!(lowest(Level::Three, Comparison::Better), None);
    assert_eq!(lowest(Level::Two, Comparison::Maximum), Some(Level::Two));
    assert_eq!(lowest(Level::Two, Comparison::Exact), Some(Level::Two));
}
