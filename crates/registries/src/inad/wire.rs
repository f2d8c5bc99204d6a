//! INAD's own spellings.

use std::collections::BTreeSet;

use jiff::Timestamp;
use reqwest::StatusCode;
use serde::{Deserialize, Serialize};

use crate::transport::Exchange;
use crate::{Error, PecEntry, Quota, RequestId, address, headers, transport};

#[derive(Serialize)]
pub(super) struct ListRequest<'a> {
    #[serde(rename = "codiciFiscali")]
    pub(super) codes: BTreeSet<&'a str>,
    /// Spelt so in the interface; in addresses it is `practicalReference`.
    #[serde(rename = "praticalReference")]
    pub(super) reference: &'a str,
}

#[derive(Deserialize)]
pub(super) struct Accepted {
    pub(super) id: String,
}

#[derive(Deserialize)]
struct State {
    state: String,
}

#[derive(Deserialize)]
pub(super) struct Verified {
    pub(super) outcome: bool,
}

#[derive(Deserialize)]
pub(super) struct List {
    pub(super) list: Vec<Domiciles>,
}

#[derive(Deserialize)]
pub(super) struct Domiciles {
    #[serde(rename = "codiceFiscale")]
    pub(super) code: String,
    /// Left out, `null` or empty when there is none.
    #[serde(rename = "digitalAddress")]
    addresses: Option<Vec<Domicile>>,
}

#[derive(Deserialize)]
struct Domicile {
    #[serde(rename = "digitalAddress")]
    address: Option<String>,
    /// Only for a domicile that somebody chose as a professional.
    #[serde(rename = "practicedProfession")]
    profession: Option<String>,
    #[serde(rename = "usageInfo")]
    usage: Option<Usage>,
}

#[derive(Deserialize)]
struct Usage {
    #[serde(rename = "dateEndValidity")]
    ends: Option<String>,
}

#[derive(Deserialize)]
struct Problem {
    status: serde_json::Value,
    #[serde(rename = "type")]
    kind: String,
}

/// What INAD says about its limits when it says, in its own form, that it does not know the code; `None` for any other
/// answer, also for other answers with status 404.
pub(super) fn not_found(exchange: &Exchange) -> Option<Quota> {
    if exchange.status != StatusCode::NOT_FOUND || !exchange.declares("application/problem+json") {
        return None;
    }
    let problem: Problem = serde_json::from_slice(exchange.text()).ok()?;
    let says = problem.kind == "NOT_FOUND" && (problem.status == "404" || problem.status == 404);
    says.then(|| headers::quota(&exchange.headers))
}

/// Whether the state of a request is that its list can be fetched.
pub(super) fn is_ready(body: &[u8]) -> Result<bool, Error> {
    match transport::json::<State>(body)?.state.as_str() {
        "DISPONIBILE" => Ok(true),
        "PRESA_IN_CARICO" | "IN_ELABORAZIONE" => Ok(false),
        _ => Err(Error::Garbled { reason: "an unknown state of a list" }),
    }
}

/// An address that has ended counts no longer; one whose end cannot be read does, because it is on file.
pub(super) fn entry(found: &Domiciles, now: Timestamp) -> Result<PecEntry, Error> {
    let code = address::code(&found.code)?;
    let current = || found.addresses.iter().flatten().filter(|domicile| !domicile.has_ended(now));
    let of = |professional: bool| {
        let wanted = move |domicile: &&Domicile| domicile.is_professional() == professional;
        current().filter(wanted).filter_map(|domicile| domicile.address.as_deref())
    };
    Ok(address::entry(code, of(false), of(true)))
}

impl Domicile {
    fn is_professional(&self) -> bool {
        self.profession.as_deref().is_some_and(|profession| !profession.trim().is_empty())
    }

    fn has_ended(&self, now: Timestamp) -> bool {
        let ends = self.usage.as_ref().and_then(|usage| usage.ends.as_deref());
        ends.and_then(|text| text.trim().parse::<Timestamp>().ok()).is_some_and(|ends| ends <= now)
    }
}

/// A request as it is kept: INAD's id, and how many codes the list must name. A list that leaves one out would say that
/// there is no address for it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Ticket {
    id: String,
    count: usize,
}

