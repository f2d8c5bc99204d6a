//! A relying party with its own little web server, and a browser.

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::RsaKeyPair;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use http::{Request, Response};
use jiff::{SignedDuration, Timestamp};
use outside::VirtualClock;
use outside::cie::{CieAnswer, Outcome};
use outside::spid::Person;
use outside::world::{World, WorldConfig};
use spid::federation::EntityId;
use spid::federation::chain::{CollectError, TrustAnchor, TrustChain, TrustMarkRule, collect};
use spid::federation::client::{Client, Limits};
use spid::federation::jose::{DecryptionKey, JwkSet, SigningKey};
use spid::federation::rp::{
    Acr, Ask, Callback, CallbackError, Claim, Code, CompleteError, Organization, Prompt, Provider, RelyingParty,
    SignedIn, Started,
};
use spid::fetch::{Fetch, FetchError};

pub const START: &str = "2026-02-13T08:00:00Z";
pub const ANNA: &str = "RSSNNA80A41H501L";
pub const BRUNO: &str = "VRDBRN75B02F205C";
pub const FISCAL_NUMBER: &str = "https://attributes.eid.gov.it/fiscal_number";

pub async fn world() -> World {
    let mut config = WorldConfig::new(Arc::new(VirtualClock::frozen(START.parse().unwrap())));
    config.people =
        vec![Person::new("Anna", "Rossi <&>", ANNA, "anna@example.it"), Person::new("Bruno", "Verdi", BRUNO, "")];
    World::start(config).await.unwrap()
}

pub fn id(text: &str) -> EntityId {
    EntityId::parse(text).unwrap()
}

/// Keys are slow to make, and every test is a process of its own: they are made once and kept in the build folder.
fn pair(at: usize) -> RsaKeyPair {
    static PAIRS: [OnceLock<RsaKeyPair>; 3] = [const { OnceLock::new() }; 3];
    PAIRS[at].get_or_init(|| kept(at)).clone()
}

fn kept(at: usize) -> RsaKeyPair {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("outside-cie-{at}.der"));
    if let Ok(der) = std::fs::read(&path) {
        return RsaKeyPair::from_pkcs8(&der).unwrap();
    }
    let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
    let der: Pkcs8V1Der<'_> = pair.as_der().unwrap();
    // Two tests may come here at once: a whole file takes the place of another, and either key will do.
    let draft = path.with_extension(std::process::id().to_string());
    std::fs::write(&draft, der.as_ref()).unwrap();
    std::fs::rename(&draft, &path).unwrap();
    pair
}

pub fn signing(at: usize) -> SigningKey {
    SigningKey::from_pair(pair(at)).unwrap()
}

/// The way out of the relying party.
#[derive(Debug, Default)]
pub struct Http;

impl Fetch for Http {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, FetchError> {
        let url = request.uri().to_string();
        let failed = |cause: reqwest::Error| FetchError { url: url.clone(), cause: cause.into() };
        let mut answer = browser().execute(request.try_into().map_err(failed)?).await.map_err(failed)?;
        let (status, headers) = (answer.status(), std::mem::take(answer.headers_mut()));
        let mut read = Response::new(answer.bytes().await.map_err(failed)?.to_vec());
        (*read.status_mut(), *read.headers_mut()) = (status, headers);
        Ok(read)
    }
}

