//! The back office as operators see it, page by page, without scripts.

mod common;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use common::{FIVE, MANY, Portal, demo};
use desk_dues::help::{self, NewRequest};
use desk_dues::{claims, fee};
use italia::{AlboNumber, EmailAddress, MemberCode, Plate};
use sportello_core::access::Operation;
use sportello_core::accounts::hashing::HashPool;
use sportello_core::accounts::operators::{self, OperatorCredentials};
use sportello_core::accounts::{self, MailKind};
use sportello_core::chance::SystemChance;
use sportello_core::clock::Clock as _;
use sportello_core::ids::Ids;
use sportello_core::jobs::{self, Handlers};
use sportello_core::notices::{self, Channel, NewNotice};
use sportello_core::tenancy::{Connections, Tenant};
use sportello_core::vault::Vault;
use sportello_core::{App, Parts, Secret, registry};
use tower::ServiceExt as _;

/// An operator's browser.
struct Browser {
    router: Router,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// What was answered.
struct Page {
    status: StatusCode,
    location: String,
    disposition: String,
    html: String,
    bytes: Vec<u8>,
}

/// The same portal with the texts of its pages.
fn with_pages(portal: &Portal) -> App {
    let sources = [sportello_core::TEXTS, web::TEXTS, desk_dues::TEXTS].concat();
    let tenant = Tenant::load(&common::tenant_directory().canonicalize().unwrap(), &sources).unwrap();
    let tenant = Arc::new(desk_dues::load(tenant).unwrap());
    App::new(Parts {
        db: portal.db.clone(),
        clock: portal.clock.clone(),
        chance: Arc::new(SystemChance),
        vault: Vault::new(&[7; 32]),
        hashing: HashPool::start(1),
        tenants: BTreeMap::from([(tenant.slug.clone(), tenant.clone())]),
        connections: BTreeMap::from([(tenant.slug.clone(), Connections::default())]),
        handlers: desk_dues::handlers(Handlers::default()),
        public_url: portal.app.public_url().to_owned(),
        ids: Ids::default(),
        wake: tokio::sync::Notify::new(),
    })
}

impl Browser {
    fn new(portal: &Portal) -> Self {
        let router = web::router(with_pages(portal), vec![desk_dues::router()], web::Settings::default());
        Self { router, cookies: Mutex::default() }
    }

    async fn send(&self, request: axum::http::request::Builder, body: impl Into<Body>) -> Page {
        let cookies: Vec<String> = self.cookies.lock().unwrap().iter().map(|(n, v)| format!("{n}={v}")).collect();
        let request = request.header(header::COOKIE, cookies.join("; ")).body(body.into()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
        }
        let text = |name| response.headers().get(name).map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default();
        let (status, location, disposition) =
            (response.status(), text(header::LOCATION), text(header::CONTENT_DISPOSITION));
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec();
        Page { status, location, disposition, html: String::from_utf8_lossy(&bytes).into_owned(), bytes }
    }

