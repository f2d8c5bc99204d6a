//! A world with the platform, and clients of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use italia::FiscalCode;
use jiff::{SignedDuration, Timestamp};
use outside::VirtualClock;
use outside::pdnd::IssuedVoucherClient;
use outside::register::RegisterFirm;
use outside::world::{World, WorldConfig};
use registries::pdnd::{self, Evidence, Vouchers, read_key};
use registries::{Inad, IniPec, Stamp, TimeLimits, inad, inipec};

pub struct Stage {
    pub world: World,
    pub issued: IssuedVoucherClient,
    stamps: AtomicUsize,
}

/// What a client does beyond the least.
#[derive(Clone, Copy, Default)]
pub struct Habits {
    pub evidence: bool,
    pub dpop: bool,
    pub integrity: bool,
    pub hasty: bool,
}

pub const PLAIN: Habits = Habits { evidence: false, dpop: false, integrity: false, hasty: false };
pub const FULL: Habits = Habits { evidence: true, dpop: true, integrity: true, hasty: false };

impl Stage {
    pub async fn new() -> Self {
        let mut config = WorldConfig::new(Arc::new(VirtualClock::frozen("2026-02-13T08:00:00Z".parse().unwrap())));
        config.indexes = Some((0..20).map(entry).collect());
        let world = World::start(config).await.unwrap();
        let issued = world.pdnd().unwrap().issue_client("albo", world.inad().unwrap().base_url()).unwrap();
        Self { world, issued, stamps: 0.into() }
    }

    pub fn pdnd(&self) -> &outside::pdnd::Pdnd {
        self.world.pdnd().unwrap()
    }

    pub fn index(&self) -> &outside::inad::Inad {
        self.world.inad().unwrap()
    }

    pub fn config(&self, habits: Habits) -> pdnd::Config {
        let audience = self.index().base_url().to_owned();
        let evidence = Evidence {
            audience: audience.clone(),
            user_id: "sportello".to_owned(),
            user_location: "sede".to_owned(),
            loa: "LoA3".to_owned(),
        };
        pdnd::Config {
            token_url: self.pdnd().token_url().parse().unwrap(),
            audience: self.pdnd().audience(),
            client_id: self.issued.client_id.clone(),
            kid: self.issued.kid.clone(),
            purpose_id: self.issued.purpose_id.clone(),
            evidence: habits.evidence.then_some(evidence),
            integrity: habits.integrity.then_some(audience),
            limits: limits(habits),
        }
    }

    pub fn vouchers(&self, config: pdnd::Config, habits: Habits) -> Vouchers {
        let dpop = habits.dpop.then(|| read_key(&self.issued.dpop_key_pem).unwrap());
        Vouchers::new(config, read_key(&self.issued.key_pem).unwrap(), dpop).unwrap()
    }

    pub fn client(&self, habits: Habits) -> Inad {
        self.client_with(self.config(habits), habits)
    }

    pub fn client_with(&self, config: pdnd::Config, habits: Habits) -> Inad {
        let base_url = self.index().base_url().parse().unwrap();
        let config_of_inad =
            inad::Config { base_url, practical_reference: "iscrizione".to_owned(), limits: limits(habits) };
        Inad::new(config_of_inad, self.vouchers(config, habits)).unwrap()
    }

    /// A client of INI-PEC, whose purpose is another one.
    pub fn inipec(&self) -> IniPec {
        let url = self.index().inipec_url();
        let purpose_id = self.pdnd().add_purpose(&self.issued.client_id, url).unwrap();
        let config = pdnd::Config { purpose_id, ..self.config(PLAIN) };
        let config_of_index = inipec::Config { base_url: url.parse().unwrap(), limits: limits(PLAIN) };
        IniPec::with_vouchers(config_of_index, self.vouchers(config, PLAIN)).unwrap()
    }

    pub fn jti(&self) -> String {
        format!("stamp-{}", self.stamps.fetch_add(1, Ordering::Relaxed))
    }

    pub fn now(&self) -> Timestamp {
        self.world.now()
    }

    pub fn stamp<'a>(&self, jti: &'a str) -> Stamp<'a> {
        Stamp { now: self.now(), jti }
    }

    pub async fn move_on(&self, seconds: i64) {
        self.world.advance(SignedDuration::from_secs(seconds)).await;
    }
}

fn limits(habits: Habits) -> TimeLimits {
    // Long enough for a machine that does many things at once, unless silence is what is waited for.
    let read = if habits.hasty { Duration::from_millis(400) } else { Duration::from_secs(30) };
    TimeLimits { read, ..TimeLimits::default() }
}

/// A well-formed tax code of a firm, another one for each number (check digit after DM 23-12-1976).
pub fn code(number: usize) -> FiscalCode {
    let body = format!("{:07}001", 1_000_000 + number);
    let digits = body.bytes().map(|b| u32::from(b - b'0'));
    let sum: u32 =
        digits.enumerate().map(|(i, d)| if i % 2 == 0 { d } else { 2 * d - if d > 4 { 9 } else { 0 } }).sum();
    FiscalCode::parse(&format!("{body}{}", (10 - sum % 10) % 10)).unwrap()
}

fn entry(number: usize) -> RegisterFirm {
    let pec = format!("firm{number}@pec.example");
    RegisterFirm::new(code(number).as_str(), format!("FIRM {number} SRL"), Some(&pec))
}
