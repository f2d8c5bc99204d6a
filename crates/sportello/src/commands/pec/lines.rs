//! A message in lines for people.

use pec::{
    Bounce, Comparison, Enclosed, Envelope, Incoming, Irregularity, Mail, Receipt, RecipientKind, SignatureState,
    UntrustedReason,
};

use super::Reading;
use crate::screen::{Screen, Style};

/// The column in which values begin.
const WIDTH: usize = 13;

pub fn of(reading: &Reading<'_>, screen: &Screen) -> Vec<String> {
    let mut lines = vec![screen.styled(Style::Bold, &safe(reading.file))];
    match &reading.outcome {
        Err(reason) => {
            let mark = screen.styled(Style::Red, "unreadable");
            lines.push(format!("{mark}   {}", safe(reason)));
        }
        Ok(Incoming::Receipt(receipt)) => of_receipt(receipt, screen, &mut lines),
        Ok(Incoming::Envelope(envelope)) => of_envelope(envelope, screen, &mut lines),
        Ok(Incoming::Anomaly(anomaly)) => {
            lines.push(line("kind", "anomaly: nothing is certified of what is enclosed"));
            of_signature(&anomaly.signature, screen, &mut lines);
            match &anomaly.enclosed {
                Enclosed::Mail(mail) => of_mail("encloses", mail, &mut lines),
                Enclosed::Bounce(bounce) => of_bounce(bounce, &mut lines),
            }
        }
        Ok(Incoming::Bounce(bounce)) => of_bounce(bounce, &mut lines),
        Ok(Incoming::Ordinary(mail)) => of_mail("kind", mail, &mut lines),
        Ok(_) => lines.push(line("kind", "other")),
    }
    if let Some(comparison) = &reading.comparison {
        lines.push(line("content", &in_words(comparison)));
    }
    lines
}

/// What others wrote may hold commands to the terminal.
fn safe(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}

fn line(name: &str, value: &str) -> String {
    format!("{name:WIDTH$}{}", safe(value))
}

fn of_receipt(receipt: &Receipt, screen: &Screen, lines: &mut Vec<String>) {
    lines.push(line("kind", &format!("receipt: {}", receipt.kind.key())));
    let state = receipt.kind.status().map_or("none: it is between providers", pec::DeliveryStatus::key);
    lines.push(line("state", state));
    let local = receipt.offset.to_datetime(receipt.at);
    lines.push(line("at", &format!("{} {} ({})", local.strftime("%Y-%m-%d %H:%M:%S"), receipt.offset, receipt.at)));
    let reference = receipt.reference_message_id.as_ref().map_or_else(|| "nothing".to_owned(), ToString::to_string);
    let certified = if receipt.is_reference_certified() { "" } else { " (not signed)" };
    lines.push(line("about", &format!("{reference}{certified}")));
    lines.push(line("transaction", &receipt.identifier));
    lines.push(line("provider", &receipt.provider));
    if let Some(sender) = &receipt.sender {
        lines.push(line("sender", sender.as_str()));
    }
    match &receipt.recipient {
        Some(recipient) => lines.push(line("recipient", recipient.as_str())),
        None => of_recipients(&receipt.recipients, lines),
    }
    if let Some(reason) = receipt.reason {
        let text = receipt.extended_error.as_deref().map(|text| format!(": {text}")).unwrap_or_default();
        lines.push(line("reason", &format!("{}, errore {}{text}", reason.key(), receipt.error.wire())));
    }
    if let Some(subject) = &receipt.subject {
        lines.push(line("subject", subject));
    }
    of_signature(&receipt.signature, screen, lines);
    of_irregularities(&receipt.irregularities, screen, lines);
}

fn of_envelope(envelope: &Envelope, screen: &Screen, lines: &mut Vec<String>) {
    lines.push(line("kind", "envelope: a certified message"));
    lines.push(line("at", &envelope.at.to_string()));
    if let Some(reference) = &envelope.reference_message_id {
        lines.push(line("about", &reference.to_string()));
    }
    lines.push(line("transaction", &envelope.identifier));
    lines.push(line("provider", &envelope.provider));
    if let Some(sender) = &envelope.sender {
        lines.push(line("sender", sender.as_str()));
    }
    of_recipients(&envelope.recipients, lines);
    lines.push(line("subject", &envelope.original.subject));
    of_files(&envelope.original, lines);
    of_signature(&envelope.signature, screen, lines);
    of_irregularities(&envelope.irregularities, screen, lines);
}

fn of_recipients(recipients: &[pec::Recipient], lines: &mut Vec<String>) {
    for recipient in recipients {
        let kind = match recipient.kind {
            RecipientKind::Certified => "",
            RecipientKind::Ordinary => " (ordinary mailbox)",
        };
        lines.push(line("recipients", &format!("{}{kind}", recipient.address.as_str())));
    }
}

fn of_mail(name: &str, mail: &Mail, lines: &mut Vec<String>) {
    let automatic = if mail.auto_submitted { ", written by a program" } else { "" };
    lines.push(line(name, &format!("ordinary mail{automatic}")));
    if let Some(from) = &mail.from {
        lines.push(line("from", from.as_str()));
    }
    if let Some(id) = &mail.message_id {
        lines.push(line("message id", &id.to_string()));
    }
    lines.push(line("subject", &mail.subject));
    of_files(mail, lines);
}

fn of_files(mail: &Mail, lines: &mut Vec<String>) {
    for file in &mail.attachments {
        lines.push(line("file", &format!("{} ({}, {} bytes)", file.name, file.media_type, file.bytes.len())));
    }
}

fn of_bounce(bounce: &Bounce, lines: &mut Vec<String>) {
    lines.push(line("kind", "bounce of ordinary mail"));
    if let Some(id) = &bounce.original_message_id {
        lines.push(line("about", &id.to_string()));
    }
    for recipient in &bounce.recipients {
        let address = recipient.recipient.as_ref().map_or("somebody", italia::EmailAddress::as_str);
        let code = recipient.status.map(|code| format!(" {code}")).unwrap_or_default();
        let text = recipient.diagnostic.as_deref().map(|text| format!(": {text}")).unwrap_or_default();
        lines.push(line("recipient", &format!("{address}: {}{code}{text}", recipient.action.wire())));
    }
}

fn of_signature(signature: &SignatureState, screen: &Screen, lines: &mut Vec<String>) {
    let style = if signature.is_valid() { Style::Green } else { Style::Red };
    lines.push(format!("{:WIDTH$}{}", "signature", screen.styled(style, &safe(&signature.to_string()))));
    if matches!(signature, SignatureState::Untrusted { reason: UntrustedReason::NoAnchor, .. }) {
        lines.push(line("", "name the authorities with --trust"));
    }
    if let Some(signer) = signature.signer() {
        lines.push(line("signer", &format!("{}, certified by {}", signer.subject, signer.issuer)));
    }
}

fn of_irregularities(irregularities: &[Irregularity], screen: &Screen, lines: &mut Vec<String>) {
    for odd in irregularities {
        lines.push(format!("{:WIDTH$}{}", "odd", screen.styled(Style::Yellow, &safe(&odd.to_string()))));
    }
}

fn in_words(comparison: &Comparison) -> String {
    match comparison {
        Comparison::NotEnclosed => "the receipt encloses no message to compare".to_owned(),
        Comparison::Same { files } => format!("the same as what was sent ({files} files)"),
        Comparison::Different { text, files } => {
            let mut different: Vec<&str> = files.iter().map(String::as_str).collect();
            if *text {
                different.insert(0, "the text");
            }
            format!("not what was sent: {}", different.join(", "))
        }
    }
}
