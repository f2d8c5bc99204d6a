//! Who gets in, how often, and how that ends.

use jiff::SignedDuration;
use reqwest::Method;
use sportello_core::committenti;

use crate::on_every_engine;

/// Method, path, headers, body, and the status that is expected.
type Case<'a> = (Method, &'a str, &'a [(&'a str, &'a str)], Option<&'a str>, u16);

on_every_engine! {
    // req: A-68
    async fn a_key_opens_and_a_revoked_one_does_not(stage) {
        let committente = stage.committente().await;
        let answer = committente.gets("/account").await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.body["key"]["prefix"], committente.key[..12]);
        let cx = stage.cx();
        let keys = committenti::of(&cx, committente.id).await.unwrap();
        assert!(committenti::revoke(&cx, committente.id, keys[0].id).await.unwrap());
        assert!(!committenti::revoke(&cx, committente.id, keys[0].id).await.unwrap(), "once");
        let refused = committente.gets("/account").await;
        assert_eq!((refused.status.as_u16(), refused.header("www-authenticate")), (401, "Bearer realm=\"api\""));
    }

    async fn whatever_is_wrong_with_a_key_sounds_the_same(stage) {
        let mut committente = stage.committente().await;
        let cx = stage.cx();
        committenti::set_suspended(&cx, committente.id, true).await.unwrap();
        let mut words = vec![committente.gets("/account").await];
        committenti::set_suspended(&cx, committente.id, false).await.unwrap();
        assert_eq!(committente.gets("/account").await.status, 200, "it goes on at once");
        stage.passes(SignedDuration::from_hours(24 * 366)).await;
        words.push(committente.gets("/account").await);
        for key in ["spk_x", "", &"k".repeat(500)] {
            committente.key = key.to_owned();
            words.push(committente.gets("/account").await);
        }
        let plain = |reply: &testkit::Reply| {
            let mut body = reply.body.clone();
            body["instance"] = "".into();
            (reply.status, body)
        };
        assert!(words.iter().all(|reply| plain(reply) == plain(&words[0])), "{words:?}");
        assert_eq!(words[0].status, 401);
    }

    // req: A-68
    async fn the_limit_holds_over_all_keys(stage) {
        let mut committente = stage.committente_within(3).await;
        let second = committenti::issue(&stage.cx(), committente.id, "second", 30).await.unwrap();
        for left in ["2", "1"] {
            let reply = committente.gets("/account").await;
            assert_eq!((reply.header("x-ratelimit-limit"), reply.header("x-ratelimit-remaining")), ("3", left));
        }
        committente.key = second.key.expose().to_owned();
        assert_eq!(committente.gets("/account").await.status, 200);
        let refused = committente.gets("/account").await;
        assert_eq!((refused.status.as_u16(), refused.header("content-type")), (429, "application/problem+json"));
        let wait: i64 = refused.header("retry-after").parse().unwrap();
        assert!((1..=60).contains(&wait), "{wait}");
        stage.passes(SignedDuration::from_secs(wait)).await;
        assert_eq!(committente.gets("/account").await.status, 200);
    }

    async fn an_invitation_is_good_once(stage) {
        let committente = stage.committente().await;
        let link = committenti::invite(&stage.cx(), committente.id).await.unwrap();
        stage.settle().await;
        let address = italia::EmailAddress::parse(&committente.email).unwrap();
        assert_eq!(stage.world.mail().messages(&address).len(), 1, "it came by mail");
        let path = link.expose().split_once("/albo").unwrap().1.to_owned();
        let visitor = stage.visitor();
        let page = visitor.get(&path).await;
        assert!(page.text().contains("Spedizioni Prova"), "{}", page.text());
        assert_eq!(visitor.get(&path).await.status, 200, "looking uses nothing up");
        let shown = page.form("").submit().await;
        let key = shown.texts("#chiave").remove(0);
        assert!(key.starts_with("spk_"), "{key}");
        let again = page.form("").submit().await;
        assert_eq!(again.status, 404);
        assert_eq!(visitor.get("/committenti/invito/xyz").await.text(), visitor.get(&path).await.text(), "the same words");
        let known = committenti::authenticate(&stage.cx(), &sportello_core::Secret::new(key)).await.unwrap();
        assert_eq!(known.unwrap().committente_id, committente.id);
        let late = committenti::invite(&stage.cx(), committente.id).await.unwrap();
        stage.passes(SignedDuration::from_hours(24 * 8)).await;
        assert_eq!(visitor.get(late.expose().split_once("/albo").unwrap().1).await.status, 404);
    }

    async fn every_error_is_a_problem(stage) {
        let committente = stage.committente().await;
        let huge = format!("{{\"tax_codes\":[\"{}\"]}}", "x".repeat(300_000));
        let json = [("content-type", "application/json")];
        let long = "k".repeat(300);
        let cases: [Case<'_>; 12] = [
            (Method::GET, "/nothing", &[], None, 404),
            (Method::DELETE, "/queries", &[], None, 405),
            (Method::POST, "/openapi.json", &[], None, 405),
            (Method::GET, "/queries/99", &[], None, 404),
            (Method::GET, "/queries/x", &[], None, 404),
            (Method::GET, "/queries?limit=1000", &[], None, 400),
            (Method::POST, "/queries", &[], Some("{"), 400),
            (Method::POST, "/queries", &[], Some("{\"tax_code\":1}"), 422),
            (Method::POST, "/queries", &[], Some("{\"tax_code\":\"00001015016\"}"), 422),
            (Method::POST, "/queries", &json, None, 400),
            (Method::POST, "/bulk-queries", &[], Some(&huge), 413),
            (Method::POST, "/queries", &[("idempotency-key", &long)], Some("{}"), 400),
        ];
        for (method, path, headers, body, status) in cases {
            let reply = committente.calls(method.clone(), path, headers, body).await;
            assert_eq!((reply.status.as_u16(), reply.header("content-type")), (status, "application/problem+json"), "{method} {path} {}", reply.body);
            assert_eq!(reply.body["status"], status);
            let kind = reply.body["type"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
            let explained = committente.gets(&format!("/problems/{kind}")).await;
            assert_eq!((explained.status.as_u16(), &explained.body["title"]), (200, &reply.body["title"]), "{kind}");
        }
        let reply = committente.calls(Method::DELETE, "/queries", &[], None).await;
        assert_eq!(reply.header("allow"), "GET,HEAD,POST");
        let text = stage.visitor().raw(|client, base| client.post(format!("{base}/api/v1/queries")).bearer_auth(&committente.key).body("x")).await;
        assert_eq!(text.status(), 415);
    }
}
