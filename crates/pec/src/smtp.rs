//! Handing messages to a mail server: the same client for ordinary mail and for PEC.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use italia::EmailAddress;
use lettre::address::Envelope;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, CertificateStore, Tls as LettreTls, TlsParameters};
use lettre::transport::smtp::{Error as LettreError, PoolConfig, response::Response};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use crate::certification::ExtendedCode;
use crate::{ComposeError, Outgoing, Secret, Tls};

/// Where and how to hand over mail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SmtpConfig {
    /// The server's name or address.
    pub host: String,
    /// Its port: 465 or 587 as a rule.
    pub port: u16,
    /// Protection of the connection.
    pub tls: Tls,
    /// PEM certificates of the authorities to trust instead of the system's.
    pub authorities: Option<String>,
    /// The account; `None` for a relay that wants none.
    pub user: Option<String>,
    /// Its password.
    pub password: Secret,
    /// The longest that one message may take, connection included.
    pub timeout: Duration,
}

/// The server took the message over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Accepted {
    /// The reply code, 250 as a rule.
    pub code: u16,
    /// The reply text, in which most servers write their queue identifier.
    pub text: String,
}

/// Why the server did not take the message over.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// Try again later, with the same `Message-ID`: the connection failed, or the server is busy. After a lost
    /// connection it is unknown whether the message was taken.
    #[error("the mail server cannot take the message now: {text}")]
    Temporary {
        /// The reply code 4xx, when the server gave one.
        code: Option<u16>,
        /// The reply, or what failed.
        text: String,
    },
    /// The server will never take this message.
    #[error("the mail server refused the message: {code} {text}")]
    Permanent {
        /// The reply code 5xx.
        code: u16,
        /// The status code (RFC 3463): 5.1.1 unknown user, 5.2.2 box full, 5.7.1 policy.
        status: Option<ExtendedCode>,
        /// The reply text.
        text: String,
    },
    /// The message is larger than the server takes.
    #[error("the message is too large for the mail server: {text}")]
    TooLarge {
        /// The reply text.
        text: String,
    },
    /// Size times recipients is over the limit of the circuit: nothing was sent. The figures are exact.
    #[error("{size} bytes to {recipients} recipients are more than the {limit} bytes that certified mail carries")]
    OverLimit {
        /// The composed message in bytes, as it would have been handed over.
        size: u64,
        /// Its recipients.
        recipients: u64,
        /// What size times recipients may be, in bytes.
        limit: u64,
    },
    /// The settings are wrong (password, TLS, port): every message would fail. Tell the operator.
    #[error("the settings of the mail server are wrong: {text}")]
    Config {
        /// What is wrong.
        text: String,
    },
    /// The message cannot be written.
    #[error("the message cannot be composed")]
    Compose(#[from] ComposeError),
}

impl SendError {
    /// Whether the same message may succeed later without anybody doing anything.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        matches!(self, Self::Temporary { .. })
    }
}

type Transport = AsyncSmtpTransport<Tokio1Executor>;

/// A client with a pool of connections. Cloning shares the pool.
#[derive(Clone)]
pub struct Sender {
    shared: Arc<Shared>,
}

/// What certified mail carries: size times recipients, in bytes. The rules say 30 MB (RFC 6109, section 3.1.1) and not
/// which; the smaller reading passes everywhere.
pub const CERTIFIED_LIMIT: u64 = 30_000_000;

struct Shared {
    config: SmtpConfig,
    limit: Option<u64>,
    transport: RwLock<Transport>,
}

impl std::fmt::Debug for Sender {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sender").field("config", &self.shared.config).finish_non_exhaustive()
    }
}

const CONNECTIONS: u32 = 8;
const IDLE: Duration = Duration::from_secs(30);

impl Sender {
    /// Prepares a client; nothing is connected yet.
    ///
    /// # Errors
    /// [`SendError::Config`] when the TLS settings cannot be used.
    pub fn new(config: SmtpConfig) -> Result<Self, SendError> {
        Self::prepared(config, None)
    }

    /// The same for a box of certified mail: a message whose size times recipients is over `limit`
    /// ([`CERTIFIED_LIMIT`] unless the provider says otherwise) is refused before anything is sent.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn certified(config: SmtpConfig, limit: u64) -> Result<Self, SendError> {
        Self::prepared(config, Some(limit))
    }

    fn prepared(config: SmtpConfig, limit: Option<u64>) -> Result<Self, SendError> {
        let transport = transport(&config)?;
        Ok(Self { shared: Arc::new(Shared { config, limit, transport: RwLock::new(transport) }) })
    }

    /// Composes and hands over a message. The envelope sender is `from`, the recipient `to`.
    ///
    /// # Errors
    /// See [`SendError`]; only [`SendError::Temporary`] is worth another attempt.
    pub async fn send(&self, message: &Outgoing) -> Result<Accepted, SendError> {
        let bytes = message.compose()?;
        self.send_raw(&message.from, std::slice::from_ref(&message.to), bytes).await
    }

    /// Hands over a message that is already written.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    pub async fn send_raw(
        &self,
        from: &EmailAddress,
        to: &[EmailAddress],
        message: Vec<u8>,
    ) -> Result<Accepted, SendError> {
        self.shared.check_limit(message.len(), to.len())?;
        let address = |address: &EmailAddress| {
            address.as_str().parse::<lettre::Address>().map_err(|error| SendError::Config { text: error.to_string() })
        };
        let recipients = to.iter().map(address).collect::<Result<_, _>>()?;
        let envelope = Envelope::new(Some(address(from)?), recipients)
            .map_err(|error| SendError::Config { text: error.to_string() })?;
        // In a task of its own, so that a caller who gives up does not leave a half-spoken connection in the pool,
        // where the next message would read the previous one's replies.
        let shared = Arc::clone(&self.shared);
        let task = tokio::spawn(async move { shared.transmit(&envelope, &message).await });
        task.await.unwrap_or_else(|error| Err(SendError::Temporary { code: None, text: error.to_string() }))
    }

    /// Whether the server answers and accepts the account.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    pub async fn check(&self) -> Result<(), SendError> {
        let transport = self.shared.current();
        match tokio::time::timeout(self.shared.config.timeout, transport.test_connection()).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err(SendError::Temporary { code: None, text: "the server does not answer".to_owned() }),
            Ok(Err(error)) => Err(classify(&error)),
            Err(_) => Err(timed_out()),
        }
    }
}

