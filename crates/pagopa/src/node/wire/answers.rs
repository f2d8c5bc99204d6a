//! The creditor's answers.

use super::super::error::Problem;
use super::super::fault::{Fault, FaultCode};
use super::super::response::{AmountOption, PayableNotice};
use super::super::writer::Writer;
use super::{Element, element, put};
use crate::{Amount, Payment, ReceiptOutcome, Text};

use jiff::civil::Date;

element!(Fault, |this| {
    code: one "faultCode" = &Box::from(this.code.as_str());
    string: opt "faultString" = Some(&this.string);
    id: opt "id" = Some(&this.id);
    description: opt "description" = &this.description;
} => {
    let code: Box<str> = code;
    Self { code: FaultCode::parse(&code), string: string.unwrap_or_default(), id: id.unwrap_or_default(), description }
});

/// `paymentOptionDescription`.
struct PaymentOption {
    amount: Amount,
    option: AmountOption,
    due_date: Option<Date>,
    detail: Option<Text<140>>,
    all_ccp: bool,
}

element!(PaymentOption, |this| {
    amount: one "amount" = &this.amount;
    option: one "options" = &this.option;
    due_date: opt "dueDate" = &this.due_date;
    detail: opt "detailDescription" = &this.detail;
    all_ccp: one "allCCP" = &this.all_ccp;
} => Self { amount, option, due_date, detail, all_ccp });

/// `paymentList`, which holds one option.
struct PaymentList(PaymentOption);

element!(PaymentList, |this| {
    option: one "paymentOptionDescription" = &this.0;
} => Self(option));

/// What the elements `outcome` and `fault`, and the ones that an `OK` needs, say together.
fn settle<T>(outcome: ReceiptOutcome, fault: Option<Fault>, ok: impl FnOnce() -> Result<T, Problem>) -> Settled<T> {
    match outcome {
        ReceiptOutcome::Paid => ok().map(Ok),
        ReceiptOutcome::NotPaid => fault.ok_or(Problem::Missing("fault")).map(Err),
    }
}

type Settled<T> = Result<Result<T, Fault>, Problem>;

/// The answer to `paVerifyPaymentNotice`.
pub(in crate::node) struct VerifyAnswer(pub Result<PayableNotice, Fault>);

/// The answer to `paGetPaymentV2`.
pub(in crate::node) struct GetPaymentAnswer(pub Result<Box<Payment>, Fault>);

/// The answer to `paSendRTV2`, and the part that all answers have in common.
pub(in crate::node) struct SendReceiptAnswer(pub Result<(), Fault>);

/// Declares how an answer is read; what it writes is up to the response.
macro_rules! answer {
    ($type:ty { $( $var:ident : $name:literal, )* } => $build:expr) => {
        impl $type {
            pub(in crate::node) fn read(
                reader: &mut super::super::reader::Reader<'_>,
            ) -> Result<Self, Problem> {
                let (mut outcome, mut fault) = (None, None);
                $( let mut $var = None; )*
                while reader.next_child()? {
                    match reader.name() {
                        "outcome" => super::fill(
                            &mut outcome,
                            Element::read(reader).map_err(super::at("outcome"))?,
                            "outcome",
                        )?,
                        "fault" => super::fill(&mut fault, Element::read(reader)?, "fault")?,
                        $( $name => super::fill(
                            &mut $var,
                            Element::read(reader).map_err(super::at($name))?,
                            $name,
                        )?, )*
                        _ => reader.skip()?,
                    }
                }
                let outcome = outcome.ok_or(Problem::Missing("outcome"))?;
                settle(outcome, fault, || $build).map(Self)
            }
        }
    };
}

answer!(VerifyAnswer {
    list: "paymentList",
    description: "paymentDescription",
    creditor: "fiscalCodePA",
    company_name: "companyName",
    office_name: "officeName",
} => {
    let PaymentList(option) = list.ok_or(Problem::Missing("paymentList"))?;
    Ok(PayableNotice {
        amount: option.amount,
        option: option.option,
        due_date: option.due_date,
        detail: option.detail,
        all_ccp: option.all_ccp,
        description: description.unwrap_or_else(|| Text::fit("")),
        creditor: creditor.ok_or(Problem::Missing("fiscalCodePA"))?,
        company_name: company_name.unwrap_or_else(|| Text::fit("")),
        office_name,
    })
});

answer!(GetPaymentAnswer {
    data: "data",
} => data.map(Box::new).ok_or(Problem::Missing("data")));

answer!(SendReceiptAnswer {} => Ok(()));

/// Writes what an `OK` to `paVerifyPaymentNotice` says.
pub(in crate::node) fn write_payable(writer: &mut Writer, notice: &PayableNotice) {
    let option = PaymentOption {
        amount: notice.amount,
        option: notice.option,
        due_date: notice.due_date,
        detail: notice.detail.clone(),
        all_ccp: notice.all_ccp,
    };
    put(writer, "paymentList", &PaymentList(option));
    put(writer, "paymentDescription", &notice.description);
    put(writer, "fiscalCodePA", &notice.creditor);
    put(writer, "companyName", &notice.company_name);
    if let Some(office) = &notice.office_name {
        put(writer, "officeName", office);
    }
}

/// Writes what an `OK` to `paGetPaymentV2` says.
pub(in crate::node) fn write_payment(writer: &mut Writer, payment: &Payment) {
    put(writer, "data", payment);
}

/// The fault of SOAP itself.
pub(in crate::node) struct SoapFaultBody {
    pub code: Box<str>,
    pub string: Box<str>,
}

element!(SoapFaultBody, |this| {
    code: opt "faultcode" = Some(&this.code);
    string: opt "faultstring" = Some(&this.string);
} => Self { code: code.unwrap_or_default(), string: string.unwrap_or_default() });
