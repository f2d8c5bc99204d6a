//! Programs that run until they are told to stop, and the doctor who looks at what they leave.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Stdio};

use serde_json::{Value, json};

use super::place::{Place, TENANT};

/// A running program that ends with this value.
pub struct Running(Child);

impl Running {
    /// Ends it where it stands.
    pub fn killed(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    pub fn stop(mut self) -> i32 {
        let id = rustix::process::Pid::from_child(&self.0);
        rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
        self.0.wait().unwrap().code().unwrap_or(-1)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub fn demo(place: &Place, arguments: &[&str]) -> (Running, Value) {
    let mut command = place.command(&[&["demo", "--port", "0", "--json"], arguments].concat());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    (Running(child), serde_json::from_str(&first).unwrap())
}

/// Status and answer of a page, its head before its body.
pub fn get(url: &str) -> (u16, String) {
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap_or((&url[7..], ""));
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    (answer.split(' ').nth(1).unwrap().parse().unwrap(), answer)
}

#[test]
fn a_demonstration_shows_everything_and_leaves_nothing() {
    let place = Place::new();
    let (running, facts) = demo(&place, &[]);
    let text = |path: &str| facts.pointer(path).unwrap().as_str().unwrap().to_owned();
    assert_eq!(get(&text("/health/live")).0, 200);
    assert_eq!(get(&text("/health/ready")).0, 200);
    let (status, page) = get(&format!("{}/", text("/portals/prova")));
    assert_eq!(status, 200);
    assert!(page.contains("Albo di prova") && page.contains("Dimostrazione"), "{page}");
    let (status, page) = get(&format!("{}/", text("/outside")));
    assert_eq!(status, 200);
    assert!(page.contains(&text("/portals/prova")), "the outside world leads to the portals");
    assert_eq!(text("/back_office/prova"), format!("{}/ufficio", text("/portals/prova")));
    let roles: Vec<&str> = facts["operators"].as_array().unwrap().iter().map(|o| o["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["first-level", "second-level", "administrator", "committee"]);
    let data = PathBuf::from(text("/data"));
    assert!(data.is_dir());
    assert_eq!(running.stop(), 0);
    assert!(!data.exists(), "the temporary folder is gone");
}

#[test]
fn the_doctor_examines_what_a_demonstration_left() {
    let place = Place::new();
    let (running, facts) = demo(&place, &["--data", "kept"]);
    let config = facts["config"].as_str().unwrap().to_owned();
    let online = place.run(&["doctor", "--json", "--online", "--config", &config]);
    let findings = online.json();
    assert_eq!((online.code(), &findings["healthy"]), (0, &json!(true)), "{findings:#}");
    let checks: Vec<&str> =
        findings["findings"].as_array().unwrap().iter().map(|f| f["check"].as_str().unwrap()).collect();
    for check in ["mail prova", "pec prova", "pec-inbox prova", "assistance-inbox prova", "register prova"] {
        assert!(checks.contains(&check), "{check} is not among {checks:?}");
    }
    assert_eq!(running.stop(), 0);
    place.run(&["doctor", "--config", &config]).good();
    // The world is gone now: what needs it is found out.
    let alone = place.run(&["doctor", "--online", "--json", "--config", &config]);
    let state = |name: &str| {
        let all = alone.json();
        let found = all["findings"].as_array().unwrap().iter().find(|f| f["check"] == name).unwrap().clone();
        (found["state"].as_str().unwrap().to_owned(), found["remedy"].is_string())
    };
    assert_eq!(alone.code(), 1);
    assert_eq!(state("register prova"), ("bad".to_owned(), true));
    assert_eq!(state("mail prova"), ("bad".to_owned(), true));
    assert_eq!(state("database"), ("good".to_owned(), false));
}

#[test]
fn the_doctor_finds_what_is_wrong() {
    let place = Place::new();
    let doctor = |check: &str| {
        let ran = place.run(&["doctor", "--json"]);
        let all = ran.json();
        let found = all["findings"].as_array().unwrap().iter().find(|f| f["check"] == check);
        found.map(|f| f["state"].as_str().unwrap().to_owned())
    };
    assert_eq!(doctor("master-key").as_deref(), Some("bad"));
    assert_eq!(doctor("database").as_deref(), Some("bad"));
    assert!(!place.path().join("sportello.db").exists(), "the doctor makes nothing");
    place.run(&["init"]).good();
    place.run(&["migrate"]).good();
    assert_eq!(doctor("master-key").as_deref(), Some("good"));
    assert_eq!(doctor("schema").as_deref(), Some("good"));
    assert_eq!(doctor("connections prova").as_deref(), Some("warning"));
    let key = place.path().join("master.key");
    std::fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    assert_eq!(doctor("master-key").as_deref(), Some("bad"));
    place.write("tenants/prova/tenant.toml", &TENANT.replace("\"current\"", "\"guide\""));
    assert_eq!(doctor("policy prova").as_deref(), Some("warning"));
    place.write("tenants/prova/texts/it.ftl", "no-such-text = x\n");
    assert_eq!(doctor("texts prova").as_deref(), Some("warning"));
    place.write("tenants/prova/tariff.toml", "");
    assert_eq!(doctor("tenant prova").as_deref(), Some("bad"));
    place.write("sportello.toml", "[sever]\n");
    assert_eq!(doctor("configuration").as_deref(), Some("bad"));
}

#[test]
fn a_demonstration_goes_on_where_it_was_left_and_its_clock_can_stand_still() {
    let place = Place::new();
    let arguments = ["--data", "kept", "--at", "2017-02-20T10:00", "--frozen"];
    let (running, first) = demo(&place, &arguments);
    assert_eq!(running.stop(), 0);
    let (running, second) = demo(&place, &arguments);
    assert_eq!(first["data"], second["data"]);
    assert_ne!(first["operators"][0]["password"], second["operators"][0]["password"], "credentials are new each time");
    let (_, page) = get(&format!("{}/", second["outside"].as_str().unwrap()));
    assert!(page.contains("2017"), "the world is in 2017 too");
    assert_eq!(running.stop(), 0);
}

/// Starts the server on a free port and waits until it says where it listens.
pub fn serve(place: &Place) -> (Running, String) {
    let mut command = place.command(&["serve", "--listen", "127.0.0.1:0"]);
    command.env("SPORTELLO__LOG__FORMAT", "json").stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let log = BufReader::new(child.stderr.take().unwrap());
    let running = Running(child);
    let lines = log.lines().map(|line| serde_json::from_str::<Value>(&line.unwrap()).unwrap());
    let serving = lines.into_iter().find(|line| line["message"] == "serving").expect("the server has ended");
    (running, serving["listen"].as_str().unwrap().to_owned())
}

#[test]
fn the_server_serves_and_ends_when_it_is_told_to() {
    let place = Place::new();
    place.run(&["init"]).good();
    let (running, listen) = serve(&place);
    assert_eq!(get(&format!("http://{listen}/healthz/ready")).0, 200);
    let (status, page) = get(&format!("http://{listen}/prova/"));
    assert_eq!(status, 200);
    assert!(!page.contains("Dimostrazione"), "nobody asked for a banner");
    let database = std::fs::metadata(place.path().join("sportello.db")).unwrap();
    assert_eq!(std::os::unix::fs::MetadataExt::mode(&database) & 0o077, 0, "the data are nobody else's business");
    let taken = place.run(&["serve", "--listen", &listen]);
    taken.refused(69, &["cannot listen on", "choose another port"]);
    assert_eq!(running.stop(), 0);
}

#[tokio::test]
async fn a_schema_that_is_newer_is_refused() {
    let place = Place::new();
    place.run(&["init"]).good();
    place.run(&["migrate"]).good();
    let address = format!("sqlite:{}", place.path().join("sportello.db").display());
    let database = store::Db::open(&address, 1).await.unwrap();
    let newer = store::Sql::new("INSERT INTO schema_migrations (version, name, applied_at) VALUES (9999, 'later', 0)");
    let mut tx = database.begin().await.unwrap();
    tx.execute(newer, Vec::new()).await.unwrap();
    tx.commit().await.unwrap();
    database.close().await;
    for command in ["serve", "worker", "migrate"] {
        place.run(&[command]).refused(78, &["the database has migration 9999", "install the newer program"]);
    }
    assert_eq!(place.run(&["doctor"]).code(), 1);
}
