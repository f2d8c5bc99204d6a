//! The command line, as its users meet it: the built program, its output and its exit codes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod cards;
mod committente;
mod identities;
mod mail;
pub(crate) mod place;
pub(crate) mod running;

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use place::{DUES, Place, Ran, TARIFF, TENANT};

#[test]
fn a_fee_is_computed_and_explained() {
    // req: A-42 A-44
    let place = Place::new();
    let fee = |masses: &str| {
        place.run(&["fee", "--tenant", "prova", "--year", "2017", "--masses", masses, "--json"]).good().json()
    };
    let line = |what: &str, count: u8, each: &str, amount: &str, article: &str| json!({ "what": what, "count": count, "each": each, "amount": amount, "source": format!("Delibera 11/2016, {article}") });
    assert_eq!(
        fee("3500,7500,8000"),
        json!({ "total": "50.66", "lines": [
            line("fixed", 1, "30.00", "30.00", "1.1"),
            line("fleet-band 2-5", 1, "5.16", "5.16", "1.2"),
            line("mass-band 0-6000", 1, "0.00", "0.00", "1.3"),
            line("mass-band 6001-", 2, "7.75", "15.50", "1.3"),
        ]})
    );
    let table = place.run(&["fee", "--tenant", "prova", "--year", "2017", "--masses", "7500"]).good();
    assert!(table.out().contains("37.75") && table.out().contains("Delibera 11/2016, 1.3"), "{}", table.out());
    let none = place.run(&["fee", "--tenant", "prova", "--year", "2017", "--json"]).good().json();
    assert_eq!(none["total"], "30.00");
}

#[test]
fn a_fee_that_cannot_be_computed_says_why() {
    let place = Place::new();
    let fee = |tenant: &str, year: &str, masses: &str| {
        place.run(&["fee", "--tenant", tenant, "--year", year, "--masses", masses])
    };
    fee("prova", "1999", "1").refused(65, &["there is no fee year 1999", "there are: 2017"]);
    fee("prova", "2017", "0").refused(65, &["0 kg is not the mass of a vehicle"]);
    fee("prva", "2017", "1").refused(66, &["there is no tenant `prva`", "did you mean `prova`?"]);
    assert_eq!(fee("prova", "2017", "heavy").code(), 64);
}

#[test]
fn the_program_brings_its_example_tenants_along() {
    // req: A-42
    let elsewhere = tempfile::tempdir().unwrap();
    let fee = |masses: &str| {
        let arguments = ["fee", "--tenant", "albo", "--year", "2017", "--masses", masses, "--json"];
        let mut command = Command::new(env!("CARGO_BIN_EXE_sportello"));
        let output = command.args(arguments).current_dir(elsewhere.path()).env_clear().output();
        Ran(output.unwrap()).good().json()
    };
    for (masses, total) in
        [("6001", "35.16"), ("3500,3500", "35.16"), ("26001", "40.33"), ("3500,7500,18000,26000,44000", "66.15")]
    {
        assert_eq!(fee(masses)["total"], total, "{masses}");
    }
}

#[test]
fn tax_codes_are_checked_one_by_one() {
    let place = Place::new();
    let arguments = ["tax-code", "check", "--json", "RSSMRA80A01H501U", "00743110157", "RSSMRA80A01H501X", "12"];
    let ran = place.run(&arguments);
    assert_eq!(ran.code(), 1);
    let lines: Vec<Value> = ran.out().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let line = |code: &str, valid: bool, kind: Value, reason: Value| json!({ "code": code, "valid": valid, "kind": kind, "reason": reason });
    assert_eq!(
        lines,
        [
            line("RSSMRA80A01H501U", true, json!("person"), Value::Null),
            line("00743110157", true, json!("company"), Value::Null),
            line("RSSMRA80A01H501X", false, Value::Null, json!("check-character")),
            line("12", false, Value::Null, json!("length")),
        ]
    );
    assert_eq!(place.run(&["tax-code", "check", "RSSMRA80A01H501U"]).good().out(), "RSSMRA80A01H501U: valid: person\n");
}

