//! Why an answer was not written.

use crate::saml::Level;
use crate::signature::SignError;

/// Why an assertion was not written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerError {
    /// The person was authenticated at a level that does not answer the request. The right answer is nr20.
    #[error("the level reached, {reached:?}, does not answer the request")]
    Level {
        /// The level reached.
        reached: Level,
    },
    /// The assertion would end after the last moment that there is.
    #[error("the assertion would have no end")]
    Lifetime,
    /// The key could not be used.
    #[error("the answer could not be signed")]
    Sign(#[from] SignError),
}
