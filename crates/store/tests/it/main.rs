//! The embedded writer: what is acknowledged is there, what is not leaves no trace, whoever shares the group.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops, and says where")]

use store::{Db, Error, Migration, Sql, args};
use tempfile::TempDir;

const TABLE: &[Migration] =
    &[Migration { version: 1, name: "things", sql: "CREATE TABLE things (name text PRIMARY KEY, content bytes);\n" }];
const ADD: Sql = Sql::new("INSERT INTO things (name, content) VALUES ($1, $2)");
const COUNT: Sql = Sql::new("SELECT count(*) AS n FROM things");
const HAS: Sql = Sql::new("SELECT name FROM things WHERE name = $1");

async fn fresh(folder: &TempDir) -> Db {
    let db = Db::open(&format!("sqlite:{}/test.db", folder.path().display()), 4).await.unwrap();
    db.migrate(TABLE, 0).await.unwrap();
    db
}

async fn count(db: &Db) -> i64 {
    db.fetch_one(COUNT, args![]).await.unwrap().get("n").unwrap()
}

async fn add(db: &Db, name: &str, content: Vec<u8>) -> Result<(), Error> {
    let mut tx = db.begin().await?;
    tx.execute(ADD, args![name, content]).await?;
    tx.commit().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn transactions_of_many_tasks_share_synchronisations_and_all_are_kept() {
    let folder = TempDir::new().unwrap();
    let db = fresh(&folder).await;
    let tasks: Vec<_> = (0..400)
        .map(|n| {
            let db = db.clone();
            tokio::spawn(async move { add(&db, &n.to_string(), vec![]).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(count(&db).await, 400);
    db.close().await;
    assert_eq!(count(&fresh(&folder).await).await, 400, "they are on disk");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_member_that_is_dropped_takes_nothing_from_the_others() {
    let folder = TempDir::new().unwrap();
    let db = fresh(&folder).await;
    let tasks: Vec<_> = (0..200)
        .map(|n| {
            let db = db.clone();
            tokio::spawn(async move {
                let mut tx = db.begin().await.unwrap();
                tx.execute(ADD, args![n.to_string(), Vec::<u8>::new()]).await.unwrap();
                match n % 4 {
                    0 => drop(tx),
                    1 => tx.rollback().await.unwrap(),
                    _ => tx.commit().await.unwrap(),
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(count(&db).await, 100);
    for n in 0..200 {
        let kept = db.fetch_optional(HAS, args![n.to_string()]).await.unwrap().is_some();
        assert_eq!(kept, n % 4 > 1, "{n}");
    }
}

#[tokio::test]
async fn a_caller_who_goes_away_while_committing_loses_nothing() {
    let folder = TempDir::new().unwrap();
    let db = fresh(&folder).await;
    let mut tx = db.begin().await.unwrap();
    tx.execute(ADD, args!["gone", Vec::<u8>::new()]).await.unwrap();
    let committing = tokio::spawn(tx.commit());
    tokio::task::yield_now().await;
    committing.abort();
    let _ = committing.await;
    add(&db, "after", vec![]).await.unwrap();
    // Kept or not, the database goes on, and nothing of it is half there.
    assert!(matches!(count(&db).await, 1 | 2));
}

#[tokio::test]
async fn a_refused_statement_undoes_itself_only() {
    let folder = TempDir::new().unwrap();
    let db = fresh(&folder).await;
    let mut tx = db.begin().await.unwrap();
    tx.execute(ADD, args!["a", Vec::<u8>::new()]).await.unwrap();
    let refused = tx.execute(ADD, args!["a", Vec::<u8>::new()]).await;
    assert!(refused.is_err_and(|e| e.is_unique("things")));
    tx.execute(ADD, args!["b", Vec::<u8>::new()]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(count(&db).await, 2);
}

#[tokio::test]
async fn a_full_disk_is_reported_and_recovered_from() {
    let folder = TempDir::new().unwrap();
    let db = fresh(&folder).await;
    add(&db, "before", vec![]).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    tx.execute_built("PRAGMA max_page_count = 40".to_owned(), args![]).await.unwrap();
    tx.commit().await.unwrap();
    let full = add(&db, "large", vec![7; 4_000_000]).await;
    assert!(full.is_err(), "nothing is acknowledged that does not fit");
    assert_eq!(count(&db).await, 1);
    let mut tx = db.begin().await.unwrap();
    tx.execute_built("PRAGMA max_page_count = 1000000".to_owned(), args![]).await.unwrap();
    tx.commit().await.unwrap();
    add(&db, "large", vec![7; 4_000_000]).await.unwrap();
    assert_eq!(count(&db).await, 2);
}

#[tokio::test]
async fn a_newer_database_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let db = fresh(&folder).await;
    let older: &[Migration] = &[];
    assert!(matches!(db.migrate(older, 0).await, Err(Error::NewerSchema { found: 1, known: 0 })));
    assert_eq!(db.migrate(TABLE, 0).await.unwrap(), 0, "a migration is applied once");
}
