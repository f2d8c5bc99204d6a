mod behaviours;
mod circuit;
mod imap;
mod smtp;

use std::time::Duration;

use jiff::SignedDuration;
use pec::imap::{Cursor, FetchError, ImapConfig, Mailbox};
use pec::smtp::{Sender, SmtpConfig};
use pec::{DeliveryState, DeliveryStatus, Incoming, Outgoing, Receipt, Sent, Tls, TrustAnchors};

use super::*;
use crate::{MovableClock, VirtualClock};

struct World {
    mail: MailWorld,
    clock: Arc<VirtualClock>,
}

const ALBO: &str = "albo@pec.example.it";
const ASSISTANCE: &str = "assistenza@albo.example.it";
const ROSSI: &str = "rossi@legalmail.example";
const VERDI: &str = "verdi@posta.example.com";

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

fn account(text: &str, kind: BoxKind) -> Account {
    Account { address: address(text), password: Secret::from("segreto"), kind }
}

async fn world() -> World {
    let clock = Arc::new(VirtualClock::frozen("2026-01-10T08:00:00Z".parse().unwrap()));
    let config = MailConfig {
        clock: Arc::<VirtualClock>::clone(&clock),
        seed: 7,
        pec_domains: vec!["pec.example.it".into(), "legalmail.example".into()],
        accounts: vec![account(ALBO, BoxKind::Pec), account(ASSISTANCE, BoxKind::Ordinary)],
    };
    World { mail: MailWorld::start(config).await.unwrap(), clock }
}

impl World {
    fn sender(&self, channel: Channel) -> Sender {
        let (address, user) = match channel {
            Channel::Pec => (self.mail.pec_smtp_addr(), ALBO),
            Channel::Ordinary => (self.mail.smtp_addr(), ASSISTANCE),
        };
        Sender::new(SmtpConfig {
            host: address.ip().to_string(),
            port: address.port(),
            tls: Tls::None,
            authorities: None,
            user: Some(user.to_owned()),
            password: Secret::from("segreto"),
            timeout: Duration::from_secs(20),
        })
        .unwrap()
    }

    fn imap_config(&self, user: &str) -> ImapConfig {
        ImapConfig {
            host: self.mail.imap_addr().ip().to_string(),
            port: self.mail.imap_addr().port(),
            tls: Tls::None,
            authorities: None,
            user: user.to_owned(),
            password: Secret::from("segreto"),
            folder: "INBOX".into(),
            timeout: Duration::from_secs(20),
        }
    }

    fn trust(&self) -> TrustAnchors {
        TrustAnchors::from_pem(self.mail.trust_anchor_pem()).unwrap()
    }

    /// Everything in the box, fetched over IMAP and read.
    async fn poll(&self, user: &str) -> Vec<Incoming> {
        let mut mailbox = Mailbox::open(&self.imap_config(user)).await.unwrap();
        let fetched = fetch_new(&mut mailbox, None, 1000).await.unwrap();
        let now = self.mail.post.now();
        fetched.iter().map(|(_, bytes)| pec::read(bytes, &self.trust(), now).unwrap()).collect()
    }

    async fn receipts(&self) -> Vec<Receipt> {
        let receipts = self.poll(ALBO).await.into_iter().filter_map(|incoming| match incoming {
            Incoming::Receipt(receipt) => Some(*receipt),
            _ => None,
        });
        receipts.collect()
    }

    /// The state of the message for that recipient, from all receipts in the box.
    async fn state(&self, message: &Outgoing) -> DeliveryState {
        let sent = Sent {
            message_id: message.message_id.clone(),
            transaction: None,
            from: message.from.clone(),
            recipient: message.to.clone(),
        };
        let mut state = DeliveryState::default();
        for receipt in self.receipts().await {
            state.apply(&receipt, &sent);
        }
        state
    }

    async fn status(&self, message: &Outgoing) -> DeliveryStatus {
        self.state(message).await.status()
    }

    fn hours(&self, hours: i64) {
        self.clock.advance(SignedDuration::from_hours(hours));
        self.mail.deliver_due().unwrap();
    }

    fn only(&self, of: &str) -> StoredMessage {
        let mut messages = self.mail.messages(&address(of));
        assert_eq!(messages.len(), 1, "{messages:?}");
        messages.remove(0)
    }
}

/// At most `max` messages that came after `after` = (epoch, identifier), with their identifiers.
async fn fetch_new(
    mailbox: &mut Mailbox,
    after: Option<(u32, u32)>,
    max: usize,
) -> Result<Vec<(u32, Vec<u8>)>, FetchError> {
    let cursor = after.map(|(uidvalidity, uid)| Cursor { uidvalidity, uid });
    let mut fetched = Vec::new();
    for message in mailbox.uids_after(cursor).await?.messages.into_iter().take(max) {
        fetched.push((message.uid, mailbox.fetch(message, 50_000_000).await?));
    }
    Ok(fetched)
}

fn certified(to: &str, id: &str) -> Outgoing {
    let id = MessageId::parse(&format!("{id}@albo.example.it")).unwrap();
    let at = "2026-01-10T08:00:00Z".parse().unwrap();
    Outgoing::new(address(ALBO), address(to), "Quota 2026: attività", "Buongiorno,\n.\nla quota è dovuta.", id, at)
}

fn ordinary(to: &str, id: &str) -> Outgoing {
    Outgoing { from: address(ASSISTANCE), ..certified(to, id) }
}
