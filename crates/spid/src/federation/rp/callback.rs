//! The way back through the browser.

use std::fmt;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use jiff::Timestamp;

use super::super::fault::{Fault, FaultCode, Remedy};
use super::Started;

/// The longest parameter that is read.
const LONGEST: usize = 4096;

/// What the browser brought to the redirect address, in the query or a form.
#[derive(Clone, PartialEq, Eq)]
pub struct Callback {
    /// The value under which the [`Started`] is kept.
    pub state: String,
    issuer: Option<String>,
    outcome: Result<String, Fault>,
}

/// A code that belongs to a sign-in of ours. It is good once.
pub struct Code(pub(super) String);

/// A way back that is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum CallbackError {
    /// Missing, double or overlong parameters.
    #[error("the answer's parameters are not what they must be")]
    Form,
    /// Another sign-in's answer, or nobody's.
    #[error("the answer does not belong to this sign-in")]
    State,
    /// The answer comes from another provider than was asked, or does not say from whom: mix-up.
    #[error("the answer does not come from the provider that was asked")]
    Issuer,
    /// The sign-in took too long.
    #[error("the sign-in took longer than it may")]
    Late,
    /// The provider says no.
    #[error("the provider refuses the sign-in")]
    Fault(#[source] Fault),
}

impl CallbackError {
    /// What to tell the user.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Form | Self::Issuer => Remedy::Refuse,
            Self::State | Self::Late => Remedy::SignInAgain,
            Self::Fault(fault) => fault.remedy(),
        }
    }
}

impl Callback {
    /// Reads decoded parameters; unknown ones are passed over, a known one may stand once.
    ///
    /// # Errors
    /// [`CallbackError::Form`].
    pub fn read<'p>(parameters: impl IntoIterator<Item = (&'p str, &'p str)>) -> Result<Self, CallbackError> {
        const KNOWN: [&str; 5] = ["state", "iss", "code", "error", "error_description"];
        let mut found: [Option<&str>; 5] = [None; 5];
        for (name, value) in parameters {
            let Some(at) = KNOWN.iter().position(|known| *known == name) else { continue };
            if value.len() > LONGEST || found[at].replace(value).is_some() {
                return Err(CallbackError::Form);
            }
        }
        let [state, issuer, code, error, description] = found;
        let outcome = match (code, error) {
            (Some(code), None) if !code.is_empty() => Ok(code.to_owned()),
            (None, Some(error)) => {
                let code = FaultCode::from_name(error);
                Err(description.map_or_else(|| Fault::new(code.clone()), |text| Fault::with(code.clone(), text)))
            }
            _ => return Err(CallbackError::Form),
        };
        let state = state.filter(|state| !state.is_empty()).ok_or(CallbackError::Form)?.to_owned();
        Ok(Self { state, issuer: issuer.map(str::to_owned), outcome })
    }

    /// Reads the query of the address to which the browser came back, as it stands in the address.
    ///
    /// # Errors
    /// [`CallbackError::Form`].
    pub fn read_query(query: &str) -> Result<Self, CallbackError> {
        let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).take(32).collect();
        Self::read(pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref())))
    }
}

impl Started {
    /// Takes the code out of the answer to this sign-in. The caller forgets the `Started` from here on, whatever comes
    /// out: an answer is accepted once.
    ///
    /// # Errors
    /// [`CallbackError`], an error of the provider included.
    pub fn accept(&self, callback: Callback, now: Timestamp) -> Result<Code, CallbackError> {
        if verify_slices_are_equal(self.state.as_bytes(), callback.state.as_bytes()).is_err() {
            return Err(CallbackError::State);
        }
        // RFC 9207. The Italian table of errors does not list `iss`, so a refusal may come without it.
        match (&callback.issuer, &callback.outcome) {
            (Some(issuer), _) if issuer == self.provider.as_str() => {}
            (None, Err(_)) => {}
            _ => return Err(CallbackError::Issuer),
        }
        if self.expires <= now {
            return Err(CallbackError::Late);
        }
        callback.outcome.map(Code).map_err(CallbackError::Fault)
    }
}

impl fmt::Debug for Callback {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Callback").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Code(..)")
    }
}
