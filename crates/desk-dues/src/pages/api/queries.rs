//! One firm at a time.

use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, StatusCode, header};
use italia::FiscalCode;
use serde::Deserialize;
use web::Rx;
use web::api::{Caller, Json, Page, Problem, json, page_of};

use super::shown;
use crate::regularity::{self, AskError, Query, QueryId};

/// A question waits this long before it is worth looking at again.
const AGAIN: i64 = 60;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    tax_code: String,
    #[serde(default)]
    fresh: bool,
}

fn code(text: &str, pointer: &str) -> Result<FiscalCode, Problem> {
    FiscalCode::parse(text)
        .map_err(|error| Problem::unprocessable(pointer).with("reason", error.key().replace('-', "_")))
}

pub(super) async fn ask(rx: Rx, caller: Caller, Json(question): Json<Question>) -> Result<Response, Problem> {
    let code = code(&question.tax_code, "/tax_code")?;
    asked(&rx, &caller, &code, question.fresh, StatusCode::CREATED).await
}

/// The same with everything in the address.
pub(super) async fn about(rx: Rx, caller: Caller, Path(text): Path<String>) -> Result<Response, Problem> {
    let fresh = match rx.query().get("fresh") {
        "" | "false" => false,
        "true" => true,
        _ => return Err(Problem::unprocessable("fresh")),
    };
    asked(&rx, &caller, &code(&text, "code")?, fresh, StatusCode::OK).await
}

async fn asked(
    rx: &Rx,
    caller: &Caller,
    code: &FiscalCode,
    fresh: bool,
    at_once: StatusCode,
) -> Result<Response, Problem> {
    let (query, seconds) =
        regularity::ask(&caller.cx, QueryId(caller.id()), code, fresh).await.map_err(|e| match e {
            AskError::Full => Problem::new(StatusCode::TOO_MANY_REQUESTS, "register-full").retry_after(AGAIN),
            AskError::Ground(error) => error.into(),
        })?;
    Ok(answer(rx, &query, at_once, seconds))
}

fn answer(rx: &Rx, query: &Query, at_once: StatusCode, seconds: i64) -> Response {
    let mut response = json(&shown::query(rx, query)).into_response();
    let location = HeaderValue::from_str(&rx.full_url(&shown::query_path(query)));
    let waiting = query.answer.is_none();
    *response.status_mut() = if waiting { StatusCode::ACCEPTED } else { at_once };
    if let (Ok(location), true) = (location, waiting || at_once == StatusCode::CREATED) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    if waiting {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

/// A number in an address; what is none leads nowhere.
pub(super) fn id<T: std::str::FromStr>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

pub(super) async fn one(rx: Rx, caller: Caller, Path(text): Path<String>) -> Result<Response, Problem> {
    let query = regularity::get(&caller.cx, id(&text)?).await?.ok_or_else(Problem::not_found)?;
    Ok(answer(&rx, &query, StatusCode::OK, AGAIN))
}

pub(super) async fn list(rx: Rx, caller: Caller) -> Result<Response, Problem> {
    let page = Page::of(&rx)?;
    let found = regularity::latest(&caller.cx, page.after.map(QueryId), page.limit + 1).await?;
    Ok(json(&page_of(page, &found, |query| query.id.0, |query| shown::query(&rx, query))))
}
