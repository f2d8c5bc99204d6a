//! Letters of the Latin alphabet with marks, brought back to A to Z.

/// Each line: the marked capital letters, and the plain letters that stand for them.
const MARKED: &[(&str, &str)] = &[
    ("ÀÁÂÃÄÅĀĂĄǍẠẢẤẦẨẪẬẮẰẲẴẶ", "A"),
    ("Æ", "AE"),
    ("ÇĆĈĊČ", "C"),
    ("ÐĎĐ", "D"),
    ("ÈÉÊËĒĔĖĘĚẸẺẼẾỀỂỄỆƏ", "E"),
    ("ĜĞĠĢǦ", "G"),
    ("ĤĦḤ", "H"),
    ("ÌÍÎÏĨĪĬĮİǏỈỊ", "I"),
    ("Ĵ", "J"),
    ("Ķ", "K"),
    ("ĹĻĽĿŁ", "L"),
    ("ÑŃŅŇ", "N"),
    ("ÒÓÔÕÖØŌŎŐǑƠỌỎỐỒỔỖỘỚỜỞỠỢ", "O"),
    ("Œ", "OE"),
    ("ŔŖŘ", "R"),
    ("ŚŜŞŠȘṢ", "S"),
    ("ẞ", "SS"),
    ("Þ", "TH"),
    ("ŢŤŦȚṬ", "T"),
    ("ÙÚÛÜŨŪŬŮŰŲǓƯỤỦỨỪỬỮỰ", "U"),
    ("Ŵ", "W"),
    ("ÝŶŸỲỴỶỸ", "Y"),
    ("ŹŻŽ", "Z"),
];

/// Writes `text` with the letters A to Z only: marks are taken off, apostrophes, hyphens, dots, digits and spaces are
/// left out. A letter of another alphabet is returned as the error.
pub(crate) fn plain_letters(text: &str) -> Result<String, char> {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_uppercase) {
        if c.is_ascii_uppercase() {
            plain.push(c);
        } else if let Some((_, letters)) = MARKED.iter().find(|(marked, _)| marked.contains(c)) {
            plain.push_str(letters);
        } else if c.is_alphabetic() {
            return Err(c);
        }
    }
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::plain_letters;

    #[test]
    fn marks_and_signs_are_taken_off() {
        assert_eq!(plain_letters("D'Alò-Müller").as_deref(), Ok("DALOMULLER"));
        assert_eq!(plain_letters("Groß Šćepanović").as_deref(), Ok("GROSSSCEPANOVIC"));
        assert_eq!(plain_letters("Nicolo\u{300}").as_deref(), Ok("NICOLO"));
    }

    #[test]
    fn another_alphabet_is_refused() {
        assert_eq!(plain_letters("Иван"), Err('И'));
    }
}
