//! The shell of a page: what surrounds the content, whoever the institution is.
//!
//! Every page struct has a field `shell: Shell`; the template extends `layout.html` and calls what is
//! here. A shell is plain data, built once per request, with no look-up hidden in it.

use std::fmt;
use std::sync::Arc;

use askama::filters::Safe;

use crate::parts::Tone;
use crate::texts::{Arg, Texts};

/// Everything that the layout and the components need besides the content of the page.
#[derive(Clone)]
pub struct Shell {
    /// The texts of the tenant in the language of the page.
    pub texts: Arc<Texts>,
    /// Turns the logical name of an asset (`sportello.css`) into its address with the hash.
    pub asset_url: fn(&str) -> String,
    /// Language of the page: `it` or `en`.
    pub lang: &'static str,
    /// The same page in the other language, for instance `?lang=en`.
    pub other_lang_url: String,
    /// Name of the page, shown by the browser before the name of the service.
    pub title: String,
    /// Whether the page shows errors; its title then says so first.
    pub has_errors: bool,
    /// Prefix of every address of the tenant: `/albo`, or nothing when it has a host of its own.
    pub base: String,
    /// Class that chooses the accent colour: `theme-blue`, `theme-green`, `theme-slate`,
    /// `theme-teal` or `theme-plum`.
    pub theme_class: String,
    /// Name of the service.
    pub tenant_name: String,
    /// What the service is for, in a few words; may be empty.
    pub tenant_tagline: String,
    /// The body that answers for the service.
    pub owner_name: String,
    /// The site of that body.
    pub owner_url: String,
    /// Who is signed in.
    pub user: Option<UserBadge>,
    /// Where to sign in; none hides the button (on the sign-in page itself, or where nobody can).
    pub sign_in_url: Option<String>,
    /// Where the sign-out button posts to.
    pub sign_out_url: String,
    /// The page about one's own account, linked from the menu of who is signed in.
    pub account_url: Option<String>,
    /// The pages of the service.
    pub nav: Vec<NavItem>,
    /// The way from the home page to here; the last one is the page itself.
    pub breadcrumb: Vec<Crumb>,
    /// The outcome of what was just done, shown once.
    pub flash: Option<Flash>,
    /// Service notices that everybody reads, such as announced maintenance.
    pub notices: Vec<String>,
    /// Telephone of the help desk, as people read it.
    pub help_phone: Option<String>,
    /// When the telephone is answered.
    pub help_hours: Option<String>,
    /// Address of the help desk.
    pub help_email: Option<String>,
    /// The accessibility statement on AgID's site, or our page that leads to it.
    pub accessibility_url: String,
    /// The privacy notice.
    pub privacy_url: String,
    /// Day of the last check of these pages, already written out in the language.
    pub checked_on: String,
    /// Version of the program.
    pub version: String,
    /// Seconds after which a page that waits for something asks again, by script, and changes only
    /// its elements with an `id` and `data-live`. Without scripts the page offers a link instead:
    /// reloading under the reader's eyes is a failure of WCAG 2.2.1 (F41).
    pub refresh_seconds: Option<u32>,
    /// What to say on top of every page when the data are simulated.
    pub is_demo_banner: Option<String>,
}

impl Shell {
    /// A shell with its language and assets, and everything else empty: fill in what the page has.
    #[must_use]
    pub fn new(texts: Arc<Texts>, lang: &'static str, asset_url: fn(&str) -> String) -> Self {
        Self {
            texts,
            asset_url,
            lang,
            other_lang_url: String::new(),
            title: String::new(),
            has_errors: false,
            base: String::new(),
            theme_class: "theme-blue".to_owned(),
            tenant_name: String::new(),
            tenant_tagline: String::new(),
            owner_name: String::new(),
            owner_url: String::new(),
            user: None,
            sign_in_url: None,
            sign_out_url: String::new(),
            account_url: None,
            nav: Vec::new(),
            breadcrumb: Vec::new(),
            flash: None,
            notices: Vec::new(),
            help_phone: None,
            help_hours: None,
            help_email: None,
            accessibility_url: String::new(),
            privacy_url: String::new(),
            checked_on: String::new(),
            version: String::new(),
            refresh_seconds: None,
            is_demo_banner: None,
        }
    }

    /// The text of a key.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.texts.text(key)
    }

    /// The text of a key that has one argument.
    #[must_use]
    pub fn t1(&self, key: &str, name: &str, value: impl TextArg) -> String {
        self.texts.text_with(key, &[(name, value.into_arg())])
    }

    /// The text of a key that has two arguments.
    #[must_use]
    pub fn t2(&self, key: &str, name: &str, value: impl TextArg, other_name: &str, other: impl TextArg) -> String {
        let arguments = [(name, value.into_arg()), (other_name, other.into_arg())];
        self.texts.text_with(key, &arguments)
    }

    /// Address of a page of the tenant by its path (`/accesso`).
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Address of an asset by its logical name.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        (self.asset_url)(name)
    }

    /// An icon of the sprite. It is decoration: the meaning stands in the text beside it.
    #[must_use]
    pub fn icon(&self, name: &str) -> Safe<String> {
        self.icon_class(name, "icon")
    }

    /// An icon with its own classes, such as `icon icon-sm`.
    #[must_use]
    pub fn icon_class(&self, name: &str, class: &str) -> Safe<String> {
        let sprite = self.asset("icons.svg");
        Safe(format!(
            r##"<svg class="{class}" aria-hidden="true" focusable="false"><use href="{sprite}#{name}"></use></svg>"##
        ))
    }

    /// The language that the language link leads to.
    #[must_use]
    pub fn other_lang(&self) -> &'static str {
        if self.lang == "it" { "en" } else { "it" }
    }

    /// A telephone number as a `tel:` address: digits and the leading plus only.
    #[must_use]
    pub fn tel(&self, number: &str) -> String {
        let dialled = number.chars().filter(|c| c.is_ascii_digit() || *c == '+');
        format!("tel:{}", dialled.collect::<String>())
    }

    /// A number or code whose parts stay on one line: its spaces do not break.
    #[must_use]
    pub fn unbroken(&self, text: &str) -> String {
        text.replace(' ', "\u{a0}")
    }

    /// The address that opens a letter about a problem of this page, with the page in its subject.
    #[must_use]
    pub fn problem_mail(&self, email: &str) -> String {
        let subject = self.t1("shell-help-problem-subject", "title", &self.title);
        format!("mailto:{email}?subject={}", percent_encode(&subject))
    }

    /// The icon of a tone given by its word.
    #[must_use]
    pub fn tone_icon(&self, tone: &str) -> &'static str {
        Tone::named(tone).icon()
    }

    /// The word that says a tone aloud.
    #[must_use]
    pub fn tone_word(&self, tone: &str) -> String {
        self.t(&format!("ui-tone-{}", Tone::named(tone).as_str()))
    }
}

