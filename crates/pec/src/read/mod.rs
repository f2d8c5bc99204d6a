//! Reading what arrives in a mailbox.

mod bounce;
mod envelope;
mod receipt;

use jiff::Timestamp;

pub use bounce::{Bounce, BounceAction, BouncedRecipient};
pub use envelope::{Anomaly, Enclosed, Envelope};
pub use receipt::{DelayNotice, Receipt, ReceiptType};

use crate::certification::{CertificationData, CertificationError};
use crate::mime::{Entity, StructureError};
use crate::signature::{self, Examined, SignatureState};
use crate::wire::{self, CertifiedType};
use crate::{Mail, TrustAnchors};

/// The largest message that is read, in bytes. PEC carries at most 30 MB; complete receipts and transfer encodings
/// add about a third.
pub const LARGEST_MESSAGE: usize = 64 * 1024 * 1024;

/// What a message turned out to be.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Incoming {
    /// A receipt or notice of the PEC circuit.
    Receipt(Box<Receipt>),
    /// A certified message from another PEC box (*busta di trasporto*).
    Envelope(Box<Envelope>),
    /// An ordinary or damaged message that a PEC provider wrapped to show that it certifies nothing
    /// (*busta di anomalia*).
    Anomaly(Box<Anomaly>),
    /// A delivery status notification (RFC 3464) about ordinary mail.
    Bounce(Box<Bounce>),
    /// A message from a person or program.
    Ordinary(Box<Mail>),
}

/// Why a message was not read. Keep its bytes: a person may still want to look.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// Larger than [`LARGEST_MESSAGE`].
    #[error("the message has {size} bytes, more than {LARGEST_MESSAGE}")]
    TooLarge {
        /// Its size in bytes.
        size: usize,
    },
    /// There is no header at all.
    #[error("the bytes are no message")]
    NoMessage,
    /// The structure exceeds its limits.
    #[error("the structure of the message is not acceptable")]
    Structure(#[from] StructureError),
    /// A field that decides what the message is stands in it more than once.
    #[error("the header field {0} is repeated")]
    RepeatedHeader(&'static str),
    /// A message that calls itself a receipt carries no certification data.
    #[error("the message calls itself certified but has no daticert.xml")]
    NoCertification,
    /// There are several certification files, so that none can be believed.
    #[error("the message has more than one daticert.xml")]
    SeveralCertifications,
    /// The certification data was not understood.
    #[error("the certification data cannot be read")]
    Certification(#[from] CertificationError),
    /// An envelope without the message that it should carry.
    #[error("the envelope carries no message")]
    EmptyEnvelope,
}

/// Fields of which a PEC message has at most one; a second one could show a different thing to somebody else.
const SINGLE: [&str; 8] = [
    "Content-Type",
    "Content-Transfer-Encoding",
    "From",
    wire::RECEIPT_HEADER,
    wire::TRANSPORT_HEADER,
    wire::REFERENCE_HEADER,
    wire::SECURITY_HEADER,
    wire::DETAIL_HEADER,
];

/// Reads a message as it lay in the mailbox.
///
/// The kind of a receipt is taken from the signed certification data, never from the subject and only as a marker from
/// the outer header. The certificate of the signer is judged at `now`.
///
/// # Errors
/// When the message exceeds a limit, or claims to be certified and is not readable as such.
pub fn read(bytes: &[u8], trust: &TrustAnchors, now: Timestamp) -> Result<Incoming, ReadError> {
    if bytes.len() > LARGEST_MESSAGE {
        return Err(ReadError::TooLarge { size: bytes.len() });
    }
    let message = Entity::parse(bytes)?;
    if message.headers.is_empty() {
        return Err(ReadError::NoMessage);
    }
    let marked = [wire::RECEIPT_HEADER, wire::TRANSPORT_HEADER].iter().any(|name| message.headers.count(name) > 0);
    if !marked && !signature::is_signed(&message) {
        return Ok(uncertified(&message));
    }
    read_marked(&message, marked, trust, now)
}

fn read_marked(
    message: &Entity<'_>,
    marked: bool,
    trust: &TrustAnchors,
    now: Timestamp,
) -> Result<Incoming, ReadError> {
    if let Some(name) = SINGLE.into_iter().find(|name| message.headers.count(name) > 1) {
        return Err(ReadError::RepeatedHeader(name));
    }
    let Examined { state, content } = if signature::is_signed(message) {
        signature::examine(message, trust, now)
    } else {
        Examined { state: SignatureState::Missing, content: message.raw.into() }
    };
    let signed = Entity::parse(&content)?;
    if message.headers.is(wire::TRANSPORT_HEADER, wire::FAILED_TRANSPORT) {
        return envelope::anomaly(message, &signed, state);
    }
    match certification(&signed)? {
        Some(data) if data.kind == CertifiedType::Envelope => envelope::envelope(message, &signed, data, state),
        Some(data) => Ok(Incoming::Receipt(Box::new(Receipt::new(message, &signed, data, state)))),
        None if marked => Err(ReadError::NoCertification),
        // A person's own S/MIME signature: the mail is read, its signature is not our business.
        None => Ok(uncertified(message)),
    }
}

/// The certification file among the parts of the signed content; enclosed messages are not searched, because the
/// original message may itself carry somebody else's receipt.
fn certification(signed: &Entity<'_>) -> Result<Option<CertificationData>, ReadError> {
    let mut files = Vec::new();
    signed.walk(&mut |part| {
        let name = part.headers.file_name();
        if part.parts().is_empty() && name.is_some_and(|name| name.eq_ignore_ascii_case(wire::CERTIFICATION_FILE)) {
            files.push(part);
        }
    });
    match files.as_slice() {
        [] => Ok(None),
        [file] => Ok(Some(CertificationData::read(&file.decoded())?)),
        _ => Err(ReadError::SeveralCertifications),
    }
}

fn uncertified(message: &Entity<'_>) -> Incoming {
    match bounce::bounce(message) {
        Some(bounce) => Incoming::Bounce(Box::new(bounce)),
        None => Incoming::Ordinary(Box::new(Mail::from_entity(message))),
    }
}

#[cfg(test)]
mod tests;
