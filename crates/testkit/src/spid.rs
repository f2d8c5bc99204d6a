//! The tests' people, and the product's way to their providers.

use std::sync::Arc;

use outside::spid::{Company, Person};
use outside::world::World;
use sportello_core::access::Levels;
use sportello_core::identities::{self, METADATA, SpidConnection, certificate};
use sportello_core::jobs::Worker;
use sportello_core::spid::certificate::{SpCertificate, Validity};
use sportello_core::spid::registry::{Finding, Policy, Source};
use sportello_core::spid::saml::Purpose;
use sportello_core::spid::signature::SigningKey;
use sportello_core::tenancy::Tenant;

use crate::stage::Way;
use crate::{BODY, Stage};

/// A sole trader, one who acts for a company, and one whom no firm knows.
pub(crate) fn people() -> Vec<Person> {
    let company = Company {
        name: "Autotrasporti Esempio S.r.l.".to_owned(),
        fiscal_code: "00001015015".to_owned(),
        vat_number: "00001015015".to_owned(),
        registered_office: "Via dell’Esempio 1, 00118 Roma (RM)".to_owned(),
    };
    vec![
        Person::new("Mario", "Prova", "PRVMRA71C12D620W", "mario.prova@posta.example"),
        Person::new("Giulia", "Esempio", "SMPGLI80A41H501L", "giulia.esempio@posta.example").acting_for(company),
        Person::new("Luca", "Invenzione", "NVNLCU85M05F205T", "luca.invenzione@posta.example"),
    ]
}

const DAY: &str = "2017-02-20T10:00";

/// So many keys of a body at its address.
pub(crate) fn keys(tenant: &Tenant, base: &str, count: u8) -> Vec<SpCertificate> {
    // Wide enough for every test that moves the clock.
    let validity = Validity {
        not_before: "2016-01-01T00:00:00Z".parse().unwrap(),
        not_after: "2030-01-01T00:00:00Z".parse().unwrap(),
    };
    (0..count).map(|number| certificate::make(tenant, base, validity, [7 + number; 16]).unwrap()).collect()
}

/// The world's providers answer the body from now on.
pub(crate) fn is_admitted(world: &World, base: &str) {
    world.spid().admit(base, &format!("{base}{METADATA}"));
}

/// The first key signs, the others stand in the metadata beside it.
pub(crate) fn connection(world: &World, keys: &[SpCertificate]) -> SpidConnection {
    let key = |made: &SpCertificate| SigningKey::from_pem(made.private_key.expose(), &made.certificate_pem).unwrap();
    let also = keys[1..].iter().map(|made| made.certificate_der.clone()).collect();
    let policy = Policy { sources: vec![Source::Json { url: world.spid().registry_url() }] };
    SpidConnection::new(key(&keys[0]), also, policy, Vec::new()).unwrap()
}

impl Stage {
    /// The product on an engine in February 2017, with the identity providers of SPID.
    pub async fn with_spid(engine: &str) -> Self {
        let stage = Self::build(engine, DAY, Some(Way::Spid)).await;
        let findings = identities::refresh(&stage.cx()).await.unwrap();
        assert!(!findings.iter().any(|finding| matches!(finding, Finding::Source { .. })), "{findings:?}");
        stage
    }

    /// The same, before the registry has been asked.
    pub async fn with_spid_before_the_list(engine: &str) -> Self {
        Self::build(engine, DAY, Some(Way::Spid)).await
    }

    /// The same, at a body that is content with level 1, at which providers keep a session.
    pub async fn with_spid_at_level_1(engine: &str) -> Self {
        let change = |tenant: &mut Tenant| tenant.spid.as_mut().unwrap().level = 1;
        let stage = Self::build_with(engine, DAY, Some(Way::Spid), change).await;
        identities::refresh(&stage.cx()).await.unwrap();
        stage
    }

    /// The same, at a body that opens to SPID on a day.
    pub async fn with_spid_from(engine: &str, day: &str) -> Self {
        let change = |tenant: &mut Tenant| tenant.spid.as_mut().unwrap().from = Some(day.parse().unwrap());
        let stage = Self::build_with(engine, DAY, Some(Way::Spid), change).await;
        identities::refresh(&stage.cx()).await.unwrap();
        stage
    }

    /// The same, at a body that demands levels for operations.
    pub async fn with_spid_demanding(engine: &str, levels: &[(&str, u8)]) -> Self {
        let levels = levels.iter().map(|(name, level)| ((*name).to_owned(), *level)).collect();
        let change = |tenant: &mut Tenant| tenant.levels = Levels::read(&levels).unwrap();
        let stage = Self::build_with(engine, DAY, Some(Way::Spid), change).await;
        identities::refresh(&stage.cx()).await.unwrap();
        stage
    }

    /// The same, at a body that asks for a kind of identity.
    pub async fn with_spid_for(engine: &str, purpose: Purpose) -> Self {
        let change = |tenant: &mut Tenant| tenant.spid.as_mut().unwrap().purpose = Some(purpose);
        let stage = Self::build_with(engine, DAY, Some(Way::Spid), change).await;
        identities::refresh(&stage.cx()).await.unwrap();
        stage
    }

    /// The same, at a body whose metadata have a second key beside the one that signs.
    pub async fn with_spid_rolling_over(engine: &str) -> Self {
        let stage = Self::build(engine, DAY, Some(Way::SpidRollingOver)).await;
        identities::refresh(&stage.cx()).await.unwrap();
        stage
    }

    /// Starts the program again at the same address, with the other key first. Browsers that were open have to be opened
    /// anew.
    pub async fn exchanges_the_keys_of_spid(&mut self) {
        self.spid_keys.reverse();
        let tenant = Arc::clone(self.app.tenant(BODY).unwrap());
        let mut connections = crate::stage::connections(&self.world, &tenant);
        connections.spid = Some(connection(&self.world, &self.spid_keys));
        for server in self.servers.drain(..) {
            server.abort();
            let _ = server.await;
        }
        let address = self.portal.socket_addrs(|| None).unwrap()[0];
        let listener = tokio::net::TcpListener::bind(address).await.unwrap();
        self.app = self.another_app(connections, self.sources()).await;
        self.worker = Worker::new(self.app.clone());
        self.servers.push(crate::stage::serve(self.app.clone(), listener));
    }
}
