use ::store::args;
use italia::MemberCode;

use super::hashing::HashError;
use super::policy::Lock;
use super::sessions::{self, NewSession};
use super::tries::{self, Verdict};
use super::{Account, AccountId, store};
use crate::access::{Actor, Operation};
use crate::error::Error;
use crate::secret::Secret;
use crate::{Cx, Tx};

/// What somebody types to sign in.
#[derive(Debug)]
pub struct SignIn<'a> {
    /// The matricola, in any spelling.
    pub member_code: &'a str,
    /// The password.
    pub password: Secret,
    /// What the browser calls itself, for the list of one's own sessions.
    pub agent: &'a str,
}

/// A sign-in that succeeded.
#[derive(Debug)]
pub struct SignedIn {
    /// The session's token, for the cookie.
    pub token: Secret,
    /// The account.
    pub account: Account,
}

/// A sign-in that did not succeed. The words for an unknown name and for a wrong password are the same.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Name or password are wrong; so many tries are left.
    #[error("wrong name or password")]
    Wrong {
        /// Tries left.
        left: i64,
    },
    /// The tries are used up, and an operator must restore the account (requirement A-34).
    #[error("suspended")]
    Suspended,
    /// The tries are used up, and the next one is allowed later.
    #[error("delayed")]
    Delayed,
    /// The temporary password was right but is too old.
    #[error("the temporary password has expired")]
    Expired,
    /// Too many people sign in at this moment.
    #[error("too many sign-ins wait")]
    Busy,
    /// Anything else.
    #[error("sign-in failed")]
    Ground(#[from] Error),
}

impl From<HashError> for SignInError {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy => Self::Busy,
            HashError::Stopped => Self::Ground(Error::Stopped("hashing")),
        }
    }
}

/// Signs a firm in.
///
/// # Errors
/// [`SignInError`].
pub async fn sign_in(cx: &Cx, input: SignIn<'_>) -> Result<SignedIn, SignInError> {
    let policy = &cx.tenant.accounts;
    let code = MemberCode::parse(input.member_code).ok();
    let name = code.as_ref().map_or(input.member_code.trim(), |c| c.as_str());
    let key = tries::sign_in_key(name);
    let left = match tries::count(cx, &key, policy.max_failures, policy.lock).await? {
        Verdict::Allowed { left } => left,
        Verdict::UsedUp => return Err(used_up(policy.lock)),
    };
    let account: Option<Account> = match &code {
        Some(code) => cx.find(store::BY_MEMBER_CODE, args![code.as_str()]).await?,
        None => None,
    };
    let hash = account.as_ref().map(|a| a.password_hash.as_str());
    let right = cx.app.hashing().verify(&input.password, hash).await?;
    let Some(account) = account.filter(|_| right) else {
        return Err(if left == 0 { used_up(policy.lock) } else { SignInError::Wrong { left } });
    };
    if account.temporary_until.is_some_and(|until| until < cx.now_ms()) {
        return Err(SignInError::Expired);
    }
    let token = open_session(cx, &account, &key, input.agent).await?;
    Ok(SignedIn { token, account })
}

async fn open_session(cx: &Cx, account: &Account, key: &str, agent: &str) -> Result<Secret, Error> {
    let actor = Actor::Firm {
        account: account.id,
        firm: account.firm_id,
        full: false,
        must_change: account.must_change,
        level: 0,
    };
    let cx = cx.acting_as(actor);
    let mut tx = cx.begin(Operation::SignIn).await?;
    tx.about(account.firm_id);
    tries::forget(&mut tx, key).await?;
    let session = NewSession { account: Some(account.id), agent, ..NewSession::default() };
    let token = sessions::open(&cx, &mut tx, &session).await?;
    tx.execute(store::SIGNED_IN, args![account.id, cx.now_ms(), cx.language.tag()]).await?;
    tx.commit().await?;
    Ok(token)
}

/// Opens the session of somebody whose identity was proved, in the caller's transaction. Wrong tries with a password stay
/// counted: they may have been somebody else's.
///
/// # Errors
/// [`Error::Store`].
pub(crate) async fn open_proved(cx: &Cx, tx: &mut Tx, account: AccountId, agent: &str) -> Result<Secret, Error> {
    let token = sessions::open(cx, tx, &NewSession { account: Some(account), agent, ..NewSession::default() }).await?;
    tx.execute(store::SIGNED_IN, args![account, cx.now_ms(), cx.language.tag()]).await?;
    Ok(token)
}

fn used_up(lock: Lock) -> SignInError {
    match lock {
        Lock::UntilOperator => SignInError::Suspended,
        Lock::Delay => SignInError::Delayed,
    }
}
