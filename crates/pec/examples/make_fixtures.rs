//! Makes the messages in `tests/fixtures` anew, with new keys that are thrown away:
//! `cargo run -p pec --example make_fixtures`.

#![expect(clippy::unwrap_used, reason = "a tool of developers fails like a test")]

use std::path::Path;

use italia::EmailAddress;
use jiff::Timestamp;
use pec::provider::{Encoding, Event, Manner, Provider, ProviderKey, Transaction};
use pec::{DelayNotice, ErrorKind, MessageId, ReceiptKind, Recipient, RecipientKind};
use rcgen::{BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair};
use rcgen::{KeyUsagePurpose, PKCS_RSA_SHA256, RsaKeySize, SanType};

const PROVIDER: &str = "posta-certificata@pec.example.it";
/// A message with text and a file, as it was sent; also kept as a fixture, to compare with.
const SENT: &str = "From: Albo <albo@pec.example.it>\r\nTo: rossi@pec.example.it\r\nSubject: Quota 2026\r\n\
Date: Sat, 10 Jan 2026 12:02:00 +0100\r\nMessage-ID: <m1@albo.example.it>\r\nMIME-Version: 1.0\r\n\
Content-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\nContent-Type: text/plain; charset=utf-8\r\n\
Content-Transfer-Encoding: quoted-printable\r\n\r\nBuongiorno, la quota =C3=A8 dovuta.\r\n--q\r\n\
Content-Type: application/pdf; name=\"quota.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\
Content-Disposition: attachment; filename=\"quota.pdf\"\r\n\r\nJVBERi0xLjcK\r\n--q--\r\n";
const BOUNCE: &str = "From: <>\r\nTo: albo@pec.example.it\r\nSubject: Undelivered\r\n\
Content-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n--r\r\n\r\nno such user\r\n--r\r\n\
Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\n\
Final-Recipient: rfc822; verdi@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--r\r\n\
Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <m1@albo.example.it>\r\n\r\n--r--\r\n";

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

fn id(text: &str) -> MessageId {
    MessageId::parse(text).unwrap()
}

fn noon() -> Timestamp {
    "2026-01-10T11:02:03Z".parse().unwrap()
}

fn write(path: &str, bytes: impl AsRef<[u8]>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// An authority, and the issuer that signs with its key.
fn authority(name: &str) -> (String, Issuer<'static, KeyPair>) {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let key = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap();
    (params.self_signed(&key).unwrap().pem(), Issuer::new(params, key))
}

fn provider(issuer: &Issuer<'_, KeyPair>, address: &str, last_year: i32) -> Provider {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, "Prova PEC S.p.A.");
    params.subject_alt_names = vec![SanType::Rfc822Name(address.try_into().unwrap())];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::EmailProtection];
    params.not_before = rcgen::date_time_ymd(2025, 1, 1);
    params.not_after = rcgen::date_time_ymd(last_year, 12, 31);
    let pair = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap();
    let certificate = params.signed_by(&pair, issuer).unwrap();
    Provider {
        name: "Prova PEC S.p.A.".into(),
        domain: "pec.example.it".into(),
        key: ProviderKey::new(&[certificate.der().to_vec()], &pair.serialize_der()).unwrap(),
        zone: jiff::tz::TimeZone::get("Europe/Rome").unwrap(),
    }
}

fn transaction() -> Transaction {
    Transaction {
        sender: address("albo@pec.example.it"),
        recipients: vec![
            Recipient { address: address("rossi@pec.example.it"), kind: RecipientKind::Certified },
            Recipient { address: address("verdi@example.com"), kind: RecipientKind::Ordinary },
        ],
        reply_to: None,
        subject: "Quota 2026: attività & altro".into(),
        message_id: Some(id("m1@albo.example.it")),
        identifier: id("opec1.20260110120203.1.1.1@pec.example.it"),
        detail: ReceiptKind::Complete,
    }
}

fn receipt(provider: &Provider, event: &Event<'_>) -> Vec<u8> {
    provider.receipt(&transaction(), event, &id("r1@pec.example.it"), noon()).unwrap()
}

