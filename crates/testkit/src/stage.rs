//! The whole product with the world around it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use desk_dues::import::ImportKind;
use italia::EmailAddress;
use jiff::SignedDuration;
use outside::MovableClock as _;
use outside::mail::{Account, BoxKind};
use outside::pagopa::Creditor;
use outside::register::RegisterFirm;
use outside::world::{World, WorldConfig};
use pagopa::CreditorCode;
use pagopa::checkout::{Client, SubscriptionKey, TimeLimits};
use pec::imap::ImapConfig;
use pec::smtp::{Sender, SmtpConfig};
use pec::{Tls, TrustAnchors};
use registries::{BusinessRegister, Credential};
use sportello_core::accounts::hashing::HashPool;
use sportello_core::identities;
use sportello_core::jobs::{Handlers, Worker};
use sportello_core::mailboxes;
use sportello_core::registry::{Limits, RegisterSource, own_name};
use sportello_core::spid::certificate::SpCertificate;
use sportello_core::tenancy::{Connections, MailConnection, Tenant};
use sportello_core::vault::Vault;
use sportello_core::{App, Cx, Parts, Secret};
use url::Url;

use crate::cards::{self, OTHER_BODY, Parts as CardParts, Reached};
use crate::{Browser, Committente, Database, Firm, Operator, Person, SeededChance, SharedClock};

/// The tenant of the tests.
pub const BODY: &str = "albo";
const PASSWORD: &str = "a-mailbox's-password";
const NODE_SECRET: &str = "between-the-node-and-us";
const PAYMENT_KEY: &str = "subscription-key";
/// How long a test waits for an answer that does not come, in real time.
pub(crate) const PATIENT: Duration = Duration::from_secs(2);
/// Look-ups a minute that the register answers, and that we allow ourselves.
pub(crate) const PER_MINUTE: u32 = 60;

/// The product, the world and the clock.
#[derive(Debug)]
pub struct Stage {
    /// The program.
    pub app: App,
    /// The outside world.
    pub world: World,
    /// The clock of both.
    pub clock: Arc<SharedClock>,
    /// Where the portal is served.
    pub portal: Url,
    /// The database.
    pub database: Database,
    pub(crate) worker: Worker,
    pub(crate) servers: Vec<tokio::task::JoinHandle<()>>,
    /// The keys of SPID: the one that signs, and the one that replaces it.
    pub(crate) spid_keys: Vec<SpCertificate>,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.servers.iter().for_each(tokio::task::JoinHandle::abort);
    }
}

/// How people of a stage can prove who they are.
pub(crate) enum Way {
    Spid,
    /// With two keys, while one replaces the other.
    SpidRollingOver,
    Cie,
    Cards(Reached),
}

fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

/// The firms of the tests as the business register knows them.
fn register_firms(directory: &Path) -> Vec<RegisterFirm> {
    let text = std::fs::read_to_string(directory.join("demo/register.csv")).unwrap();
    let firm = |line: &str| {
        let mut parts = line.split(';').map(str::trim);
        let (code, name) = (parts.next()?, parts.next()?);
        let pec = parts.next().filter(|p| !p.is_empty()).map(str::to_owned);
        Some(RegisterFirm::new(code, name, pec.as_deref()))
    };
    text.lines().skip(1).filter(|l| !l.trim().is_empty()).filter_map(firm).collect()
}

impl Stage {
    /// The product on an engine in February 2017, in the days of the guide, with the demonstration's firms and fleets.
    pub async fn of_2017(engine: &str) -> Self {
        Self::at(engine, "2017-02-20T10:00").await
    }

    /// The same, with the federation of CIE.
    pub async fn with_cie(engine: &str) -> Self {
        Self::build(engine, "2017-02-20T10:00", Some(Way::Cie)).await
    }

    /// The same, with the authority for smart cards, a listener for them, and a second tenant beside the first.
    pub async fn with_cards(engine: &str) -> Self {
        Self::of_cards(engine, Reached::Directly).await
    }

    /// The same, with a listener that stands behind a proxy.
    pub async fn with_cards_behind_a_proxy(engine: &str) -> Self {
        Self::of_cards(engine, Reached::ByProxy).await
    }

    async fn of_cards(engine: &str, reached: Reached) -> Self {
        let stage = Self::build(engine, "2017-02-20T10:00", Some(Way::Cards(reached))).await;
        let refused = identities::cards::refresh(&stage.cx()).await.unwrap();
        assert!(refused.is_none(), "{refused:?}");
        stage
    }

    /// The product at a civil time in Rome.
    pub async fn at(engine: &str, at: &str) -> Self {
        Self::build(engine, at, None).await
    }

    pub(crate) async fn build(engine: &str, at: &str, way: Option<Way>) -> Self {
        Self::build_with(engine, at, way, |_| {}).await
    }

    pub(crate) async fn build_with(engine: &str, at: &str, way: Option<Way>, change: impl FnOnce(&mut Tenant)) -> Self {
        Self::build_from(engine, at, way, PATIENT, change, |_| {}).await
    }

