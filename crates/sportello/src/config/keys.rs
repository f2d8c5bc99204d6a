//! All keys of the configuration.

use std::sync::LazyLock;

/// A key of the configuration.
#[derive(Clone, Debug)]
pub struct Key {
    /// Its path; `*` stands for a tenant's name.
    pub path: String,
    /// What its value is.
    pub kind: Kind,
    /// What holds when it is not given.
    pub default: Usual,
    /// What it means, with its unit.
    pub about: &'static str,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A text that is never shown, and can be given as a file: the key that names the file.
    Secret(&'static str),
    /// The path of a file or directory; a relative one starts at the folder of the configuration file.
    Path,
    /// A whole number between two limits.
    Number(i64, i64),
    /// One of some words.
    Choice(&'static [&'static str]),
    /// A list of texts.
    List,
}

/// What holds when a key is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usual {
    /// This text, as in a file without its quotes.
    Text(&'static str),
    /// This number.
    Number(i64),
    /// The empty list.
    Empty,
    /// Nothing: what the words say.
    None(&'static str),
    /// It must be given once its section is there.
    Required,
}

impl Key {
    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit_once('.').map_or(self.path.as_str(), |(_, name)| name)
    }

    /// The path without its last part.
    pub fn section(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(section, _)| section)
    }

    /// Whether the value may be shown.
    pub fn is_secret(&self) -> bool {
        matches!(self.kind, Kind::Secret(_))
    }
}

static KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| {
    let mut keys = program();
    keys.extend(super::cards::keys());
    keys.extend(super::sources::keys());
    keys.extend(outbox("connections.*.mail", 587, "starttls", "ordinary mail"));
    keys.extend(outbox("connections.*.pec", 465, "implicit", "certified mail"));
    keys.extend(inbox("connections.*.pec_inbox", "the certified mailbox in which receipts arrive"));
    keys.push(Key {
        path: "connections.*.pec_trust_file".to_owned(),
        kind: Kind::Path,
        default: Usual::None("no receipt is believed"),
        about: "PEM file with the authorities that vouch for the providers of certified mail. A receipt that none of \
                them vouches for changes nothing.",
    });
    keys.extend(inbox("connections.*.assistance_inbox", "the mailbox to which people write for help"));
    keys.extend(pagopa());
    keys.extend(super::identity_keys::all());
    keys.push(statements());
    keys
});

/// All keys, in the order of the reference.
pub fn all() -> &'static [Key] {
    &KEYS
}

/// The key of a concrete path such as `connections.albo.mail.port`. A `*` in the path stands for itself.
pub fn find(path: &str) -> Option<&'static Key> {
    all().iter().find(|key| matches(&key.path, path))
}

/// The names that may stand directly under a concrete path; `*` when any name may.
pub fn children(path: &[String]) -> Vec<&'static str> {
    let mut names: Vec<&str> = all().iter().filter_map(|key| child(&key.path, path)).collect();
    names.extend(all().iter().filter(|key| starts(key.section(), path)).filter_map(|key| match key.kind {
        Kind::Secret(file) => Some(file),
        _ => None,
    }));
    names.sort_unstable();
    names.dedup();
    names
}

/// The key of which a concrete path names the file.
pub fn of_file(path: &str) -> Option<&'static Key> {
    let (section, name) = path.rsplit_once('.')?;
    all().iter().find(|key| matches!(key.kind, Kind::Secret(file) if file == name) && matches(key.section(), section))
}

fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, path) = (pattern.split('.'), path.split('.'));
    pattern.clone().count() == path.clone().count() && pattern.zip(path).all(|(p, s)| p == "*" || p == s)
}

fn starts(section: &str, path: &[String]) -> bool {
    matches(section, &path.join("."))
}

