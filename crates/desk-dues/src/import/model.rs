use serde::{Deserialize, Serialize};
use sportello_core::people::FirmId;
use sportello_core::{Error, id, row};

id! {
    /// The id of an import.
    ImportId;
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportKind {
    /// Firms: `codice_fiscale;numero_albo;denominazione;indirizzo;iscritta_dal;cancellata_dal`, and perhaps
    /// `sospesa_dal;sospesa_al`, which must be there once suspensions are on record that have not ended.
    Firms,
    /// Vehicles of firms in a year: `codice_fiscale;targa;tipo;massa_kg`.
    Fleet,
}

impl ImportKind {
    /// The name in the database and in forms.
    pub fn key(self) -> &'static str {
        match self {
            Self::Firms => "firms",
            Self::Fleet => "fleet",
        }
    }

    /// The kind of this name.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Firms, Self::Fleet].into_iter().find(|kind| kind.key() == key)
    }

    /// The columns that the file must have, in any order.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Firms => {
                &["codice_fiscale", "numero_albo", "denominazione", "indirizzo", "iscritta_dal", "cancellata_dal"]
            }
            Self::Fleet => &["codice_fiscale", "targa", "tipo", "massa_kg"],
        }
    }

    /// The columns that it may have besides, all or none.
    pub fn further_columns(self) -> &'static [&'static str] {
        match self {
            Self::Firms => &["sospesa_dal", "sospesa_al"],
            Self::Fleet => &[],
        }
    }
}

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportState {
    /// Checked, waits for a decision.
    Preview,
    /// In the database.
    Applied,
    /// Thrown away.
    Dropped,
}

row! {
    /// A file that was checked, and perhaps applied.
    #[derive(Clone, Debug)]
    pub struct Import {
        /// Its id.
        pub id: ImportId,
        /// `firms` or `fleet`.
        pub kind: String,
        /// The fee year of fleets.
        pub year: Option<i64>,
        /// The file's name, as the browser gave it.
        pub file_name: String,
        /// Rows that can be applied, or were.
        pub good: i64,
        /// Rows with errors.
        pub bad: i64,
        /// The report, JSON; see [`Import::report`].
        pub report: String,
        /// `preview`, `applied` or `dropped`.
        pub state: String,
        /// When the file came, in milliseconds since 1970.
        pub created_at: i64,
        /// When it was applied.
        pub applied_at: Option<i64>,
    }
}

impl Import {
    /// Where it stands.
    pub fn state(&self) -> ImportState {
        match self.state.as_str() {
            "applied" => ImportState::Applied,
            "dropped" => ImportState::Dropped,
            _ => ImportState::Preview,
        }
    }

    /// What was found in the file; empty when it cannot be read, which the store's writer rules out.
    pub fn report(&self) -> Report {
        serde_json::from_str(&self.report).unwrap_or_default()
    }
}

/// What was found in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The first errors, in the order of the file; at most 500.
    pub errors: Vec<RowError>,
    /// How many errors there are in all.
    pub errors_total: i64,
    /// Fleets that are left as they are because the fee of the year is paid; the first 500.
    pub left: Vec<LeftFleet>,
    /// How many there are in all.
    pub left_total: i64,
    /// Vehicles that were on record and that the file no longer has; known once it is applied.
    pub removed: u64,
    /// Open charges of firms in the file: they keep the computation that they were made with until they are computed
    /// again; known once it is applied.
    pub open_charges: i64,
}

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowError {
    /// The line of the file, from 1.
    pub line: u64,
    /// The column's name; empty when the row as a whole is meant.
    pub column: String,
    /// What was found there, masked where it is personal.
    pub found: String,
    /// The key of the text that says what is wrong.
    pub reason: String,
}

/// A fleet that an import does not touch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftFleet {
    /// The firm.
    pub firm: FirmId,
    /// The first line of the file that names it.
    pub line: u64,
}

/// Why a file is not taken, or not applied.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file is empty, or holds a header only.
    #[error("the file has no rows")]
    NoRows,
    /// The file is larger than [`super::LARGEST`].
    #[error("the file is too large")]
    TooLarge,
    /// The file is not written in UTF-8; the line of the first wrong character.
    #[error("line {line} is not UTF-8")]
    NotUtf8 {
        /// The line, from 1.
        line: usize,
    },
    /// The header has a column that the file must not have.
    #[error("there must be no column `{0}`")]
    UnknownColumn(String),
    /// The header lacks a column.
    #[error("the column `{0}` is missing")]
    MissingColumn(&'static str),
    /// The header has a column twice.
    #[error("the column `{0}` stands twice")]
    ColumnTwice(&'static str),
    /// Firms are suspended, and the file says nothing about suspensions.
    #[error("the columns `sospesa_dal` and `sospesa_al` are missing, and suspensions are on record")]
    NoSuspensions,
    /// Fleets without a year.
    #[error("no year was given")]
    NoYear,
    /// There is no such fee year.
    #[error("there is no fee year {0}")]
    NoSuchYear(i64),
    /// There is no such import.
    #[error("there is no such import")]
    NoSuchImport,
    /// It was dropped.
    #[error("the import was dropped")]
    Dropped,
    /// It was applied.
    #[error("the import was applied")]
    Applied,
    /// The file cannot be read.
    #[error("the file cannot be read")]
    Read(#[from] csv::Error),
    /// Anything else.
    #[error("the import failed")]
    Ground(#[from] Error),
}

impl ImportError {
    /// The key of the text that says what happened, why, and what to do next. Its variable `$detail` is
    /// [`ImportError::detail`].
    pub fn text_key(&self) -> &'static str {
        match self {
            Self::NoRows => "import-error-no-rows",
            Self::TooLarge => "import-error-too-large",
            Self::NotUtf8 { .. } => "import-error-not-utf8",
            Self::UnknownColumn(_) => "import-error-unknown-column",
            Self::MissingColumn(_) => "import-error-missing-column",
            Self::ColumnTwice(_) => "import-error-column-twice",
            Self::NoSuspensions => "import-error-no-suspensions",
            Self::NoYear => "import-error-no-year",
            Self::NoSuchYear(_) => "import-error-no-such-year",
            Self::NoSuchImport => "import-error-no-such-import",
            Self::Dropped => "import-error-dropped",
            Self::Applied => "import-error-applied",
            Self::Read(_) => "import-error-read",
            Self::Ground(_) => "import-error-internal",
        }
    }

    /// The column, line or year that the text names.
    pub fn detail(&self) -> String {
        match self {
            Self::UnknownColumn(column) => column.clone(),
            Self::MissingColumn(column) | Self::ColumnTwice(column) => (*column).to_owned(),
            Self::NotUtf8 { line } => line.to_string(),
            Self::NoSuchYear(year) => year.to_string(),
            _ => String::new(),
        }
    }
}
