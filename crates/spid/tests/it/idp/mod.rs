//! The identity provider: requests of every kind, answers, sessions and logout.

mod accepted;
mod answers;
mod cost;
mod errors;
mod hostile;
mod logout;
mod sessions;
mod stage;
