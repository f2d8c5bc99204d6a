//! The creditor's reference of a payment.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The creditor's reference of one payment (`Identificativo Unico di Versamento`, on the wire `creditorReferenceId`).
///
/// For notice numbers with aux digit 3 it is the number without its first digit: 17 digits. Other creditors also use
/// 15 digits (aux digit 0) or a reference of ISO 11649 (`RF…`), so the type is 1 to 35 letters and digits.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Iuv(Box<str>);

/// The text is not a creditor's reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a creditor's reference (IUV) is 1 to 35 letters and digits")]
pub struct IuvError;

impl Iuv {
    /// Reads a reference; white space around it is ignored.
    pub fn parse(text: &str) -> Result<Self, IuvError> {
        let text = text.trim();
        let fits = (1..=35).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
        if fits { Ok(Self(text.into())) } else { Err(IuvError) }
    }

    /// The reference made of the last `digits` digits of `number`.
    pub(crate) fn of_digits(number: u64, digits: usize) -> Self {
        Self(format!("{number:0digits$}").into())
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is a structured creditor reference of ISO 11649, which bank transfers label `/RFS/` and not `/RFB/`.
    #[must_use]
    pub fn is_iso_11649(&self) -> bool {
        self.0.starts_with("RF")
    }
}

impl FromStr for Iuv {
    type Err = IuvError;

    fn from_str(text: &str) -> Result<Self, IuvError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Iuv {
    type Error = IuvError;

    fn try_from(text: String) -> Result<Self, IuvError> {
        Self::parse(&text)
    }
}

impl From<Iuv> for String {
    fn from(iuv: Iuv) -> Self {
        iuv.0.into()
    }
}

impl fmt::Display for Iuv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Iuv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Iuv({self})")
    }
}
