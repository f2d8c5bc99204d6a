//! The clients with servers by others: Dovecot and aiosmtpd. `conformance/mail/run` starts this.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up shall fail")]
#![expect(clippy::print_stdout, reason = "the judge says what it saw")]
#![expect(clippy::disallowed_methods, reason = "the servers' places come by the environment; time is measured")]

#[path = "../post/mod.rs"]
mod post;
mod servers;

use std::collections::BTreeSet;
use std::future::pending;
use std::time::Instant;

use italia::EmailAddress;
use pec::imap::{Cursor, FetchError, ImapConfig, ImapError, LONGEST_IDLE, Mailbox, Wake};
use pec::smtp::{SendError, Sender, SmtpConfig};
use pec::{Attachment, DeliveryState, DeliveryStatus, Incoming, MessageId, Outgoing, Secret, Tls, read};
use post::Post;
use servers::{SMTP_LIMIT, Servers, USER};

const LIMIT: u64 = 1_000_000;

fn outgoing(id: &str) -> Outgoing {
    let address = |text| EmailAddress::parse(text).unwrap();
    let id = MessageId::parse(id).unwrap();
    Outgoing::new(
        address(USER),
        address("rossi@pec.example.it"),
        "Quota: attività",
        "Buongiorno,\n.\nla quota",
        id,
        post::moment(0),
    )
}

