//! Clients with their keys and purposes.

use std::collections::BTreeMap;

use jose::{Jwk, SigningKey};
use rcgen::{KeyPair, PKCS_ECDSA_P256_SHA256};
use serde_json::{Value, json};

use super::{Client, Pdnd};

/// A client with the keys that were made for it.
#[derive(Clone)]
pub struct IssuedVoucherClient {
    /// The client's id.
    pub client_id: String,
    /// The id of its key.
    pub kid: String,
    /// The purpose for which it may use the e-service.
    pub purpose_id: String,
    /// The private key: P-256, PKCS#8, PEM.
    pub key_pem: String,
    /// A private key for proofs (DPoP), which the platform learns from them: P-256, PKCS#8, PEM.
    pub dpop_key_pem: String,
}

impl std::fmt::Debug for IssuedVoucherClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IssuedVoucherClient").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// A client that cannot be registered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EnrolError {
    /// A key could not be made.
    #[error("the key could not be made")]
    Issue(#[source] rcgen::Error),
    /// No public key for signing, RSA or P-256, as JWK.
    #[error("no public key for signing that can be used")]
    Key,
}

impl Pdnd {
    /// Makes keys for a client and registers it for a purpose of its own at the e-service with this `audience`. A client
    /// of the same id is replaced.
    ///
    /// # Errors
    ///
    /// [`EnrolError`] when a key cannot be made.
    pub fn issue_client(&self, client_id: &str, audience: &str) -> Result<IssuedVoucherClient, EnrolError> {
        let (key_pem, key) = new_key()?;
        let (dpop_key_pem, _) = new_key()?;
        let (kid, purpose_id) = {
            let mut state = self.state();
            (state.uuid(), state.uuid())
        };
        let jwk = Value::Object(key.public().required());
        self.enrol_client(client_id, &kid, &jwk, &purpose_id, audience)?;
        Ok(IssuedVoucherClient { client_id: client_id.to_owned(), kid, purpose_id, key_pem, dpop_key_pem })
    }

    /// Registers a client with a public key of its own, given as JWK. A client of the same id is replaced.
    ///
    /// # Errors
    ///
    /// [`EnrolError::Key`] when the key cannot be used.
    pub fn enrol_client(
        &self,
        client_id: &str,
        kid: &str,
        jwk: &Value,
        purpose_id: &str,
        audience: &str,
    ) -> Result<(), EnrolError> {
        let mut jwk = jwk.as_object().cloned().ok_or(EnrolError::Key)?;
        jwk.insert("kid".to_owned(), json!(kid));
        let key = Jwk::read(&jwk).ok().flatten().ok_or(EnrolError::Key)?;
        let purposes = BTreeMap::from([(purpose_id.to_owned(), audience.to_owned())]);
        self.state().clients.insert(client_id.to_owned(), Client { key, purposes });
        Ok(())
    }

    /// Admits a client to a further e-service, under a purpose that is given back; `None` when there is no such client.
    pub fn add_purpose(&self, client_id: &str, audience: &str) -> Option<String> {
        let mut state = self.state();
        let purpose = state.uuid();
        state.clients.get_mut(client_id)?.purposes.insert(purpose.clone(), audience.to_owned());
        Some(purpose)
    }

    /// Strikes a client off: its assertions and vouchers are refused from now on.
    pub fn remove_client(&self, client_id: &str) {
        self.state().clients.remove(client_id);
    }
}

/// A key on P-256, in PEM and ready to sign.
pub(super) fn new_key() -> Result<(String, SigningKey), EnrolError> {
    let pem = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(EnrolError::Issue)?.serialize_pem();
    let key = SigningKey::rsa_or_p256_from_pem(&pem).map_err(|_| EnrolError::Key)?;
    Ok((pem, key))
}
