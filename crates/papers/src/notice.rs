//! The pagoPA payment notice ("avviso di pagamento"): one page of A4 that can be paid at every
//! bank, post office, tobacconist and cash machine of the circuit.
//!
//! The layout follows the pagoPA guidelines for notices: outer margins of 10 mm, at least 6 mm
//! between modules, and the order header, creditor, recipient, object, amount and due date, where
//! to pay, data for payment. The QR code is version 4 (33 × 33 modules) with error correction M,
//! 25 mm wide, drawn as lines; the notice number is printed in groups of four digits. The postal
//! slip, which only creditors with a postal account print, is not made.

mod labels;
mod page;

use std::fmt;

use jiff::Timestamp;

use crate::error::PaperError;
use crate::model::Language;

pub use labels::NoticeLabels;

/// Characters of the object of a payment.
pub const OBJECT_LIMIT: usize = 60;
/// Characters of the recipient's name.
pub const NAME_LIMIT: usize = 35;
/// Characters of the creditor's name: two lines of the page.
pub const CREDITOR_LIMIT: usize = 90;
/// Characters of an address line, a department or a contact.
pub const LINE_LIMIT: usize = 70;
/// Lines of an address or of contacts.
pub const LINES_LIMIT: usize = 3;

/// A payment notice.
#[derive(Clone, PartialEq, Eq)]
pub struct PaymentNotice {
    /// The fixed texts, in the notice's language.
    pub labels: NoticeLabels,
    /// The language of the metadata and for screen readers.
    pub language: Language,
    /// The instant of creation, for the metadata.
    pub created: Timestamp,
    /// Who is owed.
    pub creditor: Creditor,
    /// Who owes.
    pub recipient: Recipient,
    /// What for, at most [`OBJECT_LIMIT`] characters.
    pub object: String,
    /// The amount as it is read, for instance "94,56 €".
    pub amount: String,
    /// The last day for paying as it is read, for instance "31/12/2026".
    pub due: Option<String>,
    /// The notice number: 18 digits, with or without spaces between them.
    pub notice_number: String,
    /// The content of the QR code: `PAGOPA|002|<notice>|<creditor>|<cents>`.
    pub qr_payload: String,
    /// The creditor's interbank (CBILL) code, if it has one.
    pub cbill: Option<String>,
}

/// The body that is owed.
#[derive(Clone, PartialEq, Eq)]
pub struct Creditor {
    /// The name, at most [`CREDITOR_LIMIT`] characters.
    pub name: String,
    /// The office; may be empty.
    pub department: String,
    /// The tax code, 11 digits.
    pub tax_code: String,
    /// Where to ask, one to a line, at most [`LINES_LIMIT`] lines.
    pub contacts: Vec<String>,
}

/// The person or firm that owes.
#[derive(Clone, PartialEq, Eq)]
pub struct Recipient {
    /// The name, at most [`NAME_LIMIT`] characters; see [`shorten`].
    pub name: String,
    /// The tax code.
    pub tax_code: String,
    /// The address, at most [`LINES_LIMIT`] lines; may be empty.
    pub address: Vec<String>,
}

/// Names no person: notices pass through logs by mistake only once.
impl fmt::Debug for PaymentNotice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PaymentNotice").field("creditor", &self.creditor.tax_code).finish_non_exhaustive()
    }
}

impl fmt::Debug for Creditor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Creditor").field("tax_code", &self.tax_code).finish_non_exhaustive()
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Recipient").finish_non_exhaustive()
    }
}

/// Renders a notice to the bytes of a PDF file, with the same guarantees as [`crate::render`].
///
/// # Errors
///
/// [`PaperError::TooLong`] and [`PaperError::Malformed`] name the field that breaks a limit,
/// [`PaperError::QrPayload`] says that the payload does not fit a QR code of version 4, and
/// [`PaperError::NoticeTooTall`] that the labels were changed to something too long.
pub fn render(notice: &PaymentNotice) -> Result<Vec<u8>, PaperError> {
    check(notice)?;
    page::render(notice)
}

/// Cuts a text to a number of characters, the last of which then is "…": for names that are
/// longer than [`NAME_LIMIT`].
#[must_use]
pub fn shorten(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let cut: String = text.chars().take(limit.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

fn check(notice: &PaymentNotice) -> Result<(), PaperError> {
    let PaymentNotice { creditor, recipient, .. } = notice;
    for (field, text, limit) in [
        ("the object", &notice.object, OBJECT_LIMIT),
        ("the recipient's name", &recipient.name, NAME_LIMIT),
        ("the recipient's tax code", &recipient.tax_code, 16),
        ("the creditor's name", &creditor.name, CREDITOR_LIMIT),
        ("the amount", &notice.amount, 16),
    ] {
        filled(field, text)?;
        short(field, text, limit)?;
    }
    short("the creditor's department", &creditor.department, LINE_LIMIT)?;
    short("the due date", notice.due.as_deref().unwrap_or_default(), 24)?;
    for (field, lines) in
        [("the creditor's contacts", &creditor.contacts), ("the recipient's address", &recipient.address)]
    {
        if lines.len() > LINES_LIMIT {
            return Err(PaperError::Malformed { field, wanted: "at most three lines" });
        }
        lines.iter().try_for_each(|line| short(field, line, LINE_LIMIT))?;
    }
    digits("the notice number", &without_spaces(&notice.notice_number), 18, "18 digits")?;
    digits("the creditor's tax code", &creditor.tax_code, 11, "11 digits")?;
    match &notice.cbill {
        Some(code) if code.len() != 5 || !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            Err(PaperError::Malformed { field: "the CBILL code", wanted: "5 letters or digits" })
        }
        _ => Ok(()),
    }
}

fn filled(field: &'static str, text: &str) -> Result<(), PaperError> {
    if crate::sanitise::clean_line(text).is_empty() {
        return Err(PaperError::Malformed { field, wanted: "filled in" });
    }
    Ok(())
}

fn short(field: &'static str, text: &str, limit: usize) -> Result<(), PaperError> {
    let length = text.chars().count();
    if length > limit {
        return Err(PaperError::TooLong { field, length, limit });
    }
    Ok(())
}

fn digits(field: &'static str, text: &str, count: usize, wanted: &'static str) -> Result<(), PaperError> {
    if text.len() != count || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(PaperError::Malformed { field, wanted });
    }
    Ok(())
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

/// A code in groups of four, with spaces at which no line is broken.
fn grouped(code: &str) -> String {
    let plain: Vec<char> = without_spaces(code).chars().collect();
    let groups: Vec<String> = plain.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("\u{a0}")
}

#[cfg(test)]
mod tests {
    use super::{grouped, shorten};

    #[test]
    fn codes_are_grouped_by_four() {
        assert_eq!(grouped("301000000000004711"), "3010\u{a0}0000\u{a0}0000\u{a0}0047\u{a0}11");
        assert_eq!(grouped("3010 0000 0000 0047 11").chars().count(), 22);
    }

    #[test]
    fn long_names_are_cut_visibly() {
        assert_eq!(shorten("Però", 4), "Però");
        assert_eq!(shorten("Società Cooperativa", 9), "Società…");
        assert_eq!(shorten("Società Cooperativa", 11), "Società Co…");
    }
}
