//! What the register does with a question: mode, credentials, allowance, then its content.

use jiff::{SignedDuration, Timestamp};
use rand_chacha::rand_core::Rng as _;

use super::book::{Call, Outcome, Question};
use super::mode::{Outage, Spoilt};
use super::wire::{self, BatchResponse, Pec, PollingResponse, SCOPE_PEC, SCOPE_SEAT, SeatResponse, Trouble};
use super::{Register, RegisterMode, State};

/// What a register that is down asks for.
const DOWN_FOR: SignedDuration = SignedDuration::from_secs(120);

/// Tax codes in one request at most.
const MAX_BATCH: usize = 100;
/// A list can be fetched for this long.
const LIST_LIFE: SignedDuration = SignedDuration::from_hours(48);

/// A request for a list.
#[derive(Debug)]
pub(super) struct Batch {
    codes: Vec<String>,
    at: Timestamp,
    polls: u32,
    pub(super) collected: bool,
}

/// Why there is no answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Failure {
    Down { retry_after: Option<SignedDuration> },
    Broken,
    Silent,
    Garbled,
    Page,
    NotLetIn(&'static str),
    Throttled { retry_after: SignedDuration },
    BadRequest(&'static str),
    NotFound,
}

/// What a caller shows of itself.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Credentials<'a> {
    pub(super) bearer: Option<&'a str>,
    pub(super) scope: Option<&'a str>,
}

/// The state of a list.
pub(super) enum List {
    InProgress(Trouble),
    Ready(PollingResponse),
}

/// A seat, or that there is none.
pub(super) enum SeatAnswer {
    NotFound(Trouble),
    Found(Box<SeatResponse>),
}

impl Register {
    pub(super) fn open(&self, statement: &str, client_id: Option<&str>) -> Result<String, Failure> {
        let answer = self
            .spoilt(true)
            .and_then(|()| self.authenticate(statement, client_id).map_err(|why| Failure::NotLetIn(why.0)));
        self.write(Question::Token, answer)
    }

    pub(super) fn request_list(&self, who: Credentials<'_>, body: &[u8]) -> Result<BatchResponse, Failure> {
        let request: Option<wire::BatchRequest> = serde_json::from_slice(body).ok();
        let codes = request.into_iter().flat_map(|r| r.codes).map(|c| c.cf.trim().to_uppercase()).collect();
        self.look_up(Question::PecList, who, SCOPE_PEC, codes).map(|codes| self.keep(codes))
    }

    pub(super) fn list(&self, who: Credentials<'_>, id: &str) -> Result<List, Failure> {
        let answer = self.check(who, SCOPE_PEC).and_then(|()| self.collect(id));
        self.write(Question::Poll, answer)
    }

    pub(super) fn seat(&self, who: Credentials<'_>, code: &str) -> Result<SeatAnswer, Failure> {
        let code = code.trim().to_uppercase();
        self.look_up(Question::Seat, who, SCOPE_SEAT, vec![code.clone()]).map(|_| self.find_seat(&code))
    }

    /// Admits a question about `codes` and writes it down. Counting and writing happen under one lock: two questions
    /// that arrive together never share the last free place.
    pub(super) fn look_up(
        &self,
        question: Question,
        who: Credentials<'_>,
        scope: &str,
        codes: Vec<String>,
    ) -> Result<Vec<String>, Failure> {
        let admitted = self.check(who, scope).and_then(|()| valid(&codes));
        let at = self.now();
        let mut state = self.state();
        let answer = admitted.and_then(|()| room(&state, at, codes.len()));
        state.book.write(Call { at, question, codes: codes.clone(), outcome: outcome(&answer) });
        answer.map(|()| codes)
    }

    fn check(&self, who: Credentials<'_>, scope: &str) -> Result<(), Failure> {
        self.spoilt(false)?;
        self.admit(who.bearer, who.scope, scope).map_err(|why| Failure::NotLetIn(why.0))
    }

    /// The failures that the timetable of outages and the mode bring about.
    fn spoilt(&self, token: bool) -> Result<(), Failure> {
        let now = self.now();
        let state = &mut *self.state();
        if let Some((left, told)) = Outage::at(&state.outages, now) {
            return Err(Failure::Down { retry_after: told.then_some(left) });
        }
        match state.mode.spoil(&mut state.chance, token) {
            None => Ok(()),
            Some(Spoilt::Down) => Err(Failure::Down { retry_after: Some(DOWN_FOR) }),
            Some(Spoilt::Refused) => Err(Failure::NotLetIn("Unauthorized")),
            Some(Spoilt::Silent) => Err(Failure::Silent),
            Some(Spoilt::Broken) => Err(Failure::Broken),
            Some(Spoilt::Garbled) => Err(Failure::Garbled),
            Some(Spoilt::Page) => Err(Failure::Page),
        }
    }

