//! Firms and vehicles imported from CSV files into an embedded database, and all fees computed: rows a second, and
//! processor seconds.
//!
//! `cargo bench -p desk-dues --bench import -- 100000 400000` for other sizes. While the fleet is applied, a reader
//! looks up a firm every millisecond; its slowest answers are printed too. Time is the wall's and what
//! `/proc/self/stat` says this process has used (user and system).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use desk_dues::fee;
use desk_dues::import::{self, ImportKind};
use italia::FiscalCode;
use sportello_core::accounts::hashing::HashPool;
use sportello_core::chance::SystemChance;
use sportello_core::clock::FrozenClock;
use sportello_core::jobs::Handlers;
use sportello_core::tenancy::{Connections, Tenant};
use sportello_core::vault::Vault;
use sportello_core::{App, Cx, MIGRATIONS, Parts, people};

type Failure = Box<dyn std::error::Error>;

const YEAR: i64 = 2017;

/// Processor seconds used by this process so far. Linux counts them in hundredths for user space (`USER_HZ`).
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks: f64 = fields.iter().skip(11).take(2).map(|field| field.parse::<f64>().unwrap_or(0.0)).sum();
    ticks / 100.0
}

/// The most memory that the process has held, in MiB.
fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
}

struct Watch(Instant, f64);

impl Watch {
    fn start() -> Self {
        Self(Instant::now(), cpu_seconds())
    }

    #[expect(clippy::print_stdout, reason = "the figures are what a bench is for")]
    fn stop(self, what: &str, rows: u32) {
        let (wall, cpu) = (self.0.elapsed().as_secs_f64(), cpu_seconds() - self.1);
        let rate = f64::from(rows) / wall;
        println!(
            "{what:34} {rows:>9} rows  {wall:7.2} s  {cpu:7.2} CPU s  {rate:>9.0} rows/s  peak {} MiB",
            peak_mib()
        );
    }
}

async fn portal(directory: &Path) -> Result<Cx, Failure> {
    let db = store::Db::open(&format!("sqlite:{}", directory.join("bench.db").display()), 4).await?;
    db.migrate(MIGRATIONS, 0).await?;
    let product = sportello_core::texts::ProductTexts::new([sportello_core::TEXTS, desk_dues::TEXTS].concat());
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tenants/albo").canonicalize()?;
    let tenant = Arc::new(desk_dues::load(Tenant::load(&place, &product)?)?);
    let app = App::new(Parts {
        db,
        clock: Arc::new(FrozenClock::at("2017-02-13T09:00:00Z".parse()?)),
        chance: Arc::new(SystemChance),
        vault: Vault::new(&[7; 32]),
        hashing: HashPool::start(1),
        tenants: BTreeMap::from([(tenant.slug.clone(), Arc::clone(&tenant))]),
        connections: BTreeMap::from([(tenant.slug.clone(), Connections::default())]),
        sources: BTreeMap::new(),
        cards: None,
        handlers: Handlers::default(),
        public_url: "http://127.0.0.1:8080".to_owned(),
        ids: sportello_core::ids::Ids::default(),
        wake: tokio::sync::Notify::new(),
    });
    Ok(app.system(&tenant, "bench"))
}

/// The code of the invented company with this serial.
fn tax_code(serial: u32) -> String {
    let digits = format!("{serial:07}501");
    let codes = (0..10).map(|check| format!("{digits}{check}"));
    codes.into_iter().find(|code| FiscalCode::parse(code).is_ok()).unwrap_or_default()
}

fn firms_file(codes: &[String]) -> Vec<u8> {
    let mut file = String::from("codice_fiscale;numero_albo;denominazione;indirizzo;iscritta_dal;cancellata_dal\n");
    for (index, code) in codes.iter().enumerate() {
        // Enrolment numbers are not in the order of the tax codes.
        let serial = index.wrapping_mul(7_919) % 9_000_011 + 1;
        let _ = writeln!(
            file,
            "{code};RM/{serial:07}/A;Autotrasporti di prova {index} S.r.l.;Via Prova {index}, 00118 Roma (RM);2001-02-03;"
        );
    }
    file.into_bytes()
}

