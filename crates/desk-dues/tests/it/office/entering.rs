//! Who may enter, and where.

use sportello_core::accounts::MailKind;

use super::browser::{Browser, code, hire};
use crate::common::{FIVE, Portal};

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
