//! Long lists in pages: a cursor says where the next one begins, whatever is added meanwhile.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use serde_json::{Value, json};

use super::problem::Problem;
use crate::rx::Rx;

const MOST: i64 = 100;
const USUAL: i64 = 50;

/// Which page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where it begins: after the thing with this number.
    pub after: Option<i64>,
    /// How many things it holds at most.
    pub limit: i64,
}

impl Page {
    /// The page that a request's `cursor` and `limit` name.
    ///
    /// # Errors
    /// A [`Problem`] when either is wrong.
    pub fn of(rx: &Rx) -> Result<Self, Problem> {
        let query = rx.query();
        Self::read(query.get("cursor"), query.get("limit"))
            .ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, "cursor"))
    }

    fn read(cursor: &str, limit: &str) -> Option<Self> {
        let limit = if limit.is_empty() { USUAL } else { limit.parse().ok().filter(|n| (1..=MOST).contains(n))? };
        let after = if cursor.is_empty() { None } else { Some(opened(cursor)?) };
        Some(Self { after, limit })
    }
}

fn cursor(number: i64) -> String {
    URL_SAFE_NO_PAD.encode(number.to_be_bytes())
}

fn opened(cursor: &str) -> Option<i64> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    bytes.try_into().ok().map(i64::from_be_bytes)
}

/// A page as it is sent. `found` holds one thing more than the page when another page follows.
pub fn page_of<T>(page: Page, found: &[T], number: impl Fn(&T) -> i64, shown: impl Fn(&T) -> Value) -> Value {
    let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
    let here = &found[..found.len().min(limit)];
    let next = here.last().filter(|_| found.len() > limit).map(|last| cursor(number(last)));
    json!({ "items": here.iter().map(shown).collect::<Vec<_>>(), "next": next })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_where_the_next_one_begins() {
        let page = Page::read("", "2").unwrap();
        let sent = page_of(page, &[9, 8, 7], |n| *n, |n| json!(n));
        assert_eq!(sent["items"], json!([9, 8]));
        let next = Page::read(sent["next"].as_str().unwrap(), "").unwrap();
        assert_eq!((next.after, next.limit), (Some(8), USUAL));
        assert_eq!(page_of(next, &[7], |n| *n, |n| json!(n))["next"], Value::Null);
    }

    #[test]
    fn what_is_no_page_is_refused() {
        for (cursor, limit) in [("x", ""), ("", "0"), ("", "101"), ("", "ten"), ("AAAA", ""), ("", "-1")] {
            assert_eq!(Page::read(cursor, limit), None, "{cursor} {limit}");
        }
    }
}
