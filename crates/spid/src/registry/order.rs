//! The order in which providers are shown: another one for every visit, so that none is always first (avviso on the
//! button "Entra con SPID").

use aws_lc_rs::digest::{Context, SHA256};

use super::Registry;
use crate::metadata::idp::IdentityProvider;

impl Registry {
    /// The providers in an order that `chance` decides; the same bytes give the same order.
    #[must_use]
    pub fn in_random_order(&self, chance: [u8; 16]) -> Vec<&IdentityProvider> {
        let mut providers: Vec<_> =
            self.providers().iter().map(|provider| (place(chance, provider), provider)).collect();
        providers.sort_unstable_by_key(|(place, _)| *place);
        providers.into_iter().map(|(_, provider)| provider).collect()
    }
}

/// A number that looks drawn by lot, another for each provider and each `chance`.
fn place(chance: [u8; 16], provider: &IdentityProvider) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    context.update(&chance);
    context.update(provider.entity_id.as_str().as_bytes());
    let mut place = [0; 32];
    for (byte, drawn) in place.iter_mut().zip(context.finish().as_ref()) {
        *byte = *drawn;
    }
    place
}
