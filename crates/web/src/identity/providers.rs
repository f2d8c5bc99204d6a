use http::StatusCode;
use sportello_core::identities::{self, BeginError, Begun, Intent, Wanted, cie};
use sportello_core::{Secret, chain};

use super::cards::CardButton;
use crate::failure::Failure;
use crate::respond::{self, Answer};
use crate::rx::Rx;
use crate::shell::Shell;
use crate::{cookies, local_path};

/// The buttons «Entra con SPID», with what opens below it, and «Entra con CIE».
#[derive(Clone, Debug, Default)]
pub struct Providers {
    /// What the button of SPID says.
    pub title: String,
    /// The providers of SPID, in an order that chance decides: address and name.
    pub list: Vec<(String, String)>,
    /// Why there is no provider of SPID to choose, where there will be: it is too early, or their list has not come yet.
    pub note: Option<String>,
    /// The button of CIE: address and words.
    pub cie: Option<(String, String)>,
}

impl Providers {
    /// The providers at which somebody may sign in to go on to a path of the portal; none when the tenant has no SPID.
    ///
    /// # Errors
    /// [`Failure::Internal`] when the database fails.
    pub async fn to_sign_in(rx: &Rx, back_to: &str) -> Result<Self, Failure> {
        Self::with(rx, "enter", &[("poi", back_to)]).await
    }

    /// The providers at which somebody proves who they are, to enter the account that is signed in from now on.
    ///
    /// # Errors
    /// [`Failure::Internal`] when the database fails.
    pub async fn to_link(rx: &Rx, back_to: &str) -> Result<Self, Failure> {
        Self::with(rx, "link", &[("scopo", "collega"), ("poi", back_to)]).await
    }

    /// The providers at which whoever has signed in proves who they are at a higher level, to go on.
    ///
    /// # Errors
    /// [`Failure::Internal`] when the database fails.
    pub async fn to_raise(rx: &Rx, level: u8, back_to: &str) -> Result<Self, Failure> {
        let level = level.to_string();
        Self::with(rx, "enter", &[("scopo", "alza"), ("livello", &level), ("poi", back_to)]).await
    }

    async fn with(rx: &Rx, purpose: &str, more: &[(&str, &str)]) -> Result<Self, Failure> {
        let choices = identities::choices(rx.cx()).await?;
        let address = |way: &str, first: &[(&str, &str)]| {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(first).extend_pairs(more);
            rx.url(&format!("/accesso/{way}?{}", query.finish()))
        };
        let spid = |choice: identities::ProviderChoice| (address("spid", &[("idp", &choice.entity_id)]), choice.name);
        let note = match identities::opens(rx.cx()) {
            Some(day) => Some(rx.tr("identity-opens", &[("date", rx.date(day).into())])),
            None if identities::is_on(rx.cx()) && choices.is_empty() => Some(rx.t("identity-no-list")),
            None => None,
        };
        Ok(Self {
            title: rx.t(&format!("identity-{purpose}")),
            list: choices.into_iter().map(spid).collect(),
            note,
            cie: cie::is_on(rx.cx()).then(|| (address("cie", &[]), rx.t(&format!("identity-{purpose}-cie")))),
        })
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty() && self.cie.is_none() && self.note.is_none()
    }
}

#[derive(askama::Template)]
#[template(path = "identity/choose.html")]
struct Choose {
    shell: Shell,
    providers: Providers,
    unknown: bool,
}

/// How an address says what an identity is for.
pub(crate) fn purpose(intent: Intent) -> Option<(&'static str, &'static str)> {
    match intent {
        Intent::SignIn | Intent::Leave => None,
        Intent::Link => Some(("scopo", "collega")),
        Intent::Raise => Some(("scopo", "alza")),
    }
}

/// What an address of ours asks for, whoever is to prove it.
pub(super) struct Asked {
    pub(super) intent: Intent,
    pub(super) back_to: String,
    pub(super) level: Option<u8>,
}

impl Asked {
    pub(super) fn wanted<'a>(&'a self, provider: &'a str, browser: Option<&'a str>) -> Wanted<'a> {
        Wanted { provider, intent: self.intent, level: self.level, back_to: &self.back_to, browser }
    }
}

/// Reads it from the query.
pub(super) fn ask_for(rx: &Rx) -> Result<Asked, Failure> {
    let query = rx.query();
    let named = |intent: &Intent| purpose(*intent).is_some_and(|(name, value)| query.get(name) == value);
    let intent = [Intent::Link, Intent::Raise].into_iter().find(named).unwrap_or(Intent::SignIn);
    if intent != Intent::SignIn {
        rx.firm()?;
    }
    let level = query.get("livello").parse().ok().filter(|level| (1..=3).contains(level));
    Ok(Asked { intent, back_to: local_path(query.get("poi"), "/").to_owned(), level })
}

/// The browser's next step, tied to the request.
pub(super) fn started(rx: &Rx, begun: Begun) -> Answer {
    match begun {
        Begun::Redirect { url, browser } => Ok(tied(rx, respond::found(&url), &browser)),
        Begun::Form { form, browser } => Ok(tied(rx, super::carry(rx, form)?, &browser)),
    }
}

/// The list of providers, or, when one is named, the way to it.
pub(super) async fn choose(rx: Rx) -> Answer {
    let asked = ask_for(&rx)?;
    let query = rx.query();
    let provider = query.get("idp");
    if provider.is_empty() {
        return list(&rx, &asked, false).await;
    }
    super::count(&rx)?;
    let browser = rx.identity_cookie();
    match identities::begin(rx.cx(), asked.wanted(provider, browser.as_deref())).await {
        Ok(begun) => started(&rx, begun),
        Err(BeginError::UnknownProvider) => list(&rx, &asked, true).await,
        Err(BeginError::Off) => Err(Failure::NotFound),
        Err(BeginError::Ground(error)) => Err(error.into()),
        Err(error) => {
            tracing::error!(error = chain(&error), "a request to a provider cannot be made");
            Err(Failure::Internal)
        }
    }
}

#[derive(askama::Template)]
#[template(path = "identity/raise.html")]
struct RaisePage {
    shell: Shell,
    text: String,
    providers: Providers,
    card: CardButton,
}

/// What somebody sees who wants to do something that demands a higher level.
pub(super) async fn raise(rx: Rx) -> Answer {
    rx.firm()?;
    let asked = ask_for(&rx)?;
    let level = asked.level.unwrap_or(2);
    let providers = Providers::to_raise(&rx, level, &asked.back_to).await?;
    let shell = rx.shell(rx.t("identity-raise-title"));
    let text = rx.tr("identity-raise-text", &[("level", i64::from(level).into())]);
    let card = CardButton::to_raise(&rx, &asked.back_to);
    respond::page(&rx, &RaisePage { shell, text, providers, card })
}

async fn list(rx: &Rx, asked: &Asked, unknown: bool) -> Answer {
    let providers = match asked.intent {
        Intent::SignIn | Intent::Leave => Providers::to_sign_in(rx, &asked.back_to).await?,
        Intent::Link => Providers::to_link(rx, &asked.back_to).await?,
        Intent::Raise => Providers::to_raise(rx, asked.level.unwrap_or(2), &asked.back_to).await?,
    };
    if providers.list.is_empty() {
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
