#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod ber;
mod certification;
pub mod compose;
pub mod imap;
mod irregularity;
mod mail;
mod message_id;
mod mime;
pub mod provider;
mod read;
mod reason;
mod secret;
mod signature;
pub mod smtp;
mod state;
#[cfg(test)]
mod testing;
mod tls;
mod wire;

pub use certification::{CertificationError, ErrorKind, ExtendedCode, Recipient, RecipientKind};
pub use compose::{ComposeError, Outgoing};
pub use irregularity::Irregularity;
pub use mail::{Attachment, Mail};
pub use message_id::{MessageId, MessageIdError};
pub use mime::StructureError;
pub use read::{
    Anomaly, Bounce, BounceAction, BouncedRecipient, Comparison, DelayNotice, Enclosed, Envelope, Incoming,
    LARGEST_MESSAGE, ReadError, Receipt, ReceiptType, read,
};
pub use reason::Reason;
pub use secret::Secret;
pub use signature::{Policy, SignatureState, SignerIdentity, TrustAnchors, TrustError, UntrustedReason};
pub use state::{DeliveryState, DeliveryStatus, Effect, Failure, FailureEvent, Refusal, Sent};
pub use tls::Tls;
pub use wire::ReceiptKind;
