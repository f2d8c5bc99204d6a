//! Plays platform and service on the loopback address, lets the clients call, and prints as JSON what they sent: for
//! judges by others (`conformance/pdnd`).
//!
//! ```console
//! $ cargo run -p registries --example pdnd_samples
//! ```
#![expect(clippy::print_stdout, reason = "what is printed is what this is for")]

use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::Request;
use axum::response::IntoResponse as _;
use italia::FiscalCode;
use jiff::Timestamp;
use registries::pdnd::{Config, Evidence, Vouchers, read_key};
use registries::{Inad, Stamp, TimeLimits, inad};
use serde_json::{Value, json};

type Book = Arc<Mutex<Vec<Value>>>;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let book = Book::default();
    let base = listen(book.clone()).await?;
    let mut samples = Vec::new();
    for (name, algorithm) in [("RS256", &rcgen::PKCS_RSA_SHA256), ("ES256", &rcgen::PKCS_ECDSA_P256_SHA256)] {
        let keys = [rcgen::KeyPair::generate_for(algorithm)?, rcgen::KeyPair::generate()?];
        let client = client(&base, &keys.each_ref().map(rcgen::KeyPair::serialize_pem))?;
        // Nobody answers anything useful; what was sent is all that is wanted.
        let stamp = |jti| Stamp { now: Timestamp::UNIX_EPOCH, jti };
        let codes = [FiscalCode::parse("12345670017")?];
        let _ = client.request_list(&codes, stamp(name)).await;
        let sent = std::mem::take(&mut *book.lock().unwrap_or_else(PoisonError::into_inner));
        let [public, dpop] = keys.each_ref().map(rcgen::KeyPair::public_key_pem);
        samples.push(json!({ "algorithm": name, "base": base, "public": public, "dpop": dpop, "sent": sent }));
    }
    println!("{}", Value::from(samples));
    Ok(())
}

fn client(base: &str, keys: &[String; 2]) -> Result<Inad, Box<dyn Error>> {
    let evidence = Evidence {
        audience: "https://service.example".to_owned(),
        user_id: "sportello".to_owned(),
        user_location: "sede".to_owned(),
        loa: "LoA3".to_owned(),
    };
    let config = Config {
        token_url: format!("{base}/token.oauth2").parse()?,
        audience: "platform".to_owned(),
        client_id: "client-1".to_owned(),
        kid: "kid-1".to_owned(),
        purpose_id: "purpose-1".to_owned(),
        evidence: Some(evidence),
        integrity: Some("https://service.example".to_owned()),
        limits: TimeLimits::default(),
    };
    let vouchers = Vouchers::new(config, read_key(&keys[0])?, Some(read_key(&keys[1])?))?;
    let place = inad::Config {
        base_url: base.parse()?,
        practical_reference: "iscrizione".to_owned(),
        limits: TimeLimits::default(),
    };
    Ok(Inad::new(place, vouchers)?)
}

async fn listen(book: Book) -> Result<String, Box<dyn Error>> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let base = format!("http://{}", listener.local_addr()?);
    let app = Router::new().fallback(move |request: Request| record(book.clone(), request));
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(base)
}

async fn record(book: Book, request: Request) -> axum::response::Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap_or_default();
    let is_token = parts.uri.path() == "/token.oauth2";
    let headers: serde_json::Map<String, Value> = parts
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), Value::from(value.to_str().unwrap_or_default())))
        .collect();
    let call = json!({
        "method": parts.method.as_str(), "path": parts.uri.path(), "headers": headers,
        "body": String::from_utf8_lossy(&body),
    });
    book.lock().unwrap_or_else(PoisonError::into_inner).push(call);
    let voucher = json!({ "access_token": "voucher.of.somebody", "token_type": "DPoP", "expires_in": 600 });
    if is_token { axum::Json(voucher).into_response() } else { axum::http::StatusCode::NOT_FOUND.into_response() }
}
