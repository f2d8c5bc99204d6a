use ::papers::notice::{
    Creditor, LINE_LIMIT, LINES_LIMIT, NAME_LIMIT, NoticeLabels, OBJECT_LIMIT, PaymentNotice, Recipient, render,
    shorten,
};
use pagopa::{Amount, CreditorCode, NoticeNumber, QrPayload};
use sportello_core::charges::{Charge, ChargeState};
use sportello_core::clock::instant;
use sportello_core::people::{self, Firm};
use sportello_core::{Cx, Error, format};

use crate::fee::{self, Deadline, FeeError};

/// The payment notice of an open charge, for its owner or an operator: it can be paid at every bank, post office and
/// tobacconist of the circuit.
///
/// # Errors
/// [`Error`]; a missing row when there is nothing to pay: the charge is paid, withdrawn, or somebody else's.
pub async fn notice_pdf(cx: &Cx, charge: &Charge) -> Result<Vec<u8>, Error> {
    super::visible(cx, charge.firm_id)?;
    if charge.state() != ChargeState::Open {
        return Err(Error::Store(::store::Error::NoRow));
    }
    let firm = people::get(cx, charge.firm_id).await?;
    let deadline = fee::deadline(cx, charge.year).await.map_err(|error| match error {
        FeeError::Ground(error) => error,
        _ => Error::Inconsistent { table: "charges", column: "year", row: charge.id.0, value: charge.year.to_string() },
    })?;
    let notice = compose(cx, charge, &firm, &deadline).ok_or(Error::Stopped("the creditor of this tenant"))?;
    super::set(move || render(&notice)).await
}

fn compose(cx: &Cx, charge: &Charge, firm: &Firm, deadline: &Deadline) -> Option<PaymentNotice> {
    let creditor = cx.tenant.creditor.as_ref()?;
    let number = NoticeNumber::parse(&charge.notice_number).ok()?;
    let code = CreditorCode::parse(&creditor.fiscal_code).ok()?;
    let qr = QrPayload::new(number, code, Amount::new(charge.amount()).ok()?).ok()?;
    let language = super::language(cx);
    let help = &cx.tenant.help;
    let contacts = [cx.app.tenant_url(&cx.tenant), help.email.clone(), help.phone.clone()];
    Some(PaymentNotice {
        labels: NoticeLabels::new(language),
        language,
        created: instant(charge.created_at),
        creditor: Creditor {
            name: shorten(&creditor.name, ::papers::notice::CREDITOR_LIMIT),
            department: shorten(&creditor.office, LINE_LIMIT),
            tax_code: creditor.fiscal_code.clone(),
            contacts: contacts.iter().filter(|line| !line.is_empty()).map(|line| shorten(line, LINE_LIMIT)).collect(),
        },
        recipient: Recipient {
            name: shorten(&firm.name, NAME_LIMIT),
            tax_code: firm.tax_code.clone(),
            address: address(&firm.address),
        },
        object: shorten(&fee::object(cx, charge.year), OBJECT_LIMIT),
        amount: format::amount(cx.tenant.language, charge.amount()),
        due: Some(format::short_date(deadline.due)),
        notice_number: charge.notice_number.clone(),
        qr_payload: qr.to_string(),
        cbill: creditor.cbill.clone(),
    })
}

/// An address of one line as the lines of a notice: the street, then the place.
fn address(text: &str) -> Vec<String> {
    let parts = text.splitn(LINES_LIMIT, ", ").map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| shorten(part, LINE_LIMIT)).collect()
}
