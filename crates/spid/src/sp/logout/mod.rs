//! Single logout (*Regole tecniche*, "Single logout"), begun by us or by the provider.
//!
//! We begin: [`LogoutRequest`], then [`verify_response`] on what comes back. The provider begins: [`verify_request`],
//! then [`LogoutResponse`], which says `Success` also about a session that we never had.
//!
//! Every message is signed: in the message when a form carries it, over the query when a redirection does.

mod error;
mod incoming;
mod messages;

pub use error::LogoutError;
pub(crate) use incoming::verify_request_to;
pub use incoming::{Incoming, LogoutDemand, Receiver, verify_request, verify_response};
pub use messages::{LogoutRequest, LogoutResponse, PendingLogout};
