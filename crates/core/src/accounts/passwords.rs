//! Changing a password, and checking a PIN.

use ::store::args;

use super::hashing::HashError;
use super::policy::{Lock, Unmet};
use super::tries::{self, Verdict};
use super::{Account, AccountId, store};
use crate::access::Operation;
use crate::error::Error;
use crate::secret::Secret;
use crate::{Cx, row};

/// Wrong PINs that are allowed.
const PIN_TRIES: i64 = 5;

/// Why a password was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The present password is wrong.
    #[error("the present password is wrong")]
    WrongPassword,
    /// The PIN is wrong; so many tries are left.
    #[error("the PIN is wrong")]
    WrongPin {
        /// Tries left.
        left: i64,
    },
    /// Too many wrong tries: an operator must restore the account.
    #[error("suspended")]
    Suspended,
    /// The new password does not meet these rules.
    #[error("the new password does not meet the policy")]
    Unmet(Vec<Unmet>),
    /// The two new passwords differ.
    #[error("the two new passwords differ")]
    Differ,
    /// The new password was used before.
    #[error("the new password was used before")]
    UsedBefore,
    /// Too many people sign in at this moment.
    #[error("too many sign-ins wait")]
    Busy,
    /// Anything else.
    #[error("the password cannot be changed")]
    Ground(#[from] Error),
}

impl From<HashError> for ChangeError {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy => Self::Busy,
            HashError::Stopped => Self::Ground(Error::Stopped("hashing")),
        }
    }
}

row! {
    struct Past { password_hash: String }
}

/// What somebody types to change a password.
#[derive(Debug)]
pub struct Change<'a> {
    /// The present password.
    pub present: Secret,
    /// The PIN, asked when the present password is a temporary one.
    pub pin: Option<Secret>,
    /// The new password.
    pub new: Secret,
    /// The new password again.
    pub again: Secret,
    /// The token of the session that goes on; all others end.
    pub session: &'a str,
}

/// Changes a password (requirements A-24..32).
///
/// # Errors
/// [`ChangeError`].
pub async fn change_password(cx: &Cx, account: &Account, change: Change<'_>) -> Result<(), ChangeError> {
    let policy = &cx.tenant.accounts;
    let key = tries::sign_in_key(&account.member_code);
    if tries::count(cx, &key, policy.max_failures, policy.lock).await? == Verdict::UsedUp {
        return Err(ChangeError::Suspended);
    }
    if !cx.app.hashing().verify(&change.present, Some(&account.password_hash)).await? {
        return Err(ChangeError::WrongPassword);
    }
    if account.must_change && account.temporary_until.is_some() {
        check_pin(cx, account, change.pin.as_ref().unwrap_or(&Secret::default())).await?;
    }
    let firm = crate::people::get(cx, account.firm_id).await?;
    choose(cx, account, &change.new, &change.again, &[&firm.name, &account.member_code, &account.email]).await?;
    let hash = cx.app.hashing().hash(&change.new, cx.chance()).await?;
    let mut tx = cx.begin(Operation::ChangePassword).await?;
    tx.about(account.firm_id);
    store_password(cx, &mut tx, account, &hash).await?;
    tries::forget(&mut tx, &key).await?;
    tx.execute(store::END_OTHERS, args![account.id, crate::vault::digest(change.session)]).await?;
    tx.commit().await?;
    Ok(())
}

/// Checks a new password against the policy and the account's history.
pub(super) async fn choose(
    cx: &Cx,
    account: &Account,
    new: &Secret,
    again: &Secret,
    context: &[&str],
) -> Result<(), ChangeError> {
    let policy = &cx.tenant.accounts;
    let unmet = policy.unmet(new, context);
    if !unmet.is_empty() {
        return Err(ChangeError::Unmet(unmet));
    }
    if new != again {
        return Err(ChangeError::Differ);
    }
    let mut past = vec![account.password_hash.clone()];
    let older = cx.list::<Past>(store::PAST_PASSWORDS, args![account.id, policy.history]).await?;
    past.extend(older.into_iter().map(|p| p.password_hash));
    for hash in past.iter().take(usize::try_from(policy.history.max(1)).unwrap_or(1)) {
        if cx.app.hashing().verify(new, Some(hash)).await? {
            return Err(ChangeError::UsedBefore);
        }
    }
    Ok(())
}

pub(super) async fn store_password(cx: &Cx, tx: &mut crate::Tx, account: &Account, hash: &str) -> Result<(), Error> {
    tx.execute(store::REMEMBER_PASSWORD, args![cx.id(), account.id, &account.password_hash, cx.now_ms()]).await?;
    tx.execute(store::SET_PASSWORD, args![account.id, hash]).await?;
    tx.execute(store::END_LINKS, args![account.id]).await?;
    Ok(())
}

/// Checks an account's PIN; tries are counted.
///
/// # Errors
/// [`ChangeError::WrongPin`], [`ChangeError::Suspended`], or what lies beneath.
pub async fn check_pin(cx: &Cx, account: &Account, pin: &Secret) -> Result<(), ChangeError> {
    let key = tries::pin_key(account.id);
    let Verdict::Allowed { left } = tries::count(cx, &key, PIN_TRIES, Lock::UntilOperator).await? else {
        return Err(ChangeError::Suspended);
    };
    let digits: String = pin.expose().chars().filter(char::is_ascii_digit).collect();
    if !cx.app.hashing().verify(&Secret::new(digits), Some(&account.pin_hash)).await? {
        return Err(if left == 0 { ChangeError::Suspended } else { ChangeError::WrongPin { left } });
    }
    forget_pin_tries(cx, account.id).await?;
    Ok(())
}

async fn forget_pin_tries(cx: &Cx, id: AccountId) -> Result<(), Error> {
    let mut tx = cx.begin(Operation::ChangePassword).await?;
    tries::forget(&mut tx, &tries::pin_key(id)).await?;
    tx.commit_unaudited().await
}
