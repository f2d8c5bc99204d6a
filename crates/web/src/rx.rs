use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use http::request::Parts;
use sportello_core::Cx;
use sportello_core::access::{Actor, Operation};
use sportello_core::accounts::AccountId;
use sportello_core::accounts::sessions::Session;
use sportello_core::committenti::CommittenteId;
use sportello_core::format;
use sportello_core::people::FirmId;
use sportello_core::texts::{self, Language};

use crate::assets;
use crate::failure::Failure;
use crate::shell::{Crumb, Flash, Shell, UserBadge};
use crate::state::State;

/// The request's context: the operations' [`Cx`], and what pages need besides.
#[derive(Clone, Debug)]
pub struct Rx(Arc<Inner>);

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) cx: Cx,
    pub(crate) state: State,
    pub(crate) session: Option<Session>,
    pub(crate) token: String,
    pub(crate) base: String,
    pub(crate) path: String,
    pub(crate) query: String,
    /// Whether it only asks for a page.
    pub(crate) reads: bool,
    pub(crate) address: IpAddr,
    pub(crate) agent: String,
    pub(crate) flash: Option<Flash>,
    /// What ties a request to a provider to this browser.
    pub(crate) identity: Option<String>,
}

impl FromRequestParts<State> for Rx {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &State) -> Result<Self, Failure> {
        parts.extensions.get::<Self>().cloned().ok_or(Failure::NotFound)
    }
}

