//! The listener for smart cards, from what is configured.

use std::sync::Arc;

use sportello_core::App;
use sportello_core::cns::TrustList;
use sportello_core::identities::cards::{CardService, CardSettings, CardSource, signers_from_pem};
use tokio::net::TcpListener;
use web::cards::{CardListener, Door, ProxyDoor, TlsDoor};

use crate::config::{CardDoor, Cards};
use crate::exit::{Exit, Failure};
use crate::serve::Stop;

/// A listener whose settings cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("[cards]: {what} cannot be used")]
pub struct CardsError {
    what: &'static str,
    #[source]
    source: Box<dyn std::error::Error + Send + Sync>,
}

fn bad<E: Into<Box<dyn std::error::Error + Send + Sync>>>(what: &'static str) -> impl Fn(E) -> CardsError {
    move |error| CardsError { what, source: error.into() }
}

/// The part of the program that verifies cards. Nothing is asked of anybody yet.
///
/// # Errors
/// [`CardsError`] when a certificate or a key cannot be used.
pub fn service(cards: &Cards) -> Result<CardService, CardsError> {
    let certificate = match door(cards)? {
        Door::Tls(door) => door.certificate().cloned(),
        Door::Proxy(_) => None,
    };
    let signers = cards.signer_pem.as_deref().map(signers_from_pem).transpose();
    let signers = signers.map_err(bad("trust_list_signer_file"))?;
    let more = cards.authorities_pem.as_deref().map(TrustList::from_pem).transpose();
    let more = more.map_err(bad("authorities_file"))?;
    let settings = CardSettings {
        address: cards.public_url.to_string(),
        certificate,
        source: signers.map(|signers| CardSource { url: cards.trust_list_url.to_string(), signers }),
        more: more.map(|list| list.authorities().to_vec()).unwrap_or_default(),
    };
    CardService::new(settings).map_err(bad("the client of the authorities"))
}

/// Who asks for the card.
fn door(cards: &Cards) -> Result<Door, CardsError> {
    Ok(match &cards.door {
        CardDoor::Tls { certificate_pem, key_pem } => {
            let door = TlsDoor::from_pem(certificate_pem, key_pem.expose());
            Door::Tls(door.map_err(bad("certificate_file and its key"))?)
        }
        CardDoor::Proxy { trust, form } => Door::Proxy(ProxyDoor::new(trust.clone(), *form)),
    })
}

/// The listener, bound and ready to serve.
#[derive(Debug)]
pub struct Bound {
    listener: TcpListener,
    door: Arc<Door>,
}

impl Bound {
    /// On a socket that is bound already.
    ///
    /// # Errors
    /// When the settings cannot be used.
    pub fn on(listener: TcpListener, cards: &Cards) -> Result<Self, Failure> {
        let door = door(cards);
        let door =
            door.map_err(|error| Failure::because(Exit::Config, "the listener for cards cannot start", &error))?;
        Ok(Self { listener, door: Arc::new(door) })
    }
}

/// Binds the listener, when there is one.
///
/// # Errors
/// When the address is taken, or the settings cannot be used.
pub async fn bind(cards: Option<&Cards>) -> Result<Option<Bound>, Failure> {
    let Some(cards) = cards else { return Ok(None) };
    Bound::on(crate::serve::listen(cards.listen).await?, cards).map(Some)
}

/// Serves until it is time to stop. A connection lasts a minute at most, and patience no longer than the pages'.
///
/// # Errors
/// When the listener fails.
pub async fn serve(app: &App, bound: Option<Bound>, stop: Stop) -> std::io::Result<()> {
    let Some(Bound { listener, door }) = bound else { return Ok(()) };
    let listener = CardListener::new(app.clone(), listener, Arc::clone(&door))?;
    let serving = web::cards::serve(app.clone(), listener, door, stop.clone().wait());
    tokio::select! {
        served = serving => served,
        () = async { stop.wait().await; tokio::time::sleep(crate::serve::PATIENCE).await } => Ok(()),
    }
}
