//! Answers: kept, compared with what was declared, and told to everybody who waits.

use ::store::args;
use italia::{EmailAddress, FiscalCode};
use jiff::Timestamp;
use registries::{Answered, PecEntry, PecMatch, Quota, compare};
use serde::{Deserialize, Serialize};

use super::budget::BREAKS_AT;
use super::minutes::{self, Minute};
use super::model::{LookUpId, QueueLane};
use super::source::RegisterSource;
use super::store;
use crate::clock::instant;
use crate::error::Error;
use crate::jobs::{self, Lane};
use crate::{Cx, Tx, row};

const PURPOSE: &str = "register answer";
/// No source keeps anybody away for longer by one answer: a day.
pub(super) const LONGEST_PAUSE_MS: i64 = 24 * 3_600_000;

/// The addresses on file, as they are sealed.
#[derive(Serialize, Deserialize)]
struct Kept {
    firm: Option<String>,
    further: Vec<String>,
    unreadable: Option<String>,
}

row! {
    struct Sealed { sealed: Vec<u8>, on_file: bool, at: i64 }
}
row! {
    struct Asker { tenant: String, id: LookUpId, email: String, then_job: String }
}
/// A question that was asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub(super) id: i64,
    pub(super) lane: QueueLane,
    /// It was left out of an answer once.
    pub(super) missed: bool,
    pub(super) created_at: i64,
}

/// The last good answer about a code.
pub(super) struct Last {
    pub(super) on_file: bool,
    pub(super) at: Timestamp,
    pub(super) entry: Option<PecEntry>,
}

/// The last good answer, whatever its age.
pub(super) async fn last(cx: &Cx, tx: &mut Tx, source: &str, code: &FiscalCode) -> Result<Option<Last>, Error> {
    let found: Option<Sealed> = tx.shared().find(store::LAST_ANSWER, args![source, code.as_str()]).await?;
    Ok(found.map(|kept| read(cx, source, code, &kept)))
}

/// The same, outside a transaction.
pub(super) async fn last_outside(cx: &Cx, source: &str, code: &FiscalCode) -> Result<Option<Last>, Error> {
    let found: Option<Sealed> = cx.app.db().find(store::LAST_ANSWER, args![source, code.as_str()]).await?;
    Ok(found.map(|kept| read(cx, source, code, &kept)))
}

fn read(cx: &Cx, source: &str, code: &FiscalCode, kept: &Sealed) -> Last {
    // What cannot be opened is no answer to compare with; the source is asked again.
    let open = || {
        let plain = cx.app.vault().open(PURPOSE, &about(source, code), &kept.sealed).ok()?;
        let kept: Kept = serde_json::from_slice(&plain).ok()?;
        Some(PecEntry {
            code: *code,
            firm_pec: kept.firm.and_then(|text| EmailAddress::parse(&text).ok()),
            further: kept.further.iter().filter_map(|text| EmailAddress::parse(text).ok()).collect(),
            unreadable_pec: kept.unreadable,
            professionals: Vec::new(),
        })
    };
    Last { on_file: kept.on_file, at: instant(kept.at), entry: open() }
}

fn about(source: &str, code: &FiscalCode) -> String {
    format!("{source} {}", code.as_str())
}

/// Whether an address is the one that the source named not long ago.
pub(super) async fn known_match(
    cx: &Cx,
    tx: &mut Tx,
    source: &RegisterSource,
    code: &FiscalCode,
    declared: &EmailAddress,
) -> Result<bool, Error> {
    let last = last(cx, tx, &source.name, code).await?;
    let fresh = last.filter(|l| cx.now().duration_since(l.at) < source.limits.serve_for);
    Ok(fresh.and_then(|l| l.entry).is_some_and(|entry| compare(&entry, declared) == PecMatch::Match))
}

/// Writes down what a source answered to several questions. The source is held.
pub(super) async fn tell_all(
    cx: &Cx,
    tx: &mut Tx,
    source: &RegisterSource,
    asked: &[(Asked, FiscalCode)],
    answered: &Answered<Vec<PecEntry>>,
) -> Result<(), Error> {
    for (asked, code) in asked {
        match PecEntry::find(&answered.value, code) {
            Some(entry) => tell(cx, tx, &source.name, *asked, entry).await?,
            // Left out may be forgotten: only whoever is left out twice has no address on file.
            None if !asked.missed => missed(cx, tx, source, *asked).await?,
            None => {
                tell(cx, tx, &source.name, *asked, &nothing(*code)).await?;
            }
        }
    }
    tx.shared().execute(store::ANSWERED_SOURCE, args![source.name.as_str(), cx.now_ms(), BREAKS_AT]).await?;
    obey(cx, tx, source, answered.quota).await
}