impl Rx {
    pub(crate) fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }

    /// The operations' context.
    pub fn cx(&self) -> &Cx {
        &self.0.cx
    }

    /// The language of the page.
    pub fn language(&self) -> Language {
        self.0.cx.language
    }

    /// A text by key.
    pub fn t(&self, key: &str) -> String {
        self.0.cx.t(key)
    }

    /// A text by key, with variables.
    pub fn tr(&self, key: &str, args: &[(&str, texts::Arg<'_>)]) -> String {
        self.0.cx.tr(key, args)
    }

    /// The address of a page of this tenant, from its path (`/accesso`).
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.0.base)
    }

    /// The address of a page of this tenant as it stands in messages.
    pub fn full_url(&self, path: &str) -> String {
        format!("{}{path}", self.0.cx.app.tenant_url(&self.0.cx.tenant))
    }

    /// The path of this request within the tenant.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The request's query, as fields.
    pub fn query(&self) -> crate::fields::Fields {
        crate::fields::Fields::parse(self.0.query.as_bytes())
    }

    /// What the browser calls itself.
    pub fn agent(&self) -> &str {
        &self.0.agent
    }

    /// The token of the session.
    pub fn token(&self) -> &str {
        &self.0.token
    }

    /// The token that ties this browser to what it asked of a provider.
    pub(crate) fn identity_cookie(&self) -> Option<String> {
        self.0.identity.clone()
    }

    /// Who has signed in.
    pub fn session(&self) -> Option<&Session> {
        self.0.session.as_ref()
    }

    /// The firm that has signed in and may go on; others are sent to sign in, or to change their password first.
    ///
    /// # Errors
    /// [`Failure::SignIn`].
    pub fn firm(&self) -> Result<(AccountId, FirmId), Failure> {
        match self.0.cx.actor {
            Actor::Firm { account, firm, must_change: false, .. } => Ok((account, firm)),
            Actor::Firm { .. } => Err(Failure::SignIn(self.url("/password"))),
            _ => Err(Failure::SignIn(self.url("/accesso"))),
        }
    }

    /// The committente that has signed in with a key; others are sent to the page where they can.
    ///
    /// # Errors
    /// [`Failure::SignIn`].
    pub fn committente(&self) -> Result<CommittenteId, Failure> {
        match self.0.cx.actor {
            Actor::Committente { id, .. } => Ok(id),
            _ => Err(Failure::SignIn(self.url("/committenti/accesso"))),
        }
    }

    /// Counts a visit that is no form against the limit of its network.
    ///
    /// # Errors
    /// [`Failure::TooMany`].
    pub fn count_visit(&self) -> Result<(), Failure> {
        let state = &self.0.state;
        match state.limits().count(self.0.address, self.0.cx.now(), state.settings().posts_per_minute) {
            Some(seconds) => Err(Failure::TooMany(seconds)),
            None => Ok(()),
        }
    }

    /// Sends whoever has signed in at too low a level to the page where they prove more, before they fill in a form. Who
    /// may not do the thing at all is told when they try.
    ///
    /// # Errors
    /// [`Failure::Level`].
    pub fn level_for(&self, operation: Operation) -> Result<(), Failure> {
        match self.0.cx.require(operation) {
            Err(error @ sportello_core::Error::Level { .. }) => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// The operator who has signed in; others are sent to the operators' sign-in.
    ///
    /// # Errors
    /// [`Failure::SignIn`].
    pub fn operator(&self) -> Result<(), Failure> {
        match self.0.cx.actor {
            Actor::Operator { .. } => Ok(()),
            _ => Err(Failure::SignIn(self.url("/ufficio/accesso"))),
        }
    }

    /// The shell of a page with this title.
    pub fn shell(&self, title: String) -> Shell {
        let cx = &self.0.cx;
        let tenant = &cx.tenant;
        let language = cx.language;
        let mut shell = Shell::new(Arc::new(cx.texts().clone()), language.tag(), assets::url);
        shell.title = title;
        shell.base.clone_from(&self.0.base);
        shell.other_lang_url = format!("?lang={}", language.other().tag());
        shell.theme_class = format!("theme-{}", tenant.theme);
        tenant.name.get(language).clone_into(&mut shell.tenant_name);
        tenant.tagline.get(language).clone_into(&mut shell.tenant_tagline);
        tenant.owner.get(language).clone_into(&mut shell.owner_name);
        shell.owner_url.clone_from(&tenant.owner_url);
        shell.flash.clone_from(&self.0.flash);
        shell.help_phone = Some(tenant.help.phone.clone());
        shell.help_hours = Some(tenant.help.hours.get(language).to_owned());
        shell.help_email = Some(tenant.help.email.clone());
        shell.accessibility_url.clone_from(&tenant.accessibility_url);
        shell.privacy_url = self.url("/privacy");
        shell.checked_on = format::date(language, tenant.checked_on);
        env!("CARGO_PKG_VERSION").clone_into(&mut shell.version);
        shell.is_demo_banner = self.0.state.settings().banner(language).cloned();
        self.dress_for_visitor(&mut shell);
        shell
    }

    fn dress_for_visitor(&self, shell: &mut Shell) {
        shell.sign_out_url = self.url("/uscita");
        match (&self.0.cx.actor, &self.0.session) {
            (Actor::Firm { .. }, Some(session)) => {
                shell.account_url = Some(self.url("/profilo"));
                shell.user = Some(UserBadge { name: session.name.clone(), detail: session.label.clone() });
            }
            (Actor::Operator { role, .. }, Some(session)) => {
                let detail = self.t(&format!("role-{}", role.name()));
                shell.user = Some(UserBadge { name: session.name.clone(), detail });
            }
            (Actor::Committente { .. }, Some(session)) => {
                shell.account_url = Some(self.url("/committenti"));
                shell.user = Some(UserBadge { name: session.name.clone(), detail: session.label.clone() });
            }
            _ => shell.sign_in_url = (self.0.path != "/accesso").then(|| self.url("/accesso")),
        }
    }

    /// The way from the home page to a page: label and path of each place, the last one without a path.
    pub fn crumbs(&self, places: &[(&str, Option<&str>)]) -> Vec<Crumb> {
        let home = Crumb { label: self.t("shell-home"), href: Some(self.url("/")) };
        let place = |(key, path): &(&str, Option<&str>)| Crumb { label: self.t(key), href: path.map(|p| self.url(p)) };
        std::iter::once(home).chain(places.iter().map(place)).collect()
    }

    /// A date as people write it.
    pub fn date(&self, date: jiff::civil::Date) -> String {
        format::date(self.language(), date)
    }

    /// An instant of the database as people write it: `28 febbraio 2017, 10:02`.
    pub fn moment(&self, milliseconds: i64) -> String {
        format::date_time(self.language(), sportello_core::clock::instant(milliseconds))
    }

    /// The time of an instant, with its date unless it is today: `10:02`.
    pub fn time(&self, milliseconds: i64) -> String {
        let at = sportello_core::clock::instant(milliseconds);
        if format::civil(at) == self.0.cx.today() { format::time(at) } else { self.moment(milliseconds) }
    }
}
