use std::collections::HashMap;
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
        let wanted = self.wanted();
        if wanted.is_empty() {
            return Ok(wanted);
        }
        let now = self.app.clock().now();
        let until = now.checked_add(LEASE).unwrap_or(now).as_millisecond();
        let mut tx = self.app.db().begin().await?;
        tx.execute(store::RENEW, args![&self.holder, until]).await?;
        let leases: Vec<Lease> = tx.list(store::LEASES, args![]).await?;
        let holders: HashMap<(&str, &str), &Lease> =
            leases.iter().map(|lease| ((lease.tenant.as_str(), lease.mailbox.as_str()), lease)).collect();
        let mut held = Vec::new();
        for one in wanted {
            let (tenant, mailbox) = (one.tenant.slug.as_str(), one.inbox.name);
            let mine = match holders.get(&(tenant, mailbox)) {
                Some(lease) if lease.holder == self.holder => true,
                Some(lease) if lease.until_at > now.as_millisecond() => false,
                _ => {
                    let args = scoped_to(tenant, args![mailbox, &self.holder, until, now.as_millisecond()]);
                    tx.execute(store::TAKE.sql(), args).await? == 1
                }
            };
            if mine {
                held.push(one);
            }
        }
        tx.commit().await?;
        Ok(held)
    }

    /// Every mailbox of every tenant.
    fn wanted(&self) -> Vec<Held> {
        let of = |tenant: &Arc<Tenant>| {
            let cx = self.app.system(tenant, "mailbox");
            let held = |inbox| Held { tenant: Arc::clone(tenant), inbox };
            model::of(&cx).map(held).collect::<Vec<_>>()
        };
        self.app.tenants().flat_map(of).collect()
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