    async fn get(&self, path: &str) -> Page {
        self.send(Request::get(format!("/albo{path}")), Body::empty()).await
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(format!("/albo{path}"));
        self.send(request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded"), body).await
    }

    async fn upload(&self, kind: &str, year: &str, name: &str, file: &[u8]) -> Page {
        let part = |name: &str, value: &str| {
            format!("--sep\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let head = format!("--sep\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        let body = [
            part("contenuto", kind).as_bytes(),
            part("anno", year).as_bytes(),
            head.as_bytes(),
            file,
            b"\r\n--sep--\r\n",
        ]
        .concat();
        let request = Request::post("/albo/ufficio/importazioni");
        self.send(request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=sep"), body).await
    }

    /// Signs in an operator whose credentials are at hand.
    async fn sign_in(&self, portal: &Portal, email: &str, credentials: &OperatorCredentials) -> Page {
        let code = code(portal, &credentials.otp_secret);
        let fields = [("email", email), ("password", credentials.password.expose()), ("codice", &code)];
        self.post("/ufficio/accesso", &fields).await
    }

    /// A browser in which an operator of a role has signed in.
    async fn of(portal: &Portal, role: &str) -> Self {
        let browser = Self::new(portal);
        let email = format!("{role}@ufficio.example");
        let credentials = hire(portal, &email, role).await;
        let page = browser.sign_in(portal, &email, &credentials).await;
        assert_eq!((page.status, page.location.as_str()), (StatusCode::SEE_OTHER, "/albo/ufficio"), "{}", page.html);
        browser
    }
}

impl Page {
    fn main(&self) -> &str {
        self.html.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap_or(&self.html)
    }

    /// A page without anything that must not be on any.
    #[track_caller]
    fn sound(self) -> Self {
        if let Some(dir) = option_env!("OFFICE_DUMP") {
            let name = format!("{}-{}.html", std::panic::Location::caller().line(), self.html.len());
            std::fs::write(std::path::Path::new(dir).join(name), &self.html).unwrap();
        }
        for (index, _) in self.html.match_indices('[') {
            let rest = &self.html[index + 1..];
            let word = rest.split(']').next().unwrap_or_default();
            let key =
                word.contains('-') && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
            assert!(!key, "a text is missing: {word}");
        }
        assert!(!self.html.contains(" style="), "a style attribute");
        assert!(!self.html.contains("<script>"), "an inline script");
        self
    }

    #[track_caller]
    fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.main());
        self
    }

    #[track_caller]
    fn leads_to(self, path: &str) -> Self {
        assert_eq!(
            (self.status, self.location.as_str()),
            (StatusCode::SEE_OTHER, format!("/albo{path}").as_str()),
            "{}",
            self.html
        );
        self
    }

    #[track_caller]
    fn says(self, text: &str) -> Self {
        assert!(self.html.contains(text), "`{text}` is not on the page:\n{}", self.main());
        self
    }

    #[track_caller]
    fn hides(self, text: &str) -> Self {
        assert!(!self.html.contains(text), "`{text}` is on the page:\n{}", self.main());
        self
    }
}

async fn hire(portal: &Portal, email: &str, role: &str) -> OperatorCredentials {
    operators::add(&portal.system(), "Anna Prova", &EmailAddress::parse(email).unwrap(), role).await.unwrap()
}

/// The code that the operator's app shows now.
fn code(portal: &Portal, secret: &Secret) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret.expose()).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).with_account_name("x").build().unwrap();
    totp.generate(u64::try_from(portal.clock.now().as_second()).unwrap()).to_string()
}

/// All fixed pages, and those of a firm.
const PAGES: [&str; 13] = [
    "/ufficio",
    "/ufficio/imprese",
    "/ufficio/richieste",
    "/ufficio/contestazioni",
    "/ufficio/da-controllare",
    "/ufficio/registro",
    "/ufficio/scadenze",
    "/ufficio/scadenze/2017",
    "/ufficio/importazioni",
    "/ufficio/operatori",
    "/ufficio/operatori/nuovo",
    "/ufficio/registro-attivita",
    "/ufficio/imprese?q=a",
];

#[tokio::test]
async fn operators_sign_in_and_are_led_back_and_whatever_is_wrong_sounds_the_same() {
    let portal = Portal::open().await;
    let credentials = hire(&portal, "anna@ufficio.example", "second-level").await;
    let browser = Browser::new(&portal);
    for page in PAGES {
        let answer = browser.get(page).await.is(303);
        assert!(answer.location.starts_with("/albo/ufficio/accesso?poi=%2Fufficio"), "{}", answer.location);
    }
    browser
        .get("/ufficio/accesso?poi=%2Fufficio%2Fimprese%3Fq%3Da")
        .await
        .is(200)
        .sound()
        .says("value=\"/ufficio/imprese?q=a\"");
    let now = code(&portal, &credentials.otp_secret);
    let password = credentials.password.expose();
    let wrong = [
        ("anna@ufficio.example", "sbagliata!", now.as_str()),
        ("nobody@ufficio.example", password, &now),
        ("anna@ufficio.example", password, "000000"),
    ];
    for (email, password, code) in wrong {
        let page =
            browser.post("/ufficio/accesso", &[("email", email), ("password", password), ("codice", code)]).await;
        page.is(422).sound().says("E-mail, password o codice non sono corretti").hides(password);
    }
    let fields =
        [("email", "anna@ufficio.example"), ("password", password), ("codice", &now), ("poi", "/ufficio/imprese?q=a")];
    browser.post("/ufficio/accesso", &fields).await.leads_to("/ufficio/imprese?q=a");
    browser.get("/ufficio/imprese?q=a").await.is(200).sound();
    browser.get("/ufficio/accesso?poi=//evil.example").await.leads_to("/ufficio");
    browser.post("/ufficio/uscita", &[]).await.leads_to("/ufficio/accesso");
    browser.get("/ufficio").await.is(303);
    // The same code again, and then too often.
    for _ in 0..5 {
        browser.post("/ufficio/accesso", &fields).await.is(422);
    }
    browser.post("/ufficio/accesso", &fields).await.is(422).sound().says("15 minuti");
}

