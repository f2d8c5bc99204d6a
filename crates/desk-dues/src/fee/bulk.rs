//! All charges of a year at once: when the year opens, so that nobody waits for a computation on that day.

use ::store::{Arg, args};
use pagopa::{NoticeNumber, SegregationCode};
use serde::{Deserialize, Serialize};
use sportello_core::access::Operation;
use sportello_core::charges::{ChargeError, Computation};
use sportello_core::jobs::{self, Job, JobError, Lane, Schedule};
use sportello_core::people::FirmId;
use sportello_core::{Cx, Tx, chain, row};

use super::compute::{explained, fact};
use super::{FeeError, KIND, rules, store};
use crate::fleet;
use crate::rules::{FeeYear, Tariff};

/// Firms in one transaction: few enough that nobody else waits long for the writer.
const FIRMS: i64 = 1_000;

row! {
    struct FirmRow { id: i64 }
}

/// What one batch has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Charges that were made.
    pub made: u64,
    /// The last firm that was looked at; none when there was no firm left.
    pub last: Option<FirmId>,
}

/// Makes the missing charges of a year, batch by batch. Charges that live already stay as they are.
#[derive(Debug, Serialize, Deserialize)]
pub struct ComputeAll {
    /// The fee year.
    pub year: i64,
    /// Firms up to this one are done; 0 to begin.
    pub after: FirmId,
}

impl Job for ComputeAll {
    const NAME: &'static str = "fee.compute-all";
    const LANE: Lane = Lane::Background;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        match batch(cx, self.year, self.after, true).await {
            Ok(_) => Ok(()),
            Err(FeeError::Ground(error)) => Err(JobError::retry(chain(&error))),
            Err(error) => Err(JobError::fail(chain(&error))),
        }
    }
}

/// Makes all missing charges of a year now, in batches of one transaction each, and returns how many.
///
/// # Errors
/// [`FeeError`]; the batches before it are kept, and the next call goes on behind them.
pub async fn compute_all(cx: &Cx, year: i64) -> Result<u64, FeeError> {
    let (mut made, mut after) = (0, FirmId(0));
    loop {
        let batch = compute_batch(cx, year, after).await?;
        made += batch.made;
        match batch.last {
            Some(last) => after = last,
            None => return Ok(made),
        }
    }
}

/// Makes the missing charges of the next firms behind `after`.
///
/// # Errors
/// [`FeeError`].
pub async fn compute_batch(cx: &Cx, year: i64, after: FirmId) -> Result<Batch, FeeError> {
    batch(cx, year, after, false).await
}

async fn batch(cx: &Cx, year: i64, after: FirmId, go_on: bool) -> Result<Batch, FeeError> {
    let (fee_year, tariff) = rules(cx, year)?;
    let day = fee_year.roll_date().ok_or(FeeError::NoSuchYear(year))?.to_string();
    let mut tx = cx.begin(Operation::ComputeFee).await?;
    if !fleet::any(&mut tx, year).await? {
        return Err(FeeError::NoFleets(year));
    }
    let firms: Vec<FirmRow> = tx.list(store::WITHOUT_CHARGE, args![after, day, KIND, year, FIRMS]).await?;
    let (Some(first), Some(last)) = (firms.first(), firms.last()) else {
        return Ok(Batch { made: 0, last: None });
    };
    let last = FirmId(last.id);
    let mut fleets = fleet::of_firms(&mut tx, year, FirmId(first.id), last).await?;
    let computed = firms.iter().map(|firm| {
        let vehicles = fleets.remove(&firm.id).unwrap_or_default();
        (firm.id, computation(fee_year, tariff, &vehicles))
    });
    let made = insert(cx, &mut tx, year, computed.collect()).await?;
    tx.note("year", year).note("made", made);
    if go_on {
        let next = ComputeAll { year, after: last };
        jobs::enqueue(cx, &mut tx, &next, Schedule::now().unique(&super::deadline_name(year))).await?;
    }
    tx.commit().await?;
    Ok(Batch { made, last: Some(last) })
}

fn computation(year: &FeeYear, tariff: &Tariff, vehicles: &[fleet::StoredVehicle]) -> Computation {
    let facts = vehicles.iter().map(|v| fact(tariff, &v.plate, &v.kind, v.mass_kg)).collect();
    explained(tariff, &year.citation(), year.reference_date, facts)
}

/// Inserts charges with a block of notice numbers. A firm that got a charge meanwhile keeps that one.
async fn insert(cx: &Cx, tx: &mut Tx, year: i64, computed: Vec<(i64, Computation)>) -> Result<u64, FeeError> {
    const COLUMNS: [&str; 9] =
        ["id", "firm_id", "kind", "year", "amount", "computation", "notice_number", "state", "created_at"];
    const KEEP: &str = "(tenant, firm_id, kind, year) WHERE state <> 'cancelled' DO NOTHING";
    let creditor = cx.tenant.creditor.as_ref().ok_or(ChargeError::NoCreditor)?;
    let code = creditor.segregation.parse().ok().and_then(|n| SegregationCode::new(n).ok());
    let segregation = code.ok_or(ChargeError::NoCreditor)?;
    let count = i64::try_from(computed.len()).unwrap_or(i64::MAX);
    let end = tx.count(store::RESERVE_NUMBERS, args!["notice-number", count]).await?;
    let mut rows: Vec<Vec<Arg>> = Vec::with_capacity(computed.len());
    for (base, (firm, computation)) in (end - count + 1..).zip(computed) {
        let base = u64::try_from(base).unwrap_or(u64::MAX);
        let number = NoticeNumber::generate(segregation, base).map_err(ChargeError::NoNumber)?;
        let json = serde_json::to_string(&computation).unwrap_or_default();
        let amount = computation.total().cents();
        rows.push(args![cx.id(), firm, KIND, year, amount, json, number.to_string(), "open", cx.now_ms()]);
    }
    Ok(tx.insert_many("charges", &COLUMNS, rows, Some(KEEP)).await?)
}