#[test]
fn tax_codes_come_from_standard_input() {
    let place = Place::new();
    let ask = |input: &str| {
        let mut command = place.command(&["tax-code", "check", "--json", "-"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        Ran(child.wait_with_output().unwrap())
    };
    let ran = ask("RSSMRA80A01H501U\r\n00743110157\n");
    assert_eq!((ran.code(), ran.out().lines().count()), (0, 2));
    let ran = ask("RSSMRA80A01H501U\nnonsense\n00743110157");
    assert_eq!((ran.code(), ran.out().lines().count()), (1, 3));
    assert_eq!(ask("").code(), 0);
}

#[test]
fn a_good_tenant_is_good() {
    let place = Place::new();
    assert!(place.run(&["tenant", "check", "prova"]).good().out().contains("good"));
    let path = place.path().join("tenants/prova");
    let ran = place.run(&["tenant", "check", "--json", path.to_str().unwrap()]).good().json();
    assert_eq!((&ran["tenant"], &ran["valid"], &ran["policy"]), (&json!("prova"), &json!(true), &json!("current")));
    let list = place.run(&["tenant", "list", "--json"]).good().json();
    assert_eq!(list[0]["tenant"], "prova");
}

#[test]
fn broken_tenants_are_refused_with_file_and_reason() {
    let cases: [(&str, &str, &str, &str, &[&str]); 6] = [
        ("tariff.toml", TARIFF, "from = 6001", "from = 6002", &["tariff.toml", "mass_bands", "gap from 6001 to 6001"]),
        ("tariff.toml", TARIFF, "from = 6001", "from = 6000", &["tariff.toml", "mass_bands", "overlaps"]),
        (
            "tariff.toml",
            TARIFF,
            "to_year = 2019",
            "to_year = 2016",
            &["tariff.toml", "none holds for the fee year 2017"],
        ),
        ("tenant.toml", TENANT, "owner_url", "owner_ulr", &["tenant.toml", "owner_ulr"]),
        ("tenant.toml", TENANT, "IT60X", "IT61X", &["tenant.toml", "iban"]),
        ("dues.toml", DUES, "due = \"2016-12-31\"", "due = \"2016-01-31\"", &["dues.toml", "before the opening"]),
    ];
    for (file, text, from, to, words) in cases {
        let place = Place::new();
        assert!(text.contains(from));
        place.write(&format!("tenants/prova/{file}"), &text.replacen(from, to, 1));
        place.run(&["tenant", "check", "prova"]).refused(1, words);
        let answer = place.run(&["tenant", "check", "prova", "--json"]);
        assert_eq!((answer.code(), &answer.json()["valid"]), (1, &json!(false)));
    }
}

#[test]
fn the_configuration_is_checked_as_a_whole() {
    let place = Place::new();
    assert_eq!(place.run(&["config", "check"]).code(), 0);
    place.write("sportello.toml", "[server]\nlistn = \"127.0.0.1:1\"\n[log]\nformat = \"xml\"\n");
    let ran = place.run(&["config", "check"]);
    assert_eq!((ran.code(), ran.err().lines().count()), (1, 2), "{}", ran.err());
    assert!(ran.err().contains("sportello.toml:2: server.listn: there is no such key; did you mean `server.listen`?"));
    assert!(ran.err().contains("sportello.toml:4: log.format: must be one of: text, json"));
    place.run(&["operator", "list", "--tenant", "prova"]).refused(78, &["did you mean `server.listen`?", "and 1 more"]);
    let connection = |tenant: &str| {
        format!(
            "[connections.{tenant}.mail]\nhost = \"smtp.example\"\nfrom = \"a@b.example\"\npassword = \"wolf-hill\"\nuser = \"u\"\n"
        )
    };
    place.write("sportello.toml", &connection("prva"));
    place.run(&["config", "check"]).refused(78, &["[connections.prva]", "did you mean `prova`?"]);
    place.write("sportello.toml", &connection("prova"));
    place.run(&["config", "check"]).good();
    let dump = place.run(&["config", "dump"]).good();
    assert!(dump.out().contains("(hidden)") && !dump.out().contains("wolf-hill"), "{}", dump.out());
}

#[test]
fn keys_are_explained() {
    let place = Place::new();
    let ran = place.run(&["config", "explain", "connections.prova.mail.port"]).good();
    assert!(
        ran.out().contains("587") && ran.out().contains("SPORTELLO__CONNECTIONS__PROVA__MAIL__PORT"),
        "{}",
        ran.out()
    );
    place.run(&["config", "explain", "server.lisen"]).refused(64, &["did you mean `server.listen`?"]);
    let mut command = place.command(&["config", "dump", "--json"]);
    let ran = Ran(command.env("SPORTELLO__LOG__LEVEL", "debug").output().unwrap()).good();
    assert_eq!(ran.json()["log.level"], json!({ "value": "debug", "origin": "SPORTELLO__LOG__LEVEL" }));
}

#[test]
fn a_first_installation_works() {
    let place = Place::new();
    place.run(&["operator", "list", "--tenant", "prova"]).refused(78, &["master key", "sportello init"]);
    place.run(&["init"]).good();
    let key = std::fs::metadata(place.path().join("master.key")).unwrap();
    assert_eq!((std::os::unix::fs::MetadataExt::mode(&key) & 0o777, key.len()), (0o600, 32));
    let before = std::fs::read(place.path().join("master.key")).unwrap();
    place.run(&["init"]).good();
    assert_eq!(std::fs::read(place.path().join("master.key")).unwrap(), before, "a key is never overwritten");
    place.run(&["migrate"]).good();
    place.run(&["migrate", "--check"]).good();
    let add = [
        "operator",
        "add",
        "--tenant",
        "prova",
        "--name",
        "Ada",
        "--email",
        "ada@prova.example",
        "--role",
        "administrator",
    ];
    let added = place.run(&[&add[..], &["--json"]].concat()).good().json();
    assert!(added["password"].as_str().unwrap().len() >= 20 && added["otp_secret"].as_str().unwrap().len() >= 32);
    place.run(&add).refused(65, &["exists", "sportello operator renew"]);
    let renewed =
        place.run(&["operator", "renew", "--tenant", "prova", "--email", "ada@prova.example", "--json"]).good().json();
    assert_ne!(renewed["password"], added["password"]);
    place.run(&["operator", "disable", "--tenant", "prova", "--email", "ada@prova.example"]).good();
    let list = place.run(&["operator", "list", "--tenant", "prova", "--json"]).good().json();
    assert_eq!(
        list,
        json!([{ "email": "ada@prova.example", "name": "Ada", "role": "administrator", "active": false }])
    );
}

#[test]
fn files_are_looked_at_before_they_are_imported() {
    let place = Place::new();
    place.run(&["init"]).good();
    let fleet = "codice_fiscale;targa;tipo;massa_kg\n00743110157;AB123CD;camion;7500\n";
    let bad = place.write("bad.csv", fleet);
    place.run(&["import", "firms", "--tenant", "prova", bad.to_str().unwrap()]).refused(65, &["numero_albo"]);
    let preview = place.run(&["import", "firms", "--tenant", "prova", "tenants/prova/demo/firms.csv"]).good();
    assert!(
        preview.out().contains("good rows: 1; rows with errors: 0") && preview.out().contains("Nothing was changed")
    );
    // Nothing was: the fleet's firm is still unknown.
    let import = ["import", "fleet", "--tenant", "prova", "--year", "2017", "bad.csv"];
    let unknown = place.run(&import);
    assert!(unknown.out().contains("good rows: 0; rows with errors: 1"), "{}{}", unknown.out(), unknown.err());
    place.run(&["import", "firms", "--tenant", "prova", "--apply", "tenants/prova/demo/firms.csv"]).good();
    let known = place.run(&import);
    assert!(!known.out().contains("codice_fiscale"), "{}{}", known.out(), known.err());
}

#[test]
fn a_command_line_that_is_wrong_is_usage() {
    let place = Place::new();
    assert_eq!(place.run(&["serv"]).code(), 64);
    assert!(place.run(&["serv"]).err().contains("serve"));
    assert_eq!(place.run(&["--help"]).code(), 0);
    assert!(place.run(&["--help"]).out().contains("Exit codes:"));
    assert!(place.run(&["completions", "bash"]).good().out().contains("sportello"));
    place.run(&["man", "pages"]).good();
    assert!(place.path().join("pages/sportello-tax-code-check.1").is_file());
    place.run(&["--config", "none.toml", "config", "dump"]).refused(66, &["none.toml", "sportello init"]);
}
