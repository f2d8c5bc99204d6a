//! An operator's browser: it keeps cookies, sends forms, and has an opinion about pages.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use italia::EmailAddress;
use sportello_core::accounts::hashing::HashPool;
use sportello_core::accounts::operators::{self, OperatorCredentials};
use sportello_core::chance::SystemChance;
use sportello_core::clock::Clock as _;
use sportello_core::ids::Ids;
use sportello_core::jobs::Handlers;
use sportello_core::tenancy::{Connections, Tenant};
use sportello_core::vault::Vault;
use sportello_core::{App, Parts, Secret};
use tower::ServiceExt as _;

use crate::common::Portal;

/// An operator's browser.
pub(crate) struct Browser {
    router: Router,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// What was answered.
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) location: String,
    pub(crate) disposition: String,
    pub(crate) html: String,
    pub(crate) bytes: Vec<u8>,
}

/// The same portal with the texts of its pages.
fn with_pages(portal: &Portal) -> App {
    let product =
        sportello_core::texts::ProductTexts::new([sportello_core::TEXTS, web::TEXTS, desk_dues::TEXTS].concat());
    let tenant = Tenant::load(&crate::common::tenant_directory().canonicalize().unwrap(), &product).unwrap();
    let tenant = Arc::new(desk_dues::load(tenant).unwrap());
    App::new(Parts {
        db: portal.db.clone(),
        clock: portal.clock.clone(),
        chance: Arc::new(SystemChance),
        vault: Vault::new(&[7; 32]),
        hashing: HashPool::start(1),
        tenants: BTreeMap::from([(tenant.slug.clone(), tenant.clone())]),
        connections: BTreeMap::from([(tenant.slug.clone(), Connections::default())]),
        sources: BTreeMap::new(),
        cards: None,
        handlers: desk_dues::handlers(Handlers::default()),
        public_url: portal.app.public_url().to_owned(),
        ids: Ids::default(),
        wake: tokio::sync::Notify::new(),
    })
}

impl Browser {
    pub(crate) fn new(portal: &Portal) -> Self {
        let router = web::router(with_pages(portal), vec![desk_dues::router()], web::Settings::default());
        Self { router, cookies: Mutex::default() }
    }

    async fn send(&self, request: axum::http::request::Builder, body: impl Into<Body>) -> Page {
        let cookies: Vec<String> = self.cookies.lock().unwrap().iter().map(|(n, v)| format!("{n}={v}")).collect();
        let request = request.header(header::COOKIE, cookies.join("; ")).body(body.into()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
        }
        let text = |name| response.headers().get(name).map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default();
        let (status, location, disposition) =
            (response.status(), text(header::LOCATION), text(header::CONTENT_DISPOSITION));
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec();
        Page { status, location, disposition, html: String::from_utf8_lossy(&bytes).into_owned(), bytes }
    }

    pub(crate) async fn get(&self, path: &str) -> Page {
        self.send(Request::get(format!("/albo{path}")), Body::empty()).await
    }

    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(format!("/albo{path}"));
        self.send(request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded"), body).await
    }

    pub(crate) async fn upload(&self, kind: &str, year: &str, name: &str, file: &[u8]) -> Page {
        let part = |name: &str, value: &str| {
            format!("--sep\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let head = format!("--sep\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        let body = [
            part("contenuto", kind).as_bytes(),
            part("anno", year).as_bytes(),
            head.as_bytes(),
            file,
            b"\r\n--sep--\r\n",
        ]
        .concat();
        let request = Request::post("/albo/ufficio/importazioni");
        self.send(request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=sep"), body).await
    }

    /// Signs in an operator whose credentials are at hand.
    pub(crate) async fn sign_in(&self, portal: &Portal, email: &str, credentials: &OperatorCredentials) -> Page {
        let code = code(portal, &credentials.otp_secret);
        let fields = [("email", email), ("password", credentials.password.expose()), ("codice", &code)];
        self.post("/ufficio/accesso", &fields).await
    }

    /// A browser in which an operator of a role has signed in.
    pub(crate) async fn of(portal: &Portal, role: &str) -> Self {
        let browser = Self::new(portal);
        let email = format!("{role}@ufficio.example");
        let credentials = hire(portal, &email, role).await;
        let page = browser.sign_in(portal, &email, &credentials).await;
        assert_eq!((page.status, page.location.as_str()), (StatusCode::SEE_OTHER, "/albo/ufficio"), "{}", page.html);
        browser
    }
}

impl Page {
    fn main(&self) -> &str {
        self.html.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap_or(&self.html)
    }

    /// A page without anything that must not be on any.
    #[track_caller]
    pub(crate) fn sound(self) -> Self {
        for (index, _) in self.html.match_indices('[') {
            let rest = &self.html[index + 1..];
            let word = rest.split(']').next().unwrap_or_default();
            let key =
                word.contains('-') && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
            assert!(!key, "a text is missing: {word}");
        }
        assert!(!self.html.contains(" style="), "a style attribute");
        assert!(!self.html.contains("<script>"), "an inline script");
        self
    }

    #[track_caller]
    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.main());
        self
    }

    #[track_caller]
    pub(crate) fn leads_to(self, path: &str) -> Self {
        assert_eq!(
            (self.status, self.location.as_str()),
            (StatusCode::SEE_OTHER, format!("/albo{path}").as_str()),
            "{}",
            self.html
        );
        self
    }

    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(self.html.contains(text), "`{text}` is not on the page:\n{}", self.main());
        self
    }

    #[track_caller]
    pub(crate) fn hides(self, text: &str) -> Self {
        assert!(!self.html.contains(text), "`{text}` is on the page:\n{}", self.main());
        self
    }
}

pub(crate) async fn hire(portal: &Portal, email: &str, role: &str) -> OperatorCredentials {
    operators::add(&portal.system(), "Anna Prova", &EmailAddress::parse(email).unwrap(), role).await.unwrap()
}

/// The code that the operator's app shows now.
pub(crate) fn code(portal: &Portal, secret: &Secret) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret.expose()).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).with_account_name("x").build().unwrap();
    totp.generate(u64::try_from(portal.clock.now().as_second()).unwrap()).to_string()
}
