//! Protected connections, against a server that says little but says it over TLS.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up shall fail")]

use std::sync::Arc;
use std::time::Duration;

use italia::EmailAddress;
use pec::imap::{ImapConfig, ImapError, Mailbox};
use pec::smtp::{SendError, Sender, SmtpConfig};
use pec::{MessageId, Outgoing, Secret, Tls};
use rustls::pki_types::PrivatePkcs8KeyDer;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

struct Server {
    port: u16,
    authority: String,
}

#[derive(Clone, Copy)]
enum Protocol {
    Smtp,
    Imap,
}

/// A server for one connection, which upgrades in the given way.
async fn serve(protocol: Protocol, tls: Tls) -> Server {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key.into())
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (tcp, _) = listener.accept().await.unwrap();
        match tls {
            Tls::None => drop(talk(protocol, tcp, true, false).await),
            Tls::Implicit => {
                if let Ok(tls) = acceptor.accept(tcp).await {
                    talk(protocol, tls, true, false).await;
                }
            }
            Tls::StartTls => {
                let tcp = talk(protocol, tcp, true, true).await;
                if let Ok(tls) = acceptor.accept(tcp).await {
                    talk(protocol, tls, false, false).await;
                }
            }
        }
    });
    Server { port, authority: made.cert.pem() }
}

/// Answers until the other side leaves, or until it asks for the upgrade that is offered.
async fn talk<S: AsyncRead + AsyncWrite + Unpin>(protocol: Protocol, stream: S, greet: bool, offer: bool) -> S {
    let mut stream = BufReader::new(stream);
    if greet {
        let greeting: &[u8] = match protocol {
            Protocol::Smtp => b"220 hello\r\n",
            Protocol::Imap => b"* OK hello\r\n",
        };
        stream.get_mut().write_all(greeting).await.unwrap();
    }
    let mut in_data = false;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return stream.into_inner();
        }
        let upper = line.to_ascii_uppercase();
        let upgrade = offer && upper.contains("STARTTLS");
        let answer = match protocol {
            Protocol::Smtp if in_data => {
                in_data = line != ".\r\n";
                if in_data { String::new() } else { "250 taken\r\n".to_owned() }
            }
            Protocol::Smtp if upper.starts_with("EHLO") && offer => "250-hello\r\n250 STARTTLS\r\n".to_owned(),
            Protocol::Smtp if upper.starts_with("DATA") => {
                in_data = true;
                "354 go\r\n".to_owned()
            }
            Protocol::Smtp => "250 ok\r\n".to_owned(),
            Protocol::Imap => {
                let tag = line.split(' ').next().unwrap_or("*").to_owned();
                let done = if upper.contains("STARTTLS") && !offer { "BAD unknown" } else { "OK done" };
                let untagged = if upper.contains("EXAMINE") { "* OK [UIDVALIDITY 7] x\r\n* 0 EXISTS\r\n" } else { "" };
                format!("{untagged}{tag} {done}\r\n")
            }
        };
        stream.get_mut().write_all(answer.as_bytes()).await.unwrap();
        if upgrade {
            return stream.into_inner();
        }
    }
}

fn smtp(server: &Server, tls: Tls, authorities: Option<String>) -> Sender {
    Sender::new(SmtpConfig {
        host: "localhost".into(),
        port: server.port,
        tls,
        authorities,
        user: None,
        password: Secret::from(""),
        timeout: Duration::from_secs(10),
    })
    .unwrap()
}

fn message() -> Outgoing {
    let address = |text| EmailAddress::parse(text).unwrap();
    let id = MessageId::parse("m@example.it").unwrap();
    Outgoing::new(address("a@example.it"), address("b@example.it"), "x", "y", id, jiff::Timestamp::UNIX_EPOCH)
}

async fn imap(server: &Server, tls: Tls, authorities: Option<String>) -> Result<Mailbox, ImapError> {
    let config = ImapConfig {
        host: "localhost".into(),
        port: server.port,
        tls,
        authorities,
        user: "u".into(),
        password: Secret::from("p"),
        folder: "INBOX".into(),
        timeout: Duration::from_secs(10),
    };
    Mailbox::open(&config).await
}

#[tokio::test]
async fn mail_is_handed_over_in_both_ways() {
    for tls in [Tls::Implicit, Tls::StartTls] {
        let server = serve(Protocol::Smtp, tls).await;
        let accepted = smtp(&server, tls, Some(server.authority.clone())).send(&message()).await.unwrap();
        assert_eq!((accepted.code, accepted.text.as_str()), (250, "taken"));
    }
}

#[tokio::test]
async fn mailboxes_are_opened_in_both_ways() {
    for tls in [Tls::Implicit, Tls::StartTls] {
        let server = serve(Protocol::Imap, tls).await;
        let mailbox = imap(&server, tls, Some(server.authority.clone())).await.unwrap();
        assert_eq!(mailbox.uidvalidity(), 7);
    }
}

#[tokio::test]
async fn strangers_are_refused() {
    let server = serve(Protocol::Smtp, Tls::Implicit).await;
    let error = smtp(&server, Tls::Implicit, None).send(&message()).await.unwrap_err();
    assert!(!matches!(error, SendError::Permanent { .. } | SendError::Compose(_)), "{error:?}");
    let server = serve(Protocol::Imap, Tls::Implicit).await;
    let error = imap(&server, Tls::Implicit, None).await.unwrap_err();
    assert!(matches!(error, ImapError::Tls(_)), "{error:?}");
}

#[tokio::test]
async fn an_upgrade_that_is_not_offered_is_not_done_without() {
    let server = serve(Protocol::Smtp, Tls::None).await;
    let error = smtp(&server, Tls::StartTls, Some(server.authority.clone())).send(&message()).await.unwrap_err();
    assert!(matches!(error, SendError::Config { .. } | SendError::Temporary { .. }), "{error:?}");
    let server = serve(Protocol::Imap, Tls::None).await;
    let error = imap(&server, Tls::StartTls, Some(server.authority.clone())).await.unwrap_err();
    assert!(matches!(error, ImapError::Refused { command: "STARTTLS", .. }), "{error:?}");
}
