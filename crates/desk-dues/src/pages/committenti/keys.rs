//! Keys: a second one before the old one ends, and the old one revoked.

use askama::Template;
use sportello_core::access::Actor;
use sportello_core::committenti::{self, ApiKey, KeyError, KeyId, KeyState};
use web::form::{ErrorSummary, Field};
use web::parts::{Badge, Tone};
use web::shell::Shell;
use web::{Answer, Fields, Rx};

use super::frame::{Id, shell};
use super::invitation::show;

const LIFE_DAYS: i64 = 365;

/// One key on the page.
struct Row {
    id: KeyId,
    label: String,
    prefix: String,
    until: String,
    used: String,
    state: Badge,
    good: bool,
    own: bool,
}

#[derive(Template)]
#[template(path = "committenti/keys.html")]
struct Keys {
    shell: Shell,
    errors: ErrorSummary,
    keys: Vec<Row>,
    label: Field,
}

/// The state of a key as a badge.
pub(in crate::pages) fn state(rx: &Rx, key: &ApiKey) -> Badge {
    let (tone, word) = match key.state(rx.cx().now_ms()) {
        KeyState::Good => (Tone::Success, "committenti-key-good"),
        KeyState::Expiring => (Tone::Warning, "committenti-key-expiring"),
        KeyState::Expired => (Tone::Neutral, "committenti-key-expired"),
        KeyState::Revoked => (Tone::Neutral, "committenti-key-revoked"),
    };
    Badge::new(tone, rx.t(word))
}

fn row(rx: &Rx, key: &ApiKey) -> Row {
    let good = matches!(key.state(rx.cx().now_ms()), KeyState::Good | KeyState::Expiring);
    Row {
        id: key.id,
        label: key.label.clone(),
        prefix: key.prefix.clone(),
        until: rx.moment(key.expires_at),
        used: key.used_at.map_or_else(|| rx.t("committenti-key-never-used"), |at| rx.moment(at)),
        state: state(rx, key),
        good,
        own: matches!(rx.cx().actor, Actor::Committente { key: own, .. } if own == key.id),
    }
}

async fn render(rx: &Rx, problem: Option<String>) -> Answer {
    let id = rx.committente()?;
    let keys = committenti::of(rx.cx(), id).await?;
    let title = rx.t("committenti-nav-keys");
    let mut shell =
        shell(rx, &title, &[("committenti-nav-queries", Some("/committenti")), ("committenti-nav-keys", None)]);
    shell.has_errors = problem.is_some();
    let wrong = problem.is_some();
    let label = Field::text("nome", rx.t("committenti-key-label"))
        .hint(rx.t("committenti-key-label-hint"))
        .autocomplete("off")
        .maxlength(60)
        .width("w-medium")
        .error(problem);
    let errors = ErrorSummary::new().check(&label);
    let template = Keys { shell, errors, keys: keys.iter().map(|key| row(rx, key)).collect(), label };
    if wrong { web::form_again(rx, &template) } else { web::page(rx, &template) }
}

pub(super) async fn list(rx: Rx) -> Answer {
    render(&rx, None).await
}

pub(super) async fn make(rx: Rx, fields: Fields) -> Answer {
    let id = rx.committente()?;
    let label = fields.get("nome");
    if label.is_empty() {
        return render(&rx, Some(rx.t("committenti-key-no-label"))).await;
    }
    match committenti::issue(rx.cx(), id, label, LIFE_DAYS).await {
        Ok(issued) => show(&rx, &issued),
        Err(KeyError::TooMany | KeyError::Unknown) => render(&rx, Some(rx.t("committenti-key-too-many"))).await,
        Err(KeyError::Ground(error)) => Err(error.into()),
    }
}

/// A plain visit, after signing in again.
pub(super) async fn back(rx: Rx) -> Answer {
    Ok(web::to(&rx, "/committenti/chiavi"))
}

pub(super) async fn revoke(rx: Rx, Id(key): Id<KeyId>) -> Answer {
    let id = rx.committente()?;
    let revoked = committenti::revoke(rx.cx(), id, key).await?;
    let (tone, word) = if revoked {
        (Tone::Success, "committenti-key-now-revoked")
    } else {
        (Tone::Warning, "committenti-key-was-revoked")
    };
    Ok(web::to_with_flash(&rx, "/committenti/chiavi", tone, word))
}
