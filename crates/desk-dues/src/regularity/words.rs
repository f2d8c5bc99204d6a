//! An answer in words: the same on pages and on paper.

use jiff::Timestamp;
use jiff::civil::Date;
use sportello_core::format;
use sportello_core::texts::{Arg, Language, Texts};

use super::answer::{AddressFact, Answer, FeeFact, Suspension};

/// One fact in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is about.
    pub label: String,
    /// What holds.
    pub value: String,
    /// Who says so, and as of when; empty where the label says it.
    pub source: String,
}

struct Words<'a> {
    texts: &'a Texts,
    language: Language,
}

/// The facts of an answer, in the order in which they are read.
pub fn facts(texts: &Texts, language: Language, answer: &Answer) -> Vec<Fact> {
    let words = Words { texts, language };
    let mut facts = vec![words.plain("regularity-tax-code", answer.tax_code.clone())];
    if let Some(firm) = &answer.firm {
        facts.push(words.plain("regularity-firm", firm.name.clone()));
        facts.push(words.plain("regularity-albo-number", firm.albo_number.clone()));
    }
    facts.push(words.registration(answer));
    facts.extend(answer.registration.suspended.map(|held| suspension(texts, language, held)));
    facts.extend(answer.fees.iter().map(|fee| words.fee(fee)));
    facts.push(words.address(&answer.certified_address));
    facts.push(words.plain("regularity-at", words.moment(answer.at)));
    facts
}

/// A suspension in words.
pub fn suspension(texts: &Texts, language: Language, suspension: Suspension) -> Fact {
    let words = Words { texts, language };
    let from = words.date(suspension.from);
    let value = match suspension.until {
        Some(until) => {
            words.tr("regularity-suspended-until", &[("from", from.into()), ("until", words.date(until).into())])
        }
        None => words.tr("regularity-suspended-from", &[("from", from.into())]),
    };
    words.plain("regularity-suspension", value)
}

impl Words<'_> {
    fn tr(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.texts.text_with(key, args)
    }

    fn date(&self, date: Date) -> String {
        format::date(self.language, date)
    }

    fn moment(&self, at: Timestamp) -> String {
        format::date_time(self.language, at)
    }

    fn plain(&self, label: &str, value: String) -> Fact {
        Fact { label: self.texts.text(label), value, source: String::new() }
    }

    fn registration(&self, answer: &Answer) -> Fact {
        let roll = &answer.registration;
        let day = |date: Option<Date>| date.map(|d| self.date(d)).unwrap_or_default();
        let value = match (roll.registered, roll.since, roll.until) {
            (true, since, _) => self.tr("regularity-registered", &[("date", day(since).into())]),
            (false, Some(_), until @ Some(_)) => self.tr("regularity-removed", &[("date", day(until).into())]),
            (false, since @ Some(_), None) => self.tr("regularity-registered-later", &[("date", day(since).into())]),
            (false, None, _) => self.texts.text("regularity-not-registered"),
        };
        let source = match roll.as_of {
            Some(at) => self.tr(
                "regularity-roll-source",
                &[("source", roll.source.as_str().into()), ("date", self.moment(at).into())],
            ),
            None => roll.source.clone(),
        };
        Fact { source, ..self.plain("regularity-registration", value) }
    }

    fn fee(&self, fee: &FeeFact) -> Fact {
        let day = fee.paid_on.map(|d| self.date(d)).unwrap_or_default();
        let args = [("date", day.into()), ("due", self.date(fee.due).into())];
        let value = self.tr(&format!("regularity-fee-{}", fee.state.key()), &args);
        let label = self.tr("regularity-fee", &[("year", fee.year.to_string().into())]);
        Fact { label, value, source: fee.source.clone() }
    }

    fn address(&self, address: &AddressFact) -> Fact {
        let at = address.answered_at.or(address.asked_at).map(|at| self.moment(at)).unwrap_or_default();
        let value = self.tr(&format!("regularity-address-{}", address.state.key()), &[("date", at.into())]);
        Fact { source: self.texts.text("regularity-address-source"), ..self.plain("regularity-address", value) }
    }
}
