//! A form with a file, read from a `multipart/form-data` body.

use axum::body::Bytes;
use axum::extract::multipart::{Field, Multipart, MultipartError, MultipartRejection};
use axum::http::StatusCode;
use web::Failure;

/// More fields than any form of ours has.
const MOST_FIELDS: usize = 20;
/// The longest value of a field that is not a file.
const LONGEST_VALUE: usize = 1_000;

/// What was submitted.
#[derive(Default)]
pub(super) struct Upload {
    fields: Vec<(String, String)>,
    /// The file's name, as the browser gives it.
    pub(super) file_name: String,
    /// What it holds; empty when no file was chosen.
    pub(super) bytes: Bytes,
}

impl Upload {
    /// Reads a form whose file has this name.
    pub(super) async fn read(form: Result<Multipart, MultipartRejection>, file: &str) -> Result<Self, Failure> {
        let mut form = form.map_err(|_| Failure::BadRequest)?;
        let mut upload = Self::default();
        let mut left = MOST_FIELDS;
        while let Some(field) = form.next_field().await.map_err(failure)? {
            left = left.checked_sub(1).ok_or(Failure::BadRequest)?;
            upload.take(field, file).await?;
        }
        Ok(upload)
    }

    async fn take(&mut self, field: Field<'_>, file: &str) -> Result<(), Failure> {
        let name = field.name().unwrap_or_default().to_owned();
        if name == file {
            self.file_name = base_name(field.file_name().unwrap_or_default());
            self.bytes = field.bytes().await.map_err(failure)?;
            return Ok(());
        }
        let value = field.text().await.map_err(failure)?;
        if value.len() > LONGEST_VALUE {
            return Err(Failure::BadRequest);
        }
        self.fields.push((name, value));
        Ok(())
    }

    /// The first value of a field, without blanks around it; empty when it is missing.
    pub(super) fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.trim())
    }
}

fn failure(error: MultipartError) -> Failure {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
        _ => Failure::BadRequest,
    }
}

/// The last part of a name: some browsers send the whole path.
fn base_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::base_name;

    #[test]
    fn only_the_last_part_of_a_file_name_counts() {
        for (name, base) in
            [("imprese.csv", "imprese.csv"), ("C:\\dati\\imprese.csv", "imprese.csv"), ("a/b/\u{7}c.csv", "c.csv")]
        {
            assert_eq!(base_name(name), base);
        }
    }
}
