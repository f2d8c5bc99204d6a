//! `sportello pec read` on the messages that the crate `pec` keeps.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::place::Ran;

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sportello"));
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../pec/tests/fixtures");
    let when = ["pec", "read", "--at", "2026-01-10T12:00:00Z"];
    command.args(when).args(arguments).current_dir(folder).env_clear();
    command
}

fn read(arguments: &[&str]) -> Ran {
    Ran(command(arguments).output().unwrap())
}

#[test]
fn a_receipt_is_told_in_lines() {
    let ran = read(&["--trust", "ca.pem", "types/errore-consegna-altro.eml"]).good();
    let expected = "types/errore-consegna-altro.eml\n\
        kind         receipt: errore-consegna\n\
        state        failed\n\
        at           2026-01-10 12:02:03 +01 (2026-01-10T11:02:03Z)\n\
        about        <m1@albo.example.it>\n\
        transaction  opec1.20260110120203.1.1.1@pec.example.it\n\
        provider     Prova PEC S.p.A.\n\
        sender       albo@pec.example.it\n\
        recipient    rossi@pec.example.it\n\
        reason       full, errore altro: 5.2.2 - Prova PEC S.p.A. - Casella piena\n\
        subject      Quota 2026: attività & altro\n\
        signature    the signature is valid\n\
        signer       CN=Prova PEC S.p.A., certified by CN=Autorità di prova\n";
    assert_eq!(ran.out(), expected);
}

#[test]
fn many_messages_are_told_as_json_and_broken_ones_stop_nothing() {
    let files = [
        "manners/no-zone.eml",
        "broken/truncated.eml",
        "no-such.eml",
        "broken/altered.eml",
        "types/posta-certificata.eml",
        "types/anomalia-bounce.eml",
        "sent.eml",
    ];
    let ran = read(&[["--trust", "ca.pem", "--json"].as_slice(), &files].concat());
    assert_eq!(ran.code(), 1);
    let lines: Vec<Value> = ran.out().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<_> = lines.iter().map(|line| json!([line["file"], line["kind"], line["good"]])).collect();
    let kinds = ["receipt", "unreadable", "unreadable", "receipt", "envelope", "anomaly", "mail"];
    let good = [true, false, false, false, true, true, true];
    let expected: Vec<_> = (0..7).map(|at| json!([files[at], kinds[at], good[at]])).collect();
    assert_eq!(told, expected);
    assert_eq!(lines[0]["irregularities"][0]["key"], "assumed-zone");
    assert_eq!((&lines[0]["type"], &lines[0]["state"]), (&json!("avvenuta-consegna"), &json!("delivered")));
    assert_eq!(
        (&lines[0]["reference"], &lines[0]["at"]),
        (&json!("m1@albo.example.it"), &json!("2026-01-10T11:02:03Z"))
    );
    assert!(lines[1]["reason"].as_str().unwrap().contains("not well-formed"), "{}", lines[1]);
    assert_eq!(lines[3]["signature"]["state"], "altered");
    assert_eq!(lines[5]["enclosed"]["recipients"][0]["code"], "5.1.1");
}

#[test]
fn without_authorities_no_signature_is_valid() {
    let ran = read(&["types/accettazione.eml"]);
    assert_eq!(ran.code(), 1);
    assert!(ran.out().contains("no trusted authority is configured") && ran.out().contains("--trust"), "{}", ran.out());
    read(&["--trust", "no-such.pem", "sent.eml"]).refused(66, &["no-such.pem", "the authorities"]);
    read(&["--trust", "sent.eml", "sent.eml"]).refused(65, &["no certificate"]);
    assert_eq!(read(&["--at", "yesterday", "sent.eml"]).code(), 64);
}

#[test]
fn what_came_back_is_compared_with_what_was_sent() {
    let brief = ["--trust", "ca.pem", "--json", "types/avvenuta-consegna-breve.eml", "--sent"];
    let same = read(&[brief.as_slice(), &["sent.eml"]].concat()).good().json();
    assert_eq!(same["sent"], json!({ "same": true, "files": 1 }));
    let other = read(&[brief.as_slice(), &["types/anomalia.eml"]].concat());
    assert_eq!((other.code(), &other.json()["sent"]["same"]), (1, &json!(false)));
}

#[test]
fn a_message_comes_from_standard_input_and_cannot_command_the_terminal() {
    let mut child =
        command(&["-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mail = b"From: mario@example.com\nSubject: =?utf-8?Q?=1B[2Jgone?=\n\nciao\n";
    child.stdin.take().unwrap().write_all(mail).unwrap();
    let ran = Ran(child.wait_with_output().unwrap()).good();
    assert!(ran.out().starts_with("-\nkind         ordinary mail\n"), "{}", ran.out());
    assert!(ran.out().contains("[2Jgone") && !ran.out().contains('\u{1b}'), "{:?}", ran.out());
}
