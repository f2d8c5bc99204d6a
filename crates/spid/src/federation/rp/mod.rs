//! The relying party: the product, as a service that people enter with their CIE.
//!
//! A sign-in is a row of values. [`RelyingParty::begin`] gives a [`Started`] for the product to keep and an
//! [`AuthorizationRequest`] for the browser; [`Started::accept`] turns the [`Callback`] into a code;
//! [`RelyingParty::complete`] turns the code into a [`SignedIn`].

mod acr;
pub(crate) mod begin;
mod callback;
mod complete;
mod configuration;
pub(crate) mod id_token;
mod identity;
mod op;
pub(crate) mod tokens;
mod userinfo;

pub use acr::Acr;
pub use begin::{Ask, AuthorizationRequest, BeginError, Claim, Prompt, Started};
pub use callback::{Callback, CallbackError, Code};
pub use complete::{Chance, CompleteError, Evidence, SignedIn};
pub use configuration::{ConfigurationError, Organization, RelyingParty};
pub use id_token::{IdToken, TokenError};
pub use identity::Identity;
pub use op::{Provider, ProviderError};
pub use tokens::{RevocationError, TokenRequestError, Tokens};
pub use userinfo::UserinfoError;
