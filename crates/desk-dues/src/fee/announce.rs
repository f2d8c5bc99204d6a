//! What the payment node is told of a charge, and what the payer is told when it is paid.

use std::future::Future;
use std::pin::Pin;

use italia::EmailAddress;
use sportello_core::accounts::{self, Account, MailKind};
use sportello_core::charges::Charge;
use sportello_core::notices::{self, Attachment, Channel, NewNotice};
use sportello_core::payments::{Announce, Paid, Position};
use sportello_core::texts::Language;
use sportello_core::{Cx, Error, Tx, format};

use super::{FeeError, deadline};

type Done<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// How this desk describes its charges to the node and announces their payment.
pub const ANNOUNCE: Announce = Announce { describe, paid };

/// The object of the payment, in Italian whatever the reader's language: banks show it as it is.
pub fn object(cx: &Cx, year: i64) -> String {
    cx.tenant.texts(Language::Italian).text_with("fee-object", &[("year", year.to_string().into())])
}

fn describe(cx: Cx, charge: Charge) -> Done<'static, Position> {
    Box::pin(async move {
        let deadline = deadline(&cx, charge.year).await.map_err(|error| match error {
            FeeError::Ground(error) => error,
            // The rules have lost a year for which charges exist.
            _ => Error::Inconsistent {
                table: "charges",
                column: "year",
                row: charge.id.0,
                value: charge.year.to_string(),
            },
        })?;
        Ok(Position { description: object(&cx, charge.year), due: deadline.due })
    })
}

fn paid<'a>(cx: &'a Cx, tx: &'a mut Tx, paid: &'a Paid) -> Done<'a, ()> {
    Box::pin(async move {
        let Some(account) = accounts::of_firm_in(tx, paid.firm).await? else { return Ok(()) };
        let Ok(to) = EmailAddress::parse(&account.email) else { return Ok(()) };
        let texts = cx.tenant.texts(account.language());
        let subject = texts.text_with("notice-receipt-subject", &[("number", paid.number.as_str().into())]);
        let notice = NewNotice {
            key: &format!("receipt-{}", paid.payment),
            kind: "receipt",
            // Ordinary mail, as the guide says; a box that refuses it is told how to get the receipt.
            channel: Channel::Mail,
            to: &to,
            subject,
            text: text(cx, &account, paid),
            secret: false,
            firm: Some(paid.firm),
            case: None,
            attachment: Some(Attachment::Receipt(paid.payment)),
        };
        notices::compose(cx, tx, notice).await?;
        Ok(())
    })
}

fn text(cx: &Cx, account: &Account, paid: &Paid) -> String {
    let language = account.language();
    let texts = cx.tenant.texts(language);
    let mut text = texts.text_with(
        "notice-receipt-text",
        &[
            ("number", paid.number.as_str().into()),
            ("year", paid.year.to_string().into()),
            ("amount", format::amount(language, paid.amount).into()),
            ("portal", cx.tenant.name.get(language).into()),
            ("url", cx.app.tenant_url(&cx.tenant).into()),
        ],
    );
    if account.email_kind() == MailKind::Pec || account.refuses_ordinary {
        text.push_str("\n\n");
        text.push_str(&texts.text("notice-receipt-pec"));
    }
    text.push_str("\n\n");
    text.push_str(cx.tenant.owner.get(language));
    text.push('\n');
    text
}
