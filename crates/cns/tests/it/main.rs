//! Cards of a small authority, good and bad, against everything that the crate promises.

mod cards;
mod hostile;
mod judges;
mod listener;
mod others;
mod proxy;
mod revocation;
mod stage;
mod trust;