fn types(provider: &Provider) {
    let rossi = &address("rossi@pec.example.it");
    let taken = [rossi.clone()];
    let delivery = |detail| Event::Delivery { recipient: rossi, detail, original: SENT.as_bytes() };
    let delay = |notice, reason| Event::Delay { recipient: rossi, notice, reason };
    let refused = |error, reason| Event::DeliveryError { recipient: rossi, error, reason };
    let events = [
        ("accettazione", Event::Acceptance),
        ("non-accettazione", Event::NonAcceptance { virus: false, reason: "5.1.7 - mittente non autorizzato" }),
        ("non-accettazione-virus", Event::NonAcceptance { virus: true, reason: "Eicar-Test-Signature" }),
        ("presa-in-carico", Event::TakenInCharge { recipients: &taken }),
        ("avvenuta-consegna-completa", delivery(ReceiptKind::Complete)),
        ("avvenuta-consegna-breve", delivery(ReceiptKind::Brief)),
        ("avvenuta-consegna-sintetica", delivery(ReceiptKind::Synthetic)),
        ("preavviso-12-ore", delay(DelayNotice::First, "4.4.7 - nessuna risposta dal gestore destinatario")),
        ("preavviso-24-ore", delay(DelayNotice::Last, "4.4.7 - nessuna risposta dal gestore destinatario")),
        ("preavviso-5.4.1", delay(DelayNotice::First, "5.4.1 - il gestore destinatario non è raggiungibile")),
        (
            "errore-consegna-no-dest",
            refused(ErrorKind::UnknownRecipient, "5.1.1 - Prova PEC S.p.A. - Utente inesistente"),
        ),
        (
            "errore-consegna-no-dominio",
            refused(ErrorKind::UnknownDomain, "5.1.2 - Prova PEC S.p.A. - dominio inesistente"),
        ),
        ("errore-consegna-altro", refused(ErrorKind::Other, "5.2.2 - Prova PEC S.p.A. - Casella piena")),
        ("errore-consegna-virus", refused(ErrorKind::Virus, "Eicar-Test-Signature")),
        ("rilevazione-virus", Event::VirusDetected { recipient: rossi, reason: "Eicar-Test-Signature" }),
    ];
    for (name, event) in events {
        write(&format!("types/{name}.eml"), receipt(provider, &event));
    }
    write("types/posta-certificata.eml", provider.envelope(&transaction(), SENT.as_bytes(), noon()).unwrap());
    let ordinary = SENT.replace("albo@pec.example.it", "mario@example.com");
    let reason = "il messaggio non proviene da un gestore";
    write("types/anomalia.eml", provider.anomaly(ordinary.as_bytes(), reason, noon()).unwrap());
    write("types/anomalia-bounce.eml", provider.anomaly(BOUNCE.as_bytes(), reason, noon()).unwrap());
    write("sent.eml", SENT);
}

fn manners(provider: &Provider) {
    let rossi = &address("rossi@pec.example.it");
    let event = Event::Delivery { recipient: rossi, detail: ReceiptKind::Synthetic, original: b"" };
    let in_manner = |manner: &Manner| {
        provider.receipt_in(manner, &transaction(), &event, &id("r2@pec.example.it"), noon()).unwrap()
    };
    let xml = provider.certification(&transaction(), &event, noon());
    let with = |certification: Vec<u8>| Manner { certification: Some(certification), ..Manner::default() };
    let latin = || xml.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect::<Vec<u8>>();
    let manners = [
        ("quoted-printable", Manner { encoding: Encoding::QuotedPrintable, ..Manner::default() }),
        ("8bit", Manner { encoding: Encoding::Plain, ..Manner::default() }),
        ("no-zone", with(xml.replace(" zona=\"+0100\"", "").into())),
        ("stray-dot", with(xml.replace("</intestazione>", "</intestazione>.").into())),
        ("bare-ampersand", with(xml.replace("&amp;", "&").into())),
        ("latin-1", with(latin())),
        ("byte-order-mark", with(format!("\u{feff}{xml}").into())),
        (
            "document-type",
            with(xml.replace("<postacert", "<!DOCTYPE postacert SYSTEM \"daticert.dtd\">\n<postacert").into()),
        ),
        ("file-name", Manner { file_name: Some("DATICERT.XML".into()), ..Manner::default() }),
        ("media-type", Manner { media_type: Some("application/octet-stream".into()), ..Manner::default() }),
        ("no-identifier", with(remove(&xml, "identificativo").into())),
        ("no-msgid", with(remove(&xml, "msgid").into())),
        ("opaque", Manner { opaque: true, ..Manner::default() }),
    ];
    for (name, manner) in &manners {
        write(&format!("manners/{name}.eml"), in_manner(manner));
    }
    outer_headers(&String::from_utf8(in_manner(&Manner::default())).unwrap());
    let rewritten = SENT.replace(
        "Message-ID: <m1@albo.example.it>",
        "Message-ID: <opec1.20260110120203.1.1.1@pec.example.it>\r\nX-Riferimento-Message-ID: <m1@albo.example.it>",
    );
    let event = Event::Delivery { recipient: rossi, detail: ReceiptKind::Complete, original: rewritten.as_bytes() };
    write("manners/rewritten-identifier.eml", receipt(provider, &event));
}

