//! Responses: the cases of AgID's list, and what the list has not.

mod agid;
mod agid_assertion;
mod beyond;

use spid::saml::StatusCode;
use spid::sp::response::ResponseError;
use spid::sp::{Fault, Violation};

use crate::support::provider::{Paper, good, received};

/// A case: its number, the part that differs, and how it is to be refused.
type Case = (u32, &'static str, &'static str, &'static str, Fault);

/// Each case is refused for its own reason, whether the Response is signed or the Assertion only.
fn refuse(cases: &[Case]) {
    for (number, part, value, place, fault) in cases {
        let expected = ResponseError::Rule(Violation { place, fault: *fault });
        let paper = good().with(part, value);
        assert_eq!(received(&paper.xml()), Err(expected.clone()), "case {number}");
        assert_eq!(received(&paper.assertion_signed().xml()), Err(expected), "case {number}, Response not signed");
    }
}

fn accepted(paper: &Paper) {
    let identity = received(&paper.xml()).unwrap();
    assert_eq!(identity.subject.name_id, crate::support::provider::NAME);
}

/// A status without assertion, not signed, as providers send it.
fn failed(code: StatusCode, message: &str) -> Paper {
    let status = format!(
        "<samlp:Status><samlp:StatusCode Value=\"{}\">\
         <samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:AuthnFailed\"/></samlp:StatusCode>\
         <samlp:StatusMessage>{message}</samlp:StatusMessage></samlp:Status>",
        code.uri()
    );
    good().with("Status", &status).with("Assertion", "").signed_by(None, None)
}

fn assert_rule(outcome: Result<spid::sp::response::Identity, ResponseError>, place: &'static str, fault: Fault) {
    assert_eq!(outcome, Err(ResponseError::Rule(Violation { place, fault })));
}
