//! What a creditor answers.

use jiff::civil::Date;

use super::envelope;
use super::error::{NodeError, Problem};
use super::fault::{Fault, FaultCode};
use super::operation::Operation;
use super::reader::{Limits, Reader, Space};
use super::wire::{
    Element, GetPaymentAnswer, SendReceiptAnswer, SoapFaultBody, VerifyAnswer, put, write_payable, write_payment,
};
use super::writer::Writer;
use crate::money::Amount;
use crate::text::Text;
use crate::{CreditorCode, Payment};

/// An answer to the node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Response {
    /// To `paVerifyPaymentNotice`.
    VerifyPaymentNotice(Result<PayableNotice, Fault>),
    /// To `paGetPaymentV2`.
    GetPayment(Result<Box<Payment>, Fault>),
    /// To `paSendRTV2`: the receipt is stored, now or since an earlier time.
    SendReceipt(Result<(), Fault>),
    /// The refusal of an operation that is not offered.
    Unsupported(Operation, Fault),
    /// The message was not even a request of the service.
    SoapFault(SoapFault),
}

/// The answer to `paVerifyPaymentNotice` for a notice that can be paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayableNotice {
    /// What is owed now.
    pub amount: Amount,
    /// Whether another amount may be paid too.
    pub option: AmountOption,
    /// Due date.
    pub due_date: Option<Date>,
    /// The object of the payment, in more detail.
    pub detail: Option<Text<140>>,
    /// Whether all accounts are postal accounts, which opens payment by postal slip.
    pub all_ccp: bool,
    /// The object of the payment. No personal data belong here: anybody with the notice number reads it.
    pub description: Text<140>,
    /// The creditor's tax code.
    pub creditor: CreditorCode,
    /// The creditor's name.
    pub company_name: Text<140>,
    /// Office of the creditor.
    pub office_name: Option<Text<140>>,
}

/// Whether another amount may be paid than the one stated. Today's node only knows the exact amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum AmountOption {
    /// `EQ`: this amount.
    #[default]
    Exact,
    /// `LS`: this amount or less.
    Less,
    /// `GT`: this amount or more.
    Greater,
    /// `ANY`: any amount.
    Any,
}

/// A fault of SOAP itself, sent with HTTP status 500.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoapFault {
    /// Whose fault it is.
    pub code: SoapFaultCode,
    /// What happened.
    pub string: Box<str>,
}

/// Whose fault it is (SOAP 1.1, section 4.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SoapFaultCode {
    /// The message is wrong; it must not be sent again unchanged.
    Client,
    /// The service is at fault; the message may be sent again.
    Server,
}

impl Response {
    /// The refusal of a request of `operation`.
    #[must_use]
    pub fn refusal(operation: Operation, fault: Fault) -> Self {
        match operation {
            Operation::VerifyPaymentNotice => Self::VerifyPaymentNotice(Err(fault)),
            Operation::GetPaymentV2 => Self::GetPayment(Err(fault)),
            Operation::SendReceiptV2 => Self::SendReceipt(Err(fault)),
            other => Self::Unsupported(other, fault),
        }
    }

    /// The status of the HTTP response: 200 for `OK` and `KO` alike, 500 for a SOAP fault (SOAP 1.1, section 6.2).
    #[must_use]
    pub const fn http_status(&self) -> u16 {
        match self {
            Self::SoapFault(_) => 500,
            _ => 200,
        }
    }

    /// The fault, where this is a refusal by the creditor.
    #[must_use]
    pub const fn fault(&self) -> Option<&Fault> {
        match self {
            Self::VerifyPaymentNotice(Err(fault))
            | Self::GetPayment(Err(fault))
            | Self::SendReceipt(Err(fault))
            | Self::Unsupported(_, fault) => Some(fault),
            _ => None,
        }
    }

