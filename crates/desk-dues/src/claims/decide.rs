use ::store::args;
use italia::EmailAddress;
use sportello_core::access::{Actor, Operation};
use sportello_core::accounts::{self, Account};
use sportello_core::charges::Charge;
use sportello_core::notices::{self, Channel, NewNotice};
use sportello_core::{Cx, Error, Tx, format};

use super::model::{Claim, ClaimError, ClaimId, Decision};
use super::store;
use crate::{fee, fleet};

/// Decides a claim and tells the firm by ordinary mail. Accepting replaces the fleet and the open charge. The same
/// decision taken again changes nothing.
///
/// # Errors
/// [`ClaimError`]; [`ClaimError::Paid`] when the fee was paid meanwhile: the claim stays open, to be refused with
/// instructions.
pub async fn decide(cx: &Cx, id: ClaimId, decision: Decision, answer: &str) -> Result<(), ClaimError> {
    cx.require(Operation::DecideClaim)?;
    let answer = answer.trim();
    if answer.is_empty() && decision == Decision::Refuse {
        return Err(ClaimError::NoReason);
    }
    let claim: Claim = cx.find(store::BY_ID, args![id]).await?.ok_or(ClaimError::NoSuchClaim)?;
    // Read before the transaction begins: the embedded engine has one writer.
    let account = accounts::of_firm(cx, claim.firm_id).await?;
    let operator = match &cx.actor {
        Actor::Operator { id, .. } => Some(*id),
        _ => None,
    };
    let mut tx = cx.begin(Operation::DecideClaim).await?;
    tx.about(claim.firm_id).note("claim", id.0).note("decision", decision.state());
    let answer = (!answer.is_empty()).then_some(answer);
    if tx.execute(store::DECIDE, args![id, decision.state(), answer, operator, cx.now_ms()]).await? == 0 {
        tx.rollback().await?;
        return repeated(cx, id, decision).await;
    }
    let charge = match decision {
        Decision::Accept => Some(accept(cx, &mut tx, &claim).await?),
        Decision::Refuse => None,
    };
    if let Some(account) = account {
        tell(cx, &mut tx, &claim, &account, charge.as_ref(), answer).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The claim is no longer open: was it decided the same way?
async fn repeated(cx: &Cx, id: ClaimId, decision: Decision) -> Result<(), ClaimError> {
    let claim: Claim = cx.find(store::BY_ID, args![id]).await?.ok_or(ClaimError::NoSuchClaim)?;
    if claim.state == decision.state() { Ok(()) } else { Err(ClaimError::Decided) }
}

async fn accept(cx: &Cx, tx: &mut Tx, claim: &Claim) -> Result<Charge, ClaimError> {
    fleet::replace(tx, claim.firm_id, claim.year, &claim.fleet()?, claim.id.0).await?;
    Ok(fee::recompute_in(cx, tx, claim.firm_id, claim.year).await?)
}

async fn tell(
    cx: &Cx,
    tx: &mut Tx,
    claim: &Claim,
    account: &Account,
    charge: Option<&Charge>,
    answer: Option<&str>,
) -> Result<(), Error> {
    let Ok(to) = EmailAddress::parse(&account.email) else { return Ok(()) };
    // An operator's language is not the firm's.
    let language = account.language();
    let texts = cx.tenant.texts(language);
    let year = claim.year.to_string();
    let url = cx.app.tenant_url(&cx.tenant);
    let mut text = match charge {
        Some(charge) => texts.text_with(
            "notice-claim-accepted",
            &[
                ("year", year.as_str().into()),
                ("amount", format::amount(language, charge.amount()).into()),
                ("notice", charge.notice_number.as_str().into()),
                ("url", url.into()),
            ],
        ),
        None => texts.text_with("notice-claim-refused", &[("year", year.as_str().into()), ("url", url.into())]),
    };
    if let Some(answer) = answer {
        text.push_str("\n\n");
        text.push_str(&texts.text_with("notice-claim-answer", &[("answer", answer.into())]));
    }
    text.push_str("\n\n");
    text.push_str(cx.tenant.owner.get(language));
    text.push('\n');
    let notice = NewNotice {
        key: &format!("claim-{}", claim.id),
        kind: if charge.is_some() { "claim-accepted" } else { "claim-refused" },
        channel: Channel::Mail,
        to: &to,
        subject: texts.text_with("notice-claim-subject", &[("year", year.as_str().into())]),
        text,
        secret: false,
        firm: Some(claim.firm_id),
        case: None,
        attachment: None,
    };
    notices::compose(cx, tx, notice).await?;
    Ok(())
}