impl Shared {
    fn check_limit(&self, size: usize, recipients: usize) -> Result<(), SendError> {
        let Some(limit) = self.limit else { return Ok(()) };
        let (size, recipients) = (size.try_into().unwrap_or(u64::MAX), recipients.try_into().unwrap_or(u64::MAX));
        if u64::saturating_mul(size, recipients) > limit {
            return Err(SendError::OverLimit { size, recipients, limit });
        }
        Ok(())
    }

    fn current(&self) -> Transport {
        self.transport.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn transmit(&self, envelope: &Envelope, message: &[u8]) -> Result<Accepted, SendError> {
        let transport = self.current();
        match tokio::time::timeout(self.config.timeout, transport.send_raw(envelope, message)).await {
            Ok(Ok(response)) => Ok(accepted(&response)),
            Ok(Err(error)) => Err(classify(&error)),
            Err(_) => {
                self.replace()?;
                Err(timed_out())
            }
        }
    }

    /// Drops the pool after a timeout: the connection in question is in an unknown state.
    fn replace(&self) -> Result<(), SendError> {
        let fresh = transport(&self.config)?;
        *self.transport.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }
}

fn timed_out() -> SendError {
    SendError::Temporary { code: None, text: "the server did not answer in time".to_owned() }
}

fn accepted(response: &Response) -> Accepted {
    Accepted { code: response.code().into(), text: response.message().collect::<Vec<_>>().join(" ") }
}

fn transport(config: &SmtpConfig) -> Result<Transport, SendError> {
    let mut builder = Transport::builder_dangerous(config.host.clone())
        .port(config.port)
        .timeout(Some(config.timeout))
        .pool_config(PoolConfig::new().max_size(CONNECTIONS).idle_timeout(IDLE))
        .tls(protection(config).map_err(|error| SendError::Config { text: error.to_string() })?);
    if let Some(user) = &config.user {
        builder = builder.credentials(Credentials::new(user.clone(), config.password.expose().to_owned()));
    }
    Ok(builder.build())
}

fn protection(config: &SmtpConfig) -> Result<LettreTls, LettreError> {
    let parameters = || {
        let mut builder = TlsParameters::builder(config.host.clone());
        if let Some(pem) = &config.authorities {
            builder = builder.certificate_store(CertificateStore::None);
            builder = builder.add_root_certificate(Certificate::from_pem(pem.as_bytes())?);
        }
        builder.build_rustls()
    };
    Ok(match config.tls {
        Tls::None => LettreTls::None,
        Tls::StartTls => LettreTls::Required(parameters()?),
        Tls::Implicit => LettreTls::Wrapper(parameters()?),
    })
}

/// Sorts an error by what the caller has to do about it.
fn classify(error: &LettreError) -> SendError {
    let reply = std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string);
    let Some(code) = error.status().map(u16::from) else {
        return if error.is_tls() || error.is_client() {
            SendError::Config { text: reply }
        } else {
            SendError::Temporary { code: None, text: reply }
        };
    };
    let status = ExtendedCode::find(&reply);
    let too_large = status.is_some_and(|status| (status.subject, status.detail) == (3, 4));
    match code {
        400..=499 => SendError::Temporary { code: Some(code), text: reply },
        552 | 523 if status.is_none() => SendError::TooLarge { text: reply },
        _ if too_large => SendError::TooLarge { text: reply },
        // Authentication missing, too weak, refused, or needing encryption (RFC 4954, section 6).
        530 | 534 | 535 | 538 => SendError::Config { text: reply },
        _ => SendError::Permanent { code, status, text: reply },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{address, id, noon};

    /// Nobody listens at the port: what is refused before sending is refused without a connection.
    fn sender(limit: u64) -> Sender {
        let config = SmtpConfig {
            host: "127.0.0.1".into(),
            port: 1,
            tls: Tls::None,
            authorities: None,
            user: None,
            password: Secret::from(""),
            timeout: Duration::from_secs(5),
        };
        Sender::certified(config, limit).unwrap()
    }

    #[tokio::test]
    async fn more_than_the_circuit_carries_is_refused_with_both_figures() {
        let (from, to) = (address("albo@pec.example.it"), address("rossi@pec.example.it"));
        let message = Outgoing::new(from.clone(), to.clone(), "x", "y", id("m1@albo.example.it"), noon());
        let exact = u64::try_from(message.compose().unwrap().len()).unwrap();
        let error = sender(exact - 1).send(&message).await.unwrap_err();
        assert!(
            matches!(error, SendError::OverLimit { size, recipients: 1, limit } if size == exact && limit == exact - 1)
        );
        let within = sender(exact).send(&message).await.unwrap_err();
        assert!(within.is_temporary(), "nobody listens: {within:?}");
        let many = sender(30).send_raw(&from, &[to.clone(), to.clone(), to], vec![b'x'; 11]).await.unwrap_err();
        assert_eq!(many.to_string(), "11 bytes to 3 recipients are more than the 30 bytes that certified mail carries");
    }
}
