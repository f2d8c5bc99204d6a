//! The fixed world of mail: a provider, what we sent, and a mailbox server.

use std::pin::Pin;
use std::sync::LazyLock;
use std::task::{Context, Poll};
use std::time::Duration;

use italia::EmailAddress;
use pec::imap::ImapConfig;
use pec::provider::{Provider, ProviderKey, Transaction};
use pec::{MessageId, ReceiptKind, Recipient, RecipientKind, Secret, Sent, Tls, TrustAnchors};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::world::{bytes, text};

/// The authority that vouches for the provider.
pub static AUTHORITY: LazyLock<TrustAnchors> =
    LazyLock::new(|| TrustAnchors::from_pem(&text("keys/mail-authority.pem")).unwrap());

/// The provider whose receipts are believed.
pub static PROVIDER: LazyLock<Provider> = LazyLock::new(|| Provider {
    name: "Prova PEC S.p.A.".into(),
    domain: "pec.example.it".into(),
    key: ProviderKey::new(&[bytes("keys/mail-provider.der")], &bytes("keys/mail-provider.key.der")).unwrap(),
    zone: jiff::tz::TimeZone::UTC,
});

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

/// What we sent, and what all receipts of the seeds are about.
pub fn sent() -> Sent {
    Sent {
        message_id: MessageId::parse("m1@albo.example.it").unwrap(),
        transaction: None,
        from: address("albo@pec.example.it"),
        recipient: address("rossi@pec.example.it"),
    }
}

/// The same in the eyes of the provider.
pub fn transaction() -> Transaction {
    Transaction {
        sender: sent().from,
        recipients: vec![Recipient { address: sent().recipient, kind: RecipientKind::Certified }],
        reply_to: None,
        subject: "Quota 2026".into(),
        message_id: Some(sent().message_id),
        identifier: MessageId::parse("opec1.1@pec.example.it").unwrap(),
        detail: ReceiptKind::Complete,
    }
}

/// A server that says what it was given, whatever it is asked, and hangs up.
#[derive(Debug)]
pub struct Script {
    said: Vec<u8>,
    at: usize,
}

impl Script {
    /// A server that will say this.
    pub fn saying(said: &[u8]) -> Self {
        Self { said: said.to_vec(), at: 0 }
    }
}

impl AsyncRead for Script {
    fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<std::io::Result<()>> {
        let rest = &self.said[self.at..];
        let count = rest.len().min(into.remaining());
        into.put_slice(&rest[..count]);
        self.at += count;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Script {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// How the mailbox is opened.
pub fn config() -> ImapConfig {
    ImapConfig {
        host: "localhost".into(),
        port: 0,
        tls: Tls::None,
        authorities: None,
        user: "albo".into(),
        password: Secret::from("segreto"),
        folder: "INBOX".into(),
        timeout: Duration::from_secs(5),
    }
}
