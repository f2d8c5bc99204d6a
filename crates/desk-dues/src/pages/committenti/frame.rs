//! What surrounds the pages of the area.

use axum::extract::FromRequestParts;
use axum::extract::Path;
use axum::http::request::Parts;
use web::parts::{Badge, Tone};
use web::shell::{NavItem, Shell};
use web::{Failure, Rx, State};

use crate::regularity::{Answer, Verdict};

/// The shell of a page of the area.
pub(super) fn shell(rx: &Rx, title: &str, place: &[(&str, Option<&str>)]) -> Shell {
    let mut shell = rx.shell(title.to_owned());
    let item = |key: &str, path: &str| NavItem { label: rx.t(key), href: rx.url(path), active: rx.path() == path };
    shell.nav =
        vec![item("committenti-nav-queries", "/committenti"), item("committenti-nav-keys", "/committenti/chiavi")];
    shell.breadcrumb = rx.crumbs(place);
    shell
}

/// The judgement as a badge.
pub(super) fn verdict(rx: &Rx, answer: &Answer) -> Badge {
    let tone = match answer.verdict {
        Verdict::Regular => Tone::Success,
        Verdict::NotRegular => Tone::Danger,
        Verdict::Undetermined => Tone::Warning,
    };
    Badge::new(tone, rx.t(&format!("regularity-verdict-{}", answer.verdict.key())))
}

/// A number in an address. What is none leads nowhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Id<T>(pub(super) T);

impl<T: std::str::FromStr> FromRequestParts<State> for Id<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Failure> {
        let Path(text) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| Failure::NotFound)?;
        text.parse().map(Self).map_err(|_| Failure::NotFound)
    }
}
