//! A firm and what it does on the portal.

use italia::{EmailAddress, FiscalCode};
use outside::mail::StoredMessage;
use sportello_core::people;
use url::Url;

use crate::{Browser, Page, Stage};

/// A firm with a browser of its own.
#[derive(Debug)]
pub struct Firm<'a> {
    /// The stage it acts on.
    pub stage: &'a Stage,
    /// Its browser.
    pub browser: Browser,
    /// Its record.
    pub record: people::Firm,
    /// The certified address that the business register has for it.
    pub chamber_pec: Option<String>,
}

/// What the firm found in its mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// The matricola.
    pub member_code: String,
    /// The PIN.
    pub pin: String,
    /// The temporary password, or the password that was chosen.
    pub password: String,
}

/// The password that firms choose.
pub const CHOSEN: &str = "Camion8!rosso";

/// A phone number.
pub const PHONE: &str = "06 1234 5678";

impl<'a> Firm<'a> {
    pub(crate) async fn find(stage: &'a Stage, name: &str) -> Self {
        let known = stage.world.register().control().firms();
        let firm = known.iter().find(|f| f.name.starts_with(name)).unwrap_or_else(|| panic!("no firm `{name}`"));
        let code = FiscalCode::parse(&firm.code).unwrap();
        let record = people::by_tax_code(&stage.cx(), &code).await.unwrap().unwrap();
        Self { stage, browser: stage.visitor(), record, chamber_pec: firm.pec.clone() }
    }

    /// The certified address of the register.
    pub fn pec(&self) -> &str {
        self.chamber_pec.as_deref().unwrap()
    }

    /// Registers by certified mail with this address; returns the page that says how it goes.
    pub async fn registers_with_pec(&self, pec: &str) -> Page {
        self.registers("pec", pec, "pec").await
    }

    /// Registers in the simplified way with an address of a kind (`ordinary`, `pec`).
    pub async fn registers_simplified(&self, email: &str, kind: &str) -> Page {
        self.registers("semplificata", email, kind).await
    }

    async fn registers(&self, way: &str, email: &str, kind: &str) -> Page {
        let data = self.browser.get("/registrazione").await.form("/registrazione").set("modo", way).submit().await;
        let check = self.fills(&data, email, kind).submit().await;
        assert!(check.errors().is_empty(), "{:?}", check.errors());
        check.form("/registrazione/invio").submit().await
    }

    /// Fills the registration's form in.
    pub fn fills(&self, page: &Page, email: &str, kind: &str) -> crate::Form {
        page.form("/registrazione/dati")
            .set("codice_fiscale", &self.record.tax_code)
            .set("numero_albo", &self.record.albo_number)
            .set("email", email)
            .set("casella", kind)
            .set("telefono", PHONE)
    }

    /// The messages in a mailbox, oldest first.
    pub fn mailbox(&self, address: &str) -> Vec<StoredMessage> {
        self.stage.world.mail().messages(&EmailAddress::parse(address).unwrap())
    }

    /// The last message in a mailbox.
    pub fn last_message(&self, address: &str) -> StoredMessage {
        self.mailbox(address).into_iter().next_back().unwrap_or_else(|| panic!("nothing in {address}"))
    }

    /// The credentials in the last message of a mailbox.
    pub fn reads_credentials(&self, address: &str) -> Credentials {
        let text = self.last_message(address).text;
        let after = |label: &str| {
            let line = text
                .lines()
                .find_map(|l| l.trim().strip_prefix(label))
                .unwrap_or_else(|| panic!("no `{label}` in:\n{text}"));
            line.trim().to_owned()
        };
        Credentials { member_code: after("Matricola:"), pin: after("PIN:"), password: after("Password temporanea:") }
    }

    /// Tries to sign in; returns the page that follows.
    pub async fn signs_in(&self, member_code: &str, password: &str) -> Page {
        let page = self.browser.get("/accesso").await;
        page.form("/accesso").set("matricola", member_code).set("password", password).submit().await
    }

    /// Chooses a password at the first sign-in.
    pub async fn chooses_password(&self, credentials: &Credentials, new: &str) -> Page {
        let page = self.browser.get("/password").await;
        let form = page.form("/password").set("attuale", &credentials.password).set("pin", &credentials.pin);
        form.set("nuova", new).set("conferma", new).submit().await
    }

    /// Registers by certified mail, reads the credentials, signs in and chooses a password.
    pub async fn is_a_full_member(&self) -> Credentials {
        self.registers_with_pec(self.pec()).await;
        self.stage.settle().await;
        self.enters_with_mail_at(self.pec()).await
    }

    /// Registers simplified with an ordinary address and enters.
    pub async fn is_a_paying_member(&self, email: &str) -> Credentials {
        self.registers_simplified(email, "ordinary").await;
        self.stage.settle().await;
        self.enters_with_mail_at(email).await
    }

    /// Reads the credentials in a mailbox, signs in and chooses a password.
    pub async fn enters_with_mail_at(&self, address: &str) -> Credentials {
        let received = self.reads_credentials(address);
        self.signs_in(&received.member_code, &received.password).await;
        let page = self.chooses_password(&received, CHOSEN).await;
        assert!(page.errors().is_empty(), "{:?}", page.errors());
        Credentials { password: CHOSEN.to_owned(), ..received }
    }

    /// Goes to the payment page and stops there; returns it.
    pub async fn goes_to_pay(&self) -> Page {
        self.browser.get("/quota").await.form("/quota/paga").submit().await
    }

    /// Pays online by card; returns the page that the portal shows afterwards.
    pub async fn pays_online(&self) -> Page {
        let page = self.goes_to_pay().await;
        self.chooses_outcome(&page, "paid").await
    }

    /// Presses one of the buttons of the payment page.
    pub async fn chooses_outcome(&self, page: &Page, outcome: &str) -> Page {
        page.form("").set("outcome", outcome).submit().await
    }

    /// The address of the payment page's portal, for links.
    pub fn portal(&self) -> &Url {
        &self.stage.portal
    }
}

/// The tax code of an invented firm: a number of a province that does not exist, with its check digit.
pub fn firm_code(number: u32) -> String {
    let digits = format!("{:07}501", number + 1);
    let sum: u32 = digits
        .bytes()
        .enumerate()
        .map(|(index, byte)| {
            let digit = u32::from(byte - b'0');
            if index % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 }
        })
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}