    /// Writes the answer into a SOAP envelope, UTF-8.
    ///
    /// A payment that fails [`Payment::check`] is not sent: the node would reject the whole answer. It becomes the
    /// fault [`FaultCode::SystemError`] with the reason as its description.
    #[must_use]
    pub fn to_xml(&self) -> Vec<u8> {
        match self {
            Self::VerifyPaymentNotice(answer) => {
                write_answer(Operation::VerifyPaymentNotice, answer, 1000, write_payable)
            }
            Self::GetPayment(Ok(payment)) => match payment.check() {
                Ok(()) => write_answer(Operation::GetPaymentV2, &Ok(payment), 3000, |w, p| write_payment(w, p)),
                Err(error) => {
                    let creditor = payment.transfers.first().map(|t| t.creditor.to_string()).unwrap_or_default();
                    let fault = Fault::new(FaultCode::SystemError, creditor).with_description(error.to_string());
                    write_refusal(Operation::GetPaymentV2, &fault)
                }
            },
            Self::GetPayment(Err(fault)) => write_refusal(Operation::GetPaymentV2, fault),
            Self::SendReceipt(answer) => write_answer(Operation::SendReceiptV2, answer, 100, |_, ()| {}),
            Self::Unsupported(operation, fault) => write_refusal(*operation, fault),
            Self::SoapFault(fault) => {
                let code = match fault.code {
                    SoapFaultCode::Client => "soapenv:Client",
                    SoapFaultCode::Server => "soapenv:Server",
                };
                envelope::wrap_fault(code, &fault.string)
            }
        }
    }

    /// Reads an answer under the default [`Limits`].
    pub fn parse(message: &[u8]) -> Result<Self, NodeError> {
        Self::parse_within(message, &Limits::default())
    }

    /// Reads an answer under given limits.
    pub fn parse_within(message: &[u8], limits: &Limits) -> Result<Self, NodeError> {
        let unread = |problem| NodeError { operation: None, problem };
        let (mut reader, space) = envelope::enter(message, limits).map_err(unread)?;
        if space == Space::Soap && reader.name() == "Fault" {
            return read_soap_fault(&mut reader).map_err(unread);
        }
        let operation = match space {
            Space::PaForNode => Operation::of_response(reader.name()),
            _ => None,
        };
        let Some(operation) = operation else {
            return Err(unread(Problem::UnknownElement(reader.name().into())));
        };
        let failed = |problem| NodeError { operation: Some(operation), problem };
        let response = read_answer(operation, &mut reader).map_err(failed)?;
        envelope::leave(&mut reader).map_err(failed)?;
        Ok(response)
    }
}

fn read_answer(operation: Operation, reader: &mut Reader<'_>) -> Result<Response, Problem> {
    match operation {
        Operation::VerifyPaymentNotice => Ok(Response::VerifyPaymentNotice(VerifyAnswer::read(reader)?.0)),
        Operation::GetPaymentV2 => Ok(Response::GetPayment(GetPaymentAnswer::read(reader)?.0)),
        Operation::SendReceiptV2 => Ok(Response::SendReceipt(SendReceiptAnswer::read(reader)?.0)),
        other => match SendReceiptAnswer::read(reader)?.0 {
            Err(fault) => Ok(Response::Unsupported(other, fault)),
            Ok(()) => Err(Problem::Unsupported),
        },
    }
}

fn read_soap_fault(reader: &mut Reader<'_>) -> Result<Response, Problem> {
    let body = SoapFaultBody::read(reader)?;
    let server = body.code.rsplit(':').next().is_some_and(|code| code.starts_with("Server"));
    let code = if server { SoapFaultCode::Server } else { SoapFaultCode::Client };
    Ok(Response::SoapFault(SoapFault { code, string: body.string }))
}

fn write_answer<T>(
    operation: Operation,
    answer: &Result<T, Fault>,
    capacity: usize,
    content: impl FnOnce(&mut Writer, &T),
) -> Vec<u8> {
    match answer {
        Err(fault) => write_refusal(operation, fault),
        Ok(value) => envelope::wrap(operation.response_element(), capacity, |writer| {
            writer.leaf("outcome", "OK");
            content(writer, value);
        }),
    }
}

fn write_refusal(operation: Operation, fault: &Fault) -> Vec<u8> {
    envelope::wrap(operation.response_element(), 400, |writer| {
        writer.leaf("outcome", "KO");
        put(writer, "fault", fault);
    })
}
