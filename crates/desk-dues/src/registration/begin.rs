use ::store::args;
use italia::{AlboNumber, EmailAddress, FiscalCode, PhoneNumber};
use jiff::SignedDuration;
use sportello_core::access::Operation;
use sportello_core::accounts::{self, Account, Credentials, Level, MailKind, NewAccount};
use sportello_core::jobs::{self, Job, Schedule};
use sportello_core::notices;
use sportello_core::people::{self, Firm};
use sportello_core::vault::digest;
use sportello_core::{Cx, Error, Tx, registry};

use super::answered::{Answered, GoOn};
use super::model::{Kind, RegistrationId, State};
use super::{send, store};
use crate::rules::Dues;

/// What an applicant declares.
#[derive(Debug)]
pub struct Begin<'a> {
    /// [`Kind::Pec`] or [`Kind::Simplified`].
    pub kind: Kind,
    /// The firm's tax code.
    pub tax_code: &'a FiscalCode,
    /// The firm's enrolment number.
    pub albo_number: &'a AlboNumber,
    /// The address to which credentials go.
    pub email: &'a EmailAddress,
    /// What kind of mailbox it is.
    pub email_kind: MailKind,
    /// The phone number, for assistance (requirements ).
    pub phone: &'a PhoneNumber,
}

/// A registration that has begun.
#[derive(Debug)]
pub struct Begun {
    /// Its id.
    pub id: RegistrationId,
    /// The end of its address: whoever has it may see how the registration goes.
    pub token: String,
}

/// Why a registration cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    /// No firm with this tax code is enrolled.
    #[error("no enrolled firm has this tax code")]
    UnknownFirm,
    /// The enrolment number is not this firm's.
    #[error("the enrolment number is not this firm's")]
    WrongNumber,
    /// The firm has left the register.
    #[error("the firm has left the register")]
    Removed,
    /// Simplified registration is not open yet (requirement A-10).
    #[error("simplified registration is not open yet")]
    NotOpen,
    /// Too many sign-ins and registrations at this moment; nothing was recorded.
    #[error("too many wait")]
    Busy,
    /// Anything else.
    #[error("the registration cannot begin")]
    Ground(#[from] Error),
}

impl From<accounts::hashing::HashError> for BeginError {
    fn from(error: accounts::hashing::HashError) -> Self {
        match error {
            accounts::hashing::HashError::Busy => Self::Busy,
            accounts::hashing::HashError::Stopped => Self::Ground(Error::Stopped("hashing")),
        }
    }
}

/// The firm that a tax code and an enrolment number agree on.
///
/// # Errors
/// [`BeginError::UnknownFirm`], [`BeginError::WrongNumber`], [`BeginError::Removed`].
pub async fn firm(cx: &Cx, code: &FiscalCode, number: &AlboNumber) -> Result<Firm, BeginError> {
    let firm = people::by_tax_code(cx, code).await?.ok_or(BeginError::UnknownFirm)?;
    if firm.albo_number != number.as_str() {
        return Err(BeginError::WrongNumber);
    }
    if firm.removed_on.is_some() {
        return Err(BeginError::Removed);
    }
    Ok(firm)
}

/// Begins a registration.
///
/// # Errors
/// [`BeginError`].
pub async fn begin(cx: &Cx, dues: &Dues, input: Begin<'_>) -> Result<Begun, BeginError> {
    let firm = firm(cx, input.tax_code, input.albo_number).await?;
    if input.kind == Kind::Simplified && !dues.registration.simplified_is_open(cx.now()) {
        return Err(BeginError::NotOpen);
    }
    // Hashes are computed before the transaction, whether they will be needed or not: known and unknown firms cost the same.
    let credentials = if input.kind == Kind::Simplified { Some(Credentials::generate(cx).await?) } else { None };
    let id = RegistrationId(cx.id());
    let token = cx.chance().token();
    let mut tx = cx.begin(Operation::Register).await?;
    tx.about(firm.id).note("registration", id.0).note("kind", input.kind.key());
    let state = if input.kind == Kind::Simplified { State::Simplified } else { State::Checking };
    let row = Row {
        id,
        token: &token,
        kind: input.kind,
        firm: &firm,
        email: input.email,
        email_kind: input.email_kind,
        phone: input.phone.as_str(),
        state,
    };
    insert(cx, &mut tx, &row).await?;
    match &credentials {
        Some(credentials) => simplified(cx, &mut tx, &firm, &input, id, credentials).await?,
        None => {
            ask(cx, &mut tx, id, &firm, input.tax_code, input.email).await?;
            let pause = SignedDuration::from_secs(dues.registration.provisional_after_seconds.into());
            let at = cx.now().checked_add(pause).unwrap_or_else(|_| cx.now());
            jobs::enqueue(cx, &mut tx, &GoOn { registration: id }, Schedule::at(at)).await?;
        }
    }
    tx.commit().await?;
    Ok(Begun { id, token })
}

