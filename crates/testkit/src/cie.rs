//! The product's way to the world's CIE.

use outside::world::World;
use serde_json::json;
use sportello_core::identities::cie::{CieConnection, CieKeys, CieSettings};
use sportello_core::spid::certificate::{KeySize, generate_key};
use sportello_core::spid::federation::chain::TrustMarkRule;
use sportello_core::spid::federation::jose::{DecryptionKey, JwkSet, SigningKey};
use sportello_core::tenancy::Tenant;

/// A registered relying party.
pub(crate) fn connection(world: &World, tenant: &Tenant, base: &str) -> CieConnection {
    let pem = || generate_key(KeySize::Bits2048).unwrap();
    let signing = || SigningKey::from_pem(pem().expose()).unwrap();
    let federation = signing();
    let cie = world.cie();
    let mark = cie.register(base, json!({ "keys": [federation.public().to_value()] })).unwrap();
    let anchor_keys = cie.anchor_jwks();
    let settings = CieSettings {
        keys: CieKeys {
            federation: vec![federation],
            signing: vec![signing()],
            decryption: vec![DecryptionKey::from_pem(pem().expose()).unwrap()],
        },
        anchor: cie.anchor(),
        anchor_keys: JwkSet::read(anchor_keys.as_object().unwrap()).unwrap(),
        provider: cie.provider(),
        trust_marks: vec![mark],
        provider_trust_mark: TrustMarkRule::AtLeastOne,
    };
    CieConnection::new(tenant, base, settings).unwrap()
}
