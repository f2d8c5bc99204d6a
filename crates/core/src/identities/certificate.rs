//! Our signing certificate: made from what the tenant says of itself, and examined.

use spid::certificate::{
    CertificateError, CertificateFinding, GenerateError, KeySize, OrganizationIdentifier, SpCertificate, Subject,
    SubjectError, Validity, check,
};
use spid::metadata::sp::{Party, Profile};

use super::SpidFile;
use super::config::entity_id_of;
use crate::tenancy::Tenant;
use crate::texts::Language;

/// Why no certificate was made.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// The tenant has no `[spid]`.
    #[error("the tenant has no [spid] in its tenant.toml")]
    Off,
    /// The profile names no IPA code, VAT number or tax code.
    #[error("[spid.profile] names no IPA code, VAT number or tax code of 16 characters")]
    NoIdentifier,
    /// The subject cannot stand in a certificate.
    #[error("the subject cannot stand in a certificate")]
    Subject(#[from] SubjectError),
    /// The key or the certificate cannot be made.
    #[error("the certificate cannot be made")]
    Generate(#[from] GenerateError),
}

/// Makes a key and a self-signed certificate by avviso 29 for a tenant at its address.
///
/// # Errors
/// [`MakeError`].
pub fn make(tenant: &Tenant, base: &str, validity: Validity, serial: [u8; 16]) -> Result<SpCertificate, MakeError> {
    let file = tenant.spid.as_ref().ok_or(MakeError::Off)?;
    let owner = tenant.owner.get(Language::Italian);
    let subject = Subject::new(owner, owner, &entity_id_of(file, base), identifier(file)?, &file.locality)?;
    Ok(SpCertificate::self_signed(&subject, KeySize::Bits3072, validity, serial)?)
}

/// What is wrong with a certificate for this tenant at its address.
///
/// # Errors
/// [`CertificateError`] when the bytes are no certificate at all.
pub fn examine(
    file: &SpidFile,
    base: &str,
    certificate: &[u8],
    now: jiff::Timestamp,
) -> Result<Vec<CertificateFinding>, CertificateError> {
    let sector = identifier(file).map_or(spid::certificate::Sector::Public, |identifier| identifier.sector());
    check(certificate, sector, Some(&entity_id_of(file, base)), now)
}

fn identifier(file: &SpidFile) -> Result<OrganizationIdentifier, MakeError> {
    let party = party(&file.profile);
    let ipa = party.ipa_code.as_ref().map(|code| format!("PA:IT-{code}"));
    let vat = party.vat_number.as_ref().map(|number| format!("VATIT-{}", number.trim_start_matches("IT")));
    let person = party.fiscal_code.as_ref().map(|code| format!("CF:IT-{code}"));
    let text = ipa.or(vat).or(person).ok_or(MakeError::NoIdentifier)?;
    Ok(text.parse()?)
}

/// Who answers for the metadata.
fn party(profile: &Profile) -> &Party {
    match profile {
        Profile::SpidPublic { party } | Profile::SpidPrivate { party, .. } => party,
        Profile::SpidIntermediary { intermediary, .. } => intermediary,
        Profile::CiePublic { administrative, .. } | Profile::CiePrivate { administrative, .. } => &administrative.party,
    }
}
