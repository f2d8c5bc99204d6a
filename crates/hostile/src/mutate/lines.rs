//! Changes to lines: those of a message and its parts, and those of a conversation.

use super::bytes;
use crate::chance::Chance;

/// Lines that decide what a message is, or what a server is understood to say.
const LINES: [&str; 22] = [
    "",
    "X-Ricevuta: avvenuta-consegna",
    "X-Trasporto: errore",
    "X-Riferimento-Message-ID: <other@albo.example.it>",
    "Content-Type: multipart/signed; boundary=s",
    "Content-Type: multipart/mixed; boundary=\"s\"",
    "Content-Type: message/rfc822",
    "Content-Type: application/xml; name=daticert.xml",
    "Content-Type: application/pkcs7-mime; smime-type=signed-data",
    "Content-Transfer-Encoding: base64",
    "Content-Transfer-Encoding: quoted-printable",
    "--s",
    "--s--",
    " folded",
    "* 1 FETCH (UID 1 BODY[] {4}",
    "* 1 FETCH (UID 2 RFC822.SIZE 4)",
    "* 99 EXISTS",
    "* BYE",
    "+ go on",
    "a3 OK done",
    "a4 NO not so",
    "* X {18446744073709551615}",
];

/// Moves, doubles, drops, breaks or adds lines, of the other text as well.
pub fn change(data: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut lines: Vec<Vec<u8>> = data.split_inclusive(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect();
    if lines.is_empty() {
        return other.to_vec();
    }
    let (at, to) = (chance.below(lines.len()), chance.below(lines.len()));
    match chance.below(8) {
        0 => lines.swap(at, to),
        1 => drop(lines.remove(at)),
        2 => lines.insert(to, lines[at].clone()),
        3 => lines[at] = bytes::change(&lines[at], chance),
        4 => lines.truncate(at),
        5 => lines.insert(at, format!("{}\r\n", LINES[chance.below(LINES.len())]).into_bytes()),
        6 => {
            let others: Vec<&[u8]> = other.split_inclusive(|&byte| byte == b'\n').collect();
            if !others.is_empty() {
                lines.insert(at, others[chance.below(others.len())].to_vec());
            }
        }
        _ => lines[at].retain(|&byte| byte != b'\r'),
    }
    lines.concat()
}
