//! What the indexes do with a question.

use jiff::{SignedDuration, Timestamp};

use super::Inad;
use super::wire::{Accepted, Certified, Domiciles, ListRequest, ListResponse, Verified};
use crate::pdnd::{Refusal, Visit, uuid};
use crate::register::{Call, Outcome, Question, Spoilt};

/// Tax codes in one list at most.
const MAX_BATCH: usize = 1_000;
/// A list can be fetched for this long.
const LIST_LIFE: SignedDuration = SignedDuration::from_hours(48);

/// A request for a list.
#[derive(Debug)]
pub(super) struct List {
    codes: Vec<String>,
    at: Timestamp,
}

/// Why there is no answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Failure {
    Spoilt(Spoilt),
    NotLetIn(Refusal),
    BadRequest(&'static str),
    NotFound(&'static str),
}

impl Inad {
    pub(super) fn extract(&self, visit: Visit<'_>, code: &str) -> Result<Domiciles, Failure> {
        let code = code.trim().to_uppercase();
        let answer = self.enter(visit, self.base_url()).and_then(|()| valid(&code)).and_then(|()| {
            let found = Domiciles::of(&code, self.state().entries.get(&code), self.now());
            if found.is_empty() { Err(Failure::NotFound("CF non trovato")) } else { Ok(found) }
        });
        self.write(Question::Single, vec![code], answer)
    }

    pub(super) fn verify(&self, visit: Visit<'_>, code: &str, address: &str) -> Result<Verified, Failure> {
        let code = code.trim().to_uppercase();
        let answer = self.enter(visit, self.base_url()).and_then(|()| valid(&code)).and_then(|()| {
            let state = self.state();
            let entry = state.entries.get(&code).ok_or(Failure::NotFound("CF non trovato"))?;
            let mut addresses = entry.pec.iter().chain(&entry.professionals);
            let outcome = addresses.any(|on_file| on_file.eq_ignore_ascii_case(address));
            Ok(Verified { outcome, at: self.now().to_string() })
        });
        self.write(Question::Verify, vec![code], answer)
    }

    pub(super) fn request_list(&self, visit: Visit<'_>) -> Result<Accepted, Failure> {
        let request: Option<ListRequest> = serde_json::from_slice(visit.body).ok();
        let sound = request.as_ref().is_some_and(|request| !request.reference.trim().is_empty());
        let codes: Vec<String> = request.into_iter().flat_map(|request| request.codes).collect();
        let answer = self.enter(visit, self.base_url()).and_then(|()| {
            if !sound || codes.is_empty() || codes.len() > MAX_BATCH {
                return Err(Failure::BadRequest("codiciFiscali (1-1000) e praticalReference sono obbligatori"));
            }
            codes.iter().try_for_each(|code| valid(code))?;
            Ok(self.keep(codes.clone()))
        });
        self.write(Question::PecList, codes, answer)
    }

    /// Whether a list is ready.
    pub(super) fn list_state(&self, visit: Visit<'_>, id: &str) -> Result<bool, Failure> {
        let answer = self.enter(visit, self.base_url()).and_then(|()| {
            let state = self.state();
            let list = state.lists.get(id).ok_or(Failure::NotFound("Richiesta non trovata"))?;
            Ok(self.now().duration_since(list.at) >= state.ready_after)
        });
        self.write(Question::Poll, Vec::new(), answer)
    }

    pub(super) fn list(&self, visit: Visit<'_>, id: &str) -> Result<ListResponse, Failure> {
        let answer = self.enter(visit, self.base_url()).and_then(|()| {
            let now = self.now();
            let state = self.state();
            let list = state.lists.get(id).filter(|list| now.duration_since(list.at) < LIST_LIFE);
            let list = list.ok_or(Failure::NotFound("Richiesta non trovata"))?;
            let found = |code: &String| Domiciles::of(code, state.entries.get(code), now);
            Ok(ListResponse { list: list.codes.iter().map(found).collect() })
        });
        self.write(Question::Poll, Vec::new(), answer)
    }

    pub(super) fn certified(&self, visit: Visit<'_>, code: &str) -> Result<Certified, Failure> {
        let code = code.trim().to_uppercase();
        let answer = self
            .enter(visit, self.inipec_url())
            .and_then(|()| valid(&code))
            .map(|()| Certified::of(&code, self.state().entries.get(&code)));
        self.write(Question::Single, vec![code], answer)
    }

    fn enter(&self, visit: Visit<'_>, audience: &str) -> Result<(), Failure> {
        let wanted = {
            let state = &mut *self.state();
            if let Some(spoilt) = state.mode.spoil(&mut state.chance, false) {
                return Err(Failure::Spoilt(spoilt));
            }
            state.wanted
        };
        self.shared.pdnd.admit(visit, audience, wanted).map_err(Failure::NotLetIn)
    }

    fn keep(&self, codes: Vec<String>) -> Accepted {
        let at = self.now();
        let state = &mut *self.state();
        state.lists.retain(|_, list| at.duration_since(list.at) < LIST_LIFE);
        let id = uuid(&mut state.chance);
        state.lists.insert(id.clone(), List { codes, at });
        Accepted { state: "PRESA_IN_CARICO", message: "Richiesta elenco presa in carico", id, at: at.to_string() }
    }

    fn write<T>(&self, question: Question, codes: Vec<String>, answer: Result<T, Failure>) -> Result<T, Failure> {
        let outcome = match &answer {
            Ok(_) | Err(Failure::NotFound(_)) => Outcome::Answered,
            Err(Failure::NotLetIn(_) | Failure::BadRequest(_)) => Outcome::Refused,
            Err(Failure::Spoilt(_)) => Outcome::Failed,
        };
        self.state().book.write(Call { at: self.now(), question, codes, outcome });
        answer
    }
}

fn valid(code: &str) -> Result<(), Failure> {
    let sound = matches!(code.len(), 11 | 16) && code.bytes().all(|b| b.is_ascii_alphanumeric());
    if sound { Ok(()) } else { Err(Failure::BadRequest("codice fiscale non valido")) }
}
