//! Operators: the people of the body, with accounts of their own and a second factor (RFC 6238).

use ::store::args;
use totp_rs::{Algorithm, Builder, Totp};

use super::policy::Lock;
use super::sessions::{self, NewSession};
use super::sign_in::SignInError;
use super::store;
use super::tries::{self, Verdict};
use crate::access::{Actor, Operation, Role};
use crate::error::Error;
use crate::secret::Secret;
use crate::{Cx, id, row};

id! {
    /// The id of an operator.
    OperatorId;
}

const TRIES: i64 = 5;
const OTP_PURPOSE: &str = "operator-otp";
const STEP_SECONDS: u64 = 30;

row! {
    /// An operator as stored.
    #[derive(Clone)]
    pub struct Operator {
        /// Their id.
        pub id: OperatorId,
        /// Their name.
        pub name: String,
        /// Their address, with which they sign in.
        pub email: String,
        /// Their role's name.
        pub role: String,
        password_hash: String,
        otp_secret: Vec<u8>,
        /// Whether they may sign in.
        pub active: bool,
    }
}

impl std::fmt::Debug for Operator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Operator").field("id", &self.id).field("role", &self.role).finish_non_exhaustive()
    }
}

/// A new operator's credentials, shown once to whoever adds them.
#[derive(Debug)]
pub struct OperatorCredentials {
    /// Their id.
    pub id: OperatorId,
    /// The password.
    pub password: Secret,
    /// The second factor's secret in base 32, to be typed into an authenticator app.
    pub otp_secret: Secret,
    /// The same as an `otpauth://` address, to be shown as a QR code.
    pub otp_url: Secret,
}

/// What an operator types to sign in.
#[derive(Debug)]
pub struct OperatorSignIn<'a> {
    /// Their address.
    pub email: &'a str,
    /// Their password.
    pub password: Secret,
    /// The code that their app shows.
    pub code: &'a str,
    /// What the browser calls itself.
    pub agent: &'a str,
}

/// The name or address of an operator is taken, or the role does not exist.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// An operator with this address exists.
    #[error("an operator with this address exists")]
    Exists,
    /// There is no such role.
    #[error("there is no such role: use first-level, second-level, administrator or committee")]
    Role,
    /// Anything else.
    #[error("the operator cannot be added")]
    Ground(#[from] Error),
}

fn totp(secret: &[u8], email: &str, issuer: &str) -> Result<Totp, Error> {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(std::time::Duration::from_secs(STEP_SECONDS).as_secs())
        .with_secret(secret.to_vec())
        .with_issuer(Some(issuer.replace(':', " ")))
        .with_account_name(email.to_owned())
        .build()
        .map_err(|_| Error::Stopped("the second factor"))
}

/// Adds an operator.
///
/// # Errors
/// [`AddError`].
pub async fn add(
    cx: &Cx,
    name: &str,
    email: &italia::EmailAddress,
    role: &str,
) -> Result<OperatorCredentials, AddError> {
    Role::operator(role).ok_or(AddError::Role)?;
    let id = OperatorId(cx.id());
    let (credentials, password_hash, sealed) = make(cx, id, email.as_str()).await?;
    let mut tx = cx.begin(Operation::ManageOperators).await?;
    tx.note("operator", id.0).note("role", role);
    let added = tx
        .execute(store::ADD_OPERATOR, args![id, name, email.as_str(), role, password_hash, sealed, cx.now_ms()])
        .await;
    match added {
        Err(Error::Store(e)) if e.is_unique("operators") || e.is_unique("email") => return Err(AddError::Exists),
        other => other?,
    };
    tx.commit().await?;
    Ok(credentials)
}

/// Gives an operator a new password and a new second factor, and ends their sessions.
///
/// # Errors
/// [`Error`]; no such operator counts as [`::store::Error::NoRow`].
pub async fn renew(cx: &Cx, email: &str) -> Result<OperatorCredentials, Error> {
    let operator = find(cx, email).await?.ok_or(Error::Store(::store::Error::NoRow))?;
    let (credentials, password_hash, sealed) = make(cx, operator.id, &operator.email).await?;
    let mut tx = cx.begin(Operation::ManageOperators).await?;
    tx.note("operator", operator.id.0).note("renewed", true);
    tx.execute(store::SET_OPERATOR, args![operator.id, password_hash, sealed]).await?;
    tx.execute(store::END_OPERATOR_SESSIONS, args![operator.id]).await?;
    tries::forget(&mut tx, &operator_key(&operator.email)).await?;
    tx.commit().await?;
    Ok(credentials)
}

