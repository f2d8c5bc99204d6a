//! The one stream of migrations, for all modules and desks: foreign keys and reports cross desks.

use store::Migration;

/// All migrations in order.
pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 1, name: "ground", sql: include_str!("../migrations/0001_ground.sql") },
    Migration { version: 2, name: "people and accounts", sql: include_str!("../migrations/0002_people_accounts.sql") },
    Migration { version: 3, name: "world", sql: include_str!("../migrations/0003_world.sql") },
    Migration { version: 4, name: "money", sql: include_str!("../migrations/0004_money.sql") },
    Migration { version: 5, name: "dues desk", sql: include_str!("../migrations/0005_dues.sql") },
    Migration { version: 6, name: "language of an account", sql: include_str!("../migrations/0006_language.sql") },
    Migration { version: 7, name: "identities", sql: include_str!("../migrations/0007_identities.sql") },
    Migration { version: 8, name: "registers", sql: include_str!("../migrations/0008_registers.sql") },
    Migration { version: 9, name: "committenti", sql: include_str!("../migrations/0009_committenti.sql") },
    Migration { version: 10, name: "mailboxes", sql: include_str!("../migrations/0010_mailboxes.sql") },
    Migration { version: 11, name: "queue", sql: include_str!("../migrations/0011_queue.sql") },
    Migration { version: 12, name: "follow", sql: include_str!("../migrations/0012_follow.sql") },
    Migration { version: 13, name: "causes", sql: include_str!("../migrations/0013_causes.sql") },
    Migration { version: 14, name: "suspension", sql: include_str!("../migrations/0014_suspension.sql") },
    Migration { version: 15, name: "silence", sql: include_str!("../migrations/0015_silence.sql") },
];
