//! What the creditor tells the node about a payment: amount, debtor, and where the money goes.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime};

use crate::creditor::CreditorCode;
use crate::iban::Iban;
use crate::iuv::Iuv;
use crate::money::Amount;
use crate::subject::{Country, Subject};
use crate::text::{Code, Text, latin};

/// A payment position as the answer to `paGetPaymentV2` states it (`ctPaymentPAV2`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The creditor's reference, [`NoticeNumber::iuv`](crate::NoticeNumber::iuv).
    pub reference: Iuv,
    /// What is to be paid: the sum of the transfers.
    pub amount: Amount,
    /// Due date.
    pub due_date: Date,
    /// Until when the creditor keeps the position payable, Italian time.
    pub retention_date: Option<DateTime>,
    /// Whether this closes the debt, as opposed to one instalment among several.
    pub last_payment: Option<bool>,
    /// The object of the payment as the payer reads it. No personal data belong here.
    pub description: Text<140>,
    /// Name of the creditor.
    pub company_name: Text<140>,
    /// Office of the creditor.
    pub office_name: Option<Text<140>>,
    /// Who owes.
    pub debtor: Subject,
    /// Where the money goes, 1 to 5 entries.
    pub transfers: Vec<PaymentTransfer>,
    /// Free data for the receipt, at most 15 entries.
    pub metadata: Vec<MetadataEntry>,
}

/// What [`Payment::to_account`] needs: the common case of one debt, one creditor, one account.
#[derive(Debug, Clone)]
pub struct AccountPayment<'a> {
    /// The creditor's reference, [`NoticeNumber::iuv`](crate::NoticeNumber::iuv).
    pub reference: Iuv,
    /// What is owed today.
    pub amount: Amount,
    /// Due date.
    pub due_date: Date,
    /// The object of the payment; cut at 140 characters. No personal data belong here.
    pub description: &'a str,
    /// Who is owed.
    pub creditor: CreditorCode,
    /// The creditor's name; cut at 140 characters.
    pub company_name: &'a str,
    /// The account, which must be among those the creditor has declared to pagoPA.
    pub iban: Iban,
    /// The taxonomy code of what is collected.
    pub category: TransferCategory,
    /// Who owes.
    pub debtor: Subject,
}

/// Why a payment cannot be stated to the node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PaymentError {
    /// There is no transfer, or there are more than five.
    #[error("a payment has 1 to 5 transfers, not {0}")]
    TransferCount(usize),
    /// Two transfers carry the same number.
    #[error("two transfers have the number {0}")]
    TransferNumber(TransferNumber),
    /// The transfers do not add up to the amount.
    #[error("the transfers add up to {transfers} cents, the payment is of {payment} cents")]
    Sum {
        /// Sum of the transfers in cents.
        transfers: u64,
        /// Amount of the payment in cents.
        payment: u64,
    },
    /// More than fifteen entries of metadata.
    #[error("there are at most 15 entries of metadata, not {0}")]
    Metadata(usize),
}

impl Payment {
    /// A payment in full to one account of the creditor itself, without the optional data.
    #[must_use]
    pub fn to_account(details: AccountPayment<'_>) -> Self {
        let AccountPayment { reference, amount, due_date, description, creditor, company_name, iban, category, debtor } =
            details;
        let transfer = Transfer {
            number: TransferNumber::FIRST,
            amount,
            creditor,
            company_name: None,
            destination: Destination::Account(iban),
            remittance_information: remittance_information(&reference, amount, description),
            category,
            metadata: Vec::new(),
        };
        Self {
            reference,
            amount,
            due_date,
            retention_date: None,
            last_payment: Some(true),
            description: Text::fit(description),
            company_name: Text::fit(company_name),
            office_name: None,
            debtor,
            transfers: vec![transfer],
            metadata: Vec::new(),
        }
    }

    /// Verifies what the schema cannot say: the number of transfers, their numbering, and that they add up.
    pub fn check(&self) -> Result<(), PaymentError> {
        check_transfers(&self.transfers, self.amount)?;
        if self.metadata.len() > MAX_METADATA {
            return Err(PaymentError::Metadata(self.metadata.len()));
        }
        Ok(())
    }
}

