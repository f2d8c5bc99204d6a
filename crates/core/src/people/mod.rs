//! Firms: who the body's register knows. Persons and mandates follow with the desks that need them.
//!
//! Invariants: a firm is known by tax code and by enrolment number, each unique in the tenant; rows come from imports
//! only, and a firm that left the register is kept with the date.

pub mod store;

use ::store::{Arg, args};
use italia::FiscalCode;

use crate::error::Error;
use crate::{Cx, Tx, id, row};

id! {
    /// The id of a firm.
    FirmId;
}

row! {
    /// A firm ("impresa"; sole traders too).
    #[derive(Clone, Debug)]
    pub struct Firm {
        /// Its id.
        pub id: FirmId,
        /// Its tax code, canonical.
        pub tax_code: String,
        /// Its enrolment number, canonical.
        pub albo_number: String,
        /// Its name.
        pub name: String,
        /// Its seat.
        pub address: String,
        /// Since when it is enrolled (civil date).
        pub enrolled_on: String,
        /// When it left the register (civil date).
        pub removed_on: Option<String>,
        /// From which day on it was last suspended, or is going to be (civil date).
        pub suspended_from: Option<String>,
        /// The last day of that (civil date); until further notice when absent.
        pub suspended_until: Option<String>,
    }
}

row! {
    /// A firm as a search finds it, with where it stands.
    #[derive(Clone, Debug)]
    pub struct FoundFirm {
        /// Its id.
        pub id: FirmId,
        /// Its tax code.
        pub tax_code: String,
        /// Its enrolment number.
        pub albo_number: String,
        /// Its name.
        pub name: String,
        /// The matricola of its account.
        pub member_code: Option<String>,
        /// The level of its account.
        pub level: Option<String>,
    }
}

/// The firm with this id.
///
/// # Errors
/// [`Error::Store`], or no such firm in this tenant.
pub async fn get(cx: &Cx, id: FirmId) -> Result<Firm, Error> {
    cx.find(store::BY_ID, args![id]).await?.ok_or(Error::Store(::store::Error::NoRow))
}

/// Holds a firm until the transaction ends: what is read of it afterwards is still true when something is written.
///
/// # Errors
/// [`Error::Store`].
pub async fn hold(tx: &mut Tx, id: FirmId) -> Result<(), Error> {
    tx.execute(store::HOLD, args![id]).await.map(|_| ())
}

/// The firm with this tax code.
///
/// # Errors
/// [`Error::Store`].
pub async fn by_tax_code(cx: &Cx, code: &FiscalCode) -> Result<Option<Firm>, Error> {
    cx.find(store::BY_TAX_CODE, args![code.as_str()]).await
}

/// The firm with this enrolment number, canonical.
///
/// # Errors
/// [`Error::Store`].
pub async fn by_albo_number(cx: &Cx, number: &str) -> Result<Option<Firm>, Error> {
    cx.find(store::BY_ALBO_NUMBER, args![number]).await
}

/// Firms whose name, tax code, enrolment number, matricola, address or phone contain what was typed.
///
/// # Errors
/// [`Error::Forbidden`] or [`Error::Store`].
pub async fn search(cx: &Cx, text: &str, offset: i64, limit: i64) -> Result<Vec<FoundFirm>, Error> {
    cx.require(crate::access::Operation::SeeFirms)?;
    let text = text.trim().to_lowercase();
    let compact: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let escape = |s: &str| format!("%{}%", s.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
    let args: Vec<Arg> = args![escape(&text), escape(&compact), limit, offset];
    cx.list(store::SEARCH, args).await
}
