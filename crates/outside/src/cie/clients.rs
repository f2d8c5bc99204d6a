//! The relying parties as the provider sees them: by their trust chains.

use std::sync::Arc;

use jiff::Timestamp;
use spid::federation::EntityId;
use spid::federation::chain::{CollectError, TrustAnchor, TrustChain, TrustMarkRule, collect};
use spid::federation::client::{Client as Endpoints, Limits};
use spid::federation::provider::{Client, ClientError};

use super::Cie;

/// A relying party that was found.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) client: Client,
    /// What it calls itself.
    pub(super) name: String,
    expires: Timestamp,
}

/// A relying party that cannot be served.
#[derive(Debug, thiserror::Error)]
pub(super) enum UnknownClient {
    #[error("no trust chain leads to the relying party")]
    Chain(#[from] CollectError),
    #[error("the relying party's metadata cannot be used")]
    Metadata(#[from] ClientError),
}

impl Cie {
    /// A relying party by its chain, from memory until the chain ends; `afresh` does not believe what is remembered.
    pub(super) async fn client(&self, id: &EntityId, afresh: bool) -> Result<Arc<Known>, UnknownClient> {
        let now = self.now();
        let known = self.state().clients.get(id).filter(|known| now < known.expires && !afresh).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let chain = self.chain(id, TrustMarkRule::AtLeastOne).await?;
        let client = Client::from_chain(&chain, self.now())?;
        let metadata = chain.metadata("openid_relying_party");
        let name = |key| metadata.and_then(|metadata| metadata.get(key)).and_then(|name| name.as_str());
        let name = name("client_name").or_else(|| name("organization_name")).unwrap_or(id.as_str()).to_owned();
        let known = Arc::new(Known { client, name, expires: chain.expires() });
        self.state().clients.insert(id.clone(), known.clone());
        Ok(known)
    }

    /// The chain of an entity up to the anchor, fetched as anybody would fetch it.
    pub(super) async fn chain(&self, id: &EntityId, trust_marks: TrustMarkRule) -> Result<TrustChain, CollectError> {
        let keys = self.kit().anchor_keys.clone();
        let anchor = TrustAnchor { id: self.inner.names.anchor.clone(), keys, trust_marks };
        let clock = || self.now();
        let mut endpoints = Endpoints::new(&self.inner.http, &clock, Limits::default());
        collect(&mut endpoints, id, &anchor).await
    }
}
