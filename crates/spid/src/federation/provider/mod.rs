//! The other side, as far as tests and the demonstration need it: an authority of the federation and a provider.
//!
//! Everything is pure: a request comes in, an answer goes out, and what has to be remembered between two requests is a
//! value that the caller keeps. No person is authenticated here.

mod authority;
mod authorization;
mod client;
mod op;
mod tokens;

pub use authority::{Authority, Subordinate};
pub use authorization::{Authorization, Refusal};
pub use client::{Client, ClientError};
pub use op::{OpenIdProvider, OpenIdProviderError};
pub use tokens::{Grant, GrantType, Issued, TokenRequest};
