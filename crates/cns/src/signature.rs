//! Signatures of authorities over revocation data, under the same rules as those over certificates.

use rustls_pki_types::CertificateDer;
use webpki::{ALL_VERIFICATION_ALGS, EndEntityCert, Error};

use crate::asn1::Signed;

/// Checks that the key of `signer` (a certificate in DER) signed the body. SHA-1 and RSA below 2048 bits are not among
/// the algorithms.
pub(crate) fn verify(signer: &CertificateDer<'_>, signed: &Signed<'_>) -> Result<(), Error> {
    let certificate = EndEntityCert::try_from(signer)?;
    let mut outcome = Err(Error::InvalidSignatureForPublicKey);
    let named = ALL_VERIFICATION_ALGS.iter().filter(|known| known.signature_alg_id().as_ref() == signed.algorithm);
    // ECDSA with one hash has an algorithm for each curve: the one of the key decides.
    for algorithm in named {
        outcome = certificate.verify_signature(*algorithm, signed.body, signed.signature);
        if outcome.is_ok() {
            break;
        }
    }
    outcome
}
