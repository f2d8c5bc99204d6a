//! Password policies as data: one code path, the tenant's configuration decides.

use serde::Deserialize;

use crate::secret::Secret;

/// Rules for passwords, tries and credentials. Two ship by name: [`Policy::guide`] and [`Policy::current`].
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The name of the policy that this one is, or is derived from.
    pub name: String,
    /// Least length, in characters.
    pub min_length: usize,
    /// At least one digit.
    pub digit: bool,
    /// At least one capital letter.
    pub capital: bool,
    /// At least one character that is neither letter nor digit.
    pub special: bool,
    /// Refuse the words that attackers try first, and words of the context (the firm's name, the matricola).
    pub blocklist: bool,
    /// A new password differs from so many used before, the present one included.
    pub history: i64,
    /// Wrong tries that are allowed.
    pub max_failures: i64,
    /// What happens after them.
    pub lock: Lock,
    /// What a new or reset account is sent.
    pub initial: Initial,
    /// How long the initial password or link lives, in hours.
    pub initial_hours: i64,
    /// The holder may ask for a reset link without an operator.
    pub self_service: bool,
    /// The two fields for a new password refuse pasted text. Never the sign-in field (WCAG 2.2, 3.3.8).
    pub no_paste: bool,
}

/// What happens when the allowed tries are used up.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Lock {
    /// An operator must reset the account (requirement A-35).
    UntilOperator,
    /// One more try every fifteen minutes.
    Delay,
}

/// What a new or reset account is sent.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Initial {
    /// A temporary password (requirement A-05).
    Password,
    /// A link, good once, to choose a password.
    Link,
}

/// A rule that a new password does not meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmet {
    /// Too short.
    Length,
    /// No digit.
    Digit,
    /// No capital letter.
    Capital,
    /// No special character.
    Special,
    /// A common password, or a word of the context.
    Common,
    /// Longer than 128 characters: hashing has a price.
    TooLong,
}

impl Unmet {
    /// The key of the text that says so.
    pub fn text_key(self) -> &'static str {
        match self {
            Self::Length => "password-rule-length",
            Self::Digit => "password-rule-digit",
            Self::Capital => "password-rule-capital",
            Self::Special => "password-rule-special",
            Self::Common => "password-rule-common",
            Self::TooLong => "password-rule-too-long",
        }
    }
}

const LONGEST: usize = 128;

/// Passwords that attackers try first, in lower case and without what people put around them.
const COMMON: [&str; 30] = [
    "password",
    "passw0rd",
    "qwerty",
    "qwertyuiop",
    "asdfgh",
    "123456",
    "1234567",
    "12345678",
    "123456789",
    "1234567890",
    "000000",
    "111111",
    "iloveyou",
    "admin",
    "administrator",
    "welcome",
    "benvenuto",
    "ciao",
    "juventus",
    "amore",
    "francesco",
    "alessandro",
    "giuseppe",
    "italia",
    "napoli",
    "milano",
    "letmein",
    "monkey",
    "dragon",
    "cambiami",
];

impl Policy {
    /// The letter of the guide (requirements A-24..32, A-33..37; decision 4 of the requirements).
    pub fn guide() -> Self {
        Self {
            name: "guide".to_owned(),
            min_length: 8,
            digit: true,
            capital: true,
            special: true,
            blocklist: false,
            history: 3,
            max_failures: 5,
            lock: Lock::UntilOperator,
            initial: Initial::Password,
            initial_hours: 24 * 30,
            self_service: false,
            no_paste: true,
        }
    }

    /// Today's guidance: NIST SP 800-63B-4, OWASP ASVS 5.0 chapter 6, WCAG 2.2.
    pub fn current() -> Self {
        Self {
            name: "current".to_owned(),
            min_length: 15,
            digit: false,
            capital: false,
            special: false,
            blocklist: true,
            history: 0,
            max_failures: 10,
            lock: Lock::Delay,
            initial: Initial::Link,
            initial_hours: 72,
            self_service: true,
            no_paste: false,
        }
    }

    /// All rules that a new password does not meet; `context` holds words that it must not consist of.
    pub fn unmet(&self, password: &Secret, context: &[&str]) -> Vec<Unmet> {
        let text = password.expose();
        let length = text.chars().count();
        let rules = [
            (length < self.min_length, Unmet::Length),
            (length > LONGEST, Unmet::TooLong),
            (self.digit && !text.chars().any(|c| c.is_ascii_digit()), Unmet::Digit),
            (self.capital && !text.chars().any(char::is_uppercase), Unmet::Capital),
            (self.special && text.chars().all(char::is_alphanumeric), Unmet::Special),
            (self.blocklist && is_common(text, context), Unmet::Common),
        ];
        rules.into_iter().filter(|(broken, _)| *broken).map(|(_, rule)| rule).collect()
    }

    /// The rules as the page lists them, in order.
    pub fn rules(&self) -> Vec<Unmet> {
        let rules = [
            (true, Unmet::Length),
            (self.digit, Unmet::Digit),
            (self.capital, Unmet::Capital),
            (self.special, Unmet::Special),
            (self.blocklist, Unmet::Common),
        ];
        rules.into_iter().filter(|(on, _)| *on).map(|(_, rule)| rule).collect()
    }
}

fn is_common(text: &str, context: &[&str]) -> bool {
    let core: String = text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    let mut letters = core.chars();
    let one_letter = letters.next().is_none_or(|first| letters.all(|c| c == first));
    let stem = core.trim_matches(|c: char| c.is_ascii_digit());
    let within = |word: &str| {
        let word: String = word.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        word.len() >= 4 && (core == word || stem == word || core == word.repeat(2))
    };
    one_letter || COMMON.iter().any(|w| within(w)) || context.iter().any(|w| within(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unmet(policy: &Policy, password: &str) -> Vec<Unmet> {
        policy.unmet(&Secret::new(password), &["Rossi Trasporti S.r.l."])
    }

    #[test]
    fn the_guides_rules_are_all_reported_at_once() {
        assert_eq!(unmet(&Policy::guide(), "abc"), [Unmet::Length, Unmet::Digit, Unmet::Capital, Unmet::Special]);
        assert_eq!(unmet(&Policy::guide(), "Camion8!"), []);
    }

    #[test]
    fn every_printed_special_character_counts() {
        // The two lists of guides 000 and 001 are test vectors (decision 3 of the requirements).
        for special in "!\\\"£$%/()=^*+][@#§:.,;-_>|?~".chars() {
            assert_eq!(unmet(&Policy::guide(), &format!("Camion88{special}")), [], "{special}");
        }
    }

    #[test]
    fn the_current_policy_wants_length_and_refuses_common_words() {
        assert_eq!(unmet(&Policy::current(), "quattro camion rossi"), []);
        assert_eq!(unmet(&Policy::current(), "Camion8!"), [Unmet::Length]);
        assert_eq!(unmet(&Policy::current(), "passwordpassword"), [Unmet::Common]);
        assert_eq!(unmet(&Policy::current(), "rossi trasporti srl"), [Unmet::Common]);
        assert_eq!(unmet(&Policy::current(), "aaaaaaaaaaaaaaaa"), [Unmet::Common]);
        assert_eq!(unmet(&Policy::current(), &"x y".repeat(60)), [Unmet::TooLong]);
    }
}
