//! Writing `daticert.xml`, exactly as the DTD of RFC 6109, section 4.4 orders it.

use std::fmt::Write as _;

use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::CertificationData;

impl CertificationData {
    pub(crate) fn write(&self) -> String {
        let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        let _ = writeln!(xml, "<postacert tipo=\"{}\" errore=\"{}\">", self.kind.as_str(), self.error.wire());
        self.write_header(&mut xml);
        self.write_data(&mut xml);
        xml.push_str("</postacert>\n");
        xml
    }

    fn write_header(&self, xml: &mut String) {
        xml.push_str("    <intestazione>\n");
        element(xml, "mittente", &self.sender);
        for recipient in &self.recipients {
            let (kind, address) = (recipient.kind.wire(), escape(recipient.address.as_str()));
            let _ = writeln!(xml, "        <destinatari tipo=\"{kind}\">{address}</destinatari>");
        }
        element(xml, "risposte", self.reply_to.as_deref().unwrap_or(&self.sender));
        if let Some(subject) = &self.subject {
            element(xml, "oggetto", subject);
        }
        xml.push_str("    </intestazione>\n");
    }

    fn write_data(&self, xml: &mut String) {
        let local = self.local_time();
        xml.push_str("    <dati>\n");
        element(xml, "gestore-emittente", &self.provider);
        let _ = writeln!(xml, "        <data zona=\"{}\">", zone(self.offset));
        let _ = writeln!(xml, "            <giorno>{}</giorno>", local.strftime("%d/%m/%Y"));
        let _ = writeln!(xml, "            <ora>{}</ora>\n        </data>", local.strftime("%H:%M:%S"));
        element(xml, "identificativo", &self.identifier);
        if let Some(id) = &self.message_id {
            element(xml, "msgid", &id.to_string());
        }
        if let Some(detail) = self.detail {
            let _ = writeln!(xml, "        <ricevuta tipo=\"{}\" />", detail.wire());
        }
        if let Some(recipient) = &self.recipient {
            element(xml, "consegna", recipient.as_str());
        }
        for recipient in &self.taken {
            element(xml, "ricezione", recipient.as_str());
        }
        if let Some(error) = &self.extended_error {
            element(xml, "errore-esteso", error);
        }
        xml.push_str("    </dati>\n");
    }

    /// The legal time that is written for people and in the file.
    pub(crate) fn local_time(&self) -> DateTime {
        self.offset.to_datetime(self.at)
    }
}

/// `+0100`, as both the file and the readable text write it.
pub(crate) fn zone(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

fn element(xml: &mut String, name: &str, text: &str) {
    let _ = writeln!(xml, "        <{name}>{}</{name}>", escape(text));
}

/// Escapes markup and drops the control characters that XML 1.0 cannot hold.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}
