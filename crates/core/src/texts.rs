//! What people read: Fluent messages by key, in Italian and English, which a tenant may override.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

/// A language of the product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
pub enum Language {
    /// Italian, the default.
    #[default]
    #[serde(rename = "it")]
    Italian,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::Italian, Self::English];

    /// The language tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Italian => "it",
            Self::English => "en",
        }
    }

    /// The language of a tag, when the product speaks it.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.get(..2)? {
            "it" => Some(Self::Italian),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// The first language of an `Accept-Language` header that the product speaks.
    pub fn from_header(header: &str) -> Option<Self> {
        header.split(',').find_map(|part| Self::from_tag(part.trim()))
    }

    /// The other language.
    pub fn other(self) -> Self {
        match self {
            Self::Italian => Self::English,
            Self::English => Self::Italian,
        }
    }
}

/// The value of a variable in a text.
#[derive(Clone, Debug)]
pub enum Arg<'a> {
    /// A text, shown as it is.
    Text(Cow<'a, str>),
    /// A whole number, which chooses plural forms.
    Number(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}
impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}
impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}
impl From<i64> for Arg<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}
impl From<usize> for Arg<'_> {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
impl From<u32> for Arg<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

type Bundle = FluentBundle<Arc<FluentResource>>;

/// The texts of one tenant in one language. Clones, and tenants without texts of their own, share them.
#[derive(Clone)]
pub struct Texts(Arc<Bundle>);

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Texts")
    }
}

/// The texts of a tenant in all languages.
pub type TextsByLanguage = BTreeMap<Language, Texts>;

/// A source of texts: a language and the contents of a Fluent file.
pub type TextSource = (Language, &'static str);

/// The texts of the product, read once for however many tenants: they are some two megabytes.
#[derive(Debug)]
pub struct ProductTexts {
    sources: Vec<TextSource>,
    read: [OnceLock<Result<Product, BadTexts>>; 2],
}

/// The product's texts in one language: the files, for tenants that add their own, and all together, for those that do not.
#[derive(Clone)]
struct Product(Vec<Arc<FluentResource>>, Texts);

impl std::fmt::Debug for Product {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Product")
    }
}

impl ProductTexts {
    /// From the product's files, which are read when they are needed.
    pub fn new(sources: Vec<TextSource>) -> Self {
        Self { sources, read: [OnceLock::new(), OnceLock::new()] }
    }

    /// The files.
    pub fn sources(&self) -> &[TextSource] {
        &self.sources
    }

    /// The texts of a language: those of the product, then the tenant's own, which override them.
    ///
    /// # Errors
    /// [`BadTexts`] with the first line that cannot be read, or with a key that two files of the product share.
    pub fn with(&self, language: Language, own: Option<&str>) -> Result<Texts, BadTexts> {
        let place = match language {
            Language::Italian => &self.read[0],
            Language::English => &self.read[1],
        };
        let product = place.get_or_init(|| Product::read(language, &self.sources)).as_ref().map_err(Clone::clone)?;
        let Some(own) = own else { return Ok(product.1.clone()) };
        let mut bundle = bundle(language, &product.0)?;
        bundle.add_resource_overriding(resource(language, own)?);
        Ok(Texts(Arc::new(bundle)))
    }
}

impl Product {
    fn read(language: Language, sources: &[TextSource]) -> Result<Self, BadTexts> {
        let files = sources.iter().filter(|(l, _)| *l == language);
        let files: Vec<_> = files.map(|(_, text)| resource(language, text)).collect::<Result<_, _>>()?;
        let whole = Texts(Arc::new(bundle(language, &files)?));
        Ok(Self(files, whole))
    }
}

fn resource(language: Language, text: &str) -> Result<Arc<FluentResource>, BadTexts> {
    FluentResource::try_new(text.to_owned()).map(Arc::new).map_err(|(_, e)| BadTexts::new(language, format!("{e:?}")))
}

