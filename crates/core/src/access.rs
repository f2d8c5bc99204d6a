//! Who may do what: one table, role by operation, printed by a golden test.

use crate::accounts::AccountId;
use crate::accounts::operators::OperatorId;
use crate::committenti::{CommittenteId, KeyId};
use crate::people::FirmId;

/// In whose name an operation runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Somebody who has not signed in.
    Anonymous,
    /// A firm that has signed in.
    Firm {
        /// Its account.
        account: AccountId,
        /// The firm.
        firm: FirmId,
        /// Whether the account has proved that it belongs to the firm.
        full: bool,
        /// The account must change its password before it does anything else.
        must_change: bool,
        /// The level at which whoever is there proved who they are: 1 to 3; 0 with a password.
        level: u8,
    },
    /// A person of the body that runs the portal.
    Operator {
        /// Their account.
        id: OperatorId,
        /// What they may do.
        role: Role,
    },
    /// An organisation that queries the regularity of firms, with one of its keys.
    Committente {
        /// The organisation.
        id: CommittenteId,
        /// The key that it shows, or with which its session was opened.
        key: KeyId,
    },
    /// The program itself: a job or a callback, by name.
    System(&'static str),
}

/// What an actor may do follows from their role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Not signed in.
    Anonymous,
    /// A firm that must first change its password.
    NewFirm,
    /// A firm whose address is not verified: it may pay, nothing else (requirement A-09).
    PayingFirm,
    /// A firm whose address is the one in the business register.
    FullFirm,
    /// Assistance that answers first.
    FirstLevel,
    /// Assistance that decides.
    SecondLevel,
    /// The system administrator of the tenant.
    Administrator,
    /// The body's committee: sees figures.
    Committee,
    /// A third party that queries the regularity of firms (requirement A-68).
    Committente,
    /// The program itself.
    System,
}

impl Role {
    /// All roles, for the golden table.
    pub const ALL: [Self; 10] = [
        Self::Anonymous,
        Self::NewFirm,
        Self::PayingFirm,
        Self::FullFirm,
        Self::FirstLevel,
        Self::SecondLevel,
        Self::Administrator,
        Self::Committee,
        Self::Committente,
        Self::System,
    ];

    /// The roles that an operator may hold, with the names that the database and the command line use.
    pub const OPERATORS: [(&'static str, Self); 4] = [
        ("first-level", Self::FirstLevel),
        ("second-level", Self::SecondLevel),
        ("administrator", Self::Administrator),
        ("committee", Self::Committee),
    ];

    /// The operator's role of this name.
    pub fn operator(name: &str) -> Option<Self> {
        Self::OPERATORS.iter().find(|(n, _)| *n == name).map(|(_, role)| *role)
    }

    /// The name of an operator's role.
    pub fn name(self) -> &'static str {
        Self::OPERATORS.iter().find(|(_, role)| *role == self).map_or("other", |(name, _)| name)
    }
}

impl Actor {
    /// The actor's role.
    pub fn role(&self) -> Role {
        match self {
            Self::Anonymous => Role::Anonymous,
            Self::Firm { must_change: true, .. } => Role::NewFirm,
            Self::Firm { full: false, .. } => Role::PayingFirm,
            Self::Firm { .. } => Role::FullFirm,
            Self::Operator { role, .. } => *role,
            Self::Committente { .. } => Role::Committente,
            Self::System(_) => Role::System,
        }
    }

    /// Kind and id as the audit keeps them.
    pub(crate) fn audit(&self) -> (String, Option<i64>) {
        match self {
            Self::Anonymous => ("anonymous".to_owned(), None),
            Self::Firm { account, .. } => ("account".to_owned(), Some(account.0)),
            Self::Operator { id, .. } => ("operator".to_owned(), Some(id.0)),
            Self::Committente { id, .. } => ("committente".to_owned(), Some(id.0)),
            Self::System(name) => (format!("system:{name}"), None),
        }
    }
}

/// The operations for which a tenant may demand a proved identity. Linking one is not among them, because whoever has no
/// link yet could never make the first, nor changing one's password, which must come before anything else.
const RAISABLE: [Operation; 5] =
    [Operation::PayFee, Operation::SeeOwnData, Operation::ChangeContact, Operation::Upgrade, Operation::ClaimFleet];

/// The levels that a tenant demands, by operation; none for those that are not named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels(Vec<(Operation, u8)>);

