//! The world as a whole: it starts, its pages are served, its clock moves, scripts can drive it.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use std::sync::Arc;

use jiff::Timestamp;
use outside::VirtualClock;
use outside::register::{RegisterFirm, RegisterMode};
use outside::world::{Note, OtpNote, PortalLink, World, WorldConfig};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

const START: &str = "2026-02-13T08:00:00Z";

async fn world() -> World {
    let mut config = WorldConfig::new(Arc::new(VirtualClock::frozen(START.parse().unwrap())));
    config.firms = vec![
        RegisterFirm::new("12345670017", "ROSSI <& FIGLI> SRL", Some("rossi@pec.example")),
        RegisterFirm::new("00743110157", "VERDI SPA", None),
    ];
    config.portals = vec![PortalLink { name: "Albo".into(), url: "http://127.0.0.1:9/albo".into() }];
    config.notes = vec![Note {
        title: "Anna".into(),
        text: "<script>alert(1)</script> vai a http://127.0.0.1:9/x?a=1&b=2.".into(),
    }];
    config.otp = vec![OtpNote { label: "operatrice".into(), secret_base32: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".into() }];
    World::start(config).await.unwrap()
}

/// A browser: it keeps cookies and follows nothing by itself.
fn browser() -> Client {
    let builder = Client::builder().no_proxy().cookie_store(true);
    builder.redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

fn url(world: &World, path: &str) -> String {
    format!("http://{}{path}", world.address())
}

async fn page(world: &World, path: &str) -> String {
    let answer = browser().get(url(world, path)).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    answer.text().await.unwrap()
}

/// Sends a form as the page does, and returns where it leads.
async fn submit(world: &World, path: &str, form: &[(&str, &str)]) -> String {
    let answer = browser().post(url(world, path)).form(form).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path} {form:?}");
    answer.headers()["location"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn every_page_is_served_strictly_and_without_anything_from_elsewhere() {
    let world = world().await;
    for path in ["/", "/caselle", "/registro", "/pagamenti"] {
        let answer = browser().get(url(&world, path)).send().await.unwrap();
        let headers = answer.headers().clone();
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        let html = answer.text().await.unwrap();
        assert!(html.starts_with("<!DOCTYPE html>"), "{path}");
        for forbidden in ["<script", " style=", " onclick=", "src=\"http"] {
            assert!(!html.contains(forbidden), "{path} contains {forbidden}");
        }
    }
    let style = browser().get(url(&world, "/stile.css")).send().await.unwrap();
    assert_eq!(style.headers()["content-type"], "text/css; charset=utf-8");
}

#[tokio::test]
async fn what_others_wrote_is_text_and_their_links_can_be_followed() {
    let world = world().await;
    let html = page(&world, "/").await;
    assert!(html.contains("&#60;script&#62;alert(1)&#60;/script&#62;"), "{html}");
    assert!(html.contains(r#"<a href="http://127.0.0.1:9/x?a=1&#38;b=2" "#), "{html}");
    assert!(html.contains(r#"<a href="http://127.0.0.1:9/albo">Albo</a>"#));
    assert!(page(&world, "/registro").await.contains("ROSSI &#60;&#38; FIGLI&#62; SRL"));
}

#[tokio::test]
async fn both_languages_and_the_way_back() {
    let world = world().await;
    let browser = browser();
    let get = async |path: &str| browser.get(url(&world, path)).send().await.unwrap();
    let italian = get("/registro").await.text().await.unwrap();
    assert!(
        italian.contains(r#"<html lang="it">"#) && italian.contains("Il mondo intorno") && italian.contains("simulato")
    );
    assert!(italian.contains(r#"href="/lingua/en?da=%2Fregistro""#), "{italian}");
    let switched = get("/lingua/en?da=%2Fregistro").await;
    assert_eq!(switched.headers()["location"], "/registro");
    let english = get("/registro").await.text().await.unwrap();
    assert!(english.contains(r#"<html lang="en">"#) && english.contains("Business register"));
    let elsewhere = get("/lingua/it?da=https%3A%2F%2Fevil.example").await;
    assert_eq!(elsewhere.headers()["location"], "/");
}

#[tokio::test]
async fn the_clock_moves_forward_by_buttons_and_by_date() {
    let world = world().await;
    assert!(page(&world, "/").await.contains("13/02/2026 09:00:00"), "Italian time");
    assert_eq!(submit(&world, "/orologio", &[("avanti", "43200"), ("da", "/registro")]).await, "/registro?esito=fatto");
    assert_eq!(world.now().to_string(), "2026-02-13T20:00:00Z");
    submit(&world, "/orologio", &[("al", "2026-07-01T00:30"), ("da", "/")]).await;
    assert_eq!(world.now().to_string(), "2026-06-30T22:30:00Z", "summer time");
    for (form, outcome) in [
        ([("al", "2026-06-30T10:00"), ("da", "/")], "passato"),
        ([("al", "domani"), ("da", "/")], "errato"),
        ([("avanti", "-5"), ("da", "/")], "errato"),
    ] {
        assert_eq!(submit(&world, "/orologio", &form).await, format!("/?esito={outcome}"));
    }
    assert_eq!(world.now().to_string(), "2026-06-30T22:30:00Z");
    assert!(page(&world, "/?esito=passato").await.contains("il tempo va solo avanti."));
    assert_eq!(submit(&world, "/orologio", &[("avanti", "60"), ("da", "//evil.example")]).await, "/?esito=fatto");
}

#[tokio::test]
async fn the_register_is_switched_from_its_page() {
    let world = world().await;
    let control = world.register().control();
    assert_eq!(submit(&world, "/registro/modo", &[("modo", "down")]).await, "/registro?esito=fatto");
    assert_eq!(control.mode(), RegisterMode::Down);
    assert_eq!(submit(&world, "/registro/modo", &[("modo", "sleepy")]).await, "/registro?esito=errato");
    submit(&world, "/registro/modo", &[("modo", "wrong_for:12345670017")]).await;
    assert_eq!(control.mode(), RegisterMode::WrongFor { code: "12345670017".into() });
    submit(&world, "/registro/ritmo", &[("ritmo", "7")]).await;
    assert_eq!(control.gauge().limit, 7);
    submit(&world, "/registro/attesa", &[("secondi", "30")]).await;
    assert_eq!(control.state().ready_after_seconds, 30);

    submit(&world, "/registro/pec", &[("codice", "00743110157"), ("pec", " verdi@pec.example ")]).await;
    submit(&world, "/registro/pec", &[("codice", "12345670017"), ("pec", "")]).await;
    let nonsense = submit(&world, "/registro/pec", &[("codice", "12345670017"), ("pec", "nonsense")]).await;
    assert_eq!(nonsense, "/registro?esito=errato");
    assert!(page(&world, "/registro?cerca=verdi").await.contains("1 / 1"));
    assert!(page(&world, "/registro?cerca=1234").await.contains("ROSSI"));
    assert!(page(&world, "/registro?cerca=%3Cb%3E").await.contains("value=\"&#60;b&#62;\""));
    let pecs: Vec<_> = control.firms().into_iter().map(|firm| firm.pec).collect();
    assert_eq!(pecs, [Some("verdi@pec.example".to_owned()), None]);
}

#[tokio::test]
async fn the_register_fails_in_a_mixture_and_has_outages_to_come() {
    let world = world().await;
    let control = world.register().control();
    let mixture = [("modo", "mixed"), ("errori", "20"), ("silenzi", "10")];
    assert_eq!(submit(&world, "/registro/modo", &mixture).await, "/registro?esito=fatto");
    assert_eq!(control.mode(), RegisterMode::Mixed { errors: 20, timeouts: 10 });
    assert!(page(&world, "/registro").await.contains("errori e silenzi (20% + 10%)"));
    let too_much = [("modo", "mixed"), ("errori", "60"), ("silenzi", "60")];
    assert_eq!(submit(&world, "/registro/modo", &too_much).await, "/registro?esito=errato");

    submit(&world, "/registro/interruzioni", &[("tra", "90"), ("minuti", "5")]).await;
    submit(&world, "/registro/interruzioni", &[("tra", "0"), ("minuti", "30"), ("avviso", "si")]).await;
    assert_eq!(
        submit(&world, "/registro/interruzioni", &[("tra", "0"), ("minuti", "0")]).await,
        "/registro?esito=errato"
    );
    let outages = control.state().outages;
    assert_eq!(outages.iter().map(|o| o.retry_after).collect::<Vec<_>>(), [true, false], "in the order of time");
    assert_eq!(outages[0].until.duration_since(outages[0].from).as_mins(), 30);
    let text = page(&world, "/registro").await;
    assert!(text.contains("in corso") && text.contains("13/02/2026 10:30:00"), "{text}");
    world.advance(jiff::SignedDuration::from_mins(31)).await;
    assert!(!page(&world, "/registro").await.contains("in corso"), "what is over is not shown");
    submit(&world, "/registro/interruzioni/fine", &[]).await;
    assert!(control.state().outages.is_empty());
}

#[tokio::test]
async fn the_platform_and_its_indexes_are_switched_from_their_page() {
    let mut config = WorldConfig::new(Arc::new(VirtualClock::frozen(START.parse().unwrap())));
    config.indexes = Some(vec![RegisterFirm::new("00743110157", "VERDI SPA", Some("verdi@pec.example"))]);
    let world = World::start(config).await.unwrap();
    let (pdnd, inad) = (world.pdnd().unwrap(), world.inad().unwrap());
    assert_eq!(submit(&world, "/piattaforma/pdnd/modo", &[("modo", "down")]).await, "/piattaforma?esito=fatto");
    submit(&world, "/piattaforma/pdnd/voucher", &[("secondi", "60"), ("nonce", "si")]).await;
    submit(&world, "/piattaforma/pdnd/revoca", &[]).await;
    let state = pdnd.overview();
    assert_eq!((state.mode, state.nonces, state.voucher_seconds), (RegisterMode::Down, true, 60));
    submit(&world, "/piattaforma/inad/modo", &[("modo", "mixed"), ("errori", "1"), ("silenzi", "2")]).await;
    submit(&world, "/piattaforma/inad/pretese", &[("secondi", "30"), ("legati", "si")]).await;
    let state = inad.overview();
    assert_eq!(state.mode, RegisterMode::Mixed { errors: 1, timeouts: 2 });
    assert_eq!((state.evidence, state.bound, state.integrity, state.ready_after_seconds), (false, true, false, 30));
    assert_eq!(submit(&world, "/piattaforma/inad/modo", &[("modo", "sleepy")]).await, "/piattaforma?esito=errato");
    let text = page(&world, "/piattaforma").await;
    assert!(text.contains("fuori servizio (503)") && text.contains("errori e silenzi (1% + 2%)"), "{text}");
    assert!(page(&world, "/").await.contains(r#"href="/piattaforma""#));
}

#[tokio::test]
async fn a_world_without_a_platform_has_no_page_for_it() {
    let world = world().await;
    let answer = browser().get(url(&world, "/piattaforma")).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    assert!(!page(&world, "/").await.contains(r#"href="/piattaforma""#));
    assert_eq!(submit(&world, "/piattaforma/pdnd/revoca", &[]).await, "/piattaforma?esito=errato");
}

#[tokio::test]
async fn another_sites_page_cannot_move_this_world() {
    let world = world().await;
    for (name, value) in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")] {
        for path in ["/orologio", "/api/clock", "/registro/modo"] {
            let request = browser().post(url(&world, path)).header(name, value).form(&[("avanti", "60")]);
            assert_eq!(request.send().await.unwrap().status(), StatusCode::FORBIDDEN, "{path} {name}");
        }
    }
    assert_eq!(world.now().to_string(), START);
}

#[tokio::test]
async fn one_time_codes_follow_the_worlds_clock() {
    let world = world().await;
    let clock = world.clock();
    clock.advance("2033-05-18T03:33:20Z".parse::<Timestamp>().unwrap().duration_since(clock.now()));
    // RFC 6238 appendix B at second 2,000,000,000.
    assert!(page(&world, "/").await.contains("279037"));
    world.set_otp(Vec::new());
    assert!(world.otp_codes().is_empty());
}

#[tokio::test]
async fn the_host_can_say_more_later() {
    let world = world().await;
    world.set_notes(vec![Note { title: "Nuova".into(), text: "riga uno\nriga due".into() }]);
    world.set_portals(vec![PortalLink { name: "Fondo".into(), url: "http://127.0.0.1:9/fondo".into() }]);
    let html = page(&world, "/").await;
    assert!(html.contains("riga uno\nriga due") && html.contains(">Fondo</a>") && !html.contains(">Albo</a>"));
}

#[tokio::test]
async fn scripts_drive_the_clock_and_read_the_register() {
    let world = world().await;
    let http = browser();
    let post = async |path: &str, body: Value| {
        let answer = http.post(url(&world, path)).json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap_or_default())
    };
    let get = async |path: &str| http.get(url(&world, path)).send().await.unwrap().json::<Value>().await.unwrap();
    assert_eq!(get("/api/clock").await, json!({"now": START}));
    assert_eq!(post("/api/clock", json!({"advance_seconds": 90})).await, (200, json!({"now": "2026-02-13T08:01:30Z"})));
    assert_eq!(
        post("/api/clock", json!({"to": "2026-03-01T00:00:00Z"})).await,
        (200, json!({"now": "2026-03-01T00:00:00Z"}))
    );
    for wrong in [json!({}), json!({"to": START}), json!({"advance_seconds": 1, "to": "2027-01-01T00:00:00Z"})] {
        let (status, body) = post("/api/clock", wrong.clone()).await;
        assert!(status == 400 && body["error"].is_string(), "{wrong}");
    }
    assert_eq!(post("/api/tick", json!(null)).await.0, 200);
    assert_eq!(get("/api/register").await["gauge"]["limit"], 60);
    assert_eq!(get("/api/payments").await, json!({"payments": []}));
    assert_eq!(post("/api/payments/receipt", json!({"receipt_id": "none"})).await.0, 400);
    assert_eq!(http.get(url(&world, "/api/nothing")).send().await.unwrap().status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_register_is_limited_behind_the_worlds_address() {
    let world = world().await;
    assert_eq!(world.register().base_url(), url(&world, "/register"));
    let state: Value = browser().get(url(&world, "/register/control")).send().await.unwrap().json().await.unwrap();
    assert_eq!(state["firms"].as_array().unwrap().len(), 2);
    let answer = browser().post(url(&world, "/register/richiestaElencoPec")).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(answer.headers()["x-ratelimit-limit"], "60");
}

#[tokio::test]
async fn the_node_has_its_pages_here_and_is_switched_here() {
    let world = world().await;
    let counter = browser().get(url(&world, "/pagopa/psp")).send().await.unwrap();
    assert_eq!(counter.status(), StatusCode::OK);
    submit(&world, "/pagamenti/nodo", &[("ritardo", "600"), ("copie", "1"), ("guasto", "si")]).await;
    let control = world.node().control();
    assert_eq!((control.receipt_delay_seconds, control.duplicates, control.node_down), (600, 1, true));
    submit(&world, "/pagamenti/nodo", &[("ritardo", "0"), ("copie", "0")]).await;
    assert!(!world.node().control().node_down);
    assert_eq!(submit(&world, "/pagamenti/nodo", &[("ritardo", "0"), ("copie", "9")]).await, "/pagamenti?esito=errato");
}

#[tokio::test]
async fn a_page_that_does_not_exist_says_so() {
    let world = world().await;
    for path in ["/nulla", "/caselle/nessuno@pec.example/99", "/caselle/non-un-indirizzo"] {
        let answer = browser().get(url(&world, path)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        assert!(answer.text().await.unwrap().contains("Questa pagina non esiste"), "{path}");
    }
}

#[tokio::test]
async fn a_taken_address_is_a_clear_error() {
    let world = world().await;
    let mut config = WorldConfig::new(Arc::new(VirtualClock::frozen(START.parse().unwrap())));
    config.listen = world.address();
    let error = World::start(config).await.unwrap_err();
    assert_eq!(error.to_string(), format!("cannot listen on {}", world.address()));
}

#[tokio::test]
async fn a_dropped_world_is_gone() {
    let world = world().await;
    let (address, copy) = (world.address(), world.clone());
    world.spawn_timers();
    drop(world);
    assert_eq!(
        browser().get(format!("http://{address}/")).send().await.unwrap().status(),
        StatusCode::OK,
        "a clone keeps it"
    );
    drop(copy);
    for _ in 0..100 {
        if tokio::net::TcpListener::bind(address).await.is_ok() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the listener is still there");
}

#[tokio::test]
async fn a_running_clock_runs() {
    let clock = Arc::new(VirtualClock::running(START.parse().unwrap()));
    let world = World::start(WorldConfig::new(clock)).await.unwrap();
    let before = world.now();
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    assert!(world.now() > before);
    assert_eq!(world.clock().now().duration_since(world.now()).as_secs(), 0);
}
