//! Small servers that answer as they are told, and write down what they were asked.
#![expect(dead_code, reason = "each test file uses its own part")]
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use italia::FiscalCode;
use jiff::{SignedDuration, Timestamp};
use registries::{BusinessRegister, Config, Credential, Stamp};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// A key and its certificate, made once for each test program.
pub static PEM: LazyLock<(String, String)> = LazyLock::new(|| {
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
    let certificate =
        rcgen::CertificateParams::new(vec!["albo.example".to_owned()]).unwrap().self_signed(&key).unwrap();
    (key.serialize_pem(), certificate.pem())
});

/// One request as the server saw it.
#[derive(Debug, Clone)]
pub struct Seen {
    pub method: String,
    pub path: String,
    pub query: String,
    pub scope: String,
    pub authorization: String,
    pub headers: axum::http::HeaderMap,
    pub body: String,
}

impl Seen {
    /// A header as text; empty when it is not there.
    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    }
}

/// A server that answers everything alike, authentication perhaps apart.
pub struct Reply {
    pub url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Reply {
    pub async fn to_everything(reply: impl IntoResponse + Clone + Send + Sync + 'static) -> Self {
        Self::serve(move |_| reply.clone().into_response()).await
    }

    pub async fn to_everything_but_authentication(reply: impl IntoResponse + Clone + Send + Sync + 'static) -> Self {
        Self::with_token(jwt(now() + SignedDuration::from_secs(600)), reply).await
    }

    pub async fn with_token(token: String, reply: impl IntoResponse + Clone + Send + Sync + 'static) -> Self {
        Self::serve(move |seen| match seen.path.ends_with("/authentication") {
            true => format!("\"{token}\"").into_response(),
            false => reply.clone().into_response(),
        })
        .await
    }

    /// The second call that is not an authentication is refused, as if its token had been revoked.
    pub async fn refusing_first_use_of_second_call(reply: &'static str) -> Self {
        let (calls, tokens) = (AtomicUsize::new(0), AtomicUsize::new(0));
        Self::serve(move |seen| {
            if seen.path.ends_with("/authentication") {
                return format!("opaque-{}", tokens.fetch_add(1, Ordering::Relaxed)).into_response();
            }
            match calls.fetch_add(1, Ordering::Relaxed) {
                1 => StatusCode::UNAUTHORIZED.into_response(),
                _ => reply.into_response(),
            }
        })
        .await
    }

    /// A service behind a platform that gives everybody a voucher.
    pub async fn with_vouchers(reply: impl Fn(&Seen) -> Response + Send + Sync + 'static) -> Self {
        let given = AtomicUsize::new(0);
        Self::serve(move |call| {
            if !call.path.ends_with("/token.oauth2") {
                return reply(call);
            }
            let text = format!("voucher-{}", given.fetch_add(1, Ordering::Relaxed));
            serde_json::json!({"access_token": text, "token_type": "Bearer"}).to_string().into_response()
        })
        .await
    }

    pub async fn serve(reply: impl Fn(&Seen) -> Response + Send + Sync + 'static) -> Self {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (book, reply) = (seen.clone(), Arc::new(reply));
        let app = Router::new().fallback(move |request: Request| {
            let (book, reply) = (book.clone(), reply.clone());
            async move {
                let call = see(request).await;
                book.lock().unwrap().push(call.clone());
                reply(&call)
            }
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/ic/", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { url, seen }
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub fn calls(&self) -> usize {
        self.seen().len()
    }

    pub fn authentications(&self) -> usize {
        self.seen().iter().filter(|s| s.path.ends_with("/authentication")).count()
    }
}

async fn see(request: Request) -> Seen {
    let (parts, body) = request.into_parts();
    let header = |name| parts.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    Seen {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        scope: header("scope"),
        authorization: header("authorization"),
        headers: parts.headers.clone(),
        body: String::from_utf8(body.to_vec()).unwrap(),
    }
}

/// The key of a client of the platform and its key for proofs.
pub static KEYS: LazyLock<(String, String)> = LazyLock::new(|| {
    let key = || rcgen::KeyPair::generate().unwrap().serialize_pem();
    (key(), key())
});

pub fn voucher_config(server: &Reply) -> registries::pdnd::Config {
    registries::pdnd::Config {
        token_url: format!("{}token.oauth2", server.url).parse().unwrap(),
        audience: "platform".to_owned(),
        client_id: "client-1".to_owned(),
        kid: "kid-1".to_owned(),
        purpose_id: "purpose-1".to_owned(),
        evidence: None,
        integrity: None,
        limits: registries::TimeLimits::default(),
    }
}

fn vouchers(config: registries::pdnd::Config, dpop: bool) -> registries::pdnd::Vouchers {
    let key = |pem: &str| registries::pdnd::read_key(pem).unwrap();
    registries::pdnd::Vouchers::new(config, key(&KEYS.0), dpop.then(|| key(&KEYS.1))).unwrap()
}

pub fn inad(server: &Reply) -> registries::Inad {
    inad_with(server, voucher_config(server), false)
}

pub fn inad_with(server: &Reply, config: registries::pdnd::Config, dpop: bool) -> registries::Inad {
    let place = registries::inad::Config {
        base_url: server.url.parse().unwrap(),
        practical_reference: "iscrizione".to_owned(),
        limits: registries::TimeLimits::default(),
    };
    registries::Inad::new(place, vouchers(config, dpop)).unwrap()
}

pub fn inipec(server: &Reply) -> registries::IniPec {
    let place =
        registries::inipec::Config { base_url: server.url.parse().unwrap(), limits: registries::TimeLimits::default() };
    registries::IniPec::with_vouchers(place, vouchers(voucher_config(server), false)).unwrap()
}

/// Header (0) or claims (1) of a compact JWS.
pub fn part(compact: &str, index: usize) -> serde_json::Value {
    let part = compact.split('.').nth(index).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

pub fn register(server: &Reply) -> BusinessRegister {
    register_at(&server.url, Duration::from_secs(5))
}

pub fn register_at(url: &str, read_timeout: Duration) -> BusinessRegister {
    let mut config = Config::new(url.parse().unwrap(), "albo");
    config.limits.connect = Duration::from_millis(250);
    config.limits.read = read_timeout;
    BusinessRegister::new(config, Credential::from_pem(&PEM.0, &PEM.1).unwrap()).unwrap()
}

pub fn now() -> Timestamp {
    "2026-02-13T08:00:00Z".parse().unwrap()
}

pub fn stamp(jti: &str) -> Stamp<'_> {
    stamp_at(now(), jti)
}

pub fn stamp_at(now: Timestamp, jti: &str) -> Stamp<'_> {
    Stamp { now, jti }
}

/// A well-formed tax code of a firm, another one for each number (check digit after DM 23-12-1976).
pub fn code(number: usize) -> FiscalCode {
    let body = format!("{:07}001", 1_000_000 + number);
    let digits = body.bytes().map(|b| u32::from(b - b'0'));
    let sum: u32 =
        digits.enumerate().map(|(i, d)| if i % 2 == 0 { d } else { 2 * d - if d > 4 { 9 } else { 0 } }).sum();
    FiscalCode::parse(&format!("{body}{}", (10 - sum % 10) % 10)).unwrap()
}

pub fn codes(count: usize) -> Vec<FiscalCode> {
    (0..count).map(code).collect()
}

/// A token that says when it expires.
pub fn jwt(expires: Timestamp) -> String {
    let claims = URL_SAFE_NO_PAD.encode(format!(r#"{{"exp":{}}}"#, expires.as_second()));
    format!("e30.{claims}.c2ln")
}

/// Accepts connections and never says a word.
pub async fn silent_server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/ic", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut kept = Vec::new();
        while let Ok((socket, _)) = listener.accept().await {
            kept.push(socket);
        }
    });
    url
}

/// Sends the given bytes and hangs up.
pub async fn raw_server(reply: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/ic", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut request = [0; 16_384];
            let _ = socket.read(&mut request).await;
            let _ = socket.write_all(reply.as_bytes()).await;
            let _ = socket.shutdown().await;
        }
    });
    url
}

/// Begins an answer and sends a byte of it ten times a second, for longer than anybody waits.
pub async fn trickling_server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/ic", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut request = [0; 16_384];
                let _ = socket.read(&mut request).await;
                let _ = socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 10000\r\n\r\n").await;
                while socket.write_all(b" ").await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            });
        }
    });
    url
}

/// Checks an RS256 signature with the key of an X.509 certificate.
pub fn verify(certificate: &[u8], message: &str, signature: &[u8]) {
    use x509_cert::der::Decode as _;
    let certificate = x509_cert::Certificate::from_der(certificate).unwrap();
    let key = certificate.tbs_certificate.subject_public_key_info.subject_public_key;
    let algorithm = &aws_lc_rs::signature::RSA_PKCS1_2048_8192_SHA256;
    let key = aws_lc_rs::signature::UnparsedPublicKey::new(algorithm, key.raw_bytes().to_vec());
    key.verify(message.as_bytes(), signature).expect("a good signature");
}
