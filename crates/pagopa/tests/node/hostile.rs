//! Messages by attackers, and by implementations that are not finished.

use std::error::Error;

use super::support::*;
use pagopa::node::{FaultCode, Limits, Operation, Problem, Request, Response, SoapFaultCode};

const VERIFY: &str = include_str!("../fixtures/paVerifyPaymentNoticeReq.xml");
const RECEIPT: &str = include_str!("../fixtures/paSendRTV2Request.xml");

fn problem(message: impl AsRef<[u8]>) -> (Option<Operation>, Problem) {
    let error = Request::parse(message.as_ref()).expect_err("a refusal");
    (error.operation, error.problem)
}

/// The code of the fault that answers a message; none for a fault of SOAP.
fn answer(message: &str) -> Option<FaultCode> {
    let response = Request::parse(message.as_bytes()).expect_err("a refusal").answer(CREDITOR);
    assert_eq!(Response::parse(&response.to_xml()).expect("a readable answer"), response);
    response.fault().map(|fault| fault.code.clone())
}

#[test]
fn document_types_and_entities_are_refused() {
    let lol = (0..10).fold(String::from("<!ENTITY l0 \"lol\">"), |text, n| {
        format!("{text}<!ENTITY l{} \"{}\">", n + 1, format!("&l{n};").repeat(10))
    });
    let bomb = VERIFY
        .replace("?>", &format!("?><!DOCTYPE soapenv:Envelope [{lol}]>"))
        .replace("<idPA>01199250158", "<idPA>&l9;");
    assert!(matches!(problem(&bomb), (None, Problem::DocumentType)));
    let external = VERIFY.replace("?>", "?><!DOCTYPE x SYSTEM \"http://127.0.0.1/x.dtd\">");
    assert!(matches!(problem(external), (None, Problem::DocumentType)));
    let file = VERIFY
        .replace("?>", "?><!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>")
        .replace("<idPA>01199250158", "<idPA>&f;");
    assert!(matches!(problem(file), (None, Problem::DocumentType)));
    for reference in ["&f;", "&nbsp;", "&#1;", "&#x0;", "&#xFFFFFFFFFF;", "&;"] {
        let message = VERIFY.replace("<idPA>01199250158", &format!("<idPA>{reference}"));
        assert!(matches!(problem(&message).1, Problem::Entity | Problem::Xml(_)), "{reference}");
    }
}

#[test]
fn size_and_depth_have_limits() {
    let huge = VERIFY.replace("<idPA>", &format!("<idPA>{}", " ".repeat(10 * 1024 * 1024)));
    assert!(matches!(problem(huge), (None, Problem::TooLarge { limit: 1_048_576, .. })));
    let small = Limits { bytes: 100, ..Limits::default() };
    let error = Request::parse_within(VERIFY.as_bytes(), &small).unwrap_err();
    assert!(matches!(error.problem, Problem::TooLarge { limit: 100, .. }));
    for place in ["<soapenv:Header/>", "<idPA>01199250158</idPA>"] {
        let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
        let (_, problem) = problem(VERIFY.replace(place, &format!("{place}{deep}")));
        assert!(matches!(problem, Problem::TooDeep { limit: 24 }), "{problem}");
    }
    let many = "<mapEntry><key>k</key><value>v</value></mapEntry>".repeat(16);
    let message = RECEIPT.replace("</receipt>", &format!("<metadata>{many}</metadata></receipt>"));
    assert!(matches!(problem(message).1, Problem::TooMany { element: "mapEntry", limit: 15 }));
    let start = RECEIPT.find("<transfer>").unwrap();
    let end = RECEIPT.find("</transferList>").unwrap();
    let message = RECEIPT.replace(&RECEIPT[start..end], &RECEIPT[start..end].repeat(6));
    assert!(matches!(problem(message).1, Problem::TooMany { element: "transfer", limit: 5 }));
}

#[test]
fn namespaces_count_and_prefixes_must_be_declared() {
    let wrong = VERIFY.replace("/pa/paForNode.xsd", "/psp/pspForNode.xsd");
    assert!(matches!(problem(&wrong), (None, Problem::UnknownElement(name)) if &*name == "paVerifyPaymentNoticeReq"));
    assert_eq!(answer(&wrong), None);
    let bare = VERIFY.replace("<paf:", "<").replace("</paf:", "</");
    assert!(matches!(problem(bare), (None, Problem::UnknownElement(_))));
    let envelope = VERIFY.replace("schemas.xmlsoap.org/soap/envelope/", "example.org/");
    assert!(matches!(problem(envelope), (None, Problem::NotEnvelope)));
    let undeclared = VERIFY.replace("<idPA>", "<zz:idPA>").replace("</idPA>", "</zz:idPA>");
    assert!(matches!(problem(undeclared), (_, Problem::Prefix)));
    let foreign = VERIFY.replace("<idPA>", "<x:idPA xmlns:x='urn:x'>").replace("</idPA>", "</x:idPA>");
    assert!(matches!(problem(foreign), (Some(Operation::VerifyPaymentNotice), Problem::Missing("idPA"))));
    let response = include_str!("../fixtures/paVerifyPaymentNoticeRes.ok.xml");
    assert!(matches!(problem(response), (None, Problem::UnknownElement(_))));
}

