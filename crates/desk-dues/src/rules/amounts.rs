//! Amounts in files: texts such as `"30.00"`, because a TOML number with decimals is binary and not exact.

use italia::Euro;
use serde::de::{Deserialize, Deserializer, Error};

/// Reads an amount that is zero or more.
pub(super) fn euro<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Euro, D::Error> {
    let text = String::deserialize(deserializer)?;
    let amount = Euro::parse(&text).map_err(|e| D::Error::custom(format!("`{text}`: {e}")))?;
    if amount.is_negative() {
        return Err(D::Error::custom(format!("`{text}`: an amount of a tariff cannot be negative")));
    }
    Ok(amount)
}
