use cns::{CardKind, Policy};
use serde::Deserialize;

/// `[cns]` in a tenant's file: people may sign in with a smart card.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CnsFile {
    /// The cards that are accepted; all of them by default.
    #[serde(default = "every_card")]
    pub cards: Vec<CardName>,
}

/// A family of cards as a tenant's file names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CardName {
    /// Carta Nazionale dei Servizi, the health card included.
    Cns,
    /// A regional card that is equivalent to it.
    Regional,
    /// The chip of the electronic identity card.
    Cie,
}

fn every_card() -> Vec<CardName> {
    vec![CardName::Cns, CardName::Regional, CardName::Cie]
}

impl CardName {
    /// The name of a kind.
    pub fn of(kind: CardKind) -> Self {
        match kind {
            CardKind::Cns => Self::Cns,
            CardKind::RegionalCard => Self::Regional,
            CardKind::Cie => Self::Cie,
        }
    }

    /// The name where providers have theirs: in the audit, in the log, in a session's proof.
    pub fn provider(self) -> &'static str {
        match self {
            Self::Cns => "card:cns",
            Self::Regional => "card:regional",
            Self::Cie => "card:cie",
        }
    }
}

impl CnsFile {
    /// The program's policy, with this tenant's cards.
    pub(super) fn policy(&self, policy: &Policy) -> Policy {
        let mut policy = policy.clone();
        policy.accepted.retain(|(_, kind)| self.cards.contains(&CardName::of(*kind)));
        policy
    }
}
