//! A portal without pages: the tenant of the demonstration on an empty database, and people who act on it.
//!
//! The database is a temporary file, or a fresh schema of the PostgreSQL server whose address (with a user that may
//! create schemas) is in `SPORTELLO_TEST_POSTGRES`.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use desk_dues::fee;
use desk_dues::import::{self, Import, ImportKind};
use italia::{EmailAddress, FiscalCode, PhoneNumber};
use jiff::Timestamp;
use pagopa::node::{Addressing, Request, SendReceipt};
use pagopa::{Amount, Code, CreditorCode, NoticeNumber, Psp, Receipt, ReceiptOutcome, Subject, SubjectId, Text};
use sportello_core::access::{Actor, Role};
use sportello_core::accounts::operators::OperatorId;
use sportello_core::accounts::{self, AccountId, Credentials, Level, MailKind, NewAccount, hashing::HashPool};
use sportello_core::chance::SystemChance;
use sportello_core::charges::{self, Charge};
use sportello_core::clock::FrozenClock;
use sportello_core::jobs::Handlers;
use sportello_core::people::{self, FirmId};
use sportello_core::tenancy::{Connections, Tenant};
use sportello_core::texts::Language;
use sportello_core::vault::Vault;
use sportello_core::{App, Cx, MIGRATIONS, Parts};
use store::{Db, Sql, args};

/// The firm with five vehicles of 3.5, 7.5, 18, 26 and 44 t.
pub const FIVE: &str = "00001015015";
/// The firm with 201 lorries of 12 t.
pub const MANY: &str = "00004345013";
/// A day on which the fee of 2017 can be paid.
pub const NOW: &str = "2017-02-13T09:00:00Z";

pub struct Portal {
    pub app: App,
    pub tenant: Arc<Tenant>,
    pub clock: Arc<FrozenClock>,
    pub db: Db,
    _directory: tempfile::TempDir,
}

pub fn tenant_directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tenants/albo")
}

