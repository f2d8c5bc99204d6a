use serde::{Deserialize, Serialize};

use super::super::begin::hex;
use super::super::log;
use super::super::model::Proved;
use super::chain::provider;
use super::connection::connection;
use crate::access::Operation;
use crate::error::Error;
use crate::jobs::{self, Job, JobError, Lane, Schedule};
use crate::{Cx, Tx, chain};

const PURPOSE: &str = "cie-token";

/// Revokes an access token at the provider: somebody has left.
#[derive(Debug, Serialize, Deserialize)]
pub struct RevokeToken {
    /// What names the token to the vault.
    id: i64,
    /// The token, sealed, in hexadecimal.
    sealed: String,
}

impl Job for RevokeToken {
    const NAME: &'static str = "identities.revoke";
    const LANE: Lane = Lane::Background;
    /// A token ends by itself before long.
    const TRIES: i64 = 12;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let Some(connection) = connection(cx) else { return Ok(()) };
        let token = open(cx, &self).ok_or_else(|| JobError::fail("the token cannot be opened"))?;
        let known = provider(cx, connection).await.map_err(|error| JobError::retry(chain(&error)))?;
        let mut chance = [0; 16];
        cx.chance().fill(&mut chance);
        let revoked = connection.party.revoke(&connection.http, &known.provider, &token, &chance, cx.now()).await;
        revoked.map_err(|error| JobError::retry(chain(&error)))?;
        let mut tx = cx.begin(Operation::Maintain).await?;
        log::keep(cx, &mut tx, connection.provider.as_str(), log::REVOKED, "", "").await?;
        Ok(tx.commit_unaudited().await?)
    }
}

fn open(cx: &Cx, job: &RevokeToken) -> Option<String> {
    let bytes = (0..job.sealed.len() / 2).map(|at| u8::from_str_radix(job.sealed.get(2 * at..2 * at + 2)?, 16).ok());
    let plain = cx.app.vault().open(PURPOSE, &job.id.to_string(), &bytes.collect::<Option<Vec<u8>>>()?).ok()?;
    String::from_utf8(plain).ok()
}

/// Sees to it that what was proved opens nothing at the provider any more; nothing to do for SPID.
pub(in super::super) async fn revoke_with(cx: &Cx, tx: &mut Tx, proved: &Proved) -> Result<(), Error> {
    match &proved.access_token {
        Some(token) => revoke_token(cx, tx, token).await,
        None => Ok(()),
    }
}

/// Has an access token revoked.
pub(super) async fn revoke_token(cx: &Cx, tx: &mut Tx, token: &str) -> Result<(), Error> {
    let id = cx.id();
    let sealed = hex(&cx.app.vault().seal(PURPOSE, &id.to_string(), token.as_bytes(), cx.chance())?);
    jobs::enqueue(cx, tx, &RevokeToken { id, sealed }, Schedule::now()).await
}

/// The same, in a transaction of its own.
pub(in super::super) async fn revoke_now(cx: &Cx, proved: &Proved) -> Result<(), Error> {
    if proved.access_token.is_none() {
        return Ok(());
    }
    let mut tx = cx.begin(Operation::SignOut).await?;
    revoke_with(cx, &mut tx, proved).await?;
    tx.commit_unaudited().await
}
