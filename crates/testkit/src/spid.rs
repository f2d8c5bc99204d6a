//! The tests' people, and the product's way to their providers.

use outside::spid::{Company, Person};
use outside::world::World;
use sportello_core::identities::{METADATA, SpidConnection, certificate};
use sportello_core::spid::certificate::Validity;
use sportello_core::spid::registry::{Policy, Source};
use sportello_core::spid::signature::SigningKey;
use sportello_core::tenancy::Tenant;

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

pub(crate) fn connection(world: &World, tenant: &Tenant, base: &str) -> SpidConnection {
    // Wide enough for every test that moves the clock.
    let validity = Validity {
        not_before: "2016-01-01T00:00:00Z".parse().unwrap(),
        not_after: "2030-01-01T00:00:00Z".parse().unwrap(),
    };
    let made = certificate::make(tenant, base, validity, [7; 16]).unwrap();
    let key = SigningKey::from_pem(made.private_key.expose(), &made.certificate_pem).unwrap();
    world.spid().admit(base, &format!("{base}{METADATA}"));
    let policy = Policy { sources: vec![Source::Json { url: world.spid().registry_url() }] };
    SpidConnection::new(key, Vec::new(), policy, Vec::new()).unwrap()
}
