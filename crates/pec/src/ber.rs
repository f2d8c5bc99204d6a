//! From BER to DER: many signers stream their signature with indefinite lengths, which DER readers refuse.

const DEEPEST: usize = 32;
const OCTET_STRING: u8 = 0x04;
const CONSTRUCTED: u8 = 0x20;

/// Rewrites one BER value with definite lengths and with octet strings in one piece.
pub(crate) fn to_der(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Reader { bytes };
    let mut der = Vec::with_capacity(bytes.len());
    reader.value(&mut der, 0)?;
    Some(der)
}

struct Reader<'a> {
    bytes: &'a [u8],
}

enum Length {
    Definite(usize),
    Indefinite,
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(taken)
    }

    fn tag(&mut self) -> Option<&'a [u8]> {
        let long = self.bytes.first()? & 0x1F == 0x1F;
        let length = if long { 2 + self.bytes.get(1..)?.iter().take(4).position(|byte| byte & 0x80 == 0)? } else { 1 };
        self.take(length)
    }

    fn length(&mut self) -> Option<Length> {
        let first = *self.take(1)?.first()?;
        match first {
            0..=0x7F => Some(Length::Definite(usize::from(first))),
            0x80 => Some(Length::Indefinite),
            0x81..=0x84 => {
                let digits = self.take(usize::from(first & 0x7F))?;
                Some(Length::Definite(digits.iter().fold(0, |sum, &digit| (sum << 8) | usize::from(digit))))
            }
            _ => None,
        }
    }

    fn value(&mut self, out: &mut Vec<u8>, depth: usize) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        let tag = self.tag()?;
        let constructed = tag[0] & CONSTRUCTED != 0;
        let mut content = Vec::new();
        match self.length()? {
            Length::Definite(length) if !constructed => content.extend_from_slice(self.take(length)?),
            Length::Definite(length) => {
                let mut inner = Reader { bytes: self.take(length)? };
                while !inner.bytes.is_empty() {
                    inner.value(&mut content, depth + 1)?;
                }
            }
            Length::Indefinite if constructed => {
                while !self.bytes.starts_with(&[0, 0]) {
                    self.value(&mut content, depth + 1)?;
                }
                self.take(2)?;
            }
            Length::Indefinite => return None,
        }
        if tag == [OCTET_STRING | CONSTRUCTED] {
            write(&[OCTET_STRING], &joined_strings(&content)?, out);
        } else {
            write(tag, &content, out);
        }
        Some(())
    }
}

/// The content of a row of primitive octet strings.
fn joined_strings(content: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Reader { bytes: content };
    let mut joined = Vec::with_capacity(content.len());
    while !reader.bytes.is_empty() {
        let tag = reader.tag()?;
        let Length::Definite(length) = reader.length()? else { return None };
        if tag != [OCTET_STRING] {
            return None;
        }
        joined.extend_from_slice(reader.take(length)?);
    }
    Some(joined)
}

fn write(tag: &[u8], content: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(tag);
    let length = content.len();
    if length < 0x80 {
        out.push(length.to_le_bytes()[0]);
    } else {
        let digits = length.to_be_bytes();
        let digits = &digits[digits.iter().position(|&digit| digit != 0).unwrap_or(digits.len() - 1)..];
        out.push(0x80 | digits.len().to_le_bytes()[0]);
        out.extend_from_slice(digits);
    }
    out.extend_from_slice(content);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indefinite_lengths_and_cut_strings_are_joined() {
        let ber = [0x30, 0x80, 0x24, 0x80, 0x04, 0x02, 1, 2, 0x04, 0x01, 3, 0, 0, 0x02, 0x81, 0x01, 7, 0, 0];
        assert_eq!(to_der(&ber).unwrap(), [0x30, 0x08, 0x04, 0x03, 1, 2, 3, 0x02, 0x01, 7]);
    }

    #[test]
    fn der_stays_as_it_is() {
        let der = [[0x30, 0x82, 0x01, 0x04, 0x04, 0x82, 0x01, 0x00].to_vec(), vec![9; 256]].concat();
        assert_eq!(to_der(&der).unwrap(), der);
    }

    #[test]
    fn nonsense_and_bombs_are_refused() {
        assert_eq!(to_der(&[]), None);
        assert_eq!(to_der(&[0x30, 0x05, 1]), None);
        assert_eq!(to_der(&[0x04, 0x80, 0, 0]), None);
        assert_eq!(to_der(&[0x30, 0x80].repeat(100_000)), None);
        assert_eq!(to_der(&[0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]), None);
    }
}
