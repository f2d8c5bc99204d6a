//! What a certificate says, for whoever runs the program; and whether a session was opened with a card.

use cns::{Card, CardError, Policy};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;

use super::service::nonce;
use super::trust::take_last_good;
use crate::Cx;
use crate::error::Error;
use crate::identities::logout::proof_of;

/// What there is to say about a certificate.
#[derive(Debug)]
pub struct Examined {
    /// What it says of itself, believed by nobody.
    pub claims: Result<Card, CardError>,
    /// Whether it would sign its holder in. Without asking the authorities the best answer is
    /// [`CardError::NotChecked`]: all is well but that.
    pub verdict: Result<Card, CardError>,
}

/// Looks at the certificates of a chain as a sign-in would, the card's first; the authorities are asked only when
/// `online`.
///
/// # Errors
/// [`Error`] when the trust list cannot be taken from the database. Nothing when the program has no cards.
pub async fn examine(cx: &Cx, chain: &[CertificateDer<'static>], online: bool) -> Result<Option<Examined>, Error> {
    let Some(service) = cx.app.cards() else { return Ok(None) };
    take_last_good(cx, service).await?;
    let policy = cx.tenant.cns.as_ref().map_or_else(|| service.policy.clone(), |file| file.policy(&service.policy));
    let claims = chain.first().ok_or(CardError::NoCertificate).and_then(|first| cns::claims(first, &Policy::default()));
    let verdict = if online {
        service.check(chain, &policy, nonce(cx), cx.now()).await.0
    } else {
        cns::verify(chain, &service.trust(), &cns::RevocationEvidence::none(), &policy, cx.now())
    };
    Ok(Some(Examined { claims, verdict }))
}

/// Whether the session of a token was opened with a card: its holder is told to take it out.
///
/// # Errors
/// [`Error`].
pub async fn is_card_session(cx: &Cx, token: &str) -> Result<bool, Error> {
    let proved = proof_of(cx, token).await?;
    Ok(proved.is_some_and(|proved| proved.provider.starts_with("card:")))
}

/// The certificates of a file: one or more in PEM, the card's first, or one in DER.
pub fn certificates(bytes: &[u8]) -> Vec<CertificateDer<'static>> {
    let pem: Vec<_> = CertificateDer::pem_slice_iter(bytes).filter_map(Result::ok).collect();
    if pem.is_empty() { vec![CertificateDer::from(bytes.to_vec())] } else { pem }
}
