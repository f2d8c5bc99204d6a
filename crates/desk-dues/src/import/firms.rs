//! Firms: checks of a row, and the upsert by tax code.

use std::collections::{HashMap, HashSet};

use ::store::{Arg, args};
use italia::{AlboNumber, CalendarDate, FiscalCode};
use sportello_core::{Cx, Error, Tx};

use super::Source;
use super::findings::{Faults, Findings, masked};
use super::known::{self, packed};
use super::model::{ImportError, ImportKind};
use super::sheet::{Sheet, SheetRow};

/// Rows that are written at a time, and between which other work gets its turn.
const AT_ONCE: usize = 2_000;
const LONGEST_TEXT: usize = 200;
const COLUMNS: [&str; 10] = [
    "id",
    "tax_code",
    "albo_number",
    "name",
    "address",
    "enrolled_on",
    "removed_on",
    "updated_at",
    "suspended_from",
    "suspended_until",
];
const UPSERT: &str = "(tenant, tax_code) DO UPDATE SET albo_number = excluded.albo_number, name = excluded.name, \
                      address = excluded.address, enrolled_on = excluded.enrolled_on, removed_on = excluded.removed_on, \
                      updated_at = excluded.updated_at, suspended_from = excluded.suspended_from, \
                      suspended_until = excluded.suspended_until";

const TAX_CODE: usize = 0;
const ALBO_NUMBER: usize = 1;
const NAME: usize = 2;
const ADDRESS: usize = 3;
const ENROLLED: usize = 4;
const REMOVED: usize = 5;
const SUSPENDED_FROM: usize = 6;
const SUSPENDED_UNTIL: usize = 7;

/// A row that can be applied.
struct Firm {
    tax_code: FiscalCode,
    albo_number: AlboNumber,
    name: String,
    address: String,
    dates: Dates,
}

/// The days of a firm.
struct Dates {
    enrolled: CalendarDate,
    removed: Option<CalendarDate>,
    suspended_from: Option<CalendarDate>,
    suspended_until: Option<CalendarDate>,
}

/// Checks all rows without applying any.
pub(super) async fn check(cx: &Cx, bytes: &[u8]) -> Result<Findings, ImportError> {
    let mut sheet = Sheet::open(bytes, ImportKind::Firms)?;
    says_who_is_suspended(cx, Source::Cx(cx), &sheet).await?;
    let mut checks = Checks::new(Source::Cx(cx)).await?;
    let mut findings = Findings::default();
    let mut rows = 0;
    while let Some(row) = sheet.next()? {
        checks.row(&row, &mut findings);
        rows += 1;
        if rows % AT_ONCE == 0 {
            tokio::task::yield_now().await;
        }
    }
    Ok(findings)
}

/// Checks all rows and applies the good ones.
pub(super) async fn apply(cx: &Cx, tx: &mut Tx, bytes: &[u8]) -> Result<Findings, ImportError> {
    let mut sheet = Sheet::open(bytes, ImportKind::Firms)?;
    says_who_is_suspended(cx, Source::Tx(tx), &sheet).await?;
    let mut checks = Checks::new(Source::Tx(tx)).await?;
    let mut findings = Findings::default();
    let mut rows = Vec::with_capacity(AT_ONCE);
    while let Some(row) = sheet.next()? {
        if let Some(firm) = checks.row(&row, &mut findings) {
            rows.push(firm.columns(cx));
        }
        if rows.len() == AT_ONCE {
            tx.insert_many("firms", &COLUMNS, std::mem::take(&mut rows), Some(UPSERT)).await?;
        }
    }
    tx.insert_many("firms", &COLUMNS, rows, Some(UPSERT)).await?;
    Ok(findings)
}

/// A file that says nothing about suspensions would end or prolong those that are on record, and nobody could tell which.
async fn says_who_is_suspended(cx: &Cx, source: Source<'_>, sheet: &Sheet<'_>) -> Result<(), ImportError> {
    match sheet.has_further() || !known::suspended(source, &cx.today().to_string()).await? {
        true => Ok(()),
        false => Err(ImportError::NoSuspensions),
    }
}

impl Firm {
    /// The parameters in the order of [`COLUMNS`]. The id is used only when the firm is new.
    fn columns(self, cx: &Cx) -> Vec<Arg> {
        args![
            cx.id(),
            self.tax_code.as_str(),
            self.albo_number.as_str(),
            self.name,
            self.address,
            self.dates.enrolled.to_string(),
            self.dates.removed.map(|date| date.to_string()),
            cx.now_ms(),
            self.dates.suspended_from.map(|date| date.to_string()),
            self.dates.suspended_until.map(|date| date.to_string()),
        ]
    }
}

/// What a row is checked against.
struct Checks {
    /// Enrolment numbers on record, with the tax code of who holds each.
    held: HashMap<u128, u128>,
    codes: HashSet<u128>,
    numbers: HashSet<u128>,
}

impl Checks {
    async fn new(source: Source<'_>) -> Result<Self, Error> {
        Ok(Self { held: known::albo_numbers(source).await?, codes: HashSet::new(), numbers: HashSet::new() })
    }

