//! How a proxy proves itself.

use std::net::IpAddr;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};

use super::Network;

/// The shortest secret that is accepted, in octets: 128 bits in hexadecimal.
const SHORTEST_SECRET: usize = 32;

/// What a request must show for its header to be believed: a secret, an address, or both.
///
/// An address suffices where nobody else can connect from it, such as a proxy on the same machine; beware of programs
/// of other users on that machine, and of a second proxy in front that connects from the same address for everybody.
#[derive(Clone)]
pub struct Trust {
    /// The digest of the secret: comparing digests does not tell how long it is, and a dump of memory not what it is.
    secret: Option<[u8; 32]>,
    networks: Vec<Network>,
}

/// Why nothing can be trusted with these settings.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrustError {
    /// A secret that can be guessed.
    #[error("the secret of the proxy has fewer than {SHORTEST_SECRET} characters")]
    ShortSecret,
    /// No address.
    #[error("no address of a proxy is given")]
    NoNetwork,
}

/// The request does not come from the proxy.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UntrustedPeer {
    /// It comes from an address that is not the proxy's.
    #[error("the address is not one of the proxy")]
    Address,
    /// It has no secret.
    #[error("the secret of the proxy is missing")]
    NoSecret,
    /// It has another secret.
    #[error("the secret of the proxy is wrong")]
    WrongSecret,
}

impl Trust {
    /// The proxy sends a secret with each request, in a header that it overwrites too.
    ///
    /// # Errors
    /// When the secret has fewer than 32 octets.
    pub fn secret(secret: &[u8]) -> Result<Self, TrustError> {
        if secret.len() < SHORTEST_SECRET {
            return Err(TrustError::ShortSecret);
        }
        Ok(Self { secret: Some(hash(secret)), networks: Vec::new() })
    }

    /// The proxy connects from one of these networks.
    ///
    /// # Errors
    /// When there is none.
    pub fn addresses(networks: Vec<Network>) -> Result<Self, TrustError> {
        if networks.is_empty() {
            return Err(TrustError::NoNetwork);
        }
        Ok(Self { secret: None, networks })
    }

    /// The same trust, and the other one as well: a secret *and* an address are wanted.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.secret = other.secret.or(self.secret);
        self.networks.extend(other.networks);
        self
    }

    /// Whether a request comes from the proxy. The comparison of secrets takes the same time whatever was sent.
    ///
    /// # Errors
    /// What is missing.
    pub fn check(&self, peer: IpAddr, secret: Option<&[u8]>) -> Result<(), UntrustedPeer> {
        if !self.networks.is_empty() && !self.networks.iter().any(|network| network.contains(peer)) {
            return Err(UntrustedPeer::Address);
        }
        let Some(expected) = &self.secret else { return Ok(()) };
        let presented = secret.ok_or(UntrustedPeer::NoSecret)?;
        verify_slices_are_equal(expected, &hash(presented)).map_err(|_| UntrustedPeer::WrongSecret)
    }
}

fn hash(secret: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, secret).as_ref());
    hash
}

impl std::fmt::Debug for Trust {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Trust").field("secret", &self.secret.map(|_| "…")).field("networks", &self.networks).finish()
    }
}
