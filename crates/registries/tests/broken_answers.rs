//! What the client makes of a register that is slow, limited, down or talks nonsense. None of it may look like
//! "this firm has no address".
// req: A-18 A-19 F-39
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod common;

use std::time::Duration;

use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::response::IntoResponse;
use common::{Reply, codes, now, register, register_at, stamp};
use jiff::SignedDuration;
use registries::{Error, Quota, RequestId, Stage};

async fn error_of(reply: impl IntoResponse + Clone + Send + Sync + 'static) -> Error {
    let server = Reply::to_everything_but_authentication(reply).await;
    let id = RequestId::parse("7").unwrap();
    register(&server).pec_list(&id, stamp("a")).await.expect_err("a broken answer is an error")
}

fn reason(error: &Error) -> &'static str {
    let Error::Garbled { reason } = error else { panic!("garbled was expected, not {error:?}") };
    reason
}

#[tokio::test]
async fn too_many_requests_with_seconds() {
    let headers = [
        ("retry-after", "17"),
        ("x-ratelimit-limit", "60"),
        ("x-ratelimit-remaining", "0"),
        ("x-ratelimit-reset", "23"),
    ];
    let error = error_of((StatusCode::TOO_MANY_REQUESTS, headers, "{}")).await;
    let Error::Throttled { retry_after, quota } = &error else { panic!("{error:?}") };
    assert_eq!(*retry_after, Some(SignedDuration::from_secs(17)));
    let expected = Quota { limit: Some(60), remaining: Some(0), reset: Some(SignedDuration::from_secs(23)) };
    assert_eq!(*quota, expected);
    assert_eq!(error.retry_after(), Some(SignedDuration::from_secs(17)));
    assert!(error.is_temporary());
}

#[tokio::test]
async fn too_many_requests_with_a_date() {
    let at = now() + SignedDuration::from_secs(90);
    let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&at).unwrap();
    let error = error_of((StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, date)], "")).await;
    assert_eq!(error.retry_after(), Some(SignedDuration::from_secs(90)));
}

#[tokio::test]
async fn too_many_requests_without_a_word() {
    let error = error_of((StatusCode::TOO_MANY_REQUESTS, "<html>slow down</html>")).await;
    assert!(matches!(error, Error::Throttled { retry_after: None, quota } if quota == Quota::default()), "{error:?}");
    assert_eq!(error.retry_after(), None);
}

#[tokio::test]
async fn unavailable_with_and_without_a_time() {
    let error = error_of((StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "300")], "")).await;
    assert!(matches!(error, Error::Unavailable { status: Some(503), source: None, .. }), "{error:?}");
    assert_eq!(error.retry_after(), Some(SignedDuration::from_secs(300)));
    let error = error_of((StatusCode::BAD_GATEWAY, "<html>nginx</html>")).await;
    assert!(matches!(error, Error::Unavailable { status: Some(502), retry_after: None, .. }), "{error:?}");
    let error = error_of(StatusCode::INTERNAL_SERVER_ERROR).await;
    assert!(error.is_temporary());
}

#[tokio::test]
async fn nobody_listens() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/ic", listener.local_addr().unwrap());
    drop(listener);
    let error = register_at(&url, Duration::from_secs(2)).request_pec_list(&codes(1), stamp("a")).await.unwrap_err();
    let Error::Unavailable { status: None, retry_after: None, source: Some(source) } = &error else {
        panic!("{error:?}")
    };
    assert!(source.url().is_none(), "the address may hold a tax code");
}

#[tokio::test]
async fn a_silent_register_times_out() {
    let server = common::silent_server().await;
    let register = register_at(&server, Duration::from_millis(200));
    let error = register.request_pec_list(&codes(1), stamp("a")).await.unwrap_err();
    assert!(matches!(error, Error::TimedOut { stage: Stage::Answer }), "{error:?}");
    assert!(error.is_temporary());
    assert_eq!(error.to_string(), "the register did not answer in time");
}

