//! The node's spelling: which element carries which value, in the order of the schema.
//!
//! Each type is written down once, with [`element!`], and the list serves for reading and for writing. Reading accepts
//! any order and unknown elements, refuses missing and repeated ones; writing follows the schema.

mod answers;
mod leaves;
mod payments;
mod receipts;
mod requests;

pub(super) use answers::{
    GetPaymentAnswer, SendReceiptAnswer, SoapFaultBody, VerifyAnswer, write_payable, write_payment,
};

use super::error::Problem;
use super::reader::Reader;
use super::writer::Writer;

/// A value that fills an element.
pub(super) trait Element: Sized {
    /// Reads the current element and goes behind its end.
    fn read(reader: &mut Reader<'_>) -> Result<Self, Problem>;

    /// Writes what stands between the tags.
    fn write(&self, writer: &mut Writer);

    /// Reads an optional element; text without content counts as absent.
    fn read_optional(reader: &mut Reader<'_>) -> Result<Option<Self>, Problem> {
        Self::read(reader).map(Some)
    }

    /// Reads an element that is not worth refusing a message for: a wrong value counts as absent.
    fn read_lenient(reader: &mut Reader<'_>) -> Result<Option<Self>, Problem> {
        Self::read_optional(reader)
    }
}

/// Writes an element.
pub(super) fn put<T: Element>(writer: &mut Writer, name: &str, value: &T) {
    writer.open(name);
    value.write(writer);
    writer.close(name);
}

/// Gives a problem the name of the element in which it arose, unless an inner element already did.
fn at(name: &'static str) -> impl Fn(Problem) -> Problem {
    move |problem| match problem {
        Problem::Value { element: "", reason } => Problem::Value { element: name, reason },
        Problem::NotText("") => Problem::NotText(name),
        other => other,
    }
}

/// Keeps a value that was read, unless there is one already.
fn fill<T>(slot: &mut Option<T>, value: T, name: &'static str) -> Result<(), Problem> {
    if slot.replace(value).is_some() { Err(Problem::Repeated(name)) } else { Ok(()) }
}

/// Reads the items of a list until its end.
fn read_list<T: Element>(reader: &mut Reader<'_>, name: &'static str, limit: usize) -> Result<Vec<T>, Problem> {
    let mut items = Vec::new();
    while reader.next_child()? {
        if reader.name() != name {
            reader.skip()?;
        } else if items.len() == limit {
            return Err(Problem::TooMany { element: name, limit });
        } else {
            items.push(T::read(reader).map_err(at(name))?);
        }
    }
    Ok(items)
}

fn put_list<T: Element>(writer: &mut Writer, name: &str, item: &str, items: &[T]) {
    if items.is_empty() {
        return;
    }
    writer.open(name);
    for value in items {
        put(writer, item, value);
    }
    writer.close(name);
}

/// Declares how a type is spelt. Each line is `variable: kind "element" = value to write;`, the kinds being
///
/// - `one`: mandatory;
/// - `opt`: optional, present when the value is `Some`;
/// - `soft`: optional, and a wrong value is ignored;
/// - `list("item", limit)`: a list, absent when empty.
///
/// The last line makes the value from the variables.
macro_rules! element {
    ($type:ty, |$this:ident| {
        $( $var:ident : $kind:ident $(($item:literal, $limit:expr))? $name:literal = $value:expr; )*
    } => $build:expr) => {
        impl $crate::node::wire::Element for $type {
            fn read(
                reader: &mut $crate::node::reader::Reader<'_>,
            ) -> Result<Self, $crate::node::error::Problem> {
                $( let mut $var = None; )*
                while reader.next_child()? {
                    match reader.name() {
                        $( $name => {
                            let value = element!(@read $kind $(($item, $limit))? reader)
                                .map_err($crate::node::wire::at($name))?;
                            $crate::node::wire::fill(&mut $var, value, $name)?;
                        } )*
                        _ => reader.skip()?,
                    }
                }
                $( let $var = element!(@take $kind $var $name); )*
                Ok($build)
            }

            fn write(&self, writer: &mut $crate::node::writer::Writer) {
                let $this = self;
                $( element!(@write $kind $(($item))? writer $name, $value); )*
            }
        }
    };
    (@read one $reader:ident) => { $crate::node::wire::Element::read($reader) };
    (@read opt $reader:ident) => { $crate::node::wire::Element::read_optional($reader) };
    (@read soft $reader:ident) => { $crate::node::wire::Element::read_lenient($reader) };
    (@read list($item:literal, $limit:expr) $reader:ident) => {
        $crate::node::wire::read_list($reader, $item, $limit)
    };
    (@take one $var:ident $name:literal) => { $var.ok_or($crate::node::error::Problem::Missing($name))? };
    (@take opt $var:ident $name:literal) => { $var.flatten() };
    (@take soft $var:ident $name:literal) => { $var.flatten() };
    (@take list $var:ident $name:literal) => { $var.unwrap_or_default() };
    (@write one $writer:ident $name:literal, $value:expr) => { $crate::node::wire::put($writer, $name, $value) };
    (@write opt $writer:ident $name:literal, $value:expr) => {
        if let Some(value) = $value {
            $crate::node::wire::put($writer, $name, value);
        }
    };
    (@write soft $writer:ident $name:literal, $value:expr) => { element!(@write opt $writer $name, $value) };
    (@write list($item:literal) $writer:ident $name:literal, $value:expr) => {
        $crate::node::wire::put_list($writer, $name, $item, $value)
    };
}
use element;
