//! Sign-in with CIE over OpenID Federation: our pages, the provider's page, tokens, and back.

use jiff::SignedDuration;
use outside::MovableClock as _;
use outside::cie::{Behaviour, CieAnswer, Outcome, TokenKind, TokenState};
use sportello_core::identities;
use sportello_core::spid::federation::rp::Acr;
use testkit::{Stage, databases};

/// Runs one test on each engine, with the federation.
macro_rules! with_cie {
    ($($(#[$meta:meta])* async fn $name:ident($stage:ident) $body:block)*) => { $(
        $(#[$meta])*
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            for engine in databases() {
                let $stage = Stage::with_cie(engine).await;
                $body
            }
        }
    )* };
}

/// The access tokens at the provider that still open something.
fn open_tokens(stage: &Stage) -> usize {
    let grants = stage.world.cie().grants();
    let tokens = grants.iter().flat_map(|grant| &grant.tokens);
    tokens.filter(|token| token.kind == TokenKind::Access && token.state == TokenState::Active).count()
}

async fn marios_firm(stage: &Stage) {
    stage.firm("Prova Mario").await.registers_simplified("mario.prova@posta.example", "ordinary").await;
    stage.settle().await;
}

with_cie! {
    async fn a_sole_trader_enters_with_the_identity_card_and_leaves(stage) {
        marios_firm(&stage).await;
        let mario = stage.person("Mario");
        let page = mario.browser.get("/accesso").await;
        assert!(page.text().contains("Entra con CIE") && !page.text().contains("Entra con SPID"), "{}", page.text());
        let english = stage.english_visitor().get("/accesso").await;
        assert!(english.text().contains("Enter with CIE"), "{}", english.text());
        let back = mario.tries_with_cie(2, "consent").await;
        assert_eq!(back.url.path(), "/albo/quota", "{}", back.text());
        assert!(back.text().contains("Quota 2017") && back.text().contains("Prova Mario"), "{}", back.text());
        assert_eq!(open_tokens(&stage), 1);
        mario.browser.post("/uscita", &[]).await;
        assert!(mario.browser.get("/quota").await.url.path().ends_with("/accesso"));
        stage.settle().await;
        assert_eq!(open_tokens(&stage), 0, "the access token was not revoked");
    }

    async fn whom_no_firm_knows_is_told_and_can_link_the_card_to_a_profile(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        let credentials = firm.is_a_paying_member("ditta@posta.example").await;
        let luca = stage.person("Luca");
        let page = luca.tries_with_cie(3, "consent").await;
        assert_eq!(page.heading(), "Nessun profilo con la tua identità");
        assert!(page.text().contains("Luca Invenzione"), "{}", page.text());
        let provider = firm.browser.get("/accesso/cie?scopo=collega&poi=/profilo").await;
        let asked = luca.answers_cie(&provider, 2, "consent").await;
        let linked = asked.form("/accesso/identita").set("pin", &credentials.pin).submit().await;
        assert!(linked.text().contains("Identità collegata") && linked.text().contains("Luca Invenzione"), "{}", linked.text());
        let entered = stage.person("Luca").tries_with_cie(2, "consent").await;
        assert!(entered.text().contains("Autotrasporti Esempio"), "{}", entered.text());
    }

    async fn each_refusal_says_whose_fault_it_is_and_the_way_back_leads_where_one_wanted_to_go(stage) {
        let mario = stage.person("Mario");
        for (outcome, words) in [
            ("nr25", "Hai annullato"),
            ("nr20", "credenziali di livello superiore"),
            ("nr22", "Non hai dato il consenso"),
            ("temporarily_unavailable", "non risponde in questo momento"),
            ("server_error", "non risponde in questo momento"),
        ] {
            let page = mario.tries_with_cie(2, outcome).await;
            assert_eq!((page.status.as_u16(), page.heading().as_str()), (403, "Accesso con CIE non riuscito"), "{outcome}");
            assert!(page.text().contains(words), "{outcome}: {}", page.text());
            assert!(page.html().contains("/accesso/cie?poi=%2Fquota"), "{outcome}: the way to try again");
        }
    }

    async fn a_false_provider_lets_nobody_in(stage) {
        marios_firm(&stage).await;
        for behaviour in [
            Behaviour::WrongNonce,
            Behaviour::OtherIssuer,
            Behaviour::UnsignedUserinfo,
            Behaviour::BadSignature,
            Behaviour::OtherPerson,
            Behaviour::LowLevel,
            Behaviour::Silent,
        ] {
            stage.world.cie().set_behaviour(behaviour);
            let mario = stage.person("Mario");
            let page = mario.tries_with_cie(2, "consent").await;
            assert_eq!((page.status.as_u16(), page.heading().as_str()), (403, "Accesso con CIE non riuscito"), "{behaviour:?}");
            assert!(mario.browser.get("/quota").await.url.path().ends_with("/accesso"), "{behaviour:?}");
        }
    }

    async fn a_federation_whose_statements_have_ended_is_not_believed_and_is_asked_again_later(stage) {
        marios_firm(&stage).await;
        stage.world.cie().set_behaviour(Behaviour::ExpiredChain);
        stage.clock.advance(SignedDuration::from_hours(24 * 8));
        let mario = stage.person("Mario");
        let page = mario.goes_to_cie().await;
        assert_eq!(page.heading(), "Accesso con CIE non riuscito", "{}", page.text());
        assert!(page.text().contains("Riprova tra qualche minuto"), "{}", page.text());
        stage.world.cie().set_behaviour(Behaviour::Good);
        let soon = mario.goes_to_cie().await;
        assert_eq!(soon.heading(), "Accesso con CIE non riuscito", "asked again at once: {}", soon.text());
        stage.clock.advance(SignedDuration::from_secs(31));
        assert!(mario.tries_with_cie(2, "consent").await.text().contains("Quota 2017"));
    }

    async fn a_provider_without_a_trust_mark_is_not_asked(stage) {
        marios_firm(&stage).await;
        stage.world.cie().set_behaviour(Behaviour::Unmarked);
        // Past the end of what the program collected when it started.
        stage.clock.advance(SignedDuration::from_hours(24 * 8));
        let mario = stage.person("Mario");
        let page = mario.goes_to_cie().await;
        assert_eq!(page.heading(), "Accesso con CIE non riuscito", "{}", page.text());
        stage.clock.advance(SignedDuration::from_secs(31));
        let problems = identities::cie::problems(&stage.cx(), true).await.unwrap();
        assert!(problems.iter().any(|problem| problem.is_bad() && problem.message.contains("trust mark")), "{problems:?}");
        stage.world.cie().set_behaviour(Behaviour::Good);
        stage.clock.advance(SignedDuration::from_secs(31));
        assert!(mario.tries_with_cie(2, "consent").await.text().contains("Quota 2017"));
    }

    async fn a_way_back_is_good_once_and_for_the_browser_that_asked(stage) {
        marios_firm(&stage).await;
        let mario = stage.person("Mario");
        let answer = mario.browser.raw(|client, base| client.get(format!("{base}/accesso/cie?poi=/quota"))).await;
        let asked = answer.headers()["location"].to_str().unwrap().to_owned();
        let answer = CieAnswer {
            fiscal_code: mario.tax_code.clone(),
            level: Acr::L2,
            outcome: Outcome::Consent,
        };
        let back = stage.world.cie().answer(&asked, answer).await.unwrap();
        let way = back.strip_prefix(stage.portal.as_str()).unwrap().to_owned();
        let ahead = mario.browser.raw(|client, base| client.head(format!("{base}{way}"))).await;
        assert_eq!(ahead.status().as_u16(), 405, "a look ahead uses nothing up");
        // Somebody else's browser is led to the way back: it learns nothing and is nobody.
        let victim = stage.visitor();
        let seen = victim.get(&way).await;
        assert_eq!((seen.status.as_u16(), seen.heading().as_str()), (410, "Accesso non completato"));
        assert!(victim.get("/quota").await.url.path().ends_with("/accesso"));
        let late = mario.browser.get(&way).await;
        assert_eq!(late.status.as_u16(), 403, "a code is good once: {}", late.text());
        let other = mario.browser.get(&way.replace("state=", "state=x")).await;
        assert_eq!(other.status.as_u16(), 403);
    }

    async fn the_federation_reads_who_we_are_and_the_log_keeps_what_was_said(stage) {
        let visitor = stage.visitor();
        let unknown = visitor.get(&format!("/resolve?sub={}", stage.world.cie().provider())).await;
        assert_eq!(unknown.status.as_u16(), 404, "nothing is known yet, and nobody is asked");
        marios_firm(&stage).await;
        let configuration = visitor.get("/.well-known/openid-federation").await;
        assert_eq!(configuration.headers["content-type"], "application/entity-statement+jwt");
        assert!(identities::cie::own_chain(&stage.cx()).await.unwrap().is_some(), "a provider would refuse us");
        stage.person("Mario").tries_with_cie(2, "consent").await;
        let known = visitor.get(&format!("/resolve?sub={}", stage.world.cie().provider())).await;
        assert_eq!(known.headers["content-type"], "application/resolve-response+jwt");
        let (from, until) = (jiff::Timestamp::MIN, jiff::Timestamp::MAX);
        let lines = identities::export(&stage.cx(), from, until, 0).await.unwrap();
        let results: Vec<&str> = lines.iter().map(|line| line.result.as_str()).collect();
        assert_eq!(results, ["trust-chain-collected", "proved"]);
        assert!(lines[1].response.contains("userinfo_response") && !lines[1].response.contains(&stage.person("Mario").tax_code));
    }

    async fn a_chain_is_collected_once_and_kept(stage) {
        let expires = identities::cie::refresh(&stage.cx()).await.unwrap().unwrap();
        assert!(expires > stage.cx().now());
        marios_firm(&stage).await;
        assert!(stage.person("Mario").tries_with_cie(2, "consent").await.text().contains("Quota 2017"));
        assert!(identities::cie::problems(&stage.cx(), false).await.unwrap().is_empty());
        let lines = identities::export(&stage.cx(), jiff::Timestamp::MIN, jiff::Timestamp::MAX, 0).await.unwrap();
        // Once by hand, once by the job that starts with the program; the sign-in asks nobody.
        assert_eq!(lines.iter().filter(|line| line.result == "trust-chain-collected").count(), 2);
    }
}
