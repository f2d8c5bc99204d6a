//! The pagoPA node, its hosted payment page and a counter, over the real protocols.
//!
//! [`Node`] is the other side of the `pagopa` crate: it takes carts as Checkout does, asks the creditor's own SOAP
//! service what a notice is worth, pretends to take the money, and sends the receipt until the creditor says `OK`.
//! What a real payer decides (pay, give up, be refused by the bank) is a button on the page or an [`Outcome`] in a
//! test; what a real node does to a creditor (late, repeated and simultaneous receipts) is one too.
//!
//! Nothing here sleeps on the world's clock. Receipts fall due when the clock says so, and are sent by
//! [`Node::deliver_due_receipts`], which tests call after moving the clock and [`Node::spawn_timer`] calls in a demo.
//!
//! | path under the base | what |
//! |---|---|
//! | `POST checkout/ec/v1/carts` | Checkout: a cart in, `302` to the page out |
//! | `GET`, `POST checkout/pay/{id}` | the page: what is owed, and how the payment is to end |
//! | `GET`, `POST psp` | a counter: pay a notice by number and creditor, or by the text of its QR code |
//! | `GET`, `POST control` | the switches, [`NodeControl`] as JSON |

mod carts;
mod chance;
mod control;
mod creditor;
mod deliver;
mod node;
mod outcome;
mod pages;
mod pay;
mod report;
mod routes;
mod state;
mod station;
#[cfg(test)]
mod tests;

pub use control::NodeControl;
pub use creditor::Creditor;
pub use node::{Node, NodeConfig};
pub use outcome::Outcome;
pub use report::{DeliverySummary, PaymentRecord, PaymentReport, PaymentResult, ReceiptState, Refusal, ResendError};
