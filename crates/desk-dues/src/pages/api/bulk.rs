//! Many firms at once.

use axum::extract::Path;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use serde::Deserialize;
use web::Rx;
use web::api::{Caller, Json, Page, Problem, json, page_of};

use super::queries::id;
use super::shown;
use crate::regularity::{self, BulkError, BulkId, MOST_ITEMS};

/// A bulk is worth looking at again after so many seconds.
const AGAIN: i64 = 5;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Questions {
    tax_codes: Vec<String>,
    #[serde(default)]
    fresh: bool,
}

pub(super) async fn submit(rx: Rx, caller: Caller, Json(asked): Json<Questions>) -> Result<Response, Problem> {
    let submitted = regularity::submit(&caller.cx, BulkId(caller.id()), &asked.tax_codes, asked.fresh).await;
    let bulk = submitted.map_err(|error| match error {
        BulkError::Empty | BulkError::TooMany => Problem::unprocessable("/tax_codes").with("most", MOST_ITEMS),
        BulkError::Open => Problem::new(StatusCode::TOO_MANY_REQUESTS, "bulk-open").retry_after(30),
        BulkError::Ground(error) => error.into(),
    })?;
    let mut response = json(&shown::bulk(&rx, &bulk));
    *response.status_mut() = StatusCode::ACCEPTED;
    if let Ok(location) = HeaderValue::from_str(&rx.full_url(&shown::bulk_path(&bulk))) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response.headers_mut().insert(header::RETRY_AFTER, AGAIN.into());
    Ok(response)
}

pub(super) async fn list(rx: Rx, caller: Caller) -> Result<Response, Problem> {
    let page = Page::of(&rx)?;
    let found = regularity::bulks(&caller.cx, page.after.map(BulkId), page.limit + 1).await?;
    Ok(json(&page_of(page, &found, |bulk| bulk.id.0, |bulk| shown::bulk(&rx, bulk))))
}

pub(super) async fn one(rx: Rx, caller: Caller, Path(text): Path<String>) -> Result<Response, Problem> {
    let bulk = regularity::bulk(&caller.cx, id(&text)?).await?.ok_or_else(Problem::not_found)?;
    let mut response = json(&shown::bulk(&rx, &bulk));
    if bulk.finished_at.is_none() {
        response.headers_mut().insert(header::RETRY_AFTER, AGAIN.into());
    }
    Ok(response)
}

pub(super) async fn items(rx: Rx, caller: Caller, Path(text): Path<String>) -> Result<Response, Problem> {
    let page = Page::of(&rx)?;
    let bulk = regularity::bulk(&caller.cx, id(&text)?).await?.ok_or_else(Problem::not_found)?;
    let found = regularity::items(&caller.cx, bulk.id, page.after.unwrap_or(0), page.limit + 1).await?;
    Ok(json(&page_of(page, &found, |item| item.position, |item| shown::item(&rx, item))))
}
