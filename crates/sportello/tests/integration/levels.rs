//! When and for what a body demands a proved identity.

use jiff::SignedDuration;
use testkit::{Stage, databases};

/// Changing one's contacts demands level 3; signing in asks for level 2.
const DEMANDED: &[(&str, u8)] = &[("contact.change", 3)];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_signed_in_at_a_lower_level_proves_more_and_goes_on() {
    for engine in databases() {
        let stage = Stage::with_spid_demanding(engine, DEMANDED).await;
        stage.firm("Prova Mario").await.registers_simplified("mario.prova@posta.example", "ordinary").await;
        stage.settle().await;
        let mario = stage.person("Mario");
        mario.enters_with("Poste").await;
        assert!(mario.browser.get("/quota").await.text().contains("Quota 2017"), "what demands nothing works");
        let asked = mario.browser.get("/profilo/email").await;
        assert_eq!(asked.heading(), "Per proseguire serve la tua identità digitale");
        assert!(asked.text().contains("livello 3") && asked.text().contains("Poste Esempio ID"), "{}", asked.text());
        let provider = mario.browser.open(asked.link("poste-esempio").as_str()).await;
        assert!(provider.text().contains("SPID 3"), "{}", provider.text());
        let refused = mario.answers(&provider, "nr25").await.form("/accesso/spid/risposta").submit().await;
        let again = mario.browser.open(refused.link("/profilo/email").as_str()).await;
        assert!(again.text().contains("livello 3"), "trying again forgets the level: {}", again.text());
        let provider = mario.browser.open(again.link("poste-esempio").as_str()).await;
        let form = mario.answers(&provider, "consent").await.form("/accesso/spid/risposta").submit().await;
        assert_eq!(form.url.path(), "/albo/profilo/email", "{}", form.text());
        assert!(form.text().contains("PIN"), "{}", form.text());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_is_no_proof_and_neither_is_another_person() {
    for engine in databases() {
        let stage = Stage::with_spid_demanding(engine, DEMANDED).await;
        let firm = stage.firm("Autotrasporti Esempio").await;
        let credentials = firm.is_a_paying_member("ditta@posta.example").await;
        let fields = [("telefono", "3331234567"), ("pin", credentials.pin.as_str())];
        let refused = firm.browser.post("/profilo/telefono", &fields).await;
        assert_eq!(refused.heading(), "Per proseguire serve la tua identità digitale", "a form sent past the page");
        let luca = stage.person("Luca");
        let provider = firm.browser.open(refused.link("chiave-civica").as_str()).await;
        let other = luca.answers(&provider, "consent").await.form("/accesso/spid/risposta").submit().await;
        assert_eq!(
            (other.status.as_u16(), other.heading().as_str()),
            (403, "Questa identità non può entrare in questo profilo")
        );
        assert!(firm.browser.get("/quota").await.text().contains("Autotrasporti Esempio"), "the session goes on");
        assert_eq!(
            firm.browser.get("/profilo/telefono").await.heading(),
            "Per proseguire serve la tua identità digitale"
        );
        let giulia = stage.person("Giulia");
        let asked = firm.browser.get("/profilo/telefono").await;
        let provider = firm.browser.open(asked.link("chiave-civica").as_str()).await;
        let form = giulia.answers(&provider, "consent").await.form("/accesso/spid/risposta").submit().await;
        assert_eq!(form.url.path(), "/albo/profilo/telefono", "{}", form.text());
        let changed = form.form("").set("telefono", "3331234567").set("pin", &credentials.pin).submit().await;
        assert_eq!(changed.url.path(), "/albo/profilo", "{}", changed.text());
    }
}

// req: C-01
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_says_from_when_people_may_sign_in_with_spid() {
    for engine in databases() {
        let stage = Stage::with_spid_from(engine, "2017-03-01").await;
        stage.firm("Prova Mario").await.registers_simplified("mario.prova@posta.example", "ordinary").await;
        stage.settle().await;
        let page = stage.visitor().get("/accesso").await;
        assert!(page.text().contains("Dal 1 marzo 2017 potrai accedere anche con SPID"), "{}", page.text());
        assert!(!page.text().contains("Poste Esempio ID") && page.text().contains("Matricola"), "{}", page.text());
        let mario = stage.person("Mario");
        assert_eq!(mario.goes_to("Poste").await.status.as_u16(), 404, "an address that somebody guessed");
        stage.passes(SignedDuration::from_hours(24 * 9)).await;
        assert!(stage.visitor().get("/accesso").await.text().contains("Entra con SPID"));
        mario.enters_with("Poste").await;
        assert!(mario.browser.get("/quota").await.text().contains("Quota 2017"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fee_that_demands_a_level_is_neither_shown_nor_paid_below_it() {
    for engine in databases() {
        let stage = Stage::with_spid_demanding(engine, &[("fee.pay", 2), ("fleet.claim", 2)]).await;
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.is_a_paying_member("ditta@posta.example").await;
        let asked = "Per proseguire serve la tua identità digitale";
        for page in ["/quota", "/quota/calcolo", "/pagamenti", "/quota/contestazione"] {
            assert_eq!(firm.browser.get(page).await.heading(), asked, "{page}");
        }
        for form in ["/quota/paga", "/quota/contestazione"] {
            let refused = firm.browser.post(form, &[]).await;
            assert_eq!(refused.heading(), asked, "{form}");
            assert!(
                refused.url.query().unwrap().ends_with("poi=%2F"),
                "a form's own address is no page: {}",
                refused.url
            );
        }
        let giulia = stage.person("Giulia");
        giulia.enters_with("Chiave").await;
        assert!(giulia.browser.get("/quota").await.text().contains("Autotrasporti Esempio"), "level 2 is enough");
    }
}
