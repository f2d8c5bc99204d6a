//! The card as its certificate describes it.

mod error;
mod profile;
mod subject;

use italia::PersonalCode;
use jiff::Timestamp;
use x509_cert::Certificate;

pub use error::{CardError, CertificateOf};
pub use profile::ProfileError;
pub use subject::SubjectError;

use crate::asn1::timestamp;
use crate::policy::Policy;

/// Who holds the card, and which card it is. A value of this type has passed
/// [`verify`](crate::verify()).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Card {
    /// The holder's tax code, with its check character right. Omocodic codes are as good as others.
    pub tax_code: PersonalCode,
    /// The number of the card, as printed on it: 16 digits on a CNS.
    pub card_id: String,
    /// Which family the card belongs to.
    pub kind: CardKind,
    /// The authority that issued the certificate, as a distinguished name (RFC 4514).
    pub issuer: String,
    /// The body that gave the card out (*ente emettitore*), from the first organizational unit.
    pub issuing_body: Option<String>,
    /// The holder's given name, when the certificate tells it.
    pub given_name: Option<String>,
    /// The holder's surname, when the certificate tells it.
    pub surname: Option<String>,
    /// The serial number of the certificate, hexadecimal in lower case.
    pub serial: String,
    /// Until when the certificate is valid.
    pub not_after: Timestamp,
}

/// The family of a card.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CardKind {
    /// Carta Nazionale dei Servizi, the health card (TS-CNS) included.
    Cns,
    /// A card of a region that is equivalent to the CNS: the Carta Regionale dei Servizi of Lombardy.
    RegionalCard,
    /// Carta d'identità elettronica, read through its own chip rather than through the identity provider of the State.
    Cie,
}

impl std::fmt::Debug for Card {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Card")
            .field("tax_code", &self.tax_code)
            .field("kind", &self.kind)
            .field("issuer", &self.issuer)
            .field("issuing_body", &self.issuing_body)
            .field("not_after", &self.not_after)
            .finish_non_exhaustive()
    }
}

/// Reads the card out of a certificate whose chain has been verified.
pub(crate) fn read(certificate: &Certificate, policy: &Policy) -> Result<Card, CardError> {
    profile::check_usage(certificate)?;
    let kind = profile::kind(certificate, policy)?;
    profile::check_key(certificate, policy)?;
    let body = &certificate.tbs_certificate;
    let subject = subject::read(&body.subject)?;
    Ok(Card {
        tax_code: subject.tax_code,
        card_id: subject.card_id,
        kind,
        issuer: body.issuer.to_string(),
        issuing_body: subject.issuing_body,
        given_name: subject.given_name,
        surname: subject.surname,
        serial: hexadecimal(body.serial_number.as_bytes()),
        not_after: timestamp(body.validity.not_after.to_unix_duration()),
    })
}

fn hexadecimal(number: &[u8]) -> String {
    let significant = number.iter().skip_while(|octet| **octet == 0);
    significant.map(|byte| format!("{byte:02x}")).collect()
}
