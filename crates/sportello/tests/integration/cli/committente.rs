//! `committente`, on an installation of its own.

use super::place::Place;

const SPEDIZIONI: [&str; 4] = ["--tenant", "prova", "--tax-code", "00009999996"];

/// A place with a configuration and a database.
fn installed() -> Place {
    let place = Place::new();
    place.run(&["init"]).good();
    place.run(&["migrate"]).good();
    place
}

fn with(command: &[&'static str], more: &[&'static str]) -> Vec<&'static str> {
    [command, &SPEDIZIONI, more].concat()
}

#[test]
fn a_committente_is_added_gets_a_key_once_and_is_shut_out() {
    // req: A-68
    let place = installed();
    let add = with(&["committente", "add"], &["--name", "Spedizioni Prova", "--email", "x@spedizioni.example"]);
    place.run(&add).good();
    place.run(&add).refused(65, &["a committente with this tax code exists"]);
    let made = place.run(&with(&["committente", "key", "add"], &["--label", "gestionale", "--days", "20", "--json"]));
    let key = made.good().json()["key"].as_str().unwrap().to_owned();
    assert!(key.starts_with("spk_") && key.len() > 40, "{key}");
    let list = place.run(&["committente", "list", "--tenant", "prova", "--json"]).good();
    assert!(!list.out().contains(&key), "a key is shown once");
    let list = list.json();
    assert_eq!((&list[0]["active"], &list[0]["keys"][0]["state"]), (&true.into(), &"expiring".into()));
    let doctor = place.run(&["doctor"]);
    assert!(doctor.out().contains("1 keys end within 30 days"), "{}", doctor.out());
    place.run(&with(&["committente", "suspend"], &[])).good();
    assert_eq!(place.run(&["committente", "list", "--tenant", "prova", "--json"]).good().json()[0]["active"], false);
    place.run(&with(&["committente", "resume"], &[])).good();
    place
        .run(&with(&["committente", "key", "revoke"], &["--prefix", "spk_nothing1"]))
        .refused(66, &["no key that begins"]);
    let prefix: &'static str = Box::leak(key[..12].to_owned().into_boxed_str());
    place.run(&with(&["committente", "key", "revoke"], &["--prefix", prefix])).good();
    let list = place.run(&["committente", "list", "--tenant", "prova"]).good();
    assert!(list.out().contains("(revoked)"), "{}", list.out());
    place.run(&["committente", "rotate-signing", "--tenant", "prova"]).good();
    place
        .run(&["committente", "suspend", "--tenant", "prova", "--tax-code", "00008888885"])
        .refused(66, &["no committente"]);
}
