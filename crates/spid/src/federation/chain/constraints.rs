//! Bounds that a superior sets to what stands below it (OpenID Federation 1.0 section 6.2).

use super::super::entity::EntityId;
use super::super::json::{ClaimError, Members as _, Object};

/// The bounds of one statement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Constraints {
    /// The most intermediates between whoever sets the bound and the chain's subject.
    pub max_path_length: Option<u64>,
    /// Host names outside which nobody may be; `None` is no bound.
    pub permitted: Option<Vec<String>>,
    /// Host names inside which nobody may be.
    pub excluded: Vec<String>,
    /// Entity types whose metadata the subject may publish, beside `federation_entity`; `None` is no bound.
    pub allowed_entity_types: Option<Vec<String>>,
}

/// A bound that the chain breaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConstraintError {
    /// Too many intermediates.
    #[error("there are {found} intermediates where {allowed} are allowed")]
    PathLength {
        /// As many as there are.
        found: u64,
        /// As many as may be.
        allowed: u64,
    },
    /// A name outside the permitted or inside the excluded ones.
    #[error("the name of {0} is outside what a superior allows")]
    Name(EntityId),
}

impl Constraints {
    pub(crate) fn read(object: &Object) -> Result<Self, ClaimError> {
        let max_path_length = match object.get("max_path_length") {
            None => None,
            Some(value) => Some(value.as_u64().ok_or(ClaimError::Shape("max_path_length"))?),
        };
        let names = object.optional_object("naming_constraints")?;
        let list = |object: &Object, name| -> Result<Option<Vec<String>>, ClaimError> {
            let texts = object.texts(name)?.into_iter().map(str::to_owned).collect();
            Ok(object.contains_key(name).then_some(texts))
        };
        // The older name is the one in the Italian rules.
        let types = match list(object, "allowed_entity_types")? {
            Some(types) => Some(types),
            None => list(object, "allowed_leaf_entity_types")?,
        };
        Ok(Self {
            max_path_length,
            permitted: names.map(|names| list(names, "permitted")).transpose()?.flatten(),
            excluded: names.map(|names| list(names, "excluded")).transpose()?.flatten().unwrap_or_default(),
            allowed_entity_types: types,
        })
    }

    /// Checks the entities below whoever set the bounds, nearest first and the chain's subject last.
    pub(crate) fn check(&self, below: &[EntityId]) -> Result<(), ConstraintError> {
        let found = below.len().saturating_sub(1) as u64;
        if let Some(allowed) = self.max_path_length.filter(|allowed| found > *allowed) {
            return Err(ConstraintError::PathLength { found, allowed });
        }
        match below.iter().find(|entity| !self.names(&entity.host())) {
            Some(entity) => Err(ConstraintError::Name(entity.clone())),
            None => Ok(()),
        }
    }

    fn names(&self, host: &str) -> bool {
        let among = |list: &[String]| list.iter().any(|pattern| matches(pattern, host));
        self.permitted.as_deref().is_none_or(among) && !among(&self.excluded)
    }

    /// Takes away the metadata that the subject may not publish.
    pub(crate) fn restrict(&self, metadata: &mut Object) {
        if let Some(types) = &self.allowed_entity_types {
            metadata.retain(|kind, _| kind == "federation_entity" || types.contains(kind));
        }
    }
}

/// RFC 5280 section 4.2.1.10, for addresses: a leading dot means every host below, no dot this host only.
fn matches(pattern: &str, host: &str) -> bool {
    let (pattern, host) = (pattern.to_ascii_lowercase(), host.to_ascii_lowercase());
    match pattern.strip_prefix('.') {
        Some(_) => host.len() > pattern.len() && host.ends_with(&pattern),
        None => host == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::federation::json::parse_object;

    fn entity(host: &str) -> EntityId {
        EntityId::parse(&format!("https://{host}/x")).unwrap()
    }

    #[test]
    fn names_match_by_the_rule_of_certificates() {
        let text = br#"{"naming_constraints":{"permitted":[".gov.it"],"excluded":["bad.gov.it"]}}"#;
        let bounds = Constraints::read(&parse_object(text, 200).unwrap()).unwrap();
        for good in ["a.gov.it", "b.a.gov.it", "A.GOV.IT", "notbad.gov.it"] {
            assert_eq!(bounds.check(&[entity(good)]), Ok(()), "{good}");
        }
        for bad in ["gov.it", "evilgov.it", "bad.gov.it", "a.gov.it.evil.example"] {
            assert!(matches!(bounds.check(&[entity(bad)]), Err(ConstraintError::Name(_))), "{bad}");
        }
    }

    #[test]
    fn an_empty_permission_permits_nobody() {
        let text = br#"{"naming_constraints":{"permitted":[]}}"#;
        let bounds = Constraints::read(&parse_object(text, 200).unwrap()).unwrap();
        assert!(bounds.check(&[entity("a.gov.it")]).is_err());
    }

    #[test]
    fn intermediates_are_counted() {
        let bounds = Constraints { max_path_length: Some(1), ..Constraints::default() };
        let (one, two, three) = (entity("a.it"), entity("b.it"), entity("c.it"));
        assert_eq!(bounds.check(&[one.clone(), two.clone()]), Ok(()));
        assert_eq!(bounds.check(&[one, two, three]), Err(ConstraintError::PathLength { found: 2, allowed: 1 }));
        assert!(Constraints::read(&parse_object(br#"{"max_path_length":-1}"#, 50).unwrap()).is_err());
    }
}
