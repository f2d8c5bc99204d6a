//! The table of places as it lies in the program: text sorted by code, read in place with no start-up cost.

/// One line for each period of each code: code, sigla of the province (empty for a state), first day, last day (each
/// `YYYYMMDD` or empty), name, other name. How it is made: `data/README.md`.
pub(super) static TEXT: &str = include_str!("../../data/places.tsv");

/// The lines of one code, in the order of time; empty when there is no such code.
pub(super) fn lines_of(code: &[u8]) -> impl Iterator<Item = &'static str> + use<> {
    let start = lower_bound(code);
    let code: [u8; 4] = code.try_into().unwrap_or_default();
    TEXT[start..].lines().take_while(move |line| line.as_bytes().starts_with(&code))
}

/// Where the first line begins that does not come before `code`. Both bounds are always beginnings of lines, or the
/// end of the text.
fn lower_bound(code: &[u8]) -> usize {
    let bytes = TEXT.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = line_start(bytes, low + (high - low) / 2);
        if &bytes[middle..middle + 4] < code {
            low = line_end(bytes, middle);
        } else {
            high = middle;
        }
    }
    low
}

/// The beginning of the line that holds the byte at `at`.
fn line_start(bytes: &[u8], at: usize) -> usize {
    bytes[..at].iter().rposition(|&b| b == b'\n').map_or(0, |i| i + 1)
}

/// The beginning of the line after the one that holds the byte at `at`.
fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|&b| b == b'\n').map_or(bytes.len(), |i| at + i + 1)
}
