//! The people who can sign in at the world's identity providers: `people.csv` of a tenant's demonstration data.

use std::path::Path;

use outside::spid::{Company, Person};

use crate::exit::{Exit, Failure};

/// The people of a tenant; none when it has no such file.
pub fn read(folder: &Path) -> Result<Vec<Person>, Failure> {
    let path = folder.join("people.csv");
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let bytes = std::fs::read(&path)?;
    parse(&bytes).map_err(|error| Failure::because(Exit::Data, &path.display().to_string(), &error))
}

#[derive(serde::Deserialize)]
struct Row {
    nome: String,
    cognome: String,
    codice_fiscale: String,
    email: String,
    impresa_codice_fiscale: String,
    impresa_denominazione: String,
    impresa_sede: String,
}

fn parse(bytes: &[u8]) -> Result<Vec<Person>, csv::Error> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').trim(csv::Trim::All).from_reader(bytes);
    reader.deserialize().map(|row| row.map(person)).collect()
}

fn person(row: Row) -> Person {
    let person = Person::new(&row.nome, &row.cognome, &row.codice_fiscale, &row.email);
    if row.impresa_codice_fiscale.is_empty() {
        return person;
    }
    person.acting_for(Company {
        name: row.impresa_denominazione,
        vat_number: row.impresa_codice_fiscale.clone(),
        fiscal_code: row.impresa_codice_fiscale,
        registered_office: row.impresa_sede,
    })
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn people_are_read_with_and_without_a_company() {
        let people = parse(
            b"nome;cognome;codice_fiscale;email;impresa_codice_fiscale;impresa_denominazione;impresa_sede\n\
              A;B;PRVMRA71C12D620W;a@b.example;;;\nC;D;CLLNNA68L70D620F;c@d.example;00001015015;E;Via F\n",
        )
        .unwrap();
        assert!(people[0].company.is_none());
        assert_eq!(people[1].company.as_ref().unwrap().fiscal_code, "00001015015");
        assert!(parse(b"nome\nA\n").is_err());
    }
}