fn child(pattern: &'static str, path: &[String]) -> Option<&'static str> {
    let mut parts = pattern.split('.');
    path.iter().all(|s| parts.next().is_some_and(|p| p == "*" || p == s)).then(|| parts.next())?
}

pub(super) fn key(section: &str, name: &str, kind: Kind, default: Usual, about: &'static str) -> Key {
    Key { path: format!("{section}.{name}"), kind, default, about }
}

fn program() -> Vec<Key> {
    use Kind::{Choice, List, Number, Path, Secret, Text};
    use Usual::{Empty, None};
    vec![
        key(
            "server",
            "listen",
            Text,
            Usual::Text("127.0.0.1:8080"),
            "Address and port on which the program serves HTTP. TLS is the business of the proxy in front of it.",
        ),
        key(
            "server",
            "public_url",
            Text,
            None("`http://` and `server.listen`"),
            "Address under which browsers reach the program; it stands in messages, in links and in the return addresses of payments.",
        ),
        key(
            "server",
            "trusted_proxies",
            List,
            Empty,
            "Addresses or networks (`10.0.0.0/8`) of the proxies whose `X-Forwarded-For` is believed. Everybody else's is ignored.",
        ),
        key(
            "server",
            "posts_per_minute",
            Number(1, 100_000),
            Usual::Number(120),
            "Forms that one visitor's network may submit in a minute; beyond it the answer is 429 with the seconds to wait.",
        ),
        key("server", "banner", Text, None("no line"), "A line above every page, for rehearsals and demonstrations."),
        key("server", "banner_en", Text, None("the same line"), "That line on pages in English."),
        key(
            "database",
            "url",
            Secret("url_file"),
            Usual::Text("sqlite:sportello.db"),
            "`sqlite:PATH` for the embedded database, `postgres://USER:PASSWORD@HOST/NAME` for PostgreSQL 15 or later.",
        ),
        key(
            "database",
            "connections",
            Number(1, 500),
            Usual::Number(8),
            "Connections kept open: readers of the embedded database, all connections on PostgreSQL.",
        ),
        key(
            "keys",
            "master_file",
            Path,
            Usual::Text("master.key"),
            "File with the installation's master key, 32 random bytes or more, readable by the program alone. `sportello init` makes it. Who loses it loses the second factors and the messages that wait; keep a copy apart from the database's.",
        ),
        key(
            "tenants",
            "directory",
            Path,
            Usual::Text("tenants"),
            "Directory whose sub-directories are the tenants; each holds a `tenant.toml`.",
        ),
        key(
            "log",
            "format",
            Choice(&["text", "json"]),
            Usual::Text("text"),
            "Form of the log, which goes to standard error: text for people, one JSON object a line for machines.",
        ),
        key(
            "log",
            "level",
            Text,
            Usual::Text("info"),
            "What is logged: `error`, `warn`, `info`, `debug` or `trace`, or directives by module such as `info,sportello_core=debug`.",
        ),
    ]
}

fn statements() -> Key {
    key(
        "connections.*.statements",
        "key_pem",
        Kind::Secret("key_file"),
        Usual::Required,
        "Private key that signs statements of regularity, in PEM, not encrypted: of the curve P-256, or RSA of at least 2048 \
         bits. Without the section a key is generated and kept sealed in the database.",
    )
}

fn outbox(section: &str, port: i64, tls: &'static str, what: &'static str) -> Vec<Key> {
    use Kind::{Choice, Number, Path, Secret, Text};
    use Usual::{None, Required};
    let from = if what == "certified mail" {
        "Address in whose name certified mail leaves; the account's own, as the provider demands."
    } else {
        "Address in whose name ordinary mail leaves."
    };
    vec![
        key(section, "host", Text, Required, "Name of the provider's SMTP server."),
        key(section, "port", Number(1, 65_535), Usual::Number(port), "Its port."),
        key(
            section,
            "tls",
            Choice(&["implicit", "starttls", "none"]),
            Usual::Text(tls),
            "Protection of the connection: from the first byte, demanded before anything else is said, or none (same machine only).",
        ),
        key(
            section,
            "authorities_file",
            Path,
            None("the system's authorities"),
            "PEM file with the authorities that vouch for the server, instead of the system's.",
        ),
        key(section, "user", Text, None("no sign-in"), "Account."),
        key(section, "password", Secret("password_file"), None("no password"), "Its password."),
        key(section, "from", Text, Required, from),
        key(
            section,
            "timeout_seconds",
            Number(1, 600),
            Usual::Number(30),
            "Longest time that handing over one message may take, in seconds.",
        ),
    ]
}

fn inbox(section: &str, what: &'static str) -> Vec<Key> {
    use Kind::{Choice, Number, Path, Secret, Text};
    use Usual::{None, Required};
    let host = if what.starts_with("the certified") {
        "Name of the IMAP server of the certified mailbox in which receipts arrive. Nothing in it is marked, moved or deleted."
    } else {
        "Name of the IMAP server of the mailbox to which people write for help. Nothing in it is marked, moved or deleted."
    };
    vec![
        key(section, "host", Text, Required, host),
        key(section, "port", Number(1, 65_535), Usual::Number(993), "Its port."),
        key(
            section,
            "tls",
            Choice(&["implicit", "starttls", "none"]),
            Usual::Text("implicit"),
            "Protection of the connection, as for outgoing mail.",
        ),
        key(
            section,
            "authorities_file",
            Path,
            None("the system's authorities"),
            "PEM file with the authorities that vouch for the server, instead of the system's.",
        ),
        key(section, "user", Text, Required, "Account."),
        key(section, "password", Secret("password_file"), Required, "Its password."),
        key(section, "folder", Text, Usual::Text("INBOX"), "Folder that is read."),
        key(
            section,
            "timeout_seconds",
            Number(1, 600),
            Usual::Number(30),
            "Longest time that connecting, or fetching one message, may take, in seconds.",
        ),
    ]
}

fn pagopa() -> Vec<Key> {
    use Kind::{Secret, Text};
    use Usual::None;
    let section = "connections.*.pagopa";
    vec![
        key(
            section,
            "checkout_url",
            Text,
            Usual::Text(pagopa::checkout::PRODUCTION),
            "Address of pagoPA's hosted payment page, in front of `/carts`.",
        ),
        key(
            section,
            "payment_page",
            Text,
            Usual::Text("https://checkout.pagopa.it"),
            "Where the hosted payment page itself lives: browsers may follow our payment form there (CSP `form-action`).",
        ),
        key(
            section,
            "subscription_key",
            Secret("subscription_key_file"),
            None("no online payment; notices can still be paid elsewhere"),
            "Key of the subscription to the payment page.",
        ),
        key(
            section,
            "node_secret",
            Secret("node_secret_file"),
            None("the node is not answered"),
            "Last part of the address under which the pagoPA node reaches this program, 24 characters or more that cannot be guessed.",
        ),
    ]
}
