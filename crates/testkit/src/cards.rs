//! Smart cards: the listener, and people who have one.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use jiff::SignedDuration;
use outside::cns::{Issued, Sort};
use outside::world::World;
use reqwest::{Certificate, Identity};
use sportello_core::App;
use sportello_core::cns::proxy::{Form, Trust};
use sportello_core::identities::cards::{CardService, CardSettings, CardSource, signers_from_pem};
use tempfile::TempDir;
use tokio::net::TcpListener;
use web::cards::{CardListener, Door, ProxyDoor, TlsDoor};

use crate::{Browser, Page, Stage};

/// The second tenant of a stage with cards: nothing is imported for it.
pub const OTHER_BODY: &str = "altro";
/// What the proxy in front of the listener shows.
pub const PROXY_SECRET: &str = "between-the-proxy-and-us-for-the-tests";
/// From where the proxy connects.
pub const PROXY: &str = "127.0.0.1";

/// How the listener is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reached {
    Directly,
    ByProxy,
}

/// The listener's parts, before the program is put together.
pub(crate) struct Parts {
    listener: TcpListener,
    door: Door,
    pub(crate) service: CardService,
}

impl Parts {
    pub(crate) async fn prepare(world: &World, reached: Reached) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (door, certificate, scheme) = match reached {
            Reached::Directly => {
                let site = world.cns().site(&["127.0.0.1"]).unwrap();
                let door = TlsDoor::from_pem(&site.certificate_pem, &site.key_pem).unwrap();
                let certificate = door.certificate().cloned();
                (Door::Tls(door), certificate, "https")
            }
            Reached::ByProxy => {
                let network = PROXY.parse().unwrap();
                let trust = Trust::secret(PROXY_SECRET.as_bytes()).unwrap();
                let trust = trust.and(Trust::addresses(vec![network]).unwrap());
                (Door::Proxy(ProxyDoor::new(trust, Form::EscapedPem)), None, "http")
            }
        };
        let signers = signers_from_pem(&world.cns().signer_pem().unwrap()).unwrap();
        let service = CardService::new(CardSettings {
            address: format!("{scheme}://{address}"),
            certificate,
            source: Some(CardSource { url: world.cns().trust_list_url(), signers }),
            more: Vec::new(),
        });
        Self { listener, door, service: service.unwrap() }
    }
}

pub(crate) fn serve(app: App, listener: TcpListener, door: Door) -> tokio::task::JoinHandle<()> {
    let door = Arc::new(door);
    tokio::spawn(async move {
        let listener = CardListener::new(app.clone(), listener, Arc::clone(&door)).unwrap();
        web::cards::serve(app, listener, door, std::future::pending()).await.unwrap();
    })
}

impl Parts {
    pub(crate) fn take(self) -> (CardService, TcpListener, Door) {
        (self.service, self.listener, self.door)
    }
}

/// A copy of a tenant under another name.
pub(crate) fn other_tenant(directory: &Path) -> TempDir {
    let folder = TempDir::new().unwrap();
    let copy = folder.path().join(OTHER_BODY);
    std::fs::create_dir(&copy).unwrap();
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            std::fs::copy(&path, copy.join(path.file_name().unwrap())).unwrap();
        }
    }
    folder
}

/// Somebody with a card, a reader and a browser.
#[derive(Debug)]
pub struct Holder<'a> {
    stage: &'a Stage,
    /// The browser, which shows the card whenever it is asked for one.
    pub browser: Browser,
    /// The card in the reader.
    pub card: Option<Issued>,
}

impl Stage {
    /// A person with a card of this sort in the reader, by first name.
    pub fn holder(&self, name: &str, sort: Sort) -> Holder<'_> {
        let person = self.world.cns().people().iter().find(|person| person.name == name).unwrap();
        let card = self.world.cns().issue(&person.fiscal_code, sort).unwrap();
        Holder { stage: self, browser: self.browser_with(Some(&card), "it"), card: Some(card) }
    }

    /// Somebody whose reader is empty.
    pub fn holder_of_nothing(&self) -> Holder<'_> {
        Holder { stage: self, browser: self.browser_with(None, "it"), card: None }
    }

    /// A browser that knows the listener's authority, and shows a card when it is asked for one.
    pub fn browser_with(&self, card: Option<&Issued>, language: &str) -> Browser {
        let authority = self.world.cns().site_authority_pem().unwrap();
        let authority = Certificate::from_pem(authority.as_bytes()).unwrap();
        let identity = card
            .map(|card| Identity::from_pem(format!("{}{}", card.certificate_pem, card.key_pem).as_bytes()).unwrap());
        Browser::made_by(&self.portal, language, |client| {
            let client = client.add_root_certificate(authority);
            match identity {
                Some(identity) => client.identity(identity),
                None => client,
            }
        })
    }

    /// The listener's address.
    pub fn listener(&self) -> String {
        self.app.cards().unwrap().address.clone()
    }
}

impl<'a> Holder<'a> {
    /// Presses «Entra con CNS»; returns the page that follows in the end.
    pub async fn enters(&self) -> Page {
        self.browser.get("/accesso/cns?poi=/quota").await
    }

    /// Presses the button and stops in front of the listener; returns the address there.
    pub async fn goes_to_the_listener(&self) -> String {
        self.is_sent_on(&format!("{}/accesso/cns?poi=/quota", self.stage.portal)).await
    }

    /// Shows the card at the listener; returns the address of the portal to which it leads.
    pub async fn shows_the_card(&self, address: &str) -> String {
        self.is_sent_on(address).await
    }

    async fn is_sent_on(&self, address: &str) -> String {
        let answer = self.browser.raw(|client, _| client.get(address)).await;
        assert!(answer.status().is_redirection(), "{}", answer.status());
        answer.headers()["location"].to_str().unwrap().to_owned()
    }

    /// Whether the browser is signed in on the portal.
    pub async fn is_signed_in(&self) -> bool {
        !self.browser.get("/quota").await.url.path().ends_with("/accesso")
    }

    /// The authority takes the card back.
    pub fn loses_the_card(&self) {
        assert!(self.stage.world.cns().revoke(&self.card.as_ref().unwrap().serial, false));
    }

    /// The same person in front of another browser.
    pub fn with_another_browser(&self) -> Holder<'a> {
        Holder {
            stage: self.stage,
            browser: self.stage.browser_with(self.card.as_ref(), "it"),
            card: self.card.clone(),
        }
    }
}

/// Asks the listener as a proxy would, or as somebody who would like to be one, from an address of this machine.
pub async fn asks_behind_the_proxy(address: &str, from: &str, headers: &[(&str, &str)]) -> String {
    let from: IpAddr = from.parse().unwrap();
    let client = reqwest::Client::builder().local_address(from).redirect(reqwest::redirect::Policy::none());
    let request = client.build().unwrap().get(address);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let answer = request.send().await.unwrap();
    answer.headers()["location"].to_str().unwrap().to_owned()
}

/// How a proxy writes a certificate into its header: PEM with percent-encoding, the card's certificate only.
pub fn escaped(card: &Issued) -> String {
    let end = "-----END CERTIFICATE-----\n";
    let first = card.certificate_pem.split_inclusive(end).next().unwrap();
    first
        .bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

/// A day.
pub const DAY: SignedDuration = SignedDuration::from_hours(24);

/// An address to connect to, out of the listener's.
pub fn socket(address: &str) -> SocketAddr {
    address.rsplit_once("//").unwrap().1.parse().unwrap()
}
