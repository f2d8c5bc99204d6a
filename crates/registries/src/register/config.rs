//! Where the register is and who we are there.

use url::Url;

use crate::TimeLimits;

/// Where the register is and who we are there.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Config {
    /// The address in front of `/authentication`, with or without a slash at its end.
    pub base_url: Url,
    /// Our name at the register: `iss`, `sub` and the `client_id` of every call.
    pub client_id: String,
    /// The `aud` of our statements; by default [`base_url`](Self::base_url) without a slash at its end.
    pub audience: String,
    /// How long the register may take.
    pub limits: TimeLimits,
}

impl Config {
    /// The usual settings for a register at `base_url`.
    #[must_use]
    pub fn new(base_url: Url, client_id: impl Into<String>) -> Self {
        let audience = base_url.as_str().trim_end_matches('/').to_owned();
        Self { base_url, client_id: client_id.into(), audience, limits: TimeLimits::default() }
    }
}