    pub(crate) async fn build_from(
        engine: &str,
        at: &str,
        way: Option<Way>,
        patience: Duration,
        change: impl FnOnce(&mut Tenant),
        parts: impl FnOnce(&mut Parts),
    ) -> Self {
        let directory = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tenants/albo"));
        let clock = Arc::new(SharedClock::at(at));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let product =
            sportello_core::texts::ProductTexts::new([sportello_core::TEXTS, web::TEXTS, desk_dues::TEXTS].concat());
        let mut tenant = desk_dues::load(Tenant::load(directory, &product).unwrap()).unwrap();
        change(&mut tenant);
        let tenant = Arc::new(tenant);
        let world = world(&clock, directory, &tenant, address).await;
        let database = Database::fresh(engine).await;
        let mut connections = connections(&world, &tenant);
        let base = format!("http://{address}/{BODY}");
        let mut spid_keys = Vec::new();
        match &way {
            Some(Way::Spid | Way::SpidRollingOver) => {
                let count = if matches!(way, Some(Way::SpidRollingOver)) { 2 } else { 1 };
                spid_keys = crate::spid::keys(&tenant, &base, count);
                crate::spid::is_admitted(&world, &base);
                connections.spid = Some(crate::spid::connection(&world, &spid_keys));
            }
            Some(Way::Cie) => connections.cie = Some(crate::cie::connection(&world, &tenant, &base)),
            Some(Way::Cards(_)) | None => {}
        }
        let mut tenants = BTreeMap::from([(BODY.to_owned(), tenant)]);
        let mut listening = None;
        let mut service = None;
        if let Some(Way::Cards(reached)) = way {
            let folder = cards::other_tenant(directory);
            let other = Tenant::load(&folder.path().join(OTHER_BODY), &product).unwrap();
            tenants.insert(OTHER_BODY.to_owned(), Arc::new(desk_dues::load(other).unwrap()));
            let (made, listener, door) = CardParts::prepare(&world, reached).await.take();
            (service, listening) = (Some(made), Some((listener, door)));
        }
        let mut all = Parts {
            db: database.db.clone(),
            clock: Arc::clone(&clock) as Arc<dyn sportello_core::clock::Clock>,
            chance: Arc::new(SeededChance::new(42)),
            vault: Vault::new(&[42; 32]),
            hashing: HashPool::start(2),
            connections: BTreeMap::from([(BODY.to_owned(), connections)]),
            tenants,
            sources: BTreeMap::from([(own_name(BODY), source(&world, &own_name(BODY), patience))]),
            cards: service,
            handlers: crate::jobs::handlers(desk_dues::handlers(Handlers::default())),
            public_url: format!("http://{address}"),
            ids: sportello_core::ids::Ids::default(),
            wake: tokio::sync::Notify::new(),
        };
        parts(&mut all);
        let app = App::new(all);
        let server = serve(app.clone(), listener);
        let portal = Url::parse(&format!("http://{address}/{BODY}")).unwrap();
        let cards = listening.map(|(listener, door)| cards::serve(app.clone(), listener, door));
        let servers = std::iter::once(server).chain(cards).collect();
        let stage = Self { worker: Worker::new(app.clone()), app, world, clock, portal, database, servers, spid_keys };
        stage.import(directory).await;
        stage
    }

    async fn import(&self, directory: &Path) {
        let cx = self.cx();
        let read = |name: &str| std::fs::read(directory.join("demo").join(name)).unwrap();
        for (kind, year, name) in [
            (ImportKind::Firms, None, "firms.csv"),
            (ImportKind::Fleet, Some(2017), "fleet-2017.csv"),
            (ImportKind::Fleet, Some(2027), "fleet-2027.csv"),
        ] {
            let preview = desk_dues::import::preview(&cx, kind, year, name, read(name)).await.unwrap();
            desk_dues::import::apply(&cx, preview.id).await.unwrap();
        }
    }

    /// The tenant's context in the name of the program.
    pub fn cx(&self) -> Cx {
        self.app.system(self.app.tenant(BODY).unwrap(), "test")
    }

    /// Lets everything happen that is due now: jobs, mail, receipts, and what they cause. The mailboxes are looked into
    /// without waiting for their next turn.
    pub async fn settle(&self) {
        let cx = self.cx();
        desk_dues::start(&cx).await.unwrap();
        for _ in 0..50 {
            let ran = self.worker.run_due().await.unwrap();
            let under_way = self.world.mail().under_way();
            self.world.tick().await;
            for inbox in desk_dues::INBOXES.0 {
                mailboxes::read_now(&cx, *inbox).await.unwrap();
            }
            if ran == 0 && self.world.mail().under_way() == under_way {
                return;
            }
        }
    }

    /// Moves the clock, then lets everything happen that has become due.
    pub async fn passes(&self, time: SignedDuration) {
        self.clock.advance(time);
        self.settle().await;
    }

    /// A visitor who reads Italian.
    pub fn visitor(&self) -> Browser {
        Browser::new(&self.portal, "it")
    }

    /// A visitor who reads English.
    pub fn english_visitor(&self) -> Browser {
        Browser::new(&self.portal, "en")
    }

