use ::store::args;
use italia::Euro;
use pagopa::checkout::{Cart, CartNotice, CheckoutError, ReturnUrls};
use pagopa::{Amount, CreditorCode, NoticeNumber, Text};
use url::Url;

use super::store;
use crate::Cx;
use crate::access::{Actor, Operation};
use crate::charges::{Charge, ChargeState};
use crate::error::Error;
use crate::vault::digest;

/// Why no online payment begins. The printed notice can be paid elsewhere in every case but the first.
#[derive(Debug, thiserror::Error)]
pub enum CheckoutFailure {
    /// The charge is paid or withdrawn.
    #[error("the charge is not open")]
    NotOpen,
    /// The tenant has no online payment.
    #[error("no checkout is configured")]
    NotConfigured,
    /// The payment page does not answer.
    #[error("the payment page does not answer")]
    Unavailable(#[from] CheckoutError),
    /// Anything else.
    #[error("the payment cannot begin")]
    Ground(#[from] Error),
}

/// Begins an online payment: hands a cart to the hosted payment page and returns the page's address. `return_to` is the
/// address of the return page; the outcome and a token are added to it.
///
/// # Errors
/// [`CheckoutFailure`].
pub async fn checkout(cx: &Cx, charge: &Charge, description: &str, return_to: &str) -> Result<Url, CheckoutFailure> {
    if charge.state() != ChargeState::Open {
        return Err(CheckoutFailure::NotOpen);
    }
    let Actor::Firm { account, firm, .. } = &cx.actor else { return Err(CheckoutFailure::NotOpen) };
    let client =
        cx.app.connections(&cx.tenant).and_then(|c| c.checkout.as_ref()).ok_or(CheckoutFailure::NotConfigured)?;
    let token = cx.chance().token();
    let cart = cart(cx, charge, description, return_to, &token).ok_or(CheckoutFailure::NotConfigured)?;
    let mut tx = cx.begin(Operation::StartCheckout).await?;
    tx.about(*firm).note("charge", charge.id.0);
    tx.execute(store::START, args![cx.id(), digest(&token), charge.id, *account, cx.now_ms()]).await?;
    tx.commit().await?;
    Ok(client.create(&cart).await?)
}

fn cart(cx: &Cx, charge: &Charge, description: &str, return_to: &str, token: &str) -> Option<Cart> {
    let creditor = cx.tenant.creditor.as_ref()?;
    let notice = CartNotice {
        notice: NoticeNumber::parse(&charge.notice_number).ok()?,
        creditor: CreditorCode::parse(&creditor.fiscal_code).ok()?,
        amount: Amount::new(Euro::from_cents(charge.amount)).ok()?,
        company_name: Text::fit(&creditor.name),
        description: Text::fit(description),
    };
    let url = |outcome: &str| Url::parse(&format!("{return_to}?esito={outcome}&t={token}")).ok();
    let urls = ReturnUrls { ok: url("ok")?, cancel: url("annullato")?, error: url("errore")? };
    Cart::new(vec![notice], urls).ok()
}

/// The browser came back from the payment page. It proves nothing: it only lets the page say "paid, receipt on its way"
/// instead of "to be paid". Unknown and repeated tokens change nothing.
///
/// # Errors
/// [`Error`].
pub async fn returned(cx: &Cx, token: &str, outcome: &str) -> Result<(), Error> {
    let outcome = match outcome {
        "ok" => "ok",
        "annullato" => "cancel",
        _ => "error",
    };
    let mut tx = cx.begin(Operation::ReturnFromCheckout).await?;
    tx.note("outcome", outcome);
    if tx.execute(store::RETURN, args![digest(token), outcome, cx.now_ms()]).await? == 1 {
        tx.commit().await
    } else {
        tx.rollback().await
    }
}
