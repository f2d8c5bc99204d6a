//! Sign-in with a smart card, over real handshakes: our page, the listener, and back.

use jiff::SignedDuration;
use outside::cns::{PASSWORD, Published, Service, Sort};
use sportello_core::accounts::sessions;
use sportello_core::identities::{self, cards::CardProblem};
use testkit::cards::{OTHER_BODY, PROXY, PROXY_SECRET, asks_behind_the_proxy, escaped};
use testkit::{Stage, databases};

/// Runs one test on each engine, with a listener for cards.
macro_rules! with_cards {
    ($($(#[$meta:meta])* async fn $name:ident($stage:ident) $body:block)*) => { $(
        $(#[$meta])*
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            for engine in databases() {
                let $stage = Stage::with_cards(engine).await;
                $body
            }
        }
    )* };
}

/// The refusal that an address of the portal explains.
fn problem(address: &str) -> String {
    let rest = address.split_once("/accesso/cns/esito?motivo=").unwrap_or_else(|| panic!("{address}")).1;
    rest.split('&').next().unwrap().to_owned()
}

/// Mario's firm, with an account.
async fn mario_has_an_account(stage: &Stage) {
    stage.firm("Prova Mario").await.registers_simplified("mario.prova@posta.example", "ordinary").await;
    stage.settle().await;
}

with_cards! {
    // req: D-10, F-29
    async fn a_sole_trader_enters_with_the_card_in_the_reader(stage) {
        mario_has_an_account(&stage).await;
        let mario = stage.holder("Mario", Sort::Cns);
        let page = mario.browser.get("/accesso").await;
        assert!(page.text().contains("Entra con CNS") && page.text().contains("serve un lettore"), "{}", page.text());
        let english = stage.english_visitor().get("/accesso").await;
        assert!(english.text().contains("Enter with CNS"), "{}", english.text());
        let page = mario.browser.open(page.link("/accesso/cns").as_str()).await;
        assert!(page.text().contains("Quota 2017") && page.text().contains("Prova Mario"), "{}", page.text());
        let left = mario.browser.post("/uscita", &[]).await;
        assert!(left.text().contains("Togli la carta dal lettore"), "{}", left.text());
        assert!(!mario.is_signed_in().await);
    }

    async fn the_cie_and_the_regional_card_are_as_good(stage) {
        mario_has_an_account(&stage).await;
        for sort in [Sort::Cie, Sort::Regional] {
            let mario = stage.holder("Mario", sort);
            assert!(mario.enters().await.text().contains("Quota 2017"), "{sort:?}");
        }
    }

    async fn a_linked_card_enters_and_its_holder_can_be_told(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.is_a_paying_member("ditta@posta.example").await;
        let luca = stage.holder("Luca", Sort::Cns);
        assert_eq!(luca.enters().await.heading(), "Nessun profilo con la tua identità");
        // The firm signs in in Luca's browser, and Luca's card is in the reader.
        let credentials = firm.reads_credentials("ditta@posta.example");
        let form = luca.browser.get("/accesso").await.form("/accesso").set("matricola", &credentials.member_code);
        form.set("password", "Camion8!rosso").submit().await;
        let profile = luca.browser.get("/profilo").await;
        let asked = luca.browser.open(profile.link("/accesso/cns").as_str()).await;
        assert!(asked.text().contains("Luca Invenzione potrà entrare"), "{}", asked.text());
        let linked = asked.form("/fine").set("pin", &credentials.pin).submit().await;
        assert!(linked.text().contains("Carta collegata") && linked.text().contains("Luca Invenzione"), "{}", linked.text());
        stage.settle().await;
        assert!(firm.last_message("ditta@posta.example").subject.starts_with("Una identità digitale è stata collegata"));
        let again = stage.holder("Luca", Sort::Cie);
        assert!(again.enters().await.text().contains("Autotrasporti Esempio"), "another card of the same person");
    }

    async fn a_session_remembers_the_level_of_a_card_and_needs_no_password(stage) {
        mario_has_an_account(&stage).await;
        let mario = stage.holder("Mario", Sort::Cns);
        let finish = mario.shows_the_card(&mario.goes_to_the_listener().await).await;
        let answer = mario.browser.raw(|client, _| client.get(&finish)).await;
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        let token = cookie.split_once("session-albo=").unwrap().1.split(';').next().unwrap();
        assert_eq!(sessions::look_up(&stage.cx(), token).await.unwrap().unwrap().level, 3);
        assert_eq!(mario.browser.get("/profilo").await.heading(), "Profilo");
        let log = log_of(&stage).await;
        assert_eq!(log.iter().map(|line| line.result.as_str()).collect::<Vec<_>>(), ["proved"]);
        assert!(!log[0].response.is_empty() && log[0].request.contains("\"ocsp\":["), "{}", log[0].request);
    }

    async fn each_refusal_says_whose_fault_it_is_and_what_to_do(stage) {
        mario_has_an_account(&stage).await;
        for (sort, status, words) in [
            (Sort::Expired, 403, "scaduto"),
            (Sort::Signing, 403, "firmare i documenti"),
            (Sort::Lookalike, 403, "non è quello di una carta"),
            (Sort::Unlisted, 403, "non è nell’elenco pubblico"),
        ] {
            let mario = stage.holder("Mario", sort);
            let page = mario.enters().await;
            assert_eq!((page.status.as_u16(), page.heading().as_str()), (status, "Accesso con CNS non riuscito"), "{sort:?}");
            assert!(page.text().contains(words), "{sort:?}: {}", page.text());
            assert!(page.text().contains("Altri modi per accedere"), "{sort:?}");
            assert!(!mario.is_signed_in().await, "{sort:?}");
        }
        let page = stage.holder_of_nothing().enters().await;
        assert!(page.text().contains("la carta non era nel lettore"), "{}", page.text());
        let results: Vec<String> = log_of(&stage).await.into_iter().map(|line| line.result).collect();
        assert_eq!(results, ["expired", "not-for-authentication", "not-a-card", "untrusted", "no-card"]);
    }

    async fn every_refusal_has_a_page_in_both_languages(stage) {
        let (italian, english) = (stage.visitor(), stage.english_visitor());
        for problem in CardProblem::ALL {
            let path = format!("/accesso/cns/esito?motivo={}&c=abcd2345", problem.key());
            let (it, en) = (italian.get(&path).await, english.get(&path).await);
            assert_eq!((it.heading().as_str(), en.heading().as_str()), ("Accesso con CNS non riuscito", "Sign-in with CNS failed"));
            assert!(!it.text().contains("identity-card") && it.text().contains("abcd2345"), "{}", it.text());
            assert_ne!(it.text(), en.text());
        }
        assert_eq!(italian.get("/accesso/cns/esito?motivo=altro").await.status.as_u16(), 404);
        assert!(!italian.get("/accesso/cns/esito?motivo=late&c=<b>").await.html().contains("<b>"));
    }

    async fn the_demonstrations_authority_gives_a_file_that_a_browser_can_import(stage) {
        let browser = stage.visitor();
        let page = browser.open(&format!("{}/carte", stage.world.url().trim_end_matches('/'))).await;
        let form = page.form("/carte").set("persona", "PRVMRA71C12D620W").set("tipo", "cns");
        let page = form.submit().await;
        let file = browser.raw(|client, _| client.get(page.link(".p12"))).await;
        assert_eq!(file.headers()["content-type"], "application/x-pkcs12");
        assert!(file.headers()["content-disposition"].to_str().unwrap().ends_with(".p12\""));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("card.p12");
        std::fs::write(&path, file.bytes().await.unwrap()).unwrap();
        let mut openssl = std::process::Command::new("openssl");
        openssl.args(["pkcs12", "-nodes", "-passin", &format!("pass:{PASSWORD}"), "-in"]).arg(&path);
        let Ok(opened) = openssl.output() else {
            println!("skipped: openssl is not installed");
            return;
        };
        let text = String::from_utf8(opened.stdout).unwrap();
        assert!(opened.status.success() && text.contains("BEGIN PRIVATE KEY"), "{}", String::from_utf8_lossy(&opened.stderr));
        assert!(text.contains("PRVMRA71C12D620W/"), "the holder's certificate: {text}");
        assert_eq!(text.matches("BEGIN CERTIFICATE").count(), 2, "the card's certificate and its issuer's");
    }

    async fn a_lost_card_opens_nothing(stage) {
        mario_has_an_account(&stage).await;
        let mario = stage.holder("Mario", Sort::Cns);
        mario.loses_the_card();
        let page = mario.enters().await;
        assert_eq!(page.status.as_u16(), 403);
        assert!(page.text().contains("è stato revocato o sospeso"), "{}", page.text());
    }

    async fn a_card_that_is_lost_after_a_sign_in_opens_nothing_more(stage) {
        mario_has_an_account(&stage).await;
        let mario = stage.holder("Mario", Sort::Cns);
        assert!(mario.enters().await.text().contains("Quota 2017"));
        mario.loses_the_card();
        assert!(mario.enters().await.text().contains("è stato revocato o sospeso"));
    }

    async fn when_the_authority_is_silent_nobody_enters_and_the_card_is_not_blamed(stage) {
        mario_has_an_account(&stage).await;
        let mario = stage.holder("Mario", Sort::Cns);
        stage.world.cns().set_ocsp(Service::Down);
        assert!(mario.enters().await.text().contains("Quota 2017"), "the list says what the responder does not");
        mario.browser.post("/uscita", &[]).await;
        stage.world.cns().set_lists(Service::Down);
        stage.passes(SignedDuration::from_hours(25)).await;
        let page = mario.enters().await;
        assert_eq!(page.status.as_u16(), 503);
        assert!(page.text().contains("l’ente che lo sa non risponde") && page.text().contains("Non dipende da te"), "{}", page.text());
        assert!(!mario.is_signed_in().await);
        stage.world.cns().set_ocsp(Service::Up);
        assert!(mario.enters().await.text().contains("Quota 2017"));
    }

    async fn what_a_card_proved_is_good_once_and_for_the_browser_that_asked(stage) {
        mario_has_an_account(&stage).await;
        let mario = stage.holder("Mario", Sort::Cns);
        // Somebody begins in a browser of theirs, and makes Mario's browser go on.
        let attacker = stage.holder_of_nothing();
        let address = attacker.goes_to_the_listener().await;
        let finish = mario.shows_the_card(&address).await;
        assert!(finish.contains("/albo/accesso/cns/fine?t="), "{finish}");
        assert_eq!(mario.browser.open(&finish).await.status.as_u16(), 410, "Mario's browser did not ask");
        assert!(!mario.is_signed_in().await);
        // And the other way round: Mario's own answer in somebody else's browser.
        let address = mario.goes_to_the_listener().await;
        let finish = mario.shows_the_card(&address).await;
        let victim = mario.with_another_browser();
        victim.goes_to_the_listener().await;
        assert_eq!(victim.browser.open(&finish).await.status.as_u16(), 410);
        assert!(!victim.is_signed_in().await);
        assert!(mario.browser.open(&finish).await.text().contains("Quota 2017"));
        assert_eq!(mario.browser.open(&finish).await.status.as_u16(), 410, "used up");
        // The way to the listener is used up too.
        assert_eq!(problem(&mario.shows_the_card(&address).await), "late");
    }

    async fn who_takes_too_long_begins_again(stage) {
        mario_has_an_account(&stage).await;
        let mario = stage.holder("Mario", Sort::Cns);
        let address = mario.goes_to_the_listener().await;
        stage.passes(SignedDuration::from_mins(16)).await;
        assert_eq!(problem(&mario.shows_the_card(&address).await), "late");
        let address = mario.goes_to_the_listener().await;
        let finish = mario.shows_the_card(&address).await;
        stage.passes(SignedDuration::from_mins(6)).await;
        assert_eq!(mario.browser.open(&finish).await.status.as_u16(), 410);
    }

    async fn what_is_one_tenants_is_nothing_at_another(stage) {
        mario_has_an_account(&stage).await;
        let mario = stage.holder("Mario", Sort::Cns);
        let address = mario.goes_to_the_listener().await;
        let elsewhere = address.replace("/albo/", &format!("/{OTHER_BODY}/"));
        let refused = mario.shows_the_card(&elsewhere).await;
        assert!(refused.contains(&format!("/{OTHER_BODY}/accesso")) && problem(&refused) == "late", "{refused}");
        let finish = mario.shows_the_card(&address).await;
        let elsewhere = finish.replace("/albo/", &format!("/{OTHER_BODY}/"));
        assert_eq!(mario.browser.open(&elsewhere).await.status.as_u16(), 410);
        assert!(mario.browser.open(&finish).await.text().contains("Quota 2017"));
    }

    async fn the_listener_does_one_thing(stage) {
        let mario = stage.holder("Mario", Sort::Cns);
        let listener = stage.listener();
        for path in ["/", "/albo", "/albo/accesso", "/albo/quota", "/nessuno/accesso/cns?r=x", "/static/x.css"] {
            let answer = mario.browser.raw(|client, _| client.get(format!("{listener}{path}"))).await;
            assert_eq!(answer.status().as_u16(), 404, "{path}");
        }
        // Whatever the visitor calls the host, the way back is the portal's.
        let asked = mario.goes_to_the_listener().await;
        let answer = mario.browser.raw(|client, _| client.get(&asked).header("host", "evil.example")).await;
        assert!(answer.headers()["location"].to_str().unwrap().starts_with(stage.portal.as_str()));
        assert_eq!(answer.headers()["connection"], "close");
        assert_eq!(answer.headers()["cache-control"], "no-store");
        // A look ahead uses nothing up, and a form of another site finds nothing.
        let asked = mario.goes_to_the_listener().await;
        for method in [reqwest::Method::HEAD, reqwest::Method::POST] {
            let answer = mario.browser.raw(|client, _| client.request(method.clone(), &asked)).await;
            assert_eq!(answer.status().as_u16(), 405, "{method}");
        }
        assert!(mario.shows_the_card(&asked).await.contains("/fine?t="));
    }

    async fn a_header_is_nothing_where_the_program_asks_for_the_card_itself(stage) {
        let mario = stage.holder("Mario", Sort::Cns);
        let nobody = stage.holder_of_nothing();
        let asked = nobody.goes_to_the_listener().await;
        let header = escaped(mario.card.as_ref().unwrap());
        let answer = nobody.browser.raw(|client, _| {
            client.get(&asked).header("x-client-cert", header).header("x-client-cert-secret", PROXY_SECRET)
        }).await;
        assert_eq!(problem(answer.headers()["location"].to_str().unwrap()), "no-card");
    }

    async fn a_false_or_silent_trust_list_never_replaces_the_last_good_one(stage) {
        mario_has_an_account(&stage).await;
        let cx = stage.cx();
        let before = identities::cards::state(&cx).await.unwrap().unwrap();
        assert_eq!(before.authorities, 1);
        for published in [Published::Altered, Published::Down] {
            stage.world.cns().publish(published);
            stage.passes(SignedDuration::from_hours(13)).await;
            assert!(identities::cards::refresh(&cx).await.unwrap().is_some(), "{published:?}");
            let state = identities::cards::state(&cx).await.unwrap().unwrap();
            assert_eq!((state.sequence, state.authorities), (before.sequence, 1), "{published:?}");
        }
        stage.passes(SignedDuration::from_hours(72)).await;
        let problems = identities::cards::problems(&cx).await.unwrap();
        assert!(problems.len() == 1 && problems[0].message.contains("last fetched on"), "{problems:?}");
        assert!(!problems[0].is_bad(), "the last good list still serves");
        stage.world.cns().publish(Published::Good);
        stage.passes(SignedDuration::from_hours(1)).await;
        let after = identities::cards::state(&cx).await.unwrap().unwrap();
        assert!(after.sequence > before.sequence, "the job has asked again");
        assert!(identities::cards::problems(&cx).await.unwrap().is_empty());
        let mario = stage.holder("Mario", Sort::Cns);
        assert!(mario.enters().await.text().contains("Quota 2017"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proxy_is_believed_when_it_proves_itself_and_nobody_else_is() {
    for engine in databases() {
        let stage = Stage::with_cards_behind_a_proxy(engine).await;
        mario_has_an_account(&stage).await;
        let mario = stage.holder("Mario", Sort::Cns);
        let header = escaped(mario.card.as_ref().unwrap());
        let secret = ("x-client-cert-secret", PROXY_SECRET);
        let shown = ("x-client-cert", header.as_str());
        // From outside, without the secret, with another one: the header is taken away, and there is no card.
        for (from, headers) in [
            ("127.0.0.2", vec![shown, secret]),
            (PROXY, vec![shown]),
            (PROXY, vec![shown, ("x-client-cert-secret", "between-the-proxy-and-us-for-the-test$")]),
            (PROXY, vec![("client-cert", header.as_str()), secret]),
            (PROXY, vec![secret]),
        ] {
            let asked = mario.goes_to_the_listener().await;
            let refused = asks_behind_the_proxy(&asked, from, &headers).await;
            assert_eq!(problem(&refused), "no-card", "{from}");
        }
        // Twice: one of them may be a visitor's, which the proxy did not overwrite.
        let asked = mario.goes_to_the_listener().await;
        assert_eq!(problem(&asks_behind_the_proxy(&asked, PROXY, &[shown, shown, secret]).await), "our-fault");
        let asked = mario.goes_to_the_listener().await;
        let finish = asks_behind_the_proxy(&asked, PROXY, &[shown, secret]).await;
        assert!(mario.browser.open(&finish).await.text().contains("Quota 2017"));
    }
}

async fn log_of(stage: &Stage) -> Vec<identities::LogLine> {
    let now = stage.cx().now();
    let day = SignedDuration::from_hours(24);
    identities::export(&stage.cx(), now - day, now + day, 0).await.unwrap()
}
