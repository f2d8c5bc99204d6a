//! Names of entities and addresses of their endpoints.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// The longest name or address that is read.
const LONGEST: usize = 2048;

/// The name of an entity of the federation: an `https` address without query and fragment (OpenID Federation 1.0
/// section 1.2). Two names are the same when they are the same text, final slash included.
///
/// `http` is accepted on the machine's own loopback addresses only, for demonstrations and tests; an entity there never
/// belongs to a federation whose trust anchor is elsewhere.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EntityId(String);

/// A text that names no entity, or an address that is not used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not the https address of an entity")]
pub struct EntityIdError(pub String);

impl EntityId {
    /// Reads a name.
    ///
    /// # Errors
    /// [`EntityIdError`] when it is no such address.
    pub fn parse(text: &str) -> Result<Self, EntityIdError> {
        let refused = || EntityIdError(text.chars().take(200).collect());
        let url = address(text).ok_or_else(refused)?;
        if url.query().is_some() { Err(refused()) } else { Ok(Self(text.to_owned())) }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host, for name constraints.
    #[must_use]
    pub fn host(&self) -> String {
        Url::parse(&self.0).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Where the entity publishes its configuration (section 9: after the name, with one slash between).
    #[must_use]
    pub fn configuration_url(&self) -> String {
        format!("{}/.well-known/openid-federation", self.0.trim_end_matches('/'))
    }

    /// Whether the name is one of this machine's own, without encryption.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.0.starts_with("http://")
    }
}

/// An address at which an entity is called. It is `https`, or on the loopback when `of` is.
pub(crate) fn endpoint(text: &str, of: &EntityId) -> Result<Url, EntityIdError> {
    let url = address(text).filter(|url| url.scheme() == "https" || of.is_loopback());
    url.ok_or_else(|| EntityIdError(text.chars().take(200).collect()))
}

fn address(text: &str) -> Option<Url> {
    if text.len() > LONGEST || text.bytes().any(|byte| byte <= b' ' || byte >= 0x7f || byte == b'\\') {
        return None;
    }
    let url = Url::parse(text).ok()?;
    let plain = url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
    let loopback = match url.host()? {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    };
    let scheme = url.scheme() == "https" || (url.scheme() == "http" && loopback);
    (plain && scheme).then_some(url)
}

impl TryFrom<String> for EntityId {
    type Error = EntityIdError;

    fn try_from(text: String) -> Result<Self, EntityIdError> {
        Self::parse(&text)
    }
}

impl From<EntityId> for String {
    fn from(id: EntityId) -> Self {
        id.0
    }
}

impl fmt::Display for EntityId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for EntityId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_addresses_and_nothing_else() {
        for good in
            ["https://rp.example.it", "https://rp.example.it/oidc/", "http://127.0.0.1:8080/op", "http://[::1]/"]
        {
            assert_eq!(EntityId::parse(good).unwrap().as_str(), good);
        }
        for bad in [
            "",
            "rp.example.it",
            "http://rp.example.it",
            "http://127.0.0.1.example.it",
            "https://u@rp.example.it",
            "https://rp.example.it?x",
            "https://rp.example.it#x",
            "file:///etc/passwd",
            "https://rp.example.it/ x",
            "https://rp.example.it\\@evil.example",
            "javascript:alert(1)",
        ] {
            assert!(EntityId::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_configuration_stands_below_the_name() {
        for name in ["https://rp.example.it/oidc", "https://rp.example.it/oidc/"] {
            let url = EntityId::parse(name).unwrap().configuration_url();
            assert_eq!(url, "https://rp.example.it/oidc/.well-known/openid-federation");
        }
    }
}
