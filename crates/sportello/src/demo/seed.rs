//! A tenant's demonstration data: `firms.csv`, `fleet-YEAR.csv` and, for the world, `register.csv`.

use std::path::{Path, PathBuf};

use desk_dues::import::{self, ImportError, ImportKind};
use outside::register::RegisterFirm;
use sportello_core::{Cx, chain};

use crate::exit::{Exit, Failure};

/// Imports the firms and then the fleets, as an operator would; what a file has wrong is said in the log.
pub async fn import(cx: &Cx, folder: &Path) -> Result<(), Failure> {
    let firms = folder.join("firms.csv");
    if firms.is_file() {
        import_file(cx, ImportKind::Firms, None, &firms).await?;
    }
    for (year, file) in fleets(folder)? {
        import_file(cx, ImportKind::Fleet, Some(year), &file).await?;
    }
    Ok(())
}

/// The files with fleets and their years, oldest first.
fn fleets(folder: &Path) -> std::io::Result<Vec<(i64, PathBuf)>> {
    let mut files = Vec::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let year = name.strip_prefix("fleet-").and_then(|rest| rest.strip_suffix(".csv")).map(str::parse);
        if let Some(Ok(year)) = year {
            files.push((year, path));
        }
    }
    files.sort();
    Ok(files)
}

async fn import_file(cx: &Cx, kind: ImportKind, year: Option<i64>, file: &Path) -> Result<(), Failure> {
    let bytes = std::fs::read(file)?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let imported = async {
        let preview = import::preview(cx, kind, year, &name, bytes).await?;
        import::apply(cx, preview.id).await
    };
    let imported = imported
        .await
        .map_err(|error: ImportError| Failure::new(Exit::Data, format!("{}: {}", file.display(), chain(&error))))?;
    if let Some(first) = imported.report().errors.first() {
        tracing::warn!(
            file = name,
            bad = imported.bad,
            line = first.line,
            column = first.column,
            reason = first.reason,
            "rows of the demonstration data are wrong"
        );
    }
    Ok(())
}

/// The firms that the world's business register has on file.
pub fn register(folder: &Path) -> Result<Vec<RegisterFirm>, Failure> {
    let path = folder.join("register.csv");
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let bytes = std::fs::read(&path)?;
    read_register(&bytes).map_err(|reason| Failure::new(Exit::Data, format!("{}: {reason}", path.display())))
}

/// Reads `codice_fiscale;denominazione;pec`, in any order; other columns are for people.
fn read_register(bytes: &[u8]) -> Result<Vec<RegisterFirm>, String> {
    let head = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let separator = if head.contains(&b';') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).trim(csv::Trim::All).from_reader(bytes);
    let headers = reader.headers().map_err(|error| error.to_string())?.clone();
    let column = |name: &str| headers.iter().position(|header| header.eq_ignore_ascii_case(name));
    let needed = |name: &str| column(name).ok_or_else(|| format!("the column `{name}` is missing"));
    let (code, name, pec) = (needed("codice_fiscale")?, needed("denominazione")?, needed("pec")?);
    let mut firms = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let cell = |place: usize| record.get(place).unwrap_or_default();
        let pec = Some(cell(pec)).filter(|pec| !pec.is_empty());
        firms.push(RegisterFirm::new(cell(code), cell(name), pec));
    }
    Ok(firms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_register_is_read_by_column_names() {
        let firms =
            read_register(b"pec;denominazione;codice_fiscale;nota\na@b.example; Rossi ;1;x\n;Verdi;2;\n").unwrap();
        assert_eq!(
            firms,
            [RegisterFirm::new("1", "Rossi", Some("a@b.example")), RegisterFirm::new("2", "Verdi", None)]
        );
        assert_eq!(read_register(b"codice_fiscale,pec\n").unwrap_err(), "the column `denominazione` is missing");
    }

    #[test]
    fn fleets_are_found_by_year() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["fleet-2017.csv", "fleet-2016.csv", "fleet-x.csv", "firms.csv"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let years: Vec<i64> = fleets(folder.path()).unwrap().into_iter().map(|(year, _)| year).collect();
        assert_eq!(years, [2016, 2017]);
        assert_eq!(fleets(&folder.path().join("none")).unwrap(), []);
    }
}
