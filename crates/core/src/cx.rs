use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use store::{Arg, FromRow, Row};

use crate::access::{Actor, Operation, Role};
use crate::app::App;
use crate::chance::Chance;
use crate::error::Error;
use crate::format;
use crate::statement::Statement;
use crate::tenancy::Tenant;
use crate::texts::{self, Language, Texts};
use crate::tx::Tx;

/// The context that every operation takes first: for which tenant, in whose name, at what time.
///
/// There is no other way to the database than through it, and it binds the tenant to every statement: no tenant can
/// see another's rows.
#[derive(Clone, Debug)]
pub struct Cx {
    /// The program's parts.
    pub app: App,
    /// The organisation that is served.
    pub tenant: Arc<Tenant>,
    /// In whose name.
    pub actor: Actor,
    /// The id of the request or job, for log and audit.
    pub request: Arc<str>,
    /// The language of the person who is served.
    pub language: Language,
}

impl Cx {
    /// The present instant.
    pub fn now(&self) -> Timestamp {
        self.app.clock().now()
    }

    /// The present instant as the database holds it.
    pub fn now_ms(&self) -> i64 {
        self.now().as_millisecond()
    }

    /// The present civil date in Rome.
    pub fn today(&self) -> Date {
        format::civil(self.now())
    }

    /// Chance.
    pub fn chance(&self) -> &dyn Chance {
        self.app.chance()
    }

    /// A fresh id.
    pub fn id(&self) -> i64 {
        self.app.ids().next(self.now(), self.chance())
    }

    /// The same context in the name of the program.
    pub fn as_system(&self, name: &'static str) -> Self {
        Self { actor: Actor::System(name), ..self.clone() }
    }

    /// The same context in another name.
    pub fn acting_as(&self, actor: Actor) -> Self {
        Self { actor, ..self.clone() }
    }

    /// The texts of the tenant in the context's language.
    pub fn texts(&self) -> &Texts {
        self.tenant.texts(self.language)
    }

    /// A text by key.
    pub fn t(&self, key: &str) -> String {
        self.texts().text(key)
    }

    /// A text by key, with variables.
    pub fn tr(&self, key: &str, args: &[(&str, texts::Arg<'_>)]) -> String {
        self.texts().text_with(key, args)
    }

    /// Checks that the actor may do something.
    ///
    /// # Errors
    /// [`Error::Forbidden`], or [`Error::Level`] when the tenant demands an identity of a higher level than the session's.
    pub fn require(&self, operation: Operation) -> Result<(), Error> {
        let role: Role = self.actor.role();
        if !operation.allows(role) {
            return Err(Error::Forbidden { role, operation });
        }
        match (&self.actor, self.tenant.levels.of(operation)) {
            (Actor::Firm { level: proved, .. }, level) if proved < &level => Err(Error::Level { operation, level }),
            _ => Ok(()),
        }
    }

    /// Begins the transaction of an operation, which is audited when it commits.
    ///
    /// # Errors
    /// [`Error::Forbidden`] or [`Error::Store`].
    pub async fn begin(&self, operation: Operation) -> Result<Tx, Error> {
        self.require(operation)?;
        Ok(Tx::new(self, operation, self.app.db().begin().await?))
    }

    /// All rows of a query.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn fetch_all(&self, statement: Statement, args: Vec<Arg>) -> Result<Vec<Row>, Error> {
        Ok(self.app.db().fetch_all(statement.0, scoped(&self.tenant, args)).await?)
    }

    /// All rows of a query, read into structs.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn list<T: FromRow>(&self, statement: Statement, args: Vec<Arg>) -> Result<Vec<T>, Error> {
        Ok(self.app.db().list(statement.0, scoped(&self.tenant, args)).await?)
    }

    /// The first row of a query, read into a struct.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn find<T: FromRow>(&self, statement: Statement, args: Vec<Arg>) -> Result<Option<T>, Error> {
        Ok(self.app.db().find(statement.0, scoped(&self.tenant, args)).await?)
    }

    /// One number that a query counts, in its column `n`.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn count(&self, statement: Statement, args: Vec<Arg>) -> Result<i64, Error> {
        let row = self.app.db().fetch_one(statement.0, scoped(&self.tenant, args)).await?;
        Ok(row.get::<Option<i64>>("n")?.unwrap_or(0))
    }
}

/// The parameters of a scoped statement: the tenant comes first.
pub(crate) fn scoped(tenant: &Tenant, args: Vec<Arg>) -> Vec<Arg> {
    scoped_to(&tenant.slug, args)
}

pub(crate) fn scoped_to(tenant: &str, args: Vec<Arg>) -> Vec<Arg> {
    let mut all = Vec::with_capacity(args.len() + 1);
    all.push(Arg::from(tenant));
    all.extend(args);
    all
}
