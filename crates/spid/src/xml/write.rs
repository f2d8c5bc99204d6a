//! Writing: elements in the order in which they are said, escaped, without a blank that nobody asked for.

/// An element to be written. Names carry their prefix; declarations of namespaces are attributes named `xmlns:…`.
///
/// ```
/// use spid::xml::Element;
///
/// let issuer = Element::new("saml:Issuer").attribute("Format", "a & b").text("https://sp.example");
/// let request = Element::new("samlp:AuthnRequest").attribute("ID", "_1").child(issuer);
/// assert_eq!(
///     request.to_string(),
///     r#"<samlp:AuthnRequest ID="_1"><saml:Issuer Format="a &amp; b">https://sp.example</saml:Issuer></samlp:AuthnRequest>"#
/// );
/// ```
#[derive(Debug, Clone)]
pub struct Element {
    /// The start tag without its end; the name stands behind the first character.
    tag: String,
    name_length: usize,
    content: String,
    is_canonical: bool,
}

impl Element {
    /// An element without attributes and content.
    pub fn new(name: &str) -> Self {
        let mut tag = String::with_capacity(128);
        tag.push('<');
        tag.push_str(name);
        Self { tag, name_length: name.len(), content: String::new(), is_canonical: false }
    }

    /// An element whose text is its canonical form (see [`canonicalize`](super::canonicalize)), if the caller says the
    /// declarations of namespaces first, where they are first needed, and then the attributes by their names.
    pub(crate) fn canonical(name: &str) -> Self {
        Self { is_canonical: true, ..Self::new(name) }
    }

    /// Adds an attribute.
    #[must_use]
    pub fn attribute(mut self, name: &str, value: &str) -> Self {
        self.tag.push(' ');
        self.tag.push_str(name);
        self.tag.push_str("=\"");
        match self.is_canonical {
            true => escape_canonical(value, &['"', '\t', '\n'], &mut self.tag),
            false => escape(value, &mut self.tag),
        }
        self.tag.push('"');
        self
    }

    /// Adds an attribute if there is a value.
    #[must_use]
    pub fn attribute_if(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.attribute(name, value),
            None => self,
        }
    }

    /// Adds a text behind what is there.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        match self.is_canonical {
            true => escape_canonical(text, &['>'], &mut self.content),
            false => escape(text, &mut self.content),
        }
        self
    }

    /// Adds an element behind what is there.
    #[must_use]
    pub fn child(mut self, child: Element) -> Self {
        child.write(&mut self.content);
        self
    }

    /// Adds elements behind what is there.
    #[must_use]
    pub fn children(self, children: impl IntoIterator<Item = Element>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    /// Adds XML that is already written, such as a signed element, behind what is there.
    #[must_use]
    pub fn raw(mut self, xml: &str) -> Self {
        self.content.push_str(xml);
        self
    }

    fn name(&self) -> &str {
        self.tag.get(1..=self.name_length).unwrap_or_default()
    }

    fn write(&self, out: &mut String) {
        out.push_str(&self.tag);
        if self.content.is_empty() && !self.is_canonical {
            out.push_str("/>");
            return;
        }
        for part in [">", &self.content, "</", self.name(), ">"] {
            out.push_str(part);
        }
    }
}

impl std::fmt::Display for Element {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut out = String::with_capacity(self.tag.len() + self.content.len() + self.name_length + 4);
        self.write(&mut out);
        f.write_str(&out)
    }
}

/// Escapes for text and for attribute values alike. Characters that XML cannot hold become U+FFFD.
fn escape(value: &str, out: &mut String) {
    for character in value.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
}

/// Escapes as canonical XML does: always `&`, `<` and the carriage return, and what `also` names.
fn escape_canonical(value: &str, also: &[char], out: &mut String) {
    // Most values have nothing to escape. What is neither ASCII nor printable is looked at one by one.
    if value.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'&' | b'<' | b'>' | b'"')) {
        return out.push_str(value);
    }
    for character in value.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '\r' => out.push_str("&#xD;"),
            '>' if also.contains(&'>') => out.push_str("&gt;"),
            '"' if also.contains(&'"') => out.push_str("&quot;"),
            '\t' if also.contains(&'\t') => out.push_str("&#x9;"),
            '\n' if also.contains(&'\n') => out.push_str("&#xA;"),
            '\t' | '\n' => out.push(character),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Element;
    use crate::xml::{canonicalize, parse};

    #[test]
    fn a_canonical_element_is_its_own_canonical_form() {
        let strange = "a&b<c>d\"e'f\tg\nh\ri\u{1}";
        let inner = Element::canonical("y").attribute("A", strange).attribute("B", "").text(strange);
        let text = Element::canonical("x:x").attribute("xmlns:x", "urn:x").child(inner).to_string();
        let (document, mut canonical) = (parse(text.as_bytes()).unwrap(), Vec::new());
        canonicalize(document.root(), None, &[], &mut canonical).unwrap();
        assert_eq!(String::from_utf8(canonical).unwrap(), text);
    }
}
