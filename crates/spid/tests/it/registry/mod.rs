//! The registry of providers: refreshed, kept, watched.

mod json;
mod refreshed;
mod sources;
