//! Receipts, what they certify, their signatures, and conversations with a mailbox server.

use hostile::post::transaction;
use hostile::world::now;
use italia::EmailAddress;
use pec::provider::{Event, Manner, Provider, ProviderKey};
use pec::{DelayNotice, ErrorKind, MessageId, ReceiptKind};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    SanType,
};

use super::write;

fn provider() -> Provider {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, "Autorità di prova");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let key = KeyPair::generate().unwrap();
    write("keys/mail-authority.pem", params.self_signed(&key).unwrap().pem());
    let issuer = Issuer::new(params, key);
    let mut params = CertificateParams::default();
    params.subject_alt_names = vec![SanType::Rfc822Name("posta-certificata@pec.example.it".try_into().unwrap())];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::EmailProtection];
    params.not_before = rcgen::date_time_ymd(2025, 1, 1);
    params.not_after = rcgen::date_time_ymd(2049, 12, 31);
    let pair = KeyPair::generate().unwrap();
    let certificate = params.signed_by(&pair, &issuer).unwrap();
    write("keys/mail-provider.der", certificate.der());
    write("keys/mail-provider.key.der", pair.serialize_der());
    Provider {
        name: "Prova PEC S.p.A.".into(),
        domain: "pec.example.it".into(),
        key: ProviderKey::new(&[certificate.der().to_vec()], &pair.serialize_der()).unwrap(),
        zone: jiff::tz::TimeZone::UTC,
    }
}

pub fn make() {
    let provider = provider();
    let rossi = EmailAddress::parse("rossi@pec.example.it").unwrap();
    let original = b"From: albo@pec.example.it\r\nMessage-ID: <m1@albo.example.it>\r\n\r\nla quota\r\n".as_slice();
    let events = [
        Event::Acceptance,
        Event::Delivery { recipient: &rossi, detail: ReceiptKind::Complete, original },
        Event::DeliveryError { recipient: &rossi, error: ErrorKind::Other, reason: "5.2.2 - Casella piena" },
        Event::Delay { recipient: &rossi, notice: DelayNotice::First, reason: "4.4.7 - nessuna risposta" },
    ];
    let id = MessageId::parse("r1@pec.example.it").unwrap();
    for (number, event) in events.iter().enumerate() {
        let receipt = provider.receipt(&transaction(), event, &id, now()).unwrap();
        write(&format!("mail/{number}.eml"), receipt);
        write(&format!("daticert/{number}.xml"), provider.certification(&transaction(), event, now()));
    }
    write("mail/envelope.eml", provider.envelope(&transaction(), original, now()).unwrap());
    write("mail/anomaly.eml", provider.anomaly(original, "posta ordinaria", now()).unwrap());
    write("mail/ordinary.eml", original);
    signatures(&provider, &id);
    write("imap/1.txt", conversation(b"From: a@b.it\r\n\r\nciao\r\n"));
    write("imap/2.txt", conversation(&original.repeat(8)));
}

fn signatures(provider: &Provider, id: &MessageId) {
    let opaque = Manner { opaque: true, ..Manner::default() };
    for (name, manner) in [("beside", Manner::default()), ("around", opaque)] {
        let receipt = provider.receipt_in(&manner, &transaction(), &Event::Acceptance, id, now()).unwrap();
        let text = String::from_utf8(receipt).unwrap();
        let (_, encoded) = text.rsplit_once("filename=\"smime.").unwrap();
        let encoded: String = encoded.split("\r\n\r\n").nth(1).unwrap().split("\r\n").collect();
        write(&format!("cms/{name}.der"), decode(&encoded));
        if name == "beside" {
            let boundary = text.split("micalg=\"sha-256\"; boundary=\"").nth(1).unwrap().split('"').next().unwrap();
            let content = text.split(&format!("--{boundary}\r\n")).nth(1).unwrap();
            write("keys/mail-content.txt", content.strip_suffix("\r\n").unwrap());
        }
    }
}

fn decode(encoded: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(encoded).unwrap()
}

/// What a server says while a client logs in, lists, fetches and waits.
fn conversation(message: &[u8]) -> Vec<u8> {
    let size = message.len();
    let before = format!(
        "* OK ready\r\na1 OK in\r\n* 1 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\na2 OK [READ-ONLY] open\r\n\
         * 1 FETCH (UID 1 RFC822.SIZE {size})\r\n* 2 FETCH (UID 2 RFC822.SIZE 99999)\r\na3 OK done\r\n\
         * 1 FETCH (UID 1 FLAGS (\\Seen) BODY[] {{{size}}}\r\n"
    );
    [before.as_bytes(), message, b")\r\na4 OK done\r\n+ idling\r\n* 2 EXISTS\r\na5 OK done\r\n"].concat()
}
