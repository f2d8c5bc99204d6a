use std::collections::BTreeSet;
use std::path::Path;

use super::keys::{self, Kind, Usual};
use super::*;

fn written(text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(FILE_NAME);
    std::fs::write(&file, text).unwrap();
    (folder, file)
}

fn read(text: &str, variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let (_folder, file) = written(text);
    Config::new(&Settings::read(Some(&file), &Environment::new(variables.iter().copied()))?)
}

fn reason(text: &str, variables: &[(&str, &str)]) -> String {
    let error = read(text, variables).unwrap_err();
    assert_eq!(error.0.len(), 1, "{error:?}");
    let line = error.to_string();
    line.find(FILE_NAME).map_or(line.clone(), |start| line[start..].to_owned())
}

#[test]
fn nothing_is_a_good_configuration() {
    let config = Config::new(&Settings::read(None, &Environment::default()).unwrap()).unwrap();
    assert_eq!(config.server.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.server.public_url, "http://127.0.0.1:8080");
    assert!(config.database.url.starts_with("sqlite:/") && config.database.url.ends_with("/sportello.db"));
    assert_eq!(config.database.connections, 8);
    assert!(config.connections.is_empty());
}

#[test]
fn a_mistyped_key_is_refused_with_the_nearest_name() {
    assert_eq!(
        reason("[server]\nlistn = \"127.0.0.1:1\"\n", &[]),
        "sportello.toml:2: server.listn: there is no such key; did you mean `server.listen`?"
    );
    assert_eq!(
        reason("[connection.albo.mail]\nhost = \"x\"\n", &[]),
        "sportello.toml:1: connection: there is no such key; did you mean `connections`?"
    );
    assert_eq!(
        reason("\n[connections.albo.mial]\nhost = \"x\"\n", &[]),
        "sportello.toml:2: connections.albo.mial: there is no such key; did you mean `connections.albo.mail`?"
    );
    assert_eq!(
        reason("", &[("SPORTELLO__SERVER__LISEN", "x")]),
        "SPORTELLO__SERVER__LISEN: server.lisen: there is no such key; did you mean `server.listen`?"
    );
    assert!(reason("[log]\ncolour = \"x\"\n", &[]).ends_with("there is no such key; here are possible: format, level"));
}

#[test]
fn values_of_the_wrong_kind_are_refused() {
    let cases = [
        ("[database]\nconnections = 0\n", "database.connections: must be a whole number from 1 to 500"),
        ("[database]\nconnections = \"8\"\n", "database.connections: must be a whole number from 1 to 500"),
        ("[log]\nformat = \"xml\"\n", "log.format: must be one of: text, json"),
        (
            "[server]\ntrusted_proxies = \"10.0.0.1\"\n",
            "server.trusted_proxies: must be a list of texts, such as [\"10.0.0.1\"]",
        ),
        ("[server]\nlisten = 8080\n", "server.listen: must be a text in quotes"),
        ("[server]\nlisten = \"8080\"\n", "server.listen: `8080` is not an address and a port, such as 127.0.0.1:8080"),
        (
            "[server]\npublic_url = \"albo.example\"\n",
            "server.public_url: `albo.example` is not an address that starts with http:// or https://",
        ),
        ("server = 1\n", "server: is a section: write [server]"),
    ];
    for (text, end) in cases {
        let reason = reason(text, &[]);
        assert!(reason.ends_with(end), "{reason}");
    }
    assert!(reason("[server\n", &[]).starts_with("sportello.toml:1: "));
}

#[test]
fn the_environment_wins_over_the_file() {
    let variables = [
        ("SPORTELLO__SERVER__LISTEN", "127.0.0.1:2"),
        ("SPORTELLO__SERVER__TRUSTED_PROXIES", "10.0.0.0/8, ::1"),
        ("SPORTELLO__DATABASE__CONNECTIONS", "3"),
        ("SPORTELLO__CONNECTIONS__LAGO_MAGGIORE__MAIL__HOST", "smtp.example"),
        ("SPORTELLO__CONNECTIONS__LAGO_MAGGIORE__MAIL__FROM", "a@b.example"),
    ];
    let config = read("[server]\nlisten = \"127.0.0.1:1\"\n", &variables).unwrap();
    assert_eq!(config.server.listen.port(), 2);
    assert_eq!(config.server.trusted_proxies.len(), 2);
    assert_eq!(config.database.connections, 3);
    let mail = config.connections["lago-maggiore"].mail.as_ref().unwrap();
    assert_eq!((mail.smtp.host.as_str(), mail.smtp.port), ("smtp.example", 587));
}

