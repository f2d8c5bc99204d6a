//! The rules of the yearly fee as data: which year, under which act, until when, how much.
//!
//! Owns what `dues.toml` and `tariff.toml` of a tenant hold. Invariants, checked when the files are loaded: bands tile
//! all numbers from 0 without gap or overlap; no two tariffs hold for the same year; every fee year has exactly one
//! tariff; an extension moves the last day forwards.

mod amounts;
mod check;
mod model;

pub use model::{Band, Dues, Extension, FeeYear, RegistrationRules, Tariff, Window};

use std::path::Path;

use serde::Deserialize;
use sportello_core::tenancy::LoadError;

/// The contents of `dues.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DuesFile {
    registration: RegistrationRules,
    year: Vec<FeeYear>,
}

/// The contents of `tariff.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TariffFile {
    tariff: Vec<Tariff>,
}

impl Dues {
    /// Loads `dues.toml` and `tariff.toml` from a tenant's directory.
    ///
    /// # Errors
    /// [`LoadError`]; its message names the file, the year or band, and the reason.
    pub fn load(directory: &Path) -> Result<Self, LoadError> {
        let (dues, tariff) = (directory.join("dues.toml"), directory.join("tariff.toml"));
        Self::from_texts((&dues, &read(&dues)?), (&tariff, &read(&tariff)?))
    }

    /// Reads the rules from the texts of the two files; the paths are only named in errors.
    ///
    /// # Errors
    /// [`LoadError::Content`].
    pub fn from_texts(dues: (&Path, &str), tariff: (&Path, &str)) -> Result<Self, LoadError> {
        let (dues_path, dues_text) = dues;
        let (tariff_path, tariff_text) = tariff;
        let file: DuesFile = toml::from_str(dues_text).map_err(|e| LoadError::content(dues_path, e))?;
        let tariffs: TariffFile = toml::from_str(tariff_text).map_err(|e| LoadError::content(tariff_path, e))?;
        let (mut years, mut tariffs) = (file.year, tariffs.tariff);
        years.sort_by_key(|y| y.year);
        tariffs.sort_by_key(|t| t.from_year);
        check::registration(&file.registration).map_err(|reason| LoadError::content(dues_path, reason))?;
        check::years(&years).map_err(|reason| LoadError::content(dues_path, reason))?;
        check::tariffs(&tariffs).map_err(|reason| LoadError::content(tariff_path, reason))?;
        check::covered(&years, &tariffs).map_err(|reason| LoadError::content(tariff_path, reason))?;
        Ok(Self { registration: file.registration, years, tariffs })
    }
}

fn read(path: &Path) -> Result<String, LoadError> {
    std::fs::read_to_string(path).map_err(|source| LoadError::Read { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests;
