//! What the clients of INAD and INI-PEC make of answers written by hand: what is read, and what never looks like "no entry".
// req: F-01 A-18

mod common;

use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::response::{IntoResponse, Response};
use common::{Reply, code, inad, inipec, stamp};
use registries::{Error, PecAnswer, RequestId};
use serde_json::{Value, json};

const ID: &str = "f8c3de3d-1fea-4d7c-a8b0-29f63c4c3454";
const PROBLEM: [(axum::http::HeaderName, &str); 1] = [(CONTENT_TYPE, "application/problem+json")];

fn problem(status: &str, kind: &str) -> String {
    json!({"status": status, "type": kind, "detail": "CF non trovato"}).to_string()
}

async fn extract(reply: impl IntoResponse + Clone + Send + Sync + 'static) -> Result<bool, Error> {
    let server = Reply::with_vouchers(move |_| reply.clone().into_response()).await;
    let answer = inad(&server).extract(&code(0), stamp("a")).await?;
    Ok(answer.value.firm_pec.is_some() || answer.value.unreadable_pec.is_some())
}

async fn look_up(reply: impl IntoResponse + Clone + Send + Sync + 'static) -> Result<bool, Error> {
    let server = Reply::with_vouchers(move |_| reply.clone().into_response()).await;
    let answer = inipec(&server).look_up(&code(0), stamp("a")).await?;
    Ok(answer.value.firm_pec.is_some() || answer.value.unreadable_pec.is_some())
}

fn domiciles(addresses: &Value) -> String {
    json!({"codiceFiscale": code(0).as_str(), "since": "2026-02-13T08:00:00Z", "digitalAddress": addresses}).to_string()
}

#[tokio::test]
async fn absence_is_told_in_inads_own_form_only() {
    assert!(!extract((StatusCode::NOT_FOUND, PROBLEM, problem("404", "NOT_FOUND"))).await.unwrap());
    assert!(!extract(domiciles(&json!([]))).await.unwrap());
    assert!(!extract(domiciles(&Value::Null)).await.unwrap());
    for impostor in [
        (StatusCode::NOT_FOUND, "text/html", "<html>404</html>".to_owned()),
        (StatusCode::NOT_FOUND, "text/html", problem("404", "NOT_FOUND")),
        (
            StatusCode::NOT_FOUND,
            "application/json",
            r#"{"status":404,"error":"Not Found","path":"/extract"}"#.to_owned(),
        ),
        (StatusCode::NOT_FOUND, "application/json", problem("404", "NOT_FOUND")),
        (StatusCode::NOT_FOUND, "application/problem+json", String::new()),
        (StatusCode::NOT_FOUND, "application/problem+json", problem("404", "about:blank")),
        (StatusCode::NOT_FOUND, "application/problem+json", problem("503", "NOT_FOUND")),
        (StatusCode::GONE, "application/problem+json", problem("404", "NOT_FOUND")),
    ] {
        let (status, kind, body) = impostor;
        let error = extract((status, [(CONTENT_TYPE, kind)], body.clone())).await.unwrap_err();
        assert!(matches!(error, Error::Rejected { .. }), "{body}: {error:?}");
    }
}

#[tokio::test]
async fn an_address_on_file_is_never_lost() {
    assert!(extract(domiciles(&json!([{"digitalAddress": "rossi@pec.example"}]))).await.unwrap());
    assert!(extract(domiciles(&json!([{"digitalAddress": "rossi@@pec.example", "usageInfo": null}]))).await.unwrap());
    let other = domiciles(&json!([])).replace(code(0).as_str(), code(1).as_str());
    assert!(matches!(extract(other).await, Err(Error::Garbled { reason: "the domiciles of another code" })));
    for (body, reason) in [
        ("", "an empty answer"),
        ("{}", "JSON of another shape"),
        (r#"{"codiceFiscale":"123"#, "JSON that was cut short"),
        ("<html>", "a page instead of data"),
        ("§", "not JSON"),
    ] {
        let error = extract(body).await.unwrap_err();
        assert!(matches!(error, Error::Garbled { reason: found } if found == reason), "{body}: {error:?}");
    }
}

#[tokio::test]
async fn the_questions_are_what_inad_wants() {
    let server = Reply::with_vouchers(|_| StatusCode::IM_A_TEAPOT.into_response()).await;
    let client = inad(&server);
    let address = italia::EmailAddress::parse("rossi@pec.example").unwrap();
    client.extract(&code(0), stamp("a")).await.unwrap_err();
    client.verify(&code(0), &address, "2017-07-21".parse().unwrap(), stamp("b")).await.unwrap_err();
    client.request_list(&[code(1), code(0), code(1)], stamp("c")).await.unwrap_err();
    let seen: Vec<_> = server.seen().into_iter().filter(|call| !call.path.ends_with("token.oauth2")).collect();
    assert_eq!(seen[0].path, format!("/ic/extract/{}", code(0).as_str()));
    assert_eq!(seen[0].query, "practicalReference=iscrizione");
    assert!(
        seen[1].query.contains("digital_address=rossi%40pec.example&since=2017-07-21&practicalReference=iscrizione")
    );
    let body: Value = serde_json::from_str(&seen[2].body).unwrap();
    let expected = json!({"codiciFiscali": [code(0).as_str(), code(1).as_str()], "praticalReference": "iscrizione"});
    assert_eq!(body, expected, "each code once");
    assert_eq!((seen[2].method.as_str(), seen[2].authorization.as_str()), ("POST", "Bearer voucher-0"));
}

fn list_server(
    state: impl Fn() -> Response + Send + Sync + 'static,
    list: Value,
) -> impl Fn(&common::Seen) -> Response {
    move |call| match call.path.as_str() {
        path if path.contains("/state/") => state(),
        path if path.contains("/response/") => list.to_string().into_response(),
        _ => (StatusCode::ACCEPTED, json!({"id": ID, "state": "PRESA_IN_CARICO"}).to_string()).into_response(),
    }
}

async fn poll(state: impl Fn() -> Response + Send + Sync + 'static, list: Value) -> Result<PecAnswer, Error> {
    let server = Reply::with_vouchers(list_server(state, list)).await;
    let id = inad(&server).request_list(&[code(0), code(1)], stamp("a")).await?.value;
    assert_eq!(id.as_str(), format!("{ID}:2"));
    inad(&server).list(&id, stamp("b")).await.map(|answer| answer.value)
}

fn available() -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, "https://elsewhere.example/steal")], r#"{"state":"DISPONIBILE"}"#)
        .into_response()
}