async fn database(directory: &Path) -> Db {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let Some(server) = std::env::var_os("SPORTELLO_TEST_POSTGRES") else {
        let path = directory.join("test.db");
        return Db::open(&format!("sqlite:{}", path.display()), 4).await.unwrap();
    };
    let server = server.to_str().unwrap().to_owned();
    let schema = format!("test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let admin = Db::open(&server, 1).await.unwrap();
    let mut tx = admin.begin().await.unwrap();
    tx.execute_built(format!("CREATE SCHEMA {schema}"), args![]).await.unwrap();
    tx.commit().await.unwrap();
    admin.close().await;
    Db::open(&format!("{server}?options=-csearch_path%3D{schema}"), 4).await.unwrap()
}

impl Portal {
    pub async fn open() -> Self {
        Self::at(NOW).await
    }

    pub async fn at(now: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let db = database(directory.path()).await;
        db.migrate(MIGRATIONS, 0).await.unwrap();
        let product = sportello_core::texts::ProductTexts::new([sportello_core::TEXTS, desk_dues::TEXTS].concat());
        // Found by its place in the repository, but named as it is there.
        let tenant = Tenant::load(&tenant_directory().canonicalize().unwrap(), &product).unwrap();
        let tenant = Arc::new(desk_dues::load(tenant).unwrap());
        let clock = Arc::new(FrozenClock::at(now.parse().unwrap()));
        let app = App::new(Parts {
            db: db.clone(),
            clock: clock.clone(),
            chance: Arc::new(SystemChance),
            vault: Vault::new(&[7; 32]),
            hashing: HashPool::start(1),
            tenants: BTreeMap::from([(tenant.slug.clone(), tenant.clone())]),
            connections: BTreeMap::from([(tenant.slug.clone(), Connections::default())]),
            sources: BTreeMap::new(),
            cards: None,
            handlers: desk_dues::handlers(Handlers::default()),
            public_url: "http://127.0.0.1:8080".to_owned(),
            ids: sportello_core::ids::Ids::default(),
            wake: tokio::sync::Notify::new(),
        });
        Self { app, tenant, clock, db, _directory: directory }
    }

    /// With the demonstration's firms and their fleets of 2017.
    pub async fn with_demo() -> Self {
        let portal = Self::open().await;
        portal.import(ImportKind::Firms, None, &demo("firms.csv")).await;
        portal.import(ImportKind::Fleet, Some(2017), &demo("fleet-2017.csv")).await;
        portal
    }

    pub fn system(&self) -> Cx {
        self.app.system(&self.tenant, "test")
    }

    pub fn operator(&self, role: Role) -> Cx {
        self.cx(Actor::Operator { id: OperatorId(1), role })
    }

    pub fn admin(&self) -> Cx {
        self.operator(Role::Administrator)
    }

    pub fn cx(&self, actor: Actor) -> Cx {
        self.app.cx(&self.tenant, actor, "test", Language::Italian)
    }

    pub async fn import(&self, kind: ImportKind, year: Option<i64>, bytes: &[u8]) -> Import {
        let cx = self.admin();
        let preview = import::preview(&cx, kind, year, "test.csv", bytes.to_vec()).await.unwrap();
        import::apply(&cx, preview.id).await.unwrap()
    }

    pub async fn firm(&self, tax_code: &str) -> FirmId {
        let code = FiscalCode::parse(tax_code).unwrap();
        people::by_tax_code(&self.system(), &code).await.unwrap().expect("the firm is in the demonstration").id
    }

    /// Opens an account for a firm and acts in its name.
    pub async fn signed_in(&self, tax_code: &str, email: &str, kind: MailKind) -> Cx {
        let firm = self.firm(tax_code).await;
        let account = self.open_account(firm, email, kind).await;
        self.cx(Actor::Firm { account, firm, full: true, must_change: false, level: 0 })
    }

    pub async fn open_account(&self, firm: FirmId, email: &str, kind: MailKind) -> AccountId {
        let cx = self.system();
        let credentials = Credentials::generate(&cx).await.unwrap();
        let mut tx = cx.begin(sportello_core::access::Operation::AdvanceRegistration).await.unwrap();
        let (email, phone) = (EmailAddress::parse(email).unwrap(), PhoneNumber::parse("06 12345678").unwrap());
        let new = NewAccount { firm, level: Level::Full, email: &email, email_kind: kind, phone: &phone };
        let (id, _) = accounts::open(&cx, &mut tx, &new, &credentials).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub async fn charge(&self, firm: FirmId) -> Charge {
        charges::living(&self.system(), firm, fee::KIND, 2017).await.unwrap().expect("a charge")
    }

    /// The node tells that a charge was paid; returns its answer.
    pub async fn pay(&self, charge: &Charge, receipt_id: &str) -> String {
        let cx = self.system();
        let creditor = self.tenant.creditor.as_ref().unwrap();
        let code = CreditorCode::parse(&creditor.fiscal_code).unwrap();
        let notice = NoticeNumber::parse(&charge.notice_number).unwrap();
        let payer = FiscalCode::parse(FIVE).unwrap();
        let message = Request::SendReceipt(Box::new(SendReceipt {
            addressing: Addressing {
                creditor: Code::parse(&creditor.fiscal_code).unwrap(),
                broker: Code::parse(&creditor.fiscal_code).unwrap(),
                station: Code::parse(&creditor.station).unwrap(),
            },
            receipt: Receipt {
                receipt_id: Code::parse(receipt_id).unwrap(),
                notice,
                creditor: code,
                outcome: ReceiptOutcome::Paid,
                reference: notice.iuv(),
                amount: Amount::new(charge.amount()).unwrap(),
                description: Text::fit("Quota"),
                company_name: Text::fit(&creditor.name),
                office_name: None,
                debtor: Subject::new(SubjectId::guess(&payer), "Debitore"),
                transfers: vec![transfer(code, charge)],
                psp: Psp {
                    id: Code::parse("60000000001").unwrap(),
                    fiscal_code: None,
                    vat_number: None,
                    company_name: Text::fit("Banca di prova"),
                    channel: Code::parse("60000000001_01").unwrap(),
                    channel_description: Text::fit("web"),
                },
                payer: None,
                payment_method: Some(Text::fit("creditCard")),
                payment_note: None,
                fee: None,
                creditor_fee: None,
                bundle: None,
                creditor_bundle: None,
                paid_at: Some(self.app.clock().now().to_zoned(sportello_core::clock::rome()).datetime()),
                application_date: None,
                transfer_date: None,
                metadata: Vec::new(),
                stand_in: None,
            },
        }));
        let answer = sportello_core::payments::answer(&cx, &message.to_xml()).await;
        String::from_utf8(answer.to_xml()).unwrap()
    }

    /// One number out of the database, whatever the scope.
    pub async fn number(&self, sql: &'static str) -> i64 {
        self.db.fetch_one(Sql::new(sql), args![]).await.unwrap().get("n").unwrap()
    }
}

fn transfer(creditor: CreditorCode, charge: &Charge) -> pagopa::ReceiptTransfer {
    pagopa::Transfer {
        number: pagopa::TransferNumber::new(1).unwrap(),
        amount: Amount::new(charge.amount()).unwrap(),
        creditor,
        company_name: None,
        destination: pagopa::Destination::Account(pagopa::Iban::parse("IT60X0542811101000000123456").unwrap()),
        remittance_information: Text::fit("quota"),
        category: Code::parse("0101101IM").unwrap(),
        metadata: Vec::new(),
    }
}

pub fn demo(name: &str) -> Vec<u8> {
    std::fs::read(tenant_directory().join("demo").join(name)).unwrap()
}

pub fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}