#[tokio::test]
async fn every_role_opens_the_pages_of_its_work_in_both_languages() {
    // req: A-69
    let portal = Portal::with_demo().await;
    let firm = portal.firm(FIVE).await;
    portal.open_account(firm, "info@firm.example", MailKind::Pec).await;
    let own = ["", "/password", "/quota"].map(|end| format!("/ufficio/imprese/{firm}{end}"));
    let pages: Vec<&str> = PAGES.into_iter().chain(own.iter().map(String::as_str)).collect();
    let open = |role: &str, page: &str| match role {
        "committee" => ["/ufficio", "/ufficio/scadenze"].contains(&page),
        "administrator" => true,
        role => {
            let above =
                ["scadenze/", "importazioni", "operatori", "registro-attivita"].iter().any(|part| page.contains(part));
            !above && (role == "second-level" || !page.ends_with("/password"))
        }
    };
    for role in ["first-level", "second-level", "administrator", "committee"] {
        let browser = Browser::of(&portal, role).await;
        for page in &pages {
            let expected = if open(role, page) { 200 } else { 403 };
            let answer = browser.get(page).await;
            assert_eq!(answer.status.as_u16(), expected, "{role} {page}");
            answer.sound();
        }
        browser.get("/ufficio?lang=en").await.is(303);
        for page in pages.iter().filter(|page| open(role, page)) {
            browser.get(page).await.is(200).sound().says("lang=\"en\"");
        }
    }
    Browser::new(&portal).get("/ufficio/imprese/1").await.is(303);
    let administrator = Browser::new(&portal);
    let credentials = hire(&portal, "root@ufficio.example", "administrator").await;
    administrator.sign_in(&portal, "root@ufficio.example", &credentials).await.leads_to("/ufficio");
    for missing in [
        "/ufficio/imprese/abc",
        "/ufficio/imprese/1",
        "/ufficio/richieste/1",
        "/ufficio/contestazioni/1",
        "/ufficio/importazioni/1",
        "/ufficio/scadenze/1999",
        "/ufficio/operatori/1",
    ] {
        administrator.get(missing).await.is(404);
    }
}

#[tokio::test]
async fn a_firm_is_found_and_its_page_tells_what_happened() {
    let portal = Portal::with_demo().await;
    let firm = portal.firm(FIVE).await;
    portal.open_account(firm, "info@firm.example", MailKind::Ordinary).await;
    let charge = fee::charge_for(&portal.system(), firm, 2017).await.unwrap();
    portal.pay(&charge, "R1").await;
    let browser = Browser::of(&portal, "first-level").await;
    let href = format!("/ufficio/imprese/{firm}");
    browser.get("/ufficio/imprese?q=autotrasporti+esempio").await.is(200).sound().says(&href).says("Completo");
    browser.get("/ufficio/imprese?q=%25").await.is(200).hides(&href);
    browser.get("/ufficio/imprese?q=zzzz").await.is(200).says("Nessuna impresa trovata");
    let page = browser.get(&href).await.is(200).sound();
    let page = page
        .says("info@firm.example")
        .says("Via dell’Esempio 1")
        .says("Pagata il")
        .says("Pagamento ricevuto")
        .says("Messaggio: ");
    page.hides("/password\"");
    let payment = sportello_core::payments::of_firm(&portal.system(), firm).await.unwrap().remove(0);
    let pdf = browser.get(&format!("{href}/ricevute/{}", payment.id)).await.is(200);
    assert!(pdf.bytes.starts_with(b"%PDF-"));
    let other = portal.firm(MANY).await;
    browser.get(&format!("/ufficio/imprese/{other}/ricevute/{}", payment.id)).await.is(404);
    browser.get(&format!("{href}/quota?anno=2017")).await.is(200).sound().says("GA350AA").hides("Calcola di nuovo");
}

