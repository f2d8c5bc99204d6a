//! The cases of AgID's validator about the Assertion, by its numbers.

use spid::saml::{Attribute, AttributeSet, Dialect};
use spid::signature::{Problem, SignatureError};
use spid::sp::Fault::{Empty, Malformed, Mismatch, Missing, TooEarly, TooLate};
use spid::sp::PendingRequest;
use spid::sp::response::{AttributePolicy, Input, Policy, ResponseError, Signed, verify};

use super::{accepted, refuse};
use crate::support::keys::provider;
use crate::support::provider::{NOW, at, good, pending, received, received_for};

#[test]
fn identifier_version_and_instant_33_to_40() {
    refuse(&[
        (35, "A.Version", r#"Version="3.0""#, "Assertion/@Version", Mismatch),
        (36, "A.IssueInstant", r#"IssueInstant="""#, "Assertion/@IssueInstant", Empty),
        (37, "A.IssueInstant", "", "Assertion/@IssueInstant", Missing),
        (38, "A.IssueInstant", r#"IssueInstant="2026-11-22T10:00""#, "Assertion/@IssueInstant", Malformed),
        (39, "A.IssueInstant", r#"IssueInstant="2000-01-01T12:00:00Z""#, "Assertion/@IssueInstant", TooEarly),
        (40, "A.IssueInstant", r#"IssueInstant="2099-01-01T00:00:00Z""#, "Assertion/@IssueInstant", TooLate),
    ]);
    // 33 and 34: an assertion without identifier cannot be what a signature refers to.
    let signed = good().assertion_signed().xml();
    for id in ["", r#"ID="""#] {
        let error = received(&signed.replace(r#"ID="_assertion""#, id)).unwrap_err();
        let cause = SignatureError::Profile(Problem::NoId);
        assert_eq!(error, ResponseError::Signature { of: Signed::Assertion, cause });
    }
}

#[test]
fn the_subject_41_to_66() {
    const DATA: &str = "SubjectConfirmationData";
    let confirmation_data = "Assertion/Subject/SubjectConfirmation/SubjectConfirmationData";
    refuse(&[
        (41, "Subject", "<saml:Subject></saml:Subject>", "Assertion/Subject/NameID", Missing),
        (42, "Subject", "", "Assertion/Subject", Missing),
        (43, "name", "", "Assertion/Subject/NameID", Empty),
        (44, "NameID", "", "Assertion/Subject/NameID", Missing),
        (45, "NameID.Format", r#"Format="""#, "Assertion/Subject/NameID/@Format", Empty),
        (46, "NameID.Format", "", "Assertion/Subject/NameID/@Format", Missing),
        (47, "NameID.Format", r#"Format="urn:other""#, "Assertion/Subject/NameID/@Format", Mismatch),
        (48, "NameQualifier", r#"NameQualifier="""#, "Assertion/Subject/NameID/@NameQualifier", Empty),
        (49, "NameQualifier", "", "Assertion/Subject/NameID/@NameQualifier", Missing),
        (51, DATA, "", confirmation_data, Missing),
        (52, "SubjectConfirmation", "", "Assertion/Subject/SubjectConfirmation", Missing),
        (53, "Method", r#"Method="""#, "Assertion/Subject/SubjectConfirmation/@Method", Empty),
        (54, "Method", "", "Assertion/Subject/SubjectConfirmation/@Method", Missing),
        (55, "Method", r#"Method="urn:other""#, "Assertion/Subject/SubjectConfirmation/@Method", Mismatch),
        (56, DATA, "", confirmation_data, Missing),
        (57, "Recipient", r#"Recipient="""#, "SubjectConfirmationData/@Recipient", Empty),
        (58, "Recipient", "", "SubjectConfirmationData/@Recipient", Missing),
        (59, "Recipient", r#"Recipient="https://other""#, "SubjectConfirmationData/@Recipient", Mismatch),
        (60, "S.InResponseTo", r#"InResponseTo="""#, "SubjectConfirmationData/@InResponseTo", Empty),
        (61, "S.InResponseTo", "", "SubjectConfirmationData/@InResponseTo", Missing),
        (62, "S.InResponseTo", r#"InResponseTo="_x""#, "SubjectConfirmationData/@InResponseTo", Mismatch),
        (63, "S.NotOnOrAfter", r#"NotOnOrAfter="""#, "SubjectConfirmationData/@NotOnOrAfter", Empty),
        (64, "S.NotOnOrAfter", "", "SubjectConfirmationData/@NotOnOrAfter", Missing),
        (65, "S.NotOnOrAfter", r#"NotOnOrAfter="now""#, "SubjectConfirmationData/@NotOnOrAfter", Malformed),
        (
            66,
            "S.NotOnOrAfter",
            r#"NotOnOrAfter="2000-01-01T00:00:00Z""#,
            "SubjectConfirmationData/@NotOnOrAfter",
            TooEarly,
        ),
    ]);
}

#[test]
fn the_issuer_67_to_72_and_what_cie_leaves_out() {
    refuse(&[
        (67, "A.Issuer", "<saml:Issuer {A.Issuer.Format}></saml:Issuer>", "Assertion/Issuer", Empty),
        (
            69,
            "A.Issuer",
            "<saml:Issuer {A.Issuer.Format}>https://other.example</saml:Issuer>",
            "Assertion/Issuer",
            Mismatch,
        ),
        (70, "A.Issuer.Format", r#"Format="""#, "Assertion/Issuer/@Format", Empty),
        (71, "A.Issuer.Format", "", "Assertion/Issuer/@Format", Missing),
        (72, "A.Issuer.Format", r#"Format="urn:other""#, "Assertion/Issuer/@Format", Mismatch),
    ]);
    let cie = PendingRequest { dialect: Dialect::Cie, ..pending() };
    for (format, good_for_cie) in [("", true), (r#"Format="""#, true), (r#"Format="urn:other""#, false)] {
        let xml = good().with("A.Issuer.Format", format).xml();
        assert_eq!(received_for(&xml, &cie).is_ok(), good_for_cie, "{format}");
    }
    // 68: where there is no issuer, a signature has no place either.
    let without = good().assertion_signed().xml();
    let start = without.rfind("<saml:Issuer").unwrap();
    let end = start + without[start..].find("</saml:Issuer>").unwrap() + "</saml:Issuer>".len();
    let without = [&without[..start], &without[end..]].concat();
    let cause = SignatureError::Profile(Problem::Place);
    assert_eq!(received(&without), Err(ResponseError::Signature { of: Signed::Assertion, cause }));
}

#[test]
fn the_conditions_73_to_87() {
    let audience = "Assertion/Conditions/AudienceRestriction/Audience";
    refuse(&[
        (73, "Conditions", "<saml:Conditions></saml:Conditions>", "Assertion/Conditions/@NotBefore", Missing),
        (74, "Conditions", "", "Assertion/Conditions", Missing),
        (75, "NotBefore", r#"NotBefore="""#, "Assertion/Conditions/@NotBefore", Empty),
        (76, "NotBefore", "", "Assertion/Conditions/@NotBefore", Missing),
        (77, "NotBefore", r#"NotBefore="2026""#, "Assertion/Conditions/@NotBefore", Malformed),
        (78, "NotBefore", r#"NotBefore="2099-01-01T00:00:00Z""#, "Assertion/Conditions/@NotBefore", TooLate),
        (79, "NotOnOrAfter", r#"NotOnOrAfter="""#, "Assertion/Conditions/@NotOnOrAfter", Empty),
        (80, "NotOnOrAfter", "", "Assertion/Conditions/@NotOnOrAfter", Missing),
        (81, "NotOnOrAfter", r#"NotOnOrAfter="x""#, "Assertion/Conditions/@NotOnOrAfter", Malformed),
        (82, "NotOnOrAfter", r#"NotOnOrAfter="2000-01-01T00:00:00Z""#, "Assertion/Conditions/@NotOnOrAfter", TooEarly),
        (83, "Audience", "", audience, Missing),
        (84, "AudienceRestriction", "", "Assertion/Conditions/AudienceRestriction", Missing),
        (85, "Audience", "<saml:Audience></saml:Audience>", audience, Empty),
        (87, "Audience", "<saml:Audience>https://other.example</saml:Audience>", audience, Mismatch),
    ]);
}

#[test]
fn authentication_and_attributes_88_to_99() {
    let context = "Assertion/AuthnStatement/AuthnContext";
    let class = "Assertion/AuthnStatement/AuthnContext/AuthnContextClassRef";
    let value = "Assertion/AttributeStatement/Attribute/AttributeValue";
    let valueless = r#"<saml:Attribute Name="spidCode"></saml:Attribute>"#;
    let empty = r#"<saml:Attribute Name="spidCode"><saml:AttributeValue> </saml:AttributeValue></saml:Attribute>"#;
    let bare = "<saml:AuthnStatement></saml:AuthnStatement>";
    refuse(&[
        (88, "AuthnStatement", bare, "Assertion/AuthnStatement/@AuthnInstant", Missing),
        (89, "AuthnStatement", "", "Assertion/AuthnStatement", Missing),
        (90, "AuthnContext", "", context, Missing),
        (91, "AuthnContext", "<saml:AuthnContext></saml:AuthnContext>", class, Missing),
        (92, "level", "", class, Empty),
        (93, "ClassRef", "", class, Missing),
        (98, "attributes", "", "Assertion/AttributeStatement/Attribute", Missing),
        (99, "attributes", valueless, value, Missing),
        (99, "attributes", empty, value, Empty),
    ]);
}

#[test]
fn another_set_of_attributes_103() {
    let xml = good().with("attribute.fiscalNumber", "").xml();
    let missing = ResponseError::MissingAttributes(vec![Attribute::FiscalNumber]);
    assert_eq!(received(&xml), Err(missing));

    let keys = [provider().verifying.clone()];
    let saml_response = spid::saml::binding::to_form(&xml);
    let pending = pending();
    let policy = Policy { attributes: AttributePolicy::Lenient, ..Policy::default() };
    let input = Input { saml_response: &saml_response, pending: &pending, keys: &keys, now: at(NOW), policy };
    let identity = verify(&input).unwrap();
    assert_eq!(identity.attributes.get(Attribute::Name), Some("SpidValidator"));
    assert_eq!(identity.attributes.get(Attribute::FiscalNumber), None);
}

#[test]
fn what_nobody_asked_for_is_not_kept() {
    let identity = received(&good().xml()).unwrap();
    assert_eq!(identity.attributes.get(Attribute::DateOfBirth), None);
    assert_eq!(identity.attributes.fiscal_number().unwrap().unwrap().as_str(), "GDASDV00A01H501J");
    accepted(&good().with("attribute.dateOfBirth", ""));
    let nothing = PendingRequest { attributes: AttributeSet::default(), ..pending() };
    assert!(received_for(&good().with("AttributeStatement", "").xml(), &nothing).is_ok());
}