/// A signed-in firm asks that its simplified profile become full (requirement A-11). When the register confirms the
/// address, new credentials go there: knowing the address, which is public, proves nothing.
///
/// # Errors
/// [`BeginError`].
pub async fn upgrade(cx: &Cx, account: &Account, email: &EmailAddress) -> Result<Begun, BeginError> {
    let firm = people::get(cx, account.firm_id).await?;
    let code = FiscalCode::parse(&firm.tax_code).map_err(|_| BeginError::UnknownFirm)?;
    let id = RegistrationId(cx.id());
    let token = cx.chance().token();
    let mut tx = cx.begin(Operation::Upgrade).await?;
    tx.about(firm.id).note("registration", id.0).note("kind", Kind::Upgrade.key());
    let row = Row {
        id,
        token: &token,
        kind: Kind::Upgrade,
        firm: &firm,
        email,
        email_kind: MailKind::Pec,
        phone: &account.phone,
        state: State::Checking,
    };
    insert(cx, &mut tx, &row).await?;
    ask(cx, &mut tx, id, &firm, &code, email).await?;
    tx.commit().await?;
    Ok(Begun { id, token })
}

struct Row<'a> {
    id: RegistrationId,
    token: &'a str,
    kind: Kind,
    firm: &'a Firm,
    email: &'a EmailAddress,
    email_kind: MailKind,
    phone: &'a str,
    state: State,
}

async fn insert(cx: &Cx, tx: &mut Tx, row: &Row<'_>) -> Result<(), Error> {
    let args = args![
        row.id,
        digest(row.token),
        row.kind.key(),
        row.firm.id,
        row.email.as_str(),
        row.email_kind.key(),
        row.phone,
        cx.language.tag(),
        row.state.key(),
        cx.now_ms(),
    ];
    tx.execute(store::BEGIN, args).await?;
    Ok(())
}

async fn ask(
    cx: &Cx,
    tx: &mut Tx,
    id: RegistrationId,
    firm: &Firm,
    code: &FiscalCode,
    email: &EmailAddress,
) -> Result<(), Error> {
    let look_up = registry::ask(cx, tx, firm.id, code, email, Answered::NAME).await?;
    tx.execute(store::SET_LOOKUP, args![id, look_up]).await?;
    Ok(())
}

/// Simplified: an account of its own when the firm has none; otherwise a word to the registered address.
/// Whether an account was never entered and its credentials lie nowhere.
async fn is_unreached(tx: &mut Tx, account: &Account) -> Result<bool, Error> {
    Ok(account.signed_in_at.is_none() && notices::credentials_never_arrived(tx, account.firm_id).await?)
}

async fn simplified(
    cx: &Cx,
    tx: &mut Tx,
    firm: &Firm,
    input: &Begin<'_>,
    id: RegistrationId,
    credentials: &Credentials,
) -> Result<(), Error> {
    // Of two registrations at the same moment the second one finds the first one's account.
    people::hold(tx, firm.id).await?;
    let existing = accounts::of_firm_in(tx, firm.id).await?;
    let new = NewAccount {
        firm: firm.id,
        level: Level::PaymentOnly,
        email: input.email,
        email_kind: input.email_kind,
        phone: input.phone,
    };
    let (account, code) = match existing {
        None => {
            let (account, code) = accounts::open(cx, tx, &new, credentials).await?;
            (account, code.as_str().to_owned())
        }
        // Nobody holds its credentials: with a dead mailbox the other address is the way to pay.
        Some(unreached) if is_unreached(tx, &unreached).await? => {
            accounts::start_again(tx, &unreached, &new, credentials).await?;
            (unreached.id, unreached.member_code)
        }
        Some(account) => return send::already_registered(cx, tx, firm, &account, id).await,
    };
    tx.execute(store::SET_ACCOUNT, args![id, account]).await?;
    let to = send::To { email: input.email, kind: input.email_kind, firm, case: Some(id.0) };
    send::probe(cx, tx, &to).await?;
    send::send_credentials(cx, tx, &to, account, &code, credentials, "credentials").await
}
