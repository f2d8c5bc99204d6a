use ::store::args;
use italia::EmailAddress;
use sportello_core::access::{Actor, Operation};
use sportello_core::accounts::hashing::HashError;
use sportello_core::accounts::{self, Credentials};
use sportello_core::notices::{self, Channel, NewNotice};
use sportello_core::people::{self, FirmId};
use sportello_core::texts::Language;
use sportello_core::{Cx, Error};

use super::store;
use super::{HelpRequest, HelpRequestId};
use crate::registration::{To, channel, send_credentials};

/// Why a password was not reset.
#[derive(Debug, thiserror::Error)]
pub enum ResetError {
    /// A reason is missing.
    #[error("a reason is missing")]
    NoReason,
    /// The firm has no account.
    #[error("the firm has no account")]
    NoAccount,
    /// Somebody else has decided already.
    #[error("the request has been decided already")]
    Decided,
    /// Too many sign-ins wait at this moment.
    #[error("too many sign-ins wait")]
    Busy,
    /// Anything else.
    #[error("the password cannot be reset")]
    Ground(#[from] Error),
}

impl From<HashError> for ResetError {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy => Self::Busy,
            HashError::Stopped => Self::Ground(Error::Stopped("hashing")),
        }
    }
}

/// Issues new credentials to a firm's registered address (requirements ), for a reason, and closes the
/// request that asked for it.
///
/// # Errors
/// [`ResetError`].
pub async fn reset(cx: &Cx, firm: FirmId, reason: &str, request: Option<HelpRequestId>) -> Result<(), ResetError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(ResetError::NoReason);
    }
    cx.require(Operation::ResetPassword)?;
    let firm = people::get(cx, firm).await?;
    let account = accounts::of_firm(cx, firm.id).await?.ok_or(ResetError::NoAccount)?;
    let email = EmailAddress::parse(&account.email).map_err(|_| ResetError::NoAccount)?;
    let credentials = Credentials::generate(cx).await?;
    let mut tx = cx.begin(Operation::ResetPassword).await?;
    tx.about(firm.id).note("reason", reason);
    if let Some(request) = request {
        tx.note("request", request.0);
        if tx.execute(store::DECIDE, args![request, "done", reason, operator(cx), cx.now_ms()]).await? == 0 {
            return Err(ResetError::Decided);
        }
    }
    accounts::issue(&mut tx, account.id, &account.member_code, &credentials).await?;
    let to = To { email: &email, kind: account.email_kind(), firm: &firm, case: None };
    // An operator's language is not the firm's.
    let cx = Cx { language: account.language(), ..cx.clone() };
    send_credentials(&cx, &mut tx, &to, account.id, &account.member_code, &credentials, "credentials-reset").await?;
    tx.commit().await?;
    Ok(())
}

fn operator(cx: &Cx) -> Option<i64> {
    match &cx.actor {
        Actor::Operator { id, .. } => Some(id.0),
        _ => None,
    }
}

/// Closes a request without a reset, with a reason that is sent to whoever wrote.
///
/// # Errors
/// [`ResetError`].
pub async fn refuse(cx: &Cx, request: HelpRequestId, answer: &str) -> Result<(), ResetError> {
    let answer = answer.trim();
    if answer.is_empty() {
        return Err(ResetError::NoReason);
    }
    let found = super::get(cx, request).await?.ok_or(ResetError::Decided)?;
    let mut tx = cx.begin(Operation::ResetPassword).await?;
    tx.note("request", request.0).note("refused", answer);
    if tx.execute(store::DECIDE, args![request, "refused", answer, operator(cx), cx.now_ms()]).await? == 0 {
        return Err(ResetError::Decided);
    }
    if let Some((email, channel)) = answer_to(cx, &found).await? {
        // An operator's language is not the firm's.
        let cx = &Cx { language: language_of(cx, &found).await?, ..cx.clone() };
        let new = NewNotice {
            key: &format!("help-refused-{request}"),
            kind: "help-refused",
            channel,
            to: &email,
            subject: cx.t("notice-help-refused-subject"),
            text: cx.tr(
                "notice-help-refused-text",
                &[
                    ("answer", answer.into()),
                    ("owner", cx.tenant.owner.get(cx.language).into()),
                    ("phone", cx.tenant.help.phone.as_str().into()),
                ],
            ),
            secret: false,
            firm: found.firm_id,
            case: None,
            attachment: None,
        };
        notices::compose(cx, &mut tx, new).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The language of the firm that a request is about; the tenant's when it is about none.
async fn language_of(cx: &Cx, request: &HelpRequest) -> Result<Language, Error> {
    let Some(firm) = request.firm_id else { return Ok(cx.tenant.language) };
    Ok(accounts::of_firm(cx, firm).await?.map_or(cx.tenant.language, |account| account.language()))
}

/// Where an answer goes: to whoever wrote, or, when the form was used, to the address on record.
async fn answer_to(cx: &Cx, request: &HelpRequest) -> Result<Option<(EmailAddress, Channel)>, Error> {
    if let Ok(sender) = EmailAddress::parse(&request.sender) {
        return Ok(Some((sender, Channel::Mail)));
    }
    let Some(firm) = request.firm_id else { return Ok(None) };
    let Some(account) = accounts::of_firm(cx, firm).await? else { return Ok(None) };
    Ok(EmailAddress::parse(&account.email).ok().map(|email| (email, channel(account.email_kind()))))
}

/// The firm's own way: a link, good once, to the registered address — when the policy allows it and the matricola
/// exists. Whoever asks learns neither.
///
/// # Errors
/// [`Error`].
pub async fn self_service(cx: &Cx, member_code: &str) -> Result<(), Error> {
    if !cx.tenant.accounts.self_service {
        return Ok(());
    }
    let Some((account, token)) = accounts::ask_link(cx, member_code).await? else { return Ok(()) };
    let Ok(email) = EmailAddress::parse(&account.email) else { return Ok(()) };
    let firm = people::get(cx, account.firm_id).await?;
    let url = format!("{}/password/nuova/{}", cx.app.tenant_url(&cx.tenant), token.expose());
    let system = cx.as_system("reset-link");
    let mut tx = system.begin(Operation::AskReset).await?;
    tx.about(firm.id).note("self_service", true);
    let new = NewNotice {
        key: &format!("reset-link-{}-{}", account.id, cx.id()),
        kind: "reset-link",
        channel: channel(account.email_kind()),
        to: &email,
        subject: cx.tr("notice-reset-link-subject", &[("portal", cx.tenant.name.get(cx.language).into())]),
        text: cx.tr(
            "notice-reset-link-text",
            &[
                ("firm", firm.name.as_str().into()),
                ("url", url.into()),
                ("owner", cx.tenant.owner.get(cx.language).into()),
                ("phone", cx.tenant.help.phone.as_str().into()),
            ],
        ),
        secret: true,
        firm: Some(firm.id),
        case: None,
        attachment: None,
    };
    notices::compose(cx, &mut tx, new).await?;
    tx.commit_unaudited().await
}