/// Everything after the cursor, which moves along.
async fn read_on(mailbox: &mut Mailbox, cursor: &mut Option<Cursor>) -> Vec<Vec<u8>> {
    let listing = mailbox.uids_after(*cursor).await.unwrap();
    let mut messages = Vec::new();
    for listed in listing.messages {
        messages.push(mailbox.fetch(listed, LIMIT).await.unwrap());
        *cursor = Some(Cursor { uidvalidity: listing.uidvalidity, uid: listed.uid });
    }
    messages
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Dovecot and aiosmtpd: conformance/mail/run"]
async fn the_clients_work_with_servers_by_others() {
    let mut servers = Servers::start();
    let mut cursor = None;
    accounts_are_demanded(&servers).await;
    what_is_sent_wakes_the_reader(&servers, &mut cursor).await;
    large_messages_are_passed_over(&servers, &mut cursor).await;
    receipts_become_states(&servers, &mut cursor).await;
    a_restart_loses_and_repeats_nothing(&mut servers, &mut cursor).await;
    two_thousand_messages(&servers, &mut cursor).await;
    identifiers_that_begin_anew_are_recognised(&mut servers, cursor).await;
}

async fn accounts_are_demanded(servers: &Servers) {
    let wrong = ImapConfig { password: Secret::from("no"), ..servers.imap(Tls::Implicit) };
    assert!(matches!(Mailbox::open(&wrong).await, Err(ImapError::Login(_))));
    let wrong = SmtpConfig { password: Secret::from("no"), ..servers.smtp() };
    let error = Sender::new(wrong).unwrap().send(&outgoing("m0@albo.example.it")).await.unwrap_err();
    assert!(matches!(error, SendError::Config { .. }), "{error:?}");
    let folder = ImapConfig { folder: "Nessuna".into(), ..servers.imap(Tls::StartTls) };
    assert!(matches!(Mailbox::open(&folder).await, Err(ImapError::Refused { command: "EXAMINE", .. })));
    let mut large = outgoing("m0@albo.example.it");
    large.attachments = vec![Attachment { name: "x".into(), media_type: "a/b".into(), bytes: vec![7; SMTP_LIMIT] }];
    let error = Sender::new(servers.smtp()).unwrap().send(&large).await.unwrap_err();
    assert!(matches!(error, SendError::TooLarge { .. }), "{error:?}");
    println!("  wrong accounts, a missing folder and a message over the server's limit are refused, each in its way");
}

async fn what_is_sent_wakes_the_reader(servers: &Servers, cursor: &mut Option<Cursor>) {
    let mut mailbox = Mailbox::open(&servers.imap(Tls::StartTls)).await.unwrap();
    assert!(read_on(&mut mailbox, cursor).await.is_empty());
    let sender = Sender::certified(servers.smtp(), pec::smtp::CERTIFIED_LIMIT).unwrap();
    let message = outgoing("m1@albo.example.it");
    let start = Instant::now();
    let (wake, sent) = tokio::join!(mailbox.idle(LONGEST_IDLE, pending()), sender.send(&message));
    assert_eq!((wake.unwrap(), sent.unwrap().code), (Wake::Mail, 250));
    let messages = read_on(&mut mailbox, cursor).await;
    let Ok(Incoming::Ordinary(mail)) = read(&messages[0], &pec::TrustAnchors::none(), post::moment(0)) else {
        panic!()
    };
    assert_eq!((mail.message_id, mail.text.as_str()), (Some(message.message_id), "Buongiorno,\n.\nla quota"));
    mailbox.close().await.unwrap();
    println!("  sent over STARTTLS, woken from IDLE and read after {:.2?}", start.elapsed());
}

async fn large_messages_are_passed_over(servers: &Servers, cursor: &mut Option<Cursor>) {
    let header = b"From: a@b.it\r\nSubject: grande\r\n\r\n".to_vec();
    servers.deliver("large", &[header.clone(), b"0123456789\r\n".repeat(100_000)].concat());
    let mut mailbox = Mailbox::open(&servers.imap(Tls::Implicit)).await.unwrap();
    let listing = mailbox.uids_after(*cursor).await.unwrap();
    let [large] = listing.messages.as_slice() else { panic!("{listing:?}") };
    let error = mailbox.fetch(*large, LIMIT).await.unwrap_err();
    assert!(matches!(error, FetchError::TooLarge { size, .. } if size == large.size), "{error:?}");
    assert_eq!(mailbox.fetch_header(large.uid).await.unwrap(), header);
    assert_eq!(mailbox.fetch(*large, 2_000_000).await.unwrap().len(), 1_200_000 + header.len());
    *cursor = Some(Cursor { uidvalidity: listing.uidvalidity, uid: large.uid });
    println!("  a message of {} bytes is passed over, and its header read", large.size);
}

async fn receipts_become_states(servers: &Servers, cursor: &mut Option<Cursor>) {
    let post = Post::of(40, &rcgen::KeyPair::generate().unwrap()).shuffled(1);
    for (number, message) in post.messages.iter().enumerate() {
        servers.deliver(&format!("receipt.{number}"), message);
    }
    let mut mailbox = Mailbox::open(&servers.imap(Tls::Implicit)).await.unwrap();
    let mut states = std::collections::BTreeMap::<_, DeliveryState>::new();
    for message in read_on(&mut mailbox, cursor).await {
        let Ok(Incoming::Receipt(receipt)) = read(&message, &post.trust, post::moment(60)) else { continue };
        let Some(reference) = receipt.reference_message_id.clone() else { continue };
        if let Some(sent) = post.sent.get(reference.as_str()) {
            states.entry(reference).or_default().apply(&receipt, sent);
        }
    }
    let moved = states.values().filter(|state| state.status() > DeliveryStatus::Handed).count();
    assert_eq!(moved, 40);
    println!("  400 messages of the circuit move {moved} states, signatures intact");
}

async fn a_restart_loses_and_repeats_nothing(servers: &mut Servers, cursor: &mut Option<Cursor>) {
    let mut mailbox = Mailbox::open(&servers.imap(Tls::Implicit)).await.unwrap();
    assert!(read_on(&mut mailbox, cursor).await.is_empty());
    let waiting = tokio::spawn(async move { mailbox.idle(LONGEST_IDLE, pending()).await });
    servers.stop_dovecot();
    let error = waiting.await.unwrap().unwrap_err();
    assert!(matches!(error, ImapError::Ended(_) | ImapError::Connection(_)), "{error:?}");
    assert!(matches!(Mailbox::open(&servers.imap(Tls::Implicit)).await, Err(ImapError::Connection(_))));
    servers.deliver("meanwhile", b"From: a@b.it\r\n\r\nnel frattempo\r\n");
    servers.start_dovecot();
    let mut mailbox = Mailbox::open(&servers.imap(Tls::Implicit)).await.unwrap();
    let messages = read_on(&mut mailbox, cursor).await;
    assert_eq!(messages, [b"From: a@b.it\r\n\r\nnel frattempo\r\n"]);
    println!("  the server was restarted during a wait: \"{error}\"; reading goes on where it stood");
}

async fn two_thousand_messages(servers: &Servers, cursor: &mut Option<Cursor>) {
    for number in 0..2_000 {
        let message = format!("From: a@b.it\r\nMessage-ID: <{number}@b.it>\r\n\r\n{number}\r\n");
        servers.deliver(&format!("many.{number}"), message.as_bytes());
    }
    let mut mailbox = Mailbox::open(&servers.imap(Tls::Implicit)).await.unwrap();
    let start = Instant::now();
    let messages: BTreeSet<_> = read_on(&mut mailbox, cursor).await.into_iter().collect();
    assert_eq!(messages.len(), 2_000);
    println!("  2,000 messages one by one in {:.2?}", start.elapsed());
}

async fn identifiers_that_begin_anew_are_recognised(servers: &mut Servers, cursor: Option<Cursor>) {
    servers.stop_dovecot();
    servers.forget_identifiers();
    servers.start_dovecot();
    let mut mailbox = Mailbox::open(&servers.imap(Tls::Implicit)).await.unwrap();
    let listing = mailbox.uids_after(cursor).await.unwrap();
    assert!(listing.epoch_changed && Some(listing.uidvalidity) != cursor.map(|cursor| cursor.uidvalidity));
    assert_eq!(listing.messages.len(), 2_403);
    println!(
        "  UIDVALIDITY changed from {} to {}: all is listed again",
        cursor.unwrap().uidvalidity,
        listing.uidvalidity
    );
}
