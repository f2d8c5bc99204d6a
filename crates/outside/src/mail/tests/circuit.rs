//! The whole circuit: handed over by SMTP, fetched by IMAP, read, understood.

use pec::{Attachment, ReceiptKind, ReceiptType, SignatureState};

use super::*;

#[tokio::test]
async fn a_message_is_accepted_delivered_and_readable() {
    let world = world().await;
    let mut message = certified(ROSSI, "m1");
    let file = Attachment { name: "avviso.pdf".into(), media_type: "application/pdf".into(), bytes: b"%PDF".to_vec() };
    message.attachments = vec![file.clone()];
    let accepted = world.sender(Channel::Pec).send(&message).await.unwrap();
    assert_eq!(accepted.code, 250);

    let receipts = world.receipts().await;
    let kinds: Vec<_> = receipts.iter().map(|receipt| receipt.kind).collect();
    assert_eq!(kinds, [ReceiptType::Acceptance, ReceiptType::Delivery]);
    for receipt in &receipts {
        assert!(receipt.signature.is_valid(), "{:?}", receipt.signature);
        assert!(receipt.is_reference_certified());
        assert_eq!(receipt.reference_message_id, Some(message.message_id.clone()));
        assert_eq!(receipt.offset, jiff::tz::offset(1), "legal time in winter");
    }
    let addresses: Vec<_> = receipts
        .iter()
        .map(|receipt| match &receipt.signature {
            SignatureState::Valid { signer } => signer.addresses[0].clone(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(addresses, ["posta-certificata@pec.example.it", "posta-certificata@legalmail.example"]);
    let original = receipts[1].original.as_ref().unwrap();
    assert_eq!(original.text, "Buongiorno,\n.\nla quota è dovuta.");
    let at = world.mail.post.now();
    let state = world.state(&message).await;
    assert_eq!((state.accepted, state.delivered), (Some(at), Some(at)));

    let stored = world.only(ROSSI);
    assert_eq!(stored.kind, MessageKind::Certified);
    assert_eq!((stored.from.as_str(), stored.subject.as_str()), (ALBO, "Quota 2026: attività"));
    assert_eq!(stored.text, "Buongiorno,\n.\nla quota è dovuta.");
    assert_eq!(stored.attachments, [file]);
}

#[tokio::test]
async fn the_detail_that_was_asked_for() {
    let world = world().await;
    let sender = world.sender(Channel::Pec);
    for (number, kind) in [ReceiptKind::Complete, ReceiptKind::Brief, ReceiptKind::Synthetic].into_iter().enumerate() {
        let message = Outgoing { receipt: Some(kind), ..certified(ROSSI, &format!("m{number}")) };
        sender.send(&message).await.unwrap();
        let receipts = world.receipts().await;
        let delivery = receipts.last().unwrap();
        assert_eq!(delivery.detail, Some(kind));
        assert_eq!(delivery.original.is_some(), kind != ReceiptKind::Synthetic);
    }
}

#[tokio::test]
async fn recipients_in_copy_get_a_synthetic_receipt() {
    let world = world().await;
    let raw =
        format!("From: {ALBO}\r\nTo: {ROSSI}\r\nCc: bianchi@pec.example.it\r\nMessage-ID: <c@x.it>\r\n\r\nciao\r\n");
    let to = [address(ROSSI), address("bianchi@pec.example.it")];
    world.sender(Channel::Pec).send_raw(&address(ALBO), &to, raw.into_bytes()).await.unwrap();
    let receipts = world.receipts().await;
    let details: Vec<_> = receipts.iter().map(|receipt| receipt.detail).collect();
    assert_eq!(details, [None, Some(ReceiptKind::Complete), Some(ReceiptKind::Synthetic)]);
    assert!(receipts[1].concerns(&to[0]) && !receipts[1].concerns(&to[1]));
    assert!(receipts[0].concerns(&to[0]) && receipts[0].concerns(&to[1]));
}

#[tokio::test]
async fn an_ordinary_recipient_is_accepted_and_nothing_more() {
    let world = world().await;
    let message = certified(VERDI, "m1");
    world.sender(Channel::Pec).send(&message).await.unwrap();
    let receipts = world.receipts().await;
    assert_eq!(receipts.len(), 1);
    assert_eq!(receipts[0].recipients[0].kind, pec::RecipientKind::Ordinary);
    assert_eq!(world.status(&message).await, DeliveryStatus::Accepted);
    assert_eq!(world.only(VERDI).kind, MessageKind::Certified);
}

#[tokio::test]
async fn an_ordinary_recipient_who_cannot_be_reached_bounces_inside_an_anomaly() {
    let world = world().await;
    let message = certified("nessuno@ditta.invalid", "m1");
    world.sender(Channel::Pec).send(&message).await.unwrap();
    let polled = world.poll(ALBO).await;
    let Incoming::Anomaly(anomaly) = polled.last().unwrap() else { panic!("{polled:?}") };
    let pec::Enclosed::Bounce(bounce) = &anomaly.enclosed else { panic!() };
    assert_eq!(bounce.original_message_id, Some(message.message_id));
    assert_eq!(bounce.recipients[0].status.unwrap().to_string(), "5.1.2");
}

#[tokio::test]
async fn formal_faults_and_viruses_are_not_accepted() {
    let world = world().await;
    let sender = world.sender(Channel::Pec);
    let raw = format!("From: {ALBO}\r\nTo: altri@pec.example.it\r\nMessage-ID: <f@x.it>\r\n\r\nciao\r\n");
    sender.send_raw(&address(ALBO), &[address(ROSSI)], raw.into_bytes()).await.unwrap();
    let infected = Attachment {
        name: "eicar.com".into(),
        media_type: "application/octet-stream".into(),
        bytes: ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"].concat().into_bytes(),
    };
    let message = Outgoing { attachments: vec![infected], ..certified(ROSSI, "v") };
    sender.send(&message).await.unwrap();
    let kinds: Vec<_> = world.receipts().await.iter().map(|receipt| receipt.kind).collect();
    assert_eq!(kinds, [ReceiptType::NonAcceptance { virus: false }, ReceiptType::NonAcceptance { virus: true }]);
    assert_eq!(world.status(&message).await, DeliveryStatus::Failed);
    assert!(world.mail.messages(&address(ROSSI)).is_empty());
}

#[tokio::test]
async fn ordinary_mail_is_kept_once_and_logged_each_time() {
    let world = world().await;
    let sender = world.sender(Channel::Ordinary);
    let message = ordinary(VERDI, "o1");
    sender.send(&message).await.unwrap();
    sender.send(&message).await.unwrap();
    assert_eq!(world.only(VERDI).subject, "Quota 2026: attività");
    let log = world.mail.delivered_ids();
    assert_eq!(log.len(), 2);
    assert!(log.iter().all(|entry| entry.message_id.as_deref() == Some("o1@albo.example.it")));
    assert!(log.iter().all(|entry| entry.channel == Channel::Ordinary && entry.to == address(VERDI)));
}

#[tokio::test]
async fn a_user_writes_to_assistance() {
    let world = world().await;
    let id = world.mail.send_ordinary(&address(VERDI), &address(ASSISTANCE), "RESET PASSWORD", "aiuto").unwrap();
    let polled = world.poll(ASSISTANCE).await;
    let [Incoming::Ordinary(mail)] = polled.as_slice() else { panic!("{polled:?}") };
    assert_eq!((mail.subject.as_str(), mail.text.as_str()), ("RESET PASSWORD", "aiuto"));
    assert_eq!(mail.message_id, Some(id));
    assert!(!mail.auto_submitted);
    let evil = world.mail.send_ordinary(&address(VERDI), &address(ASSISTANCE), "x\r\nBcc: a@b.it", "y");
    assert!(matches!(evil, Err(MailError::Compose(_))));
}

#[tokio::test]
async fn ordinary_mail_reaches_a_pec_box_as_an_anomaly() {
    let world = world().await;
    world.sender(Channel::Ordinary).send(&ordinary(ROSSI, "o1")).await.unwrap();
    let stored = world.only(ROSSI);
    assert_eq!(stored.kind, MessageKind::Anomaly);
    assert_eq!(stored.text, "Buongiorno,\n.\nla quota è dovuta.");
}

#[tokio::test]
async fn certified_mail_between_others_and_registration_by_hand() {
    let world = world().await;
    world.mail.register(&account("studio@libero.example", BoxKind::Pec));
    world.mail.send_certified(&address("studio@libero.example"), &address(ALBO), "Istanza", "testo").unwrap();
    let polled = world.poll(ALBO).await;
    let [Incoming::Envelope(envelope)] = polled.as_slice() else { panic!("{polled:?}") };
    assert!(envelope.signature.is_valid());
    assert_eq!(envelope.sender, Some(address("studio@libero.example")));
    assert_eq!(envelope.original.subject, "Istanza");
    assert_eq!(world.mail.messages(&address("studio@libero.example")).len(), 2, "its own receipts");
}

#[tokio::test]
async fn boxes_are_listed() {
    let world = world().await;
    world.sender(Channel::Pec).send(&certified(ROSSI, "m1")).await.unwrap();
    let boxes = world.mail.mailboxes();
    let rossi = boxes.iter().find(|found| found.address == address(ROSSI)).unwrap();
    assert_eq!((rossi.kind, rossi.messages, rossi.unseen), (BoxKind::Pec, 1, 1));
    assert_eq!(world.mail.kind(&address("chiunque@legalmail.example")), BoxKind::Pec);
    assert_eq!(world.mail.kind(&address(VERDI)), BoxKind::Ordinary);
    let uid = world.mail.put_message(&address(VERDI), b"From: a@b.it\r\n\r\nx\r\n");
    assert_eq!((uid, world.only(VERDI).text.as_str()), (1, "x"));
}
