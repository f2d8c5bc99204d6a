//! Which people may enter an account with their identity, besides those whose tax code is the firm's.

use ::store::args;
use italia::EmailAddress;

use super::model::Proved;
use super::store;
use crate::access::{Actor, Operation};
use crate::accounts::{self, AccountId, MailKind};
use crate::error::Error;
use crate::notices::{self, Channel, NewNotice};
use crate::vault::digest;
use crate::{Cx, Tx, row};

row! {
    struct Row { id: i64, label: Vec<u8>, linked_at: i64 }
}

/// Somebody who may enter the account.
#[derive(Clone, Debug)]
pub struct Link {
    /// What names it on the page.
    pub id: i64,
    /// The person's name, as the provider gave it.
    pub name: String,
    /// Since when, in milliseconds since 1970.
    pub linked_at: i64,
}

/// How a person is known in the database: a digest of the tax code that nobody can search for without the master key.
pub(super) fn person(cx: &Cx, tax_code: &str) -> Result<Vec<u8>, Error> {
    Ok(cx.app.vault().keyed_digest("identity-person", tax_code)?)
}

pub(super) async fn link(cx: &Cx, tx: &mut Tx, account: AccountId, proved: &Proved) -> Result<(), Error> {
    let id = cx.id();
    let label = cx.app.vault().seal("identity-link", &id.to_string(), proved.name.as_bytes(), cx.chance())?;
    tx.note("link", id).note("provider", proved.provider.as_str()).note("level", proved.level);
    let person = person(cx, &proved.tax_code)?;
    if tx.execute(store::LINK, args![id, account, person, label, cx.now_ms()]).await? == 0 {
        return Ok(());
    }
    tell(cx, tx, account, id).await
}

/// The account's address is told: whoever linked the identity may have found the session open.
async fn tell(cx: &Cx, tx: &mut Tx, account: AccountId, link: i64) -> Result<(), Error> {
    let Some(account) = accounts::get_in(tx, account).await? else { return Ok(()) };
    let Ok(to) = EmailAddress::parse(&account.email) else { return Ok(()) };
    let language = account.language();
    let texts = cx.tenant.texts(language);
    let notice = NewNotice {
        key: &format!("identity-linked-{link}"),
        kind: "identity-linked",
        channel: if account.email_kind() == MailKind::Pec { Channel::Pec } else { Channel::Mail },
        to: &to,
        subject: texts.text_with("notice-identity-linked-subject", &[("portal", cx.tenant.name.get(language).into())]),
        text: texts.text_with(
            "notice-identity-linked-text",
            &[
                ("code", account.member_code.as_str().into()),
                ("url", format!("{}/profilo", cx.app.tenant_url(&cx.tenant)).into()),
                ("owner", cx.tenant.owner.get(language).into()),
                ("phone", cx.tenant.help.phone.as_str().into()),
            ],
        ),
        secret: false,
        firm: Some(account.firm_id),
        case: None,
        attachment: None,
    };
    notices::compose(cx, tx, notice).await?;
    Ok(())
}

/// The people who may enter the account of the firm that is signed in.
///
/// # Errors
/// [`Error`].
pub async fn linked(cx: &Cx) -> Result<Vec<Link>, Error> {
    let Actor::Firm { account, .. } = cx.actor else { return Ok(Vec::new()) };
    let rows: Vec<Row> = cx.list(store::LINKS, args![account]).await?;
    rows.into_iter()
        .map(|row| {
            let name = cx.app.vault().open("identity-link", &row.id.to_string(), &row.label)?;
            let name = String::from_utf8_lossy(&name).into_owned();
            Ok(Link { id: row.id, name, linked_at: row.linked_at })
        })
        .collect()
}

/// Takes from everybody the way into an account with an identity.
pub(crate) async fn unlink_all(tx: &mut Tx, account: AccountId) -> Result<(), Error> {
    tx.execute(store::UNLINK_ALL, args![account]).await?;
    Ok(())
}

/// Takes the way into the account from a person, and ends the sessions that were opened with an identity, but for the one
/// of this token.
///
/// # Errors
/// [`Error`].
pub async fn unlink(cx: &Cx, id: i64, token: &str) -> Result<(), Error> {
    let Actor::Firm { account, firm, .. } = cx.actor else { return cx.require(Operation::LinkIdentity) };
    let mut tx = cx.begin(Operation::LinkIdentity).await?;
    tx.about(firm).note("unlink", id);
    tx.execute(store::UNLINK, args![account, id]).await?;
    tx.execute(store::END_PROVED, args![account, digest(token)]).await?;
    tx.commit().await
}
