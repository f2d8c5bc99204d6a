use std::path::{Path, PathBuf};
use std::str::FromStr;

use sportello_core::Secret;
use url::Url;

use super::error::Problem;
use super::keys::{self, Kind, Usual};
use super::settings::{Settings, Value};

/// Takes typed values out of settings and collects what is wrong with them.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    pub settings: &'a Settings,
    pub problems: Vec<Problem>,
    /// The patterns of the keys that were asked for: a test checks that no documented key is forgotten.
    #[cfg(test)]
    pub asked: std::collections::BTreeSet<String>,
}

impl<'a> Reader<'a> {
    pub fn new(settings: &'a Settings) -> Self {
        Self {
            settings,
            problems: Vec::new(),
            #[cfg(test)]
            asked: std::collections::BTreeSet::new(),
        }
    }

    /// Reports something wrong with a key and gives nothing.
    pub fn bad<T>(&mut self, path: &str, reason: impl Into<String>) -> Option<T> {
        let place = match self.settings.given(path) {
            Some(setting) => setting.origin.to_string(),
            None => self.settings.file().map_or_else(|| "configuration".to_owned(), |file| file.display().to_string()),
        };
        self.problems.push(Problem { place, key: Some(path.to_owned()), reason: reason.into() });
        None
    }

    fn value(&mut self, path: &str) -> Option<Value> {
        #[cfg(test)]
        self.asked.extend(keys::find(path).map(|key| key.path.clone()));
        self.settings.value(path).map(|setting| setting.value)
    }

    fn missing<T>(&mut self, path: &str) -> Option<T> {
        let section = path.rsplit_once('.').map_or("", |(section, _)| section);
        self.bad(path, format!("is missing: [{section}] needs it"))
    }

    /// A text that must be there.
    pub fn text(&mut self, path: &str) -> Option<String> {
        match self.value(path) {
            Some(Value::Text(text)) => Some(text),
            _ => self.missing(path),
        }
    }

    /// A text that may be missing.
    pub fn optional_text(&mut self, path: &str) -> Option<String> {
        match self.value(path) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// A text that must be there and mean something.
    pub fn parsed<T: FromStr>(&mut self, path: &str, expected: &str) -> Option<T> {
        let text = self.text(path)?;
        match text.parse() {
            Ok(value) => Some(value),
            Err(_) => self.bad(path, format!("`{text}` is not {expected}")),
        }
    }

    /// The address of a web service that must be there.
    pub fn url(&mut self, path: &str) -> Option<Url> {
        let text = self.text(path)?;
        match Url::parse(&text) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Some(url),
            _ => self.bad(path, format!("`{text}` is not an address that starts with http:// or https://")),
        }
    }

    /// The address of a web service that may be missing: the outer option says whether all is well.
    pub fn optional_url(&mut self, path: &str) -> Option<Option<Url>> {
        if self.optional_text(path).is_none() {
            return Some(None);
        }
        self.url(path).map(Some)
    }

    /// A number.
    pub fn number<T: TryFrom<i64>>(&mut self, path: &str) -> Option<T> {
        match self.value(path) {
            Some(Value::Number(number)) => T::try_from(number).ok().or_else(|| self.bad(path, "is too large")),
            _ => self.missing(path),
        }
    }

    /// A list of networks.
    pub fn networks<N: FromStr<Err: std::fmt::Display>>(&mut self, path: &str) -> Option<Vec<N>> {
        let Some(Value::List(items)) = self.value(path) else { return Some(Vec::new()) };
        let mut networks = Vec::new();
        for item in &items {
            match item.parse() {
                Ok(network) => networks.push(network),
                Err(error) => return self.bad(path, format!("`{item}`: {error}")),
            }
        }
        Some(networks)
    }

    /// A path that must be there, made absolute.
    pub fn path(&mut self, path: &str) -> Option<PathBuf> {
        let text = self.text(path)?;
        Some(self.settings.resolve(Path::new(&text)))
    }

    /// The contents of a file whose path may be missing: the outer option says whether all is well.
    pub fn optional_file(&mut self, path: &str) -> Option<Option<String>> {
        let Some(text) = self.optional_text(path) else { return Some(None) };
        self.read(path, &text).map(Some)
    }

    fn read(&mut self, key: &str, file: &str) -> Option<String> {
        let file = self.settings.resolve(Path::new(file));
        match std::fs::read_to_string(&file) {
            Ok(text) => Some(text),
            Err(error) => self.bad(key, format!("{} cannot be read: {error}", file.display())),
        }
    }

    /// A secret that must be there.
    pub fn secret(&mut self, path: &str) -> Option<Secret> {
        match self.optional_secret(path)? {
            Some(secret) => Some(secret),
            None => self.missing(path),
        }
    }

    /// A secret that may be missing, from the configuration itself or from its file: the outer option says whether all
    /// is well. The line end with which editors close a file is not part of the secret.
    pub fn optional_secret(&mut self, path: &str) -> Option<Option<Secret>> {
        let file_path = keys::find(path).and_then(|key| super::values::other_way(key, path));
        let file = file_path.as_deref().and_then(|p| self.settings.given(p).map(|s| (p, s.value.clone())));
        let Some((file_path, Value::Text(file))) = file else {
            return Some(self.optional_text(path).map(Secret::new));
        };
        #[cfg(test)]
        self.asked.extend(keys::find(path).map(|key| key.path.clone()));
        if self.settings.given(path).is_some() {
            return self.bad(path, format!("is given twice: remove it or `{file_path}`"));
        }
        let text = self.read(file_path, &file)?;
        match text.trim_end_matches(['\n', '\r']) {
            "" => self.bad(file_path, "the file is empty"),
            secret => Some(Some(Secret::new(secret))),
        }
    }

    /// Reports the keys of a section that must be there and are not.
    pub fn demand(&mut self, section: &str) {
        for key in keys::all().iter().filter(|key| key.default == Usual::Required) {
            let path = format!("{section}.{}", key.name());
            if keys::find(&path).is_none_or(|found| found.path != key.path) {
                continue;
            }
            let as_file =
                matches!(key.kind, Kind::Secret(file) if self.settings.given(&format!("{section}.{file}")).is_some());
            if self.settings.given(&path).is_none() && !as_file {
                let also = if let Kind::Secret(file) = key.kind { format!(" (or `{file}`)") } else { String::new() };
                self.bad::<()>(&path, format!("is missing: [{section}] needs it{also}"));
            }
        }
    }
}
