//! Does the declared address agree with the one on file?

use italia::EmailAddress;

use crate::PecEntry;

/// What the register's answer says about a declared address. The fourth possibility, *not answered yet*, is the
/// absence of this value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PecMatch {
    /// The declared address is the one on file, letter case apart.
    Match,
    /// No certified address is on file.
    NoEntry,
    /// Another address is on file.
    AnotherAddress {
        /// The address on file with most of it hidden: a hint for its owner, no help for anybody else.
        masked: String,
    },
}

/// Compares the firm's address on file with the one that somebody declared.
///
/// Only the firm's own address counts: a professional registered under the same code proves nothing about the firm.
#[must_use]
pub fn compare(entry: &PecEntry, declared: &EmailAddress) -> PecMatch {
    match (&entry.firm_pec, &entry.unreadable_pec) {
        (Some(on_file), _) if on_file == declared || entry.further.contains(declared) => PecMatch::Match,
        (Some(on_file), _) => PecMatch::AnotherAddress { masked: on_file.masked() },
        (None, Some(masked)) => PecMatch::AnotherAddress { masked: masked.clone() },
        (None, None) => PecMatch::NoEntry,
    }
}

/// Hides an address that is not one: the first letter and what looks like a domain stay.
pub(crate) fn mask_unreadable(text: &str) -> String {
    let first: String = text.chars().take(1).collect();
    let domain = text.rsplit_once('@').map(|(_, domain)| format!("@{domain}")).unwrap_or_default();
    format!("{first}***{domain}")
}

#[cfg(test)]
mod tests {
    use italia::FiscalCode;

    use super::*;

    fn entry(firm: Option<&str>) -> PecEntry {
        PecEntry {
            code: FiscalCode::parse("12345670017").unwrap(),
            firm_pec: firm.map(|a| EmailAddress::parse(a).unwrap()),
            further: vec![EmailAddress::parse("rossi.due@pec.example").unwrap()],
            unreadable_pec: None,
            professionals: vec![EmailAddress::parse("avv.bianchi@pec.example").unwrap()],
        }
    }

    #[test]
    fn the_three_answers() {
        let declared = EmailAddress::parse("Rossi@PEC.example").unwrap();
        assert_eq!(compare(&entry(Some("rossi@pec.example")), &declared), PecMatch::Match);
        let second = EmailAddress::parse("rossi.due@pec.example").unwrap();
        assert_eq!(compare(&entry(Some("rossi@pec.example")), &second), PecMatch::Match);
        assert_eq!(compare(&entry(None), &declared), PecMatch::NoEntry);
        let PecMatch::AnotherAddress { masked } = compare(&entry(Some("trasporti.verdi@pec.example")), &declared)
        else {
            panic!("another address was expected");
        };
        assert!(!masked.contains("trasporti.verdi"), "{masked}");
    }

    #[test]
    fn a_professional_is_not_the_firm() {
        let declared = EmailAddress::parse("avv.bianchi@pec.example").unwrap();
        assert_eq!(compare(&entry(None), &declared), PecMatch::NoEntry);
    }

    #[test]
    fn an_unreadable_address_on_file_is_still_on_file() {
        let mut entry = entry(None);
        entry.unreadable_pec = Some(mask_unreadable("rossi@@pec.example"));
        let declared = EmailAddress::parse("rossi@pec.example").unwrap();
        assert_eq!(compare(&entry, &declared), PecMatch::AnotherAddress { masked: "r***@pec.example".to_owned() });
    }
}
