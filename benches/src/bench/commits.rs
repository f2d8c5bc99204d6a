//! Durable transactions of the embedded store, one insert each: what group commit gives.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use ::store::{Db, Sql, args};
use tokio::task::JoinSet;

use crate::figure::figure;
use crate::{Failure, proc};

const INSERT: Sql = Sql::new("INSERT INTO rows (id, text) VALUES ($1, $2)");
const LENGTH: Duration = Duration::from_secs(3);

pub async fn run() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let db = Db::open(&format!("sqlite:{}", folder.path().join("commits.db").display()), 2).await?;
    let mut tx = db.begin().await?;
    tx.execute_built("CREATE TABLE rows (id bigint PRIMARY KEY, text text NOT NULL)".to_owned(), args![]).await?;
    tx.commit().await?;
    let next = Arc::new(AtomicI64::new(0));
    for tasks in [1, 16, 64] {
        let (begun, used) = (Instant::now(), proc::cpu_seconds(std::process::id()));
        let before = next.load(Ordering::Relaxed);
        let mut running = JoinSet::new();
        for _ in 0..tasks {
            running.spawn(insert(db.clone(), Arc::clone(&next), begun + LENGTH));
        }
        while let Some(one) = running.join_next().await {
            one??;
        }
        let done = (next.load(Ordering::Relaxed) - before) as f64;
        let used = proc::cpu_seconds(std::process::id()) - used;
        let method = "one insert each, WAL, synchronous=FULL";
        figure(&format!("commits-{tasks}.rate"), done / begun.elapsed().as_secs_f64(), "transactions/s", method);
        figure(&format!("commits-{tasks}.cpu"), used * 1_000.0 / done, "ms", "this process's /proc stat");
    }
    db.close().await;
    Ok(())
}

async fn insert(db: Db, next: Arc<AtomicI64>, end: Instant) -> Result<(), ::store::Error> {
    while Instant::now() < end {
        let mut tx = db.begin().await?;
        tx.execute(INSERT, args![next.fetch_add(1, Ordering::Relaxed), "a row of an ordinary length, not more"])
            .await?;
        tx.commit().await?;
    }
    Ok(())
}