    /// A firm of the demonstration by the beginning of its name.
    pub async fn firm(&self, name: &str) -> Firm<'_> {
        Firm::find(self, name).await
    }

    /// A person with a digital identity, by first name.
    pub fn person(&self, name: &str) -> Person<'_> {
        Person::find(self, name)
    }

    /// A committente with a key, that may make many requests in a minute.
    pub async fn committente(&self) -> Committente<'_> {
        Committente::enrolled(self, "00009999996", 6_000).await
    }

    /// Another committente, that may make so many requests in a minute.
    pub async fn committente_within(&self, per_minute: u32) -> Committente<'_> {
        Committente::enrolled(self, "00008888885", per_minute).await
    }

    /// An operator with a role.
    pub async fn operator(&self, role: &str) -> Operator<'_> {
        Operator::hire(self, role).await
    }
}

/// Serves a program to browsers.
pub(crate) fn serve(app: App, listener: tokio::net::TcpListener) -> tokio::task::JoinHandle<()> {
    let settings = web::Settings { posts_per_minute: 100_000, ..web::Settings::default() };
    let router = web::router(app, vec![desk_dues::router()], settings);
    tokio::spawn(async move {
        axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).await.unwrap();
    })
}

async fn world(clock: &Arc<SharedClock>, directory: &Path, tenant: &Tenant, product: SocketAddr) -> World {
    let mut config = WorldConfig::new(Arc::clone(clock) as Arc<dyn outside::MovableClock>);
    config.firms = register_firms(directory);
    config.register_per_minute = PER_MINUTE;
    config.people = crate::spid::people();
    PAYMENT_KEY.clone_into(&mut config.payment_key);
    config.pec_domains = vec!["pec.example".to_owned(), "legalmail.example".to_owned()];
    let boxes = [
        (format!("avvisi@{BODY}.example"), BoxKind::Ordinary),
        (format!("{BODY}@pec.example"), BoxKind::Pec),
        (tenant.help.email.clone(), BoxKind::Ordinary),
    ];
    let account =
        |(address, kind): (String, BoxKind)| Account { address: email(&address), password: PASSWORD.into(), kind };
    config.accounts = boxes.into_iter().map(account).collect();
    let world = World::start(config).await.unwrap();
    let creditor = tenant.creditor.as_ref().unwrap();
    let station = format!("http://{product}/{BODY}/pagopa/nodo/{NODE_SECRET}");
    let code = CreditorCode::parse(&creditor.fiscal_code).unwrap();
    world.node().add_creditor(Creditor::direct(code, &creditor.name, Url::parse(&station).unwrap()).unwrap());
    world
}

pub(crate) fn source(world: &World, name: &str, patience: Duration) -> Arc<RegisterSource> {
    let issued = world.register().issue_client("sportello-test").unwrap();
    let credential = Credential::from_pem(&issued.key_pem, &issued.certificate_pem).unwrap();
    let mut config =
        registries::Config::new(Url::parse(world.register().base_url()).unwrap(), issued.client_id.clone());
    config.limits = registries::TimeLimits { connect: patience, read: patience };
    let client = BusinessRegister::new(config, credential).unwrap();
    let limits = Limits::per_minute(PER_MINUTE);
    Arc::new(RegisterSource { name: name.to_owned(), client: client.into(), limits })
}

pub(crate) fn connections(world: &World, tenant: &Tenant) -> Connections {
    let sender = |server: SocketAddr, from: &str| MailConnection {
        sender: Sender::new(SmtpConfig {
            host: server.ip().to_string(),
            port: server.port(),
            tls: Tls::None,
            authorities: None,
            user: Some(from.to_owned()),
            password: PASSWORD.into(),
            timeout: Duration::from_secs(5),
        })
        .unwrap(),
        from: email(from),
    };
    let inbox = |address: &str| ImapConfig {
        host: world.mail().imap_addr().ip().to_string(),
        port: world.mail().imap_addr().port(),
        tls: Tls::None,
        authorities: None,
        user: address.to_owned(),
        password: PASSWORD.into(),
        folder: "INBOX".to_owned(),
        timeout: Duration::from_secs(5),
    };
    let checkout = Url::parse(&format!("{}/pagopa/checkout/ec/v1", world.url().trim_end_matches('/'))).unwrap();
    Connections {
        register: Some(own_name(&tenant.slug)),
        mail: Some(sender(world.mail().smtp_addr(), &format!("avvisi@{BODY}.example"))),
        pec: Some(sender(world.mail().pec_smtp_addr(), &format!("{BODY}@pec.example"))),
        pec_inbox: Some(inbox(&format!("{BODY}@pec.example"))),
        trust: TrustAnchors::from_pem(world.mail().trust_anchor_pem()).unwrap(),
        assistance_inbox: Some(inbox(&tenant.help.email)),
        checkout_origin: Some(checkout.clone()),
        checkout: Some(Client::new(checkout, SubscriptionKey::new(PAYMENT_KEY), TimeLimits::default()).unwrap()),
        node_secret: Some(Secret::new(NODE_SECRET)),
        spid: None,
        cie: None,
        statements: None,
    }
}
