//! Exclusive canonicalisation without comments (W3C, *Exclusive XML Canonicalization 1.0*) of one element.
//!
//! Documents here have neither comments nor processing instructions nor document types, which leaves of the
//! recommendation the order of attributes, the declarations of namespaces that are used, and the escapes.

use std::borrow::Cow;

use uppsala::{Document, Element, NodeId, NodeKind};

use super::error::XmlError;
use super::read::{MAX_BYTES, Node};

/// The longest canonical form that is written, in bytes.
///
/// A form is about as long as its document, but need not be: a namespace that is declared once and used by elements
/// beside each other is declared in each of them, so that 256 KiB could become gigabytes before any key is asked.
pub const MAX_CANONICAL_BYTES: usize = 4 * MAX_BYTES;

/// Writes the canonical form of `apex` to the end of `out`, without the element `without`.
///
/// `prefixes` is the `PrefixList`: these are declared as inclusive canonicalisation would, `#default` being the
/// namespace without prefix.
///
/// # Errors
/// [`XmlError::CanonicalTooLarge`] when more than [`MAX_CANONICAL_BYTES`] would be written.
pub fn canonicalize(
    apex: Node<'_>,
    without: Option<Node<'_>>,
    prefixes: &[&str],
    out: &mut Vec<u8>,
) -> Result<(), XmlError> {
    canonicalize_within(apex, without, prefixes, out, MAX_CANONICAL_BYTES)
}

/// The same of at most `most` bytes: for what is no message, and may be larger than one.
pub(crate) fn canonicalize_within(
    apex: Node<'_>,
    without: Option<Node<'_>>,
    prefixes: &[&str],
    out: &mut Vec<u8>,
    most: usize,
) -> Result<(), XmlError> {
    let limit = out.len().saturating_add(most);
    let (tree, apex, without) = (apex.tree(), apex.id(), without.map(Node::id));
    Writer { tree, apex, without, prefixes, declared: Vec::with_capacity(8), out, limit }.element(apex)
}

struct Writer<'d, 'o> {
    tree: &'d Document<'d>,
    apex: NodeId,
    without: Option<NodeId>,
    prefixes: &'o [&'o str],
    /// What the elements around the current one declare in the output: prefix and namespace.
    declared: Vec<(&'d str, &'d str)>,
    out: &'o mut Vec<u8>,
    /// How long `out` may become.
    limit: usize,
}

