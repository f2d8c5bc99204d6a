//! What came back inside a delivery receipt beside what was sent.

use super::Receipt;
use crate::mime::{Content, Entity};
use crate::provider::brief::sha1;
use crate::{Attachment, StructureError};

/// How the original message in a delivery receipt compares with the message that was sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Comparison {
    /// The receipt carries no original, as a synthetic one does not.
    NotEnclosed,
    /// Text and files are those that were sent.
    Same {
        /// How many files were compared, by their content or, in a brief receipt, by their hash.
        files: usize,
    },
    /// Something is not what was sent.
    Different {
        /// The text differs.
        text: bool,
        /// The files that differ, are missing, or were never sent, by the names in the receipt or in what was sent.
        files: Vec<String>,
    },
}

/// The suffix of a file that stands for another one (RFC 6109, section 3.3.2.2).
const HASH_SUFFIX: &str = ".hash";

impl Receipt {
    /// Compares the original inside this receipt with the message that was sent, whose bytes the sender has kept.
    /// Headers are not compared: providers add to them and may give the message another identifier.
    ///
    /// # Errors
    /// When what was sent exceeds the limits of structure.
    pub fn compare(&self, sent: &[u8]) -> Result<Comparison, StructureError> {
        let Some(received) = &self.original else { return Ok(Comparison::NotEnclosed) };
        let sent = Entity::parse(sent)?;
        let parts = files(&sent);
        let names = sent.attachments();
        let mut different = Vec::new();
        for (at, file) in received.attachments.iter().enumerate() {
            if !parts.get(at).zip(names.get(at)).is_some_and(|(part, whole)| is_same(file, part, whole)) {
                different.push(file.name.clone());
            }
        }
        different.extend(names.iter().skip(received.attachments.len()).map(|missing| missing.name.clone()));
        let text = sent.shown_text() != received.text;
        Ok(if text || !different.is_empty() {
            Comparison::Different { text, files: different }
        } else {
            Comparison::Same { files: parts.len() }
        })
    }
}

/// The parts that [`Entity::attachments`] makes files of, in the same order.
fn files<'s, 'a>(message: &'s Entity<'a>) -> Vec<&'s Entity<'a>> {
    let mut found = Vec::new();
    message.walk(&mut |part| {
        if !matches!(part.content, Content::Multipart(_)) && !part.is_shown() {
            found.push(part);
        }
    });
    found
}

fn is_same(received: &Attachment, part: &Entity<'_>, whole: &Attachment) -> bool {
    if received.bytes == whole.bytes {
        return true;
    }
    if !received.name.ends_with(HASH_SUFFIX) {
        return false;
    }
    let claimed = String::from_utf8_lossy(&received.bytes).trim().to_ascii_lowercase();
    hashes(part, whole).contains(&claimed)
}

/// The hash should be of the part as it is encoded; whether its last line end belongs to it is read both ways, and some
/// providers hash the file itself.
fn hashes(part: &Entity<'_>, whole: &Attachment) -> [String; 4] {
    let bare = part.body.trim_ascii_end();
    let ended = [bare, b"\r\n"].concat();
    [sha1(part.body), sha1(bare), sha1(&ended), sha1(&whole.bytes)]
}
