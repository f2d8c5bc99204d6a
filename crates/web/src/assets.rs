//! Style, scripts, fonts and icons: compiled by `npm run assets`, embedded, served for ever under hashed names.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};

/// One embedded file.
#[derive(Debug)]
pub(crate) struct Asset {
    name: &'static str,
    file: &'static str,
    media_type: &'static str,
    etag: &'static str,
    bytes: &'static [u8],
    brotli: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

const FOREVER: &str = "public, max-age=31536000, immutable";

/// The address of an asset by its logical name (`sportello.css`).
pub fn url(name: &str) -> String {
    let file = EMBEDDED.iter().find(|a| a.name == name).map_or(name, |a| a.file);
    format!("/static/{file}")
}

/// Serves an asset by its hashed name.
pub(crate) async fn serve(Path(file): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = EMBEDDED.iter().find(|a| a.file == file) else { return StatusCode::NOT_FOUND.into_response() };
    let common = [
        (header::CONTENT_TYPE, asset.media_type),
        (header::CACHE_CONTROL, FOREVER),
        (header::ETAG, asset.etag),
        (header::VARY, "accept-encoding"),
    ];
    if headers.get(header::IF_NONE_MATCH).is_some_and(|tag| tag == asset.etag) {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    let takes_brotli =
        |v: &http::HeaderValue| v.to_str().is_ok_and(|v| v.split(',').any(|e| e.trim().starts_with("br")));
    match asset.brotli.filter(|_| headers.get(header::ACCEPT_ENCODING).is_some_and(takes_brotli)) {
        Some(brotli) => (common, [(header::CONTENT_ENCODING, "br")], brotli).into_response(),
        None => (common, asset.bytes).into_response(),
    }
}
