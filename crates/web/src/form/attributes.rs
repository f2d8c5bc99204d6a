//! The attributes of a field that are there only sometimes.

use std::fmt;

use askama::filters::HtmlSafe;

use super::{Field, FieldKind};

/// The optional attributes of a [`Field`], escaped when they are written.
#[derive(Debug)]
pub struct Attributes<'a>(pub(super) &'a Field);

impl fmt::Display for Attributes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = self.0;
        let maxlength = field.maxlength.map(|count| count.to_string());
        let described_by = field.described_by();
        let pairs = [
            ("autocomplete", field.autocomplete.as_deref()),
            ("inputmode", field.inputmode.as_deref()),
            ("maxlength", maxlength.as_deref()),
            ("accept", field.accept.as_deref()),
            ("passwordrules", field.password_rules.as_deref()),
            ("aria-describedby", described_by.as_deref()),
            ("aria-invalid", field.error.as_ref().map(|_| "true")),
        ];
        for (name, value) in pairs {
            if let Some(value) = value {
                write!(f, r#" {name}="{}""#, escape(value))?;
            }
        }
        // Addresses, names and codes are not prose: a spelling mark under them is noise.
        if field.kind != FieldKind::Textarea && field.kind != FieldKind::File {
            f.write_str(r#" spellcheck="false""#)?;
        }
        if field.kind == FieldKind::Code || field.kind == FieldKind::Email {
            f.write_str(r#" autocapitalize="none""#)?;
        }
        if field.readonly {
            f.write_str(" readonly")?;
        }
        if field.no_paste {
            f.write_str(" data-no-paste")?;
        }
        Ok(())
    }
}

// Its values are escaped above, and the rest is constant.
impl HtmlSafe for Attributes<'_> {}

fn escape(text: &str) -> impl fmt::Display {
    let Ok(escaped) = askama::filters::escape(text.to_owned(), askama::filters::Html);
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_cannot_be_broken_out_of() {
        let field = Field::text("name", "Nome").autocomplete("\"><script>").maxlength(9);
        let attributes = field.attributes().to_string();
        assert!(attributes.starts_with(" autocomplete=\"&#34;&#62;&#60;script&#62;\" maxlength=\"9\""), "{attributes}");
    }
}
