//! Why something is no tax code.

/// Why a text is not a tax code. Positions count from 1 in the code without its separators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FiscalCodeError {
    /// Nothing but separators was given.
    #[error("the tax code is empty")]
    Empty,
    /// A code has 16 characters (a person) or 11 digits. A number of ten digits that lost its left zero in a
    /// spreadsheet ends here too: the zero cannot be guessed back, because the check digit does not protect the length.
    #[error("a tax code has 16 characters, or 11 digits; found {found}")]
    Length {
        /// How many characters were left without separators.
        found: usize,
    },
    /// A character that cannot stand where it stands, for instance the letter O in place of a zero.
    #[error("character {at} of the tax code cannot be {found:?}")]
    IllegalCharacter {
        /// Position, from 1.
        at: usize,
        /// The character found there.
        found: char,
    },
    /// The last character of a person's code does not follow from the first fifteen: one of the sixteen is wrong.
    #[error("a character of the tax code is wrong: the last one should be {expected}")]
    CheckCharacter {
        /// The character that the first fifteen call for.
        expected: char,
    },
    /// The code would mean a day that no calendar has.
    #[error("the birth date inside the tax code does not exist")]
    BirthDate,
    /// No municipality or state, present or past, has the code of the birthplace.
    #[error("the birthplace inside the tax code does not exist")]
    Birthplace,
    /// The last of the eleven digits does not follow from the first ten, or the seven digits of the serial are zero.
    #[error("a digit of the tax code is wrong")]
    CheckDigit,
    /// One of the creditors of the pagoPA test environment, which fail the check on purpose; see
    /// [`NumericCode::parse_sandbox`](crate::NumericCode::parse_sandbox).
    #[error("this tax code exists in the test environment only")]
    SandboxOnly,
}

impl FiscalCodeError {
    /// A stable name for the text shown to the user.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Length { .. } => "length",
            Self::IllegalCharacter { .. } => "illegal-character",
            Self::CheckCharacter { .. } => "check-character",
            Self::BirthDate => "birth-date",
            Self::Birthplace => "birthplace",
            Self::CheckDigit | Self::SandboxOnly => "check-digit",
        }
    }
}

/// Why a tax code cannot be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// A surname or a name without a single letter.
    #[error("the {field} has no letter")]
    NoLetters {
        /// `"surname"` or `"name"`.
        field: &'static str,
    },
    /// A letter of another alphabet: the name has to be given as the registry office wrote it in Latin letters.
    #[error("the {field} has the letter {found:?}, which is not of the Latin alphabet")]
    ForeignLetter {
        /// `"surname"` or `"name"`.
        field: &'static str,
        /// The letter.
        found: char,
    },
}

impl EncodeError {
    /// A stable name for the text shown to the user.
    pub fn key(&self) -> &'static str {
        match self {
            Self::NoLetters { .. } => "no-letters",
            Self::ForeignLetter { .. } => "foreign-letter",
        }
    }
}
