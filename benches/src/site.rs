//! A portal to be measured: a folder with configuration and embedded database, and the world around it in this process.
//!
//! The product itself runs as a child process from the very program that is shipped; this process only fills the
//! database beforehand, through the product's own operations.

use std::fmt::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use italia::EmailAddress;
use outside::VirtualClock;
use outside::mail::{Account, BoxKind};
use outside::pagopa::Creditor;
use outside::world::{World, WorldConfig};
use pagopa::CreditorCode;
use sportello::assemble;
use sportello::config::{Config, Environment, FILE_NAME, Settings};
use sportello_core::chance::{Chance, SystemChance};
use sportello_core::clock::{Clock as _, SystemClock};
use sportello_core::tenancy::Tenant;
use sportello_core::{App, Cx};
use tempfile::TempDir;

use crate::Failure;

/// The tenant that is measured.
pub const TENANT: &str = "albo";
/// The password of the portal's own boxes.
const BOX_PASSWORD: &str = "casella-di-misura";
/// The key that opens the payment page.
const PAYMENT_KEY: &str = "chiave-di-misura";

/// The portal and the world around it.
#[derive(Debug)]
pub struct Site {
    /// The world.
    pub world: World,
    /// Where the portal is served.
    pub address: SocketAddr,
    /// The secret between node and portal.
    pub node_secret: String,
    /// The tenant as its files say.
    pub tenant: Tenant,
    folder: TempDir,
}

impl Site {
    /// Writes the files and starts the world; its chance comes from a seed.
    pub async fn build(seed: u64) -> Result<Self, Failure> {
        let folder = tempfile::Builder::new().prefix("sportello-benches-").tempdir()?;
        copy_tenant(&folder.path().join("tenants").join(TENANT))?;
        let tenant = assemble::load_tenant(&folder.path().join("tenants").join(TENANT), &assemble::texts())?;
        // Whoever listens next on a port that was free a moment ago gets it, unless somebody is very quick.
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let world = world(&tenant, seed).await?;
        let node_secret = <dyn Chance>::token(&SystemChance);
        let site = Self { world, address, node_secret, tenant, folder };
        assemble::make_master_key(&site.folder.path().join("master.key"), &SystemChance)?;
        std::fs::write(site.config_file(), site.configuration()?)?;
        site.make_known()?;
        Ok(site)
    }

    /// The folder with everything.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The configuration file.
    pub fn config_file(&self) -> PathBuf {
        self.folder().join(FILE_NAME)
    }

    /// The database's file.
    pub fn database(&self) -> PathBuf {
        self.folder().join("sportello.db")
    }

    /// The path of a page.
    pub fn path(&self, page: &str) -> String {
        format!("/{TENANT}{page}")
    }

    /// The path at which the payment node reaches the portal.
    pub fn node_path(&self) -> String {
        format!("/{TENANT}/pagopa/nodo/{}", self.node_secret)
    }

    /// The creditor's code.
    pub fn creditor(&self) -> Result<CreditorCode, Failure> {
        let creditor = self.tenant.creditor.as_ref().ok_or("the tenant has no creditor")?;
        Ok(CreditorCode::parse(&creditor.fiscal_code)?)
    }

    /// The product put together afresh in this process on the same files. Close it before the child starts.
    pub async fn app(&self) -> Result<App, Failure> {
        let config = Config::new(&Settings::read(Some(&self.config_file()), &Environment::default())?)?;
        let clock = Arc::new(SystemClock);
        let db = assemble::open(&config).await?;
        assemble::prepare(&db, &*clock, true).await?;
        Ok(assemble::build_on(db, &config, clock, Arc::new(SystemChance))?)
    }

    /// The tenant's context in a product.
    pub fn cx(app: &App) -> Result<Cx, Failure> {
        Ok(app.system(app.tenant(TENANT).ok_or("the tenant is not there")?, "benches"))
    }

