//! A folder in which the built program runs, and what it answers.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

pub const TENANT: &str = r#"
name = { it = "Albo di prova", en = "Test register" }
tagline = { it = "Prova", en = "Test" }
owner = { it = "Ente di prova", en = "Test body" }
owner_url = "https://ente.example"
theme = "blue"
desks = ["dues"]
accessibility_url = "https://ente.example/accessibilita"
checked_on = "2026-01-01"
[help]
phone = "06 0000"
hours = { it = "sempre", en = "always" }
email = "assistenza@prova.example"
[accounts]
policy = "current"
[creditor]
fiscal_code = "00743110157"
name = "Ente di prova"
iban = "IT60X0542811101000000123456"
segregation = "01"
station = "00743110157_01"
taxonomy = "9/0101100IM/"
"#;

pub const DUES: &str = r#"
[registration]
simplified_from = "2017-02-13T00:00"
upgrade_from = "2017-03-20T08:00"
provisional_after_seconds = 60
[[year]]
year = 2017
act = "Delibera 11/2016"
reference_date = "2016-11-19"
opens = "2016-11-22T00:00"
due = "2016-12-31"
source = "test"
"#;

pub const TARIFF: &str = r#"
[[tariff]]
from_year = 2015
to_year = 2019
source = "test"
fixed = "30.00"
fixed_article = "1.1"
fleet_article = "1.2"
mass_article = "1.3"
fleet_bands = [{ from = 0, to = 1, amount = "0.00" }, { from = 2, to = 5, amount = "5.16" }, { from = 6, amount = "10.33" }]
mass_bands = [{ from = 0, to = 6000, amount = "0.00" }, { from = 6001, amount = "7.75" }]
"#;

const FIRMS: &str = "codice_fiscale;numero_albo;denominazione;indirizzo;iscritta_dal;cancellata_dal
00743110157;MI/1234567/A;Trasporti Prova srl;Via Roma 1, Milano;2001-05-01;
";

/// A folder in which the program runs, with one tenant `prova` in `tenants`.
pub struct Place(TempDir);

impl Place {
    pub fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.write("tenants/prova/tenant.toml", TENANT);
        place.write("tenants/prova/dues.toml", DUES);
        place.write("tenants/prova/tariff.toml", TARIFF);
        place.write("tenants/prova/demo/firms.csv", FIRMS);
        place
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sportello"));
        command.args(arguments).current_dir(self.path()).env_clear();
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran(self.command(arguments).output().unwrap())
    }
}

pub struct Ran(pub Output);

impl Ran {
    pub fn code(&self) -> i32 {
        self.0.status.code().unwrap()
    }

    pub fn out(&self) -> &str {
        std::str::from_utf8(&self.0.stdout).unwrap()
    }

    pub fn err(&self) -> &str {
        std::str::from_utf8(&self.0.stderr).unwrap()
    }

    #[track_caller]
    pub fn good(self) -> Self {
        assert_eq!(self.code(), 0, "{}{}", self.out(), self.err());
        self
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(self.out()).unwrap()
    }

    /// Failed with this code and one line that holds these words.
    #[track_caller]
    pub fn refused(&self, code: i32, words: &[&str]) {
        assert_eq!(self.code(), code, "{}{}", self.out(), self.err());
        assert_eq!(self.err().lines().count(), 1, "{}", self.err());
        for word in words {
            assert!(self.err().contains(word), "`{word}` is not in: {}", self.err());
        }
    }
}
