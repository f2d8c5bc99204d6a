//! The messages of the open folder: fetched, marked, searched, removed.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io;

use tokio::io::AsyncWriteExt;

use super::fetch::{Item, flags};
use super::search::{Seen, matches};
use super::session::{Outcome, Session, bad, done};
use super::token::{Token, ranges};
use crate::mail::boxes::Kept;

impl Session<'_> {
    /// The messages that a set names, with their sequence numbers.
    fn chosen(&self, set: &str, by_uid: bool) -> Option<Vec<(u32, Kept)>> {
        let uids = &self.selected.as_ref()?.uids;
        let last = if by_uid { uids.last().copied().unwrap_or(0) } else { number(uids.len()) };
        let ranges = ranges(set, last)?;
        let wanted = |position: usize, uid: u32| {
            let value = if by_uid { uid } else { number(position + 1) };
            ranges.iter().any(|range| range.contains(&value))
        };
        self.with_box(|mailbox| {
            let numbered = uids.iter().enumerate().filter(|(position, uid)| wanted(*position, **uid));
            numbered
                .filter_map(|(position, uid)| {
                    Some((number(position + 1), mailbox.messages[mailbox.position(*uid)?].clone()))
                })
                .collect()
        })
    }

    pub async fn fetch(&mut self, arguments: &[Token], by_uid: bool) -> io::Result<Outcome> {
        let [set, items] = arguments else { return Ok(bad("FETCH vuole un insieme e le voci")) };
        let Some(mut items) = Item::parse(items) else { return Ok(bad("voce di FETCH sconosciuta")) };
        if by_uid && !items.contains(&Item::Uid) {
            items.insert(0, Item::Uid);
        }
        if by_uid {
            self.sync().await?;
        }
        let Some(chosen) = self.chosen(set.text().unwrap_or_default(), by_uid) else {
            return Ok(bad("insieme non valido"));
        };
        let read_only = self.selected.as_ref().is_none_or(|selected| selected.read_only);
        let marks = !read_only && items.iter().any(Item::marks_seen);
        for (number, mut kept) in chosen {
            if marks && kept.flags.insert("\\Seen".to_owned()) {
                self.change_flags(kept.uid, |flags| {
                    flags.insert("\\Seen".to_owned());
                });
            }
            let mut line = format!("* {number} FETCH (").into_bytes();
            for (position, item) in items.iter().enumerate() {
                if position > 0 {
                    line.push(b' ');
                }
                item.answer(&kept, &mut line);
            }
            line.extend_from_slice(b")\r\n");
            self.writer.write_all(&line).await?;
        }
        Ok(done("FETCH"))
    }

    fn change_flags(&self, uid: u32, change: impl FnOnce(&mut BTreeSet<String>)) {
        self.with_box(|mailbox| {
            if let Some(position) = mailbox.position(uid) {
                change(&mut mailbox.messages[position].flags);
            }
        });
    }

    pub async fn store(&mut self, arguments: &[Token], by_uid: bool) -> io::Result<Outcome> {
        let [set, action, new @ ..] = arguments else { return Ok(bad("STORE")) };
        if self.selected.as_ref().is_none_or(|selected| selected.read_only) {
            return Ok(Err("[READ-ONLY] cartella aperta in sola lettura".to_owned()));
        }
        let list = match new {
            [Token::List(list)] => list.as_slice(),
            words => words,
        };
        let new: Vec<String> = list.iter().filter_map(|word| word.text().map(canonical)).collect();
        let action = action.keyword();
        let (action, silent) = match action.strip_suffix(".SILENT") {
            Some(action) => (action, true),
            None => (action.as_str(), false),
        };
        if !["FLAGS", "+FLAGS", "-FLAGS"].contains(&action) {
            return Ok(bad("voce di STORE sconosciuta"));
        }
        let Some(chosen) = self.chosen(set.text().unwrap_or_default(), by_uid) else {
            return Ok(bad("insieme non valido"));
        };
        for (number, mut kept) in chosen {
            match action {
                "+FLAGS" => kept.flags.extend(new.iter().cloned()),
                "-FLAGS" => kept.flags.retain(|flag| !new.contains(flag)),
                _ => kept.flags = new.iter().cloned().collect(),
            }
            let now = kept.flags.clone();
            self.change_flags(kept.uid, |flags| *flags = now);
            if !silent {
                let uid = if by_uid { format!("UID {} ", kept.uid) } else { String::new() };
                self.send(&format!("* {number} FETCH ({uid}FLAGS ({}))", flags(&kept))).await?;
            }
        }
        Ok(done("STORE"))
    }

    pub async fn search(&mut self, keys: &[Token], by_uid: bool) -> io::Result<Outcome> {
        if keys.is_empty() {
            return Ok(bad("SEARCH vuole un criterio"));
        }
        if by_uid {
            self.sync().await?;
        }
        let Some(all) = self.chosen("1:*", false) else { return Ok(bad("SEARCH")) };
        let (last_number, last_uid) = (all.len(), all.last().map_or(0, |(_, kept)| kept.uid));
        let mut found = String::new();
        for (number_, kept) in &all {
            let seen = Seen { number: *number_, kept, last_number: number(last_number), last_uid };
            match matches(keys, seen) {
                Some(true) => {
                    let _ = write!(found, " {}", if by_uid { kept.uid } else { *number_ });
                }
                Some(false) => {}
                None => return Ok(bad("criterio di SEARCH sconosciuto")),
            }
        }
        self.send(&format!("* SEARCH{found}")).await?;
        Ok(done("SEARCH"))
    }

    pub fn remove_deleted(&mut self) {
        if self.selected.as_ref().is_some_and(|selected| !selected.read_only) {
            self.with_box(|mailbox| mailbox.messages.retain(|kept| !kept.flags.contains("\\Deleted")));
        }
    }

    pub async fn expunge(&mut self) -> io::Result<Outcome> {
        if self.selected.as_ref().is_none_or(|selected| selected.read_only) {
            return Ok(Err("[READ-ONLY] cartella aperta in sola lettura".to_owned()));
        }
        self.remove_deleted();
        self.sync().await?;
        Ok(done("EXPUNGE"))
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// System flags are written in one way, whatever the client's capitals.
fn canonical(flag: &str) -> String {
    let known = ["\\Seen", "\\Answered", "\\Flagged", "\\Deleted", "\\Draft"];
    known.iter().find(|known| known.eq_ignore_ascii_case(flag)).map_or_else(|| flag.to_owned(), ToString::to_string)
}
