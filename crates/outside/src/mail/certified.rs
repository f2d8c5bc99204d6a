//! What the PEC provider does with a message: accept or refuse it, carry it, certify what became of it.

use std::sync::Arc;

use italia::EmailAddress;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use pec::provider::{Event, Transaction};
use pec::{DelayNotice, Incoming, Mail, MessageId, ReceiptKind, Recipient, RecipientKind, TrustAnchors};

use super::behaviour::{BoxBehaviour, BoxKind, Refusal};
use super::post::{Post, State};
use super::queue::{Certified, Letter};
use super::{Channel, MailError, Transmission, headers};

/// Size of the message times number of recipients (RFC 6109, section 3.1.1).
const LARGEST: usize = 30_000_000;
/// The harmless string by which virus scanners are tested, in two halves so that none stumbles over this file.
const EICAR: [&str; 2] = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"];

impl Post {
    /// A user's message at the access point. Formal faults are answered by a receipt, not by SMTP.
    pub fn submit_certified(
        &self,
        account: &EmailAddress,
        recipients: &[EmailAddress],
        raw: &[u8],
    ) -> Result<(), MailError> {
        let now = self.now();
        let mut guard = self.lock();
        let state = &mut *guard;
        let id = headers::id(raw, "Message-ID");
        for to in recipients {
            let (from, to) = (Some(account.clone()), to.clone());
            state.log.push(Transmission { at: now, channel: Channel::Pec, message_id: id.clone(), from, to });
        }
        let mail = outgoing_mail(raw, now);
        let facts = self.transaction(state, account, recipients, raw, mail.as_ref(), now);
        if let Some((virus, reason)) = fault(account, recipients, raw, mail.as_ref()) {
            self.certify(state, account.domain(), &facts, &Event::NonAcceptance { virus, reason: &reason }, now)?;
        } else {
            self.certify(state, account.domain(), &facts, &Event::Acceptance, now)?;
            let rewritten = state.boxes.behaviour(account) == BoxBehaviour::RewritesMessageId;
            let original = if rewritten { headers::rewrite_id(raw, facts.identifier.as_str()) } else { raw.to_vec() };
            let primary = mail.map(|mail| mail.to).unwrap_or_default();
            let letter = Arc::new(Certified { facts, original, primary });
            for recipient in recipients {
                self.dispatch(state, Letter::Certified(Arc::clone(&letter)), recipient.clone(), now)?;
            }
        }
        drop(guard);
        self.announce();
        Ok(())
    }

    fn transaction(
        &self,
        state: &mut State,
        account: &EmailAddress,
        recipients: &[EmailAddress],
        raw: &[u8],
        mail: Option<&Mail>,
        now: Timestamp,
    ) -> Transaction {
        let recipient = |address: &EmailAddress| {
            let kind = match state.boxes.kind(address) {
                BoxKind::Pec => RecipientKind::Certified,
                BoxKind::Ordinary => RecipientKind::Ordinary,
            };
            Recipient { address: address.clone(), kind }
        };
        let recipients = recipients.iter().map(recipient).collect();
        let detail = headers::field(raw, "X-TipoRicevuta").unwrap_or_default().to_ascii_lowercase();
        Transaction {
            sender: account.clone(),
            recipients,
            reply_to: mail.and_then(|mail| mail.reply_to.clone()),
            subject: mail.map(|mail| mail.subject.clone()).unwrap_or_default(),
            message_id: headers::id(raw, "Message-ID").and_then(|id| MessageId::parse(&id).ok()),
            identifier: identifier(state, "opec", account.domain(), now),
            detail: match detail.as_str() {
                "breve" => ReceiptKind::Brief,
                "sintetica" => ReceiptKind::Synthetic,
                _ => ReceiptKind::Complete,
            },
        }
    }

    /// Writes a receipt of the provider of `domain` into the sender's box, twice if that is how a box behaves.
    fn certify(
        &self,
        state: &mut State,
        domain: &str,
        facts: &Transaction,
        event: &Event<'_>,
        at: Timestamp,
    ) -> Result<(), MailError> {
        let about = match event {
            Event::Delivery { recipient, .. }
            | Event::Delay { recipient, .. }
            | Event::DeliveryError { recipient, .. } => Some(*recipient),
            _ => None,
        };
        let doubles = |address: &EmailAddress| state.boxes.behaviour(address) == BoxBehaviour::DuplicateReceipts;
        let twice = doubles(&facts.sender) || about.is_some_and(doubles);
        let provider = self.provider(state, domain)?;
        for _ in 0..=usize::from(twice) {
            let id = identifier(state, "ricevuta", domain, at);
            let raw = provider.receipt(facts, event, &id, at)?;
            state.boxes.store(&facts.sender, raw, Some(id.as_str().to_owned()), at);
        }
        Ok(())
    }

