//! Statements, and whoever checks them.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;
use sportello_core::signing;
use testkit::{Committente, Reply};

use crate::on_every_engine;

async fn statement(committente: &Committente<'_>) -> (String, Reply) {
    let id = committente.asks("00001015015").await.body["id"].as_str().unwrap().to_owned();
    let statement = committente.gets(&format!("/queries/{id}/statement")).await;
    assert_eq!(statement.status, 200, "{}", statement.body);
    (id, statement)
}

on_every_engine! {
    // req: A-67, F-03
    async fn a_statement_is_signed_and_anybody_can_check_it(stage) {
        let committente = stage.committente().await;
        let (id, made) = statement(&committente).await;
        let payload = signing::verify(&stage.cx(), made.body["jws"].as_str().unwrap()).await.unwrap().unwrap();
        assert_eq!((&payload["sub"], &payload["regularity"]["verdict"]), (&json!("00001015015"), &json!("regular")));
        assert_eq!(payload["verification"], made.body["verification"]);
        let again = committente.gets(&format!("/queries/{id}/statement")).await;
        assert_eq!(again.body, made.body, "the same statement");
        let visitor = stage.visitor();
        let page = visitor.open(made.body["verification"].as_str().unwrap()).await;
        assert_eq!(page.heading(), "L’attestazione è autentica");
        assert_eq!(page.headers["x-robots-tag"], "noindex, nofollow");
        assert!(page.text().contains("Autotrasporti Esempio") && page.text().contains("28 febbraio 2017"), "{}", page.text());
        let typed = made.body["code"].as_str().unwrap().to_lowercase().replace('-', " ");
        let form = visitor.get("/verifica").await.form("/verifica");
        assert_eq!(form.clone().set("codice", &typed).submit().await.text(), page.text());
        assert_eq!(form.set("firmata", made.body["jws"].as_str().unwrap()).submit().await.text(), page.text());
        let keys = visitor.get("/.well-known/jwks.json").await;
        let keys: serde_json::Value = serde_json::from_slice(&keys.body).unwrap();
        assert_eq!((&keys["keys"][0]["kty"], &keys["keys"][0]["d"]), (&json!("EC"), &serde_json::Value::Null));
    }

    async fn whatever_is_wrong_with_a_code_sounds_the_same(stage) {
        let committente = stage.committente().await;
        let (_, made) = statement(&committente).await;
        let visitor = stage.visitor();
        let form = visitor.get("/verifica").await.form("/verifica");
        let jws = made.body["jws"].as_str().unwrap();
        let forged = format!("{}A", &jws[..jws.len() - 1]);
        let forged = if forged == jws { format!("{}B", &jws[..jws.len() - 1]) } else { forged };
        let tries = async |name: &str, value: &str| form.clone().set(name, value).submit().await;
        let codes = [
            tries("codice", "x").await,
            tries("codice", "0123-4567-89AB-CDEF-GHJK").await,
            visitor.get("/verifica/0123-4567-89AB-CDEF-GHJK").await,
        ];
        let signed = [tries("firmata", "a.b.c").await, tries("firmata", &forged).await];
        for pages in [&codes[..], &signed[..]] {
            let told = pages[0].errors();
            assert_eq!(told.len(), 1, "{}", pages[0].text());
            assert!(pages.iter().all(|page| page.errors() == told && page.status.is_client_error()), "{told:?}");
        }
    }

    async fn a_statement_of_yesterdays_key_is_still_good(stage) {
        let committente = stage.committente().await;
        let (_, made) = statement(&committente).await;
        let old = signing::keys(&stage.cx()).await.unwrap().remove(0).kid;
        stage.passes(SignedDuration::from_secs(1)).await;
        let new = signing::rotate(&stage.cx()).await.unwrap();
        assert_ne!(old, new);
        assert_eq!(stage.visitor().open(made.body["verification"].as_str().unwrap()).await.status, 200);
        let (_, next) = statement(&committente).await;
        let head = next.body["jws"].as_str().unwrap().split('.').next().unwrap().to_owned();
        let kid = signing::keys(&stage.cx()).await.unwrap().remove(0).kid;
        assert_eq!(kid, new);
        assert_ne!(head, made.body["jws"].as_str().unwrap().split('.').next().unwrap());
    }

    async fn a_record_that_was_changed_is_not_genuine(stage) {
        let committente = stage.committente().await;
        let (_, made) = statement(&committente).await;
        let mut tx = stage.database.db.begin().await.unwrap();
        let changed = tx.execute(store::Sql::new("UPDATE statements SET jws = replace(jws, '.', '.e')"), vec![]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(changed, 1);
        assert_eq!(stage.visitor().open(made.body["verification"].as_str().unwrap()).await.status, 404);
    }

    // req: F-03
    async fn a_statement_comes_as_paper_and_as_text(stage) {
        let committente = stage.committente().await;
        let (id, made) = statement(&committente).await;
        let accept = async |media: &str| {
            committente.calls(Method::GET, &format!("/queries/{id}/statement"), &[("accept", media)], None).await
        };
        let paper = accept("application/pdf").await;
        assert_eq!(paper.header("content-type"), "application/pdf");
        assert!(paper.bytes.starts_with(b"%PDF-1.7"));
        assert_eq!(paper.bytes, accept("application/pdf").await.bytes, "the same bytes");
        let text = accept("application/jose").await;
        assert_eq!(String::from_utf8(text.bytes).unwrap(), made.body["jws"].as_str().unwrap());
        assert_eq!(accept("image/png").await.status, 406);
    }
}
