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
    name: String,
    tag: String,
    content: String,
}

impl Element {
    /// An element without attributes and content.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), tag: format!("<{name}"), content: String::new() }
    }

    /// Adds an attribute.
    #[must_use]
    pub fn attribute(mut self, name: &str, value: &str) -> Self {
        self.tag.push(' ');
        self.tag.push_str(name);
        self.tag.push_str("=\"");
        escape(value, &mut self.tag);
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
        escape(text, &mut self.content);
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

    fn write(&self, out: &mut String) {
        out.push_str(&self.tag);
        if self.content.is_empty() {
            out.push_str("/>");
            return;
        }
        for part in [">", &self.content, "</", &self.name, ">"] {
            out.push_str(part);
        }
    }
}

impl std::fmt::Display for Element {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut out = String::with_capacity(self.tag.len() + self.content.len() + self.name.len() + 4);
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
