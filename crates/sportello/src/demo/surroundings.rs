//! The world around the portals, and the configuration that points to it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use italia::EmailAddress;
use jiff::Timestamp;
use outside::mail::{Account, BoxKind};
use outside::pagopa::Creditor;
use outside::register::IssuedClient;
use outside::world::{World, WorldConfig};
use pagopa::CreditorCode;
use sportello_core::chance::Chance;
use sportello_core::tenancy::Tenant;

use super::clock::DemoClock;
use super::identities::cie_keys;
use super::{Stage, indexes, people_of_spid, seed};
use crate::exit::{Exit, Failure};

/// Look-ups that the register answers in any 60 seconds.
pub(super) const PER_MINUTE: u32 = 60;
/// The domain of the portals' own certified boxes.
const PEC_DOMAIN: &str = "pec.example";
/// The password of the portals' own boxes: nothing outside this process can reach them.
const BOX_PASSWORD: &str = "casella-dimostrazione";
/// The key that opens the payment page.
const PAYMENT_KEY: &str = "chiave-dimostrazione";

/// What the configuration is written from.
pub struct Surroundings<'a> {
    /// Where.
    pub stage: &'a Stage<'a>,
    /// The world.
    pub world: &'a World,
    /// Chance.
    pub chance: &'a dyn Chance,
    /// The present instant.
    pub now: Timestamp,
}

/// The boxes of a tenant.
struct Boxes {
    mail: EmailAddress,
    pec: EmailAddress,
    assistance: EmailAddress,
}

impl Boxes {
    fn of(tenant: &Tenant) -> Result<Self, Failure> {
        Ok(Self {
            mail: address(&format!("avvisi@{}.example", tenant.slug))?,
            pec: address(&format!("{}@{PEC_DOMAIN}", tenant.slug))?,
            assistance: address(&tenant.help.email)?,
        })
    }
}

fn address(text: &str) -> Result<EmailAddress, Failure> {
    EmailAddress::parse(text)
        .map_err(|error| Failure::because(Exit::Data, &format!("`{text}` is not an address"), &error))
}

/// The world that the tenants' demonstration data describe.
pub fn world(
    listen: SocketAddr,
    tenants: &BTreeMap<String, Arc<Tenant>>,
    clock: Arc<DemoClock>,
) -> Result<WorldConfig, Failure> {
    let mut config = WorldConfig::new(clock);
    config.listen = listen;
    config.register_per_minute = PER_MINUTE;
    PAYMENT_KEY.clone_into(&mut config.payment_key);
    let mut domains = BTreeSet::from([PEC_DOMAIN.to_owned()]);
    for tenant in tenants.values() {
        let firms = seed::register(&tenant.directory.join("demo"))?;
        let addresses = firms.iter().flat_map(|firm| firm.pec.iter().chain(&firm.professionals));
        domains.extend(addresses.filter_map(|a| Some(a.rsplit_once('@')?.1.to_ascii_lowercase())));
        config.firms.extend(firms);
        config.people.extend(people_of_spid::read(&tenant.directory.join("demo"))?);
        let Boxes { mail, pec, assistance } = Boxes::of(tenant)?;
        let accounts = [(mail, BoxKind::Ordinary), (pec, BoxKind::Pec), (assistance, BoxKind::Ordinary)];
        config.accounts.extend(accounts.map(|(address, kind)| Account {
            address,
            password: BOX_PASSWORD.into(),
            kind,
        }));
    }
    config.indexes = Some(config.firms.clone());
    config.pec_domains = domains.into_iter().collect();
    Ok(config)
}

