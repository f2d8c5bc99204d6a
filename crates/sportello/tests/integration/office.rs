//! Behind the counter.

use jiff::SignedDuration;

use crate::on_every_engine;

on_every_engine! {
    // req
    async fn an_operator_finds_a_firm_and_its_timeline(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.is_a_full_member().await;
        firm.pays_online().await;
        stage.settle().await;
        let operator = stage.operator("first-level").await;
        let home = operator.browser.get("/ufficio").await;
        assert_eq!(home.status, 200, "{}", home.text());
        let found = operator.browser.get("/ufficio/imprese?q=autotrasporti%20esempio").await;
        let page = operator.browser.open(found.link("/ufficio/imprese/").as_str()).await;
        let text = page.text();
        for expected in [firm.record.name.as_str(), firm.pec(), "2017/000001"] {
            assert!(text.contains(expected), "{expected} is missing in {text}");
        }
    }

    async fn the_second_factor_is_good_once_and_needed(stage) {
        let operator = testkit::Operator::without_session(&stage, "administrator").await;
        let form = operator.browser.get("/ufficio/accesso").await.form("/ufficio/accesso");
        let form = form.set("email", &operator.email).set("password", operator.credentials.password.expose());
        assert!(!form.clone().set("codice", "000000").submit().await.errors().is_empty());
        let code = operator.code();
        assert!(form.clone().set("codice", &code).submit().await.errors().is_empty());
        assert!(!form.set("codice", &code).submit().await.errors().is_empty(), "a code is good once");
    }

    // req: A-35
    async fn roles_see_what_they_may(stage) {
        let first = stage.operator("first-level").await;
        let administrator = stage.operator("administrator").await;
        let committee = stage.operator("committee").await;
        for path in ["/ufficio/scadenze", "/ufficio/importazioni", "/ufficio/operatori"] {
            assert_eq!(administrator.browser.get(path).await.status, 200, "{path}");
        }
        assert_eq!(first.browser.get("/ufficio/operatori").await.status, 403);
        assert_eq!(committee.browser.get("/ufficio/imprese?q=a").await.status, 403);
        assert_eq!(stage.visitor().get("/ufficio").await.url.path(), "/albo/ufficio/accesso");
        let firm = stage.firm("Trasporti Fantasia").await;
        firm.is_a_paying_member("ditta@posta.example").await;
        assert_eq!(firm.browser.get("/ufficio").await.url.path(), "/albo/ufficio/accesso");
    }

    async fn every_mutating_operation_leaves_a_line_in_the_audit(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.is_a_full_member().await;
        firm.pays_online().await;
        stage.passes(SignedDuration::from_secs(1)).await;
        let lines = sportello_core::audit::about_firm(&stage.cx(), firm.record.id, 100).await.unwrap();
        let operations: Vec<&str> = lines.iter().map(|l| l.operation.as_str()).collect();
        for expected in ["registration.start", "registration.advance", "session.start", "password.change", "fee.compute", "checkout.start", "payment.record"] {
            assert!(operations.contains(&expected), "{expected} is missing in {operations:?}");
        }
        assert!(lines.iter().all(|l| !l.detail.contains("Camion8!")));
    }
}
