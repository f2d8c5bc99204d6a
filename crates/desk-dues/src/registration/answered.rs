//! What happens when the register answers, and when it does not.

use ::store::args;
use italia::{EmailAddress, PhoneNumber};
use serde::{Deserialize, Serialize};
use sportello_core::access::Operation;
use sportello_core::accounts::{self, Account, Credentials, Level, NewAccount};
use sportello_core::jobs::{Job, JobError, Lane};
use sportello_core::people::{self, Firm};
use sportello_core::registry::{self, Answer, LookUpId};
use sportello_core::{Cx, Error, Tx};

use super::model::{Kind, Registration, RegistrationId, State};
use super::{send, store};

/// The register has answered: the registration completes itself, without its applicant.
#[derive(Debug, Serialize, Deserialize)]
pub struct Answered {
    /// The question.
    pub look_up: LookUpId,
}

/// The register has had its time: when it has not answered, the firm goes on provisionally.
#[derive(Debug, Serialize, Deserialize)]
pub struct GoOn {
    /// The registration.
    pub registration: RegistrationId,
}

impl Job for Answered {
    const NAME: &'static str = "registration.answered";
    const LANE: Lane = Lane::Person;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let found: Option<Registration> = cx.find(store::BY_LOOKUP, args![self.look_up]).await?;
        let Some(registration) = found else { return Ok(()) };
        if !matches!(registration.state(), State::Checking | State::Provisional) {
            return Ok(());
        }
        let cx = &Cx { language: registration.language(), ..cx.clone() };
        match registry::get(cx, self.look_up).await?.answer() {
            Answer::NotYet => Err(JobError::retry("the register has not answered")),
            Answer::Match => verified(cx, &registration).await,
            Answer::NoEntry => mismatch(cx, &registration, None).await,
            Answer::AnotherAddress { masked } => mismatch(cx, &registration, Some(&masked)).await,
        }
    }
}

impl Job for GoOn {
    const NAME: &'static str = "registration.go-on";
    const LANE: Lane = Lane::Person;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let found: Option<Registration> = cx.find(store::BY_ID, args![self.registration]).await?;
        let Some(registration) = found.filter(|r| r.state() == State::Checking) else { return Ok(()) };
        let cx = &Cx { language: registration.language(), ..cx.clone() };
        if accounts::of_firm(cx, registration.firm_id).await?.is_some() {
            // The firm has an account already; only the register's answer may touch it.
            return Ok(());
        }
        let credentials = generate(cx).await?;
        let firm = people::get(cx, registration.firm_id).await?;
        let mut tx = cx.begin(Operation::AdvanceRegistration).await?;
        tx.about(firm.id).note("registration", registration.id.0).note("state", State::Provisional.key());
        if tx
            .execute(
                store::SETTLE,
                args![registration.id, State::Provisional.key(), State::Checking.key(), cx.now_ms()],
            )
            .await?
            == 0
        {
            return Ok(());
        }
        open(cx, &mut tx, &registration, &firm, Level::PaymentOnly, &credentials, "credentials-provisional").await?;
        Ok(tx.commit().await?)
    }
}

async fn generate(cx: &Cx) -> Result<Credentials, JobError> {
    Credentials::generate(cx).await.map_err(|e| JobError::retry(e.to_string()))
}

fn parsed(registration: &Registration) -> Result<(EmailAddress, PhoneNumber), Error> {
    let bad =
        |column| Error::Inconsistent {
            table: "registrations", column, row: registration.id.0, value: "…".to_owned()
        };
    let email = EmailAddress::parse(&registration.email).map_err(|_| bad("email"))?;
    let phone = PhoneNumber::parse(&registration.phone).map_err(|_| bad("phone"))?;
    Ok((email, phone))
}

async fn open(
    cx: &Cx,
    tx: &mut Tx,
    registration: &Registration,
    firm: &Firm,
    level: Level,
    credentials: &Credentials,
    kind: &'static str,
) -> Result<(), Error> {
    let (email, phone) = parsed(registration)?;
    let new = NewAccount { firm: firm.id, level, email: &email, email_kind: registration.email_kind(), phone: &phone };
    let (account, code) = accounts::open(cx, tx, &new, credentials).await?;
    tx.execute(store::SET_ACCOUNT, args![registration.id, account]).await?;
    let to = send::To { email: &email, kind: registration.email_kind(), firm, case: Some(registration.id.0) };
    send::probe(cx, tx, &to).await?;
    send::send_credentials(cx, tx, &to, account, code.as_str(), credentials, kind).await
}

/// The address is the one in the register.
async fn verified(cx: &Cx, registration: &Registration) -> Result<(), JobError> {
    let firm = people::get(cx, registration.firm_id).await?;
    let account = accounts::of_firm(cx, firm.id).await?;
    let credentials = generate(cx).await?;
    let mut tx = cx.begin(Operation::AdvanceRegistration).await?;
    tx.about(firm.id).note("registration", registration.id.0).note("state", State::Verified.key());
    if tx.execute(store::SETTLE_OPEN, args![registration.id, State::Verified.key(), cx.now_ms()]).await? == 0 {
        return Ok(());
    }
    match account {
        None => open(cx, &mut tx, registration, &firm, Level::Full, &credentials, "credentials").await?,
        Some(account) => verified_existing(cx, &mut tx, registration, &firm, &account, &credentials).await?,
    }
    Ok(tx.commit().await?)
}

async fn verified_existing(
    cx: &Cx,
    tx: &mut Tx,
    registration: &Registration,
    firm: &Firm,
    account: &Account,
    credentials: &Credentials,
) -> Result<(), Error> {
    let (email, phone) = parsed(registration)?;
    tx.execute(store::SET_ACCOUNT, args![registration.id, account.id]).await?;
    let to = send::To { email: &email, kind: registration.email_kind(), firm, case: Some(registration.id.0) };
    let same_address = EmailAddress::parse(&account.email).is_ok_and(|e| e == email);
    match (same_address && registration.kind() != Kind::Upgrade, account.level()) {
        // The credentials lie in this very mailbox already.
        (true, Level::PaymentOnly) => {
            accounts::make_full(tx, account.id, &email).await?;
            send::probe(cx, tx, &to).await?;
            send::now_full(cx, tx, &to, registration.id).await
        }
        (true, Level::Full) => send::already_registered(cx, tx, firm, account, registration.id).await,
        (false, _) => {
            send::taken_over(cx, tx, firm, account, registration.id).await?;
            accounts::take_over(tx, account, &email, &phone, credentials).await?;
            send::probe(cx, tx, &to).await?;
            send::send_credentials(cx, tx, &to, account.id, &account.member_code, credentials, "credentials").await
        }
    }
}

/// The register knows no address, or another one. The register said so: now it may be told.
async fn mismatch(cx: &Cx, registration: &Registration, masked: Option<&str>) -> Result<(), JobError> {
    let firm = people::get(cx, registration.firm_id).await?;
    let (email, _) = parsed(registration)?;
    let mut tx = cx.begin(Operation::AdvanceRegistration).await?;
    tx.about(firm.id).note("registration", registration.id.0).note("state", State::Mismatch.key());
    if tx.execute(store::SETTLE_OPEN, args![registration.id, State::Mismatch.key(), cx.now_ms()]).await? == 0 {
        return Ok(());
    }
    let to = send::To { email: &email, kind: registration.email_kind(), firm: &firm, case: Some(registration.id.0) };
    send::mismatch(cx, &mut tx, &to, registration.id, masked).await?;
    Ok(tx.commit().await?)
}
