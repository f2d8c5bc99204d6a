//! The metadata of all providers in one document that a federation signs.

use jiff::SignedDuration;
use spid::saml::MessageId;
use spid::signature::{Place, SigningKey, sign};

use super::Spid;
use super::kit::{KitError, make_key};
use crate::cns::Published;

const LIFETIME: SignedDuration = SignedDuration::from_hours(24 * 3652);
const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";

impl Spid {
    /// The address of the signed document with the metadata of all providers.
    #[must_use]
    pub fn aggregate_url(&self) -> String {
        format!("{}/aggregate", self.inner.base)
    }

    /// The certificate whose key signs that document, as PEM: what an operator configures.
    ///
    /// # Errors
    /// When no key can be made.
    pub fn aggregate_signer_pem(&self) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
        Ok(::cns::authority::pem("CERTIFICATE", self.signer()?.certificate_der()))
    }

    /// How the list and the signed document are published. Nobody can see that the list, which is not signed, was altered;
    /// it is not.
    pub fn publish(&self, published: Published) {
        self.state().published = published;
    }

    pub(super) fn published(&self) -> Published {
        self.state().published
    }

    /// The document as it is published; nothing when it is not.
    pub(super) fn aggregate(&self) -> Result<String, KitError> {
        let mut entities = String::new();
        for kit in &self.inner.kits {
            let metadata = kit.metadata(kit.provider(self.now())?);
            entities.push_str(&metadata.map_err(|error| KitError(error.into()))?);
        }
        let id = MessageId::from_random([0xa9; 20]);
        let document =
            format!("<md:EntitiesDescriptor xmlns:md=\"{METADATA}\" ID=\"{id}\">{entities}</md:EntitiesDescriptor>");
        let signed = sign(&document, id.as_str(), self.signer()?, Place::First);
        let signed = signed.map_err(|error| KitError(error.into()))?;
        Ok(match self.published() {
            Published::Altered => {
                signed.replace(" ID</md:OrganizationDisplayName>", " XX</md:OrganizationDisplayName>")
            }
            Published::Good | Published::Down => signed,
        })
    }

    fn signer(&self) -> Result<&SigningKey, KitError> {
        if let Some(key) = self.inner.signer.get() {
            return Ok(key);
        }
        let key = make_key("Federazione di prova", self.now(), LIFETIME).map_err(KitError)?;
        // Of two that are made at the same time, the first stays.
        Ok(self.inner.signer.get_or_init(|| key))
    }
}
