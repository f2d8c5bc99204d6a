use csv::{QuoteStyle, WriterBuilder};
use sportello_core::Cx;

use super::model::Import;

/// The errors of an import as a CSV file for a spreadsheet, in the reader's language: separator `;`, UTF-8 with a byte
/// order mark. No cell can be taken for a formula.
pub fn errors_csv(cx: &Cx, import: &Import) -> Vec<u8> {
    let mut writer = WriterBuilder::new().delimiter(b';').quote_style(QuoteStyle::Necessary).from_writer(Vec::new());
    let header = ["import-csv-line", "import-csv-column", "import-csv-found", "import-csv-reason"].map(|key| cx.t(key));
    // Writing to memory does not fail; a row that did would be missing from a list that is only information.
    let _ = writer.write_record(&header);
    for error in import.report().errors {
        let cells = [error.line.to_string(), error.column, error.found, cx.t(&error.reason)];
        let _ = writer.write_record(cells.map(guarded));
    }
    let body = writer.into_inner().unwrap_or_default();
    [b"\xEF\xBB\xBF".as_slice(), &body].concat()
}

/// A cell that a spreadsheet shows and never computes.
pub(crate) fn guarded(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn formulas_are_shown_and_not_computed() {
        for cell in ["=1+1", "+39", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(guarded(cell.to_owned()), format!("'{cell}"));
        }
        assert_eq!(guarded("AB…".to_owned()), "AB…");
    }
}
