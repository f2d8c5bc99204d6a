//! The services that are admitted, and their metadata.

use std::sync::Arc;
use std::time::Duration;

use spid::metadata::client::Client;
use spid::metadata::{MetadataError, Trust};
use spid::saml::EntityId;

use super::Spid;

/// A service that is admitted.
#[derive(Debug, Clone)]
pub(super) struct Admitted {
    metadata_url: String,
    /// What its metadata said when they were fetched.
    client: Option<Arc<Client>>,
}

/// The metadata of a service are not to be had.
#[derive(Debug, thiserror::Error)]
pub(super) enum ClientError {
    #[error("the metadata of the service cannot be fetched")]
    Fetch(#[from] reqwest::Error),
    #[error("the metadata of the service cannot be used")]
    Metadata(#[from] MetadataError),
    #[error("the metadata are those of another service")]
    Other,
}

pub(super) fn http_client() -> reqwest::Client {
    let builder = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(10));
    // The settings are fixed, and a client with defaults does nearly the same.
    builder.build().unwrap_or_default()
}

impl Spid {
    /// Admits a service: its requests are answered from now on. Its metadata are fetched when its first request comes,
    /// and again when a signature does not fit what is known. A service that is admitted again starts anew.
    pub fn admit(&self, entity_id: &str, metadata_url: &str) {
        let admitted = Admitted { metadata_url: metadata_url.to_owned(), client: None };
        self.state().clients.insert(entity_id.to_owned(), admitted);
    }

    /// The services that are admitted, by entity id.
    #[must_use]
    pub fn admitted(&self) -> Vec<String> {
        self.state().clients.keys().cloned().collect()
    }

    /// What is known of a service. Nothing when it is not admitted; `afresh` does not believe what was fetched before.
    pub(super) async fn client(&self, entity_id: &EntityId, afresh: bool) -> Result<Option<Arc<Client>>, ClientError> {
        let Some(admitted) = self.state().clients.get(entity_id.as_str()).cloned() else { return Ok(None) };
        if let Some(client) = admitted.client.filter(|_| !afresh) {
            return Ok(Some(client));
        }
        let answer = self.inner.http.get(&admitted.metadata_url).send().await?.error_for_status()?;
        let bytes = answer.bytes().await?;
        // The operator who admits a service vouches for the address.
        let client = Client::parse(&bytes, Trust::Unsigned, self.now())?;
        if client.entity_id != *entity_id {
            return Err(ClientError::Other);
        }
        let client = Arc::new(client);
        if let Some(known) = self.state().clients.get_mut(entity_id.as_str()) {
            known.client = Some(client.clone());
        }
        Ok(Some(client))
    }
}