#[tokio::test]
async fn a_reset_needs_the_tick_and_a_reason_and_stays_in_the_timeline() {
    // req: A-35 A-36 A-39 A-40
    let portal = Portal::with_demo().await;
    let firm = portal.firm(FIVE).await;
    portal.open_account(firm, "info@firm.example", MailKind::Pec).await;
    let path = format!("/ufficio/imprese/{firm}/password");
    let first = Browser::of(&portal, "first-level").await;
    first.post(&path, &[("verificato", "true"), ("motivo", "x")]).await.is(403);
    let second = Browser::of(&portal, "second-level").await;
    second.get(&path).await.is(200).sound().says("RM/0001234/A").says("+390612345678");
    let again = second.post(&path, &[("motivo", "Ha telefonato <b>il titolare</b>")]).await.is(422).sound();
    again.says("Conferma di aver verificato").says("Ha telefonato &#60;b&#62;");
    second.post(&path, &[("verificato", "true")]).await.is(422).says("Scrivi il motivo");
    assert!(notices::about_firm(&portal.system(), firm, 10).await.unwrap().is_empty());
    let fields = [("verificato", "true"), ("motivo", "Ha telefonato il titolare")];
    second.post(&path, &fields).await.leads_to(&format!("/ufficio/imprese/{firm}"));
    let page = second.get(&format!("/ufficio/imprese/{firm}")).await.is(200).sound();
    page.says("Le nuove credenziali sono partite").says("Motivo: Ha telefonato il titolare").says("Anna Prova");
    let notice = notices::about_firm(&portal.system(), firm, 10).await.unwrap().remove(0);
    let path = format!("/ufficio/imprese/{firm}/messaggi/{}", notice.id);
    second.get(&path).await.is(200).sound().says("Conteneva credenziali").hides("Invia di nuovo</button>");
}

#[tokio::test]
async fn a_request_shows_what_agrees_and_is_decided_once() {
    // req: A-37 A-38 A-40
    let portal = Portal::with_demo().await;
    let firm = portal.firm(FIVE).await;
    let account = portal.open_account(firm, "info@firm.example", MailKind::Pec).await;
    let account = accounts::get(&portal.system(), account).await.unwrap();
    let new = NewRequest {
        reset: true,
        source: "mail",
        sender: "altri@firm.example".to_owned(),
        subject: "RESET PASSWORD".to_owned(),
        message: "<script>alert(1)</script>\nMatricola e numero".to_owned(),
        member_code: MemberCode::parse(&account.member_code).ok(),
        albo_number: AlboNumber::parse("RM/0001234/A").ok(),
        phone: None,
    };
    let id = help::ask(&portal.system(), &new).await.unwrap();
    let unknown = help::ask(
        &portal.system(),
        &NewRequest { sender: "x@y.example".to_owned(), source: "web", ..NewRequest::default() },
    )
    .await
    .unwrap();
    let browser = Browser::of(&portal, "second-level").await;
    browser.get("/ufficio").await.is(200).says("2 in attesa");
    browser
        .get("/ufficio/richieste")
        .await
        .is(200)
        .sound()
        .says("RESET PASSWORD")
        .says("Matricola e numero coincidono");
    let path = format!("/ufficio/richieste/{id}");
    let page = browser.get(&path).await.is(200).sound().says("&#60;script&#62;");
    page.says("Coincide").says("Non indicato").says("Diverso");
    browser.post(&path, &[("decisione", "password"), ("motivo", "x")]).await.is(422).sound();
    browser
        .post(&path, &[("decisione", "password"), ("motivo", "Dati verificati"), ("verificato", "true")])
        .await
        .leads_to("/ufficio/richieste");
    let again = browser.post(&path, &[("decisione", "risposta"), ("risposta", "No")]).await;
    again.is(422).sound().says("è già stata chiusa");
    let path = format!("/ufficio/richieste/{unknown}");
    browser.get(&path).await.is(200).sound().says("Cerca l’impresa").hides("value=\"password\"");
    browser.post(&path, &[("decisione", "password"), ("motivo", "x"), ("verificato", "true")]).await.is(400);
    browser.post(&path, &[("decisione", "risposta")]).await.is(422).says("Scrivi la risposta");
    browser
        .post(&path, &[("decisione", "risposta"), ("risposta", "Indica la matricola")])
        .await
        .leads_to("/ufficio/richieste");
    browser.get("/ufficio/richieste").await.is(200).says("Nessuna richiesta aperta");
}

