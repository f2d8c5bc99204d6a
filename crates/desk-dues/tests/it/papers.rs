//! The receipt and the payment notice as PDF files.

#![expect(clippy::print_stdout, reason = "a test that looks at less says so")]

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::common::{FIVE, MANY, Portal};
use desk_dues::{fee, papers};
use sportello_core::access::{Actor, Operation, Role};
use sportello_core::accounts::MailKind;
use sportello_core::notices::Attachment;
use sportello_core::{Cx, Error, deadlines, payments};

/// The text of a PDF in reading order, with single spaces; none where poppler's `pdftotext` is not installed.
fn text(pdf: &[u8]) -> Option<String> {
    let spawned = Command::new("pdftotext").args(["-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut child) = spawned else {
        println!("pdftotext is not installed: the words on the paper are not looked at");
        return None;
    };
    let mut input = child.stdin.take().unwrap();
    let bytes = pdf.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let text = String::from_utf8(output.stdout).unwrap().replace('\u{a0}', " ");
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn contains_all(pdf: &[u8], words: &[&str]) {
    assert!(pdf.starts_with(b"%PDF-1.7"));
    let Some(text) = text(pdf) else { return };
    for word in words {
        assert!(text.contains(word), "`{word}` is missing in: {text}");
    }
}

fn missing<T>(result: Result<T, Error>) -> bool {
    matches!(result, Err(Error::Store(store::Error::NoRow)))
}

async fn paid(portal: &Portal) -> (Cx, payments::Payment) {
    let cx = portal.signed_in(FIVE, "info@firm.example", MailKind::Ordinary).await;
    let firm = portal.firm(FIVE).await;
    let charge = fee::charge_for(&cx, firm, 2017).await.unwrap();
    assert!(portal.pay(&charge, "c110729d258c4ab1b765fe902aae41d6").await.contains("<outcome>OK</outcome>"));
    let payment = payments::of_firm(&cx, firm).await.unwrap().remove(0);
    (cx, payment)
}

#[tokio::test]
async fn the_receipt_says_what_was_paid_and_why() {
    // req: A-46 A-48
    let portal = Portal::with_demo().await;
    let (cx, payment) = paid(&portal).await;
    let pdf = papers::receipt_pdf(&cx, payment.id).await.unwrap();
    let printed = pagopa::NoticeNumber::parse(&payment.notice_number).unwrap().printed();
    let words = [
        "Comitato Centrale per l’Albo degli Autotrasportatori",
        "Ricevuta di pagamento n. 2017/000001",
        "Autotrasporti Esempio S.r.l.",
        FIVE,
        "IT00000013",
        "RM/0001234/A",
        "66,15 €",
        "Banca di prova",
        "13 febbraio 2017, 10:00",
        &printed,
        "c110729d258c4ab1b765fe902aae41d6",
        "19 novembre 2016: 5 veicoli",
        "2 veicoli da 11.501 a 26.000 kg",
        "Un veicolo da 26.001 kg in su",
        "art. 2, comma 1, punto 1.3",
    ];
    contains_all(&pdf, &words);
    portal.clock.advance(jiff::SignedDuration::from_hours(24 * 400));
    assert_eq!(papers::receipt_pdf(&cx, payment.id).await.unwrap(), pdf, "a reprint is the same file");
    let enclosed = (papers::MAKER.0)(&portal.system(), Attachment::Receipt(payment.id)).await.unwrap();
    assert_eq!((enclosed.name.as_str(), enclosed.media_type.as_str()), ("ricevuta-2017-000001.pdf", "application/pdf"));
    assert_eq!(enclosed.bytes, pdf);
}

#[tokio::test]
async fn a_receipt_is_nobody_elses() {
    let portal = Portal::with_demo().await;
    let (_, payment) = paid(&portal).await;
    let other = portal.signed_in(MANY, "many@firm.example", MailKind::Ordinary).await;
    assert!(missing(papers::receipt_pdf(&other, payment.id).await));
    let anonymous = papers::receipt_pdf(&portal.cx(Actor::Anonymous), payment.id).await;
    assert!(matches!(anonymous, Err(Error::Forbidden { operation: Operation::SeeFirms, .. })));
    assert!(papers::receipt_pdf(&portal.operator(Role::FirstLevel), payment.id).await.is_ok());
    assert!(missing(papers::receipt_pdf(&portal.system(), payments::PaymentId(1)).await));
}

#[tokio::test]
async fn money_that_was_not_expected_is_marked() {
    let portal = Portal::with_demo().await;
    let (cx, first) = paid(&portal).await;
    let charge = portal.charge(first.firm_id).await;
    assert!(portal.pay(&charge, "a-second-receipt").await.contains("<outcome>OK</outcome>"));
    let second = payments::of_firm(&cx, first.firm_id).await.unwrap().remove(0);
    assert!(second.surplus);
    contains_all(&papers::receipt_pdf(&cx, second.id).await.unwrap(), &["n. 2017/000002", "Pagamento da verificare"]);
}

#[tokio::test]
async fn the_notice_can_be_paid_and_shows_the_present_deadline() {
    let portal = Portal::with_demo().await;
    let cx = portal.signed_in(MANY, "many@firm.example", MailKind::Ordinary).await;
    let charge = fee::charge_for(&cx, portal.firm(MANY).await, 2017).await.unwrap();
    let pdf = papers::notice_pdf(&cx, &charge).await.unwrap();
    let printed = pagopa::NoticeNumber::parse(&charge.notice_number).unwrap().printed();
    let words = ["2.104,21 €", "28/02/2017", "Quota Albo autotrasportatori 2017", MANY, &printed, "00070015003"];
    contains_all(&pdf, &words);

    let admin = portal.admin();
    let present = fee::deadline(&admin, 2017).await.unwrap().due;
    deadlines::extend(&admin, "fee-2017", present, "2017-03-31".parse().unwrap(), "Proroga").await.unwrap();
    contains_all(&papers::notice_pdf(&cx, &charge).await.unwrap(), &["31/03/2017"]);
}

#[tokio::test]
async fn nobody_is_asked_to_pay_twice_or_for_somebody_else() {
    let portal = Portal::with_demo().await;
    let (cx, payment) = paid(&portal).await;
    let charge = portal.charge(payment.firm_id).await;
    assert!(missing(papers::notice_pdf(&cx, &charge).await));
    let many = fee::charge_for(&portal.system(), portal.firm(MANY).await, 2017).await.unwrap();
    assert!(missing(papers::notice_pdf(&cx, &many).await));
    assert!(papers::notice_pdf(&portal.admin(), &many).await.is_ok());
}
