//! Who works behind the counters of a demonstration.

use futures_util::future::try_join_all;
use italia::{EmailAddress, FiscalCode};
use sportello_core::accounts::operators::{self, AddError, OperatorCredentials};
use sportello_core::committenti::{self, NewCommittente};
use sportello_core::{Cx, Secret};

use crate::exit::{Exit, Failure};

/// Role, name and mailbox of one operator for each role; all invented.
const OPERATORS: [(&str, &str, &str); 4] = [
    ("first-level", "Ada Primavera", "primo.livello"),
    ("second-level", "Bruno Secondari", "secondo.livello"),
    ("administrator", "Carla Amministri", "amministratore"),
    ("committee", "Dino Comitato", "comitato"),
];

/// Everybody whose credentials a demonstration shows.
#[derive(Debug, Default)]
pub struct People {
    /// Operators of all tenants.
    pub operators: Vec<DemoOperator>,
    /// Committenti of all tenants.
    pub committenti: Vec<DemoCommittente>,
}

/// An operator with fresh credentials.
#[derive(Debug)]
pub struct DemoOperator {
    /// The tenant.
    pub tenant: String,
    /// The role's name.
    pub role: &'static str,
    /// The address.
    pub email: String,
    /// What they sign in with.
    pub credentials: OperatorCredentials,
}

/// A committente with a fresh key.
#[derive(Debug)]
pub struct DemoCommittente {
    /// The tenant.
    pub tenant: String,
    /// Its name.
    pub name: &'static str,
    /// Its tax code.
    pub tax_code: &'static str,
    /// What it signs in and calls with.
    pub key: Secret,
}

/// Invented, like its tax code, which no body has.
const COMMITTENTE: (&str, &str) = ("Committenti Esempio S.p.A.", "00009999996");

/// One committente. One that is there from an earlier start gets another key, and its older ones are revoked.
pub async fn committente(cx: &Cx) -> Result<DemoCommittente, Failure> {
    let (name, tax_code) = COMMITTENTE;
    let wrong =
        |error: &dyn std::error::Error| Failure::new(Exit::Software, format!("the committente is wrong: {error}"));
    let code = FiscalCode::parse(tax_code).map_err(|error| wrong(&error))?;
    let email =
        EmailAddress::parse(&format!("committenti@{}.example", cx.tenant.slug)).map_err(|error| wrong(&error))?;
    let id = match committenti::by_tax_code(cx, &code).await? {
        Some(known) => known.id,
        None => {
            let new = NewCommittente { name, tax_code: &code, email: &email, per_minute: 600 };
            committenti::add(cx, &new).await.map_err(|error| wrong(&error))?
        }
    };
    for key in committenti::of(cx, id).await? {
        committenti::revoke(cx, id, key.id).await?;
    }
    let issued = committenti::issue(cx, id, "demo", 365).await.map_err(|error| wrong(&error))?;
    Ok(DemoCommittente { tenant: cx.tenant.slug.clone(), name, tax_code, key: issued.key })
}

/// One operator for each role. Those that are there from an earlier start get new credentials.
pub async fn operators(cx: &Cx) -> Result<Vec<DemoOperator>, Failure> {
    try_join_all(OPERATORS.map(|(role, name, mailbox)| operator(cx, role, name, mailbox))).await
}

async fn operator(cx: &Cx, role: &'static str, name: &str, mailbox: &str) -> Result<DemoOperator, Failure> {
    let email = format!("{mailbox}@{}.example", cx.tenant.slug);
    let address = EmailAddress::parse(&email)
        .map_err(|error| Failure::because(Exit::Software, "an operator's address is wrong", &error))?;
    let credentials = match operators::add(cx, name, &address, role).await {
        Err(AddError::Exists) => operators::renew(cx, &email).await?,
        Err(AddError::Ground(error)) => return Err(error.into()),
        Err(error) => return Err(Failure::because(Exit::Software, "an operator cannot be added", &error)),
        Ok(credentials) => credentials,
    };
    Ok(DemoOperator { tenant: cx.tenant.slug.clone(), role, email, credentials })
}