#[tokio::test]
async fn callers_that_wait_for_one_token_do_not_queue_up_their_time_limits() {
    let server = common::silent_server().await;
    let register = register_at(&server, Duration::from_millis(300));
    let started = std::time::Instant::now();
    let wanted = codes(1);
    let call = || register.request_pec_list(&wanted, stamp("a"));
    let (a, b, c, d, e) = tokio::join!(call(), call(), call(), call(), call());
    for answer in [a, b, c, d, e] {
        assert!(matches!(answer, Err(Error::TimedOut { .. })), "{answer:?}");
    }
    // Five limits one after the other would be 2.5 s or more with the connection's part.
    assert!(started.elapsed() < Duration::from_millis(1_900), "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_trickle_times_out_too() {
    let server = common::trickling_server().await;
    let register = register_at(&server, Duration::from_millis(300));
    let error = register.request_pec_list(&codes(1), stamp("a")).await.unwrap_err();
    assert!(matches!(error, Error::TimedOut { stage: Stage::Answer }), "{error:?}");
}

#[tokio::test]
async fn an_answer_cut_short_by_the_connection() {
    let server = common::raw_server(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{\"elencoPec\":[",
    )
    .await;
    let error = register_at(&server, Duration::from_secs(2)).request_pec_list(&codes(1), stamp("a")).await.unwrap_err();
    assert_eq!(reason(&error), "an answer that was cut short");
}

#[tokio::test]
async fn json_cut_short_by_the_register() {
    let error = error_of(([(CONTENT_TYPE, "application/json")], r#"{"elencoPec":[{"cf":"1234"#)).await;
    assert_eq!(reason(&error), "JSON that was cut short");
}

#[tokio::test]
async fn a_page_instead_of_data() {
    let page = "<!DOCTYPE html><title>Manutenzione</title>";
    let error = error_of(([(CONTENT_TYPE, "text/html; charset=utf-8")], page)).await;
    assert_eq!(reason(&error), "a page instead of data");
    let error = error_of(([(CONTENT_TYPE, "application/json")], page)).await;
    assert_eq!(reason(&error), "a page instead of data", "whatever it calls itself");
    let error = error_of(([(CONTENT_TYPE, "text/html")], r#"{"elencoPec":[]}"#)).await;
    assert_eq!(reason(&error), "a page instead of data", "an empty list from a page proves nothing");
}

#[tokio::test]
async fn nonsense() {
    assert_eq!(reason(&error_of("").await), "an empty answer");
    assert_eq!(reason(&error_of("§§§").await), "not JSON");
    assert_eq!(reason(&error_of(r#"{"elencoPec":"none"}"#).await), "JSON of another shape");
    assert_eq!(reason(&error_of("{}").await), "no list");
    assert_eq!(
        reason(&error_of(r#"{"identificativoRichiesta":"8","elencoPec":[]}"#).await),
        "the list of another request"
    );
    let strange = r#"{"identificativoRichiesta":"7","elencoPec":[{"cf":"ROSSI","pecImpresa":"a@b.example"}]}"#;
    assert_eq!(reason(&error_of(strange).await), "a malformed tax code");
    assert_eq!(reason(&error_of("x".repeat(5 * 1024 * 1024)).await), "an answer that does not end");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let error = error_of((StatusCode::FOUND, [(LOCATION, "https://elsewhere.example/login")])).await;
    assert_eq!(reason(&error), "a redirect to another page");
}

#[tokio::test]
async fn a_question_that_can_have_no_answer() {
    let error = error_of((StatusCode::NOT_FOUND, r#"{"code":404,"message":"Servizio non trovato"}"#)).await;
    assert!(matches!(&error, Error::Rejected { status: 404, code: Some(code) } if code == "404"), "{error:?}");
    assert!(!error.is_temporary());
    let error = error_of(r#"{"code":"WSPA_ERR_09","description":"boh","appName":"wspa-pedf"}"#).await;
    assert!(matches!(&error, Error::Rejected { status: 200, code: Some(code) } if code == "WSPA_ERR_09"), "{error:?}");
}

#[tokio::test]
async fn refused_credentials() {
    let server =
        Reply::to_everything((StatusCode::UNAUTHORIZED, r#"{"code":401,"message":"Unauthorized\u0007"}"#)).await;
    let error = register(&server).request_pec_list(&codes(1), stamp("a")).await.unwrap_err();
    assert!(matches!(&error, Error::Refused { status: 401, reason } if reason == "Unauthorized"), "{error:?}");
    assert!(!error.is_temporary());
}

#[tokio::test]
async fn a_token_that_is_none() {
    for body in ["", "\"\"", "<html>", "two words", "{\"token\":1}x y"] {
        let server = Reply::to_everything(body).await;
        let error = register(&server).request_pec_list(&codes(1), stamp("a")).await.unwrap_err();
        assert!(matches!(error, Error::Garbled { .. }), "{body:?}: {error:?}");
    }
}

#[tokio::test]
async fn batches_have_a_size() {
    let server = Reply::to_everything("never asked").await;
    let register = register(&server);
    for size in [0, 101] {
        let error = register.request_pec_list(&codes(size), stamp("a")).await.unwrap_err();
        assert!(matches!(error, Error::BatchSize { asked, max: 100 } if asked == size), "{error:?}");
    }
    assert_eq!(server.calls(), 0);
}
