//! The values that the tests write: a fixed set with every field filled.

use italia::FiscalCode;
use jiff::civil::{Date, date};
use pagopa::node::{Addressing, AmountOption, PayableNotice};
use pagopa::{
    Amount, Code, Country, CreditorCode, Destination, Email, Fee, Iban, Iuv, MetadataEntry, NoticeNumber, Payment,
    PaymentTransfer, Psp, Receipt, ReceiptOutcome, ReceiptTransfer, StampAttachment, StampRequest, Subject, SubjectId,
    Text, Transfer, TransferNumber,
};

pub const CREDITOR: &str = "01199250158";

pub fn code<const MAX: usize>(text: &str) -> Code<MAX> {
    Code::parse(text).expect("an identifier")
}

pub fn creditor() -> CreditorCode {
    CreditorCode::parse(CREDITOR).expect("a creditor")
}

pub fn notice() -> NoticeNumber {
    NoticeNumber::parse("301000000000004285").expect("a notice number")
}

pub fn amount(cents: u64) -> Amount {
    Amount::from_cents(cents).expect("an amount")
}

pub fn addressing() -> Addressing {
    Addressing { creditor: code(CREDITOR), broker: code(CREDITOR), station: code("01199250158_01") }
}

pub fn debtor() -> Subject {
    let id = FiscalCode::parse("00743110157").expect("a tax code");
    Subject::new(SubjectId::organisation(&id), "AUTOTRASPORTI ESEMPIO SRL")
}

/// A subject with every field filled.
pub fn full_subject() -> Subject {
    Subject {
        street: Some(Text::fit("Via dell'Artigianato & C.")),
        civic_number: Some(Text::fit("12/bis")),
        postal_code: Some(Text::fit("20100")),
        city: Some(Text::fit("Forlì <centro>")),
        province: Some(Text::fit("FC")),
        country: Some(Country::ITALY),
        email: Email::parse("info@esempio.it"),
        ..debtor()
    }
}

pub fn transfer<S>(number: u8, cents: u64, destination: Destination<S>) -> Transfer<S> {
    Transfer {
        number: TransferNumber::new(number).expect("1 to 5"),
        amount: amount(cents),
        creditor: creditor(),
        company_name: Some(Text::fit("Ente creditore di esempio")),
        destination,
        remittance_information: Text::fit("/RFB/01000000000004285/66.15/TXT/Quota albo 2027"),
        category: code("0101101IM"),
        metadata: metadata(),
    }
}

pub fn iban() -> Iban {
    Iban::parse("IT60X0542811101000000123456").expect("an account")
}

pub fn metadata() -> Vec<MetadataEntry> {
    vec![MetadataEntry { key: Text::fit("chiave"), value: Text::fit("valore è <1>") }]
}

/// A payment with every field filled, an account and a revenue stamp.
pub fn full_payment() -> Payment {
    let stamp = StampRequest {
        document_hash: code("3q2+7w3q2+7w3q2+7w3q2+7w3q2+7w3q2+7w3q2+7w0="),
        province: Country::parse("MI").expect("two letters"),
    };
    let transfers: Vec<PaymentTransfer> =
        vec![transfer(1, 5015, Destination::Account(iban())), transfer(2, 1600, Destination::Stamp(stamp))];
    Payment {
        reference: Iuv::parse("01000000000004285").expect("a reference"),
        amount: amount(6615),
        due_date: date(2026, 12, 31),
        retention_date: Some(date(2026, 12, 31).at(23, 59, 59, 0)),
        last_payment: Some(true),
        description: Text::fit("Quota albo autotrasportatori 2027"),
        company_name: Text::fit("Ente creditore di esempio"),
        office_name: Some(Text::fit("Ufficio quote")),
        debtor: full_subject(),
        transfers,
        metadata: metadata(),
    }
}

/// A receipt with every field filled.
pub fn full_receipt() -> Receipt {
    let stamp = StampAttachment("PG1hcmNhLz4=".into());
    let transfers: Vec<ReceiptTransfer> =
        vec![transfer(1, 5015, Destination::Account(iban())), transfer(2, 1600, Destination::Stamp(stamp))];
    let day: Date = date(2026, 11, 10);
    Receipt {
        receipt_id: code("c110729d258c4ab1b765fe902aae41d6"),
        notice: notice(),
        creditor: creditor(),
        outcome: ReceiptOutcome::Paid,
        reference: notice().iuv(),
        amount: amount(6615),
        description: Text::fit("Quota albo autotrasportatori 2027"),
        company_name: Text::fit("Ente creditore di esempio"),
        office_name: Some(Text::fit("Ufficio quote")),
        debtor: full_subject(),
        transfers,
        psp: Psp {
            id: code("60000000001"),
            fiscal_code: Some(code("60000000001")),
            vat_number: Some(code("60000000001")),
            company_name: Text::fit("PSP di esempio"),
            channel: code("60000000001_01"),
            channel_description: Text::fit("web"),
        },
        payer: Some(full_subject()),
        payment_method: Some(Text::fit("creditCard")),
        payment_note: Some(Text::fit("nota del pagatore")),
        fee: Some(Fee::from_cents(100).expect("a fee")),
        creditor_fee: Some(Fee::from_cents(0).expect("a fee")),
        bundle: Some(code("bundle-1")),
        creditor_bundle: Some(code("ci-bundle-1")),
        paid_at: Some(day.at(10, 11, 12, 0)),
        application_date: Some(day),
        transfer_date: Some(date(2026, 11, 11)),
        metadata: metadata(),
        stand_in: Some(false),
    }
}

pub fn payable() -> PayableNotice {
    PayableNotice {
        amount: amount(6615),
        option: AmountOption::Exact,
        due_date: Some(date(2026, 12, 31)),
        detail: Some(Text::fit("Quota albo autotrasportatori 2027")),
        all_ccp: false,
        description: Text::fit("Quota albo autotrasportatori 2027"),
        creditor: creditor(),
        company_name: Text::fit("Ente creditore di esempio"),
        office_name: Some(Text::fit("Ufficio quote")),
    }
}
