//! How a provider writes where the rules leave room, and where it errs.

/// The form of a receipt, for whoever needs messages as they are met with. The default is what the rules describe.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Manner {
    /// The octets of `daticert.xml` instead of those that [`Provider::certification`](super::Provider::certification)
    /// writes. They are signed whatever they are.
    pub certification: Option<Vec<u8>>,
    /// How the file is encoded for transfer.
    pub encoding: Encoding,
    /// Another name for the file.
    pub file_name: Option<String>,
    /// Another media type for the file.
    pub media_type: Option<String>,
    /// Sign around the content (`smime.p7m`) instead of beside it.
    pub opaque: bool,
}

/// A transfer encoding (RFC 2045, section 6).
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Encoding {
    /// *base64*.
    #[default]
    Base64,
    /// *quoted-printable*.
    QuotedPrintable,
    /// *8bit*: as it is.
    Plain,
}

impl Encoding {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Base64 => "base64",
            Self::QuotedPrintable => "quoted-printable",
            Self::Plain => "8bit",
        }
    }
}
