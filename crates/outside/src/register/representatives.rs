//! Who may act for a firm.

use super::Register;
use super::book::Question;
use super::calls::{Credentials, Failure};
use super::wire::{RepresentedFirm, RepresentedResponse, SCOPE_REPRESENTATIVES, VerificationResponse};

impl Register {
    /// The firms that a person represents; an empty list for everybody else.
    pub(super) fn represented(&self, who: Credentials<'_>, person: &str) -> Result<RepresentedResponse, Failure> {
        let person = person.trim().to_uppercase();
        self.look_up(Question::Representatives, who, SCOPE_REPRESENTATIVES, vec![person.clone()])?;
        let state = self.state();
        let represented = state.firms.values().filter(|firm| firm.representatives.contains(&person));
        let firms =
            represented.map(|firm| RepresentedFirm { cf: firm.code.clone(), name: firm.name.clone() }).collect();
        Ok(RepresentedResponse { at: self.now().to_string(), person, firms })
    }

    /// Whether a person represents a firm: `OK` or `KO`.
    pub(super) fn represents(
        &self,
        who: Credentials<'_>,
        person: &str,
        firm: &str,
    ) -> Result<VerificationResponse, Failure> {
        let (person, firm) = (person.trim().to_uppercase(), firm.trim().to_uppercase());
        self.look_up(Question::Representatives, who, SCOPE_REPRESENTATIVES, vec![person.clone()])?;
        let state = self.state();
        let represents = state.firms.get(&firm).is_some_and(|firm| firm.representatives.contains(&person));
        let outcome = if represents { "OK" } else { "KO" };
        Ok(VerificationResponse { at: self.now().to_string(), person, firm, outcome })
    }
}
