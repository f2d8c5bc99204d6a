//! An operator and what they do behind the counter.

use italia::EmailAddress;
use sportello_core::access::Operation;
use sportello_core::accounts::operators::{self, OperatorCredentials};
use sportello_core::clock::Clock as _;

use crate::{Browser, Page, Stage};

/// An operator with a browser of their own.
#[derive(Debug)]
pub struct Operator<'a> {
    /// The stage they act on.
    pub stage: &'a Stage,
    /// Their browser.
    pub browser: Browser,
    /// Their address.
    pub email: String,
    /// Their credentials.
    pub credentials: OperatorCredentials,
}

impl<'a> Operator<'a> {
    /// Adds an operator with a role, and signs them in.
    pub(crate) async fn hire(stage: &'a Stage, role: &str) -> Self {
        let operator = Self::without_session(stage, role).await;
        let page = operator.signs_in().await;
        assert!(page.errors().is_empty(), "{:?}", page.errors());
        operator
    }

    /// Adds an operator who has not signed in.
    pub async fn without_session(stage: &'a Stage, role: &str) -> Self {
        let cx = stage.cx();
        cx.require(Operation::ManageOperators).unwrap();
        let email = format!("{role}@ufficio.example");
        let credentials = operators::add(&cx, "Anna Prova", &EmailAddress::parse(&email).unwrap(), role).await.unwrap();
        Self { stage, browser: stage.visitor(), email, credentials }
    }

    /// The code that the operator's app shows now.
    pub fn code(&self) -> String {
        let secret = totp_rs::Secret::try_from_base32(self.credentials.otp_secret.expose()).unwrap();
        let totp = totp_rs::Builder::new().with_secret(secret).with_account_name("x").build().unwrap();
        let now = u64::try_from(self.stage.clock.now().as_second()).unwrap();
        totp.generate(now).to_string()
    }

    /// Signs in with password and code.
    pub async fn signs_in(&self) -> Page {
        let page = self.browser.get("/ufficio/accesso").await;
        let form =
            page.form("/ufficio/accesso").set("email", &self.email).set("password", self.credentials.password.expose());
        form.set("codice", &self.code()).submit().await
    }
}
