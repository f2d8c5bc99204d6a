use ::store::args;

use super::begin::hex;
use super::model::{Intent, Proved};
use super::{cie, links, store};
use crate::access::{Actor, Operation};
use crate::accounts::{self, AccountId, ChangeError};
use crate::error::Error;
use crate::people::FirmId;
use crate::secret::Secret;
use crate::vault::digest;
use crate::{Cx, row};

row! {
    struct Outcome { intent: String, account_id: Option<AccountId>, back_to: String, identity: Vec<u8> }
}

row! {
    /// An account that a person may enter.
    #[derive(Clone, Debug)]
    pub struct Candidate {
        /// Its id.
        pub id: AccountId,
        /// The firm.
        pub firm_id: FirmId,
        /// The matricola.
        pub member_code: String,
        /// The firm's name.
        pub firm: String,
    }
}

/// What follows from a proved identity.
#[derive(Debug)]
pub enum Finished {
    /// A session has begun.
    SignedIn {
        /// Its token, for the cookie.
        token: Secret,
        /// Where to go now: a path of the portal.
        back_to: String,
    },
    /// The person may enter several accounts, and says which.
    Choose(Vec<Candidate>),
    /// The person is to enter the account that is signed in from now on, once the PIN confirms it: a borrowed session is
    /// not enough.
    Confirm {
        /// Their name, as the provider gave it.
        name: String,
    },
    /// The person may now enter the account that is signed in.
    Linked {
        /// Where to go now.
        back_to: String,
    },
}

/// Why nothing follows.
#[derive(Debug, thiserror::Error)]
pub enum FinishError {
    /// Unknown, used, too old, or another browser's.
    #[error("this browser waits for no identity")]
    Gone,
    /// There is no account that the person may enter.
    #[error("the person has no account")]
    NoAccount {
        /// Who it is, to be shown to themselves.
        proved: Box<Proved>,
    },
    /// Somebody proved who they are who may not enter the account that is signed in.
    #[error("the person may not enter the account that is signed in")]
    OtherPerson,
    /// The PIN is refused.
    #[error("the PIN is refused")]
    Pin {
        /// Whom it was to confirm.
        name: String,
        /// Why.
        #[source]
        source: ChangeError,
    },
    /// The account to be linked is not signed in any more.
    #[error("the account is not signed in")]
    SignedOut,
    /// Anything else.
    #[error("the sign-in cannot be finished")]
    Ground(#[from] Error),
}

/// What somebody adds to what was proved.
#[derive(Debug, Default)]
pub struct Choice<'a> {
    /// The account, of somebody who may enter several.
    pub account: Option<AccountId>,
    /// The PIN, of somebody who lets a person enter.
    pub pin: Option<&'a Secret>,
}

/// Takes what waits for this browser.
///
/// # Errors
/// [`FinishError`].
pub async fn finish(
    cx: &Cx,
    token: &str,
    browser: &str,
    choice: Choice<'_>,
    agent: &str,
) -> Result<Finished, FinishError> {
    let (key, tied) = (digest(token), digest(browser));
    let found: Option<Outcome> = cx.find(store::OUTCOME, args![key.clone(), tied.clone(), cx.now_ms()]).await?;
    let outcome = found.ok_or(FinishError::Gone)?;
    let plain = cx.app.vault().open("identity", &hex(&key), &outcome.identity).map_err(Error::from)?;
    let proved: Proved = serde_json::from_slice(&plain).map_err(|_| Error::Stopped("a proved identity"))?;
    let taken = Taken { key, tied };
    match Intent::from_key(&outcome.intent) {
        Intent::Link => return link(cx, &taken, outcome, &proved, choice.pin).await,
        Intent::Raise => return raise(cx, &taken, outcome, &proved, agent).await,
        // Nobody proves anything by leaving.
        Intent::Leave => return Err(FinishError::Gone),
        Intent::SignIn => {}
    }
    let candidates = candidates(cx, &proved).await?;
    let chosen = match (choice.account, candidates.as_slice()) {
        (_, []) => return Err(FinishError::NoAccount { proved: Box::new(proved) }),
        (None, [only]) => only,
        (None, _) => return Ok(Finished::Choose(candidates)),
        // A choice that was not offered is no choice.
        (Some(id), all) => all.iter().find(|candidate| candidate.id == id).ok_or(FinishError::Gone)?,
    };
    let token = open_session(cx, &taken, chosen, &proved, agent).await?;
    Ok(Finished::SignedIn { token, back_to: outcome.back_to })
}

