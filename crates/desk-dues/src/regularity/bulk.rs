//! Questions about many firms at once.

use italia::FiscalCode;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use sportello_core::access::Operation;
use sportello_core::clock::instant;
use sportello_core::committenti::{CommittenteId, usage};
use sportello_core::jobs::{self, Job, JobError, Lane, Schedule};
use sportello_core::registry::{self, OnFile, QueueLane};
use sportello_core::{Cx, Error, Tx, id, row};
use store::{Arg, args};

use super::answer::Answer;
use super::facts::{Calendar, answered, gather, not_asked};
use super::query::{Address, QueryId, asker, json, settles, wished};
use super::store as sql;

id! {
    /// The id of a bulk.
    BulkId;
}

/// Firms in one bulk.
pub const MOST_ITEMS: usize = 1_000;
/// Bulks of one committente that are under way.
const MOST_OPEN: i64 = 4;
/// Of what is no tax code, so many characters are kept, for its owner to find it.
const KEPT_OF_BAD: usize = 20;
/// Items that are answered in one transaction.
const AT_ONCE: i64 = 50;
/// Items that wait for the register are looked at again after this long.
const AGAIN: SignedDuration = SignedDuration::from_secs(60);
const COLUMNS: [&str; 9] =
    ["id", "committente_id", "bulk_id", "position", "code", "state", "reason", "fresh", "asked_at"];

row! {
    /// Many questions.
    #[derive(Clone, Debug)]
    pub struct Bulk {
        /// Its id.
        pub id: BulkId,
        /// How many codes were sent.
        pub items: i64,
        /// How many are answered.
        pub answered: i64,
        /// How many are refused: no tax code, or twice.
        pub refused: i64,
        /// When it came, in milliseconds since 1970.
        pub created_at: i64,
        /// When all was answered.
        pub finished_at: Option<i64>,
    }
}

row! {
    /// One question of a bulk.
    #[derive(Clone)]
    pub struct Item {
        /// Its id.
        pub id: QueryId,
        /// Its place in what was sent, from 1.
        pub position: i64,
        /// The code: canonical, or the first characters of what is none.
        pub code: String,
        /// `waiting`, `answered` or `refused`.
        pub state: String,
        /// Why it was refused: `duplicate`, or what is wrong with the code.
        pub reason: Option<String>,
        /// The answer, JSON; see [`Item::answer`].
        pub answer: Option<String>,
    }
}

impl std::fmt::Debug for Item {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Item").field("position", &self.position).field("state", &self.state).finish_non_exhaustive()
    }
}

impl Item {
    /// The answer; none while it waits, or when it was refused.
    pub fn answer(&self) -> Option<Answer> {
        self.answer.as_deref().and_then(|json| serde_json::from_str(json).ok())
    }
}

/// A bulk that is not taken.
#[derive(Debug, thiserror::Error)]
pub enum BulkError {
    /// No code at all.
    #[error("there is no code")]
    Empty,
    /// Too many codes.
    #[error("there are more than {MOST_ITEMS} codes")]
    TooMany,
    /// Too many bulks are under way.
    #[error("{MOST_OPEN} bulks are under way already")]
    Open,
    /// Anything else.
    #[error("the codes cannot be taken")]
    Ground(#[from] Error),
}

/// Takes many questions. Codes that are wrong or stand twice are refused by themselves, with the reason. The same id gives
/// the same bulk.
///
/// # Errors
/// [`BulkError`].
pub async fn submit(cx: &Cx, id: BulkId, codes: &[String], fresh: bool) -> Result<Bulk, BulkError> {
    let committente = asker(cx)?;
    if let Some(bulk) = bulk(cx, id).await? {
        return Ok(bulk);
    }
    match codes.len() {
        0 => return Err(BulkError::Empty),
        1..=MOST_ITEMS => {}
        _ => return Err(BulkError::TooMany),
    }
    if cx.count(sql::OPEN_BULKS, args![committente]).await? >= MOST_OPEN {
        return Err(BulkError::Open);
    }
    let mut tx = cx.begin(Operation::QueryRegularity).await?;
    let rows = rows(cx, committente, id, codes, fresh);
    let asked = rows.len();
    let count = i64::try_from(codes.len()).unwrap_or(i64::MAX);
    if tx.execute(sql::ADD_BULK, args![id, committente, count, fresh, cx.now_ms()]).await? == 1 {
        tx.insert_many("regularity_queries", &COLUMNS, rows, Some("(tenant, id) DO NOTHING")).await?;
        jobs::enqueue(cx, &mut tx, &RunBulk { bulk: id }, Schedule::now().unique(&id.to_string())).await?;
        usage::count_queries(cx, &mut tx, committente, i64::try_from(asked).unwrap_or(0)).await?;
        tx.note("bulk", id.0).note("number", count).note("fresh", fresh);
        tx.commit().await?;
    }
    Ok(bulk(cx, id).await?.ok_or(Error::Store(store::Error::NoRow))?)
}

fn rows(cx: &Cx, committente: CommittenteId, bulk: BulkId, codes: &[String], fresh: bool) -> Vec<Vec<Arg>> {
    let mut seen = std::collections::HashSet::new();
    let row = |(index, text): (usize, &String)| {
        let (code, state, reason) = match FiscalCode::parse(text) {
            Ok(code) if !seen.insert(code) => (code.as_str().to_owned(), "refused", Some("duplicate")),
            Ok(code) => (code.as_str().to_owned(), "waiting", None),
            Err(error) => (shortened(text), "refused", Some(error.key())),
        };
        let position = i64::try_from(index + 1).unwrap_or(i64::MAX);
        args![cx.id(), committente, bulk, position, code, state, reason, fresh, cx.now_ms()]
    };
    codes.iter().enumerate().map(row).collect()
}

fn shortened(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control()).take(KEPT_OF_BAD).collect()
}