    fn keep(&self, codes: Vec<String>) -> BatchResponse {
        let at = self.now();
        let mut state = self.state();
        state.batches.retain(|_, batch| at.duration_since(batch.at) < LIST_LIFE);
        let id = format!("{:016x}", state.chance.next_u64());
        state.batches.insert(id.clone(), Batch { codes, at, polls: 0, collected: false });
        BatchResponse { at: at.to_string(), id }
    }

    fn collect(&self, id: &str) -> Result<List, Failure> {
        let now = self.now();
        let state = &mut *self.state();
        let ready = state.ready;
        let batch = state.batches.get_mut(id).ok_or(Failure::NotFound)?;
        if now.duration_since(batch.at) >= LIST_LIFE {
            return Err(Failure::NotFound);
        }
        batch.polls += 1;
        if batch.polls <= ready.polls || now.duration_since(batch.at) < ready.time {
            return Ok(List::InProgress(trouble(wire::IN_PROGRESS, "wspa-pedf", "List PEC in progress", now)));
        }
        batch.collected = true;
        let codes = batch.codes.clone();
        let entries = codes.iter().filter_map(|code| entry(state, code)).collect();
        Ok(List::Ready(PollingResponse { at: now.to_string(), id: id.to_owned(), entries }))
    }

    fn find_seat(&self, code: &str) -> SeatAnswer {
        let now = self.now();
        match self.state().firms.get(code) {
            None => SeatAnswer::NotFound(trouble(wire::NOT_FOUND, "wspa-sede", "Sede not found", now)),
            Some(firm) => {
                let answer = SeatResponse { at: now.to_string(), cf: code.to_owned(), address: firm.into() };
                SeatAnswer::Found(Box::new(answer))
            }
        }
    }

    /// Writes down a call that looks nothing up, whatever became of it.
    fn write<T>(&self, question: Question, answer: Result<T, Failure>) -> Result<T, Failure> {
        let call = Call { at: self.now(), question, codes: Vec::new(), outcome: outcome(&answer) };
        self.state().book.write(call);
        answer
    }
}

fn valid(codes: &[String]) -> Result<(), Failure> {
    if codes.is_empty() || codes.len() > MAX_BATCH {
        return Err(Failure::BadRequest("between 1 and 100 tax codes in elencoCf"));
    }
    if !codes.iter().all(|code| matches!(code.len(), 11 | 16) && code.bytes().all(|b| b.is_ascii_alphanumeric())) {
        return Err(Failure::BadRequest("a cf has 11 or 16 characters"));
    }
    Ok(())
}

/// Whether the allowance has room for so many codes now.
fn room(state: &State, now: Timestamp, codes: usize) -> Result<(), Failure> {
    let allowance = usize::try_from(state.per_minute).unwrap_or(usize::MAX);
    match state.book.wait_for(now, codes, allowance) {
        Some(SignedDuration::ZERO) => Ok(()),
        Some(retry_after) => Err(Failure::Throttled { retry_after }),
        None => Err(Failure::BadRequest("more tax codes than are answered in a minute: ask in smaller lists")),
    }
}

fn outcome<T>(answer: &Result<T, Failure>) -> Outcome {
    match answer {
        Ok(_) => Outcome::Answered,
        Err(Failure::Throttled { .. }) => Outcome::Throttled,
        Err(Failure::NotLetIn(_) | Failure::BadRequest(_) | Failure::NotFound) => Outcome::Refused,
        Err(_) => Outcome::Failed,
    }
}

/// A code that is not on file is left out of the list, as the register does.
fn entry(state: &State, code: &str) -> Option<Pec> {
    let mut entry = Pec::from(state.firms.get(code)?);
    if matches!(&state.mode, RegisterMode::WrongFor { code: wrong } if wrong == code) {
        entry.firm = Some(format!("altra.{}@pec.example", code.to_lowercase()));
    }
    Some(entry)
}

pub(super) fn trouble(code: &'static str, app: &'static str, description: &'static str, now: Timestamp) -> Trouble {
    Trouble { code, app, description, timestamp: now.to_string() }
}
