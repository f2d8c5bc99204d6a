//! Who we are on the platform, and what the e-service demands.

use url::Url;

use crate::TimeLimits;

/// Who we are on the platform, and what the e-service demands. Nothing has a default but the time limits: see the
/// module for what could not be verified.
#[derive(Debug, Clone)]
pub struct Config {
    /// The complete address of the token endpoint, which ends in `/token.oauth2`.
    pub token_url: Url,
    /// The `aud` of client assertions, as the platform's portal shows it.
    pub audience: String,
    /// The client's id.
    pub client_id: String,
    /// The id that the platform gave to the client's public key: `kid` of everything that is signed with it.
    pub kid: String,
    /// The purpose (*finalità*) for which the e-service is used.
    pub purpose_id: String,
    /// Tracking evidence (`AUDIT_REST_02`), when the e-service demands it.
    pub evidence: Option<Evidence>,
    /// The `aud` of signatures over what is posted (`INTEGRITY_REST_01`), when the e-service demands them.
    pub integrity: Option<String>,
    /// How long the platform may take.
    pub limits: TimeLimits,
}

/// Who asks, for the records of the e-service. One evidence serves as long as its voucher: it names the office or the
/// program on whose behalf everything is asked, not the single operator.
#[derive(Clone)]
pub struct Evidence {
    /// The `aud` of the e-service.
    pub audience: String,
    /// `userID`: the user in the body's own system.
    pub user_id: String,
    /// `userLocation`: the place or system from which the user asks.
    pub user_location: String,
    /// `LoA`: the level of assurance with which the user signed in there, for example `LoA3`.
    pub loa: String,
}

impl std::fmt::Debug for Evidence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Evidence").field("audience", &self.audience).field("loa", &self.loa).finish_non_exhaustive()
    }
}
