//! Which providers there are. All are invented.

use jiff::SignedDuration;
use serde::Serialize;

use super::behaviour::Behaviour;

/// What makes a provider.
#[derive(Debug)]
pub(super) struct Profile {
    /// Its name in addresses.
    pub(super) slug: &'static str,
    /// Its name for people.
    pub(super) name: &'static str,
    /// The letters with which its codes of people begin.
    pub(super) letters: &'static str,
    /// How it behaves unless somebody changes it.
    pub(super) behaviour: Behaviour,
    /// For how many days more its certificate is valid.
    pub(super) certificate_days: i64,
}

impl Profile {
    pub(super) fn certificate_lifetime(&self) -> SignedDuration {
        SignedDuration::from_hours(24 * self.certificate_days)
    }
}

const TEN_YEARS: i64 = 3652;

pub(super) const PROVIDERS: &[Profile] = &[
    Profile {
        slug: "poste-esempio",
        name: "Poste Esempio ID",
        letters: "PSTE",
        behaviour: Behaviour::Good,
        certificate_days: TEN_YEARS,
    },
    Profile {
        slug: "chiave-civica",
        name: "Chiave Civica ID",
        letters: "CHCV",
        behaviour: Behaviour::Good,
        certificate_days: TEN_YEARS,
    },
    Profile {
        slug: "ultimo-timbro",
        name: "Ultimo Timbro ID",
        letters: "ULTM",
        behaviour: Behaviour::Good,
        certificate_days: 20,
    },
    Profile {
        slug: "passo-lento",
        name: "Passo Lento ID",
        letters: "PSLN",
        behaviour: Behaviour::Slow,
        certificate_days: TEN_YEARS,
    },
    Profile {
        slug: "sigillo-rotto",
        name: "Sigillo Rotto ID",
        letters: "SGRT",
        behaviour: Behaviour::Broken,
        certificate_days: TEN_YEARS,
    },
];

/// A provider, for scripts and for whoever links to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProviderInfo {
    /// Its name in addresses.
    pub slug: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// Its entity id.
    pub entity_id: String,
    /// Where its metadata are.
    pub metadata_url: String,
    /// How it behaves at present.
    pub behaviour: Behaviour,
}