/// The row that is used up.
struct Taken {
    key: Vec<u8>,
    tied: Vec<u8>,
}

impl Taken {
    /// Of two at the same moment one finds nothing.
    async fn use_up(&self, cx: &Cx, tx: &mut crate::Tx) -> Result<(), FinishError> {
        let used = tx.execute(store::USE_OUTCOME, args![self.key.clone(), self.tied.clone(), cx.now_ms()]).await?;
        if used == 0 { Err(FinishError::Gone) } else { Ok(()) }
    }
}

async fn candidates(cx: &Cx, proved: &Proved) -> Result<Vec<Candidate>, Error> {
    let person = links::person(cx, &proved.tax_code)?;
    let company = proved.company.as_deref();
    cx.list(store::CANDIDATES, args![proved.tax_code.as_str(), company, proved.vat_number.as_deref(), person]).await
}

async fn link(
    cx: &Cx,
    taken: &Taken,
    outcome: Outcome,
    proved: &Proved,
    pin: Option<&Secret>,
) -> Result<Finished, FinishError> {
    let (account, firm) = signed_in(cx, &outcome)?;
    let Some(pin) = pin else { return Ok(Finished::Confirm { name: proved.name.clone() }) };
    let found = accounts::get(cx, account).await?;
    let refused = |source| FinishError::Pin { name: proved.name.clone(), source };
    accounts::check_pin(cx, &found, pin).await.map_err(refused)?;
    let mut tx = cx.begin(Operation::LinkIdentity).await?;
    tx.about(firm);
    taken.use_up(cx, &mut tx).await?;
    links::link(cx, &mut tx, account, proved).await?;
    cie::revoke_with(cx, &mut tx, proved).await?;
    tx.commit().await?;
    Ok(Finished::Linked { back_to: outcome.back_to })
}

/// The account that was signed in when the person went to the provider, when it still is.
fn signed_in(cx: &Cx, outcome: &Outcome) -> Result<(AccountId, FirmId), FinishError> {
    match cx.actor {
        Actor::Firm { account, firm, .. } if outcome.account_id == Some(account) => Ok((account, firm)),
        _ => Err(FinishError::SignedOut),
    }
}

/// A session at a higher level, in the same account: whoever proved who they are must be somebody who may enter it.
async fn raise(
    cx: &Cx,
    taken: &Taken,
    outcome: Outcome,
    proved: &Proved,
    agent: &str,
) -> Result<Finished, FinishError> {
    let (account, _) = signed_in(cx, &outcome)?;
    let person = links::person(cx, &proved.tax_code)?;
    let (company, number) = (proved.company.as_deref(), proved.vat_number.as_deref());
    let same: Option<Candidate> =
        cx.find(store::MAY_ENTER, args![proved.tax_code.as_str(), company, number, person, account]).await?;
    let same = same.ok_or(FinishError::OtherPerson)?;
    let token = open_session(cx, taken, &same, proved, agent).await?;
    Ok(Finished::SignedIn { token, back_to: outcome.back_to })
}

async fn open_session(
    cx: &Cx,
    taken: &Taken,
    chosen: &Candidate,
    proved: &Proved,
    agent: &str,
) -> Result<Secret, FinishError> {
    let actor = Actor::Firm { account: chosen.id, firm: chosen.firm_id, full: false, must_change: false, level: 0 };
    let cx = cx.acting_as(actor);
    let mut tx = cx.begin(Operation::SignIn).await?;
    tx.about(chosen.firm_id).note("provider", proved.provider.as_str()).note("level", proved.level);
    taken.use_up(&cx, &mut tx).await?;
    let token = accounts::open_proved(&cx, &mut tx, chosen.id, agent).await?;
    let key = digest(token.expose());
    let plain = serde_json::to_vec(proved).unwrap_or_default();
    let proof = cx.app.vault().seal("session-proof", &hex(&key), &plain, cx.chance()).map_err(Error::from)?;
    let subject = subject(&proved.provider, &proved.name_id);
    tx.execute(store::PROVE_SESSION, args![key, proved.level, subject, proof]).await?;
    tx.commit().await?;
    Ok(token)
}

/// How a provider's session is found when the provider ends it.
pub(super) fn subject(provider: &str, name_id: &str) -> Vec<u8> {
    digest(&format!("{provider} {name_id}"))
}
