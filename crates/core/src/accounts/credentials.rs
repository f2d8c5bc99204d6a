use ::store::args;
use italia::{EmailAddress, MemberCode, PhoneNumber};
use jiff::SignedDuration;

use super::hashing::HashError;
use super::policy::Initial;
use super::{AccountId, Level, MailKind, store};
use crate::error::Error;
use crate::people::FirmId;
use crate::secret::Secret;
use crate::{Cx, Tx, counters};

/// What a firm is sent to sign in with: shown once, stored as hashes.
#[derive(Debug)]
pub struct Credentials {
    /// The PIN: six digits, asked at the first sign-in and for delicate changes.
    pub pin: Secret,
    /// The temporary password, when the policy sends one.
    pub password: Option<Secret>,
    pin_hash: String,
    password_hash: String,
    /// When they stop being good, in milliseconds since 1970.
    pub until: i64,
}

/// An account to be opened.
#[derive(Debug)]
pub struct NewAccount<'a> {
    /// For which firm.
    pub firm: FirmId,
    /// What has been proved.
    pub level: Level,
    /// The contact address.
    pub email: &'a EmailAddress,
    /// What kind of mailbox it is.
    pub email_kind: MailKind,
    /// The phone number.
    pub phone: &'a PhoneNumber,
}

/// Letters and digits that are not mistaken for each other on paper.
const READABLE: &[u8] = b"abcdefghijkmnpqrstuvwxyz23456789";

impl Credentials {
    /// Makes new credentials. Computes hashes, so it must run before the transaction begins.
    ///
    /// # Errors
    /// [`HashError`] when too many sign-ins wait.
    pub async fn generate(cx: &Cx) -> Result<Self, HashError> {
        let policy = &cx.tenant.accounts;
        let pin = Secret::new(cx.chance().digits(6));
        // Meets the guide's composition rules by construction.
        let group = |n: usize| cx.chance().characters(n, READABLE);
        let password = Secret::new(format!(
            "{}-{}-{}{}",
            group(4),
            group(4),
            cx.chance().characters(3, b"ABCDEFGHJKLMNPQRSTUVWXYZ"),
            cx.chance().digits(2)
        ));
        let pin_hash = cx.app.hashing().hash(&pin, cx.chance()).await?;
        let password_hash = cx.app.hashing().hash(&password, cx.chance()).await?;
        let life = SignedDuration::from_hours(policy.initial_hours);
        let until = cx.now().checked_add(life).unwrap_or(jiff::Timestamp::MAX).as_millisecond();
        let password = (policy.initial == Initial::Password).then_some(password);
        Ok(Self { pin, password, pin_hash, password_hash, until })
    }
}

/// Opens an account with a new matricola.
///
/// # Errors
/// [`Error::Store`]; a uniqueness error when the firm has an account.
pub async fn open(
    cx: &Cx,
    tx: &mut Tx,
    new: &NewAccount<'_>,
    credentials: &Credentials,
) -> Result<(AccountId, MemberCode), Error> {
    let serial = counters::next(tx, "member-code").await?;
    let code = u32::try_from(serial)
        .ok()
        .and_then(|n| MemberCode::from_serial(n).ok())
        .ok_or(Error::Stopped("the matricola counter"))?;
    let id = AccountId(cx.id());
    tx.execute(
        store::OPEN,
        args![
            id,
            new.firm,
            code.as_str(),
            new.level.key(),
            new.email.as_str(),
            new.email_kind.key(),
            new.phone.as_str(),
            &credentials.password_hash,
            credentials.until,
            &credentials.pin_hash,
            cx.now_ms(),
            cx.language.tag(),
        ],
    )
    .await?;
    Ok((id, code))
}

/// Replaces an account's credentials, ends its sessions and links, unlinks identities, and forgets its wrong tries.
///
/// # Errors
/// [`Error::Store`].
pub async fn issue(tx: &mut Tx, id: AccountId, member_code: &str, credentials: &Credentials) -> Result<(), Error> {
    tx.execute(store::ISSUE, args![id, &credentials.password_hash, credentials.until, &credentials.pin_hash]).await?;
    tx.execute(store::END_LINKS, args![id]).await?;
    // Whoever had linked an identity may have been the one from whom the account is taken.
    crate::identities::unlink_all(tx, id).await?;
    super::tries::forget(tx, &super::tries::sign_in_key(member_code)).await?;
    super::tries::forget(tx, &super::tries::pin_key(id)).await?;
    close_sessions(tx, id).await
}

/// Gives an account that was never verified to the firm that has now proved itself: the verified address becomes the
/// contact, the credentials are new, and whoever was signed in is signed out.
///
/// # Errors
/// [`Error::Store`].
pub async fn take_over(
    tx: &mut Tx,
    account: &super::Account,
    email: &EmailAddress,
    phone: &PhoneNumber,
    credentials: &Credentials,
) -> Result<(), Error> {
    super::make_full(tx, account.id, email).await?;
    super::set_phone(tx, account.id, phone).await?;
    issue(tx, account.id, &account.member_code, credentials).await
}

/// Gives an account that nobody ever entered, because its credentials went to a dead mailbox, another address that
/// proves nothing.
///
/// # Errors
/// [`Error::Store`].
pub async fn start_again(
    tx: &mut Tx,
    account: &super::Account,
    new: &NewAccount<'_>,
    credentials: &Credentials,
) -> Result<(), Error> {
    let args = args![account.id, new.email.as_str(), new.email_kind.key(), new.phone.as_str()];
    tx.execute(store::START_AGAIN, args).await?;
    issue(tx, account.id, &account.member_code, credentials).await
}

/// Ends all sessions of an account.
///
/// # Errors
/// [`Error::Store`].
pub async fn close_sessions(tx: &mut Tx, id: AccountId) -> Result<(), Error> {
    tx.execute(store::END_SESSIONS, args![id]).await?;
    Ok(())
}
