//! The service provider.
