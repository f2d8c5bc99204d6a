//! The portals' ways to the identity providers of the world.

use std::fmt::Write as _;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sportello_core::identities::{METADATA, certificate, entity_id_of};
use sportello_core::spid::certificate::{KeySize, SpCertificate, Validity, generate_key};
use sportello_core::spid::federation::jose::SigningKey;
use sportello_core::tenancy::Tenant;
use tokio::task::JoinHandle;

use super::surroundings::{Surroundings, path, quoted};
use crate::exit::{Exit, Failure};

/// The keys of a relying party, PEM.
pub(super) struct CieKeys {
    federation: String,
    signing: String,
    decryption: String,
}

/// Makes the keys of a tenant that has CIE, beside everything else.
pub(super) fn cie_keys(tenant: &Tenant) -> Option<JoinHandle<Result<CieKeys, Failure>>> {
    tenant.cie.as_ref()?;
    Some(tokio::task::spawn_blocking(|| {
        let made = || generate_key(KeySize::Bits2048).map(|key| key.expose().to_owned());
        let keys = (|| Ok(CieKeys { federation: made()?, signing: made()?, decryption: made()? }))();
        keys.map_err(|error: sportello_core::spid::certificate::GenerateError| {
            Failure::because(Exit::Software, "no keys for CIE can be made", &error)
        })
    }))
}

impl Surroundings<'_> {
    /// Makes a signing key for a tenant that has SPID, beside everything else.
    pub(super) fn spid_key(&self, tenant: &Arc<Tenant>) -> Option<JoinHandle<Result<SpCertificate, Failure>>> {
        tenant.spid.as_ref()?;
        let (tenant, base) = (Arc::clone(tenant), self.base(tenant));
        let mut serial = [0; 16];
        self.chance.fill(&mut serial);
        let not_after = self.now.checked_add(SignedDuration::from_hours(24 * 365)).unwrap_or(Timestamp::MAX);
        let validity = Validity { not_before: self.now, not_after };
        Some(tokio::task::spawn_blocking(move || {
            certificate::make(&tenant, &base, validity, serial)
                .map_err(|error| Failure::because(Exit::Data, &format!("[spid] of `{}`", tenant.slug), &error))
        }))
    }

    /// The section about SPID; the providers learn who we are.
    pub(super) fn spid(&self, text: &mut String, tenant: &Tenant, made: &SpCertificate) -> Result<(), Failure> {
        let Some(file) = &tenant.spid else { return Ok(()) };
        let secret = |name: &str, contents: &str| {
            self.stage.home.secret(&format!("{}-{name}", tenant.slug), contents).map(|written| path(&written))
        };
        let _ = write!(
            text,
            "\n[connections.{}.spid]\nkey_file = {}\ncertificate_file = {}\nregistry_url = {}\n",
            tenant.slug,
            secret("spid.key", made.private_key.expose())?,
            secret("spid.pem", &made.certificate_pem)?,
            quoted(&self.world.spid().registry_url()),
        );
        if let Some(provider) = self.stage.provider {
            let provider = std::path::absolute(provider).unwrap_or_else(|_| provider.to_owned());
            let _ = writeln!(text, "provider_file = {}", path(&provider));
        }
        let base = self.base(tenant);
        self.world.spid().admit(&entity_id_of(file, &base), &format!("{base}{METADATA}"));
        Ok(())
    }

    /// The section about CIE; the federation learns who we are.
    pub(super) fn cie(&self, text: &mut String, tenant: &Tenant, keys: &CieKeys) -> Result<(), Failure> {
        let cie = self.world.cie();
        let wrong = |error: &(dyn std::error::Error + 'static)| {
            Failure::because(Exit::Software, &format!("`{}` cannot be registered for CIE", tenant.slug), error)
        };
        let federation = SigningKey::from_pem(&keys.federation).map_err(|error| wrong(&error))?;
        let public = json!({ "keys": [federation.public().to_value()] });
        let (kind, mark) = cie.register(&self.base(tenant), public).map_err(|error| wrong(&error))?;
        let secret = |name: &str, contents: &str| {
            self.stage.home.secret(&format!("{}-cie-{name}", tenant.slug), contents).map(|written| path(&written))
        };
        let _ = write!(
            text,
            "\n[connections.{}.cie]\nfederation_key_file = {}\nsigning_key_file = {}\ndecryption_key_file = {}\n\
             anchor_url = {}\nanchor_keys_file = {}\nprovider_url = {}\ntrust_marks_file = {}\n",
            tenant.slug,
            secret("federation.key", &keys.federation)?,
            secret("signing.key", &keys.signing)?,
            secret("decryption.key", &keys.decryption)?,
            quoted(&cie.anchor()),
            secret("anchor.json", &cie.anchor_jwks().to_string())?,
            quoted(&cie.provider()),
            secret("trust-marks.json", &json!([{ "id": kind, "trust_mark": mark }]).to_string())?,
        );
        Ok(())
    }
}
