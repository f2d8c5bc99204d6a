//! Changes of JSON: members that go, come, change their kind, or stand twice.

use serde_json::{Value, json};

use super::{bytes, words};
use crate::chance::Chance;

/// Changes one value. What is no JSON is changed as bytes.
pub fn change(data: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let Ok(mut value) = serde_json::from_slice::<Value>(data) else { return bytes::change(data, chance) };
    if chance.once_in(8) {
        return twice(&value, chance);
    }
    let stranger = serde_json::from_slice(other).unwrap_or(Value::Null);
    alter(&mut value, &stranger, chance);
    value.to_string().into_bytes()
}

/// A member that stands twice, which no map can hold.
fn twice(value: &Value, chance: &mut Chance) -> Vec<u8> {
    let text = value.to_string();
    let names: Vec<&String> = value.as_object().into_iter().flat_map(serde_json::Map::keys).collect();
    let name = chance.one_of(&names).map_or("a", |name| name.as_str());
    text.replacen('{', &format!("{{\"{name}\":{},", any(chance)), 1).into_bytes()
}

fn alter(value: &mut Value, stranger: &Value, chance: &mut Chance) {
    let deeper = !chance.once_in(4);
    match value {
        Value::Object(members) if deeper && !members.is_empty() => {
            let names: Vec<String> = members.keys().cloned().collect();
            let name = &names[chance.below(names.len())];
            match chance.below(6) {
                0 => drop(members.remove(name)),
                1 => drop(members.insert(words::any(chance).to_owned(), any(chance))),
                2 => drop(members.insert(name.clone(), stranger.get(name).cloned().unwrap_or_default())),
                _ => members.values_mut().nth(chance.below(names.len())).into_iter().for_each(|member| {
                    alter(member, stranger, chance);
                }),
            }
        }
        Value::Array(items) if deeper && !items.is_empty() => {
            let at = chance.below(items.len());
            match chance.below(4) {
                0 => drop(items.remove(at)),
                1 => items.extend(vec![items[at].clone(); 1 + chance.below(20)]),
                _ => alter(&mut items[at], stranger, chance),
            }
        }
        other => *other = any(chance),
    }
}

fn any(chance: &mut Chance) -> Value {
    match chance.below(9) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!([]),
        3 => json!({}),
        4 => json!(-1),
        5 => json!(1e300),
        6 => json!(1_795_341_600 + i64::try_from(chance.below(100_000)).unwrap_or_default()),
        7 => json!([words::any(chance)]),
        _ => json!(words::any(chance)),
    }
}
