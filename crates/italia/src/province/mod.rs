//! Provinces and their *sigla*, the two letters known from number plates.

mod table;

use crate::text::compact;
use table::{CEASED, CURRENT};

/// An Italian province or metropolitan city.
///
/// The 107 in being, and those that have ceased but still stand in old tax codes, REA numbers and plates. The sigla
/// of Naples is `NA`, which spreadsheets and data tools like to read as "not available"; here it is two letters.
///
/// ```
/// use italia::Province;
///
/// let naples = Province::parse("na")?;
/// assert_eq!((naples.as_str(), naples.name(), naples.region()), ("NA", "Napoli", Some("Campania")));
/// assert_eq!(Province::current().count(), 107);
/// assert_eq!(Province::parse("FO")?.successor(), Some(Province::parse("FC")?));
/// # Ok::<(), italia::province::ProvinceError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Province {
    sigla: &'static str,
}

impl Province {
    /// Reads a sigla in any case, of a province in being or ceased. `ROMA`, as the plates of Rome used to write, is
    /// `RM`.
    pub fn parse(input: &str) -> Result<Self, ProvinceError> {
        let text = compact(input, &['.', '(', ')']);
        let text = if text == "ROMA" { "RM" } else { text.as_str() };
        Self::current()
            .chain(CEASED.iter().map(|&(sigla, ..)| Self { sigla }))
            .find(|province| province.sigla == text)
            .ok_or(ProvinceError)
    }

    /// The 107 provinces in being, in the order of their sigla.
    pub fn current() -> impl Iterator<Item = Self> {
        CURRENT.iter().map(|&(sigla, ..)| Self { sigla })
    }

    /// The two capital letters.
    pub fn as_str(&self) -> &'static str {
        self.sigla
    }

    /// The official name; of two languages where the province has two (`Bolzano/Bozen`).
    pub fn name(&self) -> &'static str {
        let current = CURRENT.iter().find(|row| row.0 == self.sigla).map(|row| row.1);
        current.or_else(|| self.ceased_row().map(|row| row.1)).unwrap_or_default()
    }

    /// The official name of the region. None for the provinces lost in 1947, before there were regions.
    pub fn region(&self) -> Option<&'static str> {
        let current = CURRENT.iter().find(|row| row.0 == self.sigla).map(|row| row.2);
        current.or_else(|| self.ceased_row().map(|row| row.2)).filter(|region| !region.is_empty())
    }

    /// Whether the province is in being.
    pub fn is_current(&self) -> bool {
        self.ceased_row().is_none()
    }

    /// The province that took the place of a ceased one (most of its territory), if it lies in Italy.
    pub fn successor(&self) -> Option<Self> {
        self.ceased_row().and_then(|row| row.3).map(|sigla| Self { sigla })
    }

    fn ceased_row(&self) -> Option<&'static (&'static str, &'static str, &'static str, Option<&'static str>)> {
        CEASED.iter().find(|row| row.0 == self.sigla)
    }
}

crate::text::spelled!(Province, ProvinceError);

impl std::fmt::Debug for Province {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Province({})", self.sigla)
    }
}

/// The letters are the sigla of no province, present or past.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no province has this sigla")]
pub struct ProvinceError;

impl ProvinceError {
    /// A stable name for the text shown to the user.
    pub fn key(&self) -> &'static str {
        "province"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn naples_survives() {
        assert_eq!(Province::parse("NA").map(|p| p.name()), Ok("Napoli"));
        assert_eq!(Province::parse(" (na) ").map(|p| p.to_string()).as_deref(), Ok("NA"));
    }

    #[test]
    fn the_table_is_sorted_and_has_no_double() {
        let all: Vec<&str> = CURRENT.iter().map(|row| row.0).chain(CEASED.iter().map(|row| row.0)).collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 117);
        assert!(CURRENT.is_sorted_by_key(|row| row.0));
        assert!(all.iter().all(|sigla| sigla.len() == 2 && sigla.bytes().all(|b| b.is_ascii_uppercase())));
        let regions: BTreeSet<_> = CURRENT.iter().map(|row| row.2).collect();
        assert_eq!(regions.len(), 20);
    }

    #[test]
    fn every_province_finds_its_own_row() {
        for province in Province::current() {
            assert_eq!(Province::parse(province.as_str()), Ok(province));
            assert!(province.is_current() && !province.name().is_empty() && province.region().is_some());
        }
        let zara = Province::parse("ZA").unwrap();
        assert_eq!((zara.is_current(), zara.region(), zara.successor()), (false, None, None));
        let successors = CEASED.iter().filter_map(|row| row.3);
        assert!(successors.map(Province::parse).all(|p| p.unwrap().is_current()));
    }

    #[test]
    fn a_foreign_sigla_is_refused() {
        for text in ["", "XX", "R", "RMM", "Roma Capitale"] {
            assert_eq!(Province::parse(text), Err(ProvinceError), "{text}");
        }
        assert_eq!(Province::parse("Roma").map(|p| p.as_str()), Ok("RM"));
    }
}
