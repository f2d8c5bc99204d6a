//! What a card's certificate shall say, right or wrong.

use italia::PersonalCode;
use jiff::{SignedDuration, Timestamp};
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::der::asn1::{Ia5String, ObjectIdentifier, Utf8StringRef};
use x509_cert::der::{Any, Tag};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::certpolicy::{CertificatePolicies, PolicyInformation, PolicyQualifierInfo};
use x509_cert::ext::pkix::{ExtendedKeyUsage, KeyUsage, KeyUsages};
use x509_cert::name::Name;

use super::build::{EXTENDED_KEY_USAGE, KEY_USAGE, extension, places, sequence};
use super::{IssueError, KeyKind, Places};
use crate::oid;

const CERTIFICATE_POLICIES: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.32");
const USER_NOTICE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.2.2");
const CPS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.2.1");
const EMAIL_PROTECTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.4");
const COUNTRY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.6");
/// The notice that the profile of the CNS prescribes, word for word.
const CNS_NOTICE: &str = "Identifies X.509 authentication certificates issued for the italian National Service Card \
(CNS) project in according to the italian regulation";

/// A text of the subject with its string type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Text {
    /// The octets of the value.
    pub octets: Vec<u8>,
    /// The string type.
    pub tag: Tag,
}

impl Text {
    /// A UTF8String.
    #[must_use]
    pub fn utf8(text: &str) -> Self {
        Self { octets: text.as_bytes().to_vec(), tag: Tag::Utf8String }
    }
}

/// What the certificate of a card shall say. The constructors give cards as they are; tests bend single fields.
#[derive(Clone, Debug)]
pub struct CardSpec {
    /// The common names: one on every card.
    pub common_names: Vec<Text>,
    /// The body that gives the card out.
    pub issuing_body: Option<String>,
    /// The holder's given name.
    pub given_name: Option<String>,
    /// The holder's surname.
    pub surname: Option<String>,
    /// The certificate policies.
    pub policies: Vec<ObjectIdentifier>,
    /// The usage of the key; empty leaves the extension out.
    pub key_usage: Vec<KeyUsages>,
    /// Whether the usage is critical, as on every card.
    pub is_key_usage_critical: bool,
    /// The extended usage; empty leaves the extension out.
    pub extended_key_usage: Vec<ObjectIdentifier>,
    /// From when to when the certificate is valid.
    pub valid: (Timestamp, Timestamp),
    /// The kind of the card's key.
    pub key: KeyKind,
}

impl CardSpec {
    /// A Carta Nazionale dei Servizi, valid for six years from `now`.
    #[must_use]
    pub fn cns(tax_code: &PersonalCode, card_id: &str, now: Timestamp) -> Self {
        Self::with_common_name(&common_name(tax_code.as_str(), card_id), now)
    }

    /// The same with any common name.
    #[must_use]
    pub fn with_common_name(common_name: &str, now: Timestamp) -> Self {
        Self {
            common_names: vec![Text::utf8(common_name)],
            issuing_body: Some("Regione di Prova".to_owned()),
            given_name: None,
            surname: None,
            policies: vec![oid::CNS],
            key_usage: vec![KeyUsages::DigitalSignature],
            is_key_usage_critical: true,
            extended_key_usage: vec![oid::CLIENT_AUTH],
            valid: (
                now.checked_sub(SignedDuration::from_hours(24)).unwrap_or(now),
                now.checked_add(SignedDuration::from_hours(24 * 365 * 6)).unwrap_or(now),
            ),
            key: KeyKind::P256,
        }
    }

    /// The same with the holder's names.
    #[must_use]
    pub fn named(mut self, given_name: &str, surname: &str) -> Self {
        self.given_name = Some(given_name.to_owned());
        self.surname = Some(surname.to_owned());
        self
    }

    /// The same as a regional card of Lombardy.
    #[must_use]
    pub fn regional(mut self) -> Self {
        self.policies = vec![oid::CRS_LOMBARDIA];
        self
    }

