use std::collections::BTreeSet;
use std::sync::Arc;

use ::store::args;
use jiff::SignedDuration;

use super::model::{self, Inbox};
use super::store;
use crate::app::App;
use crate::cx::scoped_to;
use crate::error::Error;
use crate::tenancy::Tenant;
use crate::{Cx, row};

/// A node that has not been heard of for so long has died.
const LEASE: SignedDuration = SignedDuration::from_secs(60);

row! {
    struct Lease { tenant: String, mailbox: String, holder: String, until_at: i64 }
}

/// A mailbox that this node keeps open.
#[derive(Clone, Debug)]
pub struct Held {
    /// Whose it is.
    pub tenant: Arc<Tenant>,
    /// Which.
    pub inbox: Inbox,
}

/// Which mailboxes this node keeps open: each is one node's at a time.
#[derive(Debug)]
pub struct Leases {
    app: App,
    holder: String,
}

impl Leases {
    /// A node's leases; it holds none yet.
    pub fn new(app: App) -> Self {
        let holder = app.chance().token();
        Self { app, holder }
    }

    /// Says that this node lives, takes what nobody holds, and returns what it holds: one write, and one look, however
    /// many mailboxes there are. To be called several times within a minute.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn beat(&self) -> Result<Vec<Held>, Error> {
        let now = self.app.clock().now();
        let until = now.checked_add(LEASE).unwrap_or(now).as_millisecond();
        let mut tx = self.app.db().begin().await?;
        tx.execute(store::RENEW, args![&self.holder, until]).await?;
        let leases: Vec<Lease> = tx.list(store::LEASES, args![]).await?;
        let others: BTreeSet<(&str, &str)> = leases
            .iter()
            .filter(|lease| lease.holder != self.holder && lease.until_at > now.as_millisecond())
            .map(|lease| (lease.tenant.as_str(), lease.mailbox.as_str()))
            .collect();
        let mine: BTreeSet<(&str, &str)> = leases
            .iter()
            .filter(|lease| lease.holder == self.holder)
            .map(|lease| (lease.tenant.as_str(), lease.mailbox.as_str()))
            .collect();
        let mut held = Vec::new();
        for tenant in self.app.tenants() {
            for inbox in model::of(&self.app.system(tenant, "mailbox")) {
                let key = (tenant.slug.as_str(), inbox.name);
                let args = args![inbox.name, &self.holder, until, now.as_millisecond()];
                let taken = mine.contains(&key)
                    || !others.contains(&key)
                        && tx.execute(store::TAKE.sql(), scoped_to(&tenant.slug, args)).await? == 1;
                if taken {
                    held.push(Held { tenant: Arc::clone(tenant), inbox });
                }
            }
        }
        tx.commit().await?;
        Ok(held)
    }

    /// Lets go of everything, so that another node can take it at once.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn release(&self) -> Result<(), Error> {
        let mut tx = self.app.db().begin().await?;
        tx.execute(store::RELEASE, args![&self.holder]).await?;
        Ok(tx.commit().await?)
    }
}

/// Whether some node keeps a mailbox open.
pub(super) async fn is_watched(cx: &Cx, mailbox: &str) -> Result<bool, Error> {
    Ok(cx.count(store::WATCHED, args![mailbox, cx.now_ms()]).await? > 0)
}
