//! The payment node's notification of a payment, `paSendRTV2`, ready to be sent.

use italia::{Euro, FiscalCode};
use jiff::Timestamp;
use pagopa::node::{Addressing, Request, SendReceipt};
use pagopa::{
    Amount, Code, Destination, Iban, NoticeNumber, Psp, Receipt, ReceiptOutcome, Subject, SubjectId, Text, Transfer,
    TransferNumber, italian_time,
};

use crate::seed::Open;
use crate::site::Site;
use crate::{Failure, http};

/// The whole HTTP request that notifies the payment of a charge under a receipt's identifier.
pub fn request(site: &Site, charge: &Open, receipt_id: &str, now: Timestamp) -> Result<Vec<u8>, Failure> {
    let creditor = site.tenant.creditor.as_ref().ok_or("the tenant has no creditor")?;
    let addressing = Addressing {
        creditor: Code::parse(&creditor.fiscal_code)?,
        broker: Code::parse(creditor.broker.as_deref().unwrap_or(&creditor.fiscal_code))?,
        station: Code::parse(&creditor.station)?,
    };
    let notice = NoticeNumber::parse(&charge.notice_number)?;
    let amount = Amount::new(Euro::from_cents(charge.amount))?;
    let description = Text::fit("Quota annuale di iscrizione");
    let paid_at = italian_time(now);
    let transfer = Transfer {
        number: TransferNumber::FIRST,
        amount,
        creditor: site.creditor()?,
        company_name: None,
        destination: Destination::Account(Iban::parse(&creditor.iban)?),
        remittance_information: Text::fit("Quota annuale di iscrizione"),
        category: Code::parse(&creditor.taxonomy)?,
        metadata: Vec::new(),
    };
    let receipt = Receipt {
        receipt_id: Code::parse(receipt_id)?,
        notice,
        creditor: site.creditor()?,
        outcome: ReceiptOutcome::Paid,
        reference: notice.iuv(),
        amount,
        description,
        company_name: Text::fit(&creditor.name),
        office_name: None,
        debtor: Subject::new(SubjectId::guess(&FiscalCode::parse(&charge.tax_code)?), &charge.name),
        transfers: vec![transfer],
        psp: Psp {
            id: Code::parse("SIM99900000001")?,
            fiscal_code: None,
            vat_number: None,
            company_name: Text::fit("Banca di prova"),
            channel: Code::parse("99900000001_01")?,
            channel_description: Text::fit("WEB"),
        },
        payer: None,
        payment_method: Some(Text::fit("creditCard")),
        payment_note: None,
        fee: None,
        creditor_fee: None,
        bundle: None,
        creditor_bundle: None,
        paid_at: Some(paid_at),
        application_date: Some(paid_at.date()),
        transfer_date: Some(paid_at.date()),
        metadata: Vec::new(),
        stand_in: None,
    };
    let message = Request::SendReceipt(Box::new(SendReceipt { addressing, receipt })).to_xml();
    Ok(http::soap(&site.node_path(), &message))
}
