//! INAD, which is asked with vouchers of the interoperability platform: a source that any portal may name.

use std::fmt::Write as _;

use super::surroundings::{PER_MINUTE, Surroundings, path};
use crate::exit::{Exit, Failure};

/// How a portal names it.
pub(super) const NAMED: &str = "register_source = \"inad\"\n";

impl Surroundings<'_> {
    /// The source in the configuration; the platform learns who its client is.
    pub(super) async fn inad(&self, text: &mut String) -> Result<(), Failure> {
        let (Some(platform), Some(inad)) = (self.world.pdnd(), self.world.inad()) else { return Ok(()) };
        let made = {
            let (platform, audience) = (platform.clone(), inad.base_url().to_owned());
            tokio::task::spawn_blocking(move || platform.issue_client("sportello", &audience))
        };
        let made = made.await.map_err(|error| super::crashed(&error))?;
        let client =
            made.map_err(|error| Failure::because(Exit::Software, "the platform has no key for us", &error))?;
        let home = self.stage.home;
        let _ = write!(
            text,
            "\n[sources.inad]\nkind = \"inad\"\nurl = \"{}\"\npractical_reference = \"Dimostrazione\"\n\
             per_minute = {PER_MINUTE}\n\
             \n[sources.inad.pdnd]\ntoken_url = \"{}\"\naudience = \"{}\"\nclient_id = \"{}\"\nkid = \"{}\"\n\
             purpose_id = \"{}\"\nkey_file = {}\ndpop_key_file = {}\n\
             evidence_audience = \"{}\"\nevidence_user_id = \"sportello\"\nevidence_user_location = \"dimostrazione\"\n\
             evidence_loa = \"LOW\"\nintegrity_audience = \"{}\"\n",
            inad.base_url(),
            platform.token_url(),
            platform.audience(),
            client.client_id,
            client.kid,
            client.purpose_id,
            path(&home.secret("platform.key", &client.key_pem)?),
            path(&home.secret("platform-dpop.key", &client.dpop_key_pem)?),
            inad.base_url(),
            inad.base_url(),
        );
        Ok(())
    }
}