#[test]
fn a_section_that_is_there_must_be_complete() {
    let error = read("[connections.albo.pec_inbox]\nhost = \"x\"\n", &[]).unwrap_err();
    let keys: Vec<_> = error.0.iter().filter_map(|p| p.key.as_deref()).collect();
    assert_eq!(keys, ["connections.albo.pec_inbox.user", "connections.albo.pec_inbox.password"]);
    assert!(error.0[1].reason.contains("`password_file`"), "{error:?}");
}

#[test]
fn secrets_come_from_files_too_and_never_show() {
    let (folder, file) = written(
        "[connections.albo.mail]\nhost = \"x\"\nfrom = \"a@b.example\"\nuser = \"u\"\npassword_file = \"secret\"\n",
    );
    std::fs::write(folder.path().join("secret"), "wolf-hill\n").unwrap();
    let settings = Settings::read(Some(&file), &Environment::default()).unwrap();
    let config = Config::new(&settings).unwrap();
    assert_eq!(config.connections["albo"].mail.as_ref().unwrap().smtp.password.expose(), "wolf-hill");
    assert!(!format!("{config:?}{settings:?}").contains("wolf-hill"));
    // The environment's value hides the file's, whichever way each is given.
    let variable = [("SPORTELLO__CONNECTIONS__ALBO__MAIL__PASSWORD", "other-hill")];
    let config = Config::new(&Settings::read(Some(&file), &Environment::new(variable)).unwrap()).unwrap();
    assert_eq!(config.connections["albo"].mail.as_ref().unwrap().smtp.password.expose(), "other-hill");
}

#[test]
fn a_secret_is_given_once() {
    let text = "[database]\nurl = \"sqlite:x.db\"\nurl_file = \"url\"\n";
    assert!(reason(text, &[]).ends_with("database.url: is given twice: remove it or `database.url_file`"));
    let missing = reason("[database]\nurl_file = \"none\"\n", &[]);
    assert!(missing.contains("database.url_file") || missing.contains("cannot be read"), "{missing}");
}

#[test]
fn the_address_of_the_node_cannot_be_guessed() {
    let text = |secret| format!("[connections.albo.pagopa]\nnode_secret = \"{secret}\"\n");
    assert!(reason(&text("short"), &[]).contains("must be 24 letters"));
    assert!(reason(&text("abcdefghijklmnopqrstuvw/x"), &[]).contains("must be 24 letters"));
    assert!(read(&text("abcdefghijklmnopqrstuvwx"), &[]).is_ok());
}

#[test]
fn messages_name_no_database_password() {
    let database = Database { url: "postgres://user:secret@db.example/x".to_owned(), connections: 1 };
    assert_eq!(database.shown(), "postgres://db.example/x");
    assert!(!format!("{database:?}").contains("secret"));
    assert_eq!(database.file(), None);
    let file = |url: &str| Database { url: url.to_owned(), connections: 1 }.file().map(Path::to_owned);
    assert_eq!(file("sqlite:/var/x.db").as_deref(), Some(Path::new("/var/x.db")));
    assert_eq!(file("sqlite::memory:"), None);
}

/// A configuration with every section, so that every key is asked for that a kind of source needs.
fn everything(kind: &str) -> String {
    let value = |key: &keys::Key| match key.kind {
        Kind::Number(least, _) => least.to_string(),
        Kind::List => "[]".to_owned(),
        Kind::Choice(_) if key.name() == "kind" => format!("\"{kind}\""),
        Kind::Choice(words) => format!("\"{}\"", words[0]),
        Kind::Path => "\"file\"".to_owned(),
        Kind::Secret(_) if key.path == "database.url" => "\"sqlite:x.db\"".to_owned(),
        Kind::Text | Kind::Secret(_) => match key.name() {
            "listen" => "\"127.0.0.1:1\"".to_owned(),
            "from" => "\"a@b.example\"".to_owned(),
            "node_secret" => "\"abcdefghijklmnopqrstuvwx\"".to_owned(),
            _ => "\"http://x.example\"".to_owned(),
        },
    };
    // Either a proxy ends the TLS connection for cards or the program does: both at once are refused.
    let given = keys::all().iter().filter(|key| key.path != "cards.proxy_secret");
    given.map(|key| format!("{} = {}\n", key.path.replace('*', "albo"), value(key))).collect()
}

