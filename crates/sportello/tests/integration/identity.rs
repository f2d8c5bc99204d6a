//! Sign-in with SPID, over the wire: our pages, the provider's pages, and back.

use jiff::SignedDuration;
use sportello_core::identities;
use sportello_core::spid::saml::Purpose;
use testkit::{Stage, databases};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn before_the_first_list_has_come_the_page_says_so() {
    for engine in databases() {
        let stage = Stage::with_spid_before_the_list(engine).await;
        let page = stage.visitor().get("/accesso").await;
        assert!(page.text().contains("l’elenco dei gestori non è ancora arrivato"), "{}", page.text());
        let problems = sportello_core::identities::problems(&stage.cx()).await.unwrap();
        assert!(problems.iter().any(|problem| problem.is_bad() && problem.message.contains("PosteID")), "{problems:?}");
    }
}

// req: D-06
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_asks_for_identities_of_companies_lets_nobody_in_with_a_personal_one() {
    for engine in databases() {
        let stage = Stage::with_spid_for(engine, Purpose::ProfessionalForLegalPerson).await;
        stage.firm("Autotrasporti Esempio").await.is_a_paying_member("ditta@posta.example").await;
        let giulia = stage.person("Giulia");
        giulia.enters_with("Poste").await;
        assert!(giulia.browser.get("/quota").await.text().contains("Autotrasporti Esempio"));
        let mario = stage.person("Mario");
        let page = mario.enters_with("Poste").await;
        assert_eq!((page.status.as_u16(), page.heading().as_str()), (403, "Accesso con SPID non riuscito"));
        assert!(page.text().contains("identità di un altro tipo"), "{}", page.text());
        let (from, until) = (jiff::Timestamp::MIN, jiff::Timestamp::MAX);
        let lines = identities::export(&stage.cx(), from, until, 0).await.unwrap();
        let results: Vec<&str> = lines.iter().map(|line| line.result.as_str()).collect();
        assert_eq!(results, ["proved", "nr30"]);
        assert!(lines.iter().all(|line| line.request.contains(">PG</spid:Purpose>")), "{}", lines[0].request);
    }
}

