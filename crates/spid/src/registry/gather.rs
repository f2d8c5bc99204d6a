//! What follows from the answers of the sources and what was known before.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Registry;
use super::finding::{EntryError, Finding, SourceError};
use super::refresh::Refreshed;
use crate::metadata::idp::IdentityProvider;
use crate::saml::EntityId;

/// What the sources said together.
#[derive(Default)]
pub(super) struct Gathered {
    providers: Vec<IdentityProvider>,
    sources: BTreeMap<EntityId, String>,
    /// The addresses of the sources that gave nothing.
    failed: Vec<String>,
    /// The providers that a source names but that could not be read: its address, the entity id.
    broken: Vec<(String, String)>,
    findings: Vec<Finding>,
}

impl Gathered {
    pub(super) fn failed(&mut self, url: &str, error: SourceError) {
        self.failed.push(url.to_owned());
        self.findings.push(Finding::Source { url: url.to_owned(), error });
    }

    pub(super) fn add(
        &mut self,
        url: &str,
        providers: Vec<IdentityProvider>,
        broken: Vec<(String, EntryError)>,
        current: &Registry,
    ) {
        for provider in providers {
            if self.sources.contains_key(&provider.entity_id) || self.belongs_elsewhere(&provider, current) {
                continue;
            }
            self.sources.insert(provider.entity_id.clone(), url.to_owned());
            self.providers.push(provider);
        }
        for (entity_id, error) in broken {
            self.broken.push((url.to_owned(), entity_id.clone()));
            self.findings.push(Finding::Broken { entity_id, error });
        }
    }

    /// Whether the provider was known from an earlier source that this time could not be read. Then what a later source
    /// says is not believed: else whoever blocks a signed source could answer in its place with an unsigned one.
    fn belongs_elsewhere(&self, provider: &IdentityProvider, current: &Registry) -> bool {
        let Some(source) = current.source_of(&provider.entity_id) else { return false };
        let is_broken = self.broken.iter().any(|(url, id)| url == source && id == provider.entity_id.as_str());
        is_broken || self.failed.iter().any(|url| url == source)
    }

    pub(super) fn settle(mut self, current: &Registry, now: Timestamp) -> Refreshed {
        let before = current.providers().len();
        let still_named = current.providers().iter().filter(|known| self.names(known)).count();
        let shrunk = self.failed.is_empty() && before >= 3 && still_named * 2 < before;
        if shrunk {
            self.findings.push(Finding::Shrunk { before, found: self.providers.len() });
            self.providers.clear();
            self.sources.clear();
        }
        self.compare(current);
        for known in current.providers() {
            if !self.sources.contains_key(&known.entity_id) {
                let keep = shrunk || !self.failed.is_empty() || self.is_broken(known);
                self.decide(known, keep, current, now);
            }
        }
        let complete = self.failed.is_empty() && !shrunk;
        let refreshed_at = if complete { Some(now) } else { current.refreshed_at() };
        let registry = Registry { sources: self.sources, ..Registry::new(self.providers, refreshed_at) };
        let mut findings = self.findings;
        findings.extend(registry.watch(now));
        Refreshed { registry, findings }
    }

    fn is_broken(&self, known: &IdentityProvider) -> bool {
        self.broken.iter().any(|(_, id)| id == known.entity_id.as_str())
    }

    fn names(&self, known: &IdentityProvider) -> bool {
        self.is_broken(known) || self.sources.contains_key(&known.entity_id)
    }

    fn compare(&mut self, current: &Registry) {
        for provider in &self.providers {
            let entity_id = provider.entity_id.clone();
            match current.provider(entity_id.as_str()) {
                None => self.findings.push(Finding::Added { entity_id }),
                Some(known) if known.signing_keys != provider.signing_keys => {
                    self.findings.push(Finding::KeysChanged { entity_id });
                }
                Some(_) => {}
            }
        }
    }

    /// Keeps or drops a provider that this time could not be had.
    fn decide(&mut self, known: &IdentityProvider, keep: bool, current: &Registry, now: Timestamp) {
        let entity_id = known.entity_id.clone();
        match known.valid_until {
            _ if !keep => self.findings.push(Finding::Removed { entity_id }),
            Some(until) if until <= now => self.findings.push(Finding::Expired { entity_id, until }),
            _ => {
                let source = current.source_of(&entity_id).map(str::to_owned);
                self.sources.extend(source.map(|source| (entity_id.clone(), source)));
                self.findings.push(Finding::Kept { entity_id });
                self.providers.push(known.clone());
            }
        }
    }
}
