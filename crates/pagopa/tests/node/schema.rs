//! Everything that is written validates against the node's schema, where a copy of it lies beside the repository.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::support::*;
use pagopa::node::{
    Fault, FaultCode, GetPayment, Operation, Request, Response, SendReceipt, TransferType, VerifyPaymentNotice,
};
use pagopa::{ReceiptOutcome, SubjectId, SubjectKind, Text};

#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn schema() -> Option<PathBuf> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/standards/data/pagopa/wsdl/xsd/paForNode.xsd");
    let path = PathBuf::from(path);
    let judge = Command::new("xmllint").arg("--version").stderr(Stdio::null()).status();
    if path.exists() && judge.is_ok_and(|status| status.success()) {
        return Some(path);
    }
    println!("skipped: the schema of the node is not beside the repository, or xmllint is not installed");
    None
}

/// The element inside the SOAP body, as a document of its own.
fn strip(envelope: &[u8]) -> String {
    let text = std::str::from_utf8(envelope).expect("UTF-8");
    let (_, rest) = text.split_once("<soapenv:Body>").expect("a body");
    let (body, _) = rest.split_once("</soapenv:Body>").expect("a body");
    let declaration = "xmlns:paf=\"http://pagopa-api.pagopa.gov.it/pa/paForNode.xsd\"";
    body.replacen('>', &format!(" {declaration}>"), 1)
}

fn judge(schema: &PathBuf, document: &str) -> Result<(), String> {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(document.as_bytes()).expect("written");
    let mut judge = Command::new("xmllint");
    let output = judge.args(["--noout", "--nonet", "--schema"]).arg(schema).arg(file.path()).output().expect("xmllint");
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

fn requests() -> Vec<Request> {
    let mut anonymous = full_receipt();
    anonymous.debtor.id = SubjectId::anonymous(SubjectKind::Person);
    anonymous.outcome = ReceiptOutcome::NotPaid;
    let mut bare = full_receipt();
    bare.debtor = debtor();
    (bare.payer, bare.payment_method, bare.payment_note, bare.fee, bare.creditor_fee) = (None, None, None, None, None);
    (bare.bundle, bare.creditor_bundle, bare.office_name, bare.stand_in) = (None, None, None, None);
    (bare.paid_at, bare.application_date, bare.transfer_date) = (None, None, None);
    (bare.psp.fiscal_code, bare.psp.vat_number) = (None, None);
    bare.metadata.clear();
    bare.description = Text::fit(&"à".repeat(200));
    bare.company_name = Text::fit("\u{0}\r\n<&>\"' 🚚");
    let receipt = |receipt| Request::SendReceipt(Box::new(SendReceipt { addressing: addressing(), receipt }));
    let get = GetPayment {
        addressing: addressing(),
        creditor: creditor(),
        notice: notice(),
        amount: Some(amount(1)),
        payment_note: Some(Text::fit("nota")),
        transfer_type: Some(TransferType::Postal),
        due_date: Some(jiff::civil::date(2026, 12, 31)),
    };
    let short = GetPayment { amount: None, payment_note: None, transfer_type: None, due_date: None, ..get.clone() };
    vec![
        Request::VerifyPaymentNotice(VerifyPaymentNotice {
            addressing: addressing(),
            creditor: creditor(),
            notice: notice(),
        }),
        Request::GetPayment(get),
        Request::GetPayment(short),
        receipt(full_receipt()),
        receipt(anonymous),
        receipt(bare),
    ]
}

fn responses() -> Vec<Response> {
    let fault = Fault::new(FaultCode::SystemError, CREDITOR).with_description("guasto <di> prova & \u{1}");
    let mut plain = payable();
    (plain.due_date, plain.detail, plain.office_name) = (None, None, None);
    let mut payment = full_payment();
    (payment.retention_date, payment.last_payment, payment.office_name) = (None, None, None);
    payment.metadata.clear();
    let mut responses = vec![
        Response::VerifyPaymentNotice(Ok(payable())),
        Response::VerifyPaymentNotice(Ok(plain)),
        Response::GetPayment(Ok(Box::new(full_payment()))),
        Response::GetPayment(Ok(Box::new(payment))),
        Response::SendReceipt(Ok(())),
    ];
    responses.extend(Operation::ALL.map(|operation| Response::refusal(operation, fault.clone())));
    responses
}

#[test]
fn everything_written_is_valid() {
    let Some(schema) = schema() else { return };
    for request in requests() {
        let xml = request.to_xml();
        judge(&schema, &strip(&xml)).unwrap();
        assert_eq!(Request::parse(&xml).unwrap(), request);
    }
    for response in responses() {
        judge(&schema, &strip(&response.to_xml())).unwrap();
    }
}

#[test]
fn every_answer_to_a_wrong_message_is_valid() {
    let Some(schema) = schema() else { return };
    for sample in [
        include_str!("../fixtures/paVerifyPaymentNoticeReq.xml"),
        include_str!("../fixtures/paGetPaymentV2Request.xml"),
        include_str!("../fixtures/paSendRTV2Request.xml"),
    ] {
        let wrong = sample.replace("<idPA>", "<idQA>").replace("</idPA>", "</idQA>");
        let response = Request::parse(wrong.as_bytes()).unwrap_err().answer(CREDITOR);
        judge(&schema, &strip(&response.to_xml())).unwrap();
    }
}

#[test]
fn the_judge_is_awake() {
    let Some(schema) = schema() else { return };
    let wrong = strip(&requests()[0].to_xml()).replace("noticeNumber", "noticeNo");
    assert!(judge(&schema, &wrong).is_err());
}

#[test]
fn sample_messages_are_valid_too() {
    let Some(schema) = schema() else { return };
    for sample in [
        include_bytes!("../fixtures/paGetPaymentV2Response.ok.xml").as_slice(),
        include_bytes!("../fixtures/paVerifyPaymentNoticeRes.ko-unknown.xml").as_slice(),
    ] {
        let written = Response::parse(sample).unwrap().to_xml();
        judge(&schema, &strip(&written)).unwrap();
    }
}
