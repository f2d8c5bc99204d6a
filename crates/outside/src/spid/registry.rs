//! The list of providers, in the form of AgID's registry.

use serde_json::{Value, json};
use spid::metadata::Endpoint;

use super::Spid;
use super::behaviour::Behaviour;
use super::kit::{Kit, KitError};

impl Spid {
    /// The entries of all providers.
    pub(super) fn registry(&self) -> Result<Value, KitError> {
        let entries: Result<Vec<_>, _> = self.inner.kits.iter().map(|kit| self.entry(kit)).collect();
        Ok(Value::Array(entries?))
    }

    fn entry(&self, kit: &Kit) -> Result<Value, KitError> {
        let provider = kit.provider(self.now())?;
        let certificate = match self.behaviour(kit) {
            Behaviour::Broken => "non è un certificato".to_owned(),
            _ => provider.key.certificate_base64(),
        };
        let configuration = kit.configuration();
        let services = |endpoints: &[Endpoint]| -> Vec<Value> {
            let service =
                |endpoint: &Endpoint| json!({ "Binding": endpoint.binding.uri(), "Location": endpoint.location });
            endpoints.iter().map(service).collect()
        };
        let attributes: Vec<_> = configuration.attributes.iter().copied().map(spid::saml::Attribute::name).collect();
        Ok(json!({
            "entity_id": kit.entity_id.as_str(),
            "_id": kit.profile.letters,
            "organization_name": format!("{} (simulato)", kit.profile.name),
            "organization_display_name": kit.profile.name,
            "metadata_url": kit.address("metadata"),
            "logo_uri": null,
            "signing_certificate_x509": [certificate],
            "single_sign_on_service": services(&configuration.single_sign_on),
            "single_logout_service": services(&configuration.single_logout),
            "attribute": attributes,
            "_deleted": "N",
            "_disabled": "N",
        }))
    }
}
