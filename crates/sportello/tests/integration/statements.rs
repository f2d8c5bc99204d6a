//! Every SQL statement of the product, prepared on every engine against the migrated schema.

use testkit::{Database, databases};

#[tokio::test]
async fn every_statement_is_understood_by_every_engine() {
    let scoped = [sportello_core::statements(), desk_dues::statements()].concat();
    let scoped = scoped.into_iter().map(|(name, statement)| (name, statement.sql()));
    let statements: Vec<_> = scoped.chain(sportello_core::shared_statements()).collect();
    assert!(statements.len() > 100, "only {} statements were found", statements.len());
    for engine in databases() {
        let database = Database::fresh(engine).await;
        let mut failed = Vec::new();
        for (name, statement) in &statements {
            if let Err(error) = database.db.prepare(*statement).await {
                failed.push(format!("{name}: {}", sportello_core::chain(&error)));
            }
        }
        assert!(failed.is_empty(), "{engine}:\n{}", failed.join("\n"));
    }
}

#[test]
fn every_scoped_statement_binds_its_tenant() {
    for (name, statement) in [sportello_core::statements(), desk_dues::statements()].concat() {
        let text = statement.text();
        let inserts = text.trim_start().starts_with("INSERT") && text.contains("(tenant,");
        assert!(text.contains("tenant = $1") || inserts, "{name} does not bind the tenant:\n{text}");
        assert!(text.contains("$1"), "{name} has no $1");
    }
}
