//! A connection that ends in time, whatever its peer does.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use sportello_core::cns::tls::peer_chain;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::server::TlsStream;

use super::slots::Slot;

/// A visit is one request: more than enough for it, and for the authorities that are asked meanwhile.
const LIFE: Duration = Duration::from_secs(60);

/// A connection after its handshake.
pub struct Connection {
    stream: Stream,
    end: Pin<Box<Sleep>>,
    _slot: Slot,
}

enum Stream {
    Tls(Box<TlsStream<TcpStream>>),
    Plain(TcpStream),
}

impl Connection {
    pub(super) fn tls(stream: TlsStream<TcpStream>, slot: Slot) -> Self {
        Self { stream: Stream::Tls(Box::new(stream)), end: Box::pin(sleep(LIFE)), _slot: slot }
    }

    pub(super) fn plain(stream: TcpStream, slot: Slot) -> Self {
        Self { stream: Stream::Plain(stream), end: Box::pin(sleep(LIFE)), _slot: slot }
    }

    /// The certificates that the peer showed in the handshake; none without one.
    pub(super) fn chain(&self) -> Vec<CertificateDer<'static>> {
        match &self.stream {
            Stream::Tls(stream) => peer_chain(stream.get_ref().1),
            Stream::Plain(_) => Vec::new(),
        }
    }

    fn is_over(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        match self.end.as_mut().poll(cx) {
            Poll::Ready(()) => Err(io::ErrorKind::TimedOut.into()),
            Poll::Pending => Ok(()),
        }
    }
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Connection")
    }
}

impl AsyncRead for Connection {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.is_over(cx)?;
        match &mut self.stream {
            Stream::Tls(stream) => Pin::new(stream.as_mut()).poll_read(cx, buffer),
            Stream::Plain(stream) => Pin::new(stream).poll_read(cx, buffer),
        }
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.is_over(cx)?;
        match &mut self.stream {
            Stream::Tls(stream) => Pin::new(stream.as_mut()).poll_write(cx, bytes),
            Stream::Plain(stream) => Pin::new(stream).poll_write(cx, bytes),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.is_over(cx)?;
        match &mut self.stream {
            Stream::Tls(stream) => Pin::new(stream.as_mut()).poll_flush(cx),
            Stream::Plain(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.is_over(cx)?;
        match &mut self.stream {
            Stream::Tls(stream) => Pin::new(stream.as_mut()).poll_shutdown(cx),
            Stream::Plain(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}
