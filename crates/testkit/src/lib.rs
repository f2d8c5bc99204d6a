//! Actors with verbs, a frozen clock and the outside world, for the integration tests.
