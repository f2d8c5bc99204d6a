//! The sources that are asked about firms: a tenant's own, or shared by several.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::SignedDuration;
use sportello_core::Secret;
use sportello_core::registry::{Counts, Limits, Shares};
use url::Url;

use super::keys::{Key, Kind, Usual};
use super::pdnd::{self, Pdnd};
use super::reader::Reader;

/// A source.
#[derive(Debug)]
pub struct Source {
    /// Its address.
    pub url: Url,
    /// What it is, and who we are there.
    pub access: Access,
    /// How much may be asked of it.
    pub limits: Limits,
}

/// What a source is, and who we are there.
#[derive(Debug)]
pub enum Access {
    /// The business register, opened by statements that our key signs.
    BusinessRegister {
        /// Our name there.
        client_id: String,
        /// Our key, PEM.
        key_pem: Secret,
        /// Its certificate, PEM.
        certificate_pem: String,
    },
    /// INAD, opened by vouchers.
    Inad {
        /// The procedure for which is asked.
        practical_reference: String,
        /// Who we are on the platform.
        pdnd: Box<Pdnd>,
    },
    /// INI-PEC, opened by a certificate on the connection.
    IniPecWithCertificate {
        /// Our key, PEM.
        key_pem: Secret,
        /// Its certificate, PEM.
        certificate_pem: String,
    },
    /// INI-PEC, opened by vouchers.
    IniPecWithVouchers(Box<Pdnd>),
}

pub(super) fn read_all(reader: &mut Reader<'_>) -> Option<BTreeMap<String, Source>> {
    let names = reader.settings.names("sources");
    let read: Vec<_> = names.into_iter().map(|name| (demanded(reader, &format!("sources.{name}")), name)).collect();
    read.into_iter().map(|(source, name)| Some((name, source?))).collect()
}

fn demanded(reader: &mut Reader<'_>, at: &str) -> Option<Source> {
    let before = reader.problems.len();
    reader.demand(at);
    if reader.problems.len() > before { None } else { read(reader, at) }
}

pub(super) fn read(reader: &mut Reader<'_>, at: &str) -> Option<Source> {
    let url = reader.url(&format!("{at}.url"));
    let access = access(reader, at);
    let limits = limits(reader, at);
    Some(Source { url: url?, access: access?, limits: limits? })
}

fn access(reader: &mut Reader<'_>, at: &str) -> Option<Access> {
    let kind = reader.text(&format!("{at}.kind"))?;
    let vouchers = reader.settings.has_section(&format!("{at}.pdnd"));
    match kind.as_str() {
        "inad" if !vouchers => reader.bad(&format!("{at}.kind"), format!("`inad` needs [{at}.pdnd]")),
        "inad" => {
            let practical_reference = needed(reader, at, "practical_reference");
            let pdnd = pdnd::read(reader, &format!("{at}.pdnd"));
            Some(Access::Inad { practical_reference: practical_reference?, pdnd: Box::new(pdnd?) })
        }
        "ini-pec" if vouchers => Some(Access::IniPecWithVouchers(Box::new(pdnd::read(reader, &format!("{at}.pdnd"))?))),
        "ini-pec" => {
            let (key_pem, certificate_pem) = key_pair(reader, at)?;
            Some(Access::IniPecWithCertificate { key_pem, certificate_pem })
        }
        _ => {
            let client_id = needed(reader, at, "client_id");
            let (key_pem, certificate_pem) = key_pair(reader, at)?;
            Some(Access::BusinessRegister { client_id: client_id?, key_pem, certificate_pem })
        }
    }
}

/// A text that this kind of source cannot do without.
fn needed(reader: &mut Reader<'_>, at: &str, name: &str) -> Option<String> {
    let path = format!("{at}.{name}");
    let given = reader.optional_text(&path);
    given.or_else(|| reader.bad(&path, "must be given for this kind of source"))
}

fn key_pair(reader: &mut Reader<'_>, at: &str) -> Option<(Secret, String)> {
    let key = reader.optional_secret(&format!("{at}.key_pem"));
    let certificate = reader.optional_file(&format!("{at}.certificate_file"));
    let (key, certificate) = (key?, certificate?);
    for (name, missing) in [("key_pem", key.is_none()), ("certificate_file", certificate.is_none())] {
        if missing {
            reader.bad::<()>(&format!("{at}.{name}"), "must be given for this kind of source");
        }
    }
    Some((key?, certificate?))
}

