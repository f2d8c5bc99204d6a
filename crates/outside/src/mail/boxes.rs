//! The mailboxes and what lies in them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use italia::EmailAddress;
use jiff::Timestamp;

use super::behaviour::{BoxBehaviour, BoxKind};

/// A message in a box.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub uid: u32,
    pub at: Timestamp,
    pub raw: Arc<[u8]>,
    pub flags: BTreeSet<String>,
    /// What a second copy is recognised by.
    key: Option<String>,
}

#[derive(Clone, Debug)]
pub(super) struct Mailbox {
    pub address: EmailAddress,
    pub kind: BoxKind,
    pub behaviour: BoxBehaviour,
    pub uidvalidity: u32,
    pub next_uid: u32,
    pub messages: Vec<Kept>,
}

impl Mailbox {
    pub fn position(&self, uid: u32) -> Option<usize> {
        self.messages.binary_search_by_key(&uid, |message| message.uid).ok()
    }
}

/// All boxes. They come into being when they are first spoken of.
#[derive(Debug)]
pub(super) struct Boxes {
    pec_domains: BTreeSet<String>,
    boxes: BTreeMap<String, Mailbox>,
    uidvalidity: u32,
}

impl Boxes {
    pub fn new(pec_domains: &[String], uidvalidity: u32) -> Self {
        let pec_domains = pec_domains.iter().map(|domain| domain.to_ascii_lowercase()).collect();
        Self { pec_domains, boxes: BTreeMap::new(), uidvalidity: uidvalidity.max(1) }
    }

    pub fn all(&self) -> impl Iterator<Item = &Mailbox> {
        self.boxes.values()
    }

    pub fn get(&self, address: &EmailAddress) -> Option<&Mailbox> {
        self.boxes.get(address.folded())
    }

    pub fn open(&mut self, address: &EmailAddress) -> &mut Mailbox {
        let kind = self.kind(address);
        let uidvalidity = self.uidvalidity;
        self.boxes.entry(address.folded().to_owned()).or_insert_with(|| Mailbox {
            address: address.clone(),
            kind,
            behaviour: BoxBehaviour::default(),
            uidvalidity,
            next_uid: 1,
            messages: Vec::new(),
        })
    }

    /// By registration, else by domain.
    pub fn kind(&self, address: &EmailAddress) -> BoxKind {
        let by_domain = if self.pec_domains.contains(&address.domain().to_ascii_lowercase()) {
            BoxKind::Pec
        } else {
            BoxKind::Ordinary
        };
        self.get(address).map_or(by_domain, |found| found.kind)
    }

    pub fn behaviour(&self, address: &EmailAddress) -> BoxBehaviour {
        self.get(address).map_or_else(BoxBehaviour::default, |found| found.behaviour)
    }

    /// Keeps a message; a second copy with the same key is dropped, as stores do. Returns the identifier of the copy
    /// that is now in the box.
    pub fn store(&mut self, address: &EmailAddress, raw: Vec<u8>, key: Option<String>, at: Timestamp) -> u32 {
        let mailbox = self.open(address);
        if key.is_some()
            && let Some(same) = mailbox.messages.iter().find(|kept| kept.key == key)
        {
            return same.uid;
        }
        let uid = mailbox.next_uid;
        mailbox.next_uid += 1;
        mailbox.messages.push(Kept { uid, at, raw: raw.into(), flags: BTreeSet::new(), key });
        uid
    }
}
