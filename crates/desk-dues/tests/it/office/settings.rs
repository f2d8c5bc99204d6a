//! What administrators set.

use std::fmt::Write as _;

use desk_dues::import::{ApplyImport, ImportKind};
use sportello_core::accounts::operators;
use sportello_core::jobs::Job as _;
use sportello_core::registry::Mode;
use sportello_core::{Secret, jobs, registry};

use super::browser::{Browser, code};
use crate::common::{FIVE, Portal, demo};

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
    assert_eq!((gauge().await.pace.mode, gauge().await.set_per_minute), (Mode::Paused, Some(30)));
    browser.get(path).await.is(200).sound().says("Riprendi le domande").says("value=\"30\"");
    for (typed, text) in [("0", "Zero non è un ritmo"), ("abc", "da 1 a 6000")] {
        browser.post(path, &[("azione", "ritmo"), ("al_minuto", typed)]).await.is(422).sound().says(text);
    }
    browser.post(path, &[("azione", "riprendi")]).await.leads_to(path);
    browser.post(path, &[("azione", "ritmo"), ("al_minuto", "")]).await.leads_to(path);
    assert_eq!((gauge().await.pace.mode, gauge().await.set_per_minute), (Mode::Open, None));
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

#[tokio::test]
async fn a_large_file_is_applied_in_the_background() {
    let portal = Portal::open().await;
    portal.import(ImportKind::Firms, None, &demo("firms.csv")).await;
    let mut file = String::from("codice_fiscale;targa;tipo;massa_kg\n");
    for index in 0..50_001_usize {
        let (number, letters) = (index % 1_000, index / 1_000);
        // Plates leave out the letters that look like figures.
        let letter = |n: usize| char::from(b"ABCDEFGHJKLMNPRSTVWXYZ"[n]);
        let _ = writeln!(file, "{FIVE};AA{number:03}{}{};autocarro;3500", letter(letters / 20), letter(letters % 20));
    }
    let browser = Browser::of(&portal, "administrator").await;
    let answer = browser.upload("fleet", "2017", "grande.csv", file.as_bytes()).await.is(303);
    let path = answer.location.trim_start_matches("/albo").to_owned();
    let running = format!("{path}?in-corso=si");
    browser.get(&path).await.is(200).says("50001");
    browser.post(&path, &[("azione", "applica")]).await.leads_to(&running);
    browser.get(&running).await.is(200).sound().says("in corso").says("data-refresh");
    let import = path.rsplit('/').next().unwrap().parse().unwrap();
    ApplyImport { import }.run(&portal.system()).await.unwrap();
    browser.get(&running).await.is(200).sound().says("Applicato").hides("data-refresh");
}