#[tokio::test]
async fn a_claim_is_compared_and_decided() {
    let portal = Portal::with_demo().await;
    let firm = portal.signed_in(FIVE, "info@firm.example", MailKind::Ordinary).await;
    let kind = desk_dues::fleet::VehicleKind::Lorry;
    let vehicle =
        |plate: &str, mass_kg| desk_dues::fleet::Vehicle { plate: Plate::parse(plate).unwrap(), kind, mass_kg };
    let fleet = vec![vehicle("GA350AA", 3_500), vehicle("GA750AA", 9_000), vehicle("ZZ999ZZ", 12_000)];
    let id = claims::file(&firm, 2017, "Due sono venduti", fleet).await.unwrap();
    let path = format!("/ufficio/contestazioni/{id}");
    let first = Browser::of(&portal, "first-level").await;
    first.get(&path).await.is(200).sound().says("Due sono venduti").hides("name=\"decisione\"");
    first.post(&path, &[("decisione", "accetta")]).await.is(403);
    let second = Browser::of(&portal, "second-level").await;
    second.get("/ufficio/contestazioni").await.is(200).sound().says(&path);
    let page = second.get(&path).await.is(200).sound();
    page.says("1 in più, 3 in meno, 1 diversi")
        .says("ZZ999ZZ")
        .says("Aggiunto")
        .says("Tolto")
        .says("Cambiato")
        .says("Uguale");
    second.post(&path, &[]).await.is(422).sound().says("Scegli se accogliere");
    second.post(&path, &[("decisione", "rifiuta")]).await.is(422).says("Spiega all’impresa");
    second.post(&path, &[("decisione", "accetta")]).await.leads_to("/ufficio/contestazioni");
    second.get(&path).await.is(200).sound().says("Accolta").hides("name=\"decisione\"");
    let repeated = second.post(&path, &[("decisione", "rifiuta"), ("risposta", "Tardi")]).await;
    repeated.is(422).says("ha già deciso diversamente");
}

#[tokio::test]
async fn a_failed_message_is_sent_again_to_the_present_address() {
    let portal = Portal::with_demo().await;
    let firm = portal.firm(FIVE).await;
    portal.open_account(firm, "nuova@firm.example", MailKind::Ordinary).await;
    let cx = portal.system();
    let mut tx = cx.begin(Operation::Deliver).await.unwrap();
    let new = NewNotice {
        key: "test",
        kind: "receipt",
        channel: Channel::Mail,
        to: &EmailAddress::parse("vecchia@firm.example").unwrap(),
        subject: "Ricevuta".to_owned(),
        text: "Testo".to_owned(),
        secret: false,
        firm: Some(firm),
        case: None,
        attachment: None,
    };
    let id = notices::compose(&cx, &mut tx, new).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let path = format!("/ufficio/imprese/{firm}/messaggi/{id}");
    let browser = Browser::of(&portal, "first-level").await;
    browser.get(&path).await.is(200).sound().hides("Invia di nuovo</button>");
    let mut raw = portal.db.begin().await.unwrap();
    raw.execute_built(
        "UPDATE notices SET state = 'failed', reason = 'box-full', failed_at = 1".to_owned(),
        ::store::args![],
    )
    .await
    .unwrap();
    raw.commit().await.unwrap();
    browser.get("/ufficio").await.is(200).says("1 in attesa");
    browser.get("/ufficio/da-controllare").await.is(200).sound().says(&path).says("La casella è piena");
    browser.get(&path).await.is(200).sound().says("parte per nuova@firm.example");
    browser.post(&path, &[]).await.leads_to(&path);
    let notice = notices::get(&cx, id).await.unwrap().unwrap();
    assert_eq!((notice.state.as_str(), notice.recipient.as_str()), ("queued", "nuova@firm.example"));
    let other = portal.firm(MANY).await;
    browser.post(&format!("/ufficio/imprese/{other}/messaggi/{id}"), &[]).await.is(404);
}

