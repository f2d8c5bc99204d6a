//! What the database holds by key, in words.

use std::collections::HashMap;

use italia::Euro;
use jiff::civil::Date;
use serde_json::{Map, Value};
use sportello_core::audit::Line;
use sportello_core::{Cx, Error, format};
use web::Rx;

/// Details that only name a row of the database: they mean nothing to a reader.
const ROW_IDS: [&str; 14] = [
    "registration",
    "charge",
    "notice",
    "request",
    "claim",
    "payment",
    "cancelled",
    "import",
    "account",
    "committente",
    "query",
    "bulk",
    "statement",
    "revoked",
];

/// The operators' names by id, for lines that name one.
pub(super) type Names = HashMap<i64, String>;

/// The operators' names by id.
pub(super) async fn operator_names(cx: &Cx) -> Result<Names, Error> {
    let all = sportello_core::accounts::operators::all(cx).await?;
    Ok(all.into_iter().map(|operator| (operator.id.0, operator.name)).collect())
}

fn known(rx: &Rx, key: &str) -> Option<String> {
    rx.cx().texts().has(key).then(|| rx.t(key))
}

/// What an operation does; its key when nobody has named it yet.
pub(super) fn operation(rx: &Rx, key: &str) -> String {
    known(rx, &format!("office-op-{}", key.replace('.', "-"))).unwrap_or_else(|| key.to_owned())
}

/// Who did what a line of the audit says.
pub(super) fn actor(rx: &Rx, line: &Line) -> String {
    match line.actor_kind.as_str() {
        "operator" => line.actor_name.clone().unwrap_or_else(|| rx.t("office-actor-operator")),
        "account" => rx.t("office-actor-account"),
        "committente" => rx.t("office-actor-committente"),
        "anonymous" => rx.t("office-actor-anonymous"),
        _ => rx.t("office-actor-system"),
    }
}

/// The details of a line of the audit: `motivo: …; stato: …`.
pub(super) fn details(rx: &Rx, json: &str, names: &Names) -> String {
    let map: Map<String, Value> = serde_json::from_str(json).unwrap_or_default();
    let shown = map.iter().filter(|(name, value)| !ROW_IDS.contains(&name.as_str()) && !value.is_null());
    let parts: Vec<String> = shown.filter_map(|(name, value)| detail(rx, name, value, names)).collect();
    parts.join("; ")
}

fn detail(rx: &Rx, name: &str, value: &Value, names: &Names) -> Option<String> {
    let label = known(rx, &format!("office-note-{}", name.replace('_', "-"))).unwrap_or_else(|| name.to_owned());
    let value = match value {
        Value::Bool(yes) => rx.t(if *yes { "office-yes" } else { "office-no" }),
        Value::Number(number) if name == "operator" => names.get(&number.as_i64()?)?.clone(),
        Value::String(text) => detail_text(rx, name, text),
        other => other.to_string(),
    };
    Some(format!("{label}: {value}"))
}

fn detail_text(rx: &Rx, name: &str, text: &str) -> String {
    let key = match name {
        "role" => format!("role-{text}"),
        "amount" => return Euro::parse(text).map_or_else(|_| text.to_owned(), |euro| amount(rx, euro)),
        "from" | "to" => return civil(rx, text),
        "deadline" => return text.trim_start_matches("fee-").to_owned(),
        // Only these hold names that the program gives; the others hold what people wrote.
        "kind" | "state" | "decision" | "contact" | "outcome" | "by" => format!("office-value-{text}"),
        _ => return text.to_owned(),
    };
    known(rx, &key).unwrap_or_else(|| text.to_owned())
}

/// A civil date of the database as people write it.
pub(super) fn civil(rx: &Rx, date: &str) -> String {
    date.parse::<Date>().map_or_else(|_| date.to_owned(), |date| rx.date(date))
}

/// An amount as people write it.
pub(super) fn amount(rx: &Rx, amount: Euro) -> String {
    format::amount(rx.language(), amount)
}

/// An instant in a table: `28/02/2017 10:02`.
pub(super) fn when(milliseconds: i64) -> String {
    format::short_date_time(sportello_core::clock::instant(milliseconds))
}

/// A day that was typed: `2017-03-31` as browsers send it, or `31/03/2017` as people write it.
pub(super) fn typed_date(text: &str) -> Option<Date> {
    if let Ok(date) = text.parse::<Date>() {
        return Some(date);
    }
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_browsers_and_people_write_them() {
        let day = "2017-03-31".parse().ok();
        for good in ["2017-03-31", "31/03/2017", "31-3-2017", "31.03.2017"] {
            assert_eq!(typed_date(good), day, "{good}");
        }
        for bad in ["", "31/03/17", "31/02/2017", "domani", "2017-13-01", "1/2/3/2017"] {
            assert_eq!(typed_date(bad), None, "{bad}");
        }
    }
}
