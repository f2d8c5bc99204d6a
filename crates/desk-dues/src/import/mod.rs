//! Imports: the body's list of firms, and the fleets of a year, as CSV files.
//!
//! A file is first looked at ([`preview`]): every row is checked, and the operator reads what is wrong with which line.
//! Then its good rows are applied ([`apply`]) in one transaction, or it is dropped. Firms are matched by tax code;
//! firms that a file does not name stay as they are. A fleet in the file replaces the firm's whole fleet of that year,
//! except for firms that have paid, whose fleets are left as they are and reported.
//!
//! Invariants: an import is applied once; what is applied was checked against the database as it is then, not as it
//! was at the preview; the file is destroyed with either decision. Files are read row by row: a row costs the file's
//! own bytes and some dozens more.

mod export;
mod findings;
mod firms;
mod fleets;
mod job;
mod known;
mod model;
mod sheet;
pub mod store;

pub use export::errors_csv;
pub(crate) use export::guarded;
pub use job::ApplyImport;
pub use model::{Import, ImportError, ImportId, ImportKind, ImportState, LeftFleet, Report, RowError};

use ::store::args;
use sportello_core::access::{Actor, Operation};
use sportello_core::{Cx, row};

use crate::fee;
use findings::Findings;
use known::Source;

/// The largest file that is taken: about four million vehicles.
pub const LARGEST: usize = 256 * 1024 * 1024;

/// Checks a file and keeps it for a decision.
///
/// # Errors
/// [`ImportError`] for a file that cannot be read as a whole; faults of single rows are in the import's report.
pub async fn preview(
    cx: &Cx,
    kind: ImportKind,
    year: Option<i64>,
    file_name: &str,
    bytes: Vec<u8>,
) -> Result<Import, ImportError> {
    cx.require(Operation::Import)?;
    if bytes.len() > LARGEST {
        return Err(ImportError::TooLarge);
    }
    let findings = match kind {
        ImportKind::Firms => firms::check(cx, &bytes).await?,
        ImportKind::Fleet => {
            let year = year.ok_or(ImportError::NoYear)?;
            fee::rules(cx, year).map_err(|_| ImportError::NoSuchYear(year))?;
            fleets::check(cx, year, &bytes).await?
        }
    };
    if findings.good + findings.bad == 0 {
        return Err(ImportError::NoRows);
    }
    keep(cx, kind, year, file_name, bytes, findings).await
}

async fn keep(
    cx: &Cx,
    kind: ImportKind,
    year: Option<i64>,
    file_name: &str,
    bytes: Vec<u8>,
    findings: Findings,
) -> Result<Import, ImportError> {
    let id = ImportId(cx.id());
    let operator = match &cx.actor {
        Actor::Operator { id, .. } => Some(*id),
        _ => None,
    };
    let year = year.filter(|_| kind == ImportKind::Fleet);
    let name: String = file_name.chars().filter(|c| !c.is_control()).take(200).collect();
    let (good, bad, report) = findings.stored();
    let mut tx = cx.begin(Operation::Import).await?;
    tx.note("import", id.0).note("kind", kind.key()).note("good", good).note("bad", bad);
    tx.execute(store::KEEP, args![id, kind.key(), year, name, bytes, good, bad, report, operator, cx.now_ms()]).await?;
    tx.commit().await?;
    get(cx, id).await?.ok_or(ImportError::NoSuchImport)
}

row! {
    struct Content { kind: String, year: Option<i64>, content: Option<Vec<u8>> }
}

/// Applies the good rows of a previewed file in one transaction. Applied again, it changes nothing.
///
/// # Errors
/// [`ImportError`]; then nothing was applied.
pub async fn apply(cx: &Cx, id: ImportId) -> Result<Import, ImportError> {
    let mut tx = cx.begin(Operation::Import).await?;
    // The state changes first: whoever comes at the same time waits here, and then finds nothing to do.
    if tx.execute(store::TAKE, args![id, cx.now_ms()]).await? == 0 {
        tx.rollback().await?;
        let import = get(cx, id).await?.ok_or(ImportError::NoSuchImport)?;
        return if import.state() == ImportState::Applied { Ok(import) } else { Err(ImportError::Dropped) };
    }
    let content: Content = tx.find(store::CONTENT, args![id]).await?.ok_or(ImportError::NoSuchImport)?;
    let bytes = content.content.unwrap_or_default();
    let findings = match (ImportKind::from_key(&content.kind), content.year) {
        (Some(ImportKind::Fleet), Some(year)) => fleets::apply(&mut tx, id, year, &bytes).await?,
        _ => firms::apply(cx, &mut tx, &bytes).await?,
    };
    let (good, bad, report) = findings.stored();
    tx.execute(store::FINISH, args![id, good, bad, report]).await?;
    tx.note("import", id.0).note("kind", content.kind).note("good", good).note("bad", bad);
    tx.commit().await?;
    get(cx, id).await?.ok_or(ImportError::NoSuchImport)
}

/// Drops a previewed file. Dropped again, it changes nothing.
///
/// # Errors
/// [`ImportError::Applied`] when it is too late.
pub async fn drop_preview(cx: &Cx, id: ImportId) -> Result<(), ImportError> {
    let mut tx = cx.begin(Operation::Import).await?;
    if tx.execute(store::DROP, args![id]).await? == 1 {
        tx.note("import", id.0).note("dropped", true);
        tx.commit().await?;
        return Ok(());
    }
    tx.rollback().await?;
    let import = get(cx, id).await?.ok_or(ImportError::NoSuchImport)?;
    if import.state() == ImportState::Applied { Err(ImportError::Applied) } else { Ok(()) }
}

/// An import with its report.
///
/// # Errors
/// [`ImportError::Ground`].
pub async fn get(cx: &Cx, id: ImportId) -> Result<Option<Import>, ImportError> {
    cx.require(Operation::Import)?;
    Ok(cx.find(store::BY_ID, args![id]).await?)
}

/// The latest imports, newest first.
///
/// # Errors
/// [`ImportError::Ground`].
pub async fn latest(cx: &Cx) -> Result<Vec<Import>, ImportError> {
    cx.require(Operation::Import)?;
    Ok(cx.list(store::LATEST, args![]).await?)
}
