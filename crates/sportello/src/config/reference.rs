//! The reference of all keys, as `docs/operate/configuration.md` holds it.

use std::fmt::Write as _;

use super::environment::variable;
use super::keys::{self, Key, Kind, Usual};

const HEAD: &str = "\
# Configuration

This page is written by `sportello config reference`; a test keeps it up to date.

One file, `sportello.toml`: the one that `--config` or `SPORTELLO_CONFIG` names, else the one in the current directory,
else `/etc/sportello/sportello.toml`, else none, and every default holds. Unknown keys are refused.

- **Environment.** Every key can be overridden: `server.listen` by `SPORTELLO__SERVER__LISTEN`, and for a tenant
  `lago-maggiore` the key `connections.lago-maggiore.mail.host` by `SPORTELLO__CONNECTIONS__LAGO_MAGGIORE__MAIL__HOST`.
  Lists are separated by commas.
- **Secrets** can be given as a file, whose name stands in the key beside (`password_file` for `password`); the line end
  at the end of the file is not part of the secret. Give one or the other.
- **Paths** that are relative start at the folder of the configuration file.
- **Look before you start**: `sportello config check`, `sportello config dump` (each value and where it comes from,
  secrets hidden), `sportello config explain KEY`, and `sportello doctor --online`.

";

/// The whole page, in Markdown.
pub fn reference() -> String {
    let mut page = HEAD.to_owned();
    let mut section = "";
    for key in keys::all() {
        let present = if key.path.ends_with("pec_trust_file") { "connections.*" } else { key.section() };
        if present != section {
            section = present;
            let _ = writeln!(page, "## `[{}]`\n\n{}\n", heading(section), introduction(section));
        }
        write_key(&mut page, key);
    }
    page
}

fn heading(section: &str) -> String {
    section.replace("sources.*", "sources.NAME").replace('*', "TENANT")
}

fn introduction(section: &str) -> &'static str {
    match section {
        "server" => "The HTTP server.",
        "database" => "The database. The embedded one needs nothing else; PostgreSQL serves several nodes.",
        "keys" => "The installation's keys.",
        "tenants" => "The organisations that the program serves.",
        "log" => "The log. Nothing personal is ever in it.",
        "cards" => "Sign-in with smart cards (CNS): where they are asked for, and whom they are believed from.",
        "connections.*.register" => {
            "The business register at which certified addresses are looked up. Without it, firms wait as \"not answered yet\"."
        }
        "sources.*" => {
            "A source that several tenants share, with one budget; a tenant names it in `register_source`. NAME is in small \
             letters, figures and hyphens."
        }
        "connections.*.mail" => "Ordinary mail. Without it, messages wait.",
        "connections.*.pec" => "Certified mail (PEC). Without it, messages wait.",
        "connections.*.pec_inbox" => "Receipts of certified mail: they tell whether a box is alive.",
        "connections.*" => "Directly under the tenant.",
        "connections.*.assistance_inbox" => {
            "The assistance's mailbox: who wrote for help and has not been answered is on a call list."
        }
        "connections.*.pagopa" => "Payments.",
        _ => "",
    }
}

fn write_key(page: &mut String, key: &Key) {
    let _ = writeln!(page, "### `{}`\n\n{}\n", key.name(), key.about);
    let _ = writeln!(page, "- {}", kind_in_words(key.kind));
    let _ = writeln!(page, "- Default: {}", usual_in_words(key.default));
    if let Kind::Secret(file) = key.kind {
        let _ = writeln!(page, "- Secret; or as a file: `{file}`");
    }
    let _ = writeln!(page, "- Environment: `{}`\n", variable(&key.path));
}

/// What a value is, in words.
pub fn kind_in_words(kind: Kind) -> String {
    match kind {
        Kind::Text | Kind::Secret(_) => "Text".to_owned(),
        Kind::Path => "Path".to_owned(),
        Kind::Number(least, most) => format!("Whole number from {least} to {most}"),
        Kind::Choice(words) => format!("One of `{}`", words.join("`, `")),
        Kind::List => "List of texts".to_owned(),
    }
}

/// What holds when nothing is given, in words.
pub fn usual_in_words(usual: Usual) -> String {
    match usual {
        Usual::Text(text) => format!("`\"{text}\"`"),
        Usual::Number(number) => format!("`{number}`"),
        Usual::Empty => "`[]`".to_owned(),
        Usual::None(words) => format!("none: {words}"),
        Usual::Required => "none: must be given once the section is there".to_owned(),
    }
}
