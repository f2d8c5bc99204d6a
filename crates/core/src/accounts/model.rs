use crate::id;
use crate::people::FirmId;
use crate::row;
use crate::texts::Language;

id! {
    /// The id of a firm's account.
    AccountId;
}

/// What the account's holder has proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Nothing: the account may pay the fee, and no more (requirement A-09).
    PaymentOnly,
    /// That the address is the one in the business register: the account sees everything (requirement A-06).
    Full,
}

impl Level {
    /// The name in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::PaymentOnly => "payment-only",
            Self::Full => "full",
        }
    }
}

/// What kind of mailbox an address is, as its owner says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailKind {
    /// Certified mail.
    Pec,
    /// Ordinary mail.
    Ordinary,
}

impl MailKind {
    /// The name in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::Pec => "pec",
            Self::Ordinary => "ordinary",
        }
    }

    /// The kind of this name; anything unknown counts as ordinary.
    pub fn from_key(key: &str) -> Self {
        if key == "pec" { Self::Pec } else { Self::Ordinary }
    }
}

row! {
    /// A firm's account.
    #[derive(Clone)]
    pub struct Account {
        /// Its id.
        pub id: AccountId,
        /// The firm.
        pub firm_id: FirmId,
        /// The matricola.
        pub member_code: String,
        /// `payment-only` or `full`.
        pub level: String,
        /// The address that messages go to.
        pub email: String,
        /// `pec` or `ordinary`.
        pub email_kind: String,
        /// The address has refused ordinary mail.
        pub refuses_ordinary: bool,
        /// The phone number (E.164), for assistance.
        pub phone: String,
        /// The password's hash.
        pub password_hash: String,
        /// The password must be changed at the next sign-in.
        pub must_change: bool,
        /// The end of a temporary password, in milliseconds since 1970.
        pub temporary_until: Option<i64>,
        /// The PIN's hash.
        pub pin_hash: String,
        /// When it was opened.
        pub created_at: i64,
        /// The last sign-in.
        pub signed_in_at: Option<i64>,
        /// The tag of the language in which the holder used the portal last.
        pub language: String,
    }
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account").field("id", &self.id).field("level", &self.level).finish_non_exhaustive()
    }
}

impl Account {
    /// What the holder has proved.
    pub fn level(&self) -> Level {
        if self.level == "full" { Level::Full } else { Level::PaymentOnly }
    }

    /// The language for messages that nobody is waiting for in a browser.
    pub fn language(&self) -> Language {
        Language::from_tag(&self.language).unwrap_or_default()
    }

    /// What kind of mailbox the address is.
    pub fn email_kind(&self) -> MailKind {
        MailKind::from_key(&self.email_kind)
    }
}
