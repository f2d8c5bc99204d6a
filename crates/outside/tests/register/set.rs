//! A register, a client of it and a clock.

use std::sync::Arc;
use std::time::Duration;

use italia::{EmailAddress, FiscalCode};
use jiff::{SignedDuration, Timestamp};
use outside::register::{IssuedClient, Register, RegisterConfig, RegisterFirm, RegisterSeat};
use outside::{MovableClock, VirtualClock};
use registries::{BusinessRegister, Config, Credential, Error, PecAnswer, PecEntry, RequestId, Stamp};

pub struct Set {
    clock: Arc<VirtualClock>,
    pub register: Register,
    pub client: BusinessRegister,
    pub issued: IssuedClient,
    stamps: std::sync::atomic::AtomicUsize,
}

impl Set {
    pub async fn new(per_minute: u32) -> Self {
        let clock = Arc::new(VirtualClock::frozen("2026-02-13T08:00:00Z".parse().unwrap()));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}/register", listener.local_addr().unwrap());
        let firms = (0..250).map(firm).collect();
        let config = RegisterConfig { base_url: base_url.clone(), per_minute, firms, seed: 7 };
        let register = Register::new(clock.clone(), config);
        let app = axum::Router::new().nest("/register", register.router());
        tokio::spawn(async move { axum::serve(listener, app).await });
        let issued = register.issue_client("albo").unwrap();
        let client = client(&base_url, &issued, "albo");
        Self { clock, register, client, issued, stamps: 0.into() }
    }

    pub fn now(&self) -> Timestamp {
        outside::Clock::now(&*self.clock)
    }

    pub fn jti(&self) -> String {
        format!("jti-{}", self.stamps.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
    }

    pub async fn ask(&self, codes: &[FiscalCode]) -> Result<RequestId, Error> {
        let stamp = Stamp { now: self.now(), jti: &self.jti() };
        self.client.request_pec_list(codes, stamp).await.map(|answer| answer.value)
    }

    pub async fn fetch(&self, id: &RequestId) -> Result<PecAnswer, Error> {
        let stamp = Stamp { now: self.now(), jti: &self.jti() };
        self.client.pec_list(id, stamp).await.map(|answer| answer.value)
    }

    pub async fn look_up(&self, code: FiscalCode) -> PecEntry {
        let id = self.ask(&[code]).await.unwrap();
        let PecAnswer::Ready(list) = self.fetch(&id).await.unwrap() else { panic!("a list was expected") };
        PecEntry::find(&list, &code).cloned().unwrap()
    }

    pub fn move_on(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }
}

pub fn client(base_url: &str, issued: &IssuedClient, name: &str) -> BusinessRegister {
    // Long enough for a machine that does many things at once.
    client_with(base_url, issued, name, Duration::from_secs(30))
}

pub fn client_with(base_url: &str, issued: &IssuedClient, name: &str, read_timeout: Duration) -> BusinessRegister {
    let mut config = Config::new(base_url.parse().unwrap(), name);
    config.limits.read = read_timeout;
    BusinessRegister::new(config, Credential::from_pem(&issued.key_pem, &issued.certificate_pem).unwrap()).unwrap()
}

/// A well-formed tax code of a firm, another one for each number (check digit after DM 23-12-1976).
pub fn code(number: usize) -> FiscalCode {
    let body = format!("{:07}001", 1_000_000 + number);
    let digits = body.bytes().map(|b| u32::from(b - b'0'));
    let sum: u32 =
        digits.enumerate().map(|(i, d)| if i % 2 == 0 { d } else { 2 * d - if d > 4 { 9 } else { 0 } }).sum();
    FiscalCode::parse(&format!("{body}{}", (10 - sum % 10) % 10)).unwrap()
}

fn firm(number: usize) -> RegisterFirm {
    let pec = format!("firm{number}@pec.example");
    let mut firm = RegisterFirm::new(code(number).as_str(), format!("FIRM {number} SRL"), Some(&pec));
    firm.seat = RegisterSeat { municipality: "MILANO".into(), province: "MI".into(), ..RegisterSeat::default() };
    firm
}

pub fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}
