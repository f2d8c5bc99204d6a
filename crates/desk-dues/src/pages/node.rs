use axum::body::Bytes;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use sportello_core::payments;
use sportello_core::vault::digest;
use web::{Failure, Rx};

/// The creditor's SOAP service. The last part of the address is a secret between the node and us, compared as digests
/// so that the comparison tells nothing.
pub(super) async fn serve(rx: Rx, Path(secret): Path<String>, message: Bytes) -> Result<Response, Failure> {
    let expected = rx.cx().app.connections(&rx.cx().tenant).and_then(|c| c.node_secret.as_ref());
    if expected.is_none_or(|s| digest(s.expose()) != digest(&secret)) {
        return Err(Failure::NotFound);
    }
    let cx = rx.cx().as_system("pagopa-node");
    let answer = payments::answer(&cx, &message).await;
    let status = StatusCode::from_u16(answer.http_status()).unwrap_or(StatusCode::OK);
    Ok((status, [(header::CONTENT_TYPE, pagopa::node::CONTENT_TYPE)], answer.to_xml()).into_response())
}
