//! In real time, and small: two programs on one PostgreSQL serve two bodies that share a register. It answers few, errs, keeps
//! silent and is down for a while; one program is killed at work, and another one comes. (The same with very many, on a clock
//! of its own: `crowd`.)

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use italia::EmailAddress;
use jiff::SignedDuration;
use outside::VirtualClock;
use outside::mail::{Account, BoxKind};
use outside::register::{Call, Outage, Question, RegisterFirm, RegisterMode};
use outside::world::{World, WorldConfig};
use serde_json::json;
use sportello_core::clock::{Clock as _, SystemClock};
use store::{Sql, args};
use testkit::{Browser, Database, databases, firm_code};
use url::Url;

use crate::cli::place::{Place, Ran, TENANT};
use crate::cli::running::{Running, serve};

/// Codes a minute that the register answers, and that the bodies allow themselves.
const PER_MINUTE: u32 = 30;
/// Firms that register.
const FIRMS: u32 = 30;
/// Firms that only a committente asks about.
const STRANGERS: u32 = 10;
/// The two bodies.
const BODIES: [&str; 2] = ["prova", "altra"];
const PASSWORD: &str = "a-mailbox's-password";
/// Nothing may take longer.
const PATIENCE: Duration = Duration::from_secs(240);

struct Installation {
    place: Place,
    world: World,
    database: Database,
    key: String,
}

/// A program and where it is reached.
struct Node {
    running: Running,
    portal: Url,
}

fn pec(number: u32) -> String {
    format!("impresa{number}@pec.example")
}

fn albo(number: u32) -> String {
    format!("MI/{:07}/A", 3_000_000 + number)
}

/// A body's own certified box, its ordinary one, and the one for help.
fn boxes(body: &str) -> [(String, BoxKind); 3] {
    [
        (format!("{body}@pec.example"), BoxKind::Pec),
        (format!("avvisi@{body}.example"), BoxKind::Ordinary),
        (format!("assistenza@{body}.example"), BoxKind::Ordinary),
    ]
}

async fn world() -> World {
    let mut config = WorldConfig::new(Arc::new(VirtualClock::running(SystemClock.now())));
    config.register_per_minute = PER_MINUTE;
    let firm = |n: u32| RegisterFirm::new(firm_code(n), format!("Impresa {n}"), Some(&pec(n)));
    config.firms = (0..FIRMS + STRANGERS).map(firm).collect();
    let account = |(address, kind): (String, BoxKind)| Account {
        address: EmailAddress::parse(&address).unwrap(),
        password: PASSWORD.into(),
        kind,
    };
    config.accounts = BODIES.into_iter().flat_map(boxes).map(account).collect();
    let world = World::start(config).await.unwrap();
    world.spawn_timers();
    world
}

impl Installation {
    async fn build(engine: &str) -> Self {
        let (place, world, database) = (Place::new(), world().await, Database::fresh(engine).await);
        for name in ["dues.toml", "tariff.toml"] {
            let text = std::fs::read_to_string(place.path().join("tenants/prova").join(name)).unwrap();
            place.write(&format!("tenants/altra/{name}"), &text);
        }
        place.write("tenants/altra/tenant.toml", &TENANT.replace("@prova", "@altra"));
        place.run(&["init"]).good();
        place.write("sportello.toml", &configuration(&place, &world, &database.address));
        let row = |n: u32| format!("{};{};Impresa {n};Via {n}, Milano;2001-05-01;\n", firm_code(n), albo(n));
        let head = "codice_fiscale;numero_albo;denominazione;indirizzo;iscritta_dal;cancellata_dal\n".to_owned();
        let list: String = std::iter::once(head).chain((0..FIRMS).map(row)).collect();
        let list = place.write("firms.csv", &list);
        for body in BODIES {
            place.run(&["import", "firms", "--tenant", body, "--apply", list.to_str().unwrap()]).good();
        }
        let whom = ["--tenant", "prova", "--tax-code", "00009999996"];
        let add = ["committente", "add", "--name", "Spedizioni Prova", "--email", "x@spedizioni.example"];
        place.run(&[&add[..], &whom].concat()).good();
        let made =
            place.run(&[&["committente", "key", "add", "--label", "prova", "--json"][..], &whom].concat()).good();
        let key = made.json()["key"].as_str().unwrap().to_owned();
        Self { place, world, database, key }
    }

    fn starts(&self) -> Node {
        let (running, listen) = serve(&self.place);
        Node { running, portal: Url::parse(&format!("http://{listen}")).unwrap() }
    }

