//! What waits for a decision.

use desk_dues::claims;
use desk_dues::fleet::{Vehicle, VehicleKind};
use desk_dues::help::{self, NewRequest};
use italia::{AlboNumber, MemberCode, Plate};
use sportello_core::accounts::{self, MailKind};

use super::browser::Browser;
use crate::common::{FIVE, Portal};

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
    let kind = VehicleKind::Lorry;
    let vehicle = |plate: &str, mass_kg| Vehicle { plate: Plate::parse(plate).unwrap(), kind, mass_kg };
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
    let timeline = second.get(&format!("/ufficio/imprese/{}", portal.firm(FIVE).await)).await;
    timeline.is(200).sound().says("Contestazione decisa").says("Decisione: accolta");
    second.get(&path).await.is(200).sound().says("Accolta").hides("name=\"decisione\"");
    let repeated = second.post(&path, &[("decisione", "rifiuta"), ("risposta", "Tardi")]).await;
    repeated.is(422).says("ha già deciso diversamente");
}
