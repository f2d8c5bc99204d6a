//! What every page needs: language, time, where it is, and a word about what was just done.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Query};
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use axum::http::request::Parts;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::texts::{Lang, Texts};
use crate::world::World;

/// The cookie that remembers the language.
pub(super) const LANG_COOKIE: &str = "mondo_lingua";

/// The frame of a page.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) lang: Lang,
    pub(super) t: &'static Texts,
    pub(super) page: &'static str,
    pub(super) path: String,
    pub(super) lang_link: String,
    pub(super) now: String,
    pub(super) now_field: String,
    pub(super) flash: Option<&'static str>,
    /// Whether this world has the interoperability platform.
    pub(super) platform: bool,
}

#[derive(Debug, Default, Deserialize)]
struct FlashQuery {
    esito: Option<String>,
}

/// The visitor: language and place, read from the request.
#[derive(Debug)]
pub(super) struct Visitor {
    pub(super) lang: Lang,
    path: String,
    flash: Option<&'static str>,
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let lang = lang(parts);
        let query = Query::<FlashQuery>::try_from_uri(&parts.uri).map(|query| query.0).unwrap_or_default();
        let t = lang.texts();
        let flash = match query.esito.as_deref() {
            Some("fatto") => Some(t.flash_done),
            Some("passato") => Some(t.flash_past),
            Some("errato") => Some(t.flash_bad),
            _ => None,
        };
        Ok(Self { lang, path: parts.uri.path().to_owned(), flash })
    }
}

impl Visitor {
    pub(super) fn head(self, world: &World, page: &'static str) -> Head {
        let now = world.now().to_zoned(rome());
        let from: String = url::form_urlencoded::byte_serialize(self.path.as_bytes()).collect();
        Head {
            lang_link: format!("/lingua/{}?da={from}", self.lang.other().code()),
            lang: self.lang,
            t: self.lang.texts(),
            page,
            path: self.path,
            now: now.strftime("%d/%m/%Y %H:%M:%S").to_string(),
            now_field: now.strftime("%Y-%m-%dT%H:%M").to_string(),
            flash: self.flash,
            platform: world.pdnd().is_some(),
        }
    }
}

/// The time zone of everything a visitor reads; without time zone data on this machine, winter time.
pub(super) fn rome() -> TimeZone {
    TimeZone::get("Europe/Rome").unwrap_or_else(|_| TimeZone::fixed(jiff::tz::offset(1)))
}

/// An instant as visitors read it.
pub(super) fn when(at: jiff::Timestamp) -> String {
    at.to_zoned(rome()).strftime("%d/%m/%Y %H:%M:%S").to_string()
}

fn lang(parts: &Parts) -> Lang {
    let header = |name| parts.headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    let cookies = header(COOKIE).flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let chosen = cookies.filter(|(name, _)| *name == LANG_COOKIE).find_map(|(_, value)| Lang::from_code(value));
    // The first language of ours that the browser names; its order is the visitor's.
    let preferred = || {
        let mut tags = header(ACCEPT_LANGUAGE).flat_map(|line| line.split(','));
        tags.find_map(|tag| Lang::from_code(tag.trim().get(..2)?))
    };
    chosen.or_else(preferred).unwrap_or(Lang::It)
}

/// A place on this site to go back to; anything that could lead elsewhere becomes the overview.
pub(super) fn local(path: Option<&str>) -> &str {
    let sound =
        |p: &&str| p.starts_with('/') && !p.starts_with("//") && p.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    path.filter(sound).unwrap_or("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_leads_nowhere_else() {
        assert_eq!(local(Some("/registro")), "/registro");
        for bad in ["//evil.example", "https://evil.example", "", "registro", "/\\evil.example", "/a\r\nb", "/a b"] {
            assert_eq!(local(Some(bad)), "/", "{bad:?}");
        }
        assert_eq!(local(None), "/");
    }

    #[test]
    fn the_language_is_the_chosen_one_then_the_browsers() {
        let lang = |cookie: &str, accept: &str| {
            let request = axum::http::Request::get("/").header(COOKIE, cookie).header(ACCEPT_LANGUAGE, accept);
            super::lang(&request.body(()).unwrap().into_parts().0)
        };
        assert_eq!(lang("a=b; mondo_lingua=en", "it"), Lang::En);
        assert_eq!(lang("mondo_lingua=xx", "de, en;q=0.5"), Lang::En);
        assert_eq!(lang("", "é"), Lang::It);
        assert_eq!(lang("", "fr"), Lang::It);
    }
}
