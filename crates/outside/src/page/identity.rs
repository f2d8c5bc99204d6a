//! The providers of identity on the overview.

use super::texts::Texts;
use crate::cie::Behaviour as CieBehaviour;
use crate::spid::Behaviour as SpidBehaviour;
use crate::world::World;

/// A line of the table: who, how it behaves, and where to read what it publishes.
#[derive(Debug)]
pub(super) struct ProviderRow {
    pub(super) name: &'static str,
    pub(super) behaviour: &'static str,
    pub(super) tone: &'static str,
    pub(super) document: String,
    pub(super) document_name: &'static str,
}

/// The providers of SPID, then CIE id and its anchor.
pub(super) fn rows(world: &World, t: &'static Texts) -> Vec<ProviderRow> {
    let spid = world.spid().providers().into_iter().map(|info| {
        let (behaviour, tone) = spid_behaviour(info.behaviour, t);
        ProviderRow { name: info.name, behaviour, tone, document: info.metadata_url, document_name: t.metadata }
    });
    let cie = world.cie();
    let (behaviour, tone) = cie_behaviour(cie.behaviour(), t);
    let expired = cie.behaviour() == CieBehaviour::ExpiredChain;
    // What has ended are the anchor's words; every other fault is the provider's.
    let (of_anchor, of_provider) = if expired { ((behaviour, tone), good(t)) } else { (good(t), (behaviour, tone)) };
    let entity = |name, (behaviour, tone), id: &str| ProviderRow {
        name,
        behaviour,
        tone,
        document: format!("{id}/.well-known/openid-federation"),
        document_name: t.entity_configuration,
    };
    let entities =
        [entity(t.cie_provider, of_provider, &cie.provider()), entity(t.cie_anchor, of_anchor, &cie.anchor())];
    spid.chain(entities).collect()
}

fn good(t: &Texts) -> (&'static str, &'static str) {
    (t.id_good, "good")
}

fn spid_behaviour(behaviour: SpidBehaviour, t: &Texts) -> (&'static str, &'static str) {
    match behaviour {
        SpidBehaviour::Good => good(t),
        SpidBehaviour::Slow => (t.id_slow, "warm"),
        SpidBehaviour::Broken => (t.id_broken, "bad"),
        SpidBehaviour::Down => (t.id_down, "bad"),
    }
}

fn cie_behaviour(behaviour: CieBehaviour, t: &Texts) -> (&'static str, &'static str) {
    let text = match behaviour {
        CieBehaviour::Good => return good(t),
        CieBehaviour::Slow => return (t.id_slow, "warm"),
        CieBehaviour::Silent => t.id_silent,
        CieBehaviour::WrongNonce => t.id_wrong_nonce,
        CieBehaviour::OtherIssuer => t.id_other_issuer,
        CieBehaviour::UnsignedUserinfo => t.id_unsigned,
        CieBehaviour::BadSignature => t.id_bad_signature,
        CieBehaviour::OtherPerson => t.id_other_person,
        CieBehaviour::LowLevel => t.id_low_level,
        CieBehaviour::ExpiredChain => t.id_expired_chain,
        CieBehaviour::Unmarked => t.id_unmarked,
    };
    (text, "bad")
}
