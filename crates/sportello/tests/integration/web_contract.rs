//! What holds for every answer.

use crate::on_every_engine;

on_every_engine! {
    async fn every_answer_carries_the_headers(stage) {
        let visitor = stage.visitor();
        for path in ["/", "/accesso", "/registrazione", "/istruzioni", "/privacy", "/non-esiste", "/ufficio/accesso"] {
            let page = visitor.get(path).await;
            assert!(page.headers["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"), "{path}");
            assert_eq!(page.headers["cache-control"], "no-store", "{path}");
            assert_eq!(page.headers["x-content-type-options"], "nosniff", "{path}");
            assert!(!page.html().contains(" style=\"") && !page.html().contains("<script>"), "{path}");
        }
        assert_eq!(visitor.get("/non-esiste").await.status, 404);
    }

    async fn both_languages_are_complete(stage) {
        let (italian, english) = (stage.visitor(), stage.english_visitor());
        for path in ["/", "/accesso", "/registrazione", "/istruzioni", "/privacy", "/password/dimenticata", "/password/richiesta"] {
            let (it, en) = (italian.get(path).await, english.get(path).await);
            assert_ne!(it.heading(), "", "{path}");
            assert_ne!(it.heading(), en.heading(), "{path}");
            for page in [it, en] {
                assert!(!page.text().contains('['), "{path}: a text is missing: {}", page.text());
            }
        }
        let chosen = italian.get("/?lang=en").await;
        assert!(chosen.html().contains("<html lang=\"en\""));
        assert!(italian.get("/accesso").await.html().contains("<html lang=\"en\""), "the choice lasts");
    }

    async fn forms_of_other_sites_are_refused(stage) {
        let visitor = stage.visitor();
        let answer = visitor.raw(|client, base| client.post(format!("{base}/accesso")).header("sec-fetch-site", "cross-site").form(&[("matricola", "x")])).await;
        assert_eq!(answer.status(), 403);
        let answer = visitor.raw(|client, base| client.post(format!("{base}/accesso")).header("origin", "https://evil.example").form(&[("matricola", "x")])).await;
        assert_eq!(answer.status(), 403);
    }

    async fn nonsense_is_answered_politely(stage) {
        let visitor = stage.visitor();
        let huge = "x".repeat(100_000);
        let answer = visitor.raw(|client, base| client.post(format!("{base}/accesso")).form(&[("matricola", huge.as_str())])).await;
        assert_eq!(answer.status(), 413);
        let answer = visitor.raw(|client, base| client.post(format!("{base}/accesso")).body("\u{0}\u{1}%%%")).await;
        assert_eq!(answer.status(), 400);
        for path in ["/registrazione/stato/x", "/pagamenti/99/ricevuta.pdf", "/password/nuova/zz", "/quota/ritorno?esito=ok&t=%00"] {
            let page = visitor.get(path).await;
            assert!(page.status.as_u16() < 500, "{path}: {}", page.status);
        }
    }

    async fn sign_in_leads_only_to_pages_of_this_site(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        let credentials = firm.is_a_full_member().await;
        for target in ["https://evil.example/", "//evil.example", "/\\evil.example"] {
            let form = stage.visitor().get("/accesso").await.form("/accesso").set("poi", target);
            let answer = form.set("matricola", &credentials.member_code).set("password", &credentials.password).submit_only().await;
            assert_eq!(answer.headers()["location"], "/albo/quota", "{target}");
        }
    }
}