    /// The message has reached the recipient's provider.
    pub fn arrive_certified(
        &self,
        state: &mut State,
        letter: &Certified,
        recipient: &EmailAddress,
        at: Timestamp,
    ) -> Result<(), MailError> {
        let facts = &letter.facts;
        let refusal = state.boxes.behaviour(recipient).refusal();
        if state.boxes.kind(recipient) == BoxKind::Ordinary {
            let refusal = refusal.or_else(|| super::ordinary::unroutable(recipient));
            return match refusal {
                Some(refusal) => self.bounce(state, &facts.sender, recipient, &letter.original, refusal, at),
                None => self.put_envelope(state, letter, recipient, at),
            };
        }
        if let Some(Refusal { status, words, error, .. }) = refusal {
            let name = self.provider(state, recipient.domain())?.name;
            let reason = format!("{status} - {name} - {words}");
            let event = Event::DeliveryError { recipient, error, reason: &reason };
            return self.certify(state, recipient.domain(), facts, &event, at);
        }
        self.put_envelope(state, letter, recipient, at)?;
        let primary = letter.primary.contains(recipient);
        let detail = if primary { facts.detail } else { ReceiptKind::Synthetic };
        let event = Event::Delivery { recipient, detail, original: &letter.original };
        self.certify(state, recipient.domain(), facts, &event, at)
    }

    fn put_envelope(
        &self,
        state: &mut State,
        letter: &Certified,
        recipient: &EmailAddress,
        at: Timestamp,
    ) -> Result<(), MailError> {
        let provider = self.provider(state, letter.facts.sender.domain())?;
        let raw = provider.envelope(&letter.facts, &letter.original, at)?;
        let key = letter.facts.message_id.as_ref().unwrap_or(&letter.facts.identifier);
        state.boxes.store(recipient, raw, Some(format!("envelope {key}")), at);
        Ok(())
    }

    /// The sender's provider has heard nothing.
    pub fn delay_certified(
        &self,
        state: &mut State,
        letter: &Certified,
        recipient: &EmailAddress,
        notice: DelayNotice,
        at: Timestamp,
    ) -> Result<(), MailError> {
        let domain = letter.facts.sender.domain();
        let name = self.provider(state, domain)?.name;
        let (status, words) = match notice {
            DelayNotice::First => ("4.4.1", "Nessuna risposta dal gestore del destinatario nelle prime 12 ore"),
            DelayNotice::Last => ("5.4.1", "Nessuna risposta dal gestore del destinatario entro 24 ore"),
        };
        let reason = format!("{status} - {name} - {words}");
        self.certify(state, domain, &letter.facts, &Event::Delay { recipient, notice, reason: &reason }, at)
    }
}

/// An identifier as providers make them: time and chance before the domain.
pub(super) fn identifier(state: &mut State, prefix: &str, domain: &str, at: Timestamp) -> MessageId {
    let time = at.to_zoned(TimeZone::UTC).strftime("%Y%m%d%H%M%S").to_string();
    let text = format!("{prefix}.{time}.{}@{}", state.chance.word(), domain.to_ascii_lowercase());
    // Digits, letters and a valid domain always make an identifier.
    MessageId::parse(&text).unwrap_or_else(|_| unreachable!("{text}"))
}

fn outgoing_mail(raw: &[u8], now: Timestamp) -> Option<Mail> {
    match pec::read(raw, &TrustAnchors::none(), now).ok()? {
        Incoming::Ordinary(mail) => Some(*mail),
        Incoming::Bounce(bounce) => Some(bounce.mail),
        _ => None,
    }
}

/// The formal checks of RFC 6109, section 3.1.1, and the search for viruses.
fn fault(
    account: &EmailAddress,
    recipients: &[EmailAddress],
    raw: &[u8],
    mail: Option<&Mail>,
) -> Option<(bool, String)> {
    let formal = |reason: &str| Some((false, reason.to_owned()));
    let Some(mail) = mail else { return formal("formato del messaggio non valido") };
    if mail.from.as_ref() != Some(account) {
        return formal("il mittente del messaggio non coincide con il titolare della casella");
    }
    if mail.to.is_empty() {
        return formal("il messaggio non indica alcun destinatario");
    }
    if recipients.iter().any(|recipient| !mail.to.contains(recipient) && !mail.cc.contains(recipient)) {
        return formal("i destinatari non coincidono con quelli indicati nel messaggio");
    }
    if headers::field(raw, "Bcc").is_some_and(|bcc| !bcc.is_empty()) {
        return formal("il messaggio indica destinatari in copia nascosta");
    }
    if raw.len().saturating_mul(recipients.len()) > LARGEST {
        return formal("dimensione per numero di destinatari superiore a 30 MB");
    }
    let eicar = EICAR.concat();
    let infected = |bytes: &[u8]| bytes.windows(eicar.len()).any(|window| window == eicar.as_bytes());
    let found = infected(mail.text.as_bytes()) || mail.attachments.iter().any(|file| infected(&file.bytes));
    found.then(|| (true, "Eicar-Test-Signature".to_owned()))
}
