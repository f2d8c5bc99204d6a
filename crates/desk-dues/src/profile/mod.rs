//! What a firm changes about itself: the address that messages go to, and the phone number (requirement A-22).
//!
//! A new address is confirmed by a code sent to it before it replaces the old one, and the old one is told. Both need
//! the PIN: a borrowed session is not enough.

pub mod store;

use ::store::args;
use italia::{EmailAddress, PhoneNumber};
use jiff::SignedDuration;
use sportello_core::access::Operation;
use sportello_core::accounts::policy::Lock;
use sportello_core::accounts::tries::{self, Verdict};
use sportello_core::accounts::{self, Account, ChangeError, MailKind};
use sportello_core::notices::{self, Channel, NewNotice};
use sportello_core::people;
use sportello_core::{Cx, Error, Secret, row};

use crate::registration::{self, To};

/// A code lives so long.
const CODE_LIFE: SignedDuration = SignedDuration::from_mins(30);
/// Wrong codes that are allowed.
const CODE_TRIES: i64 = 5;

/// Why a contact was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ContactError {
    /// The PIN is wrong, or its tries are used up.
    #[error("the PIN is refused")]
    Pin(#[from] ChangeError),
    /// The address is the one that the account has.
    #[error("the address is the present one")]
    Same,
    /// The code is wrong; so many tries are left.
    #[error("the code is wrong")]
    WrongCode {
        /// Tries left.
        left: i64,
    },
    /// No code waits, it is too old, or its tries are used up.
    #[error("no code is good any more")]
    NoCode,
    /// Anything else.
    #[error("the contact cannot be changed")]
    Ground(#[from] Error),
}

row! {
    /// A change of address that waits for its code.
    #[derive(Clone)]
    pub struct Pending {
        /// The new address.
        pub email: String,
        /// What kind of mailbox it is.
        pub email_kind: String,
        code: Vec<u8>,
        /// Until when the code is good, in milliseconds since 1970.
        pub expires_at: i64,
    }
}

/// The change of address that waits, if there is one.
///
/// # Errors
/// [`Error::Store`].
pub async fn pending(cx: &Cx, account: &Account) -> Result<Option<Pending>, Error> {
    cx.find(store::PENDING, args![account.id, cx.now_ms()]).await
}

fn code_key(account: &Account) -> String {
    tries::key("contact", &account.id.to_string())
}

/// Sends a code to a new address.
///
/// # Errors
/// [`ContactError`].
pub async fn change_email(
    cx: &Cx,
    account: &Account,
    pin: &Secret,
    email: &EmailAddress,
    kind: MailKind,
) -> Result<(), ContactError> {
    if EmailAddress::parse(&account.email).is_ok_and(|e| e == *email) {
        return Err(ContactError::Same);
    }
    accounts::check_pin(cx, account, pin).await?;
    let code = cx.chance().digits(8);
    let until = cx.now().checked_add(CODE_LIFE).unwrap_or(jiff::Timestamp::MAX).as_millisecond();
    let mut tx = cx.begin(Operation::ChangeContact).await?;
    tx.about(account.firm_id).note("contact", "asked");
    tx.execute(store::ASK, args![account.id, email.as_str(), kind.key(), code_digest(cx, account, &code)?, until])
        .await?;
    let new = NewNotice {
        key: &format!("contact-code-{}-{}", account.id, cx.id()),
        kind: "contact-code",
        channel: channel(kind),
        to: email,
        subject: cx.t("notice-contact-code-subject"),
        text: cx.tr(
            "notice-contact-code-text",
            &[("code", code.as_str().into()), ("owner", cx.tenant.owner.get(cx.language).into())],
        ),
        secret: true,
        firm: Some(account.firm_id),
        case: None,
        attachment: None,
    };
    notices::compose(cx, &mut tx, new).await?;
    tx.commit().await?;
    Ok(())
}

fn channel(kind: MailKind) -> Channel {
    crate::registration::channel(kind)
}

fn code_digest(cx: &Cx, account: &Account, code: &str) -> Result<Vec<u8>, Error> {
    Ok(cx.app.vault().keyed_digest("contact-code", &format!("{} {code}", account.id))?)
}

/// Makes the new address the account's, when the code is right; the old address is told.
///
/// # Errors
/// [`ContactError`].
pub async fn confirm_email(cx: &Cx, account: &Account, code: &str) -> Result<(), ContactError> {
    let pending = pending(cx, account).await?.ok_or(ContactError::NoCode)?;
    let Verdict::Allowed { left } = tries::count(cx, &code_key(account), CODE_TRIES, Lock::Delay).await? else {
        return Err(ContactError::NoCode);
    };
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    if code_digest(cx, account, &digits)? != pending.code {
        return Err(ContactError::WrongCode { left });
    }
    let email = EmailAddress::parse(&pending.email).map_err(|_| ContactError::NoCode)?;
    let old = EmailAddress::parse(&account.email).ok();
    let mut tx = cx.begin(Operation::ChangeContact).await?;
    tx.about(account.firm_id).note("contact", "changed");
    if tx.execute(store::DONE, args![account.id, pending.code.clone()]).await? == 0 {
        return Err(ContactError::NoCode);
    }
    accounts::set_email(&mut tx, account.id, &email, MailKind::from_key(&pending.email_kind)).await?;
    tries::forget(&mut tx, &code_key(account)).await?;
    let firm = people::get(cx, account.firm_id).await?;
    let to = To { email: &email, kind: MailKind::from_key(&pending.email_kind), firm: &firm, case: None };
    registration::probe(cx, &mut tx, &to).await?;
    if let Some(old) = old {
        let new = NewNotice {
            key: &format!("contact-changed-{}-{}", account.id, cx.id()),
            kind: "contact-changed",
            channel: channel(account.email_kind()),
            to: &old,
            subject: cx.t("notice-contact-changed-subject"),
            text: cx.tr(
                "notice-contact-changed-text",
                &[
                    ("masked", email.masked().into()),
                    ("owner", cx.tenant.owner.get(cx.language).into()),
                    ("phone", cx.tenant.help.phone.as_str().into()),
                ],
            ),
            secret: false,
            firm: Some(account.firm_id),
            case: None,
            attachment: None,
        };
        notices::compose(cx, &mut tx, new).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Changes the phone number.
///
/// # Errors
/// [`ContactError`].
pub async fn change_phone(cx: &Cx, account: &Account, pin: &Secret, phone: &PhoneNumber) -> Result<(), ContactError> {
    accounts::check_pin(cx, account, pin).await?;
    let mut tx = cx.begin(Operation::ChangeContact).await?;
    tx.about(account.firm_id).note("contact", "phone");
    accounts::set_phone(&mut tx, account.id, phone).await?;
    tx.commit().await?;
    Ok(())
}
