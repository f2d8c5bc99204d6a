//! Invitations: how the first key reaches an organisation.

use ::store::args;
use italia::EmailAddress;
use jiff::SignedDuration;

use super::keys::{KeyError, issue_in};
use super::model::{Committente, CommittenteId, Issued};
use super::store;
use crate::access::Operation;
use crate::error::Error;
use crate::notices::{self, Channel, NewNotice};
use crate::secret::Secret;
use crate::vault::digest;
use crate::{Cx, row};

/// An invitation is good so long.
const LIFE: SignedDuration = SignedDuration::from_hours(24 * 7);
/// The first key lives so many days.
const KEY_DAYS: i64 = 365;

/// An invitation that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum InvitationError {
    /// Unknown, used, replaced by a newer one, or too old; or its committente is suspended.
    #[error("the invitation is not good any more")]
    Gone,
    /// The key cannot be made.
    #[error("the invitation cannot be used")]
    Key(#[from] KeyError),
    /// Anything else.
    #[error("the invitation cannot be used")]
    Ground(#[from] Error),
}

row! {
    struct Invited { committente_id: CommittenteId }
}

/// Sends the contact address a link with which a key can be taken; older links stop being good. Returns the address of
/// the link, for an administrator who hands it over in another way.
///
/// # Errors
/// [`Error`]; no such committente counts as [`::store::Error::NoRow`].
pub async fn invite(cx: &Cx, id: CommittenteId) -> Result<Secret, Error> {
    let committente = super::get(cx, id).await?.ok_or(Error::Store(::store::Error::NoRow))?;
    let token = cx.chance().token();
    let until = cx.now().checked_add(LIFE).unwrap_or(jiff::Timestamp::MAX).as_millisecond();
    let url = format!("{}/committenti/invito/{token}", cx.app.tenant_url(&cx.tenant));
    let mut tx = cx.begin(Operation::ManageCommittenti).await?;
    tx.note("committente", id.0).note("invited", true);
    tx.execute(store::END_INVITATIONS, args![id]).await?;
    tx.execute(store::INVITE, args![digest(&token), id, until]).await?;
    if let Ok(to) = EmailAddress::parse(&committente.email) {
        notices::compose(cx, &mut tx, letter(cx, &committente, &to, &url, &format!("invitation-{}", cx.id()))).await?;
    }
    tx.commit().await?;
    Ok(Secret::new(url))
}

fn letter<'a>(cx: &Cx, to: &Committente, email: &'a EmailAddress, url: &str, key: &'a str) -> NewNotice<'a> {
    let texts = cx.tenant.texts(cx.tenant.language);
    let portal = cx.tenant.name.get(cx.tenant.language);
    let owner = cx.tenant.owner.get(cx.tenant.language);
    let arguments =
        [("portal", portal.into()), ("name", to.name.as_str().into()), ("url", url.into()), ("owner", owner.into())];
    NewNotice {
        key,
        kind: "committente-invitation",
        channel: Channel::Mail,
        to: email,
        subject: texts.text_with("notice-committente-invitation-subject", &arguments),
        text: texts.text_with("notice-committente-invitation-text", &arguments),
        secret: true,
        firm: None,
        case: None,
        attachment: None,
    }
}

/// Whom an invitation is for, while it is good. Looking uses nothing up.
///
/// # Errors
/// [`InvitationError::Gone`] or [`InvitationError::Ground`].
pub async fn check(cx: &Cx, token: &str) -> Result<Committente, InvitationError> {
    let invited: Option<Invited> = cx.find(store::INVITATION, args![digest(token), cx.now_ms()]).await?;
    let id = invited.ok_or(InvitationError::Gone)?.committente_id;
    let committente = super::get(cx, id).await?.filter(|c| c.suspended_at.is_none());
    committente.ok_or(InvitationError::Gone)
}

/// Uses an invitation: makes a key, shown this once.
///
/// # Errors
/// [`InvitationError`].
pub async fn accept(cx: &Cx, token: &str, label: &str) -> Result<Issued, InvitationError> {
    let committente = check(cx, token).await?;
    // Whoever has the link acts for nobody who is signed in, whoever that may be.
    let cx = cx.acting_as(crate::access::Actor::Anonymous);
    let mut tx = cx.begin(Operation::AcceptInvitation).await?;
    // Deleting the row is what uses the invitation: of two that come at the same time, one finds nothing.
    if tx.execute(store::USE_INVITATION, args![digest(token)]).await? == 0 {
        return Err(InvitationError::Gone);
    }
    let issued = issue_in(&cx, &mut tx, committente.id, label, KEY_DAYS).await?;
    tx.commit().await?;
    Ok(issued)
}