/// What happens to a header, which nobody signed, on its way.
fn outer_headers(text: &str) {
    write("manners/line-feeds.eml", text.replace("\r\n", "\n"));
    write(
        "manners/folded.eml",
        text.replacen("X-Riferimento-Message-ID: ", "X-Riferimento-Message-ID:\r\n\t", 1).replacen(
            "X-Ricevuta: ",
            "X-Ricevuta:\r\n ",
            1,
        ),
    );
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let shouted = head.split("\r\n").map(|line| match line.split_once(": ") {
        Some((name, value)) if !line.starts_with([' ', '\t']) => format!("{}: {value}", name.to_uppercase()),
        _ => line.to_owned(),
    });
    write("manners/upper-case.eml", format!("{}\r\n\r\n{body}", shouted.collect::<Vec<_>>().join("\r\n")));
    write("manners/moved-reference.eml", text.replacen("ID: <m1@albo", "ID: <m2@albo", 1));
    write("manners/other-marker.eml", text.replacen("X-Ricevuta: avvenuta-consegna", "X-Ricevuta: errore-consegna", 1));
}

fn remove(xml: &str, element: &str) -> String {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    let (start, end) = (xml.find(&open).unwrap(), xml.find(&close).unwrap() + close.len());
    format!("{}{}", &xml[..start], &xml[end..])
}

fn broken(good: &Provider, issuer: &Issuer<'_, KeyPair>) {
    let (_, stranger) = authority("Altra autorità");
    let genuine = String::from_utf8(receipt(good, &Event::Acceptance)).unwrap();
    write("broken/altered.eml", genuine.replacen("Ricevuta di accettazione", "Ricevuta di accettazionE", 1));
    write("broken/unsigned.eml", genuine.replacen("multipart/signed", "multipart/mixed", 1));
    write("broken/truncated.eml", &genuine[..genuine.len() / 3]);
    write("broken/unknown-issuer.eml", receipt(&provider(&stranger, PROVIDER, 2049), &Event::Acceptance));
    write("broken/expired.eml", receipt(&provider(issuer, PROVIDER, 2025), &Event::Acceptance));
    write("broken/other-address.eml", receipt(&provider(issuer, "mario@pec.example.it", 2049), &Event::Acceptance));
    let entities = "<!DOCTYPE postacert [<!ENTITY a \"aaaa\">]><postacert tipo=\"accettazione\">&a;</postacert>";
    let manner = Manner { certification: Some(entities.into()), ..Manner::default() };
    let bytes = good.receipt_in(&manner, &transaction(), &Event::Acceptance, &id("r3@pec.example.it"), noon());
    write("broken/entities.eml", bytes.unwrap());
    let forwarded = format!(
        "From: mario@example.com\r\nTo: albo@pec.example.it\r\nSubject: ACCETTAZIONE: Quota\r\nMIME-Version: 1.0\r\n\
         Content-Type: message/rfc822\r\n\r\n{genuine}"
    );
    write("broken/forwarded.eml", forwarded);
}

fn main() {
    let (pem, issuer) = authority("Autorità di prova");
    let good = provider(&issuer, PROVIDER, 2049);
    write("ca.pem", pem);
    types(&good);
    manners(&good);
    broken(&good, &issuer);
}
