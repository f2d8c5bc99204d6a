//! The messages of a registration.

use italia::EmailAddress;
use sportello_core::accounts::{self, Account, AccountId, Credentials, LinkPurpose, MailKind};
use sportello_core::clock::instant;
use sportello_core::notices::{self, Channel, NewNotice};
use sportello_core::people::Firm;
use sportello_core::{Cx, Error, Tx, format};

use super::model::RegistrationId;

/// To whom a message goes.
#[derive(Debug)]
pub struct To<'a> {
    /// The address.
    pub email: &'a EmailAddress,
    /// What kind of mailbox it is: certified mail goes to certified boxes.
    pub kind: MailKind,
    /// The firm that it is about.
    pub firm: &'a Firm,
    /// The registration that it belongs to.
    pub case: Option<i64>,
}

/// How messages leave for a kind of mailbox.
pub fn channel(kind: MailKind) -> Channel {
    match kind {
        MailKind::Pec => Channel::Pec,
        MailKind::Ordinary => Channel::Mail,
    }
}

/// Asks a certified mailbox that becomes a firm's contact whether it takes ordinary mail, by which receipts come
/// (requirement A-47). Whoever refuses is warned at the next sign-in, before a receipt is lost.
///
/// # Errors
/// [`Error`].
pub async fn probe(cx: &Cx, tx: &mut Tx, to: &To<'_>) -> Result<(), Error> {
    if to.kind != MailKind::Pec {
        return Ok(());
    }
    let new = NewNotice {
        // Each time that an address becomes the contact: what it refused earlier is forgotten then.
        key: &format!("probe-{}-{}", to.firm.id, cx.id()),
        kind: "probe",
        channel: Channel::Mail,
        to: to.email,
        subject: cx.tr("notice-probe-subject", &[("portal", cx.tenant.name.get(cx.language).into())]),
        text: cx.tr("notice-probe-text", &[("owner", cx.tenant.owner.get(cx.language).into())]),
        secret: false,
        firm: Some(to.firm.id),
        case: None,
        attachment: None,
    };
    notices::compose(cx, tx, new).await?;
    Ok(())
}

/// Sends new credentials (requirements ). `kind` chooses the text: `credentials`,
/// `credentials-provisional`, `credentials-reset`.
///
/// # Errors
/// [`Error`].
pub async fn send_credentials(
    cx: &Cx,
    tx: &mut Tx,
    to: &To<'_>,
    account: AccountId,
    member_code: &str,
    credentials: &Credentials,
    kind: &'static str,
) -> Result<(), Error> {
    let text = credentials_text(cx, tx, to, account, member_code, credentials, kind).await?;
    let new = NewNotice {
        key: &format!("{kind}-{account}-{}", cx.id()),
        kind,
        channel: channel(to.kind),
        to: to.email,
        subject: cx.tr(&format!("notice-{kind}-subject"), &[("portal", cx.tenant.name.get(cx.language).into())]),
        text,
        secret: true,
        firm: Some(to.firm.id),
        case: to.case,
        attachment: None,
    };
    notices::compose(cx, tx, new).await?;
    Ok(())
}

/// The text with the credentials: a temporary password, or a link good once, as the policy says.
///
/// # Errors
/// [`Error`].
async fn credentials_text(
    cx: &Cx,
    tx: &mut Tx,
    to: &To<'_>,
    account: AccountId,
    member_code: &str,
    credentials: &Credentials,
    kind: &str,
) -> Result<String, Error> {
    let base = cx.app.tenant_url(&cx.tenant);
    let until = format::date_time(cx.language, instant(credentials.until));
    let secret = match &credentials.password {
        Some(password) => cx.tr(
            "notice-secret-password",
            &[("password", password.expose().into()), ("url", format!("{base}/accesso").into())],
        ),
        None => {
            let token = accounts::make_link(cx, tx, account, LinkPurpose::First).await?;
            cx.tr("notice-secret-link", &[("url", format!("{base}/password/nuova/{}", token.expose()).into())])
        }
    };
    Ok(cx.tr(
        &format!("notice-{kind}-text"),
        &[
            ("firm", to.firm.name.as_str().into()),
            ("number", to.firm.albo_number.as_str().into()),
            ("code", member_code.into()),
            ("pin", credentials.pin.expose().into()),
            ("secret", secret.into()),
            ("until", until.into()),
            ("owner", cx.tenant.owner.get(cx.language).into()),
            ("phone", cx.tenant.help.phone.as_str().into()),
        ],
    ))
}

async fn plain(
    cx: &Cx,
    tx: &mut Tx,
    to: &To<'_>,
    kind: &'static str,
    id: RegistrationId,
    extra: &str,
) -> Result<(), Error> {
    let base = cx.app.tenant_url(&cx.tenant);
    let vars = [
        ("firm", to.firm.name.as_str().into()),
        ("portal", cx.tenant.name.get(cx.language).into()),
        ("url", format!("{base}/accesso").into()),
        ("register_url", format!("{base}/registrazione").into()),
        ("extra", extra.into()),
        ("owner", cx.tenant.owner.get(cx.language).into()),
        ("phone", cx.tenant.help.phone.as_str().into()),
    ];
    let new = NewNotice {
        key: &format!("{kind}-{id}"),
        kind,
        channel: channel(to.kind),
        to: to.email,
        subject: cx.tr(&format!("notice-{kind}-subject"), &vars[1..2]),
        text: cx.tr(&format!("notice-{kind}-text"), &vars),
        secret: false,
        firm: Some(to.firm.id),
        case: to.case,
        attachment: None,
    };
    notices::compose(cx, tx, new).await?;
    Ok(())
}

/// The profile is full now; the credentials stay as they are.
pub(super) async fn now_full(cx: &Cx, tx: &mut Tx, to: &To<'_>, id: RegistrationId) -> Result<(), Error> {
    plain(cx, tx, to, "now-full", id, "").await
}

/// Somebody registers a firm that has an account: the registered address is told, with the matricola.
pub(super) async fn already_registered(
    cx: &Cx,
    tx: &mut Tx,
    firm: &Firm,
    account: &Account,
    id: RegistrationId,
) -> Result<(), Error> {
    let Ok(email) = EmailAddress::parse(&account.email) else { return Ok(()) };
    let to = To { email: &email, kind: account.email_kind(), firm, case: Some(id.0) };
    plain(cx, tx, &to, "already-registered", id, &account.member_code).await
}

/// The account now belongs to the verified address: the address that it had is told.
pub(super) async fn taken_over(
    cx: &Cx,
    tx: &mut Tx,
    firm: &Firm,
    account: &Account,
    id: RegistrationId,
) -> Result<(), Error> {
    let Ok(email) = EmailAddress::parse(&account.email) else { return Ok(()) };
    let to = To { email: &email, kind: account.email_kind(), firm, case: None };
    plain(cx, tx, &to, "taken-over", id, "").await
}

/// The register has no address for the firm, or another one.
pub(super) async fn mismatch(
    cx: &Cx,
    tx: &mut Tx,
    to: &To<'_>,
    id: RegistrationId,
    masked: Option<&str>,
) -> Result<(), Error> {
    match masked {
        Some(masked) => plain(cx, tx, to, "another-address", id, masked).await,
        None => plain(cx, tx, to, "no-entry", id, "").await,
    }
}
