//! The creditor's SOAP service (paForNode): is it payable, pay it, it was paid.

use ::store::args;
use italia::{Euro, FiscalCode};
use jiff::tz::TimeZone;
use pagopa::node::{
    Addressing, AmountOption, Fault, FaultCode, GetPayment, PayableNotice, Request, Response, SendReceipt,
};
use pagopa::{
    AccountPayment, Amount, Code, CreditorCode, Iban, NoticeNumber, Payment as PaymentPosition, ReceiptOutcome,
    Subject, SubjectId, Text,
};

use super::model::PaymentId;
use super::store;
use crate::access::Operation;
use crate::charges::{Charge, ChargeId, ChargeState};
use crate::error::{Error, chain};
use crate::people::{self, FirmId};
use crate::{Cx, Tx, counters, row};

/// What a desk answers later: boxed, so that a desk can be a plain function.
type Later<'a, T> = std::pin::Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// What a desk knows of a charge and the node wants to know.
#[derive(Clone, Debug)]
pub struct Position {
    /// The object of the payment, without personal data.
    pub description: String,
    /// The last day.
    pub due: jiff::civil::Date,
}

/// How a desk describes its charges to the node, and announces their payment to the payer in the same transaction.
#[derive(Clone, Copy)]
pub struct Announce {
    /// Describes a charge.
    pub describe: fn(Cx, Charge) -> Later<'static, Position>,
    /// Composes the message with the receipt.
    pub paid: for<'a> fn(&'a Cx, &'a mut Tx, &'a Paid) -> Later<'a, ()>,
}

/// A payment that has just been recorded.
#[derive(Clone, Debug)]
pub struct Paid {
    /// Its id.
    pub payment: PaymentId,
    /// Whose charge it was.
    pub firm: FirmId,
    /// Our receipt number.
    pub number: String,
    /// How much.
    pub amount: Euro,
    /// For which year.
    pub year: i64,
}

impl std::fmt::Debug for Announce {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Announce")
    }
}

row! {
    struct Stored { charge_id: ChargeId, content: Vec<u8> }
}

/// Answers one message of the node.
pub async fn answer(cx: &Cx, message: &[u8]) -> Response {
    let code = cx.tenant.creditor.as_ref().map(|c| c.fiscal_code.clone()).unwrap_or_default();
    let request = match Request::parse(message) {
        Ok(request) => request,
        Err(error) => {
            tracing::warn!(error = chain(&error), "a message of the payment node cannot be read");
            return error.answer(&code);
        }
    };
    let operation = request.operation();
    let answered = match &request {
        Request::VerifyPaymentNotice(r) => verify(cx, &r.addressing, r.notice)
            .await
            .map(|a| Response::VerifyPaymentNotice(a.map_err(|c| Fault::new(c, &code)))),
        Request::GetPayment(r) => {
            get_payment(cx, r).await.map(|a| Response::GetPayment(a.map(Box::new).map_err(|c| Fault::new(c, &code))))
        }
        Request::SendReceipt(r) => {
            receive(cx, r).await.map(|a| Response::SendReceipt(a.map_err(|c| Fault::new(c, &code))))
        }
    };
    answered.unwrap_or_else(|error| {
        // The node repeats what is answered with this code: nothing is lost.
        tracing::error!(error = chain(&error), "the payment node cannot be answered");
        Response::refusal(operation, Fault::new(FaultCode::SystemError, &code))
    })
}

fn here(cx: &Cx) -> Option<Addressing> {
    let creditor = cx.tenant.creditor.as_ref()?;
    Some(Addressing {
        creditor: Code::parse(&creditor.fiscal_code).ok()?,
        broker: Code::parse(creditor.broker.as_deref().unwrap_or(&creditor.fiscal_code)).ok()?,
        station: Code::parse(&creditor.station).ok()?,
    })
}

async fn payable(cx: &Cx, addressing: &Addressing, notice: NoticeNumber) -> Result<Result<Charge, FaultCode>, Error> {
    let Some(here) = here(cx) else { return Ok(Err(FaultCode::WrongCreditor)) };
    if let Err(code) = addressing.check(&here) {
        return Ok(Err(code));
    }
    let Some(charge) = cx.find::<Charge>(store::CHARGE_BY_NOTICE, args![notice.to_string()]).await? else {
        return Ok(Err(FaultCode::PaymentUnknown));
    };
    Ok(match charge.state() {
        ChargeState::Open => Ok(charge),
        ChargeState::Paid => Err(FaultCode::PaymentDuplicate),
        ChargeState::Cancelled => Err(FaultCode::PaymentCancelled),
    })
}

fn announce(cx: &Cx) -> Result<&Announce, Error> {
    cx.tenant.part::<Announce>().ok_or(Error::Stopped("the desk of this charge"))
}

async fn verify(
    cx: &Cx,
    addressing: &Addressing,
    notice: NoticeNumber,
) -> Result<Result<PayableNotice, FaultCode>, Error> {
    let charge = match payable(cx, addressing, notice).await? {
        Ok(charge) => charge,
        Err(code) => return Ok(Err(code)),
    };
    let (Some(creditor), Ok(amount)) = (&cx.tenant.creditor, Amount::new(charge.amount())) else {
        return Ok(Err(FaultCode::SystemError));
    };
    let Ok(code) = CreditorCode::parse(&creditor.fiscal_code) else { return Ok(Err(FaultCode::SystemError)) };
    let position = (announce(cx)?.describe)(cx.clone(), charge).await?;
    Ok(Ok(PayableNotice {
        amount,
        option: AmountOption::Exact,
        due_date: Some(position.due),
        detail: None,
        all_ccp: false,
        description: Text::fit(&position.description),
        creditor: code,
        company_name: Text::fit(&creditor.name),
        office_name: (!creditor.office.is_empty()).then(|| Text::fit(&creditor.office)),
    }))
}

