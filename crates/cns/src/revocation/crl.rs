//! Revocation lists (RFC 5280, sections 5 and 6.3).
//!
//! Lists of authorities have megabytes, so they are walked through and never made into values. Lists of changes (delta)
//! and lists of other issuers (indirect) are not read: what they cannot answer, the complete list or OCSP answers.

use jiff::Timestamp;
use webpki::BorrowedCertRevocationList;
use x509_cert::der::{AnyRef, Choice, Decode, Encode, Error, Reader, Tag, Tagged};
use x509_cert::ext::pkix::crl::dp::IssuingDistributionPoint;
use x509_cert::ext::pkix::name::DistributionPointName;
use x509_cert::time::Time;

use super::places::distribution_points;
use super::{RevocationReason, Status};
use crate::asn1::{content, signed, timestamp};
use crate::card::CertificateOf;
use crate::chain::Link;
use crate::policy::Policy;
use crate::signature;

/// Why a revocation list cannot be relied upon.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CrlError {
    /// It cannot be read.
    #[error("the revocation list cannot be read")]
    Unreadable(#[from] Error),
    /// It cannot be read, or uses what is not supported.
    #[error("the revocation list cannot be used")]
    Unsupported(#[source] webpki::Error),
    /// It is of another authority.
    #[error("the revocation list is of another authority")]
    AboutOthers,
    /// It does not cover certificates of this kind.
    #[error("the revocation list does not cover the certificate")]
    Scope,
    /// The issuer may not sign revocation lists.
    #[error("the issuer is not entitled to sign revocation lists")]
    Usage,
    /// The signature is wrong, or made in a way that is not accepted, such as with SHA-1.
    #[error("the signature of the revocation list is not good")]
    Signature(#[source] webpki::Error),
    /// It is from the future.
    #[error("the revocation list is valid from {from} only")]
    NotYetValid {
        /// From when.
        from: Timestamp,
    },
    /// It is too old.
    #[error("the revocation list was valid until {until}")]
    Stale {
        /// Until when.
        until: Timestamp,
    },
}

pub(super) fn read(bytes: &[u8], link: &Link, policy: &Policy, now: Timestamp) -> Result<Status, CrlError> {
    let signed = signed(bytes)?;
    let head = head(signed.body)?;
    let list = BorrowedCertRevocationList::from_der(bytes).map_err(CrlError::Unsupported)?;
    let list = webpki::CertRevocationList::from(list);
    if head.issuer != link.issuer.tbs_certificate.subject.to_der()? {
        return Err(CrlError::AboutOthers);
    }
    check_usage(link)?;
    signature::verify(&link.issuer_der, &signed).map_err(CrlError::Signature)?;
    check_time(&head, policy, now)?;
    check_scope(list.issuing_distribution_point(), link)?;
    // As encoded, with the zero that keeps a number positive: the list is searched octet by octet.
    let serial = link.certificate.tbs_certificate.serial_number.to_der()?;
    let entry = list.find_serial(AnyRef::from_der(&serial)?.value()).map_err(CrlError::Unsupported)?;
    Ok(match entry {
        None => Status::Good,
        Some(entry) => Status::Revoked {
            since: timestamp(std::time::Duration::from_secs(entry.revocation_date.as_secs())),
            reason: entry.reason_code.map(|reason| RevocationReason::from(reason as u8)),
        },
    })
}

/// The first fields of `TBSCertList`.
pub(super) struct Head {
    /// The name with tag and length.
    issuer: Vec<u8>,
    this_update: Timestamp,
    pub next_update: Timestamp,
}

/// Reads who issued a list and for which time, without believing it.
pub(super) fn head(body: &[u8]) -> Result<Head, Error> {
    let mut reader = content(body)?;
    // Version 2 is the only one with extensions, and the only one that authorities issue.
    u8::decode(&mut reader)?;
    AnyRef::decode(&mut reader)?.tag().assert_eq(Tag::Sequence)?;
    let issuer = reader.tlv_bytes()?.to_vec();
    let this_update = timestamp(Time::decode(&mut reader)?.to_unix_duration());
    let next = reader.peek_header()?.tag;
    // A list without an end would let whoever keeps back its successors hide every later revocation.
    if !Time::can_decode(next) {
        return Err(next.value_error());
    }
    let next_update = timestamp(Time::decode(&mut reader)?.to_unix_duration());
    Ok(Head { issuer, this_update, next_update })
}

fn check_usage(link: &Link) -> Result<(), CrlError> {
    let usage = link.issuer.tbs_certificate.get::<x509_cert::ext::pkix::KeyUsage>()?;
    match usage {
        Some((_, usage)) if !usage.crl_sign() => Err(CrlError::Usage),
        _ => Ok(()),
    }
}

fn check_time(head: &Head, policy: &Policy, now: Timestamp) -> Result<(), CrlError> {
    if now.duration_until(head.this_update) > policy.clock_skew {
        return Err(CrlError::NotYetValid { from: head.this_update });
    }
    if head.next_update.duration_until(now) > policy.clock_skew {
        return Err(CrlError::Stale { until: head.next_update });
    }
    Ok(())
}

/// Whether the list covers the certificate (section 6.3.3, step b.2).
fn check_scope(scope: Option<&[u8]>, link: &Link) -> Result<(), CrlError> {
    let Some(bytes) = scope else { return Ok(()) };
    let scope = IssuingDistributionPoint::from_der(bytes)?;
    let other_kind = match link.of {
        CertificateOf::Card => scope.only_contains_ca_certs,
        CertificateOf::Authority => scope.only_contains_user_certs,
    };
    let partial = scope.indirect_crl || scope.only_contains_attribute_certs || scope.only_some_reasons.is_some();
    let named = match scope.distribution_point {
        None => true,
        Some(DistributionPointName::FullName(names)) => {
            let wanted = distribution_points(&link.certificate);
            names.iter().any(|name| wanted.contains(name))
        }
        Some(DistributionPointName::NameRelativeToCRLIssuer(_)) => false,
    };
    if other_kind || partial || !named { Err(CrlError::Scope) } else { Ok(()) }
}