impl Levels {
    /// Reads `[levels]`: names as in the audit, levels from 1 to 3.
    ///
    /// # Errors
    /// A sentence about the first entry that is wrong.
    pub fn read(entries: &std::collections::BTreeMap<String, u8>) -> Result<Self, String> {
        let read = |(name, level): (&String, &u8)| {
            let known = RAISABLE.into_iter().find(|operation| operation.key() == name);
            match known {
                None => {
                    let all = RAISABLE.map(Operation::key).join(", ");
                    Err(format!("[levels] {name}: no level can be demanded for this; it is one of {all}"))
                }
                Some(_) if !(1..=3).contains(level) => Err(format!("[levels] {name} = {level}: levels are 1, 2 and 3")),
                Some(operation) => Ok((operation, *level)),
            }
        };
        entries.iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// The level for an operation; 0 when a password will do.
    pub fn of(&self, operation: Operation) -> u8 {
        self.0.iter().find(|(known, _)| *known == operation).map_or(0, |(_, level)| *level)
    }
}

macro_rules! operations {
    ($($(#[$meta:meta])* $name:ident = $key:literal: $($role:ident)*;)*) => {
        /// Everything that can be done, each with the roles that may do it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Operation { $($(#[$meta])* $name),* }

        impl Operation {
            /// All operations, for the golden table.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name in the audit.
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }

            /// Whether a role may do it.
            pub fn allows(self, role: Role) -> bool {
                match self { $(Self::$name => matches!(role, $(Role::$role)|*)),* }
            }
        }
    };
}

operations! {
    /// Start a registration.
    Register = "registration.start": Anonymous;
    /// Bring a registration on: credentials, answer of the register.
    AdvanceRegistration = "registration.advance": System;
    /// Sign in.
    SignIn = "session.start": Anonymous NewFirm PayingFirm FullFirm FirstLevel SecondLevel Administrator Committee Committente;
    /// End a session, one's own or another of one's own.
    SignOut = "session.end": NewFirm PayingFirm FullFirm FirstLevel SecondLevel Administrator Committee Committente System;
    /// Change one's own password.
    ChangePassword = "password.change": Anonymous NewFirm PayingFirm FullFirm FirstLevel SecondLevel Administrator Committee;
    /// See and pay one's own fee, and see the receipts.
    PayFee = "fee.pay": PayingFirm FullFirm;
    /// See all the firm's own data.
    SeeOwnData = "firm.own-data": FullFirm;
    /// Change one's own e-mail address or phone number.
    ChangeContact = "contact.change": PayingFirm FullFirm;
    /// Ask that a simplified profile become full.
    Upgrade = "profile.upgrade": PayingFirm;
    /// Say that the fleet is not one's own.
    ClaimFleet = "fleet.claim": PayingFirm FullFirm;
    /// Prove an identity at a provider: ask, and take the answer.
    ProveIdentity = "identity.prove": Anonymous NewFirm PayingFirm FullFirm System;
    /// Let a person enter one's own account with an identity, or no longer.
    LinkIdentity = "identity.link": PayingFirm FullFirm;
    /// Hand over the log of requests and Responses.
    ExportIdentityLog = "identity.export": System;
    /// Ask for a reset of the password.
    AskReset = "reset.ask": Anonymous System;
    /// Look a firm up and see its timeline.
    SeeFirms = "firms.see": FirstLevel SecondLevel Administrator;
    /// See the daily counts.
    SeeCounts = "counts.see": FirstLevel SecondLevel Administrator Committee;
    /// Issue a new password to a firm.
    ResetPassword = "password.reset": SecondLevel Administrator;
    /// Send a message again.
    Resend = "notice.resend": FirstLevel SecondLevel Administrator;
    /// Have a message that was put aside in a mailbox tried again, or let it lie.
    ManageMailboxes = "mailbox.manage": SecondLevel Administrator;
    /// Decide on a fleet claim.
    DecideClaim = "fleet.decide": SecondLevel Administrator;
    /// Import firms and fleets.
    Import = "import": Administrator System;
    /// Move a deadline.
    ExtendDeadline = "deadline.extend": Administrator;
    /// Pause, resume and budget the register's look-ups.
    ManageRegister = "register.manage": Administrator System;
    /// Add operators and reset their credentials.
    ManageOperators = "operators.manage": Administrator System;
    /// Read the audit.
    SeeAudit = "audit.see": Administrator System;
    /// Compute and freeze the fee of a firm.
    ComputeFee = "fee.compute": PayingFirm FullFirm SecondLevel Administrator System;
    /// Begin an online payment.
    StartCheckout = "checkout.start": PayingFirm FullFirm;
    /// Record that the browser came back from the checkout.
    ReturnFromCheckout = "checkout.return": Anonymous PayingFirm FullFirm;
    /// Answer the payment node.
    ServeNode = "node.serve": System;
    /// Record a payment's receipt.
    RecordPayment = "payment.record": System;
    /// Send a message and record what became of it.
    Deliver = "notice.deliver": System;
    /// Ask the register and record its answer.
    LookUp = "register.look-up": System;
    /// Add, suspend and resume committenti, invite them, and rotate the keys that sign statements.
    ManageCommittenti = "committenti.manage": Administrator System;
    /// Make and revoke a committente's keys; a committente its own only.
    ManageKeys = "committenti.key": Administrator Committente System;
    /// Take the first key with an invitation.
    AcceptInvitation = "committenti.accept": Anonymous;
    /// Ask whether a firm is regular, and read one's own questions.
    QueryRegularity = "regularity.query": Committente System;
    /// Have a statement made of an answer.
    StateRegularity = "regularity.state": Committente;
    /// Housekeeping.
    Maintain = "maintain": System;
}
