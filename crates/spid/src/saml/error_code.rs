//! The table of errors (*Tabella messaggi di errore*): what a provider says, and what can be done about it.
//!
//! The sentences that people read belong to the product; here is what they should say.

/// An anomaly that a provider reports to the service. What it shows to the person itself (codes 2 to 7 and 10) never
/// arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorCode {
    /// `nr08`: the request is not SAML as agreed.
    Format,
    /// `nr09`: the version.
    Version,
    /// `nr11`: the identifier.
    Id,
    /// `nr12`: the level.
    AuthnContext,
    /// `nr13`: the instant.
    IssueInstant,
    /// `nr14`: the destination.
    Destination,
    /// `nr15`: `IsPassive`.
    IsPassive,
    /// `nr16`: the address for the answer.
    AssertionConsumerService,
    /// `nr17`: the policy of the name.
    NameIdPolicy,
    /// `nr18`: the set of attributes.
    AttributeConsumingService,
    /// `nr19`: wrong credentials, too often.
    WrongCredentials,
    /// `nr20`: no credentials of the level asked for.
    NoCredentialsOfLevel,
    /// `nr21`: it took too long.
    Timeout,
    /// `nr22`: the person refused consent.
    ConsentDenied,
    /// `nr23`: identity suspended or revoked, or credentials blocked.
    Blocked,
    /// `nr25`: the person cancelled.
    Cancelled,
    /// `nr30`: another kind of identity than the one asked for (avviso 18).
    WrongKindOfIdentity,
    /// None of the table.
    Other,
}

/// What should happen next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Remedy {
    /// The person tries again.
    Retry,
    /// The person tries again with the right credentials, or asks the provider to set them anew.
    CheckCredentials,
    /// The person asks the provider for credentials of a higher level.
    RaiseLevel,
    /// The person tries again and consents.
    GiveConsent,
    /// The person asks the provider why.
    AskProvider,
    /// The person uses an identity of the kind asked for.
    UseOtherIdentity,
    /// Nothing that the person could do: our request or our metadata are wrong, and the operators must know.
    ReportToOperators,
}

impl ErrorCode {
    const TABLE: [(u8, Self); 17] = [
        (8, Self::Format),
        (9, Self::Version),
        (11, Self::Id),
        (12, Self::AuthnContext),
        (13, Self::IssueInstant),
        (14, Self::Destination),
        (15, Self::IsPassive),
        (16, Self::AssertionConsumerService),
        (17, Self::NameIdPolicy),
        (18, Self::AttributeConsumingService),
        (19, Self::WrongCredentials),
        (20, Self::NoCredentialsOfLevel),
        (21, Self::Timeout),
        (22, Self::ConsentDenied),
        (23, Self::Blocked),
        (25, Self::Cancelled),
        (30, Self::WrongKindOfIdentity),
    ];

    /// The number in the table.
    pub fn number(self) -> Option<u8> {
        Self::TABLE.iter().find(|(_, code)| *code == self).map(|(number, _)| *number)
    }

    /// The code with this number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::TABLE.iter().find(|(known, _)| *known == number).map(|(_, code)| *code)
    }

    /// The code in a `StatusMessage`: `ErrorCode nr19`, in any case and with any text around.
    pub fn in_message(message: &str) -> Self {
        let lower = message.to_ascii_lowercase();
        let number = lower.split_once("errorcode").and_then(|(_, rest)| {
            let digits = rest.trim_start().strip_prefix("nr")?.trim_start();
            let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
            digits.get(..end)?.parse().ok()
        });
        number.and_then(Self::from_number).unwrap_or(Self::Other)
    }

    /// What should happen next.
    pub fn remedy(self) -> Remedy {
        match self {
            Self::WrongCredentials => Remedy::CheckCredentials,
            Self::NoCredentialsOfLevel => Remedy::RaiseLevel,
            Self::Timeout | Self::Cancelled => Remedy::Retry,
            Self::ConsentDenied => Remedy::GiveConsent,
            Self::Blocked | Self::Other => Remedy::AskProvider,
            Self::WrongKindOfIdentity => Remedy::UseOtherIdentity,
            _ => Remedy::ReportToOperators,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_number_in_a_message() {
        assert_eq!(ErrorCode::in_message("ErrorCode nr19"), ErrorCode::WrongCredentials);
        assert_eq!(ErrorCode::in_message("  errorcode NR 25 annullato"), ErrorCode::Cancelled);
        for other in ["", "ErrorCode nr24", "ErrorCode nr1999", "nr19", "ErrorCode 19"] {
            assert_eq!(ErrorCode::in_message(other), ErrorCode::Other, "{other}");
        }
        assert_eq!(ErrorCode::Cancelled.number(), Some(25));
    }
}
