#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod address;
mod credential;
mod error;
mod headers;
mod held;
pub mod inad;
pub mod inipec;
mod matching;
pub mod pdnd;
mod pem;
mod quota;
mod register;
mod request;
mod source;
mod stamp;
mod transport;

pub use credential::{Credential, CredentialError};
pub use error::{ConfigError, Error, Stage};
pub use inad::Inad;
pub use inipec::IniPec;
pub use matching::{PecMatch, compare};
pub use quota::{Answered, Quota};
pub use register::{BusinessRegister, Config, MAX_BATCH, RepresentedFirm};
pub use request::{PecAnswer, PecEntry, RequestId, RequestIdError, Seat};
pub use source::{Reply, Source};
pub use stamp::Stamp;
pub use transport::TimeLimits;
