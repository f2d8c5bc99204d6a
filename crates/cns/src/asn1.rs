//! The little ASN.1 that this crate reads by hand: what was signed must be checked over the very bytes that arrived,
//! because writing a structure anew may change them.

use std::time::Duration;

use jiff::Timestamp;
use rustls_pki_types::UnixTime;
use x509_cert::der::asn1::BitStringRef;
use x509_cert::der::{AnyRef, Decode, Error, ErrorKind, Reader, SliceReader, Tag, Tagged};

/// The common shape of signed structures: `SEQUENCE { body, AlgorithmIdentifier, BIT STRING, … }`.
pub(crate) struct Signed<'a> {
    /// The signed octets, with tag and length.
    pub body: &'a [u8],
    /// The content of the AlgorithmIdentifier, without tag and length.
    pub algorithm: &'a [u8],
    /// The signature.
    pub signature: &'a [u8],
    /// What follows: the certificates of an OCSP response.
    pub rest: SliceReader<'a>,
}

pub(crate) fn signed(bytes: &[u8]) -> Result<Signed<'_>, Error> {
    let mut reader = content(bytes)?;
    let body = reader.tlv_bytes()?;
    let algorithm = AnyRef::decode(&mut reader)?;
    algorithm.tag().assert_eq(Tag::Sequence)?;
    let signature = BitStringRef::decode(&mut reader)?;
    let signature = signature.as_bytes().ok_or_else(|| Error::from(ErrorKind::Value { tag: Tag::BitString }))?;
    Ok(Signed { body, algorithm: algorithm.value(), signature, rest: reader })
}

/// A reader of what is inside of one SEQUENCE that fills `bytes`.
pub(crate) fn content(bytes: &[u8]) -> Result<SliceReader<'_>, Error> {
    let outer = AnyRef::from_der(bytes)?;
    outer.tag().assert_eq(Tag::Sequence)?;
    SliceReader::new(outer.value())
}

/// A moment as certificates write it. Those count whole seconds from 1970 to 9999, which is within ours.
pub(crate) fn timestamp(since_1970: Duration) -> Timestamp {
    i64::try_from(since_1970.as_secs())
        .ok()
        .and_then(|seconds| Timestamp::from_second(seconds).ok())
        .unwrap_or(Timestamp::MAX)
}

/// A moment as the path validation wants it; before 1970 nothing is valid.
pub(crate) fn unix_time(moment: Timestamp) -> UnixTime {
    UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(moment.as_second()).unwrap_or(0)))
}