fn fleet_file(codes: &[String], vehicles: u32) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPRSTVWXYZ";
    const MASSES: [u32; 5] = [3_500, 7_500, 18_000, 26_000, 44_000];
    let mut file = String::from("codice_fiscale;targa;tipo;massa_kg\n");
    for index in 0..vehicles as usize {
        let letter = |place: usize| char::from(LETTERS[place % LETTERS.len()]);
        let high = index / 1_000;
        let (a, b, c, d) = (letter(high / 10_648), letter(high / 484), letter(high / 22), letter(high));
        let code = &codes[index * codes.len() / vehicles as usize];
        let _ = writeln!(file, "{code};{a}{b}{:03}{c}{d};autocarro;{}", index % 1_000, MASSES[index % 5]);
    }
    file.into_bytes()
}

/// Looks a firm up every millisecond until it is told to stop; the answers' times, sorted.
async fn read_meanwhile(cx: Cx, code: FiscalCode, mut stop: tokio::sync::oneshot::Receiver<()>) -> Vec<Duration> {
    let mut times = Vec::new();
    while stop.try_recv().is_err() {
        let start = Instant::now();
        let found = people::by_tax_code(&cx, &code).await;
        if found.is_ok_and(|firm| firm.is_some()) {
            times.push(start.elapsed());
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    times.sort_unstable();
    times
}

#[expect(clippy::print_stdout, reason = "the figures are what a bench is for")]
#[tokio::main]
async fn main() -> Result<(), Failure> {
    let sizes: Vec<u32> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let (firms, vehicles) = (sizes.first().copied().unwrap_or(100_000), sizes.get(1).copied().unwrap_or(400_000));
    let directory = tempfile::tempdir()?;
    let cx = portal(directory.path()).await?;
    let codes: Vec<String> = (1..=firms).map(tax_code).collect();
    let (firms_csv, fleet_csv) = (firms_file(&codes), fleet_file(&codes, vehicles));
    println!("files of {} and {} MiB", firms_csv.len() >> 20, fleet_csv.len() >> 20);

    let watch = Watch::start();
    let preview = import::preview(&cx, ImportKind::Firms, None, "firms.csv", firms_csv.clone()).await?;
    watch.stop("firms checked", firms);
    let watch = Watch::start();
    let applied = import::apply(&cx, preview.id).await?;
    watch.stop("firms applied", firms);
    assert_eq!((applied.good, applied.bad), (i64::from(firms), 0));

    let watch = Watch::start();
    let preview = import::preview(&cx, ImportKind::Fleet, Some(YEAR), "fleet.csv", fleet_csv).await?;
    watch.stop("vehicles checked", vehicles);
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let reader = tokio::spawn(read_meanwhile(cx.clone(), FiscalCode::parse(&codes[0])?, stopped));
    let watch = Watch::start();
    let applied = import::apply(&cx, preview.id).await?;
    watch.stop("vehicles applied", vehicles);
    assert_eq!((applied.good, applied.bad), (i64::from(vehicles), 0));
    let _ = stop.send(());
    let times = reader.await?;
    let at = |share: usize| times.get(times.len() * share / 1_000).copied().unwrap_or_default();
    println!(
        "a reader meanwhile: {} answers, median {:?}, p99 {:?}, p99.9 {:?}",
        times.len(),
        at(500),
        at(990),
        at(999)
    );

    let watch = Watch::start();
    let made = fee::compute_all(&cx, YEAR).await?;
    watch.stop("fees computed and frozen", firms);
    assert_eq!(made, u64::from(firms));

    let watch = Watch::start();
    let preview = import::preview(&cx, ImportKind::Firms, None, "firms.csv", firms_csv).await?;
    import::apply(&cx, preview.id).await?;
    watch.stop("the same firms again", firms);
    cx.app.close().await;
    let size = std::fs::metadata(directory.path().join("bench.db"))?.len();
    println!("the database holds {} MiB", size >> 20);
    Ok(())
}