    /// How the registrations of both bodies stand.
    async fn states(&self) -> BTreeMap<String, i64> {
        let sql = Sql::new("SELECT state, count(*) AS n FROM registrations WHERE tenant <> $1 GROUP BY state");
        let rows = self.database.db.fetch_all(sql, args![""]).await.unwrap();
        rows.iter().map(|row| (row.get("state").unwrap(), row.get("n").unwrap())).collect()
    }

    /// What `sportello register` says.
    fn register(&self, arguments: &[&str]) -> Ran {
        self.place.run(&[&["register"], arguments].concat())
    }

    /// Waits until so many registrations are verified, and so many answers about strangers are on file.
    async fn until_known(&self, firms: u32, strangers: usize) {
        let mut looks = tokio::time::interval(Duration::from_millis(100));
        let known = async {
            while self.states().await.get("verified").copied().unwrap_or(0) < i64::from(firms)
                || self.answers_about_strangers().await < strangers
            {
                looks.tick().await;
            }
        };
        if tokio::time::timeout(PATIENCE, known).await.is_err() {
            let (states, strange) = (self.states().await, self.answers_about_strangers().await);
            panic!("{firms} firms and {strangers} strangers should be known: {states:?} and {strange}");
        }
    }

    async fn answers_about_strangers(&self) -> usize {
        let strangers: Vec<String> = (FIRMS..FIRMS + STRANGERS).map(firm_code).collect();
        let sql = Sql::new("SELECT code FROM register_answers WHERE source = $1");
        let known = self.database.db.fetch_all(sql, args!["camera"]).await.unwrap();
        known.iter().filter(|row| strangers.contains(&row.get("code").unwrap())).count()
    }

    /// What the register was asked, in order.
    fn asked(&self) -> Vec<String> {
        let book = self.world.register().control().book();
        book.calls().filter(|c| c.question == Question::PecList).flat_map(|c: &Call| c.codes.clone()).collect()
    }
}

fn configuration(place: &Place, world: &World, database: &str) -> String {
    let issued = world.register().issue_client("prova").unwrap();
    let secret = |name: &str, text: &str| quoted(&place.write(&format!("secrets/{name}"), text));
    let (key, certificate) = (secret("r.key", &issued.key_pem), secret("r.pem", &issued.certificate_pem));
    let (password, trust) = (secret("box", PASSWORD), secret("ca.pem", world.mail().trust_anchor_pem()));
    let mut text = std::fs::read_to_string(place.path().join("sportello.toml")).unwrap();
    let url = text.lines().find(|line| line.trim_start().starts_with("url = ")).map(str::to_owned).unwrap();
    text = text.replace(&url, &format!("url = \"{database}\""));
    text += &format!(
        "\n[sources.camera]\nkind = \"business-register\"\nurl = \"{}\"\nclient_id = \"{}\"\nkey_file = {key}\n\
         certificate_file = {certificate}\nper_minute = {PER_MINUTE}\ntimeout_seconds = 1\n",
        world.register().base_url(),
        issued.client_id,
    );
    let mail = world.mail();
    for body in BODIES {
        text += &format!("\n[connections.{body}]\nregister_source = \"camera\"\npec_trust_file = {trust}\n");
        let [(pec, _), (ordinary, _), _] = boxes(body);
        for (section, server, user, sends) in [
            ("mail", mail.smtp_addr(), &ordinary, true),
            ("pec", mail.pec_smtp_addr(), &pec, true),
            ("pec_inbox", mail.imap_addr(), &pec, false),
        ] {
            let from = if sends { format!("from = \"{user}\"\n") } else { String::new() };
            text += &format!(
                "\n[connections.{body}.{section}]\nhost = \"{}\"\nport = {}\ntls = \"none\"\nuser = \"{user}\"\n\
                 password_file = {password}\n{from}",
                server.ip(),
                server.port(),
            );
        }
    }
    text
}

fn quoted(path: &Path) -> String {
    format!("\"{}\"", path.display())
}

impl Node {
    /// A firm registers at a body of this program.
    async fn registers(&self, body: &str, number: u32) {
        let browser = Browser::new(&self.portal.join(body).unwrap(), "it");
        let data = browser.get("/registrazione").await.form("/registrazione").set("modo", "pec").submit().await;
        let form = data.form("/registrazione/dati").set("codice_fiscale", &firm_code(number));
        let form = form.set("numero_albo", &albo(number)).set("email", &pec(number)).set("casella", "pec");
        let check = form.set("telefono", testkit::PHONE).submit().await;
        assert!(check.errors().is_empty(), "{:?}", check.errors());
        let page = check.form("/registrazione/invio").submit().await;
        assert!(page.status.is_success(), "{}", page.text());
    }