/// Encodes everything but unreserved characters, as RFC 6068 asks in the header fields of `mailto:`.
fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

impl fmt::Debug for Shell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Who is signed in is personal, and the texts are many: neither belongs in a log.
        f.debug_struct("Shell")
            .field("lang", &self.lang)
            .field("base", &self.base)
            .field("title", &self.title)
            .finish_non_exhaustive()
    }
}

/// Who is signed in, as the header shows it.
#[derive(Clone)]
pub struct UserBadge {
    /// Name of the person or firm.
    pub name: String,
    /// Registration number, tax code or role; may be empty.
    pub detail: String,
}

impl fmt::Debug for UserBadge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UserBadge(..)")
    }
}

/// A page in the main menu.
#[derive(Clone, Debug)]
pub struct NavItem {
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: String,
    /// Whether the present page is it, or belongs to it.
    pub active: bool,
}

/// A place on the way from the home page.
#[derive(Clone, Debug)]
pub struct Crumb {
    /// Its name.
    pub label: String,
    /// Its address; none for the page itself.
    pub href: Option<String>,
}

/// The outcome of what was just done, carried over one redirect.
#[derive(Clone, Debug)]
pub struct Flash {
    /// Whether it went well.
    pub kind: Tone,
    /// One sentence.
    pub text: String,
}

/// What a text may be given as an argument. Numbers stay numbers, so that plurals agree.
pub trait TextArg {
    /// The argument as the texts take it.
    fn into_arg(self) -> Arg;
}

impl TextArg for &str {
    fn into_arg(self) -> Arg {
        Arg::from(self.to_owned())
    }
}

impl TextArg for String {
    fn into_arg(self) -> Arg {
        Arg::from(self)
    }
}

/// Templates hand over what they hold by reference.
impl<T: TextArg + Clone> TextArg for &T {
    fn into_arg(self) -> Arg {
        self.clone().into_arg()
    }
}

/// Whole numbers of every size.
macro_rules! number_arguments {
    ($($number:ty),*) => {$(
        impl TextArg for $number {
            fn into_arg(self) -> Arg {
                // No page counts beyond 2^63: a larger number is shown as the largest.
                Arg::from(i64::try_from(self).unwrap_or(i64::MAX))
            }
        }
    )*};
}

number_arguments!(u8, u16, u32, u64, usize, i32, i64);

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use sportello_core::texts::Language;

    use super::*;

    const IT: &str = include_str!("../texts/it.ftl");
    const EN: &str = include_str!("../texts/en.ftl");
    const TEMPLATES: [&str; 2] =
        [include_str!("../templates/layout.html"), include_str!("../templates/components.html")];

    fn keys(source: &str) -> BTreeSet<&str> {
        let message = |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase());
        source.lines().filter(message).filter_map(|line| Some(line.split_once(" =")?.0)).collect()
    }

    fn shell() -> Shell {
        Shell::new(crate::texts::of(Language::Italian).unwrap(), "it", str::to_owned)
    }

    #[test]
    fn both_languages_have_the_same_texts() {
        assert!(keys(IT).len() > 40);
        assert_eq!(keys(IT), keys(EN));
    }

    #[test]
    fn every_text_of_the_templates_exists() {
        for template in TEMPLATES {
            for call in ["shell.t(\"", "shell.t1(\"", "shell.t2(\""] {
                for rest in template.split(call).skip(1) {
                    let key = rest.split('"').next().unwrap();
                    assert!(keys(IT).contains(key), "{key}");
                }
            }
        }
        for tone in [Tone::Neutral, Tone::Info, Tone::Success, Tone::Warning, Tone::Danger] {
            assert!(keys(IT).contains(format!("ui-tone-{}", tone.as_str()).as_str()));
        }
    }

    #[test]
    fn counts_agree_with_their_nouns() {
        let shell = shell();
        assert_eq!(shell.t1("ui-error-summary-count", "count", 1), "C’è una cosa da correggere");
        assert_eq!(shell.t1("ui-error-summary-count", "count", 3), "Ci sono 3 cose da correggere");
    }

    #[test]
    fn numbers_are_dialled_and_letters_are_addressed() {
        let shell = Shell { title: "Pago & firmo".to_owned(), ..shell() };
        assert_eq!(shell.tel("+39 02 123.456"), "tel:+3902123456");
        let letter = shell.problem_mail("aiuto@albo.example");
        assert!(letter.starts_with("mailto:aiuto@albo.example?subject=Problema%20nella%20pagina"), "{letter}");
        assert!(letter.contains("Pago%20%26%20firmo"), "{letter}");
    }
}
