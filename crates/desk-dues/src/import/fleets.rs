//! Fleets of a year: checks of a row, and the replacement of whole fleets.

use std::collections::{HashMap, HashSet};

use ::store::args;
use italia::Plate;
use sportello_core::people::FirmId;
use sportello_core::{Cx, Error, Tx};

use super::Source;
use super::findings::{Faults, Findings, masked};
use super::firms::tax_code;
use super::known::{self, packed};
use super::model::{ImportError, ImportId, ImportKind, LeftFleet};
use super::sheet::{Sheet, SheetRow};
use super::store;
use crate::fee;
use crate::fleet::{self, LARGEST_MASS_KG, VehicleKind};

/// Rows that are written at a time, and between which other work gets its turn.
const AT_ONCE: usize = 2_000;
const UPSERT: &str = "(tenant, year, firm_id, plate) DO UPDATE SET kind = excluded.kind, mass_kg = excluded.mass_kg, \
                      source = excluded.source";

const TAX_CODE: usize = 0;
const PLATE: usize = 1;
const KIND: usize = 2;
const MASS: usize = 3;

/// A row that can be applied, in as few bytes as possible: there may be millions.
struct Row {
    firm: i64,
    /// The plate, packed; its order is not that of the letters, but the same for the same plates.
    plate: u128,
    mass_kg: u32,
    kind: VehicleKind,
}

/// Checks all rows without applying any.
pub(super) async fn check(cx: &Cx, year: i64, bytes: &[u8]) -> Result<Findings, ImportError> {
    let mut sheet = Sheet::open(bytes, ImportKind::Fleet)?;
    let mut checks = Checks::new(Source::Cx(cx), year).await?;
    let mut findings = Findings::default();
    read(&mut sheet, &mut checks, &mut findings, |_| ()).await?;
    Ok(findings)
}

/// Checks all rows and replaces the fleets of the firms that they name.
pub(super) async fn apply(tx: &mut Tx, id: ImportId, year: i64, bytes: &[u8]) -> Result<Findings, ImportError> {
    let mut sheet = Sheet::open(bytes, ImportKind::Fleet)?;
    let mut checks = Checks::new(Source::Tx(tx), year).await?;
    let mut findings = Findings::default();
    let mut rows = Vec::new();
    read(&mut sheet, &mut checks, &mut findings, |row| rows.push(row)).await?;
    drop(checks);
    // In the order of the table's key, which fills its pages one after the other.
    rows.sort_unstable_by_key(|row| (row.firm, row.plate));
    for chunk in rows.chunks(AT_ONCE) {
        let columns = |row: &Row| fleet::row(row.firm, year, &unpacked(row.plate), row.kind, row.mass_kg.into(), id.0);
        tx.insert_many("vehicles", &fleet::COLUMNS, chunk.iter().map(columns).collect(), Some(UPSERT)).await?;
    }
    findings.report.removed = fleet::clear_stale(tx, year, id.0).await?;
    findings.report.open_charges = tx.count(store::OPEN_CHARGES, args![fee::KIND, year, id]).await?;
    Ok(findings)
}

async fn read(
    sheet: &mut Sheet<'_>,
    checks: &mut Checks,
    findings: &mut Findings,
    mut take: impl FnMut(Row),
) -> Result<(), ImportError> {
    let mut rows = 0_usize;
    while let Some(row) = sheet.next()? {
        if let Some(row) = checks.row(&row, findings) {
            take(row);
        }
        rows += 1;
        if rows.is_multiple_of(AT_ONCE) {
            tokio::task::yield_now().await;
        }
    }
    Ok(())
}

/// What a row is checked against.
struct Checks {
    firms: HashMap<u128, i64>,
    /// Firms that have paid; their rows are not applied.
    paid: HashSet<i64>,
    /// Those of them that the file has named.
    left: HashSet<i64>,
    plates: HashSet<u128>,
}

impl Checks {
    async fn new(mut source: Source<'_>, year: i64) -> Result<Self, Error> {
        let firms = known::firms(&mut source).await?;
        let paid = known::paid(&mut source, year).await?;
        Ok(Self { firms, paid, left: HashSet::new(), plates: HashSet::new() })
    }

    /// A row that is to be applied: good, and of a firm that has not paid.
    fn row(&mut self, row: &SheetRow<'_>, findings: &mut Findings) -> Option<Row> {
        let mut faults = Faults::of(row, findings);
        if let Some(found) = row.ragged() {
            faults.row(found.to_string(), "import-row-cells");
            return faults.judge(None);
        }
        let firm = self.firm(row, &mut faults);
        let plate = self.plate(row, &mut faults);
        let kind = kind(row, &mut faults);
        let mass = mass(row, &mut faults);
        let good = firm.zip(plate).zip(kind).zip(mass);
        let ((firm, plate), kind, mass_kg) = faults.judge(good.map(|((codes, kind), mass)| (codes, kind, mass)))?;
        if self.paid.contains(&firm) {
            findings.good -= 1;
            if self.left.insert(firm) {
                findings.left(LeftFleet { firm: FirmId(firm), line: row.line });
            }
            return None;
        }
        Some(Row { firm, plate, mass_kg, kind })
    }

    fn firm(&self, row: &SheetRow<'_>, faults: &mut Faults<'_>) -> Option<i64> {
        // A code that the register has as it stands was checked when the firm came in.
        let cell = row.cell(TAX_CODE);
        if let Some(id) = packed(cell).and_then(|code| self.firms.get(&code)) {
            return Some(*id);
        }
        let code = tax_code(row, faults)?;
        let id = packed(code.as_str()).and_then(|code| self.firms.get(&code)).copied();
        if id.is_none() {
            faults.add(TAX_CODE, masked(code.as_str(), 3), "import-row-unknown-firm");
        }
        id
    }

    fn plate(&mut self, row: &SheetRow<'_>, faults: &mut Faults<'_>) -> Option<u128> {
        let cell = row.cell(PLATE);
        let plate = match Plate::parse(cell) {
            Ok(plate) => packed(plate.as_str())?,
            Err(error) => {
                faults.add(PLATE, masked(cell, 2), format!("import-row-plate-{}", error.key()));
                return None;
            }
        };
        if !self.plates.insert(plate) {
            faults.add(PLATE, masked(cell, 2), "import-row-twice");
        }
        Some(plate)
    }
}

fn kind(row: &SheetRow<'_>, faults: &mut Faults<'_>) -> Option<VehicleKind> {
    let kind = VehicleKind::from_italian(row.cell(KIND));
    if kind.is_none() {
        faults.add(KIND, row.cell(KIND), "import-row-kind");
    }
    kind
}

fn mass(row: &SheetRow<'_>, faults: &mut Faults<'_>) -> Option<u32> {
    let cell = row.cell(MASS);
    // No separators: 3.500 may be three and a half thousand or three and a half.
    let mass = Some(cell).filter(|c| c.bytes().all(|b| b.is_ascii_digit())).and_then(|c| c.parse::<u32>().ok());
    match mass {
        Some(mass) if (1..=LARGEST_MASS_KG).contains(&i64::from(mass)) => return Some(mass),
        Some(_) => faults.add(MASS, cell, "import-row-mass-range"),
        None => faults.add(MASS, cell, "import-row-mass-form"),
    }
    None
}

/// The text of a packed code.
fn unpacked(number: u128) -> String {
    number.to_be_bytes().into_iter().filter(|byte| *byte != 0).map(char::from).collect()
}
