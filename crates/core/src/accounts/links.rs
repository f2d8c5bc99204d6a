//! One-time links: to choose a first password, or a new one when the policy lets people help themselves.

use ::store::args;
use jiff::SignedDuration;

use super::passwords::{ChangeError, choose, store_password};
use super::policy::Lock;
use super::tries::Verdict;
use super::{Account, AccountId, store, tries};
use crate::access::Operation;
use crate::error::Error;
use crate::secret::Secret;
use crate::vault::digest;
use crate::{Cx, Tx, row};

/// Links that may be asked for before the next one has to wait, until one is used.
const LINKS: i64 = 3;

fn links_key(account: AccountId) -> String {
    tries::key("links", &account.to_string())
}

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPurpose {
    /// To choose the first password.
    First,
    /// To choose a new password after a reset.
    Reset,
}

/// A link that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// Unknown, used, replaced by a newer one, or too old.
    #[error("the link is not good any more")]
    Gone,
    /// The new password is refused.
    #[error("the new password is refused")]
    Change(#[from] ChangeError),
    /// Anything else.
    #[error("the link cannot be used")]
    Ground(#[from] Error),
}

row! {
    struct Link { account_id: AccountId }
}

/// Makes a link for an account; older ones stop being good. Returns its token.
///
/// # Errors
/// [`Error::Store`].
pub async fn make_link(cx: &Cx, tx: &mut Tx, account: AccountId, purpose: LinkPurpose) -> Result<Secret, Error> {
    let hours = match purpose {
        LinkPurpose::First => cx.tenant.accounts.initial_hours,
        LinkPurpose::Reset => 2,
    };
    let until = cx.now().checked_add(SignedDuration::from_hours(hours)).unwrap_or(jiff::Timestamp::MAX);
    let token = cx.chance().token();
    tx.execute(store::END_LINKS, args![account]).await?;
    tx.execute(store::MAKE_LINK, args![digest(&token), account, until.as_millisecond()]).await?;
    Ok(Secret::new(token))
}

/// The account of a link that is still good.
///
/// # Errors
/// [`LinkError::Gone`] or [`LinkError::Ground`].
pub async fn check_link(cx: &Cx, token: &str) -> Result<Account, LinkError> {
    let link: Option<Link> = cx.find(store::LINK, args![digest(token), cx.now_ms()]).await?;
    Ok(super::get(cx, link.ok_or(LinkError::Gone)?.account_id).await?)
}

/// Uses a link: sets the password, forgets wrong tries, ends all sessions.
///
/// # Errors
/// [`LinkError`].
pub async fn use_link(cx: &Cx, token: &str, new: &Secret, again: &Secret) -> Result<Account, LinkError> {
    let account = check_link(cx, token).await?;
    let firm = crate::people::get(cx, account.firm_id).await?;
    choose(cx, &account, new, again, &[&firm.name, &account.member_code, &account.email]).await?;
    let hash = cx.app.hashing().hash(new, cx.chance()).await.map_err(ChangeError::from)?;
    let mut tx = cx.begin(Operation::ChangePassword).await?;
    tx.about(account.firm_id).note("by", "link");
    // Deleting the row is what uses the link: of two that come at the same time, one finds nothing.
    if tx.execute(store::USE_LINK, args![digest(token)]).await? == 0 {
        return Err(LinkError::Gone);
    }
    store_password(cx, &mut tx, &account, &hash).await?;
    tries::forget(&mut tx, &tries::sign_in_key(&account.member_code)).await?;
    tries::forget(&mut tx, &links_key(account.id)).await?;
    super::close_sessions(&mut tx, account.id).await?;
    tx.commit().await?;
    Ok(account)
}

/// Somebody asks for a link to a matricola's registered address, when the policy allows that. Whether the matricola
/// exists is not said: the answer is the same, and the message goes to the registered address only.
///
/// # Errors
/// [`Error::Store`].
pub async fn ask_link(cx: &Cx, member_code: &str) -> Result<Option<(Account, Secret)>, Error> {
    let Ok(code) = italia::MemberCode::parse(member_code) else { return Ok(None) };
    let Some(account) = super::by_member_code(cx, &code).await? else { return Ok(None) };
    // Nobody's mailbox is filled by strangers who know a matricola.
    if tries::count(cx, &links_key(account.id), LINKS, Lock::Delay).await? == Verdict::UsedUp {
        return Ok(None);
    }
    let cx = cx.as_system("reset-link");
    let mut tx = cx.begin(Operation::AskReset).await?;
    tx.about(account.firm_id);
    let token = make_link(&cx, &mut tx, account.id, LinkPurpose::Reset).await?;
    tx.commit().await?;
    Ok(Some((account, token)))
}
