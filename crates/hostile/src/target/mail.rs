//! Mail: whole messages, what a provider certifies, its signature, and what a mailbox server says.

use std::sync::LazyLock;
use std::time::Duration;

use pec::imap::{FetchError, ImapError, Mailbox};
use pec::provider::{Event, Manner};
use pec::{DeliveryState, Effect, Incoming, MessageId, ReadError, Receipt};

use super::originals;
use crate::post::{AUTHORITY, PROVIDER, Script, config, sent, transaction};
use crate::world::{now, text};

fn read(message: &[u8]) -> Result<Incoming, ReadError> {
    pec::read(message, &AUTHORITY, now())
}

fn believed(message: &[u8]) -> Option<Receipt> {
    match read(message) {
        Ok(Incoming::Receipt(receipt)) if receipt.signature.is_valid() => Some(*receipt),
        _ => None,
    }
}

/// What a receipt says that counts, without what its unsigned header adds.
fn signed_part(receipt: &Receipt) -> Receipt {
    let mut part = receipt.clone();
    part.message_id = None;
    part.irregularities.clear();
    part
}

/// A state takes what a receipt proves once, whatever it proves.
fn applied_twice_is_applied_once(receipt: &Receipt) {
    let mut state = DeliveryState::default();
    let first = state.apply(receipt, &sent());
    let once = state.clone();
    let second = state.apply(receipt, &sent());
    assert_eq!(state, once, "the second time changed something");
    assert!(second != Effect::Changed && (first == Effect::Changed) == (state != DeliveryState::default()));
    let stored = serde_json::to_string(&state).unwrap();
    assert_eq!(serde_json::from_str::<DeliveryState>(&stored).unwrap(), state);
}

/// A whole message. A receipt that is believed says what one of the seeds says, and moves a state once. What is read is
/// bounded by what came.
pub fn message(message: &[u8]) -> bool {
    static ORIGINALS: LazyLock<Vec<Receipt>> =
        LazyLock::new(|| originals("mail", believed).iter().map(signed_part).collect());
    match read(message) {
        Ok(Incoming::Receipt(receipt)) => {
            applied_twice_is_applied_once(&receipt);
            let valid = receipt.signature.is_valid();
            assert!(!valid || ORIGINALS.contains(&signed_part(&receipt)), "nobody signed this: {receipt:?}");
            true
        }
        Ok(Incoming::Ordinary(mail)) => {
            let held: usize = mail.attachments.iter().map(|file| file.bytes.len()).sum();
            assert!(held <= message.len() * 3 + 1024, "{held} octets in files of {}", message.len());
            true
        }
        Ok(_) => true,
        Err(_) => false,
    }
}

/// Certification data, which the provider signs whatever they are: the rules behind the signature are reached. What is
/// read is about one of our recipients or refused, and the same file is read the same way twice.
pub fn certification(xml: &[u8]) -> bool {
    let manner = Manner { certification: Some(xml.to_vec()), ..Manner::default() };
    let id = MessageId::parse("r1@pec.example.it").unwrap();
    let signed = PROVIDER.receipt_in(&manner, &transaction(), &Event::Acceptance, &id, now()).unwrap();
    let outcome = read(&signed);
    assert_eq!(read(&signed), outcome, "read in two ways");
    let Ok(Incoming::Receipt(receipt)) = outcome else { return false };
    assert!(receipt.signature.is_valid());
    assert!(receipt.recipients.len() <= xml.len() && receipt.irregularities.len() <= xml.len() + 20);
    applied_twice_is_applied_once(&receipt);
    let mut state = DeliveryState::default();
    if state.apply(&receipt, &sent()) == Effect::Changed {
        assert!(receipt.concerns(&sent().recipient), "somebody else's receipt moved us");
        assert_eq!(receipt.reference_message_id, Some(sent().message_id));
        assert!(receipt.sender.is_none_or(|sender| sender == sent().from));
    }
    true
}

/// A signature beside a content that never changes: only those of the seeds make it valid.
pub fn signature(der: &[u8]) -> bool {
    use base64::Engine as _;
    let encoded = base64::engine::general_purpose::STANDARD.encode(der);
    let content = text("keys/mail-content.txt");
    let head = "From: posta-certificata@pec.example.it\r\nX-Ricevuta: accettazione\r\n";
    let field = "Content-Transfer-Encoding: base64\r\n\r\n";
    let beside = format!(
        "{head}Content-Type: multipart/signed; boundary=s\r\n\r\n--s\r\n{content}\r\n--s\r\n\
         Content-Type: application/pkcs7-signature\r\n{field}{encoded}\r\n--s--\r\n"
    );
    let around = format!("{head}Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n{field}{encoded}\r\n");
    let found = [beside, around].iter().find_map(|message| believed(message.as_bytes()));
    let Some(receipt) = found else { return false };
    assert_eq!((receipt.kind, receipt.at), (pec::ReceiptType::Acceptance, now()), "nobody signed this");
    true
}

/// A mailbox server. Whatever it says, the client ends, holds no more than the limit of a message, and takes nothing for a
/// message that was not said.
pub fn mailbox(said: &[u8]) -> bool {
    const LIMIT: u64 = 4_096;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        let script = Script::saying(said);
        let Ok(mut mailbox) = Mailbox::over(script, &config()).await else { return false };
        let Ok(listing) = mailbox.uids_after(None).await else { return false };
        assert!(listing.messages.len() <= said.len());
        assert!(listing.messages.is_sorted_by(|one, other| one.uid < other.uid), "listed twice or out of order");
        for listed in listing.messages.iter().take(8) {
            match mailbox.fetch(*listed, LIMIT).await {
                Ok(message) => {
                    assert!(message.len() <= 5_120, "{} octets", message.len());
                    assert!(is_said(said, &message), "this was never said");
                }
                Err(error) => assert!(error.is_about_the_message() || is_the_end(&error), "{error:?}"),
            }
        }
        let _ = mailbox.idle(Duration::ZERO, std::future::ready(())).await;
        true
    })
}

fn is_said(said: &[u8], message: &[u8]) -> bool {
    // A quoted string has its marks taken out; a literal comes as it is.
    message.is_empty() || said.contains(&b'"') || said.windows(message.len()).any(|window| window == message)
}

fn is_the_end(error: &FetchError) -> bool {
    matches!(
        error,
        FetchError::Connection(
            ImapError::Connection(_) | ImapError::Ended(_) | ImapError::TooLong | ImapError::Protocol(_)
        )
    )
}
