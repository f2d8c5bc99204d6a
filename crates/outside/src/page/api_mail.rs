//! Mailboxes for scripts.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::behaviours::{behaviour, box_kind_word, message_word, word};
use super::boxes::{Letter, find, send};
use super::pieces::{Piece, pieces};
use super::{api, boxes};
use crate::mail::{MailboxView, StoredMessage};
use crate::world::World;

#[derive(Serialize)]
struct BoxJson {
    address: String,
    kind: &'static str,
    behaviour: String,
    messages: usize,
    unseen: usize,
}

impl From<&MailboxView> for BoxJson {
    fn from(mailbox: &MailboxView) -> Self {
        Self {
            address: mailbox.address.as_str().to_owned(),
            kind: box_kind_word(mailbox.kind),
            behaviour: word(mailbox.behaviour),
            messages: mailbox.messages,
            unseen: mailbox.unseen,
        }
    }
}

#[derive(Serialize)]
struct MessageJson {
    id: u32,
    at: Timestamp,
    kind: &'static str,
    from: String,
    subject: String,
    text: String,
    /// The web addresses in the text, in order: what a visitor would click.
    links: Vec<String>,
    attachments: Vec<FileJson>,
    seen: bool,
}

#[derive(Serialize)]
struct FileJson {
    name: String,
    media_type: String,
    size: usize,
}

impl From<StoredMessage> for MessageJson {
    fn from(message: StoredMessage) -> Self {
        let link = |piece| if let Piece::Link(url) = piece { Some(url) } else { None };
        let file = |a: &pec::Attachment| FileJson {
            name: a.name.clone(),
            media_type: a.media_type.clone(),
            size: a.bytes.len(),
        };
        Self {
            id: message.uid,
            at: message.at,
            kind: message_word(message.kind),
            links: pieces(&message.text).into_iter().filter_map(link).collect(),
            attachments: message.attachments.iter().map(file).collect(),
            from: message.from,
            subject: message.subject,
            text: message.text,
            seen: message.seen,
        }
    }
}

pub(super) async fn list(State(world): State<World>) -> Response {
    let boxes: Vec<_> = world.mail().mailboxes().iter().map(BoxJson::from).collect();
    Json(json!({ "mailboxes": boxes })).into_response()
}

pub(super) async fn messages(State(world): State<World>, Path(address): Path<String>) -> Response {
    let Some(mailbox) = find(&world, &address) else { return StatusCode::NOT_FOUND.into_response() };
    let messages = world.mail().messages(&mailbox.address).into_iter().map(MessageJson::from);
    let messages: Vec<_> = messages.collect();
    Json(json!({ "mailbox": BoxJson::from(&mailbox), "messages": messages })).into_response()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BehaviourChange {
    behaviour: String,
}

/// Also for a box that does not exist yet: it comes into being with that behaviour.
pub(super) async fn set_behaviour(
    State(world): State<World>,
    Path(address): Path<String>,
    Json(change): Json<BehaviourChange>,
) -> Response {
    let Ok(address) = italia::EmailAddress::parse(&address) else { return api::refuse("not an address") };
    let Some(behaviour) = behaviour(&change.behaviour) else { return api::refuse("no such behaviour") };
    world.mail().set_behaviour(&address, behaviour);
    world.tick().await;
    StatusCode::NO_CONTENT.into_response()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewMessage {
    to: String,
    subject: String,
    text: String,
}

/// Writes a message as the holder of a box.
pub(super) async fn write(
    State(world): State<World>,
    Path(address): Path<String>,
    Json(new): Json<NewMessage>,
) -> Response {
    let Some(mailbox) = boxes::find(&world, &address) else { return StatusCode::NOT_FOUND.into_response() };
    let letter = Letter { a: new.to, oggetto: new.subject, testo: new.text };
    let sent = send(&world, &mailbox, &letter);
    world.tick().await;
    match sent {
        Ok(id) => Json(json!({ "message_id": id.to_string() })).into_response(),
        Err(error) => api::refuse(&error.to_string()),
    }
}
