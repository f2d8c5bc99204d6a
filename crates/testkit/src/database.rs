use std::sync::atomic::{AtomicU32, Ordering};

use sportello_core::MIGRATIONS;
use store::Db;
use tempfile::TempDir;

/// A fresh, migrated database of its own.
#[derive(Debug)]
pub struct Database {
    /// The database.
    pub db: Db,
    /// Its address.
    pub address: String,
    _folder: Option<TempDir>,
}

/// Which engines the tests run on: the embedded one, and PostgreSQL when `SPORTELLO_TEST_POSTGRES` holds the address of a
/// server (without a database's name) on which databases may be made.
pub fn databases() -> Vec<&'static str> {
    if postgres().is_some() { vec!["sqlite", "postgres"] } else { vec!["sqlite"] }
}

#[expect(clippy::disallowed_methods, reason = "the test runner says by the environment where PostgreSQL is")]
fn postgres() -> Option<String> {
    std::env::var("SPORTELLO_TEST_POSTGRES").ok().filter(|v| !v.is_empty())
}

impl Database {
    /// Makes one on an engine.
    pub async fn fresh(engine: &str) -> Self {
        let (address, folder) = match engine {
            "postgres" => (fresh_postgres().await, None),
            _ => {
                let folder = TempDir::new().unwrap();
                (format!("sqlite:{}/test.db", folder.path().display()), Some(folder))
            }
        };
        let db = Db::open(&address, 8).await.unwrap();
        db.migrate(MIGRATIONS, 0).await.unwrap();
        Self { db, address, _folder: folder }
    }
}

async fn fresh_postgres() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let server = postgres().unwrap();
    let name = format!("sportello_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let admin = Db::open(&format!("{server}/postgres"), 1).await.unwrap();
    admin.administer(&format!("CREATE DATABASE {name}")).await.unwrap();
    admin.close().await;
    format!("{server}/{name}")
}
