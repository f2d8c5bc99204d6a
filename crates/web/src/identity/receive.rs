use sportello_core::identities::{self, Left, LogoutRefusal};
use sportello_core::spid::sp::logout::Incoming;
use sportello_core::{access::Actor, chain};

use super::refused;
use crate::failure::Failure;
use crate::fields::Fields;
use crate::parts::Tone;
use crate::respond::{self, Answer};
use crate::rx::Rx;

/// What a provider posts through the browser. The cookies of ours do not come with it: who it is for is settled on the
/// page that follows.
pub(super) async fn response(rx: Rx, fields: Fields) -> Answer {
    let cx = rx.cx().acting_as(Actor::Anonymous);
    match identities::accept(&cx, fields.get("SAMLResponse"), fields.get("RelayState")).await {
        Ok(accepted) => Ok(respond::to(&rx, &format!("/accesso/identita?t={}", accepted.token.expose()))),
        Err(refused) => refused::answer(&rx, refused::Way::Spid, refused),
    }
}

/// A logout message in the query.
pub(super) async fn logout_by_redirect(rx: Rx) -> Answer {
    let query = rx.inner().query.clone();
    let relay = rx.query().get("RelayState").to_owned();
    if !rx.query().get("SAMLResponse").is_empty() {
        return left(&rx, Incoming::Redirect(&query), &relay).await;
    }
    answer(&rx, Incoming::Redirect(&query), &relay).await
}

/// A logout message in a form.
pub(super) async fn logout_by_form(rx: Rx, fields: Fields) -> Answer {
    if !fields.get("SAMLResponse").is_empty() {
        return left(&rx, Incoming::Post(fields.get("SAMLResponse")), fields.get("RelayState")).await;
    }
    answer(&rx, Incoming::Post(fields.get("SAMLRequest")), fields.get("RelayState")).await
}

/// The provider answers to our request to log out. Ours had ended before we asked; of the provider's own session only a
/// verified answer is repeated.
async fn left(rx: &Rx, incoming: Incoming<'_>, relay: &str) -> Answer {
    super::count(rx)?;
    // Whoever is still here has not left: somebody else's address led them.
    if rx.session().is_some() {
        return Ok(respond::to(rx, "/"));
    }
    let (tone, key) = match identities::left(rx.cx(), incoming, relay).await? {
        Left::Everywhere => (Tone::Success, "identity-left-everywhere"),
        Left::Partly => (Tone::Warning, "identity-left-partly"),
        Left::Unknown => (Tone::Success, "identity-left"),
    };
    Ok(respond::to_with_flash(rx, "/", tone, key))
}

async fn answer(rx: &Rx, incoming: Incoming<'_>, relay: &str) -> Answer {
    let relay = Some(relay).filter(|relay| !relay.is_empty());
    match identities::answer(rx.cx(), incoming, relay).await {
        Ok(reply) => super::logout(rx, reply),
        Err(LogoutRefusal::Off) => Err(Failure::NotFound),
        Err(LogoutRefusal::Ground(error)) => Err(error.into()),
        Err(refusal) => {
            tracing::warn!(error = chain(&refusal), "a logout message was refused");
            Err(Failure::BadRequest)
        }
    }
}
