//! Accounts: who may sign in for a firm, with what, and what happens when it goes wrong.
//!
//! Owns accounts, passwords and their history, PINs, sign-in tries, one-time links, sessions, and the operators'
//! accounts. Invariants:
//! * one account a firm; its matricola ([`italia::MemberCode`]) never changes;
//! * passwords and PINs are kept as Argon2id hashes, tokens as SHA-256 digests: nothing stored opens anything;
//! * a try is counted *before* it is compared, so a thousand parallel guesses are at most as many as the policy allows;
//! * a name that does not exist costs the same time, is counted the same way and gets the same words.

mod credentials;
pub mod hashing;
mod links;
mod model;
pub mod operators;
pub mod passwords;
pub mod policy;
pub mod sessions;
mod sign_in;
pub mod store;
mod sweep;
pub mod tries;

pub use credentials::{Credentials, NewAccount, close_sessions, issue, open, start_again, take_over};
pub use links::{LinkError, LinkPurpose, ask_link, check_link, make_link, use_link};
pub use model::{Account, AccountId, Level, MailKind};
pub use passwords::{ChangeError, change_password, check_pin};
pub(crate) use sign_in::open_proved;
pub use sign_in::{SignIn, SignInError, SignedIn, sign_in};
pub use sweep::Sweep;

use ::store::args;
use italia::MemberCode;

use crate::error::Error;
use crate::people::FirmId;
use crate::{Cx, Tx};

/// The account with this id.
///
/// # Errors
/// [`Error::Store`], or no such account in this tenant.
pub async fn get(cx: &Cx, id: AccountId) -> Result<Account, Error> {
    cx.find(store::BY_ID, args![id]).await?.ok_or(Error::Store(::store::Error::NoRow))
}

/// The account with this id as the transaction sees it.
///
/// # Errors
/// [`Error::Store`].
pub async fn get_in(tx: &mut Tx, id: AccountId) -> Result<Option<Account>, Error> {
    tx.find(store::BY_ID, args![id]).await
}

/// The account of a firm, if it has one.
///
/// # Errors
/// [`Error::Store`].
pub async fn of_firm(cx: &Cx, firm: FirmId) -> Result<Option<Account>, Error> {
    cx.find(store::BY_FIRM, args![firm]).await
}

/// The account of a firm as the transaction sees it.
///
/// # Errors
/// [`Error::Store`].
pub async fn of_firm_in(tx: &mut Tx, firm: FirmId) -> Result<Option<Account>, Error> {
    tx.find(store::BY_FIRM, args![firm]).await
}

/// The account with this matricola.
///
/// # Errors
/// [`Error::Store`].
pub async fn by_member_code(cx: &Cx, code: &MemberCode) -> Result<Option<Account>, Error> {
    cx.find(store::BY_MEMBER_CODE, args![code.as_str()]).await
}

/// Makes an account full, and makes an address its contact.
///
/// # Errors
/// [`Error::Store`].
pub async fn make_full(tx: &mut Tx, id: AccountId, email: &italia::EmailAddress) -> Result<(), Error> {
    tx.execute(store::MAKE_FULL, args![id, email.as_str()]).await?;
    Ok(())
}

/// Changes the contact address of an account.
///
/// # Errors
/// [`Error::Store`].
pub async fn set_email(tx: &mut Tx, id: AccountId, email: &italia::EmailAddress, kind: MailKind) -> Result<(), Error> {
    tx.execute(store::SET_EMAIL, args![id, email.as_str(), kind.key()]).await?;
    Ok(())
}

/// Changes the phone number of an account.
///
/// # Errors
/// [`Error::Store`].
pub async fn set_phone(tx: &mut Tx, id: AccountId, phone: &italia::PhoneNumber) -> Result<(), Error> {
    tx.execute(store::SET_PHONE, args![id, phone.as_str()]).await?;
    Ok(())
}

/// Records that the account's address refuses ordinary mail (requirement A-47), or that it takes it after all.
///
/// # Errors
/// [`Error::Store`].
pub async fn set_refuses_ordinary(tx: &mut Tx, email: &str, refuses: bool) -> Result<(), Error> {
    tx.execute(store::SET_REFUSES, args![email, refuses]).await?;
    Ok(())
}