/// One of the caller's bulks.
///
/// # Errors
/// [`Error`].
pub async fn bulk(cx: &Cx, id: BulkId) -> Result<Option<Bulk>, Error> {
    cx.find(sql::BULK, args![asker(cx)?, id]).await
}

/// The caller's bulks older than one, newest first.
///
/// # Errors
/// [`Error`].
pub async fn bulks(cx: &Cx, before: Option<BulkId>, most: i64) -> Result<Vec<Bulk>, Error> {
    cx.list(sql::BULKS, args![asker(cx)?, before.map_or(i64::MAX, |id| id.0), most]).await
}

/// The items of one of the caller's bulks after a place, in order.
///
/// # Errors
/// [`Error`].
pub async fn items(cx: &Cx, id: BulkId, after: i64, most: i64) -> Result<Vec<Item>, Error> {
    cx.list(sql::ITEMS, args![asker(cx)?, id, after, most]).await
}

/// Answers the items of a bulk; comes again while some wait for the register.
#[derive(Debug, Serialize, Deserialize)]
pub struct RunBulk {
    /// The bulk.
    pub bulk: BulkId,
}

impl Job for RunBulk {
    const NAME: &'static str = "regularity.bulk";
    const LANE: Lane = Lane::Background;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let calendar = Calendar::read(cx).await?;
        let mut after = 0;
        loop {
            let waiting: Vec<Waiting> = cx.list(sql::WAITING, args![self.bulk, after, AT_ONCE]).await?;
            let Some(last) = waiting.last() else { break };
            after = last.position;
            chunk(cx, &calendar, &waiting).await?;
        }
        let mut tx = cx.begin(Operation::QueryRegularity).await?;
        if tx.execute(sql::FINISH, args![self.bulk, cx.now_ms()]).await? == 0
            && tx.count(sql::LEFT, args![self.bulk]).await? > 0
        {
            let at = cx.now().checked_add(AGAIN).unwrap_or_else(|_| cx.now());
            jobs::enqueue(cx, &mut tx, &self, Schedule::at(at).unique(&self.bulk.to_string())).await?;
        }
        Ok(tx.commit_unaudited().await?)
    }
}

row! {
    struct Waiting { id: QueryId, position: i64, code: String, fresh: bool, asked_at: i64 }
}

async fn chunk(cx: &Cx, calendar: &Calendar, waiting: &[Waiting]) -> Result<(), Error> {
    let mut gathered = Vec::with_capacity(waiting.len());
    for item in waiting {
        let Ok(code) = FiscalCode::parse(&item.code) else { continue };
        let known = registry::on_file(cx, &code).await?;
        gathered.push((item, code, known, gather(cx, calendar, &code, not_asked()).await?));
    }
    let mut tx = cx.begin(Operation::QueryRegularity).await?;
    for (item, code, known, mut answer) in gathered {
        if let Address::Said(fact) = address(cx, &mut tx, item, &code, known).await? {
            answer.certified_address = fact;
            tx.execute(sql::SETTLE, args![item.id, json(&answer), cx.now_ms()]).await?;
        }
    }
    tx.commit_unaudited().await
}

async fn address(
    cx: &Cx,
    tx: &mut Tx,
    item: &Waiting,
    code: &FiscalCode,
    known: Option<OnFile>,
) -> Result<Address, Error> {
    let since = instant(item.asked_at);
    match (known, item.fresh) {
        (Some(known), false) if known.fresh => Ok(Address::Said(answered(known))),
        (known, true) if let Some(fact) = settles(known, since, cx.now()) => Ok(Address::Said(fact)),
        _ => Ok(wished(registry::wish(cx, tx, code, QueueLane::ThirdParty).await?, since, item.fresh)),
    }
}