#[tokio::test]
async fn a_deadline_moves_forwards_with_an_act() {
    // req: A-45
    let portal = Portal::with_demo().await;
    let browser = Browser::of(&portal, "administrator").await;
    let path = "/ufficio/scadenze/2017";
    let good = [("data", "31/03/2017"), ("motivo", "Delibera 2/2017"), ("conferma", "true")];
    browser.post(path, &[("data", "presto"), good[1], good[2]]).await.is(422).sound().says("Scrivi il giorno");
    browser
        .post(path, &[good[0], good[1]])
        .await
        .is(422)
        .sound()
        .says("Conferma che il nuovo ultimo giorno è il 31 marzo 2017");
    browser.post(path, &[("data", "2017-01-31"), good[1], good[2]]).await.is(422).says("Scegli un giorno dopo");
    browser.post(path, &[good[0], good[2]]).await.is(422).says("Scrivi l’atto");
    browser.post(path, &good).await.leads_to("/ufficio/scadenze");
    browser.get("/ufficio/scadenze").await.is(200).sound().says("Quota 2017: 31 marzo 2017").says("Delibera 2/2017");
    browser.get("/ufficio").await.is(200).says("31 marzo 2017");
    Browser::of(&portal, "committee").await.post(path, &good).await.is(403);
}

#[tokio::test]
async fn the_register_has_a_brake_and_a_pace() {
    let portal = Portal::open().await;
    let browser = Browser::of(&portal, "administrator").await;
    let gauge = async || registry::gauge(&portal.system()).await.unwrap();
    let path = "/ufficio/registro";
    browser.post(path, &[("azione", "ritmo"), ("al_minuto", "30")]).await.leads_to(path);
    browser.post(path, &[("azione", "sospendi")]).await.leads_to(path);
    assert_eq!((gauge().await.paused, gauge().await.set_per_minute), (true, Some(30)));
    browser.get(path).await.is(200).sound().says("Riprendi le domande").says("value=\"30\"");
    for (typed, text) in [("0", "Zero non è un ritmo"), ("abc", "da 1 a 6000")] {
        browser.post(path, &[("azione", "ritmo"), ("al_minuto", typed)]).await.is(422).sound().says(text);
    }
    browser.post(path, &[("azione", "riprendi")]).await.leads_to(path);
    browser.post(path, &[("azione", "ritmo"), ("al_minuto", "")]).await.leads_to(path);
    assert_eq!((gauge().await.paused, gauge().await.set_per_minute), (false, None));
    Browser::of(&portal, "second-level").await.post(path, &[("azione", "sospendi")]).await.is(403);
}

