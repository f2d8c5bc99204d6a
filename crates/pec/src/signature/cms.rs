//! Verification of a CMS signature (RFC 5652) over S/MIME content (RFC 8551).

use std::borrow::Cow;

use aws_lc_rs::signature::UnparsedPublicKey;
use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use jiff::Timestamp;
use x509_cert::Certificate;
use x509_cert::der::asn1::{ObjectIdentifier, OctetString};
use x509_cert::der::{Any, AnyRef, Decode, Encode, Reader, SliceReader, Tag, Tagged};
use x509_cert::ext::pkix::SubjectKeyIdentifier;

use super::policy::{Digest, Key, RSA_PSS, verifier};
use super::{Examined, SignatureState, TrustAnchors, UntrustedReason, chain};

pub(crate) const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
pub(crate) const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
pub(crate) const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
pub(crate) const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");

pub(super) fn verify<'a>(
    content: &'a [u8],
    signature: &[u8],
    senders: &[String],
    trust: &TrustAnchors,
    now: Timestamp,
) -> Examined<'a> {
    let signed = match parse(signature) {
        Ok(signed) if signed.enclosed.is_none() => signed,
        other => {
            let why = other.err().unwrap_or_else(|| "the signature encloses its own content".to_owned());
            return Examined { state: SignatureState::Unsupported(why), content: Cow::Borrowed(content) };
        }
    };
    // The digest is over CRLF lines, but stores hand out LF or a mixture; a signer that hashed what it saw is also met.
    let mut untouched = judge(&signed, content, senders, trust, now);
    if untouched == SignatureState::Altered {
        let canonical = canonical(content);
        let state = judge(&signed, &canonical, senders, trust, now);
        if state != SignatureState::Altered {
            return Examined { state, content: Cow::Owned(canonical) };
        }
        untouched = state;
    }
    Examined { state: untouched, content: Cow::Borrowed(content) }
}

/// Opens a signature that encloses what it signs.
pub(super) fn open(
    signature: &[u8],
    senders: &[String],
    trust: &TrustAnchors,
    now: Timestamp,
) -> Result<Examined<'static>, String> {
    let mut signed = parse(signature)?;
    let content = signed.enclosed.take().ok_or_else(|| "the signature encloses nothing".to_owned())?;
    let state = judge(&signed, &content, senders, trust, now);
    Ok(Examined { state, content: Cow::Owned(content) })
}

/// Every line end as CRLF; carriage returns inside lines stay.
fn canonical(content: &[u8]) -> Vec<u8> {
    let mut lines = Vec::with_capacity(content.len() + content.len() / 40);
    for line in content.split_inclusive(|&byte| byte == b'\n') {
        match line.strip_suffix(b"\n") {
            Some(line) => {
                lines.extend_from_slice(line.strip_suffix(b"\r").unwrap_or(line));
                lines.extend_from_slice(b"\r\n");
            }
            None => lines.extend_from_slice(line),
        }
    }
    lines
}

struct Signed {
    signer: SignerInfo,
    certificates: Vec<Certificate>,
    enclosed: Option<Vec<u8>>,
}

fn parse(signature: &[u8]) -> Result<Signed, String> {
    let info = ContentInfo::from_der(signature)
        .or_else(|error| crate::ber::to_der(signature).ok_or(error).and_then(|der| ContentInfo::from_der(&der)))
        .map_err(|error| format!("the signature cannot be read: {error}"))?;
    if info.content_type != SIGNED_DATA {
        return Err("the signature part holds something else".to_owned());
    }
    let data: SignedData =
        info.content.decode_as().map_err(|error| format!("the signature cannot be read: {error}"))?;
    if data.encap_content_info.econtent_type != DATA {
        return Err("the signature is over something other than mail".to_owned());
    }
    let enclosed = data.encap_content_info.econtent.map(|content| content.decode_as::<OctetString>());
    let enclosed = enclosed.transpose().map_err(|error| format!("the enclosed content cannot be read: {error}"))?;
    let mut signers = data.signer_infos.0.into_vec();
    let (Some(signer), true) = (signers.pop(), signers.is_empty()) else {
        return Err("the signature has not exactly one signer".to_owned());
    };
    let choices = data.certificates.map(|set| set.0.into_vec()).unwrap_or_default();
    let certificates = choices
        .into_iter()
        .filter_map(|choice| match choice {
            CertificateChoices::Certificate(certificate) => Some(certificate),
            CertificateChoices::Other(_) => None,
        })
        .collect();
    Ok(Signed { signer, certificates, enclosed: enclosed.map(OctetString::into_bytes) })
}

