use sportello_core::accounts::{AccountId, MailKind};
use sportello_core::people::FirmId;
use sportello_core::registry::LookUpId;
use sportello_core::texts::Language;
use sportello_core::{id, row};

id! {
    /// The id of a registration.
    RegistrationId;
}

/// What a registration wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An account verified by the certified address in the business register.
    Pec,
    /// An account that may only pay.
    Simplified,
    /// To make a simplified account full.
    Upgrade,
}

impl Kind {
    /// The name in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::Pec => "pec",
            Self::Simplified => "simplified",
            Self::Upgrade => "upgrade",
        }
    }
}

/// Where a registration stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The register has not answered yet.
    Checking,
    /// The register has not answered yet; meanwhile the firm may pay.
    Provisional,
    /// The register confirms the address: the account is full.
    Verified,
    /// The register has no address, or another one.
    Mismatch,
    /// Simplified: done.
    Simplified,
}

impl State {
    /// The name in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::Checking => "checking",
            Self::Provisional => "provisional",
            Self::Verified => "verified",
            Self::Mismatch => "mismatch",
            Self::Simplified => "simplified",
        }
    }
}

row! {
    /// A registration.
    #[derive(Clone)]
    pub struct Registration {
        /// Its id.
        pub id: RegistrationId,
        /// `pec`, `simplified` or `upgrade`.
        pub kind: String,
        /// The firm.
        pub firm_id: FirmId,
        /// The declared address.
        pub email: String,
        /// `pec` or `ordinary`.
        pub email_kind: String,
        /// The phone number.
        pub phone: String,
        /// The applicant's language.
        pub language: String,
        /// Where it stands.
        pub state: String,
        /// The question to the register.
        pub lookup_id: Option<LookUpId>,
        /// The account that came of it.
        pub account_id: Option<AccountId>,
        /// When it began, in milliseconds since 1970.
        pub created_at: i64,
        /// When it was settled.
        pub settled_at: Option<i64>,
    }
}

impl std::fmt::Debug for Registration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Registration").field("id", &self.id).field("state", &self.state).finish_non_exhaustive()
    }
}

impl Registration {
    /// What it wants.
    pub fn kind(&self) -> Kind {
        match self.kind.as_str() {
            "simplified" => Kind::Simplified,
            "upgrade" => Kind::Upgrade,
            _ => Kind::Pec,
        }
    }

    /// Where it stands.
    pub fn state(&self) -> State {
        match self.state.as_str() {
            "provisional" => State::Provisional,
            "verified" => State::Verified,
            "mismatch" => State::Mismatch,
            "simplified" => State::Simplified,
            _ => State::Checking,
        }
    }

    /// What kind of mailbox the address is.
    pub fn email_kind(&self) -> MailKind {
        MailKind::from_key(&self.email_kind)
    }

    /// The applicant's language.
    pub fn language(&self) -> Language {
        Language::from_tag(&self.language).unwrap_or_default()
    }
}