#[tokio::test]
async fn a_file_is_checked_before_it_is_applied() {
    let portal = Portal::open().await;
    let browser = Browser::of(&portal, "administrator").await;
    browser.upload("", "", "x.csv", b"").await.is(422).sound().says("Scegli che cosa contiene").says("Scegli il file");
    browser.upload("firms", "", "x.csv", b"a;b\n1;2\n").await.is(422).sound();
    browser.upload("fleet", "", "x.csv", b"codice_fiscale;targa;tipo;massa_kg\nx;x;x;x\n").await.is(422).sound();
    let bad = "00001015015;RM/9;=cmd()<i>;Via 1;2004-06-23;\n";
    let file = [demo("firms.csv"), bad.as_bytes().to_vec()].concat();
    let answer = browser.upload("firms", "", "C:\\dati\\imprese.csv", &file).await.is(303);
    let path = answer.location.trim_start_matches("/albo").to_owned();
    let page = browser.get(&path).await.is(200).sound();
    page.says("imprese.csv").says("Non è ancora cambiato nulla").says("numero_albo").hides("<i>").hides("dati\\");
    let csv = browser.get(&format!("{path}/errori.csv")).await.is(200);
    assert!(csv.disposition.starts_with("attachment; filename=\"errori-"), "{}", csv.disposition);
    assert!(csv.bytes.starts_with(b"\xEF\xBB\xBF"));
    browser.post(&path, &[]).await.is(400);
    browser.post(&path, &[("azione", "applica")]).await.leads_to(&path);
    browser.get(&path).await.is(200).sound().says("Applicato").hides("value=\"applica\"");
    browser.post(&path, &[("azione", "scarta")]).await.leads_to(&path);
    browser.get(&path).await.is(200).says("era già stato applicato");
    portal.firm(FIVE).await;
    let fleet = browser.upload("fleet", "2017", "parco.csv", &demo("fleet-2017.csv")).await.is(303);
    let path = fleet.location.trim_start_matches("/albo").to_owned();
    browser.get(&path).await.is(200).sound().says("Veicoli 2017");
    browser.post(&path, &[("azione", "scarta")]).await.leads_to(&path);
    browser.get("/ufficio/importazioni").await.is(200).sound().says("Scartato").says("parco.csv");
    Browser::of(&portal, "second-level").await.upload("firms", "", "x.csv", &demo("firms.csv")).await.is(403);
    assert!(jobs::dead(&portal.system()).await.unwrap().is_empty());
}

#[tokio::test]
async fn operators_are_added_renewed_and_shut_out() {
    let portal = Portal::open().await;
    let browser = Browser::of(&portal, "administrator").await;
    let new = "/ufficio/operatori/nuovo";
    browser
        .post(new, &[("email", "bruno")])
        .await
        .is(422)
        .sound()
        .says("Scrivi nome e cognome")
        .says("Scegli un ruolo")
        .says("value=\"bruno\"");
    let fields = [("nome", "Bruno <Prova>"), ("email", "bruno@ufficio.example"), ("ruolo", "first-level")];
    let page = browser.post(new, &fields).await.is(200).sound();
    let page = page.says("<svg class=\"qr\"").says("Le vedi adesso e mai più").says("Bruno &#60;Prova&#62;");
    let shown = |id: &str| {
        let rest = page.html.split(&format!("<code id=\"{id}\">")).nth(1).unwrap();
        Secret::new(rest.split('<').next().unwrap())
    };
    let (password, secret) = (shown("password"), shown("segreto"));
    let bruno = Browser::new(&portal);
    let fields =
        [("email", "bruno@ufficio.example"), ("password", password.expose()), ("codice", &code(&portal, &secret))];
    bruno.post("/ufficio/accesso", &fields).await.leads_to("/ufficio");
    browser
        .post(new, &[("nome", "B"), ("email", "BRUNO@ufficio.example"), ("ruolo", "committee")])
        .await
        .is(422)
        .says("già un operatore");
    let id = operators::find(&portal.system(), "bruno@ufficio.example").await.unwrap().unwrap().id;
    let path = format!("/ufficio/operatori/{id}");
    browser.get(&path).await.is(200).sound().says("Disattiva l’operatore");
    browser.post(&path, &[("azione", "disattiva")]).await.leads_to(&path);
    bruno.get("/ufficio").await.is(303);
    browser.get(&path).await.is(200).sound().says("Riattiva l’operatore");
    browser.post(&path, &[("azione", "riattiva")]).await.leads_to(&path);
    browser
        .post(&path, &[("azione", "credenziali")])
        .await
        .is(200)
        .sound()
        .says("<svg class=\"qr\"")
        .hides(password.expose());
    let own = operators::find(&portal.system(), "administrator@ufficio.example").await.unwrap().unwrap().id;
    let path = format!("/ufficio/operatori/{own}");
    browser.get(&path).await.is(200).sound().hides("Disattiva l’operatore");
    browser.post(&path, &[("azione", "disattiva")]).await.leads_to(&path);
    browser.get(&path).await.is(200).says("Non puoi disattivare te stesso");
    browser.get("/ufficio/registro-attivita").await.is(200).sound().says("Operatore: Bruno").says("Accesso");
}
