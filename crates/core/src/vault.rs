//! Sealing of values that must not lie readable in the database: second-factor secrets, messages with credentials.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::{hkdf, hmac};

use crate::chance::Chance;

/// Seals and opens values under the installation's master key, one derived key for each purpose.
pub struct Vault {
    master: hkdf::Prk,
}

/// A sealed value could not be opened: another master key, another purpose, or altered bytes.
#[derive(Debug, thiserror::Error)]
#[error("a sealed value cannot be opened with this installation's master key")]
pub struct CannotOpen;

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(…)")
    }
}

impl Vault {
    /// A vault under a master key of at least 32 random bytes.
    pub fn new(master_key: &[u8]) -> Self {
        Self { master: hkdf::Salt::new(hkdf::HKDF_SHA256, b"sportello vault 1").extract(master_key) }
    }

    fn key(&self, purpose: &str) -> Result<LessSafeKey, CannotOpen> {
        let mut bytes = [0; 32];
        self.master
            .expand(&[purpose.as_bytes()], hkdf::HKDF_SHA256)
            .and_then(|okm| okm.fill(&mut bytes))
            .map_err(|_| CannotOpen)?;
        UnboundKey::new(&AES_256_GCM, &bytes).map(LessSafeKey::new).map_err(|_| CannotOpen)
    }

    /// Seals a value for a purpose; `about` (a row's key) must be given again to open it, so that sealed values cannot
    /// be moved from row to row.
    ///
    /// # Errors
    /// Never for values under 64 GiB.
    pub fn seal(&self, purpose: &str, about: &str, plain: &[u8], chance: &dyn Chance) -> Result<Vec<u8>, CannotOpen> {
        let mut nonce = [0; NONCE_LEN];
        chance.fill(&mut nonce);
        let mut bytes = plain.to_vec();
        self.key(purpose)?
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(about.as_bytes()), &mut bytes)
            .map_err(|_| CannotOpen)?;
        Ok([nonce.as_slice(), &bytes].concat())
    }

    /// A digest of a short secret (a code) that nobody can search for without the master key.
    ///
    /// # Errors
    /// Never.
    pub fn keyed_digest(&self, purpose: &str, text: &str) -> Result<Vec<u8>, CannotOpen> {
        let mut key = [0; 32];
        self.master
            .expand(&[b"digest ", purpose.as_bytes()], hkdf::HKDF_SHA256)
            .and_then(|okm| okm.fill(&mut key))
            .map_err(|_| CannotOpen)?;
        let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
        Ok(hmac::sign(&key, text.as_bytes()).as_ref().to_vec())
    }

    /// Opens a sealed value.
    ///
    /// # Errors
    /// [`CannotOpen`].
    pub fn open(&self, purpose: &str, about: &str, sealed: &[u8]) -> Result<Vec<u8>, CannotOpen> {
        let (nonce, body) = sealed.split_at_checked(NONCE_LEN).ok_or(CannotOpen)?;
        let mut bytes = body.to_vec();
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| CannotOpen)?;
        let plain =
            self.key(purpose)?.open_in_place(nonce, Aad::from(about.as_bytes()), &mut bytes).map_err(|_| CannotOpen)?;
        Ok(plain.to_vec())
    }
}

/// The digest under which tokens are stored, so that a copy of the database opens no session.
pub fn digest(token: &str) -> Vec<u8> {
    aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, token.as_bytes()).as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::SystemChance;

    #[test]
    fn a_sealed_value_opens_only_for_its_purpose_and_place() {
        let vault = Vault::new(&[7; 32]);
        let sealed = vault.seal("otp", "1", b"secret", &SystemChance).unwrap();
        assert_eq!(vault.open("otp", "1", &sealed).unwrap(), b"secret");
        assert!(vault.open("otp", "2", &sealed).is_err());
        assert!(vault.open("mail", "1", &sealed).is_err());
        assert!(Vault::new(&[8; 32]).open("otp", "1", &sealed).is_err());
        assert!(vault.open("otp", "1", &sealed[..4]).is_err());
    }
}
