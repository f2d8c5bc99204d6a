//! The pages: those of committenti, and the administrator's.

use sportello_core::{audit, committenti};

use crate::on_every_engine;

on_every_engine! {
    // req
    async fn a_committente_asks_by_form_and_by_file(stage) {
        let committente = stage.committente().await;
        assert_eq!(committente.browser.get("/committenti").await.url.path(), "/albo/committenti/accesso");
        let home = committente.signs_in().await;
        assert_eq!(home.heading(), "Regolarità delle imprese", "{}", home.text());
        let wrong = home.form("/committenti").set("codice_fiscale", "123").submit().await;
        assert_eq!((wrong.status.as_u16(), wrong.errors().len()), (422, 1));
        let answer = home.form("/committenti").set("codice_fiscale", "0000 1015 015").submit().await;
        assert!(answer.text().contains("Autotrasporti Esempio") && answer.text().contains("Regolare"), "{}", answer.text());
        let paper = committente.browser.open(answer.link("attestazione.pdf").as_str()).await;
        assert!(paper.body.starts_with(b"%PDF-"));
        let body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"elenco.csv\"\r\n\r\ncodice_fiscale\n00001015015\n=1+1\n\r\n--b--\r\n";
        let sent = committente.browser.raw(|client, base| {
            client.post(format!("{base}/committenti/elenchi")).header("content-type", "multipart/form-data; boundary=b").body(body)
        }).await;
        let path = sent.headers()["location"].to_str().unwrap().trim_start_matches("/albo").to_owned();
        stage.settle().await;
        let list = committente.browser.get(&path).await;
        assert_eq!(list.texts("tbody tr").len(), 2, "{}", list.text());
        let csv = committente.browser.open(list.link("risultati.csv").as_str()).await.html();
        assert!(csv.contains("00001015015;Autotrasporti Esempio S.r.l.;RM/0001234/A;Regolare") && csv.contains("'=1+1"), "{csv}");
    }

    async fn keys_are_rolled_by_their_holder(stage) {
        let committente = stage.committente().await;
        committente.signs_in().await;
        let page = committente.browser.get("/committenti/chiavi").await;
        assert_eq!(page.form("/committenti/chiavi").set("nome", "").submit().await.status, 422);
        let made = page.form("/committenti/chiavi").set("nome", "gestionale").submit().await;
        let key = made.texts("#chiave").remove(0);
        let cx = stage.cx();
        assert!(committenti::authenticate(&cx, &sportello_core::Secret::new(key)).await.unwrap().is_some());
        let keys = committenti::of(&cx, committente.id).await.unwrap();
        let first = keys.iter().find(|k| k.label == "prova").unwrap();
        let page = committente.browser.get("/committenti/chiavi").await;
        page.form(&format!("/committenti/chiavi/{}", first.id)).submit().await;
        assert_eq!(committente.browser.get("/committenti").await.url.path(), "/albo/committenti/accesso", "its session ends with it");
        assert_eq!(committente.gets("/account").await.status, 401);
    }

    async fn one_committente_does_not_touch_the_keys_of_another(stage) {
        let (one, other) = (stage.committente().await, stage.committente_within(100).await);
        one.signs_in().await;
        let foreign = committenti::of(&stage.cx(), other.id).await.unwrap().remove(0);
        one.browser.post(&format!("/committenti/chiavi/{}", foreign.id), &[]).await;
        assert_eq!(other.gets("/account").await.status, 200);
        assert_eq!(one.browser.get("/profilo").await.url.path(), "/albo/accesso", "the pages of firms are not its own");
        assert_eq!(one.browser.get("/ufficio").await.url.path(), "/albo/ufficio/accesso");
    }

    // req: A-68
    async fn an_administrator_keeps_committenti(stage) {
        let operator = stage.operator("administrator").await;
        let new = operator.browser.get("/ufficio/committenti/nuovo").await.form("/ufficio/committenti/nuovo");
        let wrong = new.clone().set("codice_fiscale", "1").set("al_minuto", "0").submit().await;
        assert_eq!((wrong.status.as_u16(), wrong.errors().len()), (422, 4), "{:?}", wrong.errors());
        let added = new.set("nome", "Spedizioni Nuove").set("codice_fiscale", "00743110157").set("email", "x@y.example").set("al_minuto", "5").submit().await;
        assert_eq!(added.heading(), "Spedizioni Nuove", "{}", added.text());
        let committente = stage.committente().await;
        committente.signs_in().await;
        committente.asks("00001015015").await;
        let list = operator.browser.get("/ufficio/committenti").await;
        assert_eq!(list.texts("tbody tr").len(), 2);
        let path = format!("/ufficio/committenti/{}", committente.id);
        let page = operator.browser.get(&path).await;
        assert!(page.text().contains(&committente.key[..12]) && !page.text().contains(&committente.key), "{}", page.text());
        operator.browser.post(&path, &[("azione", "sospendi")]).await;
        assert_eq!(committente.gets("/account").await.status, 401);
        assert_eq!(committente.browser.get("/committenti").await.url.path(), "/albo/committenti/accesso", "the session too");
        operator.browser.post(&path, &[("azione", "riattiva")]).await;
        assert_eq!(committente.gets("/account").await.status, 200);
        let cx = stage.cx();
        let lines = audit::latest(&cx, 100).await.unwrap();
        for expected in ["committenti.manage", "committenti.key", "regularity.query", "session.start"] {
            assert!(lines.iter().any(|l| l.operation == expected), "{expected} is missing");
        }
        assert!(lines.iter().all(|l| !l.detail.contains(&committente.key[12..])), "no key is in the audit");
        for role in ["first-level", "second-level", "committee"] {
            assert_eq!(stage.operator(role).await.browser.get("/ufficio/committenti").await.status, 403, "{role}");
        }
    }
}