async fn get_payment(cx: &Cx, request: &GetPayment) -> Result<Result<PaymentPosition, FaultCode>, Error> {
    let charge = match payable(cx, &request.addressing, request.notice).await? {
        Ok(charge) => charge,
        Err(code) => return Ok(Err(code)),
    };
    if request.amount.is_some_and(|a| a.euro() != charge.amount()) {
        return Ok(Err(FaultCode::AmountMismatch));
    }
    let firm = people::get(cx, charge.firm_id).await?;
    let position = (announce(cx)?.describe)(cx.clone(), charge.clone()).await?;
    let Some(payment) = position_of(cx, &charge, &firm, &position) else { return Ok(Err(FaultCode::SystemError)) };
    let mut tx = cx.begin(Operation::ServeNode).await?;
    tx.about(charge.firm_id).note("charge", charge.id.0);
    tx.execute(store::ASKED, args![charge.id, cx.now_ms()]).await?;
    tx.commit().await?;
    Ok(Ok(payment))
}

fn position_of(cx: &Cx, charge: &Charge, firm: &people::Firm, position: &Position) -> Option<PaymentPosition> {
    let creditor = cx.tenant.creditor.as_ref()?;
    let notice = NoticeNumber::parse(&charge.notice_number).ok()?;
    let code = FiscalCode::parse(&firm.tax_code).ok()?;
    Some(PaymentPosition::to_account(AccountPayment {
        reference: notice.iuv(),
        amount: Amount::new(charge.amount()).ok()?,
        due_date: position.due,
        description: &position.description,
        creditor: CreditorCode::parse(&creditor.fiscal_code).ok()?,
        company_name: &creditor.name,
        iban: Iban::parse(&creditor.iban).ok()?,
        category: Code::parse(&creditor.taxonomy).ok()?,
        debtor: Subject::new(SubjectId::guess(&code), &firm.name),
    }))
}

/// Records a receipt. Answers `OK` however often it comes: the effect is once.
async fn receive(cx: &Cx, request: &SendReceipt) -> Result<Result<(), FaultCode>, Error> {
    let Some(here) = here(cx) else { return Ok(Err(FaultCode::WrongCreditor)) };
    if let Err(code) = request.addressing.check(&here) {
        return Ok(Err(code));
    }
    let receipt = &request.receipt;
    if receipt.outcome == ReceiptOutcome::NotPaid {
        return Ok(Ok(()));
    }
    let mut tx = cx.begin(Operation::RecordPayment).await?;
    let Some(charge) = tx.find::<Charge>(store::LOCK_CHARGE, args![receipt.notice.to_string()]).await? else {
        return Ok(Err(FaultCode::PaymentUnknown));
    };
    let content = content(request);
    if let Some(stored) = tx.find::<Stored>(store::BY_RECEIPT, args![receipt.receipt_id.as_str()]).await? {
        // The same id with other contents contradicts itself: nothing is overwritten, the node is told.
        let same = stored.content == content && stored.charge_id == charge.id;
        return Ok(if same { Ok(()) } else { Err(FaultCode::Semantic) });
    }
    let paid = record(cx, &mut tx, &charge, request, &content).await?;
    if let Some(announce) = cx.tenant.part::<Announce>() {
        (announce.paid)(cx, &mut tx, &paid).await?;
    }
    tx.commit().await?;
    Ok(Ok(()))
}

async fn record(cx: &Cx, tx: &mut Tx, charge: &Charge, request: &SendReceipt, content: &[u8]) -> Result<Paid, Error> {
    let receipt = &request.receipt;
    let amount = receipt.amount.euro();
    let expected = charge.state() == ChargeState::Open && amount == charge.amount();
    let payment = PaymentId(cx.id());
    let number =
        format!("{}/{:06}", cx.today().year(), counters::next(tx, &format!("receipt-{}", cx.today().year())).await?);
    let rome = TimeZone::get("Europe/Rome").unwrap_or(TimeZone::UTC);
    let paid_at =
        receipt.paid_at.and_then(|at| at.to_zoned(rome).ok()).map_or(cx.now_ms(), |z| z.timestamp().as_millisecond());
    let method = receipt.payment_method.as_ref().map(|m| m.as_str().to_owned());
    tx.execute(
        store::RECORD,
        args![
            payment,
            charge.id,
            charge.firm_id,
            receipt.receipt_id.as_str(),
            content.to_vec(),
            &number,
            amount.cents(),
            receipt.psp.company_name.as_str(),
            method,
            paid_at,
            cx.now_ms(),
            !expected,
        ],
    )
    .await?;
    tx.about(charge.firm_id).note("payment", payment.0).note("number", number.as_str()).note("surplus", !expected);
    // A charge that is withdrawn stays withdrawn, and an amount that is too small does not settle one.
    if amount >= charge.amount() {
        tx.execute(store::SETTLE, args![charge.id, cx.now_ms()]).await?;
    }
    Ok(Paid { payment, firm: charge.firm_id, number, amount, year: charge.year })
}

/// What a repetition must have in common with the first: notice, amount, provider, day.
fn content(request: &SendReceipt) -> Vec<u8> {
    let r = &request.receipt;
    crate::vault::digest(&format!(
        "{}|{}|{}|{}|{:?}",
        r.receipt_id.as_str(),
        r.notice,
        r.amount.cents(),
        r.psp.id.as_str(),
        r.paid_at
    ))
}
