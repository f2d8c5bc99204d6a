//! What the register knows of a firm.

use serde::{Deserialize, Serialize};

/// A firm on file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterFirm {
    /// The tax code under which it is asked for: 11 digits, or a person's 16 characters.
    pub code: String,
    /// The registered name.
    pub name: String,
    /// The certified address on file, if the firm has one.
    #[serde(default)]
    pub pec: Option<String>,
    /// Certified addresses of professionals under the same code.
    #[serde(default)]
    pub professionals: Vec<String>,
    /// The registered seat.
    #[serde(default)]
    pub seat: RegisterSeat,
    /// The tax codes of those who may act for the firm.
    #[serde(default)]
    pub representatives: Vec<String>,
}

/// The registered seat of a firm.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RegisterSeat {
    /// `VIA`, `PIAZZA`.
    pub toponym: String,
    /// The name of the thoroughfare.
    pub street: String,
    /// The house number.
    pub number: String,
    /// The postal code.
    pub postal_code: String,
    /// The municipality.
    pub municipality: String,
    /// The province's two letters.
    pub province: String,
}

impl RegisterFirm {
    /// A firm with a name and an address, and a seat nobody asks for.
    #[must_use]
    pub fn new(code: impl Into<String>, name: impl Into<String>, pec: Option<&str>) -> Self {
        Self {
            code: code.into(),
            name: name.into(),
            pec: pec.map(str::to_owned),
            professionals: Vec::new(),
            seat: RegisterSeat::default(),
            representatives: Vec::new(),
        }
    }
}
