/// One SQL statement, a constant of some `store.rs`.
///
/// Statements are constants so that a test can prepare every one of them on both engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sql(pub(crate) &'static str);

impl Sql {
    /// Wraps a statement written in the common ground of both engines.
    pub const fn new(text: &'static str) -> Self {
        Self(text)
    }

    /// The statement as written.
    pub const fn text(self) -> &'static str {
        self.0
    }
}