#[test]
fn what_is_not_soap_is_answered_with_a_soap_fault() {
    for message in ["", " ", "{}", "<a/>", "<a>", "\u{FEFF}", "<?xml version='1.0'?>", "plain"] {
        let error = Request::parse(message.as_bytes()).unwrap_err();
        let response = error.answer(CREDITOR);
        assert_eq!(response.http_status(), 500, "{message}");
        let Response::SoapFault(fault) = Response::parse(&response.to_xml()).unwrap() else { panic!("{message}") };
        assert_eq!(fault.code, SoapFaultCode::Client);
        assert!(!fault.string.is_empty());
    }
    assert!(matches!(problem([0xFF, 0xFE, 0x3C, 0x00]), (None, Problem::NotUtf8(_))));
    assert!(matches!(problem(VERIFY.replace("UTF-8", "UTF-16")), (None, Problem::Encoding)));
}

#[test]
fn cut_messages_are_noticed_wherever_they_are_cut() {
    for message in [VERIFY, RECEIPT] {
        let end = message.rfind("</soapenv:Envelope>").unwrap();
        for at in (0..end).filter(|at| message.is_char_boundary(*at)) {
            assert!(Request::parse(&message.as_bytes()[..at]).is_err(), "cut at {at}");
        }
    }
    assert!(Request::parse(VERIFY.trim_end().as_bytes()).is_ok());
    assert!(Request::parse(format!("{VERIFY}<a/>").as_bytes()).is_err());
}

#[test]
fn each_mandatory_element_is_missed() {
    for element in [
        "idPA",
        "idBrokerPA",
        "idStation",
        "receipt",
        "receiptId",
        "noticeNumber",
        "fiscalCode",
        "outcome",
        "creditorReferenceId",
        "paymentAmount",
        "description",
        "companyName",
        "debtor",
        "uniqueIdentifier",
        "entityUniqueIdentifierType",
        "entityUniqueIdentifierValue",
        "fullName",
        "idTransfer",
        "transferAmount",
        "fiscalCodePA",
        "IBAN",
        "remittanceInformation",
        "transferCategory",
        "idPSP",
        "PSPCompanyName",
        "idChannel",
        "channelDescription",
    ] {
        let (open, close) = (format!("<{element}>"), format!("</{element}>"));
        let (before, rest) = RECEIPT.split_once(&open).expect(element);
        let (_, after) = rest.split_once(&close).expect(element);
        let message = format!("{before}{after}");
        let (operation, problem) = problem(&message);
        assert_eq!(operation, Some(Operation::SendReceiptV2));
        assert!(matches!(problem, Problem::Missing(name) if name == element), "{element}: {problem}");
        assert_eq!(answer(&message), Some(FaultCode::SyntaxSchema));
    }
}

#[test]
fn each_element_may_come_once() {
    for element in ["idPA", "receipt", "receiptId", "paymentAmount", "noticeNumber", "debtor", "transferAmount", "fee"]
    {
        let (open, close) = (format!("<{element}>"), format!("</{element}>"));
        let start = RECEIPT.find(&open).unwrap();
        let end = RECEIPT.find(&close).unwrap() + close.len();
        let message = format!("{}{}{}", &RECEIPT[..end], &RECEIPT[start..end], &RECEIPT[end..]);
        let (_, problem) = problem(&message);
        assert!(matches!(problem, Problem::Repeated(name) if name == element), "{element}: {problem}");
    }
    let body = &VERIFY[VERIFY.find("<paf:").unwrap()..VERIFY.find("</soapenv:Body>").unwrap()];
    let message = VERIFY.replace("</soapenv:Body>", &format!("{body}</soapenv:Body>"));
    assert!(matches!(problem(message), (Some(Operation::VerifyPaymentNotice), Problem::Body)));
    let empty = VERIFY.replace(body, "");
    assert!(matches!(problem(empty), (None, Problem::Body)));
}

