//! Reading the metadata of several identity providers in one document.

use jiff::Timestamp;

use super::read::IdentityProvider;
use crate::metadata::comment::without_comments;
use crate::metadata::error::MetadataError;
use crate::metadata::read::{Trust, entity_id, expect_root, trusted};
use crate::xml::{self, Node, ns};

/// More providers than a federation has in a document of this size.
const MAX_ENTITIES: usize = 256;

/// An aggregate: what could be read, and what could not. One provider that is broken spoils no other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Aggregate {
    /// The providers, in their order.
    pub providers: Vec<IdentityProvider>,
    /// Those that were passed over.
    pub broken: Vec<Broken>,
}

/// A provider that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Its entity id, as far as it says one.
    pub entity_id: String,
    /// What is wrong with it.
    pub error: MetadataError,
}

impl Aggregate {
    /// Reads an `EntitiesDescriptor`, one inside the other as deep as may be. The signature that `trust` asks for is the
    /// outermost one, which covers everything. Entities without the role of an identity provider are passed over in
    /// silence; those that share an entity id are all broken, because nobody can say which of them is right.
    ///
    /// # Errors
    /// [`MetadataError`] when the document as a whole cannot be used: too large, not signed as asked, expired.
    pub fn parse(bytes: &[u8], trust: Trust<'_>, now: Timestamp) -> Result<Self, MetadataError> {
        let bytes = without_comments(bytes)?;
        let document = xml::parse(&bytes)?;
        expect_root(document.root(), "EntitiesDescriptor")?;
        let root = trusted(document.root(), trust)?;
        crate::metadata::read::valid_until(&[root], now)?;
        let mut entities = Vec::new();
        gather(root, &mut Vec::new(), &mut entities)?;
        let mut aggregate = Self::default();
        for (entity, around) in &entities {
            let id = entity.attribute("entityID").unwrap_or_default();
            let same = entities.iter().filter(|(other, _)| other.attribute("entityID") == Some(id)).count();
            let read = match same {
                0 | 1 => IdentityProvider::read(*entity, around, now),
                _ => entity_id(*entity).and(Err(MetadataError::Repeated)),
            };
            match read {
                Ok(provider) => aggregate.providers.push(provider),
                Err(error) => aggregate.broken.push(Broken { entity_id: id.to_owned(), error }),
            }
        }
        Ok(aggregate)
    }
}

type Entity<'d> = (Node<'d>, Vec<Node<'d>>);

/// Groups may stand in groups, as deep as the reader of XML allows; each passes its date on.
fn gather<'d>(group: Node<'d>, around: &mut Vec<Node<'d>>, found: &mut Vec<Entity<'d>>) -> Result<(), MetadataError> {
    around.push(group);
    for child in group.elements() {
        if child.is(ns::METADATA, "EntitiesDescriptor") {
            gather(child, around, found)?;
        } else if child.is(ns::METADATA, "EntityDescriptor") && child.child(ns::METADATA, "IDPSSODescriptor").is_some()
        {
            found.push((child, around.clone()));
            if found.len() > MAX_ENTITIES {
                return Err(MetadataError::Entities);
            }
        }
    }
    around.pop();
    Ok(())
}
