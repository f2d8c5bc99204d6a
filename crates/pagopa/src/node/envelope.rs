//! The SOAP envelope around requests and responses.

use super::NAMESPACE;
use super::error::Problem;
use super::reader::{Limits, Reader, Space};
use super::writer::Writer;

/// Goes to the element inside the body of the envelope.
pub(super) fn enter<'i>(bytes: &'i [u8], limits: &Limits) -> Result<(Reader<'i>, Space), Problem> {
    let mut reader = Reader::new(bytes, limits)?;
    if reader.next_element()? != Some(Space::Soap) || reader.name() != "Envelope" {
        return Err(Problem::NotEnvelope);
    }
    loop {
        match reader.next_element()? {
            None => return Err(Problem::NotEnvelope),
            Some(Space::Soap) if reader.name() == "Body" => break,
            Some(_) => reader.skip()?,
        }
    }
    let space = reader.next_element()?.ok_or(Problem::Body)?;
    Ok((reader, space))
}

/// Reads what follows the element inside the body, where nothing more may be said.
pub(super) fn leave(reader: &mut Reader<'_>) -> Result<(), Problem> {
    if reader.next_element()?.is_some() {
        return Err(Problem::Body);
    }
    while reader.next_element()?.is_some() {
        reader.skip()?;
    }
    // Behind the end of the envelope there is only the end of the document.
    if reader.next_element()?.is_some() { Err(Problem::NotEnvelope) } else { Ok(()) }
}

/// Wraps `content`, written inside the operation's element, into an envelope.
pub(super) fn wrap(element: &str, capacity: usize, content: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut writer = Writer::with_capacity(capacity + 400);
    open(&mut writer);
    let name = format!("paf:{element}");
    writer.open(&name);
    content(&mut writer);
    writer.close(&name);
    close(writer)
}

/// Wraps a SOAP fault into an envelope.
pub(super) fn wrap_fault(code: &str, string: &str) -> Vec<u8> {
    let mut writer = Writer::with_capacity(600);
    open(&mut writer);
    writer.open("soapenv:Fault");
    writer.leaf("faultcode", code);
    writer.leaf("faultstring", string);
    writer.close("soapenv:Fault");
    close(writer)
}

fn open(writer: &mut Writer) {
    writer.raw(r#"<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv=""#);
    writer.raw("http://schemas.xmlsoap.org/soap/envelope/");
    writer.raw(r#"" xmlns:paf=""#);
    writer.raw(NAMESPACE);
    writer.raw(r#""><soapenv:Header/><soapenv:Body>"#);
}

fn close(mut writer: Writer) -> Vec<u8> {
    writer.raw("</soapenv:Body></soapenv:Envelope>");
    writer.finish()
}
