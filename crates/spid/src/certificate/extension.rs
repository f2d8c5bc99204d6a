//! The three extensions of a service provider's certificate, no more (avviso SPID n. 29 v3).

use x509_cert::der::asn1::{Any, ObjectIdentifier, OctetString, Utf8StringRef};
use x509_cert::der::oid::AssociatedOid;
use x509_cert::der::{self, Encode};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::certpolicy::{PolicyInformation, PolicyQualifierInfo};
use x509_cert::ext::pkix::{BasicConstraints, CertificatePolicies, KeyUsage, KeyUsages};

use super::subject::Sector;

/// `agIDcert`: certificates within AgID's scope.
pub(super) const AGID_CERT: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.76.16.6");
/// Service providers of the public sector.
pub(super) const SP_PUBLIC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.76.16.4.2.1");
/// Service providers of the private sector.
pub(super) const SP_PRIVATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.76.16.4.3.1");
/// The qualifier of a policy that is shown to people (`id-qt-unotice`, RFC 5280 section 4.2.1.4).
const USER_NOTICE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.2.2");

impl Sector {
    /// The policy that a certificate of this sector declares.
    pub(super) fn policy(self) -> ObjectIdentifier {
        match self {
            Self::Public => SP_PUBLIC,
            Self::Private => SP_PRIVATE,
        }
    }

    /// The words that go with the policy.
    pub(super) fn policy_text(self) -> &'static str {
        match self {
            Self::Public => "cert_SP_Pub",
            Self::Private => "cert_SP_Priv",
        }
    }
}

/// The words that go with [`AGID_CERT`].
pub(super) const AGID_CERT_TEXT: &str = "agIDcert";

/// Basic constraints (no authority, not critical), key usage (critical), policies.
pub(super) fn extensions(sector: Sector) -> der::Result<Vec<Extension>> {
    let constraints = BasicConstraints { ca: false, path_len_constraint: None };
    let usage = KeyUsage(KeyUsages::DigitalSignature | KeyUsages::NonRepudiation);
    let policies =
        CertificatePolicies(vec![policy(AGID_CERT, AGID_CERT_TEXT)?, policy(sector.policy(), sector.policy_text())?]);
    Ok(vec![extension(&constraints, false)?, extension(&usage, true)?, extension(&policies, false)?])
}

fn extension<T: Encode + AssociatedOid>(content: &T, critical: bool) -> der::Result<Extension> {
    Ok(Extension { extn_id: T::OID, critical, extn_value: OctetString::new(content.to_der()?)? })
}

/// A policy with one notice: `SEQUENCE { SEQUENCE { explicitText } }`.
fn policy(identifier: ObjectIdentifier, text: &str) -> der::Result<PolicyInformation> {
    let notice = vec![Any::from(Utf8StringRef::new(text)?)];
    let qualifier = Any::encode_from(&notice)?;
    Ok(PolicyInformation {
        policy_identifier: identifier,
        policy_qualifiers: Some(vec![PolicyQualifierInfo {
            policy_qualifier_id: USER_NOTICE,
            qualifier: Some(qualifier),
        }]),
    })
}
