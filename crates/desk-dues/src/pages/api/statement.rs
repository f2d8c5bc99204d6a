//! A statement of an answer, in the form that the caller accepts.

use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, StatusCode, header};
use serde_json::json;
use web::Rx;
use web::api::{self, Caller, Problem};

use super::queries::id;
use super::shown::moment;
use crate::papers::{statement_file, statement_pdf};
use crate::regularity::{self, Statement, code_shown};

/// The forms of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Json,
    Jose,
    Pdf,
}

/// The form that is liked best; the first of equals, in the order in which they are named.
fn form(accept: &str) -> Option<Form> {
    let known = |media: &str| match media {
        "application/pdf" => Some(Form::Pdf),
        "application/jose" => Some(Form::Jose),
        "application/json" | "application/*" | "*/*" => Some(Form::Json),
        _ => None,
    };
    let mut best: Option<(f32, Form)> = None;
    for part in accept.split(',') {
        let (media, rest) = part.split_once(';').unwrap_or((part, ""));
        let quality = rest.split(';').find_map(|p| p.trim().strip_prefix("q=")).and_then(|q| q.parse().ok());
        let quality: f32 = quality.unwrap_or(1.0);
        if let Some(form) = known(media.trim()).filter(|_| quality > 0.0)
            && best.is_none_or(|(other, _)| quality > other)
        {
            best = Some((quality, form));
        }
    }
    best.map(|(_, form)| form)
}

pub(super) async fn of_query(
    rx: Rx,
    caller: Caller,
    Path(text): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let accept = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or("*/*");
    let form = form(accept).ok_or_else(|| Problem::new(StatusCode::NOT_ACCEPTABLE, "not-acceptable"))?;
    let query = regularity::get(&caller.cx, id(&text)?).await?.ok_or_else(Problem::not_found)?;
    let waits = || Problem::new(StatusCode::CONFLICT, "not-answered").retry_after(60);
    let statement = regularity::state(&caller.cx, &query).await?.ok_or_else(waits)?;
    match form {
        Form::Json => shown(&rx, &caller, &statement),
        Form::Jose => Ok(([(header::CONTENT_TYPE, "application/jose")], statement.jws).into_response()),
        Form::Pdf => {
            let code = code_shown(&caller.cx, statement.id)?;
            let shown = regularity::by_code(&caller.cx, &code).await?.ok_or_else(Problem::not_found)?;
            let bytes = statement_pdf(&caller.cx, &shown).await?;
            Ok(web::file(&statement_file(&caller.cx, &shown), "application/pdf", bytes))
        }
    }
}

fn shown(rx: &Rx, caller: &Caller, statement: &Statement) -> Result<Response, Problem> {
    let code = code_shown(&caller.cx, statement.id)?;
    Ok(api::json(&json!({
        "id": statement.id.to_string(),
        "query": statement.query_id.to_string(),
        "made_at": moment(statement.made_at),
        "code": code,
        "verification": rx.full_url(&format!("/verifica/{code}")),
        "jws": statement.jws,
    })))
}

#[cfg(test)]
mod tests {
    use super::{Form, form};

    #[test]
    fn the_form_is_the_one_that_is_liked_best() {
        assert_eq!(form("*/*"), Some(Form::Json));
        assert_eq!(form("application/pdf"), Some(Form::Pdf));
        assert_eq!(form("application/json;q=0.5, application/pdf"), Some(Form::Pdf));
        assert_eq!(form("text/html, application/jose;q=0.3"), Some(Form::Jose));
        assert_eq!(form("text/html"), None);
        assert_eq!(form("application/pdf;q=0"), None);
    }
}
