//! The capabilities that every desk shares.
