//! What is accepted as a card, and how fresh its revocation data must be.

use jiff::SignedDuration;
use x509_cert::der::asn1::ObjectIdentifier;

use crate::card::CardKind;
use crate::oid;

/// The rules under which a card signs somebody in.
///
/// There is no rule to leave the check of revocation out: a stolen card whose theft was reported must not open a door.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Policy {
    /// Certificate policies that make a certificate a card, and the kind that each stands for. The first one of this
    /// list that a certificate has decides.
    pub accepted: Vec<(ObjectIdentifier, CardKind)>,
    /// The least length of an RSA key, in bits.
    pub minimum_rsa_bits: u32,
    /// Which revocation data is asked for, in which order.
    pub order: RevocationOrder,
    /// Refuse OCSP answers that do not repeat the nonce. Most responders of authorities prepare their answers in
    /// advance and cannot; an answer with a *wrong* nonce is always refused.
    pub require_nonce: bool,
    /// How far clocks may be apart.
    pub clock_skew: SignedDuration,
    /// How old an OCSP answer may be that does not say when the next one comes.
    pub ocsp_age: SignedDuration,
    /// How long a revocation list is used before it is fetched again. When that fails, it is used until it expires.
    pub crl_age: SignedDuration,
    /// The largest revocation list that is read, in octets.
    pub largest_crl: usize,
    /// How long a trust list serves after its own expiry.
    pub trust_list_grace: SignedDuration,
}

/// Which revocation data is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RevocationOrder {
    /// OCSP, and the revocation list when no responder gives a usable answer.
    OcspThenCrl,
    /// The revocation list, and OCSP when there is no usable one.
    CrlThenOcsp,
    /// OCSP alone.
    OcspOnly,
    /// Revocation lists alone.
    CrlOnly,
}

impl Default for Policy {
    /// All kinds of cards, RSA from 2048 bits, OCSP before revocation lists, five minutes of skew.
    fn default() -> Self {
        Self {
            accepted: vec![
                (oid::CIE, CardKind::Cie),
                (oid::CRS_LOMBARDIA, CardKind::RegionalCard),
                (oid::CRS_LOMBARDIA_2, CardKind::RegionalCard),
                (oid::CNS, CardKind::Cns),
            ],
            minimum_rsa_bits: 2048,
            order: RevocationOrder::OcspThenCrl,
            require_nonce: false,
            clock_skew: SignedDuration::from_mins(5),
            ocsp_age: SignedDuration::from_hours(1),
            crl_age: SignedDuration::from_hours(1),
            largest_crl: 64 << 20,
            trust_list_grace: SignedDuration::ZERO,
        }
    }
}