    /// A committente asks about many firms in one go.
    async fn is_asked(&self, key: &str, codes: &[String]) {
        let url = self.portal.join("prova/api/v1/bulk-queries").unwrap();
        let request = reqwest::Client::new().post(url).bearer_auth(key);
        let answer = request.json(&json!({ "tax_codes": codes })).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    }
}

// req, F-02, F-39
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_programs_share_a_register_and_nobody_is_lost_when_one_is_killed() {
    if !databases().contains(&"postgres") {
        eprintln!("not tried: two programs need PostgreSQL (SPORTELLO_TEST_POSTGRES)");
        return;
    }
    let installation = Installation::build("postgres").await;
    let (first, second) = (installation.starts(), installation.starts());
    let control = installation.world.register().control();
    control.set_mode(RegisterMode::Mixed { errors: 5, timeouts: 5 });
    let now = SystemClock.now();
    let down = |after: i64, long: i64| {
        let from = now + SignedDuration::from_secs(after);
        Outage { from, until: from + SignedDuration::from_secs(long), retry_after: false }
    };
    control.set_outages(vec![down(3, 2)]);
    for number in 0..FIRMS {
        let node = if number % 3 == 0 { &first } else { &second };
        node.registers(BODIES[number as usize % 2], number).await;
    }
    let strangers: Vec<String> = (FIRMS..FIRMS + STRANGERS).map(firm_code).collect();
    second.is_asked(&installation.key, &strangers).await;
    installation.until_known(FIRMS / 3, 0).await;
    first.running.killed();
    let _third = installation.starts();
    installation.until_known(FIRMS, STRANGERS as usize).await;

    assert_eq!(installation.states().await, BTreeMap::from([("verified".to_owned(), i64::from(FIRMS))]));
    let most = control.book().max_in_any_window(SignedDuration::from_secs(60));
    assert!(most <= PER_MINUTE as usize, "the register was asked {most} times in a minute");
    let asked = installation.asked();
    let first_asked = |number: u32| asked.iter().position(|code| *code == firm_code(number)).unwrap();
    let places: Vec<usize> = (0..FIRMS).map(first_asked).collect();
    assert!(places.is_sorted(), "in order of arrival, whichever program they came to: {places:?}");
}

// req: A-20, F-39
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_source_that_bodies_share_is_managed_from_the_command_line_while_the_program_serves() {
    for engine in databases() {
        let installation = Installation::build(engine).await;
        let node = installation.starts();
        let paused = installation.register(&["pause", "camera"]).good();
        assert!(paused.out().contains("camera: paused; 30 a minute, any number a day"), "{}", paused.out());
        node.registers("prova", 1).await;
        node.registers("altra", 2).await;
        let list = installation.register(&["list", "--json"]).good().json();
        assert_eq!(
            (&list[0]["source"], &list[0]["mode"], &list[0]["waiting"]),
            (&json!("camera"), &json!("paused"), &json!(2))
        );
        let doctor = installation.place.run(&["doctor"]);
        assert!(doctor.out().contains("sportello register resume camera"), "{}", doctor.out());
        assert!(installation.asked().is_empty(), "nothing is asked");

        let budget = installation.register(&["budget", "camera", "--per-minute", "12", "--per-day", "500"]).good();
        assert!(budget.out().contains("12 a minute, 500 a day"), "{}", budget.out());
        let share = installation.register(&["share", "camera", "third-party", "40"]).good();
        assert!(share.out().contains("third-party 40"), "{}", share.out());
        let back = installation.register(&["budget", "camera"]).good();
        assert!(back.out().contains("30 a minute, any number a day"), "{}", back.out());
        installation.register(&["pause", "camra"]).refused(66, &["no tenant asks a source `camra`", "register list"]);

        installation.register(&["resume", "camera"]).good();
        installation.until_known(2, 0).await;
        assert_eq!(installation.register(&["list"]).good().out().matches("camera").count(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_doctor_finds_firms_that_wait_for_a_source_that_nobody_asks_any_more() {
    let installation = Installation::build("sqlite").await;
    installation.register(&["pause", "camera"]).good();
    let node = installation.starts();
    node.registers("prova", 1).await;
    assert_eq!(node.running.stop(), 0);
    let file = installation.place.path().join("sportello.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("register_source = \"camera\"\n", "")).unwrap();
    let doctor = installation.place.run(&["doctor"]);
    assert_eq!(doctor.code(), 1);
    assert!(doctor.out().contains("1 questions wait, and no tenant asks this source"), "{}", doctor.out());
}
