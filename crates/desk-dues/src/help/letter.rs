//! Reads a letter to the assistance: the guide asks for a subject, a matricola, an enrolment number and a phone number,
//! in words of the writer's own (guide 000, "Reset password").

use italia::{AlboNumber, MemberCode, PhoneNumber};

/// What a letter says.
#[derive(Clone, Debug, Default)]
pub struct Letter {
    /// It has the subject of a reset.
    pub reset: bool,
    /// The first matricola in it.
    pub member_code: Option<MemberCode>,
    /// The first enrolment number in it.
    pub albo_number: Option<AlboNumber>,
    /// The first phone number in it.
    pub phone: Option<PhoneNumber>,
}

/// Reads subject and text. Nothing is invented: what is not there is absent.
pub fn read_letter(subject: &str, text: &str) -> Letter {
    let folded: String = subject.to_uppercase().chars().filter(|c| c.is_alphanumeric()).collect();
    let mut letter = Letter { reset: folded.contains("RESETPASSWORD"), ..Letter::default() };
    for line in text.lines().filter(|l| !l.trim_start().starts_with('>')) {
        read_line(line, &mut letter);
    }
    letter
}

fn read_line(line: &str, letter: &mut Letter) {
    let words: Vec<&str> =
        line.split(|c: char| c.is_whitespace() || ",;:()[]".contains(c)).filter(|w| !w.is_empty()).collect();
    for (at, word) in words.iter().enumerate() {
        let word = word.trim_matches(|c: char| c == '.' || c == '"' || c == '\'');
        let begins_with_it = word.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("it"));
        // Without its `IT` a matricola could be a phone number.
        if letter.member_code.is_none() && word.len() >= 10 && begins_with_it {
            letter.member_code = MemberCode::parse(word).ok();
        }
        if letter.albo_number.is_none() && word.starts_with(|c: char| c.is_ascii_alphabetic()) && !begins_with_it {
            letter.albo_number = AlboNumber::parse(word).ok();
        }
        if letter.phone.is_none() && word.starts_with(|c: char| c == '+' || c.is_ascii_digit()) {
            letter.phone = phone(&words[at..]);
        }
    }
}

/// People write phone numbers in groups: the longest run of digit words that is one.
fn phone(words: &[&str]) -> Option<PhoneNumber> {
    let digits = |w: &&&str| w.chars().all(|c| c.is_ascii_digit() || "+-./".contains(c));
    let run = words.iter().take(5).take_while(digits).count();
    (1..=run).rev().find_map(|n| {
        let text = words[..n].concat();
        let plausible = text.chars().filter(char::is_ascii_digit).count() >= 8;
        plausible.then(|| PhoneNumber::parse(&text).ok())?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guides_letter_is_read_in_any_order_and_case() {
        let code = MemberCode::from_serial(1234).unwrap();
        let text = format!(
            "Buongiorno,\nmatricola {}\nn. iscrizione albo: rm/1234567/a\ntel. 06 1234 5678\ngrazie",
            code.as_str().to_lowercase()
        );
        let letter = read_letter("Re: reset  Password", &text);
        assert!(letter.reset);
        assert_eq!(letter.member_code, Some(code));
        assert_eq!(letter.albo_number.unwrap().to_string(), "RM/1234567/A");
        assert_eq!(letter.phone.unwrap().as_str(), "+390612345678");
    }

    #[test]
    fn letters_with_accents_are_read_too() {
        assert!(read_letter("RESET PASSWORD", "sì, l’Albo è «così» – perché? ì").member_code.is_none());
    }

    #[test]
    fn what_is_not_there_is_absent() {
        let letter = read_letter("Non riesco ad accedere", "Aiuto! > IT00012349\n");
        assert!(!letter.reset);
        assert!(letter.albo_number.is_none() && letter.phone.is_none());
    }

    #[test]
    fn quoted_lines_are_somebody_elses() {
        let code = MemberCode::from_serial(77).unwrap();
        assert!(read_letter("RESET PASSWORD", &format!("> matricola {code}")).member_code.is_none());
    }
}
