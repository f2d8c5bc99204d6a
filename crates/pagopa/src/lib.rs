#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

pub mod checkout;
mod creditor;
mod iban;
mod iuv;
mod money;
pub mod node;
mod notice;
mod payment;
mod qr;
mod receipt;
mod subject;
mod text;
mod time;

pub use creditor::{CreditorCode, CreditorCodeError};
pub use iban::{Iban, IbanError};
pub use iuv::{Iuv, IuvError};
pub use money::{Amount, Fee, Money, MoneyError};
pub use notice::{CodeClass, NoticeNumber, NoticeNumberError, SegregationCode, SegregationCodeError};
pub use payment::{
    AccountPayment, Destination, MetadataEntry, Payment, PaymentError, PaymentTransfer, ReceiptTransfer,
    StampAttachment, StampRequest, Transfer, TransferCategory, TransferNumber, remittance_information,
};
pub use qr::{QrPayload, QrPayloadError};
pub use receipt::{Psp, Receipt, ReceiptOutcome};
pub use subject::{Country, Email, Subject, SubjectId, SubjectKind};
pub use text::{Code, CodeError, Text};
pub use time::{italian_time, italian_zone};
