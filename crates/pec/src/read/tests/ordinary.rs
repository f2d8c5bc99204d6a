//! Mail without certification.

use super::*;
use crate::TrustAnchors;

fn mail(text: &str) -> Mail {
    match read(text.as_bytes(), &TrustAnchors::none(), noon()).unwrap() {
        Incoming::Ordinary(mail) => *mail,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_plain_message() {
    let mail = mail(
        "Return-Path: <mario@example.com>\nFrom: \"Rossi, Mario\" <mario@example.com>\nTo: a@b.it, Altro <c@d.it>\nCc: e@f.it\n\
         Subject: RESET PASSWORD\nMessage-ID: <1@example.com>\nIn-Reply-To: <0@b.it>\nDate: Sat, 10 Jan 2026 09:00:00 +0100\n\nAiuto\n",
    );
    assert_eq!(mail.from, Some(address("mario@example.com")));
    assert_eq!(mail.from_name.as_deref(), Some("Rossi, Mario"));
    assert_eq!(mail.to, [address("a@b.it"), address("c@d.it")]);
    assert_eq!(mail.cc, [address("e@f.it")]);
    assert_eq!((mail.subject.as_str(), mail.text.as_str()), ("RESET PASSWORD", "Aiuto"));
    assert_eq!(mail.in_reply_to, MessageId::lenient("<0@b.it>"));
    assert!(!mail.auto_submitted);
}

#[test]
fn automatic_messages_are_known() {
    for header in [
        "Auto-Submitted: auto-replied",
        "Precedence: bulk",
        "X-Auto-Response-Suppress: All",
        "Return-Path: <>",
        "List-Id: <x.y>",
    ] {
        assert!(mail(&format!("{header}\nFrom: a@b.it\n\nx")).auto_submitted, "{header}");
    }
    assert!(!mail("Auto-Submitted: no\nFrom: a@b.it\n\nx").auto_submitted);
}

#[test]
fn unreadable_addresses_are_none() {
    let mail = mail("From: undisclosed\nTo: <>, a@b.it\nSubject: x\n\ny");
    assert_eq!(mail.from, None);
    assert_eq!(mail.to, [address("a@b.it")]);
}

#[test]
fn a_delivery_status_notification() {
    let text = "From: MAILER-DAEMON@mx.example.com\nSubject: Undelivered\n\
Content-Type: multipart/report; report-type=delivery-status; boundary=\"r\"\n\n--r\n\nCould not deliver.\n--r\n\
Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.com\nArrival-Date: Sat, 10 Jan 2026 09:00:00 +0100\n\n\
Final-Recipient: RFC822; Verdi@example.com\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2\n mailbox full\n\n\
Final-Recipient: rfc822; bianchi@example.com\nAction: delayed\nStatus: 4.4.1 (no route)\n\n--r\n\
Content-Type: message/rfc822\n\nMessage-ID: <m7@albo.example.it>\nSubject: quota\n\nx\n--r--\n";
    let Incoming::Bounce(bounce) = read(text.as_bytes(), &TrustAnchors::none(), noon()).unwrap() else { panic!() };
    assert_eq!(bounce.original_message_id, Some(id("m7@albo.example.it")));
    assert_eq!(bounce.text, "Could not deliver.");
    assert_eq!(bounce.recipients.len(), 2);
    assert_eq!(bounce.recipients[0].recipient, Some(address("verdi@example.com")));
    assert_eq!(bounce.recipients[0].action, BounceAction::Failed);
    assert_eq!(bounce.recipients[0].status.unwrap().to_string(), "5.2.2");
    assert_eq!(bounce.recipients[0].diagnostic.as_deref(), Some("smtp; 552 5.2.2 mailbox full"));
    assert_eq!(bounce.recipients[1].action, BounceAction::Delayed);
}

#[test]
fn a_report_of_another_kind_is_mail() {
    let text = "Content-Type: multipart/report; report-type=disposition-notification; boundary=r\nFrom: a@b.it\n\n--r\n\nletto\n\
                --r\nContent-Type: message/disposition-notification\n\nDisposition: x; displayed\n--r--\n";
    assert_eq!(mail(text).text, "letto");
}

#[test]
fn a_person_s_own_signature_is_left_alone() {
    let text = "From: a@b.it\nContent-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=s\n\n\
                --s\nContent-Type: text/plain\n\nfirmato\n--s\nContent-Type: application/pkcs7-signature; name=smime.p7s\n\
                Content-Transfer-Encoding: base64\n\nAAAA\n--s--\n";
    assert_eq!(mail(text).text, "firmato");
}
