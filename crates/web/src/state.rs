use std::net::IpAddr;
use std::sync::Arc;

use sportello_core::App;
use sportello_core::texts::Language;

use crate::limits::Limits;

/// What every handler may reach.
#[derive(Clone, Debug)]
pub struct State(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    app: App,
    settings: Settings,
    limits: Limits,
}

/// How the site is reached.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Forms that one network may submit in a minute.
    pub posts_per_minute: u32,
    /// A line above every page: for demonstrations.
    pub banner: Option<String>,
    /// The same in English; without it the line stands on English pages too.
    pub banner_en: Option<String>,
}

impl Settings {
    /// The line above every page in a language.
    pub(crate) fn banner(&self, language: Language) -> Option<&String> {
        self.banner_en.as_ref().filter(|_| language == Language::English).or(self.banner.as_ref())
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self { trusted_proxies: Vec::new(), posts_per_minute: 120, banner: None, banner_en: None }
    }
}

impl State {
    pub(crate) fn new(app: App, settings: Settings) -> Self {
        Self(Arc::new(Inner { app, settings, limits: Limits::default() }))
    }

    /// The program's parts.
    pub fn app(&self) -> &App {
        &self.0.app
    }

    /// How the site is reached.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// Whether browsers reach the site over TLS; then cookies are bound to it.
    pub fn secure(&self) -> bool {
        self.0.app.public_url().starts_with("https:")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_in_english_have_the_english_line_if_there_is_one() {
        let with = |it: Option<&str>, en: Option<&str>| {
            let settings =
                Settings { banner: it.map(str::to_owned), banner_en: en.map(str::to_owned), ..Settings::default() };
            [Language::Italian, Language::English]
                .map(|language| settings.banner(language).cloned().unwrap_or_default())
        };
        assert_eq!(with(Some("prova"), Some("rehearsal")), ["prova", "rehearsal"]);
        assert_eq!(with(Some("prova"), None), ["prova", "prova"]);
        assert_eq!(with(None, None), ["", ""]);
    }
}
