//! Tenants: organisations with their own names, texts, policies, desks and ways to the outside world.
//!
//! A tenant is a directory: `tenant.toml`, `texts/it.ftl` and `texts/en.ftl` (both optional, they override the
//! product's texts), and one file a desk. Everything is checked when it is loaded; unknown keys are errors.

mod connections;
mod file;
mod tenant;

pub use connections::{Connections, MailConnection};
pub use file::{Creditor, Help, InTwoLanguages, PortalNotice, TenantFile};
pub use tenant::{LoadError, Tenant};
