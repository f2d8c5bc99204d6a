//! A CSV file as people's spreadsheets write it: `;` or `,`, with or without a byte order mark, Windows line ends,
//! header names in any case, blank lines at the end.

use csv::{Reader, ReaderBuilder, StringRecord};

use super::model::{ImportError, ImportKind};

const MARK: &[u8] = b"\xEF\xBB\xBF";

/// A file with the columns of its kind.
pub(super) struct Sheet<'a> {
    bytes: &'a [u8],
    /// Lines are counted here: the reader's own count is behind when lines end as on Windows or are blank.
    counted: usize,
    line: u64,
    reader: Reader<&'a [u8]>,
    record: StringRecord,
    /// Where each column of the kind stands in the file, then each of the further ones if they are there.
    places: Vec<usize>,
    kind: ImportKind,
}

/// One row of a file.
pub(super) struct SheetRow<'a> {
    /// The line on which it begins, from 1.
    pub(super) line: u64,
    sheet: &'a Sheet<'a>,
}

impl<'a> Sheet<'a> {
    /// Opens a file and reads its header.
    pub(super) fn open(bytes: &'a [u8], kind: ImportKind) -> Result<Self, ImportError> {
        let bytes = bytes.strip_prefix(MARK).unwrap_or(bytes);
        if let Err(error) = std::str::from_utf8(bytes) {
            let line = bytes[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
            return Err(ImportError::NotUtf8 { line });
        }
        // Ragged rows are faults of a row, not of the file.
        let mut reader = ReaderBuilder::new().delimiter(delimiter(bytes)).flexible(true).from_reader(bytes);
        let places = places(reader.headers()?, kind)?;
        Ok(Self { bytes, counted: 0, line: 1, reader, record: StringRecord::new(), places, kind })
    }

    /// Whether the further columns of the kind are there.
    pub(super) fn has_further(&self) -> bool {
        self.places.len() > self.kind.columns().len()
    }

    /// The next row that is not blank.
    pub(super) fn next(&mut self) -> Result<Option<SheetRow<'_>>, ImportError> {
        loop {
            if !self.reader.read_record(&mut self.record)? {
                return Ok(None);
            }
            // Spreadsheets leave rows of separators behind where something was deleted.
            if self.record.iter().any(|cell| !cell.trim().is_empty()) {
                break;
            }
        }
        self.count_lines();
        Ok(Some(SheetRow { line: self.line, sheet: self }))
    }

    /// Goes on to the line on which the present record begins.
    fn count_lines(&mut self) {
        let start = self.record.position().and_then(|p| usize::try_from(p.byte()).ok()).unwrap_or(self.counted);
        let before = self.bytes.get(self.counted..start).unwrap_or_default();
        let ends =
            self.bytes.get(start..).unwrap_or_default().iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let behind = &self.bytes[start..start + ends];
        let lines = before.iter().chain(behind).filter(|b| **b == b'\n').count();
        self.line += u64::try_from(lines).unwrap_or(0);
        self.counted = start + ends;
    }
}

impl SheetRow<'_> {
    /// The cell of a column, by its place among the columns of the kind.
    pub(super) fn cell(&self, column: usize) -> &str {
        let place = self.sheet.places.get(column);
        place.and_then(|place| self.sheet.record.get(*place)).unwrap_or("").trim()
    }

    /// The name of a column.
    pub(super) fn name(&self, column: usize) -> &'static str {
        names(self.sheet.kind).nth(column).unwrap_or("")
    }

    /// How many cells the row has, when that is not how many the header has.
    pub(super) fn ragged(&self) -> Option<usize> {
        let found = self.sheet.record.len();
        (found != self.sheet.places.len()).then_some(found)
    }
}

/// The separator that the first line has more of.
fn delimiter(bytes: &[u8]) -> u8 {
    let first = bytes.split(|b| *b == b'\n').find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    let count = |separator: u8| first.iter().filter(|b| **b == separator).count();
    if count(b',') > count(b';') { b',' } else { b';' }
}

fn names(kind: ImportKind) -> impl Iterator<Item = &'static str> {
    kind.columns().iter().chain(kind.further_columns()).copied()
}

