//! Mailboxes, their messages and their behaviour.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use italia::EmailAddress;
use serde::Deserialize;

use super::behaviours::{OFFERED, behaviour, box_kind, message_kind, phrase, word};
use super::head::{Head, Visitor, when};
use super::pieces::{Piece, pieces};
use super::texts::Texts;
use super::{back, missing, render};
use crate::mail::{BoxBehaviour, MailError, MailboxView, StoredMessage};
use crate::world::World;

/// The whole message as a file.
const WHOLE: &str = "messaggio.eml";

/// A box in a table.
#[derive(Debug)]
pub(super) struct BoxRow {
    pub(super) link: String,
    pub(super) address: String,
    pub(super) kind: &'static str,
    pub(super) behaviour: String,
    pub(super) tone: &'static str,
    pub(super) messages: usize,
}

impl BoxRow {
    fn of(mailbox: &MailboxView, t: &'static Texts) -> Self {
        let (behaviour, tone) = phrase(mailbox.behaviour, t);
        let address = mailbox.address.as_str().to_owned();
        Self {
            link: link(&mailbox.address),
            address,
            kind: box_kind(mailbox.kind, t),
            behaviour,
            tone,
            messages: mailbox.messages,
        }
    }
}

/// Every box.
pub(super) fn rows(world: &World, t: &'static Texts) -> Vec<BoxRow> {
    world.mail().mailboxes().iter().map(|mailbox| BoxRow::of(mailbox, t)).collect()
}

/// The page of a box; an address may hold `/` and `?` before its `@`.
fn link(address: &EmailAddress) -> String {
    let escaped: String = url::form_urlencoded::byte_serialize(address.as_str().as_bytes()).collect();
    format!("/caselle/{escaped}")
}

#[derive(Template)]
#[template(path = "boxes.html")]
struct BoxesPage {
    head: Head,
    boxes: Vec<BoxRow>,
}

pub(super) async fn list(State(world): State<World>, visitor: Visitor) -> Response {
    let head = visitor.head(&world, "boxes");
    render(&BoxesPage { boxes: rows(&world, head.t), head })
}

#[derive(Debug)]
struct MessageRow {
    link: String,
    date: String,
    kind: &'static str,
    tone: &'static str,
    from: String,
    subject: String,
}

#[derive(Debug)]
struct Choice {
    value: String,
    name: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "box.html")]
struct BoxPage {
    head: Head,
    row: BoxRow,
    messages: Vec<MessageRow>,
    choices: Vec<Choice>,
}

pub(super) async fn mailbox(State(world): State<World>, Path(address): Path<String>, visitor: Visitor) -> Response {
    let Some(mailbox) = find(&world, &address) else { return missing(&world, visitor) };
    let head = visitor.head(&world, "boxes");
    let row = BoxRow::of(&mailbox, head.t);
    let messages = world.mail().messages(&mailbox.address);
    let messages = messages.iter().rev().map(|message| message_row(&row.link, message, head.t)).collect();
    let choices = choices(mailbox.behaviour, head.t);
    render(&BoxPage { head, row, messages, choices })
}

fn message_row(link: &str, message: &StoredMessage, t: &'static Texts) -> MessageRow {
    let (kind, tone) = message_kind(message.kind, t);
    MessageRow {
        link: format!("{link}/{}", message.uid),
        date: when(message.at),
        kind,
        tone,
        from: message.from.clone(),
        subject: subject(message, t),
    }
}

fn subject(message: &StoredMessage, t: &Texts) -> String {
    if message.subject.trim().is_empty() { t.no_subject.to_owned() } else { message.subject.clone() }
}

/// The buttons; the present behaviour is among them even when it is none of those offered.
fn choices(present: BoxBehaviour, t: &Texts) -> Vec<Choice> {
    let extra = (!OFFERED.contains(&present)).then_some(present);
    let choice = |offered| Choice { value: word(offered), name: phrase(offered, t).0, chosen: offered == present };
    OFFERED.into_iter().chain(extra).map(choice).collect()
}

#[derive(Debug, Deserialize)]
pub(super) struct BehaviourForm {
    modo: String,
}

pub(super) async fn set_behaviour(
    State(world): State<World>,
    Path(address): Path<String>,
    Form(form): Form<BehaviourForm>,
) -> Redirect {
    let (Some(mailbox), Some(behaviour)) = (find(&world, &address), behaviour(&form.modo)) else {
        return back("/caselle", false);
    };
    world.mail().set_behaviour(&mailbox.address, behaviour);
    world.tick().await;
    back(&link(&mailbox.address), true)
}

#[derive(Debug, Deserialize)]
pub(super) struct Letter {
    pub(super) a: String,
    pub(super) oggetto: String,
    pub(super) testo: String,
}