#[test]
fn every_documented_key_is_read_and_every_key_read_is_documented() {
    let mut asked = BTreeSet::new();
    for kind in ["business-register", "inad", "ini-pec"] {
        let (folder, file) = written(&everything(kind));
        std::fs::write(folder.path().join("file"), "x").unwrap();
        let settings = Settings::read(Some(&file), &Environment::default()).unwrap();
        let mut reader = Reader::new(&settings);
        let config = Config::read(&mut reader);
        assert_eq!(reader.problems, []);
        assert!(config.is_some());
        asked.extend(reader.asked);
    }
    let documented: BTreeSet<String> = keys::all().iter().map(|key| key.path.clone()).collect();
    assert_eq!(asked, documented);
}

#[test]
fn defaults_are_what_their_kind_allows() {
    for key in keys::all() {
        let fits = match (key.kind, key.default) {
            (_, Usual::Required | Usual::None(_)) => true,
            (Kind::Number(least, most), Usual::Number(number)) => (least..=most).contains(&number),
            (Kind::Choice(words), Usual::Text(text)) => words.contains(&text),
            (Kind::Text | Kind::Path | Kind::Secret(_), Usual::Text(_)) | (Kind::List, Usual::Empty) => true,
            _ => false,
        };
        assert!(fits, "{}", key.path);
        assert!(key.about.ends_with('.'), "{} has no sentence", key.path);
    }
}

#[test]
fn the_first_configuration_is_good() {
    let first = include_str!("../../first.toml");
    let settings = read(first, &[]);
    assert!(settings.is_ok(), "{settings:?}");
    // What it shows as examples exists.
    let examples: String = first
        .lines()
        .map(|line| {
            let line = line.strip_prefix("# ").unwrap_or(line);
            if line.starts_with('[') || line.contains(" = ") { format!("{line}\n") } else { String::new() }
        })
        .collect();
    let (_folder, file) = written(&examples.replace("# postgres", "").replacen("\nurl_file = ", "\n# ", 1));
    let settings = Settings::read(Some(&file), &Environment::default());
    assert!(settings.is_ok(), "{settings:?}");
}

#[test]
fn the_reference_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/operate/configuration.md");
    let page = std::fs::read_to_string(path).unwrap_or_default();
    assert!(page == reference(), "run `sportello config reference > docs/operate/configuration.md`");
}

const CARDS: &str = "[cards]\nlisten = \"127.0.0.1:1\"\npublic_url = \"https://carte.example\"\n";
const PROXIES: &str = "[server]\ntrusted_proxies = [\"10.0.0.1\"]\n";

#[test]
fn cards_are_asked_for_by_the_program_or_by_a_proxy_that_proves_itself() {
    let secret = "proxy_secret = \"0123456789abcdef0123456789abcdef\"\n";
    let config = read(&format!("{PROXIES}{CARDS}{secret}"), &[]).unwrap();
    assert!(matches!(config.cards.unwrap().door, CardDoor::Proxy { .. }));
    assert!(read("", &[]).unwrap().cards.is_none());
    for (text, end) in [
        (format!("{CARDS}listn = \"x\"\n"), "did you mean `cards.listen`?"),
        (CARDS.to_owned(), "give it with `key_file`, or `proxy_secret_file` behind a proxy"),
        (format!("{CARDS}{secret}"), "is empty: `cards.proxy_secret` is believed from these only"),
        (format!("{PROXIES}{CARDS}proxy_secret = \"short\"\n"), "fewer than 32 characters"),
        (format!("{CARDS}key_pem = \"x\"\n"), "cards.certificate_file: is missing: the key needs it"),
        ("[server]\ntrusted_proxies = [\"0.0.0.0/0\"]\n".to_owned() + CARDS + secret, "trusts everybody"),
        (
            "[cards]\nlisten = \"127.0.0.1:1\"\npublic_url = \"x\"\nproxy_form = \"pem\"\n".to_owned(),
            "escaped-pem, spaced-pem, rfc9440, base64",
        ),
    ] {
        let reason = reason(&text, &[]);
        assert!(reason.ends_with(end), "{reason}");
    }
}
