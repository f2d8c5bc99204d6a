//! The payment page that pagoPA hosts (Checkout, "EC" interface, version 1).
//!
//! The creditor posts a cart and gets the address of a page to which it sends the payer's browser. The page takes the
//! money and sends the browser back to one of three addresses of the creditor. **Coming back is not proof of payment**:
//! anybody can type that address. The proof is the receipt, [`crate::node`].

mod cart;
mod client;
mod error;
mod wire;

pub use cart::{Cart, CartError, CartNotice, ReturnUrls};
pub use client::{Client, SubscriptionKey, TimeLimits};
pub use error::CheckoutError;

/// The header that carries the subscription key.
pub const KEY_HEADER: &str = "Ocp-Apim-Subscription-Key";

/// The base address of the production environment.
pub const PRODUCTION: &str = "https://api.platform.pagopa.it/checkout/ec/v1";