/// Writes a message as the holder of the box.
pub(super) async fn write(
    State(world): State<World>,
    Path(address): Path<String>,
    Form(letter): Form<Letter>,
) -> Redirect {
    let Some(mailbox) = find(&world, &address) else { return back("/caselle", false) };
    let sent = send(&world, &mailbox, &letter);
    if let Err(error) = &sent {
        tracing::info!(%error, "a message from the side page was not sent");
    }
    world.tick().await;
    back(&link(&mailbox.address), sent.is_ok())
}

/// Through the provider that the box belongs to.
pub(super) fn send(world: &World, mailbox: &MailboxView, letter: &Letter) -> Result<pec::MessageId, MailError> {
    let to = EmailAddress::parse(&letter.a).map_err(MailError::Domain)?;
    let text = letter.testo.replace("\r\n", "\n");
    match mailbox.kind {
        crate::mail::BoxKind::Pec => world.mail().send_certified(&mailbox.address, &to, &letter.oggetto, &text),
        crate::mail::BoxKind::Ordinary => world.mail().send_ordinary(&mailbox.address, &to, &letter.oggetto, &text),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct ServersForm {
    server: String,
}

/// Switches the mail servers off and on.
pub(super) async fn set_servers(State(world): State<World>, Form(form): Form<ServersForm>) -> Redirect {
    let known = matches!(form.server.as_str(), "spenti" | "accesi");
    if known {
        world.mail().down(form.server == "spenti");
    }
    back("/caselle", known)
}

#[derive(Debug)]
struct FileLink {
    link: String,
    name: String,
    kind: String,
    size: usize,
}

#[derive(Template)]
#[template(path = "message.html")]
struct MessagePage {
    head: Head,
    box_link: String,
    box_address: String,
    kind: &'static str,
    tone: &'static str,
    from: String,
    date: String,
    subject: String,
    pieces: Vec<Piece>,
    attachments: Vec<FileLink>,
}

pub(super) async fn message(
    State(world): State<World>,
    Path((address, uid)): Path<(String, String)>,
    visitor: Visitor,
) -> Response {
    let Some((mailbox, message)) = find_message(&world, &address, &uid) else { return missing(&world, visitor) };
    let head = visitor.head(&world, "boxes");
    let (kind, tone) = message_kind(message.kind, head.t);
    let box_link = link(&mailbox.address);
    render(&MessagePage {
        subject: subject(&message, head.t),
        attachments: files(&box_link, &message),
        pieces: pieces(&message.text),
        from: message.from,
        date: when(message.at),
        box_address: mailbox.address.as_str().to_owned(),
        kind,
        tone,
        box_link,
        head,
    })
}

/// The attachments, and the message itself as it lies in the box.
fn files(box_link: &str, message: &StoredMessage) -> Vec<FileLink> {
    let file = |number: String, name: &str, kind: &str, size| FileLink {
        link: format!("{box_link}/{}/{number}", message.uid),
        name: name.to_owned(),
        kind: kind.to_owned(),
        size,
    };
    let attachments = message.attachments.iter().enumerate();
    let mut files: Vec<_> =
        attachments.map(|(i, a)| file(i.to_string(), &a.name, &a.media_type, a.bytes.len())).collect();
    files.push(file(WHOLE.to_owned(), WHOLE, "message/rfc822", message.raw.len()));
    files
}

pub(super) async fn attachment(
    State(world): State<World>,
    Path((address, uid, number)): Path<(String, String, String)>,
    visitor: Visitor,
) -> Response {
    let Some((_, mut message)) = find_message(&world, &address, &uid) else { return missing(&world, visitor) };
    if number == WHOLE {
        return file(WHOLE, message.raw);
    }
    match number.parse::<usize>().ok().filter(|i| *i < message.attachments.len()) {
        Some(i) => {
            let attachment = message.attachments.swap_remove(i);
            file(&attachment.name, attachment.bytes)
        }
        None => missing(&world, visitor),
    }
}

/// A file that the browser saves and never shows: what it is called and what it claims to be are other people's words.
fn file(name: &str, bytes: Vec<u8>) -> Response {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "._- ".contains(c) { c } else { '_' }).collect();
    let escaped: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let escaped = escaped.replace('+', "%20");
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{escaped}");
    let disposition = HeaderValue::try_from(disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
        (CONTENT_DISPOSITION, disposition),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'")),
    ];
    (headers, bytes).into_response()
}

/// A box that exists; an address that nobody spoke of yet has none.
pub(super) fn find(world: &World, address: &str) -> Option<MailboxView> {
    let address = EmailAddress::parse(address).ok()?;
    world.mail().mailboxes().into_iter().find(|mailbox| mailbox.address == address)
}

fn find_message(world: &World, address: &str, uid: &str) -> Option<(MailboxView, StoredMessage)> {
    let (mailbox, uid) = (find(world, address)?, uid.parse::<u32>().ok()?);
    let message = world.mail().messages(&mailbox.address).into_iter().find(|message| message.uid == uid)?;
    Some((mailbox, message))
}
