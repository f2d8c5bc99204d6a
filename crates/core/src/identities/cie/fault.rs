use spid::federation::chain::CollectError;
use spid::federation::fault::Remedy;
use spid::federation::rp::{BeginError, CallbackError, CompleteError, ProviderError};

/// A sign-in with CIE that did not end well.
#[derive(Debug, thiserror::Error)]
pub enum FederationError {
    /// The federation was asked a moment ago and gave no chain.
    #[error("the federation gave no trust chain a moment ago")]
    Silent,
    /// No chain leads from the provider to the anchor.
    #[error("the provider's trust chain cannot be collected")]
    Chain(#[from] CollectError),
    /// The chain describes no provider that can be asked.
    #[error("the provider cannot be asked")]
    Provider(#[from] ProviderError),
    /// The provider cannot be asked for this.
    #[error("the request cannot be made")]
    Begin(#[from] BeginError),
    /// The way back is not accepted.
    #[error("the way back is not accepted")]
    Callback(#[from] CallbackError),
    /// The code did not become a person.
    #[error("the sign-in cannot be completed")]
    Complete(#[from] CompleteError),
}

impl FederationError {
    /// What to tell the user.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Silent | Self::Provider(ProviderError::Expired(_)) => Remedy::TryLater,
            Self::Provider(_) => Remedy::TellOperator,
            Self::Chain(error) => error.remedy(),
            Self::Begin(error) => error.remedy(),
            Self::Callback(error) => error.remedy(),
            Self::Complete(error) => error.remedy(),
        }
    }

    /// Whether the provider says that the person said no.
    pub fn is_denial(&self) -> bool {
        matches!(self, Self::Callback(CallbackError::Fault(_)))
    }

    /// The name in the log: never a value that came with it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Callback(CallbackError::Fault(fault)) => fault.code.known_name().to_owned(),
            Self::Silent | Self::Chain(_) | Self::Provider(_) => "trust-chain".to_owned(),
            Self::Begin(_) => "request".to_owned(),
            Self::Callback(_) => "callback".to_owned(),
            Self::Complete(error) => match error {
                CompleteError::Tokens(_) => "tokens",
                CompleteError::Token(_) => "id-token",
                CompleteError::Userinfo(_) => "userinfo",
                CompleteError::OtherProvider => "other-provider",
            }
            .to_owned(),
        }
    }
}
