//! The sample messages are read, and written again with the same content.

use super::support::*;
use jiff::civil::date;
use pagopa::node::{FaultCode, Request, Response};
use pagopa::{AccountPayment, Destination, Payment};

/// The elements and texts of a document without white space between elements and without the declaration.
fn content(xml: &[u8]) -> String {
    let text = std::str::from_utf8(xml).expect("UTF-8");
    let body = text.split_once("?>").map_or(text, |(_, body)| body);
    body.lines().map(str::trim).collect()
}

macro_rules! sample {
    ($name:literal) => {
        include_bytes!(concat!("../fixtures/", $name)).as_slice()
    };
}

#[test]
fn requests_are_read_and_written_again() {
    for sample in [
        sample!("paVerifyPaymentNoticeReq.xml"),
        sample!("paGetPaymentV2Request.xml"),
        sample!("paSendRTV2Request.xml"),
    ] {
        let request = Request::parse(sample).unwrap();
        assert_eq!(content(&request.to_xml()), content(sample));
        assert_eq!(Request::parse(&request.to_xml()).unwrap(), request);
        assert_eq!(request.addressing(), &addressing());
        assert_eq!(request.notice(), notice());
    }
}

#[test]
fn responses_are_read_and_written_again() {
    for sample in [
        sample!("paVerifyPaymentNoticeRes.ok.xml"),
        sample!("paVerifyPaymentNoticeRes.ko-unknown.xml"),
        sample!("paGetPaymentV2Response.ok.xml"),
        sample!("paSendRTV2Response.ok.xml"),
    ] {
        let response = Response::parse(sample).unwrap();
        assert_eq!(content(&response.to_xml()), content(sample));
        assert_eq!(Response::parse(&response.to_xml()).unwrap(), response);
        assert_eq!(response.http_status(), 200);
    }
}

#[test]
fn a_receipt_says_what_it_says() {
    let Request::SendReceipt(request) = Request::parse(sample!("paSendRTV2Request.xml")).unwrap() else {
        panic!("not a receipt");
    };
    let receipt = request.receipt;
    assert_eq!(receipt.receipt_id.as_str(), "c110729d258c4ab1b765fe902aae41d6");
    assert_eq!(receipt.amount.cents(), 6615);
    assert_eq!(receipt.fee.unwrap().cents(), 100);
    assert_eq!(receipt.reference, notice().iuv());
    assert_eq!(receipt.paid_at, Some(date(2026, 11, 10).at(10, 11, 12, 0)));
    assert_eq!(receipt.transfer_date, Some(date(2026, 11, 11)));
    assert_eq!(receipt.psp.company_name.as_str(), "PSP di esempio");
    assert_eq!(receipt.debtor.full_name.as_str(), "AUTOTRASPORTI ESEMPIO SRL");
    assert_eq!(receipt.transfers[0].destination, Destination::Account(iban()));
    assert_eq!(receipt.check(), Ok(()));
}

#[test]
fn a_simple_payment_is_the_sample() {
    let payment = Payment::to_account(AccountPayment {
        reference: notice().iuv(),
        amount: amount(6615),
        due_date: date(2026, 12, 31),
        description: "Quota albo 2027",
        creditor: creditor(),
        company_name: "Ente creditore di esempio",
        iban: iban(),
        category: code("0101101IM"),
        debtor: debtor(),
    });
    let Response::GetPayment(Ok(sample)) = Response::parse(sample!("paGetPaymentV2Response.ok.xml")).unwrap() else {
        panic!("not a payment");
    };
    assert_eq!(payment.transfers, sample.transfers);
    assert_eq!(payment.check(), Ok(()));
    assert_eq!(payment.debtor, sample.debtor);
}

#[test]
fn a_refusal_names_its_code() {
    let response = Response::parse(sample!("paVerifyPaymentNoticeRes.ko-unknown.xml")).unwrap();
    let fault = response.fault().unwrap();
    assert_eq!(fault.code, FaultCode::PaymentUnknown);
    assert_eq!(&*fault.string, fault.code.text());
    assert_eq!(&*fault.id, CREDITOR);
}

#[test]
fn prefixes_order_and_extensions_do_not_matter() {
    let message = r#"<?xml version='1.0' encoding='utf-8' standalone="yes"?>
        <!-- another implementation -->
        <S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/" xmlns:w="urn:w">
          <S:Header><w:Security S:mustUnderstand="0"><w:a><w:b/></w:a></w:Security></S:Header>
          <S:Body>
            <paVerifyPaymentNoticeReq xmlns="http://pagopa-api.pagopa.gov.it/pa/paForNode.xsd">
              <qrCode><noticeNumber>301000000000004285</noticeNumber><fiscalCode><![CDATA[01199250158]]></fiscalCode></qrCode>
              <w:extension xmlns:w="urn:w"><idPA>00000000000</idPA></w:extension>
              <somethingNew><deep>x</deep></somethingNew>
              <idStation>01199250158_01</idStation>
              <idBrokerPA> 01199250158 </idBrokerPA>
              <idPA>&#48;1199250158</idPA>
            </paVerifyPaymentNoticeReq>
          </S:Body>
        </S:Envelope>"#;
    let request = Request::parse(message.as_bytes()).unwrap();
    assert_eq!(request, Request::parse(sample!("paVerifyPaymentNoticeReq.xml")).unwrap());
}

#[test]
fn optional_values_that_are_empty_or_wrong_do_not_lose_a_receipt() {
    let text = std::str::from_utf8(sample!("paSendRTV2Request.xml")).unwrap();
    let text = text
        .replace("<fee>1.00</fee>", "<fee/>")
        .replace("<transferDate>2026-11-11</transferDate>", "<transferDate></transferDate>")
        .replace("</fullName>", "</fullName><country>Italia</country><e-mail>nessuna</e-mail>")
        .replace("2026-11-10T10:11:12", "2026-11-10T09:11:12.345Z");
    let Request::SendReceipt(request) = Request::parse(text.as_bytes()).unwrap() else { panic!("not a receipt") };
    assert_eq!(request.receipt.fee, None);
    assert_eq!(request.receipt.transfer_date, None);
    assert_eq!(request.receipt.debtor, debtor());
    assert_eq!(request.receipt.paid_at, Some(date(2026, 11, 10).at(10, 11, 12, 0)));
}

#[test]
fn addressing_says_what_is_wrong() {
    let here = addressing();
    assert_eq!(addressing().check(&here), Ok(()));
    let mut there = addressing();
    there.station = code("01199250158_02");
    assert_eq!(there.check(&here), Err(FaultCode::WrongStation));
    there.broker = code("77777777777");
    assert_eq!(there.check(&here), Err(FaultCode::WrongBroker));
    there.creditor = code("77777777777");
    assert_eq!(there.check(&here), Err(FaultCode::WrongCreditor));
}