#[test]
fn wrong_values_are_named_and_not_repeated() {
    for (right, wrong, element) in [
        ("<paymentAmount>66.15", "<paymentAmount>66,15", "paymentAmount"),
        ("<paymentAmount>66.15", "<paymentAmount>-66.15", "paymentAmount"),
        ("<paymentAmount>66.15", "<paymentAmount>0.00", "paymentAmount"),
        ("<paymentAmount>66.15", "<paymentAmount>", "paymentAmount"),
        ("<paymentAmount>66.15", "<paymentAmount>6.615e1", "paymentAmount"),
        ("<paymentAmount>66.15", "<paymentAmount>1000000000.00", "paymentAmount"),
        ("<paymentAmount>66.15", "<paymentAmount>NaN", "paymentAmount"),
        ("<fee>1.00", "<fee>-1.00", "fee"),
        ("<outcome>OK", "<outcome>ok", "outcome"),
        ("<noticeNumber>3", "<noticeNumber>X", "noticeNumber"),
        ("<fiscalCode>01199250158", "<fiscalCode>RSSMRA80A01H501U", "fiscalCode"),
        ("<idTransfer>1", "<idTransfer>6", "idTransfer"),
        ("<transferDate>2026-11-11", "<transferDate>2026-02-30", "transferDate"),
        ("<paymentDateTime>2026-11-10T10:11:12", "<paymentDateTime>yesterday", "paymentDateTime"),
        ("Type>G<", "Type>H<", "entityUniqueIdentifierType"),
        ("Value>00743110157<", "Value>RSSMRA80A01H501U-segreto<", "entityUniqueIdentifierValue"),
        ("<receiptId>", "<receiptId>\u{1}", "receiptId"),
    ] {
        let message = RECEIPT.replacen(right, wrong, 1);
        assert_ne!(message, RECEIPT, "{right}");
        let error = Request::parse(message.as_bytes()).unwrap_err();
        assert!(matches!(error.problem, Problem::Value { element: name, .. } if name == element), "{wrong}: {error:?}");
        let mut texts = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            texts = format!("{texts}: {error}");
            cause = error.source();
        }
        assert!(texts.contains("paSendRTV2") && texts.contains(element), "{texts}");
        assert!(!texts.contains("segreto") && !texts.contains("RSSMRA"), "{texts}");
    }
    let nested = RECEIPT.replace("<fullName>", "<fullName><b>x</b>");
    assert!(matches!(problem(nested).1, Problem::NotText("fullName")));
}

#[test]
fn operations_that_are_not_offered_are_refused_in_their_own_words() {
    for operation in [Operation::GetPaymentV1, Operation::SendReceiptV1, Operation::DemandPaymentNotice] {
        let message = VERIFY.replace("paVerifyPaymentNoticeReq", operation.request_element());
        let error = Request::parse(message.as_bytes()).unwrap_err();
        assert_eq!(error.operation, Some(operation));
        assert!(matches!(error.problem, Problem::Unsupported));
        let response = error.answer(CREDITOR);
        let xml = response.to_xml();
        assert!(String::from_utf8(xml.clone()).unwrap().contains(operation.response_element()));
        assert_eq!(Response::parse(&xml).unwrap(), response);
        assert_eq!(response.fault().unwrap().code, FaultCode::Semantic);
    }
}

#[test]
fn a_payment_that_does_not_add_up_is_never_sent() {
    let mut payment = full_payment();
    payment.amount = amount(1);
    let sent = Response::GetPayment(Ok(Box::new(payment))).to_xml();
    let fault = Response::parse(&sent).unwrap().fault().cloned().unwrap();
    assert_eq!(fault.code, FaultCode::SystemError);
    assert!(fault.description.unwrap().contains("6615 cents"));
    let mut payment = full_payment();
    payment.transfers[1].number = payment.transfers[0].number;
    assert!(Response::parse(&Response::GetPayment(Ok(Box::new(payment))).to_xml()).unwrap().fault().is_some());
}

#[test]
fn an_answer_must_be_whole() {
    let ok = include_str!("../fixtures/paVerifyPaymentNoticeRes.ok.xml");
    let ko = ok.replace("<outcome>OK", "<outcome>KO");
    assert!(matches!(Response::parse(ko.as_bytes()).unwrap_err().problem, Problem::Missing("fault")));
    let refusal =
        include_str!("../fixtures/paVerifyPaymentNoticeRes.ko-unknown.xml").replace("<outcome>KO", "<outcome>OK");
    assert!(matches!(Response::parse(refusal.as_bytes()).unwrap_err().problem, Problem::Missing("paymentList")));
}
