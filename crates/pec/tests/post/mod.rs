//! A mailbag: for each message that was sent ten come back, receipts and everything else that lies in a mailbox. Shared by
//! tests and the measurement.

use std::collections::BTreeMap;

use italia::EmailAddress;
use jiff::{SignedDuration, Timestamp};
use pec::provider::{Event, Provider, ProviderKey, Transaction};
use pec::{DelayNotice, ErrorKind, MessageId, ReceiptKind, Recipient, RecipientKind, Sent, TrustAnchors};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    SanType,
};

/// What becomes of a sent message; its number decides.
#[derive(Clone, Copy)]
pub enum Fate {
    Delivered,
    Refused,
    Silent,
    Late,
}

impl Fate {
    pub fn of(sent: &Sent) -> Self {
        let number: usize = sent.message_id.as_str().split(['m', '@']).nth(1).unwrap().parse().unwrap();
        [Self::Delivered, Self::Refused, Self::Silent, Self::Late][number % 4]
    }
}

pub struct Post {
    pub trust: TrustAnchors,
    pub sent: BTreeMap<String, Sent>,
    pub messages: Vec<Vec<u8>>,
}

pub fn moment(minutes: i64) -> Timestamp {
    "2026-01-10T11:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes)
}

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

fn id(text: &str) -> MessageId {
    MessageId::parse(text).unwrap()
}

fn provider(name: &str, pair: &KeyPair) -> (Provider, String) {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let key = KeyPair::generate().unwrap();
    let pem = params.self_signed(&key).unwrap().pem();
    let issuer = Issuer::new(params, key);
    let mut params = CertificateParams::default();
    params.subject_alt_names = vec![SanType::Rfc822Name("posta-certificata@pec.example.it".try_into().unwrap())];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::EmailProtection];
    params.not_before = rcgen::date_time_ymd(2025, 1, 1);
    params.not_after = rcgen::date_time_ymd(2028, 1, 1);
    let certificate = params.signed_by(pair, &issuer).unwrap();
    let key = ProviderKey::new(&[certificate.der().to_vec()], &pair.serialize_der()).unwrap();
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(1));
    (Provider { name: name.into(), domain: "pec.example.it".into(), key, zone }, pem)
}

fn sent(number: usize) -> Sent {
    Sent {
        message_id: id(&format!("m{number}@albo.example.it")),
        transaction: None,
        from: address("albo@pec.example.it"),
        recipient: address(&format!("ditta{number}@pec.example.it")),
    }
}

fn transaction(sent: &Sent) -> Transaction {
    Transaction {
        sender: sent.from.clone(),
        recipients: vec![Recipient { address: sent.recipient.clone(), kind: RecipientKind::Certified }],
        reply_to: None,
        subject: "Quota 2026".into(),
        message_id: Some(sent.message_id.clone()),
        identifier: id(&format!("opec.{}", sent.message_id.as_str())),
        detail: ReceiptKind::Complete,
    }
}

impl Post {
    /// What comes back for that many messages, in the order in which they were sent. All providers sign with that key; only the certificate of one of them is of a trusted authority.
    pub fn of(cases: usize, pair: &KeyPair) -> Self {
        let (good, pem) = provider("Prova PEC", pair);
        let (stranger, _) = provider("Altra PEC", pair);
        let mut post =
            Self { trust: TrustAnchors::from_pem(&pem).unwrap(), sent: BTreeMap::new(), messages: Vec::new() };
        for number in 0..cases {
            let sent = sent(number);
            post.messages.extend(ten(number, &sent, &good, &stranger));
            post.sent.insert(sent.message_id.as_str().to_owned(), sent);
        }
        post
    }

    /// The same messages in an order of its own for each seed.
    pub fn shuffled(mut self, seed: u64) -> Self {
        shuffle(&mut self.messages, seed);
        self
    }
}

fn shuffle<T>(things: &mut [T], seed: u64) {
    let mut state = seed;
    for at in (1..things.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let upper = usize::try_from(state >> 33).unwrap_or(0);
        things.swap(at, upper % (at + 1));
    }
}

/// What comes back for one message, and what lies beside it.
fn ten(number: usize, sent: &Sent, good: &Provider, stranger: &Provider) -> Vec<Vec<u8>> {
    let facts = transaction(sent);
    let write = |provider: &Provider, facts: &Transaction, event: &Event<'_>| {
        provider.receipt(facts, event, &id("r@pec.example.it"), moment(1)).unwrap()
    };
    let original = format!("From: albo@pec.example.it\r\nMessage-ID: {}\r\n\r\nla quota\r\n", sent.message_id);
    let delivery =
        Event::Delivery { recipient: &sent.recipient, detail: ReceiptKind::Complete, original: original.as_bytes() };
    let end = match Fate::of(sent) {
        Fate::Delivered => delivery.clone(),
        Fate::Refused => Event::DeliveryError {
            recipient: &sent.recipient,
            error: ErrorKind::Other,
            reason: "5.2.2 - Casella piena",
        },
        Fate::Silent => Event::Delay { recipient: &sent.recipient, notice: DelayNotice::Last, reason: "5.4.1 - x" },
        Fate::Late => Event::Delay { recipient: &sent.recipient, notice: DelayNotice::First, reason: "4.4.7 - x" },
    };
    let ending = write(good, &facts, &end);
    let elsewhere = Transaction { message_id: Some(id(&format!("x{number}@altri.example.it"))), ..facts.clone() };
    let borrowed = Transaction { sender: address("altri@pec.example.it"), ..facts.clone() };
    vec![
        write(good, &facts, &Event::Acceptance),
        ending.clone(),
        ending,
        write(good, &facts, &Event::VirusDetected { recipient: &sent.recipient, reason: "x" }),
        write(stranger, &facts, &delivery),
        altered(&write(good, &facts, &delivery)),
        write(good, &borrowed, &delivery),
        write(good, &elsewhere, &Event::Acceptance),
        good.anomaly(original.as_bytes(), "posta ordinaria", moment(1)).unwrap(),
        broken(number, &write(good, &facts, &Event::Acceptance)),
    ]
}

/// The words for people changed; everything can still be read.
fn altered(bytes: &[u8]) -> Vec<u8> {
    String::from_utf8(bytes.to_vec()).unwrap().replacen("Ricevuta di", "Ricevuta dI", 1).into_bytes()
}

/// Each in one of six ways so broken that it cannot be read.
fn broken(number: usize, good: &[u8]) -> Vec<u8> {
    let marker = b"X-Ricevuta: accettazione\r\n".as_slice();
    match number % 6 {
        0 => good[..good.len() / 3].to_vec(),
        1 => vec![0; 200],
        2 => [marker, good].concat(),
        3 => [marker, "Content-Type: multipart/mixed; boundary=b\n\n--b\n".repeat(40).as_bytes()].concat(),
        4 => [marker, b"\r\n<postacert tipo='accettazione'/>"].concat(),
        _ => Vec::new(),
    }
}
