//! The structure tree, grown while blocks are laid out and filled while pages are painted.

use std::num::NonZeroU16;

use krilla::tagging::{BBox, Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

/// A group of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NodeId(usize);

/// A place for painted content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LeafId(usize);

/// The groups that papers use.
#[derive(Debug, Clone)]
pub(crate) enum Role {
    Division,
    Heading { level: u16, title: String },
    Paragraph,
    Strong,
    List(ListNumbering),
    Item,
    ItemLabel,
    ItemBody,
    Table,
    Caption,
    TableHead,
    TableBody,
    TableFoot,
    Row,
    ColumnHeader,
    RowHeader,
    Data,
    Figure { alt: String, place: Option<BBox> },
}

#[derive(Debug)]
enum Child {
    Group(NodeId),
    Leaf(LeafId),
}

/// The tree.
#[derive(Debug, Default)]
pub(crate) struct Tags {
    groups: Vec<(Role, Vec<Child>)>,
    top: Vec<Child>,
    leaves: Vec<Vec<Identifier>>,
    last_heading: u16,
}

impl Tags {
    /// A new group at the end of `parent`, or of the document.
    pub(crate) fn group(&mut self, parent: Option<NodeId>, role: Role) -> NodeId {
        let node = NodeId(self.groups.len());
        self.groups.push((role, Vec::new()));
        self.children(parent).push(Child::Group(node));
        node
    }

    /// A heading. Levels that the document skips are closed up, so that the first heading is of
    /// level 1 and none is more than one level below the one before (ISO 14289-1, 7.4.2).
    pub(crate) fn heading(&mut self, parent: Option<NodeId>, level: u8, title: String) -> (NodeId, u16) {
        let level = u16::from(level.max(1)).min(self.last_heading + 1);
        self.last_heading = level;
        (self.group(parent, Role::Heading { level, title }), level)
    }

    /// A new place for content at the end of `parent`, or of the document.
    pub(crate) fn leaf(&mut self, parent: Option<NodeId>) -> LeafId {
        let leaf = LeafId(self.leaves.len());
        self.leaves.push(Vec::new());
        self.children(parent).push(Child::Leaf(leaf));
        leaf
    }

    fn children(&mut self, parent: Option<NodeId>) -> &mut Vec<Child> {
        match parent {
            Some(NodeId(index)) => &mut self.groups[index].1,
            None => &mut self.top,
        }
    }

    /// Hangs painted content at its place.
    pub(crate) fn fill(&mut self, leaf: LeafId, identifier: Identifier) {
        self.leaves[leaf.0].push(identifier);
    }

    /// Says where a figure stands.
    pub(crate) fn locate(&mut self, figure: NodeId, place: BBox) {
        if let Role::Figure { place: slot, .. } = &mut self.groups[figure.0].0 {
            *slot = Some(place);
        }
    }

    /// The finished tree.
    pub(crate) fn into_tree(mut self, language: &str) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        for child in std::mem::take(&mut self.top) {
            for node in self.nodes(child) {
                tree.push(node);
            }
        }
        tree
    }

    fn nodes(&mut self, child: Child) -> Vec<Node> {
        match child {
            Child::Leaf(LeafId(index)) => self.leaves[index].drain(..).map(Node::Leaf).collect(),
            Child::Group(NodeId(index)) => {
                let (role, children) = std::mem::replace(&mut self.groups[index], (Role::Division, Vec::new()));
                let children: Vec<_> = children.into_iter().flat_map(|child| self.nodes(child)).collect();
                if children.is_empty() {
                    return Vec::new();
                }
                vec![Node::Group(TagGroup::with_children(role.into_tag(), children))]
            }
        }
    }
}

impl Role {
    fn into_tag(self) -> TagKind {
        match self {
            Self::Division => Tag::Div.into(),
            Self::Heading { level, title } => {
                Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(title)).into()
            }
            Self::Paragraph => Tag::P.into(),
            Self::Strong => Tag::Strong.into(),
            Self::List(numbering) => Tag::L(numbering).into(),
            Self::Item => Tag::LI.into(),
            Self::ItemLabel => Tag::Lbl.into(),
            Self::ItemBody => Tag::LBody.into(),
            Self::Table => Tag::Table.into(),
            Self::Caption => Tag::Caption.into(),
            Self::TableHead => Tag::THead.into(),
            Self::TableBody => Tag::TBody.into(),
            Self::TableFoot => Tag::TFoot.into(),
            Self::Row => Tag::TR.into(),
            Self::ColumnHeader => Tag::TH(TableHeaderScope::Column).into(),
            Self::RowHeader => Tag::TH(TableHeaderScope::Row).into(),
            Self::Data => Tag::TD.into(),
            Self::Figure { alt, place } => Tag::Figure(Some(alt)).with_bbox(place).into(),
        }
    }
}
