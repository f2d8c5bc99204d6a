//! Reading: a tree with names by namespace, and values that are whole.

use std::borrow::Cow;
use std::fmt;

use uppsala::{NodeId, NodeKind};

use super::error::XmlError;
use super::ns;
use super::scan::scan;

/// The largest document that is read, in bytes.
pub const MAX_BYTES: usize = 256 * 1024;
/// How many elements may stand one inside the other.
pub const MAX_DEPTH: usize = 64;
/// How many elements a document may have. A node of the tree takes some five hundred bytes, an element in the text four.
pub const MAX_ELEMENTS: usize = 8 * 1024;
/// How many attributes, declarations of namespaces included, an element may have.
pub const MAX_ATTRIBUTES: usize = 64;

/// Reads a document.
///
/// # Errors
/// [`XmlError`] when it is not well-formed UTF-8 XML with namespaces within the limits of this module, or has a document
/// type, a comment or a processing instruction.
pub fn parse(bytes: &[u8]) -> Result<Document<'_>, XmlError> {
    parse_within(bytes, MAX_BYTES)
}

/// Reads a document of at most `most` bytes: for what is no message, and may be larger than one.
pub(crate) fn parse_within(bytes: &[u8], most: usize) -> Result<Document<'_>, XmlError> {
    match scan(bytes, most)? {
        Cow::Borrowed(text) => Document::build(text),
        Cow::Owned(text) => Document::build(&text).map(Document::into_static),
    }
}

/// Reads a text that went through [`scan`] and keeps it, so that places in it can be asked for.
pub(crate) fn with_text<T>(xml: &str, then: impl FnOnce(&str, &Document<'_>) -> T) -> Result<T, XmlError> {
    let text = scan(xml.as_bytes(), MAX_BYTES)?;
    let document = Document::build(&text)?;
    Ok(then(&text, &document))
}

/// A document that was read. It is never changed.
pub struct Document<'a> {
    tree: uppsala::Document<'a>,
    root: NodeId,
    ids_are_unique: bool,
}

impl<'a> Document<'a> {
    fn build(text: &'a str) -> Result<Self, XmlError> {
        let tree = uppsala::Parser::new()
            .with_forbid_dtd(true)
            .with_max_depth(u32::try_from(MAX_DEPTH).unwrap_or(u32::MAX))
            .parse(text)
            .map_err(|error| XmlError::Malformed(error.to_string()))?;
        let root = tree.document_element().ok_or_else(|| XmlError::Malformed("there is no element".to_owned()))?;
        let mut document = Self { tree, root, ids_are_unique: true };
        document.ids_are_unique = document.look_through()?;
        Ok(document)
    }

    fn into_static(self) -> Document<'static> {
        let Self { tree, root, ids_are_unique } = self;
        Document { tree: tree.into_static(), root, ids_are_unique }
    }

    /// Whether identifiers are unique, whatever the namespace of the attribute: another reader may take any of them for
    /// the identifier of its element. Should the look before the tree have missed a kind of node, it is refused here.
    fn look_through(&self) -> Result<bool, XmlError> {
        let mut ids: Vec<&str> = Vec::new();
        let mut to_visit = vec![self.tree.root()];
        while let Some(id) = to_visit.pop() {
            match self.tree.node_kind(id) {
                Some(NodeKind::Element(element)) => {
                    check_names(element)?;
                    let named_so = |name: &str| ["ID", "Id", "id"].contains(&name);
                    let found = element.attributes.iter().filter(|attribute| named_so(&attribute.name.local_name));
                    ids.extend(found.map(|attribute| &*attribute.value));
                }
                Some(NodeKind::Comment(_)) => return Err(XmlError::Comment),
                Some(NodeKind::ProcessingInstruction(_)) => return Err(XmlError::ProcessingInstruction),
                _ => {}
            }
            to_visit.extend(self.tree.children_iter(id));
        }
        ids.sort_unstable();
        Ok(ids.is_sorted_by(|before, after| before < after))
    }

    /// The outermost element.
    pub fn root(&self) -> Node<'_> {
        Node { document: self, id: self.root }
    }

    /// Whether no two attributes named `ID`, `Id`, `id` or `xml:id`, in any namespace, have the same value.
    pub fn has_unique_ids(&self) -> bool {
        self.ids_are_unique
    }
}

/// The rules of *Namespaces in XML 1.0* that the parser lets pass: a prefix stands for something (5), and a name has one
/// colon at most (4).
fn check_names(element: &uppsala::Element<'_>) -> Result<(), XmlError> {
    let names = element.attributes.iter().map(|attribute| &attribute.name).chain([&element.name]);
    if names.clone().any(|name| name.local_name.is_empty() || name.local_name.contains(':')) {
        return Err(XmlError::Malformed("a name has a colon too many".to_owned()));
    }
    if element.namespace_declarations.iter().any(|(prefix, uri)| !prefix.is_empty() && uri.is_empty()) {
        return Err(XmlError::Malformed("a prefix stands for no namespace".to_owned()));
    }
    Ok(())
}

impl fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document({})", self.root().local_name())
    }
}

/// An element of a [`Document`].
#[derive(Clone, Copy)]
pub struct Node<'d> {
    document: &'d Document<'d>,
    id: NodeId,
}

impl<'d> Node<'d> {
    pub(super) fn tree(self) -> &'d uppsala::Document<'d> {
        &self.document.tree
    }

