//! Very many firms register in an hour at a register that answers few, fails often and is down for a while, while committenti
//! ask about others: a whole day on the frozen clock, with a node that dies and others that come.

mod figures;
mod ideal;

use std::collections::BTreeMap;
use std::time::Instant;

use desk_dues::registration::{Begin, Kind, begin};
use italia::{AlboNumber, EmailAddress, FiscalCode, PhoneNumber};
use jiff::{SignedDuration, Timestamp};
use outside::register::{Outage, RegisterFirm, RegisterMode};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use sportello_core::access::{Actor, Operation};
use sportello_core::clock::Clock as _;
use sportello_core::jobs::Worker;
use sportello_core::registry::{self, LookUpId, QueueLane};
use store::{Sql, args};

pub use figures::{Figures, Late, Spread, Told};

use crate::{Firm, Stage, firm_code};

/// What happens.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Firms that register, one after the other.
    pub firms: u32,
    /// In so long.
    pub arrive_in: SignedDuration,
    /// Queries of committenti in a minute, for as long as anybody waits.
    pub queries_per_minute: u32,
    /// Firms that only committenti ask about; three queries of four are about firms that register.
    pub strangers: u32,
    /// Calls of a hundred that the register answers with an error, and that it never answers.
    pub failures: (u8, u8),
    /// Minutes after the beginning at which the register is down, for how many, and whether it says so.
    pub outages: Vec<(i64, i64, bool)>,
    /// When the first node dies.
    pub dies_at: SignedDuration,
}

/// A look-up that is followed.
struct Promise {
    look_up: LookUpId,
    at: Timestamp,
    minutes: i64,
}

/// What was seen on the way.
#[derive(Default)]
struct Seen {
    promises: Vec<Promise>,
    first_pages_ms: Vec<f64>,
    queries: u64,
    served: u64,
    refused: u64,
}

struct Crowd<'a> {
    stage: &'a Stage,
    plan: &'a Plan,
    began: Timestamp,
    strangers: Vec<FiscalCode>,
    chance: ChaCha8Rng,
    arrived: u32,
    asked: f64,
    seen: Seen,
}

/// Lets it happen on an engine, and says what was seen.
pub async fn run(engine: &str, plan: &Plan) -> Figures {
    let stage = Stage::of_a_crowd(engine).await;
    prepare(&stage, plan).await;
    let mut crowd = Crowd {
        stage: &stage,
        plan,
        began: stage.clock.now(),
        strangers: (0..plan.strangers).map(|n| code(plan.firms + n)).collect(),
        chance: ChaCha8Rng::seed_from_u64(7),
        arrived: 0,
        asked: 0.0,
        seen: Seen::default(),
    };
    crowd.goes_on().await;
    figures::of(&stage, plan, crowd.began, crowd.seen).await
}

fn code(number: u32) -> FiscalCode {
    FiscalCode::parse(&firm_code(100_000 + number)).unwrap()
}

fn albo(number: u32) -> String {
    format!("RM/{:07}/A", 2_000_000 + number)
}

fn pec(number: u32) -> EmailAddress {
    EmailAddress::parse(&format!("folla{number}@pec.example")).unwrap()
}

/// Firms in the Albo and in the register, and the register's troubles.
async fn prepare(stage: &Stage, plan: &Plan) {
    let head = "codice_fiscale;numero_albo;denominazione;indirizzo;iscritta_dal;cancellata_dal\n".to_owned();
    let row =
        |n: u32| format!("{};{};Folla {n} S.r.l.;Via {n}, 00100 Roma (RM);2004-06-23;\n", code(n).as_str(), albo(n));
    let file: String = std::iter::once(head).chain((0..plan.firms).map(row)).collect();
    let cx = stage.cx();
    let kind = desk_dues::import::ImportKind::Firms;
    let preview = desk_dues::import::preview(&cx, kind, None, "folla.csv", file.into_bytes()).await.unwrap();
    desk_dues::import::apply(&cx, preview.id).await.unwrap();
    let control = stage.world.register().control();
    for n in 0..plan.firms + plan.strangers {
        let name = format!("Folla {n} S.r.l.");
        control.put_firm(RegisterFirm::new(code(n).as_str(), name, Some(pec(n).as_str())));
    }
    control.set_mode(RegisterMode::Mixed { errors: plan.failures.0, timeouts: plan.failures.1 });
    let began = stage.clock.now();
    let at = |minutes: i64| began + SignedDuration::from_mins(minutes);
    let outage = |(from, long, retry_after): &(i64, i64, bool)| Outage {
        from: at(*from),
        until: at(from + long),
        retry_after: *retry_after,
    };
    control.set_outages(plan.outages.iter().map(outage).collect());
}

