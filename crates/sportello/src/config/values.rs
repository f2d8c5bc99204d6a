//! One value from a file or a variable, of the kind that its key demands.

use toml::de::DeValue;

use super::keys::{Key, Kind};
use super::settings::Value;

/// The kind that the value at `path` must have: the file of a secret is a path.
fn kind(key: &Key, path: &str) -> Kind {
    match key.kind {
        Kind::Secret(file) if path.ends_with(&format!(".{file}")) => Kind::Path,
        kind => kind,
    }
}

/// The other way in which the same secret can be given: its value or its file.
pub(super) fn other_way(key: &Key, path: &str) -> Option<String> {
    let Kind::Secret(file) = key.kind else { return None };
    let (section, name) = path.rsplit_once('.')?;
    Some(format!("{section}.{}", if name == file { key.name() } else { file }))
}

pub(super) fn from_file(key: &Key, path: &str, value: &DeValue<'_>) -> Result<Value, String> {
    let kind = kind(key, path);
    match (kind, value) {
        (Kind::Number(..), DeValue::Integer(number)) => {
            let digits = number.as_str().replace('_', "");
            let number = i64::from_str_radix(&digits, number.radix()).map_err(|_| expected(kind))?;
            checked_number(kind, number)
        }
        (Kind::List, DeValue::Array(items)) => {
            let text = |item: &DeValue<'_>| match item {
                DeValue::String(text) => Ok(text.to_string()),
                _ => Err(expected(kind)),
            };
            items.iter().map(|item| text(item.get_ref())).collect::<Result<_, _>>().map(Value::List)
        }
        (Kind::Number(..) | Kind::List, _) => Err(expected(kind)),
        (_, DeValue::String(text)) => checked_text(kind, text),
        _ => Err(expected(kind)),
    }
}

pub(super) fn from_text(key: &Key, path: &str, text: &str) -> Result<Value, String> {
    let kind = kind(key, path);
    match kind {
        Kind::Number(..) => checked_number(kind, text.trim().parse().map_err(|_| expected(kind))?),
        Kind::List => {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            Ok(Value::List(items.map(str::to_owned).collect()))
        }
        _ => checked_text(kind, text),
    }
}

fn checked_number(kind: Kind, number: i64) -> Result<Value, String> {
    match kind {
        Kind::Number(least, most) if (least..=most).contains(&number) => Ok(Value::Number(number)),
        _ => Err(expected(kind)),
    }
}

fn checked_text(kind: Kind, text: &str) -> Result<Value, String> {
    match kind {
        Kind::Choice(words) if !words.contains(&text) => Err(expected(kind)),
        _ if text.trim().is_empty() => Err("is empty: leave it out instead".to_owned()),
        _ => Ok(Value::Text(text.to_owned())),
    }
}

fn expected(kind: Kind) -> String {
    match kind {
        Kind::Text | Kind::Secret(_) => "must be a text in quotes".to_owned(),
        Kind::Path => "must be a path in quotes".to_owned(),
        Kind::Number(least, most) => format!("must be a whole number from {least} to {most}"),
        Kind::Choice(words) => format!("must be one of: {}", words.join(", ")),
        Kind::List => "must be a list of texts, such as [\"10.0.0.1\"]".to_owned(),
    }
}
