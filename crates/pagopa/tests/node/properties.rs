//! What is written is read again, for arbitrary values; what is arbitrary is refused without a panic.

use super::support::*;
use jiff::civil::{Date, DateTime, date};
use pagopa::node::{Request, Response, SendReceipt};
use pagopa::{Code, Destination, Fee, Iban, MetadataEntry, NoticeNumber, Receipt, ReceiptTransfer, Subject, Text};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

fn text<const MAX: usize>() -> impl Strategy<Value = Text<MAX>> {
    any::<String>().prop_map(|text| Text::fit(&text))
}

fn identifier<const MAX: usize>() -> impl Strategy<Value = Code<MAX>> {
    "[!-~]{1,16}( [!-~]{1,3})?".prop_map(|text| code(&text))
}

fn day() -> impl Strategy<Value = Date> {
    (2000_i16..2100, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day))
}

fn moment() -> impl Strategy<Value = DateTime> {
    (day(), 0_i8..24, 0_i8..60, 0_i8..60).prop_map(|(day, hour, minute, second)| day.at(hour, minute, second, 0))
}

fn subject() -> impl Strategy<Value = Subject> {
    (text(), option::of(text()), option::of(text()), option::of(text()))
        .prop_map(|(full_name, street, city, province)| Subject { full_name, street, city, province, ..full_subject() })
}

fn metadata() -> impl Strategy<Value = Vec<MetadataEntry>> {
    vec((text(), text()).prop_map(|(key, value)| MetadataEntry { key, value }), 0..=15)
}

fn transfers() -> impl Strategy<Value = Vec<ReceiptTransfer>> {
    let account = "[A-Z]{2}[0-9]{2}[A-Z0-9]{10,23}".prop_map(|iban| Iban::unchecked(&iban).expect("an account"));
    let one = (1_u64..1_000_000, account, text(), identifier(), metadata());
    vec(one, 1..=5).prop_map(|parts| {
        let numbered = parts.into_iter().zip(1..);
        numbered
            .map(|((cents, iban, information, category, metadata), number)| ReceiptTransfer {
                remittance_information: information,
                category,
                metadata,
                ..transfer(number, cents, Destination::Account(iban))
            })
            .collect()
    })
}

fn receipt() -> impl Strategy<Value = Receipt> {
    let money = (transfers(), option::of((0_u64..100_000).prop_map(|cents| Fee::from_cents(cents).expect("a fee"))));
    let words = (identifier(), text(), text(), option::of(text()), option::of(text()), metadata());
    let times = (option::of(moment()), option::of(day()), option::of(day()));
    let rest = ("[0-9]{18}", subject(), option::of(subject()), option::of(any::<bool>()));
    (money, words, times, rest).prop_map(|((transfers, fee), words, times, (notice, debtor, payer, stand_in))| {
        let (receipt_id, description, company_name, office_name, payment_note, metadata) = words;
        let notice = NoticeNumber::parse(&notice).expect("eighteen digits");
        Receipt {
            receipt_id,
            notice,
            reference: notice.iuv(),
            amount: amount(transfers.iter().map(|transfer| transfer.amount.cents()).sum()),
            description,
            company_name,
            office_name,
            debtor,
            transfers,
            payer,
            payment_note,
            fee,
            paid_at: times.0,
            application_date: times.1,
            transfer_date: times.2,
            metadata,
            stand_in,
            ..full_receipt()
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn receipts_survive_the_wire(receipt in receipt()) {
        let request = Request::SendReceipt(Box::new(SendReceipt { addressing: addressing(), receipt }));
        prop_assert_eq!(Request::parse(&request.to_xml()).unwrap(), request);
    }

    #[test]
    fn payments_survive_the_wire(description in text(), debtor in subject(), due_date in day(), entries in metadata()) {
        let mut payment = full_payment();
        (payment.description, payment.debtor, payment.due_date, payment.metadata) = (description, debtor, due_date, entries);
        let response = Response::GetPayment(Ok(Box::new(payment)));
        prop_assert_eq!(Response::parse(&response.to_xml()).unwrap(), response);
    }

    #[test]
    fn arbitrary_bytes_are_refused(bytes in vec(any::<u8>(), 0..400)) {
        prop_assert!(Request::parse(&bytes).is_err());
        prop_assert!(Response::parse(&bytes).is_err());
    }

    /// Any change of a few bytes is read or refused, and a refusal always has a readable answer.
    #[test]
    fn damaged_messages_do_no_harm(changes in vec((0_usize..2137, any::<u8>()), 1..4)) {
        let mut message = include_bytes!("../fixtures/paSendRTV2Request.xml").to_vec();
        for (at, byte) in changes {
            let at = at % message.len();
            message[at] = byte;
        }
        if let Err(error) = Request::parse(&message) {
            let answer = error.answer(CREDITOR);
            prop_assert!(Response::parse(&answer.to_xml()).is_ok(), "{:?}", error);
        }
    }
}
