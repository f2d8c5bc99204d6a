//! Header fields, found here and read one by one with `mail-parser`'s field parsers.

use jiff::Timestamp;
use mail_parser::HeaderValue;
use mail_parser::parsers::MessageStream;

use crate::MessageId;

/// The fields of a header section in their order.
#[derive(Debug)]
pub(crate) struct Headers<'a> {
    fields: Vec<(&'a str, &'a [u8])>,
}

/// A mail address with the name that was written beside it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Named {
    pub name: Option<String>,
    pub address: String,
}

impl<'a> Headers<'a> {
    pub fn parse(head: &'a [u8]) -> Self {
        let mut fields = Vec::new();
        let mut at = 0;
        while at < head.len() {
            let end = at + field_length(&head[at..]);
            if let Some(field) = split_field(&head[at..end]) {
                fields.push(field);
            }
            at = end;
        }
        Self { fields }
    }

    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// How often a field occurs.
    pub fn count(&self, name: &str) -> usize {
        self.fields.iter().filter(|(field, _)| field.eq_ignore_ascii_case(name)).count()
    }

    /// The first field of that name, folded as it came.
    pub fn raw(&self, name: &str) -> Option<&'a [u8]> {
        self.fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
    }

    /// The field as text: unfolded, encoded words decoded, trimmed.
    pub fn text(&self, name: &str) -> Option<String> {
        let terminated = terminated(self.raw(name)?);
        match MessageStream::new(&terminated).parse_unstructured() {
            HeaderValue::Text(text) => Some(text.trim().to_owned()),
            _ => Some(String::new()),
        }
    }

    /// The field compared without regard to case, as the PEC marker fields are.
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.text(name).is_some_and(|text| text.eq_ignore_ascii_case(value))
    }

    pub fn ids(&self, name: &str) -> Vec<MessageId> {
        let Some(raw) = self.raw(name) else { return Vec::new() };
        let text = String::from_utf8_lossy(raw);
        if text.contains('<') {
            return text.split('<').skip(1).filter_map(|piece| MessageId::lenient(piece.split('>').next()?)).collect();
        }
        text.split_whitespace().filter_map(MessageId::lenient).collect()
    }

    pub fn id(&self, name: &str) -> Option<MessageId> {
        self.ids(name).into_iter().next()
    }

    pub fn addresses(&self, name: &str) -> Vec<Named> {
        let Some(raw) = self.raw(name) else { return Vec::new() };
        let terminated = terminated(raw);
        let parsed = MessageStream::new(&terminated).parse_address();
        let Some(addresses) = parsed.as_address() else { return Vec::new() };
        addresses
            .iter()
            .filter_map(|found| {
                let address = found.address.as_deref()?.trim().to_owned();
                Some(Named { name: found.name.as_deref().map(str::to_owned), address })
            })
            .collect()
    }

    pub fn date(&self, name: &str) -> Option<Timestamp> {
        let terminated = terminated(self.raw(name)?);
        let parsed = MessageStream::new(&terminated).parse_date();
        let date = parsed.as_datetime().filter(|date| date.is_valid())?;
        Timestamp::from_second(date.to_timestamp()).ok()
    }

    pub fn media_type(&self) -> MediaType {
        self.raw("Content-Type").map_or_else(MediaType::default, MediaType::parse)
    }

    pub fn disposition(&self) -> MediaType {
        self.raw("Content-Disposition").map_or_else(MediaType::default, MediaType::parse)
    }

    /// The lower-case transfer encoding, `7bit` when none is written.
    pub fn transfer_encoding(&self) -> String {
        self.text("Content-Transfer-Encoding").map_or_else(|| "7bit".to_owned(), |text| text.to_ascii_lowercase())
    }

    pub fn is_transfer_encoded(&self) -> bool {
        matches!(self.transfer_encoding().as_str(), "base64" | "quoted-printable")
    }

    /// The file name that the sender gave to the part.
    pub fn file_name(&self) -> Option<String> {
        let name =
            self.disposition().attribute("filename").or_else(|| self.media_type().attribute("name"))?.trim().to_owned();
        (!name.is_empty()).then_some(name)
    }
}

/// A `Content-Type` or `Content-Disposition` value.
#[derive(Clone, Default, Debug)]
pub(crate) struct MediaType {
    /// `type/subtype` in lower case; only the first word for a disposition; empty when absent.
    essence: String,
    attributes: Vec<(String, String)>,
}

impl MediaType {
    fn parse(raw: &[u8]) -> Self {
        let terminated = terminated(raw);
        let parsed = MessageStream::new(&terminated).parse_content_type();
        let Some(parsed) = parsed.as_content_type() else { return Self::default() };
        let mut essence = parsed.ctype().trim().to_ascii_lowercase();
        if let Some(subtype) = parsed.subtype() {
            essence.push('/');
            essence.push_str(&subtype.trim().to_ascii_lowercase());
        }
        let attributes = parsed.attributes().unwrap_or_default();
        let attributes = attributes
            .iter()
            .map(|attribute| (attribute.name.to_ascii_lowercase(), attribute.value.clone().into_owned()))
            .collect();
        Self { essence, attributes }
    }

    pub fn essence(&self) -> &str {
        &self.essence
    }

    pub fn is(&self, essence: &str) -> bool {
        self.essence == essence
    }

    pub fn is_multipart(&self) -> bool {
        self.essence.starts_with("multipart/")
    }

    pub fn attribute(&self, name: &str) -> Option<String> {
        self.attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.clone())
    }

    /// The boundary, when it is one that can be looked for.
    pub fn boundary(&self) -> Option<String> {
        self.attribute("boundary").filter(|boundary| !boundary.is_empty() && boundary.len() <= 200)
    }
}

/// `mail-parser`'s field parsers stop at the line end of the field, so there must be one.
fn terminated(raw: &[u8]) -> Vec<u8> {
    let mut bytes = raw.trim_ascii_end().to_vec();
    bytes.extend_from_slice(b"\r\n");
    bytes
}

/// The length of a field with its continuation lines.
fn field_length(bytes: &[u8]) -> usize {
    let mut length = super::line_length(bytes);
    while matches!(bytes.get(length), Some(b' ' | b'\t')) {
        length += super::line_length(&bytes[length..]);
    }
    length
}

fn split_field(field: &[u8]) -> Option<(&str, &[u8])> {
    let colon = field.iter().position(|&byte| byte == b':')?;
    let name = std::str::from_utf8(&field[..colon]).ok()?.trim_end();
    let usable = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic());
    usable.then_some((name, &field[colon + 1..]))
}