    fn row(&mut self, row: &SheetRow<'_>, findings: &mut Findings) -> Option<Firm> {
        let mut faults = Faults::of(row, findings);
        if let Some(found) = row.ragged() {
            faults.row(found.to_string(), "import-row-cells");
            return faults.judge(None);
        }
        let codes = self.codes(row, &mut faults);
        let name = text(row, NAME, true, &mut faults);
        let address = text(row, ADDRESS, false, &mut faults);
        let dates = dates(row, &mut faults);
        let firm = codes.zip(name).zip(address).zip(dates).map(|(((codes, name), address), dates)| Firm {
            tax_code: codes.0,
            albo_number: codes.1,
            name,
            address,
            dates,
        });
        faults.judge(firm)
    }

    /// Both codes: right in form, once in the file, and the number not another firm's.
    fn codes(&mut self, row: &SheetRow<'_>, faults: &mut Faults<'_>) -> Option<(FiscalCode, AlboNumber)> {
        let code = tax_code(row, faults);
        let cell = row.cell(ALBO_NUMBER);
        let number = AlboNumber::parse(cell);
        if let Err(error) = &number {
            faults.add(ALBO_NUMBER, cell, format!("import-row-albo-{}", error.key()));
        }
        let (code, number) = code.zip(number.ok())?;
        let (code_key, number_key) = packed(code.as_str()).zip(packed(number.as_str()))?;
        if !self.codes.insert(code_key) {
            faults.add(TAX_CODE, masked(code.as_str(), 3), "import-row-twice");
        }
        if !self.numbers.insert(number_key) {
            faults.add(ALBO_NUMBER, number.as_str(), "import-row-twice");
        } else if self.held.get(&number_key).is_some_and(|holder| *holder != code_key) {
            faults.add(ALBO_NUMBER, number.as_str(), "import-row-albo-taken");
        }
        Some((code, number))
    }
}

/// The tax code in the first column.
pub(super) fn tax_code(row: &SheetRow<'_>, faults: &mut Faults<'_>) -> Option<FiscalCode> {
    let cell = row.cell(TAX_CODE);
    match FiscalCode::parse(cell) {
        Ok(code) => Some(code),
        Err(error) => {
            faults.add(TAX_CODE, masked(cell, 3), format!("import-row-tax-code-{}", error.key()));
            None
        }
    }
}

/// A text without control characters; of a name or an address only the first characters are shown again.
fn text(row: &SheetRow<'_>, column: usize, needed: bool, faults: &mut Faults<'_>) -> Option<String> {
    let cell = row.cell(column);
    let text: String = cell
        .split(|c: char| c.is_control() || c.is_whitespace())
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let fault = match text.chars().count() {
        0 if needed => "import-row-empty",
        0..=LONGEST_TEXT => return Some(text),
        _ => "import-row-too-long",
    };
    faults.add(column, masked(&text, 3), fault);
    None
}

fn dates(row: &SheetRow<'_>, faults: &mut Faults<'_>) -> Option<Dates> {
    let enrolled = date(row, ENROLLED, faults);
    let [removed, suspended_from, suspended_until] =
        [REMOVED, SUSPENDED_FROM, SUSPENDED_UNTIL].map(|column| perhaps(row, column, faults));
    let dates = Dates {
        enrolled: enrolled?,
        removed: removed?,
        suspended_from: suspended_from?,
        suspended_until: suspended_until?,
    };
    let fault = dates.fault();
    if let Some((column, fault)) = fault {
        faults.add(column, row.cell(column), fault);
    }
    fault.is_none().then_some(dates)
}

impl Dates {
    /// What is wrong with their order, and in which column.
    fn fault(&self) -> Option<(usize, &'static str)> {
        let Self { enrolled, removed, suspended_from, suspended_until } = *self;
        if removed.is_some_and(|removed| removed < enrolled) {
            return Some((REMOVED, "import-row-date-order"));
        }
        match (suspended_from, suspended_until) {
            (Some(from), _) if from < enrolled => Some((SUSPENDED_FROM, "import-row-suspended-early")),
            (Some(from), Some(until)) if until < from => Some((SUSPENDED_UNTIL, "import-row-suspended-order")),
            (None, Some(_)) => Some((SUSPENDED_UNTIL, "import-row-suspended-start")),
            _ => None,
        }
    }
}

fn date(row: &SheetRow<'_>, column: usize, faults: &mut Faults<'_>) -> Option<CalendarDate> {
    let cell = row.cell(column);
    CalendarDate::parse(cell).map_err(|e| faults.add(column, cell, format!("import-row-date-{}", e.key()))).ok()
}

/// A date that may be left out; none when it is there and wrong.
fn perhaps(row: &SheetRow<'_>, column: usize, faults: &mut Faults<'_>) -> Option<Option<CalendarDate>> {
    if row.cell(column).is_empty() { Some(None) } else { date(row, column, faults).map(Some) }
}
