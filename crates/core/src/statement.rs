use store::Sql;

/// A statement that sees one tenant only: its first parameter `$1` is always the tenant, bound by [`crate::Cx`] and
/// [`crate::Tx`] themselves. A test checks that every scoped statement names `tenant` and uses `$1`.
#[derive(Clone, Copy, Debug)]
pub struct Statement(pub(crate) Sql);

impl Statement {
    /// Wraps a statement whose `$1` is the tenant.
    pub const fn new(text: &'static str) -> Self {
        Self(Sql::new(text))
    }

    /// The statement as written.
    pub const fn text(self) -> &'static str {
        self.0.text()
    }

    /// The statement as the store takes it, for the test that prepares all statements.
    pub const fn sql(self) -> Sql {
        self.0
    }
}

/// Declares the statements of one `store.rs` as constants, and `ALL`, the list that tests prepare on both engines.
#[macro_export]
macro_rules! statements {
    ($($(#[$meta:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$meta])* pub(super) const $name: $crate::Statement = $crate::Statement::new($sql);)*
        /// Every statement of this module with its name.
        pub const ALL: &[(&str, $crate::Statement)] = &[$((concat!(module_path!(), "::", stringify!($name)), $name)),*];
    };
}

/// Declares a struct that is read from a row whose columns have the names of its fields.
#[macro_export]
macro_rules! row {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$fmeta:meta])* $fvis:vis $field:ident: $type:ty),* $(,)? }) => {
        $(#[$meta])* $vis struct $name { $($(#[$fmeta])* $fvis $field: $type),* }
        impl ::store::FromRow for $name {
            fn from_row(row: &::store::Row) -> Result<Self, ::store::Error> {
                Ok(Self { $($field: row.get(stringify!($field))?),* })
            }
        }
    };
}
