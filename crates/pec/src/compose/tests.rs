use proptest::prelude::*;

use super::*;
use crate::testing::{address, id, noon};
use crate::{Incoming, Mail, TrustAnchors, read};

fn plain() -> Outgoing {
    Outgoing::new(
        address("albo@pec.example.it"),
        address("rossi@example.com"),
        "Quota 2026: attività",
        "Buongiorno,\nè dovuta la quota.\n.\nSaluti",
        id("m1@albo.example.it"),
        noon(),
    )
}

fn reread(message: &Outgoing) -> Mail {
    match read(&message.compose().unwrap(), &TrustAnchors::none(), noon()).unwrap() {
        Incoming::Ordinary(mail) => *mail,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_written_is_read() {
    let mail = reread(&plain());
    assert_eq!(mail.subject, "Quota 2026: attività");
    assert_eq!(mail.text, "Buongiorno,\nè dovuta la quota.\n.\nSaluti");
    assert_eq!(mail.message_id, Some(id("m1@albo.example.it")));
    assert_eq!(mail.from, Some(address("albo@pec.example.it")));
    assert_eq!(mail.to, [address("rossi@example.com")]);
    assert_eq!(mail.date, Some(noon()));
    assert!(!mail.auto_submitted);
}

#[test]
fn all_the_options() {
    let mut message = plain();
    message.from_name = Some("Comitato \"Centrale\", Albo à".into());
    message.html = Some("<p>Buongiorno</p>".into());
    message.attachments = vec![Attachment {
        name: "relazione d'attività.pdf".into(),
        media_type: "application/pdf".into(),
        bytes: vec![0, 255, b'\n', b'.', b'\r'],
    }];
    message.reply_to = Some(address("assistenza@example.it"));
    message.in_reply_to = Some(id("q@example.com"));
    message.receipt = Some(ReceiptKind::Brief);
    message.auto_submitted = true;
    let text = String::from_utf8(message.compose().unwrap()).unwrap();
    assert!(text.contains("X-TipoRicevuta: breve\r\n"));
    assert!(text.contains("Message-ID: <m1@albo.example.it>\r\n"));
    let mail = reread(&message);
    assert_eq!(mail.from_name.as_deref(), Some("Comitato \"Centrale\", Albo à"));
    assert_eq!(mail.attachments, message.attachments);
    assert_eq!(mail.reply_to, message.reply_to);
    assert_eq!(mail.in_reply_to, message.in_reply_to);
    assert!(mail.auto_submitted);
    assert_eq!(mail.text, plain().text, "the plain form is the one shown");
}

#[test]
fn composing_is_reproducible() {
    let mut message = plain();
    message.html = Some("<p>x</p>".into());
    assert_eq!(message.compose().unwrap(), message.compose().unwrap());
}

#[test]
fn headers_cannot_be_smuggled_in() {
    for evil in ["x\r\nBcc: a@b.it", "x\nBcc: a@b.it", "x\rBcc: a@b.it", "x\0", "x\u{85}y", "x\u{2028}y"] {
        let mut subject = plain();
        subject.subject = evil.into();
        let mut name = plain();
        name.from_name = Some(evil.into());
        let mut file = plain();
        file.attachments = vec![Attachment { name: evil.into(), media_type: "a/b".into(), bytes: Vec::new() }];
        let mut media = plain();
        media.attachments = vec![Attachment { name: "a".into(), media_type: evil.into(), bytes: Vec::new() }];
        for message in [subject, name, file, media] {
            assert!(matches!(message.compose(), Err(ComposeError::Injection(_))), "{evil:?}");
        }
    }
}

#[test]
fn a_media_type_must_be_one() {
    let mut message = plain();
    message.attachments = vec![Attachment { name: "a".into(), media_type: "nonsense".into(), bytes: Vec::new() }];
    assert!(matches!(message.compose(), Err(ComposeError::MediaType { .. })));
}

#[test]
fn debug_shows_no_content() {
    let shown = format!("{:?} {:?}", plain(), reread(&plain()));
    assert!(!shown.contains("Quota") && !shown.contains("Buongiorno"), "{shown}");
}

proptest! {
    #[test]
    fn any_subject_and_text_come_through(subject in "\\PC{0,120}", text in "[^\\p{Cc}]{0,300}") {
        let mut message = plain();
        message.subject.clone_from(&subject);
        message.text.clone_from(&text);
        if let Ok(bytes) = message.compose() {
            let Ok(Incoming::Ordinary(mail)) = read(&bytes, &TrustAnchors::none(), noon()) else { panic!() };
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(words(&mail.subject), words(&subject));
            prop_assert_eq!(mail.text, text.trim());
        }
    }

    #[test]
    fn no_line_of_the_header_is_the_caller_s(subject in any::<String>(), name in any::<String>()) {
        let mut message = plain();
        message.subject = subject;
        message.from_name = Some(name);
        if let Ok(bytes) = message.compose() {
            let head = String::from_utf8(bytes).unwrap();
            let head = head.split("\r\n\r\n").next().unwrap().to_owned();
            let names: Vec<_> = head.lines().filter(|line| !line.starts_with([' ', '\t']))
                .filter_map(|line| line.split(':').next()).map(str::to_owned).collect();
            let known = ["From", "To", "Subject", "Message-ID", "Date", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"];
            prop_assert!(names.iter().all(|name| known.contains(&name.as_str())), "{:?}", names);
        }
    }
}
