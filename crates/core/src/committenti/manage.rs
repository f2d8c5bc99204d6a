//! Adding committenti, suspending them, changing their limit.

use ::store::args;
use italia::{EmailAddress, FiscalCode};

use super::model::{Committente, CommittenteId};
use super::store;
use crate::Cx;
use crate::access::Operation;
use crate::error::Error;

/// An organisation to be added.
#[derive(Debug)]
pub struct NewCommittente<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its tax code.
    pub tax_code: &'a FiscalCode,
    /// The address to which invitations go.
    pub email: &'a EmailAddress,
    /// Requests in a minute, over all its keys.
    pub per_minute: u32,
}

/// A committente that cannot be added.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// One with this tax code exists.
    #[error("a committente with this tax code exists")]
    Exists,
    /// Anything else.
    #[error("the committente cannot be added")]
    Ground(#[from] Error),
}

/// Adds a committente. It has no key yet.
///
/// # Errors
/// [`AddError`].
pub async fn add(cx: &Cx, new: &NewCommittente<'_>) -> Result<CommittenteId, AddError> {
    let id = CommittenteId(cx.id());
    let mut tx = cx.begin(Operation::ManageCommittenti).await?;
    tx.note("committente", id.0).note("made", true);
    let (code, email) = (new.tax_code.as_str(), new.email.as_str());
    let added = tx.execute(store::ADD, args![id, new.name, code, email, new.per_minute, cx.now_ms()]).await?;
    if added == 0 {
        return Err(AddError::Exists);
    }
    tx.commit().await?;
    Ok(id)
}

/// All committenti of the tenant, by name.
///
/// # Errors
/// [`Error`].
pub async fn all(cx: &Cx) -> Result<Vec<Committente>, Error> {
    cx.require(Operation::ManageCommittenti)?;
    cx.list(store::ALL_OF_THEM, args![]).await
}

/// The committente with this id.
///
/// # Errors
/// [`Error::Store`].
pub async fn get(cx: &Cx, id: CommittenteId) -> Result<Option<Committente>, Error> {
    cx.find(store::BY_ID, args![id]).await
}

/// The committente with this tax code.
///
/// # Errors
/// [`Error::Store`].
pub async fn by_tax_code(cx: &Cx, code: &FiscalCode) -> Result<Option<Committente>, Error> {
    cx.find(store::BY_TAX_CODE, args![code.as_str()]).await
}

/// Suspends a committente, or lets it go on: from the next request on.
///
/// # Errors
/// [`Error`].
pub async fn set_suspended(cx: &Cx, id: CommittenteId, suspended: bool) -> Result<(), Error> {
    let mut tx = cx.begin(Operation::ManageCommittenti).await?;
    tx.note("committente", id.0).note("active", !suspended);
    tx.execute(store::SET_SUSPENDED, args![id, suspended.then(|| cx.now_ms())]).await?;
    tx.commit().await
}

/// Changes how many requests a committente may make in a minute.
///
/// # Errors
/// [`Error`].
pub async fn set_limit(cx: &Cx, id: CommittenteId, per_minute: u32) -> Result<(), Error> {
    let mut tx = cx.begin(Operation::ManageCommittenti).await?;
    tx.note("committente", id.0).note("per_minute", per_minute);
    tx.execute(store::SET_LIMIT, args![id, per_minute]).await?;
    tx.commit().await
}
