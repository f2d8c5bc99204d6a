//! The few header fields that a mail server looks at or writes.

/// The end of the header section: where the empty line begins.
fn head(raw: &[u8]) -> &[u8] {
    let crlf = raw.windows(4).position(|window| window == b"\r\n\r\n").map(|at| at + 2);
    let lf = raw.windows(2).position(|window| window == b"\n\n").map(|at| at + 1);
    let end = crlf.into_iter().chain(lf).min().unwrap_or(raw.len());
    &raw[..end]
}

/// The first field of that name, unfolded.
pub(super) fn field(raw: &[u8], name: &str) -> Option<String> {
    let text = String::from_utf8_lossy(head(raw)).into_owned();
    let mut lines = text.lines();
    let mut value = lines.by_ref().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.trim_end().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })?;
    for line in lines.take_while(|line| line.starts_with([' ', '\t'])) {
        value.push(' ');
        value.push_str(line.trim());
    }
    Some(value)
}

/// The message identifier without brackets.
pub(super) fn id(raw: &[u8], name: &str) -> Option<String> {
    let value = field(raw, name)?;
    let id = value.trim().trim_matches(['<', '>']).to_owned();
    (!id.is_empty()).then_some(id)
}

/// The message with fields put before all others.
pub(super) fn prepend(raw: &[u8], fields: &str) -> Vec<u8> {
    [fields.as_bytes(), raw].concat()
}

/// The message under another identifier; the old one is kept as a reference.
pub(super) fn rewrite_id(raw: &[u8], new: &str) -> Vec<u8> {
    let length = head(raw).len();
    let mut out = Vec::with_capacity(raw.len() + 200);
    let mut reference = None;
    for line in raw[..length].split_inclusive(|&byte| byte == b'\n') {
        let text = String::from_utf8_lossy(line);
        match text.split_once(':') {
            Some((name, old)) if name.trim_end().eq_ignore_ascii_case("Message-ID") => {
                reference = Some(old.trim().to_owned());
            }
            _ => out.extend_from_slice(line),
        }
    }
    out.extend_from_slice(format!("Message-ID: <{new}>\r\n").as_bytes());
    if let Some(old) = reference {
        out.extend_from_slice(format!("X-Riferimento-Message-ID: {old}\r\n").as_bytes());
    }
    out.extend_from_slice(&raw[length..]);
    out
}

/// `Sat, 10 Jan 2026 12:02:03 +0000`.
pub(super) fn date(at: jiff::Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_only_in_the_header() {
        let raw = b"Subject: one\r\n two\r\nMessage-Id: <a@b>\r\n\r\nX-Body: no\r\n";
        assert_eq!(field(raw, "subject").as_deref(), Some("one two"));
        assert_eq!(id(raw, "Message-ID").as_deref(), Some("a@b"));
        assert_eq!(field(raw, "X-Body"), None);
    }

    #[test]
    fn identifiers_are_rewritten_with_a_reference() {
        let raw = b"From: a@b\r\nMessage-ID: <old@x>\r\nTo: c@d\r\n\r\nMessage-ID: body\r\n";
        let text = String::from_utf8(rewrite_id(raw, "new@y")).unwrap();
        assert_eq!(
            text,
            "From: a@b\r\nTo: c@d\r\nMessage-ID: <new@y>\r\nX-Riferimento-Message-ID: <old@x>\r\n\r\nMessage-ID: body\r\n"
        );
    }
}
