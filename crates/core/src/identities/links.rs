//! Which people may enter an account with their identity, besides those whose tax code is the firm's.

use ::store::args;

use super::model::Proved;
use super::store;
use crate::access::{Actor, Operation};
use crate::accounts::AccountId;
use crate::error::Error;
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
    tx.execute(store::LINK, args![id, account, person, label, cx.now_ms()]).await?;
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

/// Takes the way into the account from a person; sessions that are open stay.
///
/// # Errors
/// [`Error`].
pub async fn unlink(cx: &Cx, id: i64) -> Result<(), Error> {
    let Actor::Firm { account, firm, .. } = cx.actor else { return cx.require(Operation::LinkIdentity) };
    let mut tx = cx.begin(Operation::LinkIdentity).await?;
    tx.about(firm).note("unlink", id);
    tx.execute(store::UNLINK, args![account, id]).await?;
    tx.commit().await
}
