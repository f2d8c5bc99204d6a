//! The tenant's keys: which one signs, which ones verify.

use ::store::args;
use serde_json::Value;

use super::key::{StatementKey, kid_of, verified};
use super::store;
use crate::access::Operation;
use crate::error::Error;
use crate::{Cx, row};

const PURPOSE: &str = "statement-key";

row! {
    struct Stored { kid: String, sealed: Option<Vec<u8>> }
}

row! {
    /// A public key.
    #[derive(Clone, Debug)]
    pub struct PublicKey {
        /// Its name.
        pub kid: String,
        /// The key, JSON (RFC 7517).
        pub jwk: String,
        /// Since when it signs, in milliseconds since 1970.
        pub created_at: i64,
        /// Since when it no longer does.
        pub retired_at: Option<i64>,
    }
}

fn stopped<E>(_: E) -> Error {
    Error::Stopped("the signing of statements")
}

/// Signs a payload with the tenant's key.
///
/// # Errors
/// [`Error`].
pub async fn sign(cx: &Cx, payload: &Value) -> Result<String, Error> {
    let payload = payload.to_string().into_bytes();
    let configured = cx.app.connections(&cx.tenant).and_then(|c| c.statements.as_ref());
    if let Some(key) = configured {
        remember(cx, key).await?;
        return key.sign(&payload).map_err(stopped);
    }
    generated(cx).await?.sign(&payload).map_err(stopped)
}

/// Puts the public half of a configured key on record before anything is signed with it.
async fn remember(cx: &Cx, key: &StatementKey) -> Result<(), Error> {
    if cx.count(store::KNOWN, args![key.kid()]).await? > 0 {
        return Ok(());
    }
    let mut tx = cx.as_system("statements").begin(Operation::Maintain).await?;
    tx.execute(store::ADD, args![key.kid(), key.jwk().to_string(), None::<Vec<u8>>, cx.now_ms()]).await?;
    tx.commit_unaudited().await
}

async fn generated(cx: &Cx) -> Result<StatementKey, Error> {
    match cx.find::<Stored>(store::CURRENT, args![]).await? {
        Some(stored) => opened(cx, &stored),
        None => {
            make(cx, Operation::Maintain).await?;
            // Of two nodes that make one together, both read the same one here.
            let stored = cx.find::<Stored>(store::CURRENT, args![]).await?;
            opened(cx, &stored.ok_or(Error::Store(::store::Error::NoRow))?)
        }
    }
}

fn opened(cx: &Cx, stored: &Stored) -> Result<StatementKey, Error> {
    let sealed = stored.sealed.as_deref().unwrap_or_default();
    let der = cx.app.vault().open(PURPOSE, &stored.kid, sealed)?;
    StatementKey::from_pkcs8(&der).map_err(stopped)
}

async fn make(cx: &Cx, operation: Operation) -> Result<String, Error> {
    let (key, der) = StatementKey::generate().map_err(stopped)?;
    let sealed = cx.app.vault().seal(PURPOSE, key.kid(), &der, cx.chance())?;
    let cx = if operation == Operation::Maintain { cx.as_system("statements") } else { cx.clone() };
    let mut tx = cx.begin(operation).await?;
    tx.note("statement_key", key.kid());
    if operation != Operation::Maintain {
        tx.execute(store::RETIRE, args![cx.now_ms()]).await?;
    }
    tx.execute(store::ADD, args![key.kid(), key.jwk().to_string(), Some(sealed), cx.now_ms()]).await?;
    tx.commit().await?;
    Ok(key.kid().to_owned())
}

/// Makes another key, which signs from now on. Has no effect on what is signed where a key is configured.
///
/// # Errors
/// [`Error`].
pub async fn rotate(cx: &Cx) -> Result<String, Error> {
    make(cx, Operation::ManageCommittenti).await
}

/// All public keys, newest first: also those that no longer sign.
///
/// # Errors
/// [`Error::Store`].
pub async fn keys(cx: &Cx) -> Result<Vec<PublicKey>, Error> {
    cx.list(store::KEYS, args![]).await
}

/// The payload of a JWS that one of the tenant's keys has signed.
///
/// # Errors
/// [`Error::Store`].
pub async fn verify(cx: &Cx, jws: &str) -> Result<Option<Value>, Error> {
    let Some(kid) = kid_of(jws) else { return Ok(None) };
    let key: Option<PublicKey> = cx.find(store::BY_KID, args![kid]).await?;
    let jwk = key.and_then(|key| serde_json::from_str::<Value>(&key.jwk).ok());
    Ok(jwk.and_then(|jwk| verified(jws, &jwk)))
}
