//! The providers of SPID, in the eyes of a service that is the `spid` crate's own service provider.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod service;
mod spid_journeys;
mod spid_logout;
mod spid_registry;
