//! Changes of structures in DER: a tree of values, whose lengths are right again afterwards, or not.

use crate::chance::Chance;

/// A value: its tag, and what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Value {
    tag: u8,
    content: Content,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Content {
    Inside(Vec<Value>),
    Octets(Vec<u8>),
}

/// Changes one value of the tree, or takes one from another tree. What is no tree stays as it is.
pub fn change(data: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let Some(mut values) = read(data, 0) else { return data.to_vec() };
    let donor = read(other, 0).unwrap_or_default();
    let steps = chance.below(count(&values));
    alter(&mut values, steps, &donor, chance);
    let mut out = Vec::new();
    values.iter().for_each(|value| write(value, &mut out));
    out
}

fn read(mut data: &[u8], depth: usize) -> Option<Vec<Value>> {
    let mut values = Vec::new();
    while let [tag, rest @ ..] = data {
        let (length, rest) = length(rest)?;
        let (octets, behind) = rest.split_at_checked(length)?;
        let inside = if tag & 0x20 != 0 && depth < 24 { read(octets, depth + 1) } else { None };
        let content = inside.map_or_else(|| Content::Octets(octets.to_vec()), Content::Inside);
        values.push(Value { tag: *tag, content });
        data = behind;
    }
    Some(values)
}

fn length(data: &[u8]) -> Option<(usize, &[u8])> {
    let [first, rest @ ..] = data else { return None };
    if *first < 0x80 {
        return Some((usize::from(*first), rest));
    }
    let (octets, behind) = rest.split_at_checked(usize::from(first & 0x7f))?;
    let number =
        octets.iter().try_fold(0_usize, |sum, octet| sum.checked_mul(256).map(|sum| sum + usize::from(*octet)));
    number.map(|number| (number, behind))
}

fn write(value: &Value, out: &mut Vec<u8>) {
    let octets = match &value.content {
        Content::Octets(octets) => octets.clone(),
        Content::Inside(values) => {
            let mut octets = Vec::new();
            values.iter().for_each(|value| write(value, &mut octets));
            octets
        }
    };
    out.push(value.tag);
    match u8::try_from(octets.len()) {
        Ok(short) if short < 0x80 => out.push(short),
        _ => {
            let bytes = octets.len().to_be_bytes();
            let from = bytes.iter().position(|byte| *byte != 0).unwrap_or_default();
            out.push(0x80 | u8::try_from(bytes.len() - from).unwrap_or_default());
            out.extend_from_slice(&bytes[from..]);
        }
    }
    out.extend_from_slice(&octets);
}

fn count(values: &[Value]) -> usize {
    let below = |value: &Value| match &value.content {
        Content::Inside(values) => count(values),
        Content::Octets(_) => 0,
    };
    values.iter().map(|value| 1 + below(value)).sum()
}

/// Goes `steps` values into the tree, in its order, and changes what is there. Gives the steps that remain.
fn alter(values: &mut Vec<Value>, mut steps: usize, donor: &[Value], chance: &mut Chance) -> Option<usize> {
    for at in 0..values.len() {
        if steps == 0 {
            here(values, at, donor, chance);
            return None;
        }
        steps -= 1;
        if let Content::Inside(inside) = &mut values[at].content {
            steps = alter(inside, steps, donor, chance)?;
        }
    }
    Some(steps)
}

fn here(values: &mut Vec<Value>, at: usize, donor: &[Value], chance: &mut Chance) {
    match chance.below(7) {
        0 => drop(values.remove(at)),
        1 => values.insert(at, values[at].clone()),
        2 => {
            let with = chance.below(values.len());
            values.swap(at, with);
        }
        3 => values[at].tag = chance.number().to_le_bytes()[0],
        4 => values[at] = any_of(donor, chance).unwrap_or_else(|| values[at].clone()),
        5 => values[at].content = Content::Octets(vec![0; chance.below(40)]),
        _ => {
            if let Content::Octets(octets) = &mut values[at].content {
                *octets = super::bytes::change(octets, chance);
            }
        }
    }
}

fn any_of(values: &[Value], chance: &mut Chance) -> Option<Value> {
    let value = chance.one_of(values)?;
    match &value.content {
        Content::Inside(inside) if !chance.once_in(4) => any_of(inside, chance),
        _ => Some(value.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_as_it_was() {
        let long = [&[0x04, 0x81, 0x80][..], &[7; 128]].concat();
        let whole = [&[0x30, 0x81, 0x88, 0x02, 0x01, 0x05, 0x30, 0x00][..], &long].concat();
        let values = read(&whole, 0).unwrap();
        assert_eq!(count(&values), 4);
        let mut again = Vec::new();
        values.iter().for_each(|value| write(value, &mut again));
        assert_eq!(again, whole);
    }
}
