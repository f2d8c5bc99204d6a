//! A message as JSON. The names are documented in docs/operate/certified-mail.md; they are added to and never changed.

use pec::{
    Bounce, Comparison, Enclosed, Envelope, Incoming, Irregularity, Mail, MessageId, Receipt, Recipient, SignatureState,
};
use serde_json::{Value, json};

use super::Reading;

pub fn of(reading: &Reading<'_>) -> Value {
    let mut value = match &reading.outcome {
        Err(reason) => json!({ "kind": "unreadable", "reason": reason }),
        Ok(Incoming::Receipt(receipt)) => of_receipt(receipt),
        Ok(Incoming::Envelope(envelope)) => of_envelope(envelope),
        Ok(Incoming::Anomaly(anomaly)) => json!({
            "kind": "anomaly", "signature": of_signature(&anomaly.signature), "explanation": anomaly.explanation,
            "enclosed": match &anomaly.enclosed {
                Enclosed::Mail(mail) => of_mail(mail),
                Enclosed::Bounce(bounce) => of_bounce(bounce),
            },
        }),
        Ok(Incoming::Bounce(bounce)) => of_bounce(bounce),
        Ok(Incoming::Ordinary(mail)) => of_mail(mail),
        Ok(_) => json!({ "kind": "other" }),
    };
    value["file"] = json!(reading.file);
    value["good"] = json!(!reading.is_wrong());
    if let Some(comparison) = &reading.comparison {
        value["sent"] = of_comparison(comparison);
    }
    value
}

fn of_receipt(receipt: &Receipt) -> Value {
    json!({
        "kind": "receipt",
        "type": receipt.kind.key(),
        "state": receipt.kind.status().map(pec::DeliveryStatus::key),
        "at": receipt.at.to_string(),
        "offset": receipt.offset.to_string(),
        "reference": id(receipt.reference_message_id.as_ref()),
        "reference_certified": receipt.is_reference_certified(),
        "transaction": receipt.identifier,
        "message_id": id(receipt.message_id.as_ref()),
        "provider": receipt.provider,
        "sender": receipt.sender.as_ref().map(italia::EmailAddress::as_str),
        "recipient": receipt.recipient.as_ref().map(italia::EmailAddress::as_str),
        "recipients": of_recipients(&receipt.recipients),
        "subject": receipt.subject,
        "detail": receipt.detail.map(pec::ReceiptKind::wire),
        "error": receipt.error.wire(),
        "reason": receipt.reason.map(pec::Reason::key),
        "code": receipt.extended_code.map(|code| code.to_string()),
        "text": receipt.extended_error,
        "original": receipt.original.as_ref().map(of_mail),
        "signature": of_signature(&receipt.signature),
        "irregularities": of_irregularities(&receipt.irregularities),
    })
}

fn of_envelope(envelope: &Envelope) -> Value {
    json!({
        "kind": "envelope",
        "at": envelope.at.to_string(),
        "reference": id(envelope.reference_message_id.as_ref()),
        "transaction": envelope.identifier,
        "provider": envelope.provider,
        "sender": envelope.sender.as_ref().map(italia::EmailAddress::as_str),
        "recipients": of_recipients(&envelope.recipients),
        "detail": envelope.detail.map(pec::ReceiptKind::wire),
        "original": of_mail(&envelope.original),
        "signature": of_signature(&envelope.signature),
        "irregularities": of_irregularities(&envelope.irregularities),
    })
}

fn of_mail(mail: &Mail) -> Value {
    let files = mail
        .attachments
        .iter()
        .map(|file| json!({ "name": file.name, "media_type": file.media_type, "bytes": file.bytes.len() }));
    json!({
        "kind": "mail",
        "from": mail.from.as_ref().map(italia::EmailAddress::as_str),
        "to": mail.to.iter().map(italia::EmailAddress::as_str).collect::<Vec<_>>(),
        "subject": mail.subject,
        "date": mail.date.map(|date| date.to_string()),
        "message_id": id(mail.message_id.as_ref()),
        "automatic": mail.auto_submitted,
        "attachments": files.collect::<Vec<_>>(),
    })
}

fn of_bounce(bounce: &Bounce) -> Value {
    let recipients = bounce.recipients.iter().map(|recipient| {
        json!({
            "recipient": recipient.recipient.as_ref().map(italia::EmailAddress::as_str),
            "action": recipient.action.wire(),
            "code": recipient.status.map(|code| code.to_string()),
            "text": recipient.diagnostic,
        })
    });
    json!({
        "kind": "bounce",
        "reference": id(bounce.original_message_id.as_ref()),
        "recipients": recipients.collect::<Vec<_>>(),
    })
}

fn of_signature(signature: &SignatureState) -> Value {
    let signer = signature.signer().map(|signer| {
        json!({
            "subject": signer.subject, "issuer": signer.issuer, "addresses": signer.addresses, "serial": signer.serial,
        })
    });
    json!({ "state": signature.key(), "text": signature.to_string(), "signer": signer })
}

fn of_recipients(recipients: &[Recipient]) -> Value {
    let each = |recipient: &Recipient| json!({ "address": recipient.address.as_str(), "kind": recipient.kind.wire() });
    recipients.iter().map(each).collect()
}

fn of_irregularities(irregularities: &[Irregularity]) -> Value {
    irregularities.iter().map(|odd| json!({ "key": odd.key(), "text": odd.to_string() })).collect()
}

fn of_comparison(comparison: &Comparison) -> Value {
    match comparison {
        Comparison::NotEnclosed => json!({ "same": null }),
        Comparison::Same { files } => json!({ "same": true, "files": files }),
        Comparison::Different { text, files } => json!({ "same": false, "text": text, "different": files }),
    }
}

fn id(id: Option<&MessageId>) -> Option<&str> {
    id.map(MessageId::as_str)
}
