//! Addresses as sources write them.

use italia::{EmailAddress, FiscalCode};

use crate::matching::mask_unreadable;
use crate::{Error, PecEntry};

/// A code that cannot be read spoils the answer: left out, its firm would look like one without an address.
pub(crate) fn code(text: &str) -> Result<FiscalCode, Error> {
    FiscalCode::parse(text.trim()).map_err(|_| Error::Garbled { reason: "a malformed tax code" })
}

/// Whether a source repeats the code that it was asked about.
pub(crate) fn is_about(text: &str, code: &FiscalCode) -> bool {
    text.trim().eq_ignore_ascii_case(code.as_str())
}

/// The entry of `code`, from what is on file for the firm or person itself and for professionals under the same code.
pub(crate) fn entry<'a>(
    code: FiscalCode,
    own: impl IntoIterator<Item = &'a str>,
    professionals: impl IntoIterator<Item = &'a str>,
) -> PecEntry {
    let on_file: Vec<&str> = own.into_iter().map(str::trim).filter(|text| !text.is_empty()).collect();
    let mut readable = on_file.iter().filter_map(|text| EmailAddress::parse(text).ok());
    let firm_pec = readable.next();
    let further = readable.collect();
    let unreadable_pec = if firm_pec.is_none() { on_file.first().map(|text| mask_unreadable(text)) } else { None };
    let professionals = professionals.into_iter().filter_map(|text| EmailAddress::parse(text.trim()).ok()).collect();
    PecEntry { code, firm_pec, further, unreadable_pec, professionals }
}
