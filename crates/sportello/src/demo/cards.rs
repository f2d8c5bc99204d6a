//! The listener for smart cards of a demonstration, with a certificate and a trust list of the world's.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use sportello_core::tenancy::Tenant;
use tokio::task::JoinHandle;

use super::surroundings::{Surroundings, path, quoted};
use crate::exit::{Exit, Failure};

impl Surroundings<'_> {
    /// Makes the key that signs the trust list, beside everything else; nothing when no tenant takes cards.
    pub(super) fn card_signer(
        &self,
        tenants: &BTreeMap<String, Arc<Tenant>>,
    ) -> Option<JoinHandle<Result<String, Failure>>> {
        tenants.values().find(|tenant| tenant.cns.is_some())?;
        let authority = self.world.cns().clone();
        let wrong = |error| Failure::because(Exit::Software, "the trust list has no signer", &error);
        Some(tokio::task::spawn_blocking(move || authority.signer_pem().map_err(wrong)))
    }

    pub(super) fn cards(&self, text: &mut String, signer: &str) -> Result<(), Failure> {
        let (address, authority) = (self.stage.cards, self.world.cns());
        let site = authority.site(&["127.0.0.1", "localhost"]);
        let site = site
            .map_err(|error| Failure::because(Exit::Software, "the listener for cards has no certificate", &error))?;
        let file = |name: &str, contents: &str| self.stage.home.secret(name, contents).map(|written| path(&written));
        let _ = write!(
            text,
            "\n[cards]\nlisten = \"{address}\"\npublic_url = \"https://{address}\"\ncertificate_file = {}\nkey_file = {}\n\
             trust_list_url = {}\ntrust_list_signer_file = {}\n",
            file("cards.pem", &site.certificate_pem)?,
            file("cards.key", &site.key_pem)?,
            quoted(&authority.trust_list_url()),
            file("cards-signer.pem", signer)?,
        );
        Ok(())
    }
}
