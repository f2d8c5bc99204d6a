//! What is asked of the register and what comes back, in our own types.

use italia::{EmailAddress, FiscalCode};

/// The name under which the register keeps a batch; kept by the caller between request and answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RequestId(String);

/// Text that no register would give as the name of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a request id has 1 to 200 printable ASCII characters without spaces")]
pub struct RequestIdError;

impl RequestId {
    /// Takes an id as the register gave it, or as it was stored.
    ///
    /// # Errors
    ///
    /// [`RequestIdError`] for an empty or very long text, or one with spaces or control characters.
    pub fn parse(text: &str) -> Result<Self, RequestIdError> {
        let sound = !text.is_empty() && text.len() <= 200 && text.bytes().all(|b| b.is_ascii_graphic());
        if sound { Ok(Self(text.to_owned())) } else { Err(RequestIdError) }
    }

    /// The id as the register gave it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for RequestId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The state of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PecAnswer {
    /// The register is still making the list: ask again in 5 to 30 seconds.
    Pending,
    /// The list. A code that was asked for and does not appear in it has no entry: where that is not what a source means
    /// by leaving one out, its client refuses such a list.
    Ready(Vec<PecEntry>),
}

/// The certified addresses on file for one tax code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PecEntry {
    /// The tax code that was asked for.
    pub code: FiscalCode,
    /// The firm's certified address (*domicilio digitale*, DL 76/2020 art. 37); absent when none is on file.
    pub firm_pec: Option<EmailAddress>,
    /// Further addresses of the same standing, when the source tells several.
    pub further: Vec<EmailAddress>,
    /// The address on file when it is not a well-formed address, masked: something *is* on file, so the firm is not
    /// one without an address.
    pub unreadable_pec: Option<String>,
    /// Certified addresses of professionals registered under the same code; malformed ones are left out.
    pub professionals: Vec<EmailAddress>,
}

impl PecEntry {
    /// The entry of `code` in a list, if it has one.
    #[must_use]
    pub fn find<'a>(list: &'a [Self], code: &FiscalCode) -> Option<&'a Self> {
        list.iter().find(|entry| entry.code == *code)
    }
}

/// The registered seat (*sede legale*) of a firm, in the register's own division.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seat {
    /// The name that goes with the address.
    pub name: Option<String>,
    /// The kind of thoroughfare: `VIA`, `PIAZZA`.
    pub toponym: Option<String>,
    /// The name of the thoroughfare.
    pub street: Option<String>,
    /// The house number, which may hold letters.
    pub number: Option<String>,
    /// The postal code (CAP).
    pub postal_code: Option<String>,
    /// The municipality.
    pub municipality: Option<String>,
    /// The province's two letters.
    pub province: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn request_ids_are_checked() {
        assert_eq!(RequestId::parse("123456789").unwrap().to_string(), "123456789");
        for bad in ["", "a b", "a\n", "à", &"x".repeat(201)] {
            assert_eq!(RequestId::parse(bad), Err(RequestIdError), "{bad:?}");
        }
    }
}
