//! Reading what arrives in a mailbox.

mod bounce;
mod compare;
mod envelope;
mod receipt;

use jiff::Timestamp;

pub use bounce::{Bounce, BounceAction, BouncedRecipient};
pub use compare::Comparison;
pub use envelope::{Anomaly, Enclosed, Envelope};
pub use receipt::{DelayNotice, Receipt, ReceiptType};

use crate::certification::{CertificationData, CertificationError, ErrorKind};
use crate::mime::{Entity, StructureError};
use crate::signature::{self, Examined, SignatureState};
use crate::wire::{self, CertifiedType};
use crate::{Irregularity, Mail, TrustAnchors};

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
/// The kind of a receipt and the message that it is about are taken from the signed certification data, never from the
/// subject, and from the outer header only where the signed data are silent. What is odd and could be read all the same
/// is listed as [`Irregularity`]. The certificate of the signer is judged at `now`.
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
    match certification(message, &signed, marked)? {
        Some(data) if data.kind == CertifiedType::Envelope => envelope::envelope(message, &signed, data, state),
        Some(data) => Ok(Incoming::Receipt(Box::new(Receipt::new(message, &signed, data, state)))),
        None if message.headers.is(wire::TRANSPORT_HEADER, wire::FAILED_TRANSPORT) => {
            envelope::anomaly(message, &signed, state)
        }
        None if marked => Err(ReadError::NoCertification),
        // A person's own S/MIME signature: the mail is read, its signature is not our business.
        None => Ok(uncertified(message)),
    }
}

/// The certification data among the parts of the signed content; enclosed messages are not searched, because the
/// original message may itself carry somebody else's receipt.
fn certification(
    message: &Entity<'_>,
    signed: &Entity<'_>,
    marked: bool,
) -> Result<Option<CertificationData>, ReadError> {
    let mut files = leaves(signed, is_named_as_certification);
    if files.is_empty() && marked {
        files = leaves(signed, looks_like_certification);
    }
    let file = match files.as_slice() {
        [] => return Ok(None),
        [file] => *file,
        _ => return Err(ReadError::SeveralCertifications),
    };
    let mut data = CertificationData::read(&file.decoded(), message.headers.date("Date"))?;
    let name = file.headers.file_name();
    if name.as_deref() != Some(wire::CERTIFICATION_FILE) {
        data.irregularities.push(Irregularity::FileName(name));
    }
    let media = file.headers.media_type();
    if !["application/xml", "text/xml"].contains(&media.essence()) {
        data.irregularities.push(Irregularity::MediaType(media.essence().to_owned()));
    }
    if signature::is_opaque(message) {
        data.irregularities.push(Irregularity::OpaqueSignature);
    }
    data.irregularities.extend(contradictions(message, &data));
    Ok(Some(data))
}

fn leaves<'s, 'a>(signed: &'s Entity<'a>, wanted: fn(&Entity<'_>) -> bool) -> Vec<&'s Entity<'a>> {
    let mut found = Vec::new();
    signed.walk(&mut |part| {
        if part.parts().is_empty() && wanted(part) {
            found.push(part);
        }
    });
    found
}

fn is_named_as_certification(part: &Entity<'_>) -> bool {
    let names = [wire::CERTIFICATION_FILE, wire::TRANSLATED_FILE];
    part.headers.file_name().is_some_and(|name| names.iter().any(|known| name.eq_ignore_ascii_case(known)))
}

/// A part without a usable name, as some gateways leave it.
fn looks_like_certification(part: &Entity<'_>) -> bool {
    let media = part.headers.media_type();
    media.essence().ends_with("xml") && part.decoded().windows(10).any(|window| window == b"<postacert")
}

/// Where the outer header, which nobody signed, says another thing than the signed data.
fn contradictions(message: &Entity<'_>, data: &CertificationData) -> Vec<Irregularity> {
    let mut found = Vec::new();
    let certified = data.kind.as_str();
    for name in [wire::RECEIPT_HEADER, wire::TRANSPORT_HEADER] {
        if let Some(header) = message.headers.text(name).filter(|text| !text.eq_ignore_ascii_case(certified)) {
            found.push(Irregularity::Kind { header, certified });
        }
    }
    if let (Some(header), Some(certified)) = (message.headers.id(wire::REFERENCE_HEADER), &data.message_id)
        && header != *certified
    {
        let (header, certified) = (header.as_str().to_owned(), certified.as_str().to_owned());
        found.push(Irregularity::Reference { header, certified });
    }
    let marked = message.headers.is(wire::SECURITY_HEADER, wire::SECURITY_FAILED);
    if marked && data.error != ErrorKind::Virus {
        found.push(Irregularity::UnsignedVirusMark);
    }
    found
}

fn uncertified(message: &Entity<'_>) -> Incoming {
    match bounce::bounce(message) {
        Some(bounce) => Incoming::Bounce(Box::new(bounce)),
        None => Incoming::Ordinary(Box::new(Mail::from_entity(message))),
    }
}

#[cfg(test)]
mod tests;
