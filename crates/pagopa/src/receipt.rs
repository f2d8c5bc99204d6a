//! The receipt (`ricevuta telematica`): the only proof for the creditor that a payment was made.

use jiff::civil::{Date, DateTime};

use crate::creditor::CreditorCode;
use crate::iuv::Iuv;
use crate::money::{Amount, Fee};
use crate::notice::NoticeNumber;
use crate::payment::{MetadataEntry, PaymentError, ReceiptTransfer, check_transfers};
use crate::subject::Subject;
use crate::text::{Code, Text};

/// What `paSendRTV2` carries (`ctReceiptV2`).
///
/// [`Receipt::receipt_id`] is the key for idempotency: the node sends the same receipt again until it has read `OK`,
/// also after the creditor has stored it, and must get `OK` every time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Unique identifier of the receipt, given by the node when the payment was activated.
    pub receipt_id: Code<255>,
    /// The notice that was paid.
    pub notice: NoticeNumber,
    /// The creditor.
    pub creditor: CreditorCode,
    /// Whether the payment was made.
    pub outcome: ReceiptOutcome,
    /// The creditor's reference.
    pub reference: Iuv,
    /// What was paid.
    pub amount: Amount,
    /// The object of the payment.
    pub description: Text<140>,
    /// Name of the creditor.
    pub company_name: Text<140>,
    /// Office of the creditor.
    pub office_name: Option<Text<140>>,
    /// Who owed.
    pub debtor: Subject,
    /// Where the money goes, 1 to 5 entries.
    pub transfers: Vec<ReceiptTransfer>,
    /// Who took the money.
    pub psp: Psp,
    /// Who paid, where it was not the debtor.
    pub payer: Option<Subject>,
    /// How it was paid, in the provider's words (`creditCard`, `cash`…).
    pub payment_method: Option<Text<35>>,
    /// The payer's note.
    pub payment_note: Option<Text<210>>,
    /// The payer's commission, on top of the amount.
    pub fee: Option<Fee>,
    /// The part of the commission that the creditor bears.
    pub creditor_fee: Option<Fee>,
    /// Identifier of the provider's offer that fixed the commission.
    pub bundle: Option<Code<70>>,
    /// Identifier of the creditor's part of that offer.
    pub creditor_bundle: Option<Code<70>>,
    /// When it was paid, Italian time.
    pub paid_at: Option<DateTime>,
    /// The day of the payment in the provider's books.
    pub application_date: Option<Date>,
    /// The day on which the provider sends the money to the creditor.
    pub transfer_date: Option<Date>,
    /// The data that the creditor gave with the payment.
    pub metadata: Vec<MetadataEntry>,
    /// Whether the node answered in the creditor's place because the creditor could not be reached.
    pub stand_in: Option<bool>,
}

/// The payment service provider (`PSP`) that took the money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Psp {
    /// Identifier at the node.
    pub id: Code<35>,
    /// Tax code.
    pub fiscal_code: Option<Code<70>>,
    /// VAT number.
    pub vat_number: Option<Code<20>>,
    /// Name.
    pub company_name: Text<70>,
    /// Identifier of the channel.
    pub channel: Code<35>,
    /// Description of the channel.
    pub channel_description: Text<35>,
}

/// Whether the payment was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReceiptOutcome {
    /// It was made.
    Paid,
    /// It was not made. The node does not send such receipts for payments by notice today, but the schema has them.
    NotPaid,
}

impl Receipt {
    /// Verifies what the schema cannot say: the number of transfers, their numbering, and that they add up.
    pub fn check(&self) -> Result<(), PaymentError> {
        check_transfers(&self.transfers, self.amount)
    }
}