pub fn browser() -> reqwest::Client {
    let builder = reqwest::Client::builder().no_proxy();
    builder.redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

/// The relying party. What it publishes can be changed while it runs, as a trust mark has to be.
pub struct Party {
    pub world: World,
    pub rp: RelyingParty,
    pub id: String,
    published: Arc<Mutex<String>>,
}

impl Party {
    /// Starts a relying party that nobody knows yet.
    pub async fn new(world: &World) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let id = format!("http://{}", listener.local_addr().unwrap());
        let published = Arc::new(Mutex::new(String::new()));
        let router = axum::Router::new()
            .route("/.well-known/openid-federation", axum::routing::get(publish))
            .with_state(published.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let party = Self { world: world.clone(), rp: relying_party(&id, world), id, published };
        party.publish();
        party
    }

    /// Starts a relying party that is registered and has its trust mark.
    pub async fn registered(world: &World) -> Self {
        let mut party = Self::new(world).await;
        let mark = world.cie().register(&party.id, party.rp.federation_jwks()).unwrap();
        party.mark(mark);
        party
    }

    pub fn mark(&mut self, mark: (String, String)) {
        self.rp = relying_party(&self.id, &self.world).with_trust_marks(vec![mark]);
        self.publish();
    }

    pub fn publish(&self) {
        let statement = self.rp.entity_configuration(self.now(), SignedDuration::from_hours(24)).unwrap();
        *self.published.lock().unwrap() = statement;
    }

    pub fn now(&self) -> Timestamp {
        self.world.now()
    }

    pub fn callback(&self) -> String {
        format!("{}/cie/ritorno", self.id)
    }

    /// A chain up to the world's anchor.
    pub async fn chain(&self, subject: &str, trust_marks: TrustMarkRule) -> Result<TrustChain, CollectError> {
        let keys = JwkSet::read(self.world.cie().anchor_jwks().as_object().unwrap()).unwrap();
        let anchor = TrustAnchor { id: id(&self.world.cie().anchor()), keys, trust_marks };
        let clock = || self.now();
        collect(&mut Client::new(&Http, &clock, Limits::default()), &id(subject), &anchor).await
    }

    pub async fn provider(&self) -> Provider {
        let chain = self.chain(&self.world.cie().provider(), TrustMarkRule::Optional).await.unwrap();
        Provider::from_chain(&chain, self.now()).unwrap()
    }

    /// Begins a sign-in: what to keep, and where the browser goes.
    pub async fn begin(&self, ask: &Ask) -> (Started, url::Url) {
        let (started, request) = self.rp.begin(&self.provider().await, ask, &chance(), self.now()).unwrap();
        (started, request.url())
    }

    /// What the browser brings back.
    pub fn accept(&self, started: &Started, back: &str) -> Result<Code, CallbackError> {
        let (address, query) = back.split_once('?').unwrap();
        assert_eq!(address, self.callback());
        started.accept(Callback::read_query(query)?, self.now())
    }

    pub async fn complete(&self, started: &Started, code: Code) -> Result<SignedIn, CompleteError> {
        let clock = || self.now();
        self.rp.complete(&Http, &self.provider().await, started, code, &chance(), &clock).await
    }

    /// A sign-in by Anna from the button to the person.
    pub async fn sign_in(&self, ask: &Ask) -> Result<SignedIn, CompleteError> {
        let (started, url) = self.begin(ask).await;
        let back = self.world.cie().answer(url.as_str(), anna(Outcome::Consent)).await.unwrap();
        let code = self.accept(&started, &back).unwrap();
        self.complete(&started, code).await
    }

    pub fn ask(&self) -> Ask {
        Ask {
            redirect_uri: self.callback(),
            levels: vec![Acr::L2],
            scopes: vec!["profile".to_owned(), "email".to_owned()],
            claims: vec![Claim { name: FISCAL_NUMBER.to_owned(), essential: true }],
            prompt: Prompt::ConsentLogin,
            ui_locales: vec!["it".to_owned()],
        }
    }
}

pub fn anna(outcome: Outcome) -> CieAnswer {
    CieAnswer { fiscal_code: ANNA.to_owned(), level: Acr::L2, outcome }
}

/// Chance that is not, and never the same.
pub fn chance<const N: usize>() -> [u8; N] {
    static NUMBER: AtomicU8 = AtomicU8::new(1);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    std::array::from_fn(|at| (at as u8).wrapping_mul(31).wrapping_add(number))
}

async fn publish(State(published): State<Arc<Mutex<String>>>) -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/entity-statement+jwt")], published.lock().unwrap().clone())
}

fn relying_party(name: &str, world: &World) -> RelyingParty {
    let organization = Organization {
        name: "Albo <delle> imprese".to_owned(),
        homepage_uri: name.to_owned(),
        policy_uri: format!("{name}/privacy"),
        logo_uri: format!("{name}/logo.svg"),
        contacts: vec!["albo@pec.example".to_owned()],
    };
    RelyingParty::new(
        id(name),
        organization,
        &[&format!("{name}/cie/ritorno")],
        vec![id(&world.cie().anchor())],
        vec![signing(0)],
        (vec![signing(1)], vec![DecryptionKey::from_pair(&pair(2)).unwrap()]),
    )
    .unwrap()
}