    pub(crate) fn id(self) -> NodeId {
        self.id
    }

    fn data(self) -> Option<&'d uppsala::Element<'d>> {
        self.document.tree.element(self.id)
    }

    /// The document of which this is an element.
    pub fn document(self) -> &'d Document<'d> {
        self.document
    }

    /// The name without prefix.
    pub fn local_name(self) -> &'d str {
        self.data().map_or("", |element| &element.name.local_name)
    }

    /// The namespace, empty when there is none.
    pub fn namespace(self) -> &'d str {
        self.data().and_then(|element| element.name.namespace_uri.as_deref()).unwrap_or("")
    }

    /// Whether this is the element `name` of `namespace`.
    pub fn is(self, namespace: &str, name: &str) -> bool {
        self.local_name() == name && self.namespace() == namespace
    }

    /// The element around this one.
    pub fn parent(self) -> Option<Node<'d>> {
        let id = self.document.tree.parent(self.id)?;
        self.document.tree.element(id).map(|_| Node { id, ..self })
    }

    /// The elements directly inside, in their order.
    pub fn elements(self) -> impl Iterator<Item = Node<'d>> {
        let document = self.document;
        let children = document.tree.children_iter(self.id);
        children.filter(|id| document.tree.element(*id).is_some()).map(move |id| Node { document, id })
    }

    /// The elements `name` of `namespace` directly inside.
    pub fn children<'n>(self, namespace: &'n str, name: &'n str) -> impl Iterator<Item = Node<'d>> + use<'d, 'n> {
        let document = self.document;
        let children = document.tree.children_iter(self.id).map(move |id| Node { document, id });
        children.filter(move |child| child.is(namespace, name))
    }

    /// The first element `name` of `namespace` directly inside.
    pub fn child(self, namespace: &str, name: &str) -> Option<Node<'d>> {
        self.children(namespace, name).next()
    }

    /// The element `name` of `namespace` directly inside, if there is exactly one.
    ///
    /// # Errors
    /// How many there are.
    pub fn only(self, namespace: &str, name: &str) -> Result<Node<'d>, usize> {
        let mut found = self.children(namespace, name);
        match (found.next(), found.next()) {
            (Some(child), None) => Ok(child),
            (None, _) => Err(0),
            (Some(_), Some(_)) => Err(2 + found.count()),
        }
    }

    /// The value of an attribute that has no namespace, as all of SAML's.
    pub fn attribute(self, name: &str) -> Option<&'d str> {
        let found =
            self.data()?.attributes.iter().find(|a| a.name.namespace_uri.is_none() && a.name.local_name == name);
        found.map(|attribute| &*attribute.value)
    }

    /// The value of an attribute of `namespace`; `xml:lang` is `(ns::XML, "lang")`.
    pub fn attribute_of(self, namespace: &str, name: &str) -> Option<&'d str> {
        self.data()?.get_attribute_ns(namespace, name)
    }

    /// The language of the element by its own `xml:lang`.
    pub fn language(self) -> Option<&'d str> {
        self.attribute_of(ns::XML, "lang")
    }

    /// The whole text, blanks at both ends included; nothing if there are elements inside, which a text has not.
    pub fn text(self) -> Option<Cow<'d, str>> {
        let mut whole: Option<Cow<'d, str>> = None;
        for id in self.document.tree.children_iter(self.id) {
            let (NodeKind::Text(part) | NodeKind::CData(part)) = self.document.tree.node_kind(id)? else { return None };
            whole = Some(match whole {
                None => Cow::Borrowed(&**part),
                Some(before) => Cow::Owned(before.into_owned() + part),
            });
        }
        Some(whole.unwrap_or_default())
    }

    /// The whole text without blanks at its ends; `None` if it is empty or there are elements inside.
    pub fn trimmed(self) -> Option<Cow<'d, str>> {
        let blank = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n');
        let trimmed = match self.text()? {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(blank)),
            Cow::Owned(text) => Cow::Owned(text.trim_matches(blank).to_owned()),
        };
        (!trimmed.is_empty()).then_some(trimmed)
    }

    /// Whether there is text that is not blank beside the elements.
    pub fn has_stray_text(self) -> bool {
        self.document.tree.children_iter(self.id).any(|id| match self.document.tree.node_kind(id) {
            Some(NodeKind::Text(text) | NodeKind::CData(text)) => !text.trim().is_empty(),
            _ => false,
        })
    }

    /// All elements below this one and itself, in document order.
    pub fn descendants(self) -> impl Iterator<Item = Node<'d>> {
        let mut to_visit = vec![self];
        std::iter::from_fn(move || {
            let next = to_visit.pop()?;
            let children: Vec<_> = next.elements().collect();
            to_visit.extend(children.into_iter().rev());
            Some(next)
        })
    }

    /// From where to where the element stands in the text that was read.
    pub(crate) fn range(self) -> Option<std::ops::Range<usize>> {
        self.document.tree.node_range(self.id)
    }

    /// Where the content of the element begins in the text that was read; `None` if it has no content.
    pub(crate) fn content_start(self) -> Option<usize> {
        let first = self.document.tree.children_iter(self.id).next()?;
        self.document.tree.node_range(first).map(|range| range.start)
    }
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Node({})", self.local_name())
    }
}

impl PartialEq for Node<'_> {
    /// Whether both are the same element of the same document.
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && std::ptr::eq(self.document, other.document)
    }
}

impl Eq for Node<'_> {}