    /// The same as an electronic identity card.
    #[must_use]
    pub fn cie(mut self) -> Self {
        self.policies = vec![oid::CIE];
        self
    }

    /// The same as the signing certificate on the same card, which nobody may sign in with.
    #[must_use]
    pub fn signing(mut self) -> Self {
        self.key_usage = vec![KeyUsages::NonRepudiation];
        self.extended_key_usage = vec![EMAIL_PROTECTION];
        self
    }

    /// The same as commercial authorities sell it: alike, but without the policy.
    #[must_use]
    pub fn without_policy(mut self) -> Self {
        self.policies = vec![ObjectIdentifier::new_unwrap("1.3.6.1.4.1.55555.1")];
        self
    }

    pub(super) fn subject(&self) -> Result<Name, IssueError> {
        let text = |oid, text: &str| -> Result<AttributeTypeAndValue, IssueError> {
            Ok(AttributeTypeAndValue { oid, value: Any::encode_from(&Utf8StringRef::new(text)?)? })
        };
        let mut attributes = vec![text(COUNTRY, "IT")?];
        let named = [
            (oid::ORGANIZATIONAL_UNIT, &self.issuing_body),
            (oid::SURNAME, &self.surname),
            (oid::GIVEN_NAME, &self.given_name),
        ];
        for (oid, value) in named {
            if let Some(value) = value {
                attributes.push(text(oid, value)?);
            }
        }
        for common_name in &self.common_names {
            let value = Any::new(common_name.tag, common_name.octets.clone())?;
            attributes.push(AttributeTypeAndValue { oid: oid::COMMON_NAME, value });
        }
        sequence(attributes)
    }

    pub(super) fn extensions(&self, at: &Places) -> Result<Vec<Extension>, IssueError> {
        let mut extensions = places(at.ocsp.as_deref(), at.crl.as_deref())?;
        if let Some(usage) = self.key_usage.iter().copied().map(Into::into).reduce(|all, one: FlagSet| all | one) {
            extensions.push(extension(KEY_USAGE, self.is_key_usage_critical, &KeyUsage(usage))?);
        }
        if !self.extended_key_usage.is_empty() {
            let usage = ExtendedKeyUsage(self.extended_key_usage.clone());
            extensions.push(extension(EXTENDED_KEY_USAGE, false, &usage)?);
        }
        if !self.policies.is_empty() {
            let policies = self.policies.iter().copied().map(policy).collect::<Result<_, _>>()?;
            extensions.push(extension(CERTIFICATE_POLICIES, false, &CertificatePolicies(policies))?);
        }
        Ok(extensions)
    }
}

type FlagSet = x509_cert::der::flagset::FlagSet<KeyUsages>;

/// The common name of a card. The digest has a slash and a plus, as base64 has them.
#[must_use]
fn common_name(tax_code: &str, card_id: &str) -> String {
    format!("{tax_code}/{card_id}.i1ZpZfaCX/eKyikBfnF8to+M2T8=")
}

fn policy(oid: ObjectIdentifier) -> Result<PolicyInformation, IssueError> {
    let notice = x509_cert::ext::pkix::certpolicy::UserNotice {
        notice_ref: None,
        explicit_text: Some(x509_cert::ext::pkix::certpolicy::DisplayText::Utf8String(CNS_NOTICE.to_owned())),
    };
    let cps = Ia5String::new("https://prova.example/cps")?;
    let qualifiers = vec![
        PolicyQualifierInfo { policy_qualifier_id: USER_NOTICE, qualifier: Some(Any::encode_from(&notice)?) },
        PolicyQualifierInfo { policy_qualifier_id: CPS, qualifier: Some(Any::encode_from(&cps)?) },
    ];
    Ok(PolicyInformation { policy_identifier: oid, policy_qualifiers: Some(qualifiers) })
}
