//! From an address to a connection over which the server has greeted.

use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::response::{Response, Status};
use super::wire::{Stream, Wire};
use super::{ImapConfig, ImapError};
use crate::{Tls, tls};

/// A greeting and the answer to an upgrade carry no literals.
const NO_LITERALS: u64 = 0;

pub(super) async fn connect(config: &ImapConfig) -> Result<Wire, ImapError> {
    let tcp = TcpStream::connect((config.host.as_str(), config.port)).await.map_err(ImapError::Connection)?;
    tcp.set_nodelay(true).map_err(ImapError::Connection)?;
    match config.tls {
        Tls::None => greeted(Box::new(tcp)).await,
        Tls::Implicit => greeted(protect(config, Box::new(tcp)).await?).await,
        Tls::StartTls => {
            let mut wire = greeted(Box::new(tcp)).await?;
            wire.send(b"s STARTTLS\r\n").await?;
            upgrade_allowed(&mut wire).await?;
            Ok(Wire::new(protect(config, wire.into_stream()?).await?))
        }
    }
}

pub(super) async fn greeted(stream: Box<dyn Stream>) -> Result<Wire, ImapError> {
    let mut wire = Wire::new(stream);
    match Response::parse(wire.response(NO_LITERALS).await?) {
        Response::Remark { status: Status::Ok, .. } => Ok(wire),
        Response::Remark { status: Status::Bye | Status::No | Status::Bad, text, .. } => {
            Err(ImapError::Refused { command: "the connection", text })
        }
        // Somebody else's session is not ours to go on with, least of all one that began before TLS.
        other => Err(ImapError::Protocol(format!("no greeting: {other:?}"))),
    }
}

async fn upgrade_allowed(wire: &mut Wire) -> Result<(), ImapError> {
    loop {
        match Response::parse(wire.response(NO_LITERALS).await?) {
            Response::Done { status: Status::Ok, .. } => return Ok(()),
            Response::Done { text, .. } => return Err(ImapError::Refused { command: "STARTTLS", text }),
            Response::Remark { status: Status::Bye, text, .. } => return Err(ImapError::Ended(text)),
            _ => {}
        }
    }
}

async fn protect(config: &ImapConfig, stream: Box<dyn Stream>) -> Result<Box<dyn Stream>, ImapError> {
    let connector = TlsConnector::from(tls::client(config.authorities.as_deref()).map_err(ImapError::Tls)?);
    let name = ServerName::try_from(config.host.clone())
        .map_err(|error| ImapError::Tls(rustls::Error::General(error.to_string())))?;
    let protected = connector.connect(name, stream).await.map_err(|error| match error.downcast::<rustls::Error>() {
        Ok(tls) => ImapError::Tls(tls),
        Err(io) => ImapError::Connection(io),
    })?;
    Ok(Box::new(protected))
}
