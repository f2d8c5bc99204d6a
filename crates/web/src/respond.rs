//! Answers: pages, redirects after a form, files.

use askama::Template;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

use crate::cookies;
use crate::failure::Failure;
use crate::parts::Tone;
use crate::rx::Rx;

/// What a handler answers.
pub type Answer = Result<Response, Failure>;

/// Lets a page's forms lead to one more origin: browsers check redirects after a form against `form-action` too.
#[derive(Clone, Debug)]
pub(crate) struct FormAction(pub(crate) String);

/// A page.
///
/// # Errors
/// [`Failure::Internal`] when the template cannot be rendered.
pub fn page(rx: &Rx, template: &impl Template) -> Answer {
    page_with(rx, StatusCode::OK, template)
}

/// A page that shows what is wrong with a form: the status says so too.
///
/// # Errors
/// [`Failure::Internal`] when the template cannot be rendered.
pub fn form_again(rx: &Rx, template: &impl Template) -> Answer {
    page_with(rx, StatusCode::UNPROCESSABLE_ENTITY, template)
}

/// A page with a status.
///
/// # Errors
/// [`Failure::Internal`] when the template cannot be rendered.
pub fn page_with(rx: &Rx, status: StatusCode, template: &impl Template) -> Answer {
    let html = template.render().map_err(|error| {
        tracing::error!(%error, "a page cannot be rendered");
        Failure::Internal
    })?;
    let mut response = (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response();
    if rx.inner().flash.is_some() {
        let secure = rx.inner().state.secure();
        let name = cookies::name("flash", &rx.cx().tenant.slug, secure);
        append_cookie(&mut response, cookies::clear(&name, secure));
    }
    Ok(response)
}

/// Allows the page's forms to lead to the origin of one more address.
#[must_use]
pub fn leading_to(mut response: Response, address: &url::Url) -> Response {
    let origin = address.origin().ascii_serialization();
    response.extensions_mut().insert(FormAction(origin));
    response
}

/// To a page of this tenant, after a form.
pub fn to(rx: &Rx, path: &str) -> Response {
    see_other(&rx.url(path))
}

/// To a page of this tenant, which then says in a sentence how it went. The sentence is a text key.
pub fn to_with_flash(rx: &Rx, path: &str, tone: Tone, key: &str) -> Response {
    let mut response = to(rx, path);
    let secure = rx.inner().state.secure();
    let name = cookies::name("flash", &rx.cx().tenant.slug, secure);
    append_cookie(&mut response, cookies::set(&name, &format!("{}.{key}", tone.as_str()), secure));
    response
}

/// To any address.
pub fn see_other(address: &str) -> Response {
    let location = HeaderValue::from_str(address).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

/// To a provider with a message in the address (SAML V2.0 Bindings 3.4.6 allows 302 and 303; its judges know the first).
pub(crate) fn found(address: &str) -> Response {
    let mut response = see_other(address);
    *response.status_mut() = StatusCode::FOUND;
    response
}

/// Opens the browser's session.
#[must_use]
pub fn with_session(rx: &Rx, mut response: Response, token: &sportello_core::Secret) -> Response {
    let secure = rx.inner().state.secure();
    let name = cookies::name("session", &rx.cx().tenant.slug, secure);
    append_cookie(&mut response, cookies::set(&name, token.expose(), secure));
    response
}

/// Closes the browser's session.
#[must_use]
pub fn without_session(rx: &Rx, mut response: Response) -> Response {
    let secure = rx.inner().state.secure();
    let name = cookies::name("session", &rx.cx().tenant.slug, secure);
    append_cookie(&mut response, cookies::clear(&name, secure));
    response
}

pub(crate) fn append_cookie(response: &mut Response, cookie: Option<HeaderValue>) {
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// A file to be shown or saved.
pub fn file(name: &str, media_type: &str, bytes: Vec<u8>) -> Response {
    let name: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '-' }).collect();
    let disposition = format!("inline; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, media_type), (header::CONTENT_DISPOSITION, &disposition)], bytes).into_response()
}