pub(crate) const MAX_TRANSFERS: usize = 5;
pub(crate) const MAX_METADATA: usize = 15;

pub(crate) fn check_transfers<Stamp>(transfers: &[Transfer<Stamp>], amount: Amount) -> Result<(), PaymentError> {
    if !(1..=MAX_TRANSFERS).contains(&transfers.len()) {
        return Err(PaymentError::TransferCount(transfers.len()));
    }
    for (at, transfer) in transfers.iter().enumerate() {
        if transfers[..at].iter().any(|earlier| earlier.number == transfer.number) {
            return Err(PaymentError::TransferNumber(transfer.number));
        }
        if transfer.metadata.len() > MAX_METADATA {
            return Err(PaymentError::Metadata(transfer.metadata.len()));
        }
    }
    let sum = transfers.iter().map(|transfer| transfer.amount.cents()).sum();
    if sum == amount.cents() { Ok(()) } else { Err(PaymentError::Sum { transfers: sum, payment: amount.cents() }) }
}

/// The taxonomy code of what is collected, such as `0101101IM` (`Tassonomia dei servizi di incasso`).
pub type TransferCategory = Code<140>;

/// One part of a payment and where it goes.
///
/// `Stamp` is [`StampRequest`] in what the creditor asks for and [`StampAttachment`] in the receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer<Stamp> {
    /// Number within the payment.
    pub number: TransferNumber,
    /// The part's amount.
    pub amount: Amount,
    /// Who gets this part.
    pub creditor: CreditorCode,
    /// The name of who gets this part.
    pub company_name: Option<Text<140>>,
    /// The account, or the digital revenue stamp.
    pub destination: Destination<Stamp>,
    /// The remittance information of the bank transfer; see [`remittance_information`].
    pub remittance_information: Text<140>,
    /// What is collected, by the taxonomy.
    pub category: TransferCategory,
    /// Free data, at most 15 entries.
    pub metadata: Vec<MetadataEntry>,
}

/// A transfer that the creditor asks for.
pub type PaymentTransfer = Transfer<StampRequest>;

/// A transfer that the receipt confirms.
pub type ReceiptTransfer = Transfer<StampAttachment>;

/// Where a transfer goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination<Stamp> {
    /// To a bank or postal account.
    Account(Iban),
    /// Into a digital revenue stamp (`marca da bollo digitale`).
    Stamp(Stamp),
}

/// The request for a digital revenue stamp of the only type there is, `01`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StampRequest {
    /// Base64 of the document's SHA-256, 4 to 72 characters.
    pub document_hash: Code<72>,
    /// The payer's province, two capital letters.
    pub province: Country,
}

/// The digital revenue stamp that was bought, as base64 text (a signed XML document).
#[derive(Clone, PartialEq, Eq)]
pub struct StampAttachment(pub Box<str>);

impl fmt::Debug for StampAttachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StampAttachment({} characters)", self.0.len())
    }
}

/// The number of a transfer within its payment, 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TransferNumber(u8);

impl TransferNumber {
    /// The first transfer.
    pub const FIRST: Self = Self(1);

    /// Nothing outside 1 to 5.
    #[must_use]
    pub const fn new(number: u8) -> Option<Self> {
        if number >= 1 && number <= MAX_TRANSFERS as u8 { Some(Self(number)) } else { None }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl FromStr for TransferNumber {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        text.trim().parse().ok().and_then(Self::new).ok_or(())
    }
}

impl fmt::Display for TransferNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A key and a value that travel with a payment (`ctMapEntry`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetadataEntry {
    /// The key.
    pub key: Text<140>,
    /// The value.
    pub value: Text<140>,
}

/// Composes the remittance information by which a bank statement is reconciled: `/RFB/<iuv>/<amount>/TXT/<text>`,
/// with `/RFS/` for references of ISO 11649 (Guidelines for payments to public bodies, annex A, section 7.1).
///
/// The text is reduced to the characters that every bank carries, because reconciliation reads what the banks deliver.
#[must_use]
pub fn remittance_information(reference: &Iuv, amount: Amount, text: &str) -> Text<140> {
    let label = if reference.is_iso_11649() { "RFS" } else { "RFB" };
    Text::fit(&format!("/{label}/{reference}/{amount}/TXT/{}", latin(text)))
}
