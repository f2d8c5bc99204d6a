//! Help: requests for a reset, by mail with the guide's fixed subject or by form; what an operator decides; and the
//! firm's own way when the policy allows it (requirements A-33..40, F-16).
//!
//! Invariants: the old password is never given back; new credentials go to the registered address only, whoever asks;
//! a reset has a reason and an operator, and is audited.

mod inbox;
mod letter;
mod model;
mod reset;
pub mod store;

pub use inbox::ASSISTANCE;
pub use letter::{Letter, read_letter};
pub use model::{HelpRequest, HelpRequestId};
pub use reset::{ResetError, refuse, reset, self_service};

use ::store::args;
use italia::{AlboNumber, MemberCode, PhoneNumber};
use sportello_core::access::Operation;
use sportello_core::{Cx, Error, Tx, accounts, people};

/// A request to be recorded.
#[derive(Clone, Debug, Default)]
pub struct NewRequest {
    /// It asks for a reset; otherwise it is something else.
    pub reset: bool,
    /// `mail` or `web`.
    pub source: &'static str,
    /// The address that it came from.
    pub sender: String,
    /// Its subject.
    pub subject: String,
    /// What it says.
    pub message: String,
    /// The matricola, as read.
    pub member_code: Option<MemberCode>,
    /// The enrolment number, as read.
    pub albo_number: Option<AlboNumber>,
    /// The phone number, as read.
    pub phone: Option<PhoneNumber>,
}

/// Records a request, with whether what it says agrees with the record (requirement A-40). The asker learns nothing of
/// that.
///
/// # Errors
/// [`Error`].
pub async fn record(cx: &Cx, tx: &mut Tx, new: &NewRequest) -> Result<HelpRequestId, Error> {
    let by_code = match &new.member_code {
        Some(code) => accounts::by_member_code(cx, code).await?,
        None => None,
    };
    let by_number = match &new.albo_number {
        Some(number) => people::by_albo_number(cx, number.as_str()).await?,
        None => None,
    };
    let agrees = matches!((&by_code, &by_number), (Some(account), Some(firm)) if account.firm_id == firm.id);
    let firm = by_code.map(|a| a.firm_id).or(by_number.map(|f| f.id));
    let id = HelpRequestId(cx.id());
    let cut =
        |text: &str, most: usize| text.chars().filter(|c| !c.is_control() || *c == '\n').take(most).collect::<String>();
    let args = args![
        id,
        if new.reset { "reset" } else { "other" },
        new.source,
        cut(&new.sender, 254),
        cut(&new.subject, 200),
        cut(&new.message, 4_000),
        new.member_code.as_ref().map(|c| c.as_str().to_owned()),
        new.albo_number.as_ref().map(|n| n.as_str().to_owned()),
        new.phone.as_ref().map(|p| p.as_str().to_owned()),
        firm,
        agrees,
        cx.now_ms(),
    ];
    tx.execute(store::RECORD, args).await?;
    if let Some(firm) = firm {
        tx.about(firm);
    }
    tx.note("request", id.0).note("agrees", agrees);
    Ok(id)
}

/// A reset is asked for on the portal.
///
/// # Errors
/// [`Error`].
pub async fn ask(cx: &Cx, new: &NewRequest) -> Result<HelpRequestId, Error> {
    let mut tx = cx.as_system("help-form").begin(Operation::AskReset).await?;
    let id = record(cx, &mut tx, new).await?;
    tx.commit().await?;
    Ok(id)
}

/// The requests that wait, oldest first.
///
/// # Errors
/// [`Error`].
pub async fn waiting(cx: &Cx) -> Result<Vec<HelpRequest>, Error> {
    cx.require(Operation::SeeFirms)?;
    cx.list(store::WAITING, args![]).await
}

/// A request.
///
/// # Errors
/// [`Error`].
pub async fn get(cx: &Cx, id: HelpRequestId) -> Result<Option<HelpRequest>, Error> {
    cx.require(Operation::SeeFirms)?;
    cx.find(store::BY_ID, args![id]).await
}
