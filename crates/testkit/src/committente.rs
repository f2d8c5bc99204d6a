//! A committente: a program that calls with a key, and a person with a browser.

use italia::{EmailAddress, FiscalCode};
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, StatusCode};
use serde_json::Value;
use sportello_core::committenti::{self, CommittenteId, NewCommittente};

use crate::{Browser, Stage};

/// An organisation with a key.
#[derive(Debug)]
pub struct Committente<'a> {
    /// The stage it acts on.
    pub stage: &'a Stage,
    /// Its id.
    pub id: CommittenteId,
    /// The address to which invitations go.
    pub email: String,
    /// Its first key.
    pub key: String,
    /// Its people's browser.
    pub browser: Browser,
    client: Client,
}

/// What the interface answers.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What they say, where they are JSON.
    pub body: Value,
}

impl Reply {
    /// A header as a text; empty when it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl<'a> Committente<'a> {
    pub(crate) async fn enrolled(stage: &'a Stage, tax_code: &str, per_minute: u32) -> Self {
        let cx = stage.cx();
        let code = FiscalCode::parse(tax_code).unwrap();
        let email = format!("trasporti@{tax_code}.example");
        let address = EmailAddress::parse(&email).unwrap();
        let new = NewCommittente { name: "Spedizioni Prova S.p.A.", tax_code: &code, email: &address, per_minute };
        let id = committenti::add(&cx, &new).await.unwrap();
        let issued = committenti::issue(&cx, id, "prova", 365).await.unwrap();
        let key = issued.key.expose().to_owned();
        Self { stage, id, email, key, browser: stage.visitor(), client: Client::new() }
    }

    /// Calls the interface: a method, a path after `/api/v1`, headers, a body.
    pub async fn calls(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Option<&str>) -> Reply {
        let portal = self.stage.portal.as_str().trim_end_matches('/');
        let mut request = self.client.request(method, format!("{portal}/api/v1{path}")).bearer_auth(&self.key);
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_owned());
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.bytes().await.unwrap().to_vec();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Reply { status, headers, bytes, body }
    }

    /// Reads.
    pub async fn gets(&self, path: &str) -> Reply {
        self.calls(Method::GET, path, &[], None).await
    }

    /// Sends JSON.
    pub async fn posts(&self, path: &str, body: &Value) -> Reply {
        self.calls(Method::POST, path, &[], Some(&body.to_string())).await
    }

    /// Asks about a firm.
    pub async fn asks(&self, tax_code: &str) -> Reply {
        self.posts("/queries", &serde_json::json!({ "tax_code": tax_code })).await
    }

    /// Signs in to the area with the key.
    pub async fn signs_in(&self) -> crate::Page {
        let form = self.browser.get("/committenti/accesso").await.form("/committenti/accesso");
        form.set("chiave", &self.key).submit().await
    }
}
