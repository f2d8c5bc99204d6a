//! Reading `daticert.xml`: leniently in form, strictly in meaning.

use italia::EmailAddress;
use jiff::Timestamp;
use jiff::tz::Offset;
use roxmltree::{Document, Node, ParsingOptions};

use super::moment::instant;
use super::text::repaired;
use super::{CertificationData, CertificationError, ErrorKind, Recipient, RecipientKind};
use crate::wire::{CertifiedType, ReceiptKind};
use crate::{Irregularity, MessageId};

const LARGEST: usize = 2 * 1024 * 1024;

impl CertificationData {
    /// Reads the file. `sent` is when the message says that it was written, for a file without a readable time.
    pub(crate) fn read(bytes: &[u8], sent: Option<Timestamp>) -> Result<Self, CertificationError> {
        if bytes.len() > LARGEST {
            return Err(CertificationError::TooLarge);
        }
        let mut odd = Vec::new();
        let text = repaired(bytes, &mut odd)?;
        let options = ParsingOptions { nodes_limit: 200_000, ..ParsingOptions::default() };
        let document = Document::parse_with_options(&text, options).map_err(CertificationError::Xml)?;
        let root = document.root_element();
        if root.tag_name().name() != "postacert" {
            return Err(CertificationError::Missing("postacert"));
        }
        Reader { odd }.postacert(root, sent)
    }
}

/// Collects what was odd on the way.
struct Reader {
    odd: Vec<Irregularity>,
}

impl Reader {
    fn postacert(
        mut self,
        root: Node<'_, '_>,
        sent: Option<Timestamp>,
    ) -> Result<CertificationData, CertificationError> {
        // The one thing that is never guessed.
        let tipo = attribute(root, "tipo").ok_or(CertificationError::Missing("tipo"))?;
        let kind = CertifiedType::parse(tipo).ok_or_else(|| unknown("tipo", tipo))?;
        let error =
            attribute(root, "errore").map(|value| self.value("errore", value, ErrorKind::parse, ErrorKind::Other));
        let header = child(root, "intestazione");
        if header.is_none() {
            self.odd.push(Irregularity::Missing("intestazione"));
        }
        let data = child(root, "dati").unwrap_or_else(|| {
            self.odd.push(Irregularity::Missing("dati"));
            root
        });
        self.stray(&[Some(root), header, Some(data), child(data, "data")]);
        let (at, offset) = self.time(data, sent)?;
        Ok(CertificationData {
            kind,
            error: error.unwrap_or_default(),
            sender: header.and_then(|header| self.demanded(header, "mittente")).unwrap_or_default(),
            recipients: header.map(|header| self.recipients(header)).unwrap_or_default(),
            reply_to: header.and_then(|header| text(header, "risposte")),
            subject: header.and_then(|header| text(header, "oggetto")),
            provider: self.demanded(data, "gestore-emittente").unwrap_or_default(),
            at,
            offset,
            identifier: self.demanded(data, "identificativo").unwrap_or_default(),
            message_id: self.message_id(data),
            detail: self.detail(data),
            recipient: self.recipient(data, kind),
            taken: children(data, "ricezione").filter_map(|node| address(&whole_text(node))).collect(),
            extended_error: text(data, "errore-esteso"),
            irregularities: self.odd,
        })
    }

    /// A value of a closed list; what is not on it counts as `otherwise`.
    fn value<T>(&mut self, field: &'static str, found: &str, parse: impl Fn(&str) -> Option<T>, otherwise: T) -> T {
        parse(found).unwrap_or_else(|| {
            self.odd.push(Irregularity::UnknownValue { field, value: shortened(found) });
            otherwise
        })
    }

    fn demanded(&mut self, node: Node<'_, '_>, name: &'static str) -> Option<String> {
        let found = self.first(node, name);
        if found.is_none() {
            self.odd.push(Irregularity::Missing(name));
        }
        found
    }

    /// The text of the first element of that name, with a mark when there are several.
    fn first(&mut self, node: Node<'_, '_>, name: &'static str) -> Option<String> {
        if children(node, name).nth(1).is_some() {
            self.odd.push(Irregularity::Repeated(name));
        }
        text(node, name)
    }

