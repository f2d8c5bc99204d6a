//! Asking the sources again.

use http::Request;
use http::header::ACCEPT;
use jiff::Timestamp;

use super::finding::{EntryError, SourceError};
use super::gather::Gathered;
use super::{Finding, Registry, json};
use crate::fetch::Fetch;
use crate::metadata::Trust;
use crate::metadata::idp::{Aggregate, IdentityProvider};
use crate::saml::EntityId;
use crate::signature::VerifyingKey;

/// The largest JSON list that is read, in bytes. Metadata have the limit of [`xml`](crate::xml).
const MAX_LIST: usize = 2 * 1024 * 1024;

/// Whom to ask.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// The sources. When two name the same provider, the earlier one is believed.
    pub sources: Vec<Source>,
}

/// A source of providers.
#[derive(Debug, Clone)]
pub enum Source {
    /// AgID's list in JSON, see [`AGID_REGISTRY`](super::AGID_REGISTRY). It is not signed: what vouches for it is the TLS
    /// connection of the caller's [`Fetch`].
    Json {
        /// Its address.
        url: String,
    },
    /// Metadata of several providers in one signed document.
    Aggregate {
        /// Its address.
        url: String,
        /// The keys one of which must have signed it.
        anchors: Vec<VerifyingKey>,
    },
    /// The signed metadata of one provider.
    Single {
        /// Their address.
        url: String,
        /// Whose they must be.
        entity_id: EntityId,
        /// The keys one of which must have signed them.
        anchors: Vec<VerifyingKey>,
    },
}

impl Source {
    /// Its address.
    #[must_use]
    pub fn url(&self) -> &str {
        match self {
            Self::Json { url } | Self::Aggregate { url, .. } | Self::Single { url, .. } => url,
        }
    }
}

/// A new registry, and what there is to say about it.
#[derive(Debug)]
pub struct Refreshed {
    /// The registry to use from now on.
    pub registry: Registry,
    /// What changed or went wrong, and which certificates end.
    pub findings: Vec<Finding>,
}

/// Asks all sources, one after the other, and gives the registry that follows from `current` and their answers.
///
/// It never fails: what goes wrong is a [`Finding`], and the providers concerned stay as they were.
pub async fn refresh(current: &Registry, fetch: &impl Fetch, policy: &Policy, now: Timestamp) -> Refreshed {
    let mut gathered = Gathered::default();
    for source in &policy.sources {
        match ask(source, fetch, now).await {
            Ok((providers, broken)) => gathered.add(source.url(), providers, broken, current),
            Err(error) => gathered.failed(source.url(), error),
        }
    }
    gathered.settle(current, now)
}

type Answer = (Vec<IdentityProvider>, Vec<(String, EntryError)>);

async fn ask(source: &Source, fetch: &impl Fetch, now: Timestamp) -> Result<Answer, SourceError> {
    let accepted = match source {
        Source::Json { .. } => "application/json",
        Source::Aggregate { .. } | Source::Single { .. } => "application/samlmetadata+xml, application/xml, text/xml",
    };
    let request = Request::get(source.url()).header(ACCEPT, accepted).body(Vec::new());
    let response = fetch.send(request.map_err(|_| SourceError::Address)?).await?;
    if response.status() != http::StatusCode::OK {
        return Err(SourceError::Status(response.status().as_u16()));
    }
    read(source, response.body(), now)
}

fn read(source: &Source, body: &[u8], now: Timestamp) -> Result<Answer, SourceError> {
    let (providers, broken) = match source {
        Source::Json { .. } if body.len() > MAX_LIST => return Err(SourceError::TooLarge(body.len())),
        Source::Json { .. } => {
            let list = json::read(body)?;
            (list.providers, list.broken)
        }
        Source::Aggregate { anchors, .. } => {
            let aggregate = Aggregate::parse(body, Trust::Signed(anchors), now)?;
            let broken = aggregate.broken.into_iter().map(|broken| (broken.entity_id, broken.error.into()));
            (aggregate.providers, broken.collect())
        }
        Source::Single { entity_id, anchors, .. } => {
            let provider = IdentityProvider::parse(body, Trust::Signed(anchors), now)?;
            if provider.entity_id != *entity_id {
                return Err(SourceError::OtherEntity(provider.entity_id));
            }
            (vec![provider], Vec::new())
        }
    };
    // A list in which nothing can be read is a source that failed, not a federation that was dissolved.
    if providers.is_empty() { Err(SourceError::Empty) } else { Ok((providers, broken)) }
}
