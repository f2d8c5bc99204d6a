//! The post: everything that the servers share, behind one lock.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use italia::EmailAddress;
use jiff::{SignedDuration, Timestamp};
use pec::provider::Provider;
use pec::{MessageId, Secret, TrustAnchors};
use tokio::sync::watch;

use super::authority::Authority;
use super::behaviour::{BoxBehaviour, BoxKind};
use super::boxes::Boxes;
use super::certified;
use super::chance::Chance;
use super::queue::{Letter, Pending, Queue};
use super::{Account, MailConfig, MailError, Transmission};
use crate::Clock;

pub(super) const FIRST_NOTICE: SignedDuration = SignedDuration::from_hours(12);
pub(super) const LAST_NOTICE: SignedDuration = SignedDuration::from_hours(24);

#[derive(Debug)]
pub(super) struct Post {
    clock: Arc<dyn Clock>,
    pub authority: Authority,
    pub trust: TrustAnchors,
    state: Mutex<State>,
    /// Counts changes of any box, for those who wait for mail.
    changes: watch::Sender<u64>,
    down: AtomicBool,
}

#[derive(Debug)]
pub(super) struct State {
    pub boxes: Boxes,
    pub queue: Queue,
    pub log: Vec<Transmission>,
    pub chance: Chance,
    accounts: BTreeMap<String, (EmailAddress, Secret)>,
    providers: BTreeMap<String, Provider>,
}

impl Post {
    pub fn new(config: &MailConfig) -> Result<Self, MailError> {
        let authority = Authority::new(config.clock.now())?;
        let trust = TrustAnchors::from_pem(authority.pem())?;
        let mut chance = Chance::new(config.seed);
        let boxes = Boxes::new(&config.pec_domains, chance.number());
        let state = State {
            boxes,
            queue: Queue::default(),
            log: Vec::new(),
            chance,
            accounts: BTreeMap::new(),
            providers: BTreeMap::new(),
        };
        let post = Self {
            clock: Arc::clone(&config.clock),
            authority,
            trust,
            state: Mutex::new(state),
            changes: watch::channel(0).0,
            down: AtomicBool::new(false),
        };
        for domain in &config.pec_domains {
            post.provider(&mut post.lock(), domain)?;
        }
        for account in &config.accounts {
            post.register(account);
        }
        Ok(post)
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells everybody who waits that some box may have changed.
    pub fn announce(&self) {
        self.changes.send_modify(|count| *count = count.wrapping_add(1));
    }

    pub fn watch(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    pub fn is_down(&self) -> bool {
        self.down.load(Ordering::Acquire)
    }

    pub fn set_down(&self, down: bool) {
        self.down.store(down, Ordering::Release);
        self.announce();
    }

    pub fn register(&self, account: &Account) {
        let mut state = self.lock();
        state.boxes.open(&account.address).kind = account.kind;
        let key = account.address.folded().to_owned();
        state.accounts.insert(key, (account.address.clone(), account.password.clone()));
    }

    /// The account, when the password is right.
    pub fn login(&self, user: &str, password: &str) -> Option<(EmailAddress, BoxKind)> {
        let state = self.lock();
        let (address, known) = state.accounts.get(&user.trim().to_ascii_lowercase())?;
        (known.expose() == password).then(|| (address.clone(), state.boxes.kind(address)))
    }

    /// An identifier for a message written by this world's people.
    pub fn fresh_id(&self, domain: &str) -> MessageId {
        let now = self.now();
        certified::identifier(&mut self.lock(), "mail", domain, now)
    }

    pub fn set_behaviour(&self, address: &EmailAddress, behaviour: BoxBehaviour) {
        let now = self.now();
        let mut state = self.lock();
        state.boxes.open(address).behaviour = behaviour;
        state.queue.hasten(address, now);
    }

    /// The provider of a domain, set up when it is first needed.
    pub fn provider(&self, state: &mut State, domain: &str) -> Result<Provider, MailError> {
        let domain = domain.to_ascii_lowercase();
        if let Some(known) = state.providers.get(&domain) {
            return Ok(known.clone());
        }
        let provider = self.authority.provider(&domain)?;
        state.providers.insert(domain, provider.clone());
        Ok(provider)
    }

    /// Puts a message on its way to one recipient and does at once what needs no waiting.
    pub fn dispatch(
        &self,
        state: &mut State,
        letter: Letter,
        recipient: EmailAddress,
        now: Timestamp,
    ) -> Result<(), MailError> {
        self.step(state, Pending { letter, recipient, submitted: now, due: now, notices: 0 })
    }

    /// Does everything whose time has come, in order of time. Returns how many steps that were.
    pub fn deliver_due(&self) -> Result<usize, MailError> {
        let now = self.now();
        let mut state = self.lock();
        let mut steps = 0;
        while let Some(pending) = state.queue.pop_due(now) {
            self.step(&mut state, pending)?;
            steps += 1;
        }
        drop(state);
        if steps > 0 {
            self.announce();
        }
        Ok(steps)
    }

    /// One step of a piece of mail at the moment when it is due; what is not finished goes back into the queue.
    fn step(&self, state: &mut State, mut pending: Pending) -> Result<(), MailError> {
        let at = pending.due;
        match state.boxes.behaviour(&pending.recipient) {
            BoxBehaviour::Slow(time) if at < pending.submitted + time => {
                pending.due = pending.submitted + time;
                state.queue.push(pending);
                Ok(())
            }
            BoxBehaviour::SilentTwelveHours => self.silence(state, pending),
            _ => match &pending.letter {
                Letter::Certified(letter) => self.arrive_certified(state, letter, &pending.recipient, at),
                Letter::Ordinary(letter) => self.arrive_ordinary(state, letter, &pending.recipient, at),
            },
        }
    }

    fn silence(&self, state: &mut State, mut pending: Pending) -> Result<(), MailError> {
        let (first, last) = (pending.submitted + FIRST_NOTICE, pending.submitted + LAST_NOTICE);
        if pending.due >= last {
            return self.notice(state, &pending, pec::DelayNotice::Last);
        }
        if pending.due >= first && pending.notices == 0 {
            self.notice(state, &pending, pec::DelayNotice::First)?;
            pending.notices = 1;
        }
        pending.due = if pending.due >= first { last } else { first };
        state.queue.push(pending);
        Ok(())
    }

    fn notice(&self, state: &mut State, pending: &Pending, notice: pec::DelayNotice) -> Result<(), MailError> {
        match &pending.letter {
            Letter::Certified(letter) => self.delay_certified(state, letter, &pending.recipient, notice, pending.due),
            Letter::Ordinary(letter) => self.delay_ordinary(state, letter, &pending.recipient, notice, pending.due),
        }
    }
}
