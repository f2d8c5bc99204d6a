//! What was odd about a message that was read all the same.

use std::fmt;

/// A deviation from the technical rules that reading survived. None of them makes a receipt invalid; each is worth a
/// line in the log, because the next one of its provider may be worse.
///
/// Not to be taken for an [`Anomaly`](crate::Anomaly), the *busta di anomalia* of the rules.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Irregularity {
    /// An element or attribute that the DTD demands is missing, or empty.
    Missing(&'static str),
    /// An element stands there more than once; the first was taken.
    Repeated(&'static str),
    /// A value that the DTD does not know; it was taken for the least that it can mean.
    UnknownValue {
        /// The element or attribute.
        field: &'static str,
        /// What stands there, shortened.
        value: String,
    },
    /// The time zone is missing or unreadable: the time was taken for legal time in Italy (Europe/Rome).
    AssumedZone,
    /// The certified time is missing or unreadable: the `Date` of the header was taken, which nobody signed.
    AssumedTime,
    /// A date or an hour in another notation than the DTD's.
    TimeNotation(String),
    /// Text where only elements belong, or characters that XML cannot hold.
    StrayText,
    /// An ampersand that begins no reference.
    BareAmpersand,
    /// A byte order mark before the XML.
    ByteOrderMark,
    /// The octets are in another encoding than the declared one, or than UTF-8 when none is.
    Encoding(&'static str),
    /// A reference to a DTD, which was not followed.
    DocumentType,
    /// The certification data is in a file of another name than `daticert.xml`; `None` without any.
    FileName(Option<String>),
    /// The certification data is of another media type than XML.
    MediaType(String),
    /// `X-Riferimento-Message-ID`, which is not signed, names another message than the signed `msgid`; that one counts.
    Reference {
        /// What the header says.
        header: String,
        /// What is signed.
        certified: String,
    },
    /// `X-Ricevuta` or `X-Trasporto`, which are not signed, name another type than the signed data; that one counts.
    Kind {
        /// What the header says.
        header: String,
        /// What is signed.
        certified: &'static str,
    },
    /// `X-VerificaSicurezza` speaks of malicious content, and the signed data do not.
    UnsignedVirusMark,
    /// The signature encloses its own content (`smime.p7m`) instead of standing beside it.
    OpaqueSignature,
}

impl Irregularity {
    /// A name that never changes, for programs.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Missing(_) => "missing",
            Self::Repeated(_) => "repeated",
            Self::UnknownValue { .. } => "unknown-value",
            Self::AssumedZone => "assumed-zone",
            Self::AssumedTime => "assumed-time",
            Self::TimeNotation(_) => "time-notation",
            Self::StrayText => "stray-text",
            Self::BareAmpersand => "bare-ampersand",
            Self::ByteOrderMark => "byte-order-mark",
            Self::Encoding(_) => "encoding",
            Self::DocumentType => "document-type",
            Self::FileName(_) => "file-name",
            Self::MediaType(_) => "media-type",
            Self::Reference { .. } => "reference",
            Self::Kind { .. } => "kind",
            Self::UnsignedVirusMark => "unsigned-virus-mark",
            Self::OpaqueSignature => "opaque-signature",
        }
    }
}

impl fmt::Display for Irregularity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(field) => write!(f, "{field} is missing"),
            Self::Repeated(field) => write!(f, "{field} is repeated; the first counts"),
            Self::UnknownValue { field, value } => write!(f, "{field} has an unknown value: {value:?}"),
            Self::AssumedZone => f.write_str("no time zone is given; Europe/Rome was assumed"),
            Self::AssumedTime => {
                f.write_str("no certified time is given; the header's date was taken, which is not signed")
            }
            Self::TimeNotation(text) => write!(f, "the time is written in another notation: {text:?}"),
            Self::StrayText => f.write_str("there are stray characters in the certification data"),
            Self::BareAmpersand => f.write_str("there is a bare ampersand in the certification data"),
            Self::ByteOrderMark => f.write_str("the certification data begin with a byte order mark"),
            Self::Encoding(found) => write!(f, "the certification data are {found}, whatever they declare"),
            Self::DocumentType => f.write_str("the certification data refer to a DTD, which was not followed"),
            Self::FileName(Some(name)) => write!(f, "the certification data are in a file named {name:?}"),
            Self::FileName(None) => f.write_str("the certification data are in a part without a name"),
            Self::MediaType(essence) => write!(f, "the certification data are of media type {essence:?}"),
            Self::Reference { header, certified } => {
                write!(f, "the header refers to <{header}>, the signed data to <{certified}>, which counts")
            }
            Self::Kind { header, certified } => {
                write!(f, "the header says {header:?}, the signed data {certified:?}, which counts")
            }
            Self::UnsignedVirusMark => f.write_str("the header speaks of malicious content, the signed data do not"),
            Self::OpaqueSignature => f.write_str("the signature encloses its content"),
        }
    }
}