impl Surroundings<'_> {
    /// The configuration file, with its secrets in files beside it; the world learns who its new clients are.
    pub async fn configuration(&self, tenants: &BTreeMap<String, Arc<Tenant>>) -> Result<String, Failure> {
        let mut text = self.program();
        self.inad(&mut text).await?;
        let keys = tenants.keys().map(|slug| {
            let (register, slug) = (self.world.register().clone(), slug.clone());
            // Making a key takes a noticeable part of a second.
            tokio::task::spawn_blocking(move || register.issue_client(&format!("sportello-{slug}")))
        });
        let keys: Vec<_> = keys.collect();
        let signer = self.card_signer(tenants);
        let made: Vec<_> = tenants.values().map(|tenant| (self.spid_key(tenant), cie_keys(tenant))).collect();
        for ((tenant, key), (spid, cie)) in tenants.values().zip(keys).zip(made) {
            let key = key.await.map_err(|error| super::crashed(&error))?;
            let key =
                key.map_err(|error| Failure::because(Exit::Software, "the register has no key for us", &error))?;
            self.tenant(&mut text, tenant, &key)?;
            if let Some(made) = spid {
                let made = made.await.map_err(|error| super::crashed(&error))??;
                self.spid(&mut text, tenant, &made)?;
            }
            if let Some(made) = cie {
                let made = made.await.map_err(|error| super::crashed(&error))??;
                self.cie(&mut text, tenant, &made)?;
            }
        }
        if let Some(signer) = signer {
            self.cards(&mut text, &signer.await.map_err(|error| super::crashed(&error))??)?;
        }
        Ok(text)
    }

    fn program(&self) -> String {
        let Stage { directory, address, database, .. } = self.stage;
        let database = database.unwrap_or("sqlite:sportello.db");
        format!(
            "# Written by `sportello demo`.\n\n\
             [server]\nlisten = \"{address}\"\npublic_url = \"http://{address}\"\n\
             banner = \"Dimostrazione: persone, imprese e pagamenti sono inventati\"\n\
             banner_en = \"Demonstration: people, firms and payments are invented\"\nposts_per_minute = 6000\n\n\
             [database]\nurl = {}\n\n[tenants]\ndirectory = {}\n",
            quoted(database),
            path(directory),
        )
    }

    fn tenant(&self, text: &mut String, tenant: &Tenant, key: &IssuedClient) -> Result<(), Failure> {
        let slug = &tenant.slug;
        let home = self.stage.home;
        let secret = |name: &str, contents: &str| home.secret(&format!("{slug}-{name}"), contents).map(|p| path(&p));
        let Boxes { mail, pec, assistance } = Boxes::of(tenant)?;
        let password = secret("mailbox.password", BOX_PASSWORD)?;
        let out = |section: &str, server: SocketAddr, from: &EmailAddress| {
            format!(
                "\n[connections.{slug}.{section}]\nhost = \"{}\"\nport = {}\ntls = \"none\"\nuser = \"{from}\"\n\
                 password_file = {password}\nfrom = \"{from}\"\n",
                server.ip(),
                server.port(),
            )
        };
        let inbox = |section: &str, user: &EmailAddress| {
            let server = self.world.mail().imap_addr();
            format!(
                "\n[connections.{slug}.{section}]\nhost = \"{}\"\nport = {}\ntls = \"none\"\nuser = \"{user}\"\n\
                 password_file = {password}\n",
                server.ip(),
                server.port(),
            )
        };
        let _ = write!(
            text,
            "\n[connections.{slug}]\npec_trust_file = {}\n",
            secret("pec-authorities.pem", self.world.mail().trust_anchor_pem())?,
        );
        let register = format!(
            "\n[connections.{slug}.register]\nurl = \"{}\"\nclient_id = \"{}\"\nkey_file = {}\ncertificate_file = {}\n\
             per_minute = {PER_MINUTE}\n",
            self.world.register().base_url(),
            key.client_id,
            secret("register.key", &key.key_pem)?,
            secret("register.pem", &key.certificate_pem)?,
        );
        // Both at once exclude each other.
        text.push_str(if self.stage.inad { indexes::NAMED } else { &register });
        text.push_str(&out("mail", self.world.mail().smtp_addr(), &mail));
        text.push_str(&out("pec", self.world.mail().pec_smtp_addr(), &pec));
        text.push_str(&inbox("pec_inbox", &pec));
        text.push_str(&inbox("assistance_inbox", &assistance));
        self.payments(text, tenant)
    }

    /// The address of a tenant's portal here; host names of its own lead nowhere.
    pub(super) fn base(&self, tenant: &Tenant) -> String {
        format!("http://{}/{}", self.stage.address, tenant.slug)
    }

    fn payments(&self, text: &mut String, tenant: &Tenant) -> Result<(), Failure> {
        let Some(creditor) = &tenant.creditor else { return Ok(()) };
        let node_secret = self.chance.token();
        let _ = write!(
            text,
            "\n[connections.{}.pagopa]\ncheckout_url = \"{}pagopa/checkout/ec/v1\"\npayment_page = \"{}\"\nsubscription_key_file = {}\n\
             node_secret_file = {}\n",
            tenant.slug,
            self.world.url(),
            self.world.url(),
            path(&self.stage.home.secret(&format!("{}-checkout.key", tenant.slug), PAYMENT_KEY)?),
            path(&self.stage.home.secret(&format!("{}-node.secret", tenant.slug), &node_secret)?),
        );
        let wrong = |error: &(dyn std::error::Error + 'static)| {
            Failure::because(Exit::Data, &format!("the creditor of `{}` cannot be made known", tenant.slug), error)
        };
        let station = format!("http://{}/{}{NODE_PATH}{node_secret}", self.stage.address, tenant.slug);
        let code = CreditorCode::parse(&creditor.fiscal_code).map_err(|e| wrong(&e))?;
        let known = Creditor {
            station: pagopa::Code::parse(&creditor.station).map_err(|e| wrong(&e))?,
            broker: pagopa::Code::parse(creditor.broker.as_ref().unwrap_or(&creditor.fiscal_code))
                .map_err(|e| wrong(&e))?,
            ..Creditor::direct(code, &creditor.name, station.parse().map_err(|e: url::ParseError| wrong(&e))?)
                .map_err(|e| wrong(&e))?
        };
        self.world.node().add_creditor(known);
        Ok(())
    }
}

/// The path under a tenant at which the payment node reaches the product, in front of the secret.
const NODE_PATH: &str = "/pagopa/nodo/";

/// A text as TOML writes it.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

pub(super) fn path(path: &Path) -> String {
    quoted(&path.display().to_string())
}
