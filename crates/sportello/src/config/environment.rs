use std::collections::BTreeMap;

/// The environment in which the program was started, read once: nothing else in the product looks at it.
#[derive(Clone, Default)]
pub struct Environment(BTreeMap<String, String>);

impl std::fmt::Debug for Environment {
    /// Names only: values may be secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// What all variables that override a key begin with.
const PREFIX: &str = "SPORTELLO__";

impl Environment {
    /// The environment of this process; what is not UTF-8 is left out.
    pub fn of_process() -> Self {
        let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        Self(std::env::vars_os().filter_map(text).collect())
    }

    /// An environment of these variables.
    pub fn new<'a>(variables: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self(variables.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    /// The environment with only those overrides whose key is in a section.
    #[must_use]
    pub fn only(&self, section: &str) -> Self {
        let kept =
            |name: &str| name.strip_prefix(PREFIX).is_none_or(|rest| path(rest).starts_with(&format!("{section}.")));
        Self(self.0.iter().filter(|(name, _)| kept(name)).map(|(n, v)| (n.clone(), v.clone())).collect())
    }

    /// A variable that is there and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The variables that override keys: variable, path of the key, value.
    pub fn overrides(&self) -> impl Iterator<Item = (&str, String, &str)> {
        self.0
            .iter()
            .filter_map(|(name, value)| Some((name.as_str(), path(name.strip_prefix(PREFIX)?), value.as_str())))
    }
}

/// `SERVER__LISTEN` is `server.listen`. Tenants' names have hyphens and no underscores, variables the other way round.
fn path(rest: &str) -> String {
    let mut parts: Vec<String> = rest.split("__").map(str::to_ascii_lowercase).collect();
    if let [first, tenant, ..] = parts.as_mut_slice()
        && first == "connections"
    {
        *tenant = tenant.replace('_', "-");
    }
    parts.join(".")
}

/// The variable that overrides a key.
pub fn variable(path: &str) -> String {
    let part = |p: &str| if p == "*" { "TENANT".to_owned() } else { p.replace('-', "_").to_ascii_uppercase() };
    format!("{PREFIX}{}", path.split('.').map(part).collect::<Vec<_>>().join("__"))
}
