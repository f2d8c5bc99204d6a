//! How things are written in JSON. Ids are texts, because readers of JSON keep 53 bits of a number.

use serde_json::{Value, json};
use sportello_core::clock::instant;
use web::Rx;
use web::api::PATH;

use crate::regularity::{Bulk, Item, Query};

/// An instant (RFC 3339).
pub(super) fn moment(milliseconds: i64) -> String {
    instant(milliseconds).to_string()
}

pub(super) fn query_path(query: &Query) -> String {
    format!("{PATH}/queries/{}", query.id)
}

pub(super) fn query(rx: &Rx, query: &Query) -> Value {
    let statement = query.answer.as_ref().map(|_| rx.full_url(&format!("{}/statement", query_path(query))));
    json!({
        "id": query.id.to_string(),
        "tax_code": query.code,
        "state": query.state,
        "asked_at": moment(query.asked_at),
        "answered_at": query.answered_at.map(moment),
        "answer": query.answer(),
        "statement": statement,
    })
}

pub(super) fn bulk_path(bulk: &Bulk) -> String {
    format!("{PATH}/bulk-queries/{}", bulk.id)
}

pub(super) fn bulk(rx: &Rx, bulk: &Bulk) -> Value {
    json!({
        "id": bulk.id.to_string(),
        "state": if bulk.finished_at.is_some() { "finished" } else { "running" },
        "total": bulk.items,
        "answered": bulk.answered,
        "refused": bulk.refused,
        "waiting": bulk.items - bulk.answered - bulk.refused,
        "created_at": moment(bulk.created_at),
        "finished_at": bulk.finished_at.map(moment),
        "items": rx.full_url(&format!("{}/items", bulk_path(bulk))),
    })
}

pub(super) fn item(rx: &Rx, item: &Item) -> Value {
    let statement = item.answer.as_ref().map(|_| rx.full_url(&format!("{PATH}/queries/{}/statement", item.id)));
    json!({
        "position": item.position,
        "query": item.id.to_string(),
        "tax_code": item.code,
        "state": item.state,
        "reason": item.reason.as_deref().map(|reason| reason.replace('-', "_")),
        "answer": item.answer(),
        "statement": statement,
    })
}
