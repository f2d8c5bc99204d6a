//! Identity providers: reading their metadata, and writing ours.

mod aggregate;
mod read;
mod write;

pub use aggregate::{Aggregate, Broken};
pub use read::IdentityProvider;
pub use write::{Configuration, ConfigurationError};
