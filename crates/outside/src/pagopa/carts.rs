//! Checkout: carts in, the address of a page out.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use pagopa::checkout::{Cart, KEY_HEADER};

use super::node::Node;
use super::state::StoredCart;

/// `POST checkout/ec/v1/carts`.
pub(super) async fn create(State(node): State<Node>, headers: HeaderMap, body: Bytes) -> Response {
    node.dawdle().await;
    if node.control().node_down {
        let answer = problem(StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable", "the node is out of order");
        return ([(RETRY_AFTER, "60")], answer).into_response();
    }
    let key = headers.get(KEY_HEADER).map(axum::http::HeaderValue::as_bytes);
    if key != Some(node.inner.key.as_bytes()) {
        let detail = "the subscription key is missing or wrong";
        return problem(StatusCode::UNAUTHORIZED, "Unauthorized", detail);
    }
    let cart: Cart = match serde_json::from_slice(&body) {
        Ok(cart) => cart,
        Err(error) => return problem(StatusCode::BAD_REQUEST, "Bad Request", &error.to_string()),
    };
    match node.store_cart(cart) {
        Ok(id) => {
            let location = format!("{}checkout/pay/{id}", node.inner.base);
            (StatusCode::FOUND, [(LOCATION, location)]).into_response()
        }
        Err(detail) => problem(StatusCode::UNPROCESSABLE_ENTITY, "Unprocessable Entity", &detail),
    }
}

impl Node {
    fn store_cart(&self, cart: Cart) -> Result<String, String> {
        let mut state = self.state();
        for notice in cart.notices() {
            if !state.creditors.contains_key(&notice.creditor) {
                return Err(format!("the creditor {} is not known to the node", notice.creditor));
            }
        }
        let id = state.chance.id();
        state.carts.insert(id.clone(), StoredCart { cart, paid: false });
        Ok(id)
    }

    /// Takes as much longer as the switch says.
    pub(super) async fn dawdle(&self) {
        let milliseconds = self.control().slow_milliseconds;
        if milliseconds > 0 {
            tokio::time::sleep(std::time::Duration::from_millis(milliseconds.into())).await;
        }
    }
}

/// An error as the service describes it (RFC 9457).
fn problem(status: StatusCode, title: &str, detail: &str) -> Response {
    let body = serde_json::json!({ "title": title, "status": status.as_u16(), "detail": detail });
    (status, [(CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
}
