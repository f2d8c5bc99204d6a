//! The transaction log of the service provider: request and Response, for 24 months (DPCM 24 October 2014, art. 13).

use ::store::args;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::accept::{Accepted, Refusal, name};
use super::begin::hex;
use super::store;
use crate::access::Operation;
use crate::error::Error;
use crate::vault::digest;
use crate::{Cx, Tx, row};

/// 24 months, the longest that two years can be.
pub(super) const KEEP: SignedDuration = SignedDuration::from_hours(24 * 731);

/// The result of an answer that proved an identity.
pub(super) const PROVED: &str = "proved";
/// The result of a token that was revoked.
pub(super) const REVOKED: &str = "token-revoked";
/// The result of a trust chain that was collected.
pub(super) const CHAIN: &str = "trust-chain-collected";
/// The results of answers that no provider vouches for.
const UNPROVEN: [&str; 6] = ["signature", "malformed", "rule", "callback", "tokens", "no-card"];
/// The most that is kept of an answer, in characters: more than any provider sends.
const MOST: usize = 128 * 1024;
/// The results of answers that a provider signed and that open nothing all the same: they are evidence as a whole, and who
/// fills the log with them needs an identity.
const SIGNED: [&str; 5] = [PROVED, CHAIN, "level", "replay", "no-tax-code"];
/// The most that is kept of any other answer that proved nothing. An error of a provider is a quarter of it.
const MOST_OF_A_REFUSAL: usize = 8 * 1024;

#[derive(Serialize, Deserialize)]
struct Messages {
    request: String,
    response: String,
}

row! {
    struct Row {
        id: i64,
        at: i64,
        provider: String,
        result: String,
        messages: Vec<u8>,
    }
}

/// A line of the log as it is handed over.
#[derive(Debug, Serialize)]
pub struct LogLine {
    /// Its id.
    pub id: i64,
    /// When the Response came.
    pub at: Timestamp,
    /// The provider's entity id.
    pub provider: String,
    /// `proved`, `trust-chain-collected`, `token-revoked`, or the name of the error.
    pub result: String,
    /// The request: SPID's AuthnRequest as XML, CIE's request object; empty for a chain.
    pub request: String,
    /// The answer: SPID's Response as the form carried it (base64), CIE's token request, tokens and attributes in JSON, a
    /// chain's statements by line.
    pub response: String,
}

/// The name of what came out.
pub(super) fn result(accepted: &Result<Accepted, Refusal>) -> String {
    accepted.as_ref().map_or_else(name, |_| PROVED.to_owned())
}

pub(super) async fn keep(
    cx: &Cx,
    tx: &mut Tx,
    provider: &str,
    result: &str,
    request: &str,
    response: &str,
) -> Result<(), Error> {
    let id = cx.id();
    // Anybody can post rubbish for a request of their own: nothing is kept of it but a digest. The request is ours.
    let most = if SIGNED.contains(&result) { MOST } else { MOST_OF_A_REFUSAL };
    let response = if UNPROVEN.contains(&result) {
        format!("sha256:{}, {} bytes", hex(&digest(response)), response.len())
    } else {
        response.chars().take(most).collect()
    };
    let messages = Messages { request: request.to_owned(), response };
    let plain = serde_json::to_vec(&messages).unwrap_or_default();
    let sealed = cx.app.vault().seal("identity-log", &id.to_string(), &plain, cx.chance())?;
    let end = cx.now().checked_add(KEEP).unwrap_or(Timestamp::MAX).as_millisecond();
    tx.execute(store::LOG, args![id, cx.now_ms(), provider, result, sealed, end]).await?;
    Ok(())
}

/// Up to 200 lines of the log between two instants, after a line's id (0 for the first): for those who may ask for it.
/// Asking for the first leaves a line in the audit.
///
/// # Errors
/// [`Error::Store`]; [`Error::Sealed`](Error) when the master key is another one.
pub async fn export(cx: &Cx, from: Timestamp, until: Timestamp, after: i64) -> Result<Vec<LogLine>, Error> {
    cx.require(Operation::ExportIdentityLog)?;
    if after == 0 {
        let mut tx = cx.begin(Operation::ExportIdentityLog).await?;
        tx.note("from", from.to_string()).note("until", until.to_string());
        tx.commit().await?;
    }
    let args = args![from.as_millisecond(), until.as_millisecond(), after];
    let rows: Vec<Row> = cx.list(store::LOGGED, args).await?;
    rows.into_iter().map(|row| open(cx, row)).collect()
}

fn open(cx: &Cx, row: Row) -> Result<LogLine, Error> {
    let plain = cx.app.vault().open("identity-log", &row.id.to_string(), &row.messages)?;
    let messages: Messages = serde_json::from_slice(&plain).map_err(|_| Error::Stopped("the identity log"))?;
    Ok(LogLine {
        id: row.id,
        at: crate::clock::instant(row.at),
        provider: row.provider,
        result: row.result,
        request: messages.request,
        response: messages.response,
    })
}