/// Runs one test on each engine, with identity providers.
macro_rules! with_spid {
    ($($(#[$meta:meta])* async fn $name:ident($stage:ident) $body:block)*) => { $(
        $(#[$meta])*
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            for engine in databases() {
                let $stage = Stage::with_spid(engine).await;
                $body
            }
        }
    )* };
}

with_spid! {
    // req: C-02, C-03, C-05, D-09, D-11, D-37, F-25, F-26
    async fn a_sole_trader_enters_the_account_of_the_own_firm(stage) {
        let firm = stage.firm("Prova Mario").await;
        firm.registers_simplified("mario.prova@posta.example", "ordinary").await;
        stage.settle().await;
        let mario = stage.person("Mario");
        let page = mario.browser.get("/accesso").await;
        assert!(page.text().contains("Entra con SPID") && page.text().contains("Non hai SPID?"), "{}", page.text());
        assert!(page.text().contains("Poste Esempio ID") && page.text().contains("Matricola"), "{}", page.text());
        let english = stage.english_visitor().get("/accesso").await;
        assert!(english.text().contains("Enter with SPID") && english.text().contains("No SPID yet?"), "{}", english.text());
        let provider = mario.goes_to("Poste").await;
        assert!(provider.text().contains("SPID 2"), "{}", provider.text());
        mario.enters_with("Poste").await;
        let page = mario.browser.get("/quota").await;
        assert!(page.text().contains("Quota 2017") && page.text().contains("Prova Mario"), "{}", page.text());
    }

    // req: F-27
    async fn who_acts_for_a_company_enters_its_account_and_others_are_told_that_there_is_none(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.is_a_paying_member("ditta@posta.example").await;
        let giulia = stage.person("Giulia");
        let provider = giulia.goes_to("Chiave").await;
        assert!(provider.text().contains("spidCode, name, familyName, fiscalNumber, companyFiscalNumber, email"), "{}", provider.text());
        giulia.enters_with("Chiave").await;
        assert!(giulia.browser.get("/quota").await.text().contains("Autotrasporti Esempio"));
        let luca = stage.person("Luca");
        let page = luca.enters_with("Chiave").await;
        assert_eq!(page.heading(), "Nessun profilo con la tua identità");
        assert!(page.text().contains("Luca Invenzione") && page.text().contains("NVNLCU85M05F205T"), "{}", page.text());
        assert!(luca.browser.get("/quota").await.url.path().ends_with("/accesso"));
    }

    async fn a_linked_identity_enters_until_it_is_unlinked(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        let credentials = firm.is_a_paying_member("ditta@posta.example").await;
        let luca = stage.person("Luca");
        let page = firm.browser.get(&luca.way_to("Poste", "&scopo=collega&poi=/profilo")).await;
        let back = luca.answers(&page, "consent").await.form("/accesso/spid/risposta").submit().await;
        assert_eq!(back.heading(), "Collegare questa identità?");
        assert!(back.text().contains("Luca Invenzione potrà entrare"), "{}", back.text());
        let wrong = back.form("/accesso/identita").set("pin", "000000").submit().await;
        assert!(wrong.text().contains("Il PIN non è corretto"), "{}", wrong.text());
        let back = wrong.form("/accesso/identita").set("pin", &credentials.pin).submit().await;
        assert!(back.text().contains("Identità collegata") && back.text().contains("Luca Invenzione"), "{}", back.text());
        luca.enters_with("Chiave").await;
        assert!(luca.browser.get("/quota").await.text().contains("Autotrasporti Esempio"));
        let profile = firm.browser.get("/profilo").await;
        let link = profile.html();
        let id = link.split("name=\"persona\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let page = firm.browser.post("/profilo/identita", &[("persona", &id)]).await;
        assert!(page.text().contains("Identità scollegata"), "{}", page.text());
        let again = stage.person("Luca");
        assert_eq!(again.enters_with("Poste").await.heading(), "Nessun profilo con la tua identità");
    }

    // req: D-08
    async fn who_may_enter_for_several_firms_says_for_which(stage) {
        let luca = stage.person("Luca");
        for (name, email) in [("Autotrasporti Esempio", "una@posta.example"), ("Trasporti Fantasia", "altra@posta.example")] {
            let firm = stage.firm(name).await;
            let credentials = firm.is_a_paying_member(email).await;
            luca.is_linked_by(&firm, &credentials).await;
        }
        let page = luca.enters_with("Chiave").await;
        assert_eq!(page.heading(), "Per chi vuoi entrare?");
        let id = page
            .html()
            .split("name=\"profilo\" value=\"")
            .skip(1)
            .find(|rest| rest.split("</button>").next().unwrap().contains("Trasporti Fantasia"))
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .unwrap();
        let form = page.form("/accesso/identita");
        let refused = form.clone().set("profilo", "1").submit().await;
        assert_eq!(refused.status.as_u16(), 410, "an account that was not offered");
        form.set("profilo", &id).submit().await;
        assert!(luca.browser.get("/quota").await.text().contains("Trasporti Fantasia"));
    }

    async fn whoever_had_the_account_before_keeps_no_way_in(stage) {
        let squatter = stage.firm("Autotrasporti Esempio").await;
        let credentials = squatter.is_a_paying_member("estraneo@posta.example").await;
        let luca = stage.person("Luca");
        luca.is_linked_by(&squatter, &credentials).await;
        stage.settle().await;
        let told = squatter.last_message("estraneo@posta.example");
        assert!(told.subject.starts_with("Una identità digitale è stata collegata"), "{}", told.subject);
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.registers_with_pec(firm.pec()).await;
        stage.settle().await;
        assert_eq!(luca.enters_with("Poste").await.heading(), "Nessun profilo con la tua identità");
    }

    // req: C-04, F-28
    async fn each_refusal_says_whose_fault_it_is_and_what_to_do(stage) {
        let mario = stage.person("Mario");
        for (outcome, words) in [
            ("nr19", "non ha riconosciuto le tue credenziali"),
            ("nr20", "credenziali di livello superiore"),
            ("nr21", "È passato troppo tempo"),
            ("nr22", "Non hai dato il consenso"),
            ("nr23", "Rivolgiti al gestore"),
            ("nr25", "Hai annullato"),
            ("nr30", "identità di un altro tipo"),
            ("lower_level", "livello richiesto"),
            ("tampered", "non è valida"),
        ] {
            let page = mario.tries_with("Poste", outcome).await;
            assert_eq!((page.status.as_u16(), page.heading().as_str()), (403, "Accesso con SPID non riuscito"), "{outcome}");
            assert!(page.text().contains(words), "{outcome}: {}", page.text());
            assert!(page.text().contains("Altri modi per accedere"), "{outcome}");
        }
    }

    async fn an_answer_is_good_once_and_for_the_browser_that_asked(stage) {
        stage.firm("Prova Mario").await.registers_simplified("mario.prova@posta.example", "ordinary").await;
        stage.settle().await;
        let mario = stage.person("Mario");
        let form = mario.answers(&mario.goes_to("Poste").await, "consent").await;
        // Somebody else's browser is made to post the answer: it learns nothing and is nobody.
        let victim = stage.visitor();
        let fields: Vec<(String, String)> = ["SAMLResponse", "RelayState"]
            .map(|name| (name.to_owned(), value_of(&form.html(), name)))
            .into();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let page = victim.post("/accesso/spid/risposta", &fields).await;
        assert_eq!(page.status.as_u16(), 410, "{}", page.text());
        assert!(victim.get("/quota").await.url.path().ends_with("/accesso"));
        // And it is used up.
        let again = mario.browser.post("/accesso/spid/risposta", &fields).await;
        assert_eq!(again.status.as_u16(), 403);
        assert!(again.text().contains("non serve più"), "{}", again.text());
        assert!(mario.browser.get("/quota").await.url.path().ends_with("/accesso"));
    }

    async fn a_late_answer_and_one_that_nobody_asked_for_are_refused(stage) {
        let mario = stage.person("Mario");
        let form = mario.answers(&mario.goes_to("Poste").await, "consent").await;
        stage.passes(SignedDuration::from_mins(16)).await;
        let page = form.form("/accesso/spid/risposta").submit().await;
        assert_eq!(page.status.as_u16(), 403);
        assert!(page.text().contains("è passato troppo tempo"), "{}", page.text());
        for (response, relay) in [("", ""), ("PHg+", "x"), ("%%%", "abc")] {
            let page = mario.browser.post("/accesso/spid/risposta", &[("SAMLResponse", response), ("RelayState", relay)]).await;
            assert_eq!(page.status.as_u16(), 403, "{response} {relay}");
        }
        let huge = "A".repeat(600 * 1024);
        let page = mario.browser.post("/accesso/spid/risposta", &[("SAMLResponse", &huge)]).await;
        assert_eq!(page.status.as_u16(), 413);
    }

    async fn a_session_of_a_proved_identity_needs_no_password(stage) {
        let firm = stage.firm("Prova Mario").await;
        firm.registers_simplified("mario.prova@posta.example", "ordinary").await;
        stage.settle().await;
        // The temporary password was never changed: with the identity nothing stands in the way.
        let mario = stage.person("Mario");
        mario.enters_with("Poste").await;
        let page = mario.browser.get("/profilo").await;
        assert_eq!(page.heading(), "Profilo");
    }

    async fn the_metadata_are_signed_and_name_our_addresses(stage) {
        let page = stage.visitor().get("/spid/metadata").await;
        assert_eq!(page.headers["content-type"], "application/samlmetadata+xml");
        let xml = page.html();
        assert!(xml.contains("/accesso/spid/risposta") && xml.contains("SignatureValue"), "{xml}");
        assert_eq!(stage.visitor().get("/accesso/spid?idp=https://nessuno.example").await.status.as_u16(), 404);
    }
}

fn value_of(html: &str, name: &str) -> String {
    let rest = html.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
    rest.split('"').next().unwrap().replace("&#43;", "+").replace("&#61;", "=").replace("&#38;", "&")
}
