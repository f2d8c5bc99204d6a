//! What the client sends, and what it reads from answers that are in order.
// req: F-01 A-03
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod common;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use common::{Reply, code, codes, jwt, now, register, stamp, stamp_at};
use italia::EmailAddress;
use jiff::SignedDuration;
use registries::{PecAnswer, PecEntry, PecMatch, RequestId, Seat, compare};
use serde_json::{Value, json};

fn list(entries: &Value) -> String {
    json!({"dataOraDownload": "2026-02-13T08:00:00Z", "identificativoRichiesta": "7", "elencoPec": entries}).to_string()
}

async fn ready(entries: Value) -> Vec<PecEntry> {
    let server = Reply::to_everything_but_authentication(list(&entries)).await;
    let answer = register(&server).pec_list(&RequestId::parse("7").unwrap(), stamp("a")).await.unwrap().value;
    let PecAnswer::Ready(list) = answer else { panic!("a list was expected") };
    list
}

#[tokio::test]
async fn the_statement_is_what_the_register_wants() {
    let server = Reply::to_everything_but_authentication(r#"{"identificativoRichiesta":7}"#).await;
    let id = register(&server).request_pec_list(&codes(2), stamp("unique-1")).await.unwrap().value;
    assert_eq!(id.as_str(), "7", "a number is as good as a text");

    let seen = server.seen();
    assert_eq!((seen[0].path.as_str(), seen[0].query.as_str()), ("/ic/authentication", "client_id=albo"));
    let parts: Vec<&str> = seen[0].body.split('.').collect();
    let part = |i: usize| serde_json::from_slice::<Value>(&URL_SAFE_NO_PAD.decode(parts[i]).unwrap()).unwrap();
    let header = part(0);
    assert_eq!(
        (header["typ"].as_str(), header["alg"].as_str(), header["use"].as_str()),
        (Some("JWT"), Some("RS256"), Some("sig"))
    );
    let certificate = STANDARD.decode(header["x5c"][0].as_str().unwrap()).unwrap();
    let claims = part(1);
    let at = now().as_second();
    let expected = json!({"aud": server.url.trim_end_matches('/'), "iss": "albo", "sub": "albo", "jti": "unique-1",
        "iat": at, "exp": at + 360, "scope": "pec-pa"});
    assert_eq!(claims, expected);
    common::verify(&certificate, &format!("{}.{}", parts[0], parts[1]), &URL_SAFE_NO_PAD.decode(parts[2]).unwrap());
}

#[tokio::test]
async fn the_request_is_what_the_register_wants() {
    let server = Reply::to_everything_but_authentication(r#"{"identificativoRichiesta":"abc"}"#).await;
    register(&server).request_pec_list(&codes(2), stamp("a")).await.unwrap();
    let call = &server.seen()[1];
    assert_eq!(
        (call.method.as_str(), call.path.as_str(), call.query.as_str()),
        ("POST", "/ic/richiestaElencoPec", "client_id=albo")
    );
    assert_eq!(call.scope, "pec-pa");
    assert!(call.authorization.starts_with("Bearer "));
    let body: Value = serde_json::from_str(&call.body).unwrap();
    let [a, b] = [code(0), code(1)];
    assert_eq!(
        body,
        json!({"dataOraRichiesta": now().to_string(), "elencoCf": [{"cf": a.as_str()}, {"cf": b.as_str()}]})
    );
}

#[tokio::test]
async fn a_token_serves_until_it_expires() {
    let server =
        Reply::with_token(jwt(now() + SignedDuration::from_secs(300)), r#"{"identificativoRichiesta":"7"}"#).await;
    let register = register(&server);
    let times = |seconds| stamp_at(now() + SignedDuration::from_secs(seconds), "j");
    register.request_pec_list(&codes(1), times(0)).await.unwrap();
    register.request_pec_list(&codes(1), times(284)).await.unwrap();
    assert_eq!(server.authentications(), 1, "still good");
    register.request_pec_list(&codes(1), times(286)).await.unwrap();
    assert_eq!(server.authentications(), 2, "in its last seconds it is replaced");
}

#[tokio::test]
async fn callers_that_come_together_share_one_token() {
    let server = Reply::to_everything_but_authentication(r#"{"identificativoRichiesta":"7"}"#).await;
    let register = register(&server);
    let wanted = codes(1);
    let call = || register.request_pec_list(&wanted, stamp("a"));
    let (a, b, c) = tokio::join!(call(), call(), call());
    assert!(a.is_ok() && b.is_ok() && c.is_ok());
    assert_eq!(server.authentications(), 1);
    register.seat(&code(0), stamp("b")).await.unwrap_err();
    assert_eq!(server.authentications(), 2, "another scope is another token");
}

#[tokio::test]
async fn a_revoked_token_is_replaced_once() {
    let server = Reply::refusing_first_use_of_second_call(r#"{"identificativoRichiesta":"7"}"#).await;
    let register = register(&server);
    register.request_pec_list(&codes(1), stamp("a")).await.unwrap();
    register.request_pec_list(&codes(1), stamp("b")).await.unwrap();
    assert_eq!(server.authentications(), 2);
}

#[tokio::test]
async fn in_progress_is_pending() {
    let id = RequestId::parse("7").unwrap();
    for body in [
        json!({"code": "WSPA_ERR_05", "description": "List PEC in progress", "appName": "wspa-pedf"}),
        json!({"code": "WSPA_ERR_05"}),
        json!({"code": null, "description": "List PEC in progress. Retry later."}),
    ] {
        let server = Reply::to_everything_but_authentication(body.to_string()).await;
        let answer = register(&server).pec_list(&id, stamp("a")).await.unwrap().value;
        assert_eq!(answer, PecAnswer::Pending, "{body}");
        assert_eq!(server.seen()[1].path, "/ic/getElencoPec/7");
    }
}

#[tokio::test]
async fn a_list_is_read_with_its_oddities() {
    let list = ready(json!([
        {"cf": code(0).as_str(), "pecImpresa": " Rossi@Pec.Example ", "pecProfessionista": null},
        {"cf": code(1).as_str(), "pecImpresa": null, "pecProfessionista": [{"pec": "avv@pec.example"}, {"pec": "not one"}, {}]},
        {"cf": code(2).as_str(), "pecImpresa": ""},
        {"cf": code(3).as_str(), "pecImpresa": "verdi@@pec.example"},
    ]))
    .await;
    let declared = EmailAddress::parse("rossi@pec.example").unwrap();
    let answer = |i: usize| compare(PecEntry::find(&list, &code(i)).unwrap(), &declared);
    assert_eq!(answer(0), PecMatch::Match);
    assert_eq!(answer(1), PecMatch::NoEntry);
    assert_eq!(list[1].professionals.len(), 1);
    assert_eq!(answer(2), PecMatch::NoEntry);
    assert!(matches!(answer(3), PecMatch::AnotherAddress { .. }), "an unreadable address is not no address");
    assert!(PecEntry::find(&list, &code(4)).is_none());
}

#[tokio::test]
async fn an_empty_list_is_a_list() {
    assert!(ready(json!([])).await.is_empty());
}

#[tokio::test]
async fn seats() {
    let body = json!({"dataOraEstrazione": "2026-02-13", "cf": code(0).as_str(), "indirizzoLocalizzazione": {
        "denominazione": "ROSSI SRL", "toponimo": "VIA", "via": "ROMA ", "nCivico": "12/A", "cap": "20121", "comune": "MILANO", "provincia": "MI"}});
    let server = Reply::to_everything_but_authentication(body.to_string()).await;
    let seat = register(&server).seat(&code(0), stamp("a")).await.unwrap().value.unwrap();
    let text = |t: &str| Some(t.to_owned());
    let expected = Seat {
        name: text("ROSSI SRL"),
        toponym: text("VIA"),
        street: text("ROMA"),
        number: text("12/A"),
        postal_code: text("20121"),
        municipality: text("MILANO"),
        province: text("MI"),
    };
    assert_eq!(seat, expected);
    let call = &server.seen()[1];
    assert_eq!((call.method.as_str(), call.scope.as_str()), ("POST", "sede-impresa-pa"));
    assert_eq!(call.path, format!("/ic/sede/{}", code(0).as_str()));

    let error = register(&server).seat(&code(1), stamp("a")).await.unwrap_err();
    assert!(error.to_string().contains("another firm"), "{error}");
}

#[tokio::test]
async fn an_unknown_firm_has_no_seat() {
    let body = json!({"code": "WSPA_ERR_04", "description": "not found", "appName": "wspa-sede"});
    let server = Reply::to_everything_but_authentication(body.to_string()).await;
    assert_eq!(register(&server).seat(&code(0), stamp("a")).await.unwrap().value, None);
}

#[tokio::test]
async fn representatives_are_read_strictly() {
    let person = italia::FiscalCode::parse("RSSMRA85T10A562S").unwrap();
    let list = |firms: Value| json!({"dataOraEstrazione": "x", "cfPersona": person.as_str(), "elencoImpreseRappresentate": firms});
    let ask = async |body: Value| {
        let server = Reply::to_everything_but_authentication(body.to_string()).await;
        register(&server).represented_firms(&person, stamp("a")).await.map(|answer| answer.value)
    };
    let firms = ask(list(json!([{"cfImpresa": code(1).as_str(), "denominazione": "ROSSI SRL "}]))).await.unwrap();
    assert_eq!((firms[0].code, firms[0].name.as_str()), (code(1), "ROSSI SRL"));
    assert!(ask(list(json!([]))).await.unwrap().is_empty());
    assert!(ask(json!({"code": "WSPA_ERR_04", "description": "not found"})).await.unwrap().is_empty());
    ask(list(json!([{"cfImpresa": "CF1", "denominazione": "x"}]))).await.unwrap_err();
    ask(json!({"elencoImpreseRappresentate": []})).await.unwrap_err();
    ask(json!({"cfPersona": code(1).as_str(), "elencoImpreseRappresentate": []})).await.unwrap_err();
}

#[tokio::test]
async fn whether_somebody_represents_a_firm_is_yes_or_no() {
    let person = italia::FiscalCode::parse("RSSMRA85T10A562S").unwrap();
    let ask = async |outcome: &str| {
        let body = json!({"cfPersona": person.as_str(), "cfImpresa": code(1).as_str(), "esitoVerifica": outcome});
        let server = Reply::to_everything_but_authentication(body.to_string()).await;
        let answer = register(&server).represents(&person, &code(1), stamp("a")).await.map(|answer| answer.value);
        let call = server.seen()[1].clone();
        assert_eq!((call.method.as_str(), call.scope.as_str()), ("GET", "lr-pa"));
        assert_eq!(call.query, format!("client_id=albo&cfImpresa={}", code(1).as_str()));
        answer
    };
    assert!(ask("OK").await.unwrap() && ask("ok").await.unwrap());
    assert!(!ask("KO").await.unwrap() && !ask("NO").await.unwrap());
    for word in ["", "Success", "ERROR"] {
        assert!(ask(word).await.unwrap_err().to_string().contains("neither yes nor no"), "{word}");
    }
}

#[tokio::test]
async fn the_limits_come_with_every_answer() {
    let headers = [("x-ratelimit-limit", "60"), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "12")];
    let reply = (headers, r#"{"identificativoRichiesta":"7"}"#);
    let server = Reply::to_everything_but_authentication(reply).await;
    let answer = register(&server).request_pec_list(&codes(1), stamp("a")).await.unwrap();
    assert_eq!((answer.quota.limit, answer.quota.remaining), (Some(60), Some(0)));
    assert_eq!(answer.quota.pause(), Some(SignedDuration::from_secs(12)));
}
