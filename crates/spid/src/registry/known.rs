//! The providers that were accredited when this was written.
//!
//! Nobody can sign in with this list alone, because keys change and are not in it. It tells a first start, before any
//! registry has answered, whom to expect and what to show.

/// An accredited identity provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownProvider {
    /// Its entity id.
    pub entity_id: &'static str,
    /// The name of the company.
    pub name: &'static str,
    /// The name of the service, as people know it.
    pub brand: &'static str,
}

const fn known(entity_id: &'static str, name: &'static str, brand: &'static str) -> KnownProvider {
    KnownProvider { entity_id, name, brand }
}

/// The providers of SPID in 2026, by entity id, from AgID's public list.
pub const KNOWN_PROVIDERS: &[KnownProvider] = &[
    known("https://id.eht.eu", "Etna Hitech S.C.p.A.", "EtnaID"),
    known("https://id.lepida.it/idp/shibboleth", "Lepida S.c.p.A.", "LepidaID"),
    known("https://identity.infocert.it", "InfoCert S.p.A.", "InfoCert ID"),
    known("https://identity.sieltecloud.it", "Sielte S.p.A.", "SielteID"),
    known("https://idp.intesigroup.com", "Intesi Group S.p.A.", "Intesi Group SPID"),
    known("https://idp.namirialtsp.com/idp", "Namirial S.p.A.", "Namirial ID"),
    known("https://login.id.tim.it/affwebservices/public/saml2sso", "TI Trust Technologies S.r.l.", "TIM id"),
    known("https://loginspid.aruba.it", "ArubaPEC S.p.A.", "Aruba ID"),
    known("https://loginspid.infocamere.it", "InfoCamere S.C.p.A.", "ID InfoCamere"),
    known("https://posteid.poste.it", "Poste Italiane S.p.A.", "PosteID"),
    known("https://spid.register.it", "Register.it S.p.A.", "SpidItalia"),
    known("https://spid.teamsystem.com/idp", "TeamSystem S.p.A.", "TeamSystem ID"),
];

#[cfg(test)]
mod tests {
    use super::KNOWN_PROVIDERS;

    #[test]
    fn each_is_there_once() {
        assert!(KNOWN_PROVIDERS.is_sorted_by(|before, after| before.entity_id < after.entity_id));
        assert!(KNOWN_PROVIDERS.iter().all(|known| known.entity_id.starts_with("https://")));
    }
}
