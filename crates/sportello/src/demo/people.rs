//! Who works behind the counters of a demonstration.

use futures_util::future::try_join_all;
use italia::EmailAddress;
use sportello_core::Cx;
use sportello_core::accounts::operators::{self, AddError, OperatorCredentials};

use crate::exit::{Exit, Failure};

/// Role, name and mailbox of one operator for each role; all invented.
const OPERATORS: [(&str, &str, &str); 4] = [
    ("first-level", "Ada Primavera", "primo.livello"),
    ("second-level", "Bruno Secondari", "secondo.livello"),
    ("administrator", "Carla Amministri", "amministratore"),
    ("committee", "Dino Comitato", "comitato"),
];

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
