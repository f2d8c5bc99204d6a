use sportello_core::accounts::Sweep;
use sportello_core::committenti::SweepCommittenti;
use sportello_core::identities;
use sportello_core::jobs::{Handlers, Schedule, enqueue_alone};
use sportello_core::mailboxes::{self, Inboxes, ReadMailbox, TryAgain};
use sportello_core::notices::SendNotice;
use sportello_core::notices::inbox::PEC;
use sportello_core::tenancy::{LoadError, Tenant};
use sportello_core::texts::{Language, TextSource};
use sportello_core::{Cx, Error, Statement, registry};

use crate::rules::Dues;
use crate::{claims, fee, fleet, help, import, papers, profile, registration, regularity, stats};

/// The texts of this desk.
pub const TEXTS: &[TextSource] =
    &[(Language::Italian, include_str!("../texts/it.ftl")), (Language::English, include_str!("../texts/en.ftl"))];

/// The desk's name in a tenant's file.
pub const NAME: &str = "dues";

/// The mailboxes that this desk reads.
pub const INBOXES: Inboxes = Inboxes(&[PEC, help::ASSISTANCE]);

/// Loads what the desk needs for a tenant that has it switched on.
///
/// # Errors
/// [`LoadError`] with file, key and reason.
pub fn load(tenant: Tenant) -> Result<Tenant, LoadError> {
    if !tenant.desks.iter().any(|d| d == NAME) {
        return Ok(tenant);
    }
    let dues = Dues::load(&tenant.directory)?;
    Ok(tenant.with_part(dues).with_part(papers::MAKER).with_part(fee::ANNOUNCE).with_part(INBOXES))
}

/// Adds the jobs of this desk and of the capabilities that it uses.
pub fn handlers(handlers: Handlers) -> Handlers {
    registry::handlers(identities::handlers(handlers))
        .with::<Sweep>()
        .with::<SendNotice>()
        .with::<ReadMailbox>()
        .with::<TryAgain>()
        .with::<registration::Answered>()
        .with::<registration::GoOn>()
        .with::<fee::ComputeAll>()
        .with::<import::ApplyImport>()
        .with::<regularity::RunBulk>()
        .with::<regularity::SweepQueries>()
        .with::<SweepCommittenti>()
}

/// Enqueues the recurring jobs of a tenant. Harmless when they are enqueued already.
///
/// # Errors
/// [`Error`].
pub async fn start(cx: &Cx) -> Result<(), Error> {
    if cx.tenant.part::<Dues>().is_none() {
        return Ok(());
    }
    enqueue_alone(cx, &Sweep {}, Schedule::now().unique("sweep")).await?;
    identities::start(cx).await?;
    mailboxes::start(cx).await?;
    enqueue_alone(cx, &SweepCommittenti {}, Schedule::now().unique("sweep")).await?;
    enqueue_alone(cx, &regularity::SweepQueries {}, Schedule::now().unique("sweep")).await?;
    registry::start(cx).await
}

/// What the desk has loaded for the context's tenant.
///
/// # Errors
/// [`Error::Stopped`] when the desk is switched off for it.
pub fn dues(cx: &Cx) -> Result<&Dues, Error> {
    cx.tenant.part::<Dues>().ok_or(Error::Stopped("the dues desk"))
}

/// All statements of this desk with their names, for the test that prepares them on both engines.
pub fn statements() -> Vec<(&'static str, Statement)> {
    [
        claims::store::ALL,
        fee::store::ALL,
        fleet::store::ALL,
        help::store::ALL,
        import::store::ALL,
        profile::store::ALL,
        registration::store::ALL,
        regularity::store::ALL,
        stats::store::ALL,
    ]
    .concat()
}
