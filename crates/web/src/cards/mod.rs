//! The listener for smart cards: the only place where a certificate is asked for.
//!
//! It has an address of its own, because TLS 1.3 asks for a certificate when the connection begins or never, and because
//! browsers ask their user at every connection to such an address. It does one thing: a browser that the portal has sent
//! arrives with a one-time token, the card is verified, and the browser goes back to the portal, with another one-time
//! token or to the page that explains what is wrong. There are no pages, cookies or sessions here, and the `Host` header is
//! not looked at.
//!
//! Either it ends the TLS connection itself ([`Door::Tls`]), or a proxy does, which proves itself with a secret and hands
//! the certificate on in a header ([`Door::Proxy`]).

mod connection;
mod door;
mod listener;
mod slots;
mod visit;

pub use door::{Door, DoorError, ProxyDoor, TlsDoor};
pub use listener::CardListener;
pub use visit::serve;
