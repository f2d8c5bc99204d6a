mod forged;
mod hostile;
mod ordinary;
mod samples;

use super::*;
use crate::provider::Event;
use crate::testing::{AUTHORITY, ORIGINAL, address, id, noon, provider, transaction};
use crate::{MessageId, ReceiptKind};

/// A complete delivery receipt with valid signature.
fn delivery() -> Vec<u8> {
    let rossi = address("rossi@pec.example.it");
    let event = Event::Delivery { recipient: &rossi, detail: ReceiptKind::Complete, original: ORIGINAL };
    provider().receipt(&transaction(), &event, &id("r1@pec.example.it"), noon()).unwrap()
}

fn read_receipt(bytes: &[u8]) -> Receipt {
    match read(bytes, &AUTHORITY.trust(), noon()).unwrap() {
        Incoming::Receipt(receipt) => *receipt,
        other => panic!("{other:?}"),
    }
}

/// The message with its text changed, which must contain `from`.
fn changed(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let at = bytes.windows(from.len()).position(|window| window == from.as_bytes());
    let at = at.unwrap_or_else(|| panic!("{from:?} is not in the message"));
    [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat()
}

fn without_cr(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().copied().filter(|&byte| byte != b'\r').collect()
}