fn limits(reader: &mut Reader<'_>, at: &str) -> Option<Limits> {
    let mut number = |name: &str| reader.number::<u32>(&format!("{at}.{name}"));
    let per_minute = number("per_minute");
    let per_day = number("per_day");
    let batch = number("batch");
    let in_flight = number("in_flight");
    let seconds = number("timeout_seconds");
    let days = number("serve_for_days");
    let shares = (number("share_person"), number("share_third_party"), number("share_background"));
    let third_party_waiting = number("third_party_waiting");
    let counts = reader.text(&format!("{at}.counts"))?;
    Some(Limits {
        per_minute: per_minute?,
        per_day: per_day.filter(|n| *n > 0),
        counts: if counts == "calls" { Counts::Calls } else { Counts::Codes },
        batch: batch?,
        in_flight: in_flight?,
        call_limit: Duration::from_secs(u64::from(seconds?)),
        shares: Shares { person: shares.0?, third_party: shares.1?, background: shares.2? },
        serve_for: SignedDuration::from_hours(24 * i64::from(days?)),
        third_party_waiting: third_party_waiting?,
    })
}

pub(super) fn keys() -> Vec<Key> {
    let mut keys = of_section("connections.*.register");
    keys.push(key(
        "connections.*",
        "register_source",
        Kind::Text,
        Usual::None("the tenant's own `register`, if there is one"),
        "Name of the source in `[sources.NAME]` at which certified addresses are looked up, shared with other tenants: \
         its budget counts for all of them together.",
    ));
    keys.extend(of_section("sources.*"));
    keys
}

fn of_section(section: &str) -> Vec<Key> {
    [entrance(section), budget(section), lanes(section), pdnd::keys(&format!("{section}.pdnd"))].concat()
}

fn entrance(section: &str) -> Vec<Key> {
    use Kind::{Choice, Path, Secret, Text};
    let key = |name, kind, default, about| key(section, name, kind, default, about);
    let by_kind = Usual::None("needed by the business register, and by INI-PEC without vouchers");
    vec![
        key(
            "kind",
            Choice(&["business-register", "inad", "ini-pec"]),
            Usual::Text("business-register"),
            "What the source is. INAD and INI-PEC with vouchers also need the section `pdnd`.",
        ),
        key(
            "url",
            Text,
            Usual::Required,
            "Address of the service: in front of `/authentication` (business register), of `/extract` (INAD), of the tax \
             code (INI-PEC).",
        ),
        key(
            "client_id",
            Text,
            Usual::None("needed by the business register"),
            "Our name at the business register, given by its registration office.",
        ),
        key(
            "key_pem",
            Secret("key_file"),
            by_kind,
            "Our private key in PEM, not encrypted; for the business register RSA of at least 2048 bits.",
        ),
        key("certificate_file", Path, by_kind, "PEM file with the certificate of that key, followed by its chain."),
        key(
            "practical_reference",
            Text,
            Usual::None("needed by INAD"),
            "The administrative procedure for which INAD is asked (`practicalReference`), in the body's own words.",
        ),
    ]
}

fn budget(section: &str) -> Vec<Key> {
    use Kind::{Choice, Number};
    let key = |name, kind, default, about| key(section, name, kind, default, about);
    vec![
        key(
            "per_minute",
            Number(1, 100_000),
            Usual::Number(60),
            "Look-ups that may be made in any 60 seconds, by all nodes together. Firms wait in line, they are never refused.",
        ),
        key(
            "per_day",
            Number(0, 10_000_000),
            Usual::Number(0),
            "Look-ups that may be made in any 24 hours, by all nodes together; 0 for no limit.",
        ),
        key(
            "counts",
            Choice(&["codes", "calls"]),
            Usual::Text("codes"),
            "What the register counts against its limits: every tax code in a question, or every question.",
        ),
        key("batch", Number(1, 100), Usual::Number(20), "Tax codes in one question."),
        key(
            "in_flight",
            Number(1, 64),
            Usual::Number(4),
            "Questions that may be under way at the same moment, on all nodes together.",
        ),
        key(
            "timeout_seconds",
            Number(1, 120),
            Usual::Number(20),
            "Seconds after which a question without an answer is given up; it goes back to its place in the line.",
        ),
        key(
            "serve_for_days",
            Number(0, 365),
            Usual::Number(14),
            "Days for which an answer may be used without asking again: to confirm the very address that it named, and for \
             committenti, with its date. 0 asks every time.",
        ),
    ]
}

fn lanes(section: &str) -> Vec<Key> {
    use Kind::Number;
    let key = |name, kind, default, about| key(section, name, kind, default, about);
    vec![
        key(
            "share_person",
            Number(1, 1_000),
            Usual::Number(70),
            "Part of the budget that people who wait at a page are sure of, in proportion to the other two parts. What a \
             line does not use goes to the others.",
        ),
        key(
            "share_third_party",
            Number(1, 1_000),
            Usual::Number(20),
            "The same for committenti, who query the regularity of firms.",
        ),
        key("share_background", Number(1, 1_000), Usual::Number(10), "The same for answers that grow old."),
        key(
            "third_party_waiting",
            Number(0, 1_000_000),
            Usual::Number(1_000),
            "Questions of committenti that may wait at the same time; beyond, they are told to come back.",
        ),
    ]
}

pub(super) fn key(section: &str, name: &str, kind: Kind, default: Usual, about: &'static str) -> Key {
    Key { path: format!("{section}.{name}"), kind, default, about }
}
