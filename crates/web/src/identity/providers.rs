use http::StatusCode;
use sportello_core::identities::{self, BeginError, Begun, Intent, Wanted};
use sportello_core::{Secret, chain};

use crate::failure::Failure;
use crate::respond::{self, Answer};
use crate::rx::Rx;
use crate::shell::Shell;
use crate::{cookies, local_path};

/// The button «Entra con SPID» and what opens below it.
#[derive(Clone, Debug, Default)]
pub struct Providers {
    /// What the button says.
    pub title: String,
    /// The providers, in an order that chance decides: address and name.
    pub list: Vec<(String, String)>,
}

impl Providers {
    /// The providers at which somebody may sign in to go on to a path of the portal; none when the tenant has no SPID.
    ///
    /// # Errors
    /// [`Failure::Internal`] when the database fails.
    pub async fn to_sign_in(rx: &Rx, back_to: &str) -> Result<Self, Failure> {
        Self::with(rx, "identity-enter", &[("poi", back_to)]).await
    }

    /// The providers at which somebody proves who they are, to enter the account that is signed in from now on.
    ///
    /// # Errors
    /// [`Failure::Internal`] when the database fails.
    pub async fn to_link(rx: &Rx, back_to: &str) -> Result<Self, Failure> {
        Self::with(rx, "identity-link", &[("scopo", "collega"), ("poi", back_to)]).await
    }

    async fn with(rx: &Rx, title: &str, more: &[(&str, &str)]) -> Result<Self, Failure> {
        let choices = identities::choices(rx.cx()).await?;
        let address = |entity_id: &str| {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.append_pair("idp", entity_id).extend_pairs(more);
            rx.url(&format!("/accesso/spid?{}", query.finish()))
        };
        Ok(Self {
            title: rx.t(title),
            list: choices.into_iter().map(|choice| (address(&choice.entity_id), choice.name)).collect(),
        })
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

#[derive(askama::Template)]
#[template(path = "identity/choose.html")]
struct Choose {
    shell: Shell,
    providers: Providers,
    unknown: bool,
}

/// The list of providers, or, when one is named, the way to it.
pub(super) async fn choose(rx: Rx) -> Answer {
    let query = rx.query();
    let provider = query.get("idp");
    let back_to = local_path(query.get("poi"), "/");
    let intent = if query.get("scopo") == "collega" { Intent::Link } else { Intent::SignIn };
    if intent == Intent::Link {
        rx.firm()?;
    }
    if provider.is_empty() {
        return list(&rx, back_to, intent, false).await;
    }
    super::count(&rx)?;
    let level = query.get("livello").parse().ok().filter(|level| (1..=3).contains(level));
    let browser = rx.identity_cookie();
    let wanted = Wanted { provider, intent, level, back_to, browser: browser.as_deref() };
    match identities::begin(rx.cx(), wanted).await {
        Ok(Begun::Redirect { url, browser }) => Ok(tied(&rx, respond::found(&url), &browser)),
        Ok(Begun::Form { form, browser }) => Ok(tied(&rx, super::carry(&rx, form)?, &browser)),
        Err(BeginError::UnknownProvider) => list(&rx, back_to, intent, true).await,
        Err(BeginError::Off) => Err(Failure::NotFound),
        Err(BeginError::Ground(error)) => Err(error.into()),
        Err(error) => {
            tracing::error!(error = chain(&error), "a request to a provider cannot be made");
            Err(Failure::Internal)
        }
    }
}

async fn list(rx: &Rx, back_to: &str, intent: Intent, unknown: bool) -> Answer {
    let providers = match intent {
        Intent::SignIn => Providers::to_sign_in(rx, back_to).await?,
        Intent::Link => Providers::to_link(rx, back_to).await?,
    };
    if providers.is_empty() {
        return Err(Failure::NotFound);
    }
    let mut shell = rx.shell(rx.t("identity-choose-title"));
    shell.breadcrumb = rx.crumbs(&[("identity-choose-title", None)]);
    let status = if unknown { StatusCode::NOT_FOUND } else { StatusCode::OK };
    respond::page_with(rx, status, &Choose { shell, providers, unknown })
}

/// Ties the request to this browser.
pub(super) fn tied(rx: &Rx, mut response: axum::response::Response, browser: &Secret) -> axum::response::Response {
    let secure = rx.inner().state.secure();
    let name = cookies::name("identity", &rx.cx().tenant.slug, secure);
    respond::append_cookie(&mut response, cookies::set(&name, browser.expose(), secure));
    response
}
