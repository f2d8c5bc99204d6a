//! The words that both sides share: identifiers, instants, levels, attributes, statuses, and how messages travel.

mod attributes;
pub mod binding;
mod error_code;
mod ids;
mod level;
pub mod names;
mod person;
mod status;
mod time;

pub use attributes::{Attribute, AttributeClass, AttributeSet};
pub use binding::{Binding, BindingError, RelayState, RelayStateError};
pub use error_code::{ErrorCode, Remedy};
pub use ids::{EntityId, IdError, MessageId};
pub use level::{Comparison, Level, Purpose};
pub use person::{AttributeError, Attributes, SpidCode};
pub use status::{Status, StatusCode};
pub use time::{InstantError, format_instant, format_instant_finely, parse_instant, whole_seconds};

/// Which of the two SAML schemes a message belongs to.
///
/// CIE follows the SPID rules but for a few: see the manual of *Entra con CIE*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// SPID.
    Spid,
    /// *Entra con CIE*. A request always forces a new authentication, and its destination is the address of the
    /// service; the provider leaves out the format of the assertion's issuer.
    Cie,
}