fn places(header: &StringRecord, kind: ImportKind) -> Result<Vec<usize>, ImportError> {
    let names: Vec<&'static str> = names(kind).collect();
    let mut places = vec![None; names.len()];
    for (place, cell) in header.iter().enumerate() {
        let cell = cell.trim().to_lowercase().replace([' ', '-'], "_");
        let Some(column) = names.iter().position(|name| *name == cell) else {
            return Err(ImportError::UnknownColumn(cell.chars().take(60).collect()));
        };
        if places[column].replace(place).is_some() {
            return Err(ImportError::ColumnTwice(names[column]));
        }
    }
    let needed = kind.columns().len();
    if places[needed..].iter().all(Option::is_none) {
        places.truncate(needed);
    }
    let missing = |column: usize| ImportError::MissingColumn(names[column]);
    places.into_iter().enumerate().map(|(column, place)| place.ok_or_else(|| missing(column))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<(u64, Vec<String>)> {
        let mut sheet = Sheet::open(bytes, ImportKind::Fleet).unwrap();
        let mut rows = Vec::new();
        while let Some(row) = sheet.next().unwrap() {
            rows.push((row.line, (0..4).map(|c| row.cell(c).to_owned()).collect()));
        }
        rows
    }

    fn refused(bytes: &[u8]) -> String {
        Sheet::open(bytes, ImportKind::Fleet).map(|_| ()).unwrap_err().to_string()
    }

    #[test]
    fn spreadsheets_write_as_they_like() {
        let expected = [(2, ["a", "b", "c", "d"]), (3, ["e", "f, g", "h", ""])];
        let expected: Vec<(u64, Vec<String>)> =
            expected.into_iter().map(|(line, cells)| (line, cells.map(str::to_owned).to_vec())).collect();
        let files: [&[u8]; 4] = [
            b"codice_fiscale;targa;tipo;massa_kg\na;b;c;d\ne;f, g;h;\n",
            b"\xEF\xBB\xBFCodice_Fiscale;TARGA;Tipo;Massa kg\r\n a ;b;c; d\r\ne;\"f, g\";h;\r\n;;;\r\n\r\n",
            b"codice_fiscale,targa,tipo,massa_kg\na,b,c,d\ne,\"f, g\",h,",
            b"MASSA_KG;tipo;targa;codice-fiscale\nd;c;b;a\n;h;\"f, g\";e\n",
        ];
        for file in files {
            assert_eq!(cells(file), expected, "{}", String::from_utf8_lossy(file));
        }
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let rows = cells(b"codice_fiscale;targa;tipo;massa_kg\n\n\"a\n1\";b;c;d\ne;f;g;h\n");
        assert_eq!(rows.iter().map(|row| row.0).collect::<Vec<_>>(), [3, 5]);
        assert_eq!(rows[0].1[0], "a\n1");
    }

    #[test]
    fn headers_must_have_the_columns_and_no_others() {
        assert_eq!(refused(b"codice_fiscale;targa;tipo\n"), "the column `massa_kg` is missing");
        assert_eq!(refused(b""), "the column `codice_fiscale` is missing");
        assert_eq!(refused(b"codice_fiscale;targa;tipo;massa_kg;note\n"), "there must be no column `note`");
        assert_eq!(refused(b"codice_fiscale;targa;targa;massa_kg\n"), "the column `targa` stands twice");
        assert_eq!(refused(b"codice_fiscale;targa;tipo;massa_kg\na;b;c;d\nPer\xF2;b;c;d\n"), "line 3 is not UTF-8");
    }

    #[test]
    fn ragged_rows_are_told_apart() {
        let mut sheet =
            Sheet::open(b"codice_fiscale;targa;tipo;massa_kg\na;b\na;b;c;d;e\na;b;c;d\n", ImportKind::Fleet).unwrap();
        let mut ragged = Vec::new();
        while let Some(row) = sheet.next().unwrap() {
            ragged.push(row.ragged());
        }
        assert_eq!(ragged, [Some(2), Some(5), None]);
    }
}
