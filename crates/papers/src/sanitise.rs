//! Makes text of any origin fit for a page.

/// Drops what cannot be seen and closes up what is merely another way to write a space, so that
/// the shaper meets only characters with a shape:
///
/// * every line ending becomes `\n`, tabs and typographic spaces become a space, spaces that must
///   not break stay so;
/// * control characters, marks of direction, joiners, variation selectors and soft hyphens go
///   (a hidden mark of direction can make a paper read otherwise than it was written);
/// * private and invalid code points, which PDF/A-2a (ISO 19005-2, 6.2.11.7.3) forbids, become
///   U+FFFD;
/// * a few signs that the fonts lack become their plain equivalents.
pub(crate) fn clean(text: &str, out: &mut String) {
    let mut previous = ' ';
    for character in text.chars() {
        let was_return = previous == '\r';
        previous = character;
        match character {
            '\n' if was_return => {}
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' | '\u{1680}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200a}' | '\u{205f}' | '\u{3000}' => {
                out.push(' ');
            }
            '\u{a0}' | '\u{2007}' | '\u{202f}' => out.push('\u{a0}'),
            _ if is_invisible(character) => {}
            _ if is_unusable(character) => out.push('\u{fffd}'),
            '\u{2010}' | '\u{2011}' => out.push('-'),
            '\u{2012}' | '\u{2015}' => out.push('\u{2013}'),
            '\u{1e9e}' => out.push_str("SS"),
            '\u{2192}' => out.push_str("->"),
            _ => out.push(character),
        }
    }
}

/// The same on one line, for titles and metadata.
pub(crate) fn clean_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    clean(text, &mut out);
    let line = out.replace(['\n', '\u{a0}'], " ");
    line.trim().to_owned()
}

fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_unusable(character: char) -> bool {
    let code = u32::from(character);
    matches!(character,
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{fdd0}'..='\u{fdef}')
        || code & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::{clean, clean_line};

    fn cleaned(text: &str) -> String {
        let mut out = String::new();
        clean(text, &mut out);
        out
    }

    #[test]
    fn line_endings_become_one() {
        assert_eq!(cleaned("a\r\nb\rc\u{2028}d\n\ne"), "a\nb\nc\nd\n\ne");
    }

    #[test]
    fn what_cannot_be_seen_goes() {
        assert_eq!(cleaned("a\0b\u{7}c\u{202e}d\u{feff}e\u{ad}f\u{200d}g\u{fe0f}h"), "abcdefgh");
        assert_eq!(cleaned("\tx\u{3000}y\u{202f}z"), " x y\u{a0}z");
    }

    #[test]
    fn private_and_invalid_points_are_shown_as_such() {
        assert_eq!(cleaned("\u{e000}\u{fffe}\u{10ffff}\u{1fffe}"), "\u{fffd}".repeat(4));
    }

    #[test]
    fn titles_are_one_line() {
        assert_eq!(clean_line("  Ricevuta\ndi pagamento\u{0} "), "Ricevuta di pagamento");
    }
}
