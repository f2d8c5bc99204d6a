use super::*;

fn parse(text: &str) -> Entity<'_> {
    Entity::parse(text.as_bytes()).unwrap()
}

#[test]
fn parts_end_before_the_line_end_of_their_boundary() {
    let text = "Content-Type: multipart/mixed; boundary=b\r\n\r\npreamble\r\n--b\r\n\r\none\r\n--b  \nX: y\n\ntwo\n--b--\nepilogue";
    let message = parse(text);
    let raw: Vec<&[u8]> = message.parts().iter().map(|part| part.raw).collect();
    assert_eq!(raw, [&b"\r\none"[..], b"X: y\n\ntwo"]);
    assert_eq!(message.parts()[1].headers.text("x").unwrap(), "y");
}

#[test]
fn a_boundary_that_begins_like_another_is_another() {
    let text = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--bb\n--b--x\n--b\n\ntwo\n--b--\n";
    assert_eq!(parse(text).parts().len(), 2);
    assert_eq!(parse(text).parts()[0].body, b"one\n--bb\n--b--x");
}

#[test]
fn a_missing_closing_boundary_ends_with_the_message() {
    let text = "Content-Type: multipart/mixed; boundary=\"b\"\n\n--b\n\none\n--b\n\ntwo\n";
    assert_eq!(parse(text).parts()[1].body, b"two\n");
}

#[test]
fn a_multipart_without_any_boundary_line_is_a_leaf() {
    assert!(matches!(parse("Content-Type: multipart/mixed; boundary=b\n\nnothing").content, Content::Leaf));
}

#[test]
fn nested_multiparts_stop_at_a_limit() {
    let mut bomb = String::new();
    for level in 0..10_000 {
        bomb += &format!("Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n");
    }
    assert_eq!(Entity::parse(bomb.as_bytes()).unwrap_err(), StructureError::TooDeep);
    let nested = "Content-Type: message/rfc822\n\n".repeat(10_000);
    assert_eq!(Entity::parse(nested.as_bytes()).unwrap_err(), StructureError::TooDeep);
}

#[test]
fn very_many_parts_stop_at_a_limit() {
    let bomb = format!("Content-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\n".repeat(100_000));
    assert_eq!(Entity::parse(bomb.as_bytes()).unwrap_err(), StructureError::TooManyParts);
}

#[test]
fn a_header_without_end_stops_at_a_limit() {
    let bomb = "X-Long: y\n".repeat(100_000);
    assert_eq!(Entity::parse(bomb.as_bytes()).unwrap_err(), StructureError::HeaderTooLarge);
}

#[test]
fn folded_and_encoded_fields_are_read() {
    let message = parse(
        "From garbage line of an mbox file\nSubject: =?iso-8859-1?Q?attivit=E0?=\n =?utf-8?B?IGRpIMOo?=\nX-A: 1\nx-a: 2\n\n",
    );
    assert_eq!(message.headers.text("SUBJECT").unwrap(), "attività di è");
    assert_eq!(message.headers.count("X-A"), 2);
}

#[test]
fn identifiers_are_read_with_and_without_brackets() {
    let message = parse("References: <a@b>\r\n <c@d>\r\nX-Riferimento-Message-ID: e@f\r\nBad:\r\n\r\n");
    let ids: Vec<_> = message.headers.ids("References").into_iter().map(|id| id.to_string()).collect();
    assert_eq!(ids, ["<a@b>", "<c@d>"]);
    assert_eq!(message.headers.id("X-Riferimento-Message-ID").unwrap().as_str(), "e@f");
    assert_eq!(message.headers.id("Bad"), None);
}

#[test]
fn the_plain_alternative_is_shown_and_files_are_kept_aside() {
    let text = concat!(
        "Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: multipart/alternative; boundary=a\n\n",
        "--a\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\ncitt=E0\n",
        "--a\nContent-Type: text/html\n\n<b>other</b>\n--a--\n",
        "--m\nContent-Type: text/plain; name=note.txt\nContent-Transfer-Encoding: base64\n\nY2lh!byA=\n--m--\n",
    );
    let message = parse(text);
    assert_eq!(message.shown_text(), "città");
    let files = message.attachments();
    assert_eq!((files.len(), files[0].name.as_str(), files[0].bytes.as_slice()), (1, "note.txt", &b"ciao "[..]));
}

#[test]
fn html_alone_gives_its_words() {
    let text = "Content-Type: text/html; charset=utf-8\n\n<p>Buon<br>giorno</p><style>x{}</style>";
    assert_eq!(parse(text).shown_text(), "Buon\ngiorno");
}

#[test]
fn an_enclosed_message_is_entered_only_when_asked() {
    let text = "Content-Type: message/rfc822\n\nSubject: inner\n\nhello";
    let message = parse(text);
    let Content::Message(inner) = &message.content else { panic!("not a message") };
    assert_eq!(inner.headers.text("Subject").unwrap(), "inner");
    let mut seen = 0;
    message.walk(&mut |_| seen += 1);
    assert_eq!(seen, 1);
}

#[test]
fn dates_are_read_with_their_zone() {
    let message = parse("Date: Fri, 15 Nov 2024 18:21:03 +0100 (CET)\n\n");
    assert_eq!(message.headers.date("Date").unwrap().to_string(), "2024-11-15T17:21:03Z");
    assert_eq!(parse("Date: tomorrow\n\n").headers.date("Date"), None);
}
