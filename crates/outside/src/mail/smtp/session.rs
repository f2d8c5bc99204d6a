//! One SMTP connection.

use std::io;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use italia::EmailAddress;
use tokio::io::{AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::command::Command;
use crate::mail::behaviour::BoxKind;
use crate::mail::lines::{Line, Reader, Writer, read_line};
use crate::mail::ordinary::HOST;
use crate::mail::post::Post;

/// Which of the two servers this is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::mail) enum Role {
    Ordinary,
    Pec,
}

/// Announced in `SIZE`: somewhat more than the thirty megabytes of PEC, so that messages just above them get a receipt.
const LARGEST: usize = 36_000_000;
const LONGEST_LINE: usize = 4_096;
const LONGEST_DATA_LINE: usize = 1_000_000;
const MOST_RECIPIENTS: usize = 500;
const PATIENCE: Duration = Duration::from_secs(300);

struct Session<'a> {
    reader: Reader,
    writer: Writer,
    post: &'a Post,
    role: Role,
    greeted: bool,
    account: Option<EmailAddress>,
    transaction: Option<Transaction>,
}

struct Transaction {
    from: Option<EmailAddress>,
    recipients: Vec<EmailAddress>,
}

enum Next {
    Continue,
    Close,
}

pub(super) async fn run(stream: TcpStream, post: &Post, role: Role) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let (reader, writer) = stream.into_split();
    let mut session = Session {
        reader: BufReader::new(reader),
        writer,
        post,
        role,
        greeted: false,
        account: None,
        transaction: None,
    };
    if post.is_down() {
        return session.reply("421 4.3.2 Servizio non disponibile").await;
    }
    session.reply(&format!("220 {HOST} ESMTP")).await?;
    loop {
        let Ok(line) = timeout(PATIENCE, read_line(&mut session.reader, LONGEST_LINE)).await else {
            return session.reply("421 4.4.2 Tempo scaduto").await;
        };
        let line = match line? {
            Line::Whole(line) => line,
            Line::TooLong => return session.reply("500 5.5.2 Riga troppo lunga").await,
            Line::Closed => return Ok(()),
        };
        if post.is_down() {
            return session.reply("421 4.3.2 Servizio non disponibile").await;
        }
        if let Next::Close = session.command(Command::parse(&String::from_utf8_lossy(&line))).await? {
            return Ok(());
        }
    }
}

