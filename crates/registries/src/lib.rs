#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod credential;
mod error;
mod headers;
mod matching;
mod pem;
mod register;
mod request;
mod transport;
mod wire;

pub use credential::{Credential, CredentialError};
pub use error::{Error, Quota, Stage};
pub use matching::{PecMatch, compare};
pub use register::{BusinessRegister, Config, ConfigError, MAX_BATCH, Stamp};
pub use request::{PecAnswer, PecEntry, RequestId, RequestIdError, Seat};