impl Crowd<'_> {
    async fn goes_on(&mut self) {
        let mut nodes = vec![self.stage.another_node().await, self.stage.another_node().await];
        let mut next_promise = SignedDuration::ZERO;
        let mut died = false;
        loop {
            let elapsed = self.stage.clock.now().duration_since(self.began);
            self.firms_arrive(elapsed).await;
            self.committenti_ask(elapsed).await;
            if elapsed >= next_promise {
                self.hears_how_long().await;
                next_promise += SignedDuration::from_mins(10);
            }
            if !died && elapsed >= self.plan.dies_at {
                died = true;
                dies(nodes.remove(0)).await;
                nodes.push(self.stage.another_node().await);
            }
            for ran in futures(&nodes).await {
                ran.unwrap();
            }
            match self.next_event().await {
                Some(at) => self.stage.lets_pass(at.duration_since(self.stage.clock.now())),
                None => return,
            }
        }
    }

    /// Registers whoever has come, some of them in a browser.
    async fn firms_arrive(&mut self, elapsed: SignedDuration) {
        while self.arrived < self.plan.firms && self.arrives_at(self.arrived) <= elapsed {
            let number = self.arrived;
            self.arrived += 1;
            if number.is_multiple_of(50) {
                let began = Instant::now();
                let firm = Firm::find(self.stage, &format!("Folla {number} S.r.l.")).await;
                let page = firm.registers_with_pec(pec(number).as_str()).await;
                assert!(page.status.is_success(), "{}", page.text());
                self.seen.first_pages_ms.push(began.elapsed().as_secs_f64() * 1_000.0);
            } else {
                registers(self.stage, number).await;
            }
        }
    }

    fn arrives_at(&self, number: u32) -> SignedDuration {
        let whole = self.plan.arrive_in.as_millis() * i128::from(number) / i128::from(self.plan.firms);
        SignedDuration::from_millis(i64::try_from(whole).unwrap())
    }

    /// Committenti ask about whoever they like, and are content with the last good answer.
    async fn committenti_ask(&mut self, elapsed: SignedDuration) {
        let due = f64::from(self.plan.queries_per_minute) * elapsed.as_secs_f64() / 60.0;
        while self.asked + 1.0 <= due {
            self.asked += 1.0;
            self.seen.queries += 1;
            let stranger = self.plan.strangers > 0 && self.chance.next_u32().is_multiple_of(4);
            let code = if stranger {
                self.strangers[self.chance.next_u32() as usize % self.strangers.len()]
            } else {
                code(self.chance.next_u32() % self.plan.firms)
            };
            let cx = self.stage.cx();
            if registry::on_file(&cx, &code).await.unwrap().is_some_and(|known| known.fresh) {
                self.seen.served += 1;
                continue;
            }
            let mut tx = cx.begin(Operation::LookUp).await.unwrap();
            let wish = registry::wish(&cx, &mut tx, &code, QueueLane::ThirdParty).await.unwrap();
            tx.commit_unaudited().await.unwrap();
            self.seen.refused += u64::from(wish == registry::Wish::Full);
        }
    }

    /// Whoever came last asks how long it takes.
    async fn hears_how_long(&mut self) {
        let last = Sql::new("SELECT max(id) AS n FROM lookups WHERE state = 'waiting' AND $1 = 1");
        let last: Option<i64> = self.stage.database.db.fetch_one(last, args![1]).await.unwrap().get("n").unwrap();
        let Some(last) = last.map(LookUpId) else { return };
        let place = registry::position(&self.stage.cx(), last).await.unwrap();
        if let Some(minutes) = place.minutes {
            self.seen.promises.push(Promise { look_up: last, at: self.stage.clock.now(), minutes });
        }
    }

    /// The next moment at which something happens; none when nobody waits any more.
    async fn next_event(&self) -> Option<Timestamp> {
        let now = self.stage.clock.now();
        // Whoever waits, and whoever has the answer and is not told yet.
        let any = Sql::new(
            "SELECT count(*) AS n FROM (SELECT 1 FROM lookups l JOIN register_questions q ON q.id = l.question
             WHERE l.state = $1 UNION ALL SELECT 1 FROM jobs WHERE name = 'registration.answered' AND state <> 'dead'
             LIMIT 1) AS found",
        );
        let waiting: i64 = self.stage.database.db.fetch_one(any, args!["waiting"]).await.unwrap().get("n").unwrap();
        if waiting == 0 && self.arrived == self.plan.firms {
            return None;
        }
        let due = Sql::new(
            "SELECT min(CASE WHEN state = 'ready' THEN run_at ELSE lease_until END) AS n FROM jobs WHERE state <> $1",
        );
        let due: Option<i64> = self.stage.database.db.fetch_one(due, args!["dead"]).await.unwrap().get("n").unwrap();
        let arrival = (self.arrived < self.plan.firms).then(|| self.began + self.arrives_at(self.arrived));
        let query = (self.plan.queries_per_minute > 0).then(|| now + SignedDuration::from_secs(1));
        let due = due.map(|at| Timestamp::from_millisecond(at).unwrap());
        [due, arrival, query].into_iter().flatten().min().map(|at| at.max(now + SignedDuration::from_millis(1)))
    }
}

/// Lets every node do what is due, all at the same time.
async fn futures(nodes: &[Worker]) -> Vec<Result<usize, sportello_core::Error>> {
    let mut tasks = tokio::task::JoinSet::new();
    for node in nodes {
        let node = node.clone();
        tasks.spawn(async move { node.run_due().await });
    }
    tasks.join_all().await
}

/// A node is killed while it is at work.
async fn dies(node: Worker) {
    let work = tokio::spawn(async move { node.run_due().await });
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
    work.abort();
    let _ = work.await;
}

async fn registers(stage: &Stage, number: u32) {
    let cx = stage.cx().acting_as(Actor::Anonymous);
    let (code, email) = (code(number), pec(number));
    let albo_number = AlboNumber::parse(&albo(number)).unwrap();
    let phone = PhoneNumber::parse("+39061234567").unwrap();
    let input = Begin {
        kind: Kind::Pec,
        tax_code: &code,
        albo_number: &albo_number,
        email: &email,
        email_kind: sportello_core::accounts::MailKind::Pec,
        phone: &phone,
    };
    begin(&cx, desk_dues::dues(&cx).unwrap(), input).await.unwrap();
}

/// How many are how.
fn tally<T: std::fmt::Debug>(all: impl IntoIterator<Item = T>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for one in all {
        *counts.entry(format!("{one:?}")).or_default() += 1;
    }
    counts
}