/// Lets an operator sign in, or not any more.
///
/// # Errors
/// [`Error`].
pub async fn set_active(cx: &Cx, id: OperatorId, active: bool) -> Result<(), Error> {
    let mut tx = cx.begin(Operation::ManageOperators).await?;
    tx.note("operator", id.0).note("active", active);
    tx.execute(store::SET_OPERATOR_ACTIVE, args![id, active]).await?;
    tx.execute(store::END_OPERATOR_SESSIONS, args![id]).await?;
    tx.commit().await
}

async fn make(cx: &Cx, id: OperatorId, email: &str) -> Result<(OperatorCredentials, String, Vec<u8>), Error> {
    const ALPHABET: &[u8] = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let group = || cx.chance().characters(5, ALPHABET);
    let password = Secret::new([group(), group(), group(), group()].join("-"));
    let mut secret = [0; 20];
    cx.chance().fill(&mut secret);
    let totp = totp(&secret, email, &cx.tenant.name.it)?;
    let hash = cx.app.hashing().hash(&password, cx.chance()).await.map_err(|_| Error::Stopped("hashing"))?;
    let sealed = cx.app.vault().seal(OTP_PURPOSE, &id.to_string(), &secret, cx.chance())?;
    let credentials = OperatorCredentials {
        id,
        password,
        otp_secret: Secret::new(totp_rs::Secret::from(secret.to_vec()).to_base32()),
        otp_url: Secret::new(totp.to_url().unwrap_or_default()),
    };
    Ok((credentials, hash, sealed))
}

/// The operator with this address.
///
/// # Errors
/// [`Error::Store`].
pub async fn find(cx: &Cx, email: &str) -> Result<Option<Operator>, Error> {
    cx.find(store::OPERATOR_BY_EMAIL, args![email.trim()]).await
}

/// All operators of the tenant.
///
/// # Errors
/// [`Error::Store`].
pub async fn all(cx: &Cx) -> Result<Vec<Operator>, Error> {
    cx.list(store::OPERATORS, args![]).await
}

fn operator_key(email: &str) -> String {
    tries::key("operator", &email.to_lowercase())
}

/// Signs an operator in: address, password and a code that is good once. What is wrong is not said.
///
/// # Errors
/// [`SignInError`].
pub async fn sign_in(cx: &Cx, input: OperatorSignIn<'_>) -> Result<Secret, SignInError> {
    let key = operator_key(input.email.trim());
    let Verdict::Allowed { left } = tries::count(cx, &key, TRIES, Lock::Delay).await? else {
        return Err(SignInError::Delayed);
    };
    let operator = find(cx, input.email).await?.filter(|o| o.active);
    let hash = operator.as_ref().map(|o| o.password_hash.as_str());
    let right = cx.app.hashing().verify(&input.password, hash).await?;
    let wrong = || if left == 0 { SignInError::Delayed } else { SignInError::Wrong { left } };
    let operator = operator.filter(|_| right).ok_or_else(wrong)?;
    let step = matching_step(cx, &operator, input.code)?.ok_or_else(wrong)?;
    let role = Role::operator(&operator.role).ok_or_else(wrong)?;
    let cx = cx.acting_as(Actor::Operator { id: operator.id, role });
    let mut tx = cx.begin(Operation::SignIn).await?;
    if tx.execute(store::USE_OTP_STEP, args![operator.id, step]).await.map_err(SignInError::Ground)? == 0 {
        return Err(wrong());
    }
    tries::forget(&mut tx, &key).await?;
    let session = NewSession { operator: Some(operator.id), agent: input.agent, ..NewSession::default() };
    let token = sessions::open(&cx, &mut tx, &session).await?;
    tx.commit().await?;
    Ok(token)
}

fn matching_step(cx: &Cx, operator: &Operator, code: &str) -> Result<Option<i64>, Error> {
    let secret = cx.app.vault().open(OTP_PURPOSE, &operator.id.to_string(), &operator.otp_secret)?;
    let totp = totp(&secret, &operator.email, &cx.tenant.name.it)?;
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let now = u64::try_from(cx.now().as_second()).unwrap_or(0);
    let step = totp.check(&digits, now);
    Ok(step.and_then(|s| i64::try_from(s).ok()))
}
