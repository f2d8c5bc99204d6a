//! What the node asks of a creditor.

use jiff::civil::Date;

use super::envelope;
use super::error::{NodeError, Problem};
use super::fault::FaultCode;
use super::operation::Operation;
use super::reader::{Limits, Space};
use super::wire::Element;
use crate::money::Amount;
use crate::text::{Code, Text};
use crate::{CreditorCode, NoticeNumber, Receipt};

/// A request of the node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Somebody shows a notice: can it be paid, and how much?
    VerifyPaymentNotice(VerifyPaymentNotice),
    /// A payment begins.
    GetPayment(GetPayment),
    /// A payment was made. Must be answered `OK` however often it comes.
    SendReceipt(Box<SendReceipt>),
}

/// To whom the node speaks; every request begins with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressing {
    /// `idPA`, the creditor's tax code.
    pub creditor: Code<35>,
    /// `idBrokerPA`, the tax code of who runs the station: the creditor itself or an intermediary.
    pub broker: Code<35>,
    /// `idStation`, usually the broker's code, an underscore and a number.
    pub station: Code<35>,
}

impl Addressing {
    /// Whether a request for `self` has come to the station `here`; otherwise the code to refuse it with.
    pub fn check(&self, here: &Self) -> Result<(), FaultCode> {
        if self.creditor != here.creditor {
            Err(FaultCode::WrongCreditor)
        } else if self.broker != here.broker {
            Err(FaultCode::WrongBroker)
        } else if self.station != here.station {
            Err(FaultCode::WrongStation)
        } else {
            Ok(())
        }
    }
}

/// `paVerifyPaymentNotice`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyPaymentNotice {
    /// To whom.
    pub addressing: Addressing,
    /// The creditor on the notice.
    pub creditor: CreditorCode,
    /// The number on the notice.
    pub notice: NoticeNumber,
}

/// `paGetPaymentV2`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GetPayment {
    /// To whom.
    pub addressing: Addressing,
    /// The creditor on the notice.
    pub creditor: CreditorCode,
    /// The number on the notice.
    pub notice: NoticeNumber,
    /// The amount that the payer was shown.
    pub amount: Option<Amount>,
    /// The payer's note.
    pub payment_note: Option<Text<210>>,
    /// Whether the payer will use a postal slip.
    pub transfer_type: Option<TransferType>,
    /// Until when the payment may be made.
    pub due_date: Option<Date>,
}

/// What kind of transfer the provider will make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransferType {
    /// To a postal account.
    Postal,
    /// An ordinary transfer.
    Pagopa,
}

/// `paSendRTV2`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendReceipt {
    /// To whom.
    pub addressing: Addressing,
    /// The receipt.
    pub receipt: Receipt,
}

impl Request {
    /// Reads a request under the default [`Limits`].
    ///
    /// Accepts any prefixes, any order of elements, elements in the service's namespace or in none, and unknown
    /// elements. Refuses document types, entities, missing or repeated elements and wrong values. What to answer to a
    /// request that cannot be read is [`NodeError::answer`].
    pub fn parse(message: &[u8]) -> Result<Self, NodeError> {
        Self::parse_within(message, &Limits::default())
    }

    /// Reads a request under given limits.
    pub fn parse_within(message: &[u8], limits: &Limits) -> Result<Self, NodeError> {
        let unread = |problem| NodeError { operation: None, problem };
        let (mut reader, space) = envelope::enter(message, limits).map_err(unread)?;
        let operation = match space {
            Space::PaForNode => Operation::of_request(reader.name()),
            _ => None,
        };
        let Some(operation) = operation else {
            return Err(unread(Problem::UnknownElement(reader.name().into())));
        };
        let failed = |problem| NodeError { operation: Some(operation), problem };
        let request = match operation {
            Operation::VerifyPaymentNotice => Element::read(&mut reader).map(Self::VerifyPaymentNotice),
            Operation::GetPaymentV2 => Element::read(&mut reader).map(Self::GetPayment),
            Operation::SendReceiptV2 => Element::read(&mut reader).map(Box::new).map(Self::SendReceipt),
            _ => Err(Problem::Unsupported),
        };
        let request = request.map_err(failed)?;
        envelope::leave(&mut reader).map_err(failed)?;
        Ok(request)
    }

    /// Writes the request into a SOAP envelope, UTF-8.
    #[must_use]
    pub fn to_xml(&self) -> Vec<u8> {
        let element = self.operation().request_element();
        match self {
            Self::VerifyPaymentNotice(request) => envelope::wrap(element, 500, |writer| request.write(writer)),
            Self::GetPayment(request) => envelope::wrap(element, 800, |writer| request.write(writer)),
            Self::SendReceipt(request) => envelope::wrap(element, 4000, |writer| request.write(writer)),
        }
    }

    /// Which operation this is.
    #[must_use]
    pub const fn operation(&self) -> Operation {
        match self {
            Self::VerifyPaymentNotice(_) => Operation::VerifyPaymentNotice,
            Self::GetPayment(_) => Operation::GetPaymentV2,
            Self::SendReceipt(_) => Operation::SendReceiptV2,
        }
    }

    /// To whom it is addressed.
    #[must_use]
    pub const fn addressing(&self) -> &Addressing {
        match self {
            Self::VerifyPaymentNotice(request) => &request.addressing,
            Self::GetPayment(request) => &request.addressing,
            Self::SendReceipt(request) => &request.addressing,
        }
    }

    /// The notice it is about.
    #[must_use]
    pub const fn notice(&self) -> NoticeNumber {
        match self {
            Self::VerifyPaymentNotice(request) => request.notice,
            Self::GetPayment(request) => request.notice,
            Self::SendReceipt(request) => request.receipt.notice,
        }
    }
}
