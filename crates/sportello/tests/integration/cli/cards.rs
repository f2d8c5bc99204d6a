//! `sportello cns` on what a demonstration left.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use serde_json::{Value, json};

use super::place::{Place, TENANT};
use super::running::demo;

/// Asks the outside world for a card; it is written to a file.
fn card(place: &Place, outside: &str, sort: &str) -> String {
    let host = outside.strip_prefix("http://").unwrap().trim_end_matches('/');
    let wish = json!({ "fiscal_code": "PRVMRA71C12D620W", "sort": sort }).to_string();
    let mut stream = TcpStream::connect(host).unwrap();
    let head = format!("POST /api/cns HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nConnection: close");
    write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{wish}", wish.len()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let issued: Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
    place.write(&format!("{sort}.pem"), issued["certificate_pem"].as_str().unwrap()).display().to_string()
}

#[test]
fn the_command_line_examines_cards_and_whom_they_are_believed_from() {
    let place = Place::new();
    place.write("tenants/prova/tenant.toml", &format!("{TENANT}[cns]\n"));
    let people = "nome;cognome;codice_fiscale;email;impresa_codice_fiscale;impresa_denominazione;impresa_sede\n\
                  Mario;Prova;PRVMRA71C12D620W;mario@posta.example;;;\n";
    place.write("tenants/prova/demo/people.csv", people);
    let (running, facts) = demo(&place, &["--data", "kept"]);
    let config = facts["config"].as_str().unwrap();
    assert!(facts["cns"]["prova"]["login"].as_str().unwrap().ends_with("/prova/accesso/cns"), "{facts:#}");
    let cns =
        |arguments: &[&str]| place.run(&[&["cns"], arguments, &["--tenant", "prova", "--config", config]].concat());
    let refreshed = cns(&["refresh", "--json"]);
    assert_eq!((refreshed.code(), &refreshed.json()["trust_list"]["authorities"]), (0, &json!(1)));
    let checked = cns(&["check", "--json"]);
    assert_eq!((checked.code(), &checked.json()["healthy"]), (0, &json!(true)), "{}", checked.json());
    let outside = facts["outside"].as_str().unwrap();
    let good = card(&place, outside, "cns");
    let offline = cns(&["read", &good, "--json"]).json();
    assert_eq!((&offline["verdict"], &offline["accepted"]), (&json!("not-checked"), &json!(true)), "{offline}");
    let online = cns(&["read", &good, "--online", "--json"]).json();
    assert_eq!(
        (&online["verdict"], &online["certificate"]["tax_code"]),
        (&json!("accepted"), &json!("PRVMRA71C12D620W"))
    );
    for (sort, verdict) in [("expired", "expired"), ("signing", "not-for-authentication"), ("unlisted", "untrusted")] {
        let wrong = cns(&["read", &card(&place, outside, sort), "--online", "--json"]);
        assert_eq!((wrong.code(), &wrong.json()["verdict"]), (1, &json!(verdict)), "{sort}");
    }
    let nonsense = place.write("nonsense.pem", "nonsense").display().to_string();
    assert_eq!(cns(&["read", &nonsense, "--json"]).code(), 1);
    assert_eq!(running.stop(), 0);
}