    fn configuration(&self) -> Result<String, Failure> {
        let address = self.address;
        let mut text = format!(
            "[server]\nlisten = \"{address}\"\npublic_url = \"http://{address}\"\nposts_per_minute = 100000\n\n\
             [database]\nurl = \"sqlite:sportello.db\"\n\n[tenants]\ndirectory = \"tenants\"\n\n[log]\nlevel = \"warn\"\n"
        );
        let key = self.world.register().issue_client("benches")?;
        let password = self.secret("mailbox.password", BOX_PASSWORD)?;
        let _ = write!(
            text,
            "\n[connections.{TENANT}]\npec_trust_file = {}\n\n[connections.{TENANT}.register]\nurl = {}\n\
             client_id = {}\nkey_file = {}\ncertificate_file = {}\n\n[connections.{TENANT}.pagopa]\n\
             checkout_url = {}\nsubscription_key_file = {}\nnode_secret_file = {}\n",
            self.secret("pec-authorities.pem", self.world.mail().trust_anchor_pem())?,
            quoted(self.world.register().base_url()),
            quoted(&key.client_id),
            self.secret("register.key", &key.key_pem)?,
            self.secret("register.pem", &key.certificate_pem)?,
            quoted(&format!("{}pagopa/checkout/ec/v1", self.world.url())),
            self.secret("checkout.key", PAYMENT_KEY)?,
            self.secret("node.secret", &self.node_secret)?,
        );
        let mail = self.world.mail();
        let [ordinary, certified, assistance] = boxes(&self.tenant).map(|(address, _)| address);
        for (section, server, user, sends) in [
            ("mail", mail.smtp_addr(), &ordinary, true),
            ("pec", mail.pec_smtp_addr(), &certified, true),
            ("pec_inbox", mail.imap_addr(), &certified, false),
            ("assistance_inbox", mail.imap_addr(), &assistance, false),
        ] {
            let from = if sends { format!("from = {}\n", quoted(user)) } else { String::new() };
            let _ = write!(
                text,
                "\n[connections.{TENANT}.{section}]\nhost = \"{}\"\nport = {}\ntls = \"none\"\nuser = {}\n\
                 password_file = {password}\n{from}",
                server.ip(),
                server.port(),
                quoted(user),
            );
        }
        Ok(text)
    }

    /// Writes a secret beside the configuration and returns its path as TOML writes it.
    fn secret(&self, name: &str, contents: &str) -> Result<String, Failure> {
        let folder = self.folder().join("secrets");
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(name), contents)?;
        Ok(quoted(&folder.join(name).display().to_string()))
    }

    /// Tells the payment node where the portal answers.
    fn make_known(&self) -> Result<(), Failure> {
        let name = self.tenant.creditor.as_ref().map(|creditor| creditor.name.clone()).unwrap_or_default();
        let station = format!("http://{}{}", self.address, self.node_path());
        self.world.node().add_creditor(Creditor::direct(self.creditor()?, &name, station.parse()?)?);
        Ok(())
    }
}

async fn world(tenant: &Tenant, seed: u64) -> Result<World, Failure> {
    let mut config = WorldConfig::new(Arc::new(VirtualClock::running(SystemClock.now())));
    config.seed = seed;
    PAYMENT_KEY.clone_into(&mut config.payment_key);
    for (address, kind) in boxes(tenant) {
        config.accounts.push(Account { address: EmailAddress::parse(&address)?, password: BOX_PASSWORD.into(), kind });
    }
    let world = World::start(config).await?;
    world.spawn_timers();
    Ok(world)
}

/// The portal's own boxes: ordinary mail, certified mail, and where people write for help.
fn boxes(tenant: &Tenant) -> [(String, BoxKind); 3] {
    [
        (format!("avvisi@{TENANT}.example"), BoxKind::Ordinary),
        (format!("{TENANT}@pec.example"), BoxKind::Pec),
        (tenant.help.email.clone(), BoxKind::Ordinary),
    ]
}

/// The example tenant's own files, without its demonstration.
fn copy_tenant(to: &Path) -> Result<(), Failure> {
    let from = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../tenants")).join(TENANT);
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