impl Ticket {
    /// Takes the id of an accepted request; `location`, when there is one, must be about the same.
    pub(super) fn new(id: &str, count: usize, location: Option<&str>) -> Result<Self, Error> {
        let id = id.trim().trim_start_matches('{').trim_end_matches('}');
        if !is_uuid(id) {
            return Err(Error::Garbled { reason: "a malformed request id" });
        }
        let other = location.is_some_and(|location| !location.contains(id));
        if other {
            return Err(Error::Garbled { reason: "the address of another request" });
        }
        Ok(Self { id: id.to_owned(), count })
    }

    pub(super) fn read(request: &RequestId) -> Result<Self, Error> {
        let (id, count) = request.as_str().split_once(':').ok_or(Error::ForeignRequest)?;
        let count = count.parse().map_err(|_| Error::ForeignRequest)?;
        if is_uuid(id) { Ok(Self { id: id.to_owned(), count }) } else { Err(Error::ForeignRequest) }
    }

    pub(super) fn into_request(self) -> Result<RequestId, Error> {
        let text = format!("{}:{}", self.id, self.count);
        RequestId::parse(&text).map_err(|_| Error::Garbled { reason: "a malformed request id" })
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn check(&self, entries: &[PecEntry]) -> Result<(), Error> {
        let named: BTreeSet<&str> = entries.iter().map(|entry| entry.code.as_str()).collect();
        if named.len() == self.count { Ok(()) } else { Err(Error::Garbled { reason: "a list that leaves codes out" }) }
    }
}

/// Eight, four, four, four and twelve hexadecimal digits.
fn is_uuid(text: &str) -> bool {
    let lengths = [8, 4, 4, 4, 12];
    let parts: Vec<&str> = text.split('-').collect();
    parts.len() == lengths.len()
        && parts
            .iter()
            .zip(lengths)
            .all(|(part, length)| part.len() == length && part.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "f8c3de3d-1fea-4d7c-a8b0-29f63c4c3454";

    #[test]
    fn a_request_survives_as_text() {
        let location = format!("https://inad.example/listDigitalAddress/state/{ID}");
        let request = Ticket::new(&format!("{{{ID}}}"), 12, Some(&location)).unwrap().into_request().unwrap();
        assert_eq!(request.as_str(), format!("{ID}:12"));
        let kept = RequestId::parse(request.as_str()).unwrap();
        assert_eq!(Ticket::read(&kept).unwrap(), Ticket { id: ID.to_owned(), count: 12 });
        assert!(matches!(Ticket::new(ID, 1, Some("https://x/other")), Err(Error::Garbled { .. })));
        assert!(matches!(Ticket::new("../admin", 1, None), Err(Error::Garbled { .. })));
        for foreign in ["7", "abc:3", &format!("{ID}:x"), ID] {
            let foreign = RequestId::parse(foreign).unwrap();
            assert!(matches!(Ticket::read(&foreign), Err(Error::ForeignRequest)), "{foreign}");
        }
    }

    #[test]
    fn ended_addresses_and_professions_are_told_apart() {
        let now: Timestamp = "2026-02-13T08:00:00Z".parse().unwrap();
        let domicile = |address: &str, profession: Option<&str>, ends: Option<&str>| {
            serde_json::json!({"digitalAddress": address, "practicedProfession": profession,
                "usageInfo": {"motivation": "CESSAZIONE_VOLONTARIA", "dateEndValidity": ends}})
        };
        let found: Domiciles =
            serde_json::from_value(serde_json::json!({"codiceFiscale": "12345670017", "digitalAddress": [
                domicile("old@pec.example", None, Some("2017-07-21T17:32:28Z")),
                domicile("rossi@pec.example", None, Some("2027-07-21T17:32:28+0200")),
                domicile("avv@pec.example", Some("Avvocato"), None),
                domicile("due@pec.example", Some(" "), Some("sometime")),
            ]}))
            .unwrap();
        let entry = entry(&found, now).unwrap();
        assert_eq!(entry.firm_pec.unwrap().as_str(), "rossi@pec.example");
        assert_eq!(entry.further.iter().map(italia::EmailAddress::as_str).collect::<Vec<_>>(), ["due@pec.example"]);
        assert_eq!(
            entry.professionals.iter().map(italia::EmailAddress::as_str).collect::<Vec<_>>(),
            ["avv@pec.example"]
        );
    }
}