    fn stray(&mut self, nodes: &[Option<Node<'_, '_>>]) {
        let is_stray = |node: Node<'_, '_>| node.is_text() && node.text().is_some_and(|text| !text.trim().is_empty());
        let any = nodes.iter().flatten().any(|node| node.children().any(is_stray));
        if any && !self.odd.contains(&Irregularity::StrayText) {
            self.odd.push(Irregularity::StrayText);
        }
    }

    fn time(&mut self, data: Node<'_, '_>, sent: Option<Timestamp>) -> Result<(Timestamp, Offset), CertificationError> {
        let node = child(data, "data");
        let day = node.and_then(|node| text(node, "giorno"));
        let hour = node.and_then(|node| text(node, "ora"));
        let zone = node.and_then(|node| attribute(node, "zona"));
        if let (Some(day), Some(hour)) = (&day, &hour)
            && let Some(found) = instant(day, hour, zone, &mut self.odd)
        {
            return Ok(found);
        }
        self.odd.push(Irregularity::AssumedTime);
        sent.map(|at| (at, Offset::UTC)).ok_or_else(|| match (day, hour) {
            (Some(day), Some(hour)) => unknown("data", &format!("{day} {hour}")),
            _ => CertificationError::Missing("data"),
        })
    }

    fn recipients(&mut self, header: Node<'_, '_>) -> Vec<Recipient> {
        let mut found = Vec::new();
        for node in children(header, "destinatari") {
            let kind = attribute(node, "tipo")
                .map(|value| self.value("destinatari tipo", value, RecipientKind::parse, RecipientKind::Certified));
            let written = whole_text(node);
            match address(&written) {
                Some(address) => found.push(Recipient { address, kind: kind.unwrap_or_default() }),
                None => self.odd.push(Irregularity::UnknownValue { field: "destinatari", value: shortened(&written) }),
            }
        }
        if found.is_empty() {
            self.odd.push(Irregularity::Missing("destinatari"));
        }
        found
    }

    fn message_id(&mut self, data: Node<'_, '_>) -> Option<MessageId> {
        let written = self.first(data, "msgid")?;
        let id = MessageId::lenient(&written);
        if id.is_none() {
            self.odd.push(Irregularity::UnknownValue { field: "msgid", value: shortened(&written) });
        }
        id
    }

    fn detail(&mut self, data: Node<'_, '_>) -> Option<ReceiptKind> {
        let written = attribute(child(data, "ricevuta")?, "tipo")?;
        self.value("ricevuta tipo", written, |text| ReceiptKind::parse(text).map(Some), None)
    }

    /// *consegna*, which every receipt about one recipient must have.
    fn recipient(&mut self, data: Node<'_, '_>, kind: CertifiedType) -> Option<EmailAddress> {
        let written = if kind.is_about_one_recipient() {
            self.demanded(data, "consegna")?
        } else {
            self.first(data, "consegna")?
        };
        let found = address(&written);
        if found.is_none() {
            self.odd.push(Irregularity::UnknownValue { field: "consegna", value: shortened(&written) });
        }
        found
    }
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// Elements are found by their local name, because some providers write a namespace prefix.
fn children<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> Option<Node<'a, 'i>> {
    children(node, name).next()
}

/// All text below a node: a comment in the middle must not cut a value short.
fn whole_text(node: Node<'_, '_>) -> String {
    let pieces: String = node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect();
    pieces.trim().to_owned()
}

fn text(node: Node<'_, '_>, name: &'static str) -> Option<String> {
    child(node, name).map(whole_text).filter(|text| !text.is_empty())
}

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

fn unknown(field: &'static str, value: &str) -> CertificationError {
    CertificationError::Value { field, value: shortened(value) }
}

fn address(text: &str) -> Option<EmailAddress> {
    let text = text.trim();
    // Some providers write the whole mailbox, name and brackets included.
    let bare = text.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or(text, |(inner, _)| inner);
    EmailAddress::parse(bare.trim()).ok()
}