fn bundle(language: Language, files: &[Arc<FluentResource>]) -> Result<Bundle, BadTexts> {
    let locale = language.tag().parse().map_err(|e| BadTexts::new(language, format!("{e}")))?;
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // Isolation marks would end up in mails, PDF files and attributes.
    bundle.set_use_isolating(false);
    for file in files {
        bundle.add_resource(Arc::clone(file)).map_err(|e| BadTexts::new(language, format!("{e:?}")))?;
    }
    Ok(bundle)
}

/// A file of texts that cannot be read.
#[derive(Clone, Debug, thiserror::Error)]
#[error("texts in {language}: {reason}")]
pub struct BadTexts {
    language: &'static str,
    reason: String,
}

impl BadTexts {
    fn new(language: Language, reason: String) -> Self {
        Self { language: language.tag(), reason }
    }
}

impl Texts {
    /// Whether there is a text with this key.
    pub fn has(&self, key: &str) -> bool {
        self.0.get_message(key).is_some_and(|m| m.value().is_some())
    }

    /// The text of a key without variables.
    pub fn text(&self, key: &str) -> String {
        self.text_with(key, &[])
    }

    /// The text of a key with its variables. A missing key is shown in brackets, and logged: `cargo xtask texts` makes
    /// sure that there is none.
    pub fn text_with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let mut variables = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            let value = match value {
                Arg::Text(text) => FluentValue::String(Cow::Borrowed(text)),
                Arg::Number(number) => FluentValue::from(*number),
            };
            variables.set(*name, value);
        }
        let mut out = String::new();
        let Some(pattern) = self.0.get_message(key).and_then(|m| m.value()) else {
            tracing::error!(key, "text is missing");
            let _ = write!(out, "[{key}]");
            return out;
        };
        let mut errors = Vec::new();
        let text = self.0.format_pattern(pattern, Some(&variables), &mut errors);
        if !errors.is_empty() {
            tracing::error!(key, ?errors, "text with an unknown variable");
        }
        out.push_str(&text);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRODUCT: &[TextSource] = &[
        (Language::Italian, "hello = Buongiorno\nbye = Arrivederci"),
        (Language::English, "hello = Good morning\nbye = Goodbye"),
        (Language::Italian, "count = { $n } voci"),
    ];

    #[test]
    fn tenants_without_texts_of_their_own_share_the_products() {
        let product = ProductTexts::new(PRODUCT.to_vec());
        let [one, other] = [(); 2].map(|()| product.with(Language::Italian, None).unwrap());
        assert!(Arc::ptr_eq(&one.0, &other.0));
        assert_eq!(one.text_with("count", &[("n", 3_i64.into())]), "3 voci");
    }

    #[test]
    fn a_tenants_own_text_overrides_the_products_and_nobody_elses() {
        let product = ProductTexts::new(PRODUCT.to_vec());
        let own = product.with(Language::Italian, Some("hello = Salve")).unwrap();
        let plain = product.with(Language::Italian, None).unwrap();
        assert_eq!([own.text("hello"), own.text("bye")], ["Salve", "Arrivederci"]);
        assert_eq!([plain.text("hello"), plain.text("bye")], ["Buongiorno", "Arrivederci"]);
        assert_eq!(product.with(Language::English, None).unwrap().text("hello"), "Good morning");
    }

    #[test]
    fn what_cannot_be_read_is_named_by_its_language() {
        let bad = ProductTexts::new(vec![(Language::Italian, "hello = a"), (Language::Italian, "hello = b")]);
        assert!(bad.with(Language::Italian, None).unwrap_err().to_string().starts_with("texts in it: "));
        assert!(bad.with(Language::English, None).is_ok());
        let own = ProductTexts::new(PRODUCT.to_vec()).with(Language::English, Some("= nothing"));
        assert!(own.unwrap_err().to_string().starts_with("texts in en: "));
    }
}