fn nothing(code: FiscalCode) -> PecEntry {
    PecEntry { code, firm_pec: None, further: Vec::new(), unreadable_pec: None, professionals: Vec::new() }
}

/// A source that has nothing left is asked nothing until it has. What it was asked is fetched: that costs nothing, and somebody
/// waits for it.
pub(super) async fn obey(cx: &Cx, tx: &mut Tx, source: &RegisterSource, quota: Quota) -> Result<(), Error> {
    if let Some(pause) = quota.pause() {
        let pause = i64::try_from(pause.as_millis()).unwrap_or(LONGEST_PAUSE_MS).clamp(0, LONGEST_PAUSE_MS);
        tx.shared().execute(store::SPENT, args![source.name.as_str(), cx.now_ms() + pause]).await?;
    }
    Ok(())
}

async fn missed(cx: &Cx, tx: &mut Tx, source: &RegisterSource, asked: Asked) -> Result<(), Error> {
    let back = args![asked.id, "left out of the answer", cx.now_ms(), true];
    tx.shared().execute(store::BACK, back).await?;
    tx.shared().execute(store::MISSED, args![asked.id]).await?;
    not_answered(cx, tx, source, asked).await
}

/// Counts a look-up that came to nothing.
pub(super) async fn not_answered(cx: &Cx, tx: &mut Tx, source: &RegisterSource, asked: Asked) -> Result<(), Error> {
    minutes::count(tx, &source.name, asked.lane, cx.now_ms(), Minute { failed: 1, ..Minute::default() }).await
}

/// Writes an answer down and tells whoever waits for it. The source is held.
async fn tell(cx: &Cx, tx: &mut Tx, source: &str, asked: Asked, entry: &PecEntry) -> Result<(), Error> {
    let now = cx.now_ms();
    if tx.shared().execute(store::DELETE, args![asked.id]).await? == 0 {
        // Another node has told them.
        return Ok(());
    }
    keep(cx, tx, source, entry).await?;
    let waited_ms = (now - asked.created_at).max(0);
    minutes::count(tx, source, asked.lane, now, Minute { answered: 1, waited_ms, ..Minute::default() }).await?;
    let askers: Vec<Asker> = tx.shared().list(store::ASKERS, args![asked.id]).await?;
    for asker in askers {
        let Ok(declared) = EmailAddress::parse(&asker.email) else {
            // Not "no": the question itself is broken, and somebody has to look at it.
            tracing::error!(look_up = %asker.id, "a stored look-up cannot be read");
            continue;
        };
        let (answer, masked) = named(compare(entry, &declared));
        if tx.execute_for(&asker.tenant, store::ANSWER, args![asker.id, answer, masked, now]).await? == 1 {
            let payload = serde_json::json!({ "look_up": asker.id }).to_string();
            jobs::enqueue_named_for(cx, tx, &asker.tenant, &asker.then_job, Lane::Person, &payload).await?;
        }
    }
    Ok(())
}

async fn keep(cx: &Cx, tx: &mut Tx, source: &str, entry: &PecEntry) -> Result<(), Error> {
    let kept = Kept {
        firm: entry.firm_pec.as_ref().map(|a| a.as_str().to_owned()),
        further: entry.further.iter().map(|a| a.as_str().to_owned()).collect(),
        unreadable: entry.unreadable_pec.clone(),
    };
    let on_file = kept.firm.is_some() || kept.unreadable.is_some();
    let plain = serde_json::to_vec(&kept).unwrap_or_default();
    let Ok(sealed) = cx.app.vault().seal(PURPOSE, &about(source, &entry.code), &plain, cx.chance()) else {
        return Ok(());
    };
    let args = args![source, entry.code.as_str(), sealed, on_file, cx.now_ms()];
    tx.shared().execute(store::SAVE_ANSWER, args).await?;
    Ok(())
}

/// The answer as it is stored.
pub(super) fn named(answer: PecMatch) -> (&'static str, Option<String>) {
    match answer {
        PecMatch::Match => ("match", None),
        PecMatch::NoEntry => ("no-entry", None),
        PecMatch::AnotherAddress { masked } => ("another-address", Some(masked)),
    }
}
