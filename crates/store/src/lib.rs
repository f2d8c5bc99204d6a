//! One SQL text on two engines: embedded SQLite with group commit, PostgreSQL for many nodes.
