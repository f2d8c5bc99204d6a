use crate::{Browser, Credentials, Firm, Page, Stage};

/// A person with a digital identity and a browser.
#[derive(Debug)]
pub struct Person<'a> {
    stage: &'a Stage,
    /// The browser.
    pub browser: Browser,
    /// The tax code.
    pub tax_code: String,
}

impl<'a> Person<'a> {
    pub(crate) fn find(stage: &'a Stage, name: &str) -> Self {
        let person = stage.world.spid().people().iter().find(|person| person.name == name);
        let person = person.unwrap_or_else(|| panic!("nobody is called `{name}`"));
        Self { stage, browser: stage.visitor(), tax_code: person.fiscal_code.clone() }
    }

    /// The address with which a sign-in at a provider begins, by the beginning of the provider's name.
    pub fn way_to(&self, provider: &str, more: &str) -> String {
        let all = self.stage.world.spid().providers();
        let found = all.iter().find(|known| known.name.starts_with(provider)).unwrap();
        let query: String = url::form_urlencoded::byte_serialize(found.entity_id.as_bytes()).collect();
        format!("/accesso/spid?idp={query}{more}")
    }

    /// Is let into a firm's account from now on, at a provider of SPID and by the firm's PIN.
    pub async fn is_linked_by(&self, firm: &Firm<'_>, credentials: &Credentials) -> Page {
        let page = firm.browser.get(&self.way_to("Poste", "&scopo=collega&poi=/profilo")).await;
        let back = self.answers(&page, "consent").await.form("/accesso/spid/risposta").submit().await;
        back.form("/accesso/identita").set("pin", &credentials.pin).submit().await
    }

    /// Lets the pages that only carry a form do so, as a browser with scripts would.
    pub async fn is_carried(&self, mut page: Page) -> Page {
        while page.html().contains("name=\"SAMLRe") {
            page = page.form("").submit().await;
        }
        page
    }

    /// The page of a provider about the session that it keeps.
    pub async fn session_at(&self, provider: &str) -> Page {
        let all = self.stage.world.spid().providers();
        let found = all.iter().find(|known| known.name.starts_with(provider)).unwrap();
        self.browser.open(&found.metadata_url.replace("/metadata", "/sessione")).await
    }

    /// Goes to CIE; returns its sign-in page.
    pub async fn goes_to_cie(&self) -> Page {
        self.browser.get("/accesso/cie?poi=/quota").await
    }

    /// Signs in with CIE at a level, presses a button there, and comes back; returns our page.
    pub async fn tries_with_cie(&self, level: u8, outcome: &str) -> Page {
        self.answers_cie(&self.goes_to_cie().await, level, outcome).await
    }

    /// Presses a button of CIE's page; returns the page to which it leads back.
    pub async fn answers_cie(&self, page: &Page, level: u8, outcome: &str) -> Page {
        let form = page.form("").set("person", &self.tax_code).set("level", &level.to_string());
        form.set("outcome", outcome).submit().await
    }

    /// Goes to a provider; returns its sign-in page.
    pub async fn goes_to(&self, provider: &str) -> Page {
        self.browser.get(&self.way_to(provider, "")).await
    }

    /// Presses a button of the provider's page; returns the page whose form leads back to us.
    pub async fn answers(&self, page: &Page, outcome: &str) -> Page {
        page.form("").set("person", &self.tax_code).set("outcome", outcome).submit().await
    }

    /// Signs in at a provider and comes back; returns our page.
    pub async fn enters_with(&self, provider: &str) -> Page {
        self.tries_with(provider, "consent").await
    }

    /// Goes to a provider, presses a button there and comes back; returns our page.
    pub async fn tries_with(&self, provider: &str, outcome: &str) -> Page {
        let page = self.goes_to(provider).await;
        self.answers(&page, outcome).await.form("/accesso/spid/risposta").submit().await
    }
}
