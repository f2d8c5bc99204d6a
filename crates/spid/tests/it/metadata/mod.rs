//! Metadata: ours in the eyes of others, those of others in ours.

mod client;
mod configurations;
mod hostile;
mod idp;
mod judged;
mod refused;

pub use configurations::{organization, provider};
pub use idp::{aggregate, signed};