impl<'d> Writer<'d, '_> {
    fn node(&mut self, id: NodeId) -> Result<(), XmlError> {
        match self.tree.node_kind(id) {
            Some(NodeKind::Element(_)) if self.without != Some(id) => self.element(id)?,
            Some(NodeKind::Text(text) | NodeKind::CData(text)) => escape(text, b"", self.out),
            _ => {}
        }
        Ok(())
    }

    /// Calls itself for each level of depth, of which the reader allows 64.
    fn element(&mut self, id: NodeId) -> Result<(), XmlError> {
        let Some(element) = self.tree.element(id) else { return Ok(()) };
        let outer = self.declared.len();
        self.out.push(b'<');
        self.name(&element.name);
        self.declarations(id, element, outer);
        self.attributes(element);
        self.out.push(b'>');
        // Texts grow by what they are at most; only start tags can repeat what stands elsewhere.
        if self.out.len() > self.limit {
            return Err(XmlError::CanonicalTooLarge);
        }
        for child in self.tree.children_iter(id) {
            self.node(child)?;
        }
        self.out.extend_from_slice(b"</");
        self.name(&element.name);
        self.out.push(b'>');
        self.declared.truncate(outer);
        Ok(())
    }

    fn name(&mut self, name: &uppsala::QName<'_>) {
        if let Some(prefix) = filled(name.prefix.as_ref()) {
            self.out.extend_from_slice(prefix.as_bytes());
            self.out.push(b':');
        }
        self.out.extend_from_slice(name.local_name.as_bytes());
    }

    /// What the element uses and no element around it has declared so, by prefix.
    fn declarations(&mut self, id: NodeId, element: &'d Element<'d>, outer: usize) {
        self.declare(prefix_of(&element.name), namespace_of(&element.name));
        for attribute in &element.attributes {
            if let Some(prefix) = filled(attribute.name.prefix.as_ref()) {
                self.declare(prefix, namespace_of(&attribute.name));
            }
        }
        for prefix in self.prefixes {
            let prefix = if *prefix == "#default" { "" } else { prefix };
            if let Some((prefix, namespace)) = self.listed(id, element, prefix) {
                self.declare(prefix, namespace);
            }
        }
        self.declared[outer..].sort_unstable();
        for (prefix, namespace) in &self.declared[outer..] {
            self.out.extend_from_slice(b" xmlns");
            if !prefix.is_empty() {
                self.out.push(b':');
                self.out.extend_from_slice(prefix.as_bytes());
            }
            self.out.extend_from_slice(b"=\"");
            escape(namespace, b"\"\t\n", self.out);
            self.out.push(b'"');
        }
    }

    fn declare(&mut self, prefix: &'d str, namespace: &'d str) {
        let known = self.declared.iter().rev().find(|(declared, _)| *declared == prefix);
        let known = known.map_or("", |(_, namespace)| namespace);
        if prefix != "xml" && known != namespace {
            self.declared.push((prefix, namespace));
        }
    }

    /// What a prefix of the list means at an element, if that can differ from what it means around it.
    fn listed(&self, id: NodeId, element: &'d Element<'d>, prefix: &str) -> Option<(&'d str, &'d str)> {
        if id == self.apex {
            return self.in_scope(id, prefix);
        }
        let own = element.namespace_declarations.iter().find(|(declared, _)| declared == prefix);
        own.map(|(prefix, namespace)| (&**prefix, &**namespace))
    }

    /// What `prefix` means at the element `id` of the document.
    fn in_scope(&self, id: NodeId, prefix: &str) -> Option<(&'d str, &'d str)> {
        let mut at = Some(id);
        while let Some(id) = at {
            let declarations = &self.tree.element(id)?.namespace_declarations;
            if let Some((prefix, namespace)) = declarations.iter().find(|(declared, _)| declared == prefix) {
                return Some((prefix, namespace));
            }
            at = self.tree.parent(id);
        }
        None
    }

    /// Without namespace first, by name; then by namespace and name.
    fn attributes(&mut self, element: &Element<'_>) {
        let mut sorted: Vec<_> = element.attributes.iter().collect();
        sorted.sort_unstable_by_key(|attribute| (namespace_of(&attribute.name), &*attribute.name.local_name));
        for attribute in sorted {
            self.out.push(b' ');
            self.name(&attribute.name);
            self.out.extend_from_slice(b"=\"");
            escape(&attribute.value, b"\"\t\n", self.out);
            self.out.push(b'"');
        }
    }
}

fn filled<'n>(text: Option<&'n Cow<'_, str>>) -> Option<&'n str> {
    text.map(|text| &**text).filter(|text| !text.is_empty())
}

fn prefix_of<'n>(name: &'n uppsala::QName<'_>) -> &'n str {
    name.prefix.as_deref().unwrap_or("")
}

fn namespace_of<'n>(name: &'n uppsala::QName<'_>) -> &'n str {
    name.namespace_uri.as_deref().unwrap_or("")
}

/// Writes a text. Values of attributes escape `"`, tab and line feed besides, and leave `>`.
fn escape(text: &str, of_attribute: &[u8], out: &mut Vec<u8>) {
    let in_text = of_attribute.is_empty();
    let mut rest = text.as_bytes();
    let special =
        |byte: &u8| matches!(byte, b'&' | b'<' | b'\r') || (*byte == b'>' && in_text) || of_attribute.contains(byte);
    while let Some(place) = rest.iter().position(special) {
        let (plain, from) = rest.split_at(place);
        out.extend_from_slice(plain);
        let escaped: &[u8] = match from.first() {
            Some(b'&') => b"&amp;",
            Some(b'<') => b"&lt;",
            Some(b'>') => b"&gt;",
            Some(b'"') => b"&quot;",
            Some(b'\t') => b"&#x9;",
            Some(b'\n') => b"&#xA;",
            _ => b"&#xD;",
        };
        out.extend_from_slice(escaped);
        rest = from.get(1..).unwrap_or_default();
    }
    out.extend_from_slice(rest);
}
