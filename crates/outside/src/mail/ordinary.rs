//! What the ordinary mail server does: take, keep, refuse, notify.

use std::fmt::Write as _;
use std::sync::Arc;

use italia::EmailAddress;
use jiff::Timestamp;
use pec::DelayNotice;

use super::behaviour::{BoxKind, Refusal};
use super::post::{Post, State};
use super::queue::{Letter, Ordinary};
use super::{Channel, MailError, Transmission, headers};

/// The name that the ordinary server goes by.
pub(super) const HOST: &str = "mail.mondo.example";

/// Domains that by definition do not exist (RFC 2606).
pub(super) fn unroutable(recipient: &EmailAddress) -> Option<Refusal> {
    recipient.domain().to_ascii_lowercase().ends_with(".invalid").then_some(Refusal {
        code: 550,
        status: "5.1.2",
        words: "Dominio inesistente",
        error: pec::ErrorKind::UnknownDomain,
    })
}

impl Post {
    /// Whether the recipient would take ordinary mail at this moment.
    pub fn ordinary_refusal(&self, recipient: &EmailAddress) -> Option<Refusal> {
        let state = self.lock();
        refusal(&state, recipient)
    }

    /// A message that the server has taken over for recipients who did not refuse.
    pub fn submit_ordinary(
        &self,
        sender: Option<&EmailAddress>,
        recipients: &[EmailAddress],
        raw: &[u8],
    ) -> Result<(), MailError> {
        let now = self.now();
        let mut guard = self.lock();
        let state = &mut *guard;
        let id = headers::id(raw, "Message-ID");
        let path = sender.map(ToString::to_string).unwrap_or_default();
        let trace = format!("Return-Path: <{path}>\r\nReceived: by {HOST}; {}\r\n", headers::date(now));
        let letter = Arc::new(Ordinary { sender: sender.cloned(), raw: headers::prepend(raw, &trace) });
        for to in recipients {
            let (from, to) = (sender.cloned(), to.clone());
            let entry = Transmission { at: now, channel: Channel::Ordinary, message_id: id.clone(), from, to };
            state.log.push(entry);
        }
        for recipient in recipients {
            self.dispatch(state, Letter::Ordinary(Arc::clone(&letter)), recipient.clone(), now)?;
        }
        drop(guard);
        self.announce();
        Ok(())
    }

    /// The message has reached the recipient's box.
    pub fn arrive_ordinary(
        &self,
        state: &mut State,
        letter: &Ordinary,
        recipient: &EmailAddress,
        at: Timestamp,
    ) -> Result<(), MailError> {
        if let Some(refusal) = refusal(state, recipient) {
            return match &letter.sender {
                Some(sender) => self.bounce(state, sender, recipient, &letter.raw, refusal, at),
                None => Ok(()),
            };
        }
        self.put_ordinary(state, &letter.raw, recipient, at)
    }

    /// Into the box; a PEC provider wraps what is not certified.
    fn put_ordinary(
        &self,
        state: &mut State,
        raw: &[u8],
        recipient: &EmailAddress,
        at: Timestamp,
    ) -> Result<(), MailError> {
        let key = headers::id(raw, "Message-ID");
        let raw = match state.boxes.kind(recipient) {
            BoxKind::Ordinary => raw.to_vec(),
            BoxKind::Pec => {
                let reason = "messaggio di posta elettronica ordinaria";
                self.provider(state, recipient.domain())?.anomaly(raw, reason, at)?
            }
        };
        state.boxes.store(recipient, raw, key, at);
        Ok(())
    }

    /// A notification of failure to the sender (RFC 3464), who is never refused it.
    pub fn bounce(
        &self,
        state: &mut State,
        sender: &EmailAddress,
        recipient: &EmailAddress,
        original: &[u8],
        refusal: Refusal,
        at: Timestamp,
    ) -> Result<(), MailError> {
        let Refusal { code, status, words, .. } = refusal;
        let diagnostic = format!("smtp; {code} {status} {words}");
        let raw = notification(state, sender, recipient, original, ("failed", status, &diagnostic), at);
        self.put_ordinary(state, &raw, sender, at)
    }

    pub fn delay_ordinary(
        &self,
        state: &mut State,
        letter: &Ordinary,
        recipient: &EmailAddress,
        notice: DelayNotice,
        at: Timestamp,
    ) -> Result<(), MailError> {
        let Some(sender) = &letter.sender else { return Ok(()) };
        let outcome = match notice {
            DelayNotice::First => ("delayed", "4.4.1", "smtp; 451 4.4.1 no answer from host"),
            DelayNotice::Last => ("failed", "5.4.7", "smtp; 550 5.4.7 delivery time expired"),
        };
        let raw = notification(state, sender, recipient, &letter.raw, outcome, at);
        self.put_ordinary(state, &raw, sender, at)
    }
}

fn refusal(state: &State, recipient: &EmailAddress) -> Option<Refusal> {
    let behaviour = state.boxes.behaviour(recipient);
    behaviour.refusal_of_ordinary(state.boxes.kind(recipient)).or_else(|| unroutable(recipient))
}

fn notification(
    state: &mut State,
    sender: &EmailAddress,
    recipient: &EmailAddress,
    original: &[u8],
    (action, status, diagnostic): (&str, &str, &str),
    at: Timestamp,
) -> Vec<u8> {
    let word = state.chance.word();
    let boundary = format!("dsn-{word}");
    let subject = if action == "delayed" { "Delivery delayed" } else { "Undelivered Mail Returned to Sender" };
    let mut text = format!(
        "Return-Path: <>\r\nFrom: Mail Delivery System <mailer-daemon@{HOST}>\r\nTo: {sender}\r\nSubject: {subject}\r\n\
         Date: {date}\r\nMessage-ID: <dsn.{word}@{HOST}>\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"{boundary}\"\r\n\r\n",
        date = headers::date(at)
    );
    let _ = write!(
        text,
        "--{boundary}\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\nThe message to {recipient}: {action}.\r\n\
         {diagnostic}\r\n--{boundary}\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; {HOST}\r\n\r\n\
         Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\nDiagnostic-Code: {diagnostic}\r\n\
         \r\n--{boundary}\r\nContent-Type: text/rfc822-headers\r\n\r\n"
    );
    for name in ["From", "To", "Subject", "Message-ID", "Date"] {
        if let Some(value) = headers::field(original, name) {
            let _ = write!(text, "{name}: {value}\r\n");
        }
    }
    let _ = write!(text, "\r\n--{boundary}--\r\n");
    text.into_bytes()
}
