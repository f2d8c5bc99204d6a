use crate::secret::Secret;
use crate::{id, row};

id! {
    /// The id of a committente.
    CommittenteId;
    /// The id of a key.
    KeyId;
}

row! {
    /// An organisation that commissions road transport and checks carriers.
    #[derive(Clone, Debug)]
    pub struct Committente {
        /// Its id.
        pub id: CommittenteId,
        /// Its name.
        pub name: String,
        /// Its tax code, canonical.
        pub tax_code: String,
        /// The address to which invitations go.
        pub email: String,
        /// Requests in a minute, over all its keys.
        pub per_minute: i64,
        /// When it was added, in milliseconds since 1970.
        pub created_at: i64,
        /// Since when none of its keys opens anything.
        pub suspended_at: Option<i64>,
    }
}

row! {
    /// A key as its holder sees it: never the key itself.
    #[derive(Clone, Debug)]
    pub struct ApiKey {
        /// Its id.
        pub id: KeyId,
        /// Whose it is.
        pub committente_id: CommittenteId,
        /// Its first characters.
        pub prefix: String,
        /// What its holder calls it.
        pub label: String,
        /// When it was made, in milliseconds since 1970; the others likewise.
        pub created_at: i64,
        /// When it ends.
        pub expires_at: i64,
        /// The last request with it, to within a minute.
        pub used_at: Option<i64>,
        /// When it was revoked.
        pub revoked_at: Option<i64>,
    }
}

row! {
    /// Who shows a key that is good.
    #[derive(Clone, Debug)]
    pub struct Known {
        /// The organisation.
        pub committente_id: CommittenteId,
        /// The key.
        pub key_id: KeyId,
        /// The organisation's name.
        pub name: String,
        /// The key's first characters.
        pub prefix: String,
        /// Requests in a minute.
        pub per_minute: i64,
        /// When the key ends, in milliseconds since 1970.
        pub expires_at: i64,
        /// Its last request, to within a minute.
        pub used_at: Option<i64>,
    }
}

/// A fresh key, shown this once.
#[derive(Debug)]
pub struct Issued {
    /// Its id.
    pub id: KeyId,
    /// The key.
    pub key: Secret,
    /// When it ends, in milliseconds since 1970.
    pub expires_at: i64,
}