impl Session<'_> {
    async fn reply(&mut self, text: &str) -> io::Result<()> {
        self.writer.write_all(format!("{text}\r\n").as_bytes()).await
    }

    async fn command(&mut self, command: Command) -> io::Result<Next> {
        match command {
            Command::Hello { extended } => self.hello(extended).await?,
            Command::Auth { mechanism, initial } => self.auth(&mechanism, initial).await?,
            Command::Mail { from, size } => self.mail(from, size).await?,
            Command::Recipient(address) => self.recipient(address).await?,
            Command::Data => return self.data().await,
            Command::Reset => {
                self.transaction = None;
                self.reply("250 2.0.0 Ok").await?;
            }
            Command::Noop => self.reply("250 2.0.0 Ok").await?,
            Command::Verify => self.reply("252 2.5.0 Non verificato").await?,
            Command::Quit => {
                self.reply("221 2.0.0 Arrivederci").await?;
                return Ok(Next::Close);
            }
            Command::Syntax => self.reply("501 5.5.4 Parametri non validi").await?,
            Command::Unknown => self.reply("500 5.5.1 Comando sconosciuto").await?,
        }
        Ok(Next::Continue)
    }

    async fn hello(&mut self, extended: bool) -> io::Result<()> {
        self.greeted = true;
        self.transaction = None;
        if extended {
            let text = format!(
                "250-{HOST}\r\n250-PIPELINING\r\n250-SIZE {LARGEST}\r\n250-AUTH PLAIN LOGIN\r\n\
                 250-ENHANCEDSTATUSCODES\r\n250 8BITMIME"
            );
            self.reply(&text).await
        } else {
            self.reply(&format!("250 {HOST}")).await
        }
    }

    async fn auth(&mut self, mechanism: &str, initial: Option<String>) -> io::Result<()> {
        if !self.greeted || self.account.is_some() || self.transaction.is_some() {
            return self.reply("503 5.5.1 Sequenza di comandi errata").await;
        }
        let credentials = match mechanism {
            "PLAIN" => match self.answer("", initial).await? {
                Some(answer) => plain(&answer),
                None => None,
            },
            "LOGIN" => self.login(initial).await?,
            _ => return self.reply("504 5.5.4 Meccanismo sconosciuto").await,
        };
        let account = credentials.and_then(|(user, password)| self.post.login(&user, &password));
        match account {
            Some((address, kind)) if self.serves(kind) => {
                self.account = Some(address);
                self.reply("235 2.7.0 Autenticazione riuscita").await
            }
            _ => self.reply("535 5.7.8 Credenziali non valide").await,
        }
    }

    fn serves(&self, kind: BoxKind) -> bool {
        match self.role {
            Role::Pec => kind == BoxKind::Pec,
            Role::Ordinary => kind == BoxKind::Ordinary,
        }
    }

    async fn login(&mut self, initial: Option<String>) -> io::Result<Option<(String, String)>> {
        let Some(user) = self.answer("VXNlcm5hbWU6", initial).await? else { return Ok(None) };
        let Some(password) = self.answer("UGFzc3dvcmQ6", None).await? else { return Ok(None) };
        Ok(String::from_utf8(user).ok().zip(String::from_utf8(password).ok()))
    }

    /// The decoded answer to a challenge, unless it came with the command. `*` gives up.
    async fn answer(&mut self, challenge: &str, initial: Option<String>) -> io::Result<Option<Vec<u8>>> {
        let text = match initial {
            Some(initial) => initial,
            None => {
                self.reply(&format!("334 {challenge}")).await?;
                match read_line(&mut self.reader, LONGEST_LINE).await? {
                    Line::Whole(line) => String::from_utf8_lossy(&line).trim().to_owned(),
                    Line::TooLong | Line::Closed => return Ok(None),
                }
            }
        };
        Ok(STANDARD.decode(if text == "=" { "" } else { &text }).ok())
    }

    async fn mail(&mut self, from: Option<EmailAddress>, size: Option<usize>) -> io::Result<()> {
        if !self.greeted || self.transaction.is_some() {
            return self.reply("503 5.5.1 Sequenza di comandi errata").await;
        }
        if self.role == Role::Pec && self.account.is_none() {
            return self.reply("530 5.7.0 Autenticazione necessaria").await;
        }
        if self.account.is_some() && from != self.account {
            return self.reply("553 5.7.1 Il mittente non coincide con l'account").await;
        }
        if size.is_some_and(|size| size > LARGEST) {
            return self.reply("552 5.3.4 Messaggio troppo grande").await;
        }
        self.transaction = Some(Transaction { from, recipients: Vec::new() });
        self.reply("250 2.1.0 Ok").await
    }

    async fn recipient(&mut self, address: EmailAddress) -> io::Result<()> {
        let refusal = match self.role {
            Role::Ordinary => self.post.ordinary_refusal(&address),
            Role::Pec => None,
        };
        let Some(transaction) = &mut self.transaction else {
            return self.reply("503 5.5.1 Sequenza di comandi errata").await;
        };
        if transaction.recipients.len() >= MOST_RECIPIENTS {
            return self.reply("452 4.5.3 Troppi destinatari").await;
        }
        if let Some(refusal) = refusal {
            return self.reply(&format!("{} {} {}", refusal.code, refusal.status, refusal.words)).await;
        }
        if !transaction.recipients.contains(&address) {
            transaction.recipients.push(address);
        }
        self.reply("250 2.1.5 Ok").await
    }

    async fn data(&mut self) -> io::Result<Next> {
        let ready = self.transaction.as_ref().is_some_and(|transaction| !transaction.recipients.is_empty());
        let Some(transaction) = self.transaction.take_if(|_| ready) else {
            self.reply("503 5.5.1 Nessun destinatario valido").await?;
            return Ok(Next::Continue);
        };
        self.reply("354 Inviare il messaggio, terminare con <CRLF>.<CRLF>").await?;
        let text = match self.message().await? {
            None => return Ok(Next::Close),
            Some(Err(reply)) => reply.to_owned(),
            Some(Ok(message)) => match self.submit(&transaction, &message) {
                Ok(()) => "250 2.0.0 Ok, preso in carico".to_owned(),
                Err(error) => {
                    tracing::warn!(error = &error as &dyn std::error::Error, "a message was not taken over");
                    "451 4.3.0 Errore interno".to_owned()
                }
            },
        };
        self.reply(&text).await?;
        Ok(Next::Continue)
    }

    fn submit(&self, transaction: &Transaction, message: &[u8]) -> Result<(), crate::mail::MailError> {
        match (self.role, &self.account) {
            (Role::Pec, Some(account)) => self.post.submit_certified(account, &transaction.recipients, message),
            _ => self.post.submit_ordinary(transaction.from.as_ref(), &transaction.recipients, message),
        }
    }

    /// The message up to the final dot. Lines end with CRLF and nothing else: a lenient server lets one message be read
    /// as two.
    async fn message(&mut self) -> io::Result<Option<Result<Vec<u8>, &'static str>>> {
        let mut message = Vec::new();
        let mut fault = None;
        loop {
            let Ok(line) = timeout(PATIENCE, read_line(&mut self.reader, LONGEST_DATA_LINE)).await else {
                return Ok(None);
            };
            let Line::Whole(line) = line? else { return Ok(None) };
            if line == b".\r\n" {
                break;
            }
            if !line.ends_with(b"\r\n") {
                fault = Some("554 5.6.0 Le righe devono terminare con CRLF");
            }
            if message.len() + line.len() > LARGEST {
                fault = Some("552 5.3.4 Messaggio troppo grande");
            } else {
                message.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
            }
        }
        Ok(Some(fault.map_or(Ok(message), Err)))
    }
}

/// RFC 4616: an identity to act as, the account, the password, separated by zero octets.
fn plain(answer: &[u8]) -> Option<(String, String)> {
    let text = std::str::from_utf8(answer).ok()?;
    let mut pieces = text.split('\0');
    let (_, user, password) = (pieces.next()?, pieces.next()?, pieces.next()?);
    pieces.next().is_none().then(|| (user.to_owned(), password.to_owned()))
}