#[tokio::test]
async fn a_ready_list_is_fetched_where_it_is_known_to_be() {
    let entry = |code: italia::FiscalCode| json!({"codiceFiscale": code.as_str(), "digitalAddress": []});
    let full = json!({"list": [entry(code(0)), entry(code(1))]});
    assert!(matches!(poll(available, full.clone()).await.unwrap(), PecAnswer::Ready(list) if list.len() == 2));
    let told = || json!({"state": "DISPONIBILE", "message": ""}).to_string().into_response();
    assert!(matches!(poll(told, full.clone()).await.unwrap(), PecAnswer::Ready(_)));
    for state in ["IN_ELABORAZIONE", "PRESA_IN_CARICO"] {
        let pending = move || json!({"state": state}).to_string().into_response();
        assert_eq!(poll(pending, full.clone()).await.unwrap(), PecAnswer::Pending);
    }
    let strange = || json!({"state": "CHISSA"}).to_string().into_response();
    assert!(matches!(poll(strange, full).await, Err(Error::Garbled { reason: "an unknown state of a list" })));
    let short = json!({"list": [entry(code(0))]});
    assert!(matches!(poll(available, short).await, Err(Error::Garbled { reason: "a list that leaves codes out" })));
    let spoilt = json!({"list": [entry(code(0)), {"codiceFiscale": "ROSSI", "digitalAddress": []}]});
    assert!(matches!(poll(available, spoilt).await, Err(Error::Garbled { reason: "a malformed tax code" })));
}

#[tokio::test]
async fn another_redirect_is_an_error() {
    let moved = || (StatusCode::FOUND, [(LOCATION, "/login")]).into_response();
    let error = poll(moved, json!({"list": []})).await.unwrap_err();
    assert!(matches!(error, Error::Garbled { reason: "a redirect to another page" }), "{error:?}");
    let unknown = || (StatusCode::NOT_FOUND, PROBLEM, problem("404", "NOT_FOUND")).into_response();
    let error = poll(unknown, json!({"list": []})).await.unwrap_err();
    assert!(matches!(error, Error::Rejected { status: 404, .. }), "{error:?}");
}

#[tokio::test]
async fn a_request_that_names_another_is_refused() {
    for (body, location) in
        [(json!({"id": "7"}), None), (json!({"id": ID}), Some("https://inad.example/state/another")), (json!({}), None)]
    {
        let server = Reply::with_vouchers(move |_| {
            let mut answer = (StatusCode::ACCEPTED, body.to_string()).into_response();
            if let Some(location) = location {
                answer.headers_mut().insert(LOCATION, location.parse().unwrap());
            }
            answer
        })
        .await;
        let error = inad(&server).request_list(&[code(0)], stamp("a")).await.unwrap_err();
        assert!(matches!(error, Error::Garbled { .. }), "{error:?}");
    }
    let server = Reply::with_vouchers(|_| StatusCode::OK.into_response()).await;
    let error = inad(&server).list(&RequestId::parse("WSPA-7").unwrap(), stamp("a")).await.unwrap_err();
    assert!(matches!(error, Error::ForeignRequest), "{error:?}");
    assert_eq!(server.calls(), 0);
}

#[tokio::test]
async fn limits_are_carried_by_answers_and_by_absence() {
    let headers =
        [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "9"), ("content-type", "application/problem+json")];
    let reply = (StatusCode::NOT_FOUND, headers, problem("404", "NOT_FOUND"));
    let server = Reply::with_vouchers(move |_| reply.clone().into_response()).await;
    let quota = inad(&server).extract(&code(0), stamp("a")).await.unwrap().quota;
    assert_eq!(quota.pause().map(|pause| pause.as_secs()), Some(9));
}

#[tokio::test]
async fn inipec_is_believed_in_one_form_only() {
    let found =
        |firm: Value| json!({"cf": code(0).as_str(), "pecImpresa": firm, "pecProfessionista": null}).to_string();
    assert!(look_up(found(json!("rossi@pec.example"))).await.unwrap());
    assert!(!look_up(found(Value::Null)).await.unwrap());
    assert!(!look_up(found(json!(" "))).await.unwrap());
    let bare = json!({"cf": code(0).as_str()}).to_string();
    assert!(matches!(look_up(bare).await, Err(Error::Garbled { reason: "an answer without an address" })));
    let other = found(Value::Null).replace(code(0).as_str(), code(1).as_str());
    assert!(matches!(look_up(other).await, Err(Error::Garbled { reason: "the addresses of another code" })));
    let missing = (StatusCode::NOT_FOUND, PROBLEM, problem("404", "NOT_FOUND"));
    assert!(matches!(look_up(missing).await, Err(Error::Rejected { status: 404, .. })), "not known to mean absence");
    assert!(matches!(look_up("{}").await, Err(Error::Garbled { .. })));
    assert!(matches!(look_up("[]").await, Err(Error::Garbled { .. })));
}
