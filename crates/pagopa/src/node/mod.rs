//! The SOAP service that a creditor offers to the node (`paForNode`, SANP section "Primitive").
//!
//! | operation | when the node calls it | what the creditor answers |
//! |---|---|---|
//! | `paVerifyPaymentNotice` | somebody shows a notice | whether it can be paid, and how much is owed today |
//! | `paGetPaymentV2` | a payment begins | amount, debtor and accounts |
//! | `paSendRTV2` | the payment was made | `OK` when the receipt is stored |
//!
//! The spontaneous payment `paDemandPaymentNotice` and the older `paGetPayment` and `paSendRT` are recognised and
//! answered with a fault in their own response element ([`NodeError::answer`]).
//!
//! # Rules that the schema does not say
//!
//! - **A repeated receipt is answered `OK`.** The node sends `paSendRTV2` until it has read an `OK`; an answer can get
//!   lost, and two copies can arrive at the same time. Store receipts under a unique key made of the creditor and
//!   [`Receipt::receipt_id`](crate::Receipt::receipt_id), and answer `OK` whether or not the row was already there.
//!   Some creditors answer the fault [`FaultCode::ReceiptDuplicate`]; senders treat it as an acknowledgement too.
//! - **Only the receipt proves a payment.** Neither `paGetPaymentV2` nor the payer's return from the payment page does.
//! - **Do not lock a position in `paGetPaymentV2`.** The node watches over payments that are under way; a position that
//!   the creditor has locked stays closed when the payer gives up.
//! - Amounts are euro with two decimals here, and cents in every REST service.
//! - A receipt may come seconds or days after the payment, and also for a position that has expired meanwhile. The money
//!   has moved: store it.

mod envelope;
mod error;
mod fault;
mod operation;
mod reader;
mod request;
mod response;
mod wire;
mod writer;

pub use error::{NodeError, Problem, ValueError, XmlError};
pub use fault::{Fault, FaultCode};
pub use operation::Operation;
pub use reader::Limits;
pub use request::{Addressing, GetPayment, Request, SendReceipt, TransferType, VerifyPaymentNotice};
pub use response::{AmountOption, PayableNotice, Response, SoapFault, SoapFaultCode};

/// The content type of requests and responses (SOAP 1.1).
pub const CONTENT_TYPE: &str = "text/xml; charset=utf-8";

/// The namespace of the operations' elements. Their children are in no namespace.
pub const NAMESPACE: &str = "http://pagopa-api.pagopa.gov.it/pa/paForNode.xsd";
