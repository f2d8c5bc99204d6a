use spid::federation::rp::{Acr, Ask, Claim, Prompt, Provider};

use super::super::BeginError;
use super::super::begin::{Begun, CIE_REQUEST, Wanted, keep_waiting};
use super::chain::{Failed, provider};
use super::connection::{CALLBACK, connection};
use super::{FederationError, number};
use crate::Cx;
use crate::access::Operation;
use crate::secret::Secret;

/// The tax code, by the federation's table of attributes.
const FISCAL_NUMBER: &str = "https://attributes.eid.gov.it/fiscal_number";

/// Makes a request to the CIE provider, which waits for its answer. `wanted.provider` is not looked at: there is one.
///
/// # Errors
/// [`BeginError`].
pub async fn begin(cx: &Cx, wanted: Wanted<'_>) -> Result<Begun, BeginError> {
    let connection = connection(cx).ok_or(BeginError::Off)?;
    let known = provider(cx, connection).await.map_err(|error| match error {
        Failed::Federation(error) => BeginError::Federation(error),
        Failed::Ground(error) => BeginError::Ground(error),
    })?;
    let mut chance = [0; 112];
    cx.chance().fill(&mut chance);
    let ask = ask(cx, &known.provider, wanted.level);
    let (started, request) =
        connection.party.begin(&known.provider, &ask, &chance, cx.now()).map_err(FederationError::from)?;
    let browser = wanted.browser.map_or_else(|| cx.chance().token(), str::to_owned);
    let plain = serde_json::to_vec(&started).unwrap_or_default();
    let wanted = Wanted { provider: connection.provider.as_str(), ..wanted };
    let mut tx = cx.begin(Operation::ProveIdentity).await?;
    keep_waiting(cx, &mut tx, &wanted, &started.state, &browser, CIE_REQUEST, &plain).await?;
    tx.commit_unaudited().await?;
    Ok(Begun::Redirect { url: request.url().into(), browser: Secret::new(browser) })
}

fn ask(cx: &Cx, provider: &Provider, wanted: Option<u8>) -> Ask {
    let usual = cx.tenant.cie.as_ref().map_or(1, |file| file.level);
    let least = i64::from(wanted.unwrap_or_default().max(usual));
    let claim = |name: &str, essential| Claim { name: name.to_owned(), essential };
    // The lowest that will do stands first: a card that is not at hand must not keep anybody out.
    let levels = Acr::ALL.into_iter().filter(|level| number(*level) >= least && provider.levels.contains(level));
    Ask {
        redirect_uri: format!("{}{CALLBACK}", cx.app.tenant_url(&cx.tenant)),
        levels: levels.collect(),
        scopes: Vec::new(),
        claims: vec![claim("given_name", false), claim("family_name", false), claim(FISCAL_NUMBER, true)],
        prompt: Prompt::ConsentLogin,
        ui_locales: vec![cx.language.tag().to_owned()],
    }
}
