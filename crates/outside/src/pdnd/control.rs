//! The switches of the platform, and what can be read off it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{EnrolError, Pdnd};
use crate::register::RegisterMode;

/// Everything about the platform, as `GET /control` shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PdndState {
    /// The address of the token endpoint.
    pub token_url: String,
    /// The `aud` of client assertions.
    pub audience: String,
    /// The world's time.
    pub now: Timestamp,
    /// The behaviour.
    pub mode: RegisterMode,
    /// Whether proofs must carry a nonce.
    pub nonces: bool,
    /// Seconds that a voucher lives.
    pub voucher_seconds: i64,
    /// Vouchers given so far.
    pub issued: usize,
    /// The ids of the clients.
    pub clients: Vec<String>,
}

/// What `POST /control` may change; what is left out stays as it is.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Change {
    mode: Option<RegisterMode>,
    nonces: Option<bool>,
    voucher_seconds: Option<u32>,
    /// Ends all vouchers.
    revoke: bool,
    client: Option<NewClient>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewClient {
    client_id: String,
    kid: String,
    jwk: Value,
    purpose_id: String,
    audience: String,
}

impl Pdnd {
    /// Switches the behaviour: `wrong_for` means nothing here, the others what they mean at the register.
    pub fn set_mode(&self, mode: RegisterMode) {
        self.state().mode = mode;
    }

    /// Demands a nonce in proofs from now on, a new one at each call of this, or none.
    pub fn set_nonces(&self, demanded: bool) {
        let mut state = self.state();
        let nonce = state.uuid();
        state.nonce = demanded.then_some(nonce);
    }

    /// Changes how long vouchers live that are given from now on.
    pub fn set_voucher_life(&self, life: SignedDuration) {
        self.state().life = life;
    }

    /// Ends all vouchers.
    pub fn revoke_all(&self) {
        self.state().vouchers.clear();
    }

    /// Vouchers given so far.
    #[must_use]
    pub fn issued(&self) -> usize {
        self.state().issued
    }

    /// Everything about the platform.
    #[must_use]
    pub fn overview(&self) -> PdndState {
        let (token_url, audience, now) = (self.token_url(), self.audience(), self.now());
        let state = self.state();
        PdndState {
            token_url,
            audience,
            now,
            mode: state.mode.clone(),
            nonces: state.nonce.is_some(),
            voucher_seconds: state.life.as_secs(),
            issued: state.issued,
            clients: state.clients.keys().cloned().collect(),
        }
    }

    pub(super) fn apply(&self, change: Change) -> Result<(), EnrolError> {
        if let Some(new) = change.client {
            self.enrol_client(&new.client_id, &new.kid, &new.jwk, &new.purpose_id, &new.audience)?;
        }
        if let Some(mode) = change.mode {
            self.set_mode(mode);
        }
        if let Some(demanded) = change.nonces {
            self.set_nonces(demanded);
        }
        if let Some(seconds) = change.voucher_seconds {
            self.set_voucher_life(SignedDuration::from_secs(seconds.into()));
        }
        if change.revoke {
            self.revoke_all();
        }
        Ok(())
    }
}
