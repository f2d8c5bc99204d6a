//! Counted tries: of passwords, PINs and codes.

use ::store::args;
use jiff::SignedDuration;

use super::policy::Lock;
use super::{AccountId, store};
use crate::access::Operation;
use crate::error::Error;
use crate::vault::digest;
use crate::{Cx, Tx};

/// What counting a try says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may be compared; so many are left after it.
    Allowed {
        /// Tries left if this one is wrong.
        left: i64,
    },
    /// The allowed tries are used up: nothing may be compared.
    UsedUp,
}

/// Under the [`Lock::Delay`] policy, one more try is allowed after this pause.
pub const DELAY: SignedDuration = SignedDuration::from_mins(15);

/// The counter of a name that somebody tries to sign in with, whether it exists or not.
pub fn sign_in_key(name: &str) -> String {
    key("sign-in", &name.to_uppercase())
}

/// The counter of an account's PIN.
pub fn pin_key(id: AccountId) -> String {
    key("pin", &id.to_string())
}

/// The counter of something else that can be guessed.
pub fn key(what: &str, name: &str) -> String {
    // A digest, so that what people mistype (often a password) is not kept readable.
    let hex: String = digest(name).iter().take(16).map(|b| format!("{b:02x}")).collect();
    format!("{what}:{hex}")
}

/// Counts a try before it is compared.
///
/// # Errors
/// [`Error::Store`].
pub async fn count(cx: &Cx, key: &str, max: i64, lock: Lock) -> Result<Verdict, Error> {
    let again = match lock {
        Lock::UntilOperator => i64::MIN,
        Lock::Delay => cx.now().checked_sub(DELAY).unwrap_or(jiff::Timestamp::MIN).as_millisecond(),
    };
    let mut tx = cx.begin(Operation::SignIn).await?;
    let counted = tx.list::<Counted>(store::COUNT_TRY, args![key, cx.now_ms(), max, again]).await?;
    tx.commit_unaudited().await?;
    Ok(counted.first().map_or(Verdict::UsedUp, |c| Verdict::Allowed { left: (max - c.n).max(0) }))
}

/// Whether the allowed tries of a name are used up, without counting one.
///
/// # Errors
/// [`Error::Store`].
pub async fn used_up(cx: &Cx, key: &str, max: i64) -> Result<bool, Error> {
    Ok(cx.count(store::TRIES, args![key]).await? >= max)
}

crate::row! {
    struct Counted { n: i64 }
}

/// Forgets the wrong tries of a name.
///
/// # Errors
/// [`Error::Store`].
pub async fn forget(tx: &mut Tx, key: &str) -> Result<(), Error> {
    tx.execute(store::FORGET_TRIES, args![key]).await?;
    Ok(())
}