fn judge(signed: &Signed, content: &[u8], senders: &[String], trust: &TrustAnchors, now: Timestamp) -> SignatureState {
    let Some(digest) = Digest::find(&signed.signer.digest_alg.oid) else {
        return SignatureState::Unsupported(format!("hash function {}", signed.signer.digest_alg.oid));
    };
    let Some(message) = signed_octets(&signed.signer, digest, content) else { return SignatureState::Altered };
    let Some(certificate) = signed.certificates.iter().find(|found| is_of(found, &signed.signer.sid)) else {
        return SignatureState::Untrusted { signer: None, reason: UntrustedReason::NoCertificate };
    };
    let identity = chain::identity(certificate);
    match check_key(certificate, &signed.signer, digest, &message) {
        Ok(true) => {}
        Ok(false) => return SignatureState::Altered,
        Err(why) => return SignatureState::Unsupported(why),
    }
    if digest.is_refused_by(trust.policy()) {
        let reason = UntrustedReason::Algorithm(digest.name);
        return SignatureState::Untrusted { signer: Some(identity), reason };
    }
    let others: Vec<&Certificate> = signed.certificates.iter().filter(|other| *other != certificate).collect();
    match chain::trust(certificate, &others, senders, trust, now) {
        Ok(()) => SignatureState::Valid { signer: identity },
        Err(reason) => SignatureState::Untrusted { signer: Some(identity), reason },
    }
}

/// What the signer's key signed: the signed attributes when their digest is the one of the content, or the content
/// itself when there are none. `None` when the content is not what was signed.
fn signed_octets(signer: &SignerInfo, digest: &Digest, content: &[u8]) -> Option<Vec<u8>> {
    let Some(attributes) = &signer.signed_attrs else { return Some(content.to_vec()) };
    let single = |oid: ObjectIdentifier| {
        let mut found = attributes.iter().filter(|attribute| attribute.oid == oid);
        let only = found.next().filter(|attribute| attribute.values.len() == 1)?;
        found.next().is_none().then(|| only.values.get(0)).flatten()
    };
    let kind: ObjectIdentifier = single(CONTENT_TYPE)?.decode_as().ok()?;
    let claimed: OctetString = single(MESSAGE_DIGEST)?.decode_as().ok()?;
    let computed = aws_lc_rs::digest::digest(digest.algorithm, content);
    (kind == DATA && claimed.as_bytes() == computed.as_ref()).then(|| attributes.to_der().ok()).flatten()
}

fn is_of(certificate: &Certificate, signer: &SignerIdentifier) -> bool {
    let body = &certificate.tbs_certificate;
    match signer {
        SignerIdentifier::IssuerAndSerialNumber(id) => {
            body.issuer == id.issuer && body.serial_number == id.serial_number
        }
        SignerIdentifier::SubjectKeyIdentifier(id) => {
            matches!(body.get::<SubjectKeyIdentifier>(), Ok(Some((_, found))) if found == *id)
        }
    }
}

fn check_key(certificate: &Certificate, signer: &SignerInfo, digest: &Digest, message: &[u8]) -> Result<bool, String> {
    let spki = &certificate.tbs_certificate.subject_public_key_info;
    let curve = spki.algorithm.parameters.as_ref().and_then(|any| any.decode_as::<ObjectIdentifier>().ok());
    let key = Key::find(&spki.algorithm.oid, curve).ok_or_else(|| format!("key type {}", spki.algorithm.oid))?;
    let algorithm = verifier(key, digest, &signer.signature_algorithm.oid)
        .ok_or_else(|| format!("signature algorithm {}", signer.signature_algorithm.oid))?;
    let declared = &signer.signature_algorithm;
    if declared.oid == RSA_PSS && salt_length(declared.parameters.as_ref()) != Some(digest.algorithm.output_len()) {
        return Err("RSA-PSS with a salt of unusual length".to_owned());
    }
    let public = spki.subject_public_key.as_bytes().ok_or_else(|| "a key that is no whole octets".to_owned())?;
    Ok(UnparsedPublicKey::new(algorithm, public).verify(message, signer.signature.as_bytes()).is_ok())
}

/// The salt length in RSASSA-PSS-params (RFC 4055, section 3.1): field 2, by default 20 octets.
fn salt_length(parameters: Option<&Any>) -> Option<usize> {
    let mut reader = SliceReader::new(parameters?.value()).ok()?;
    while !reader.is_finished() {
        let field = AnyRef::decode(&mut reader).ok()?;
        if matches!(field.tag(), Tag::ContextSpecific { number, .. } if number.value() == 2) {
            return u16::from_der(field.value()).ok().map(usize::from);
        }
    }
    Some(20)
}
