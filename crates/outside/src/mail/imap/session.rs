//! One IMAP connection.

use std::io;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use italia::EmailAddress;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::token::{Token, literal_length, tokens};
use crate::mail::boxes::Mailbox;
use crate::mail::lines::{Line, Reader, Writer, read_line};
use crate::mail::post::Post;

const LONGEST_COMMAND: usize = 64 * 1024;
const PATIENCE: Duration = Duration::from_secs(1800);
const CAPABILITIES: &str = "CAPABILITY IMAP4rev1 IDLE UNSELECT SASL-IR LITERAL+ NAMESPACE ID AUTH=PLAIN";

pub(super) struct Session<'a> {
    reader: Reader,
    pub writer: Writer,
    post: &'a Post,
    account: Option<EmailAddress>,
    pub selected: Option<Selected>,
}

/// The open folder as this connection last saw it: sequence numbers are positions in `uids`.
pub(super) struct Selected {
    pub uids: Vec<u32>,
    pub read_only: bool,
}

/// The end of a command: `OK`, `NO` or `BAD` with its text.
pub(super) type Outcome = Result<String, String>;

pub(super) async fn run(stream: TcpStream, post: &Post) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let (reader, writer) = stream.into_split();
    let mut session = Session { reader: BufReader::new(reader), writer, post, account: None, selected: None };
    if post.is_down() {
        return session.send("* BYE Servizio non disponibile").await;
    }
    session.send(&format!("* OK [{CAPABILITIES}] pronto")).await?;
    loop {
        let Ok(command) = timeout(PATIENCE, session.read_command()).await else {
            return session.send("* BYE tempo scaduto").await;
        };
        let Some(command) = command? else { return Ok(()) };
        if post.is_down() {
            return session.send("* BYE Servizio non disponibile").await;
        }
        let Some((tag, words)) = split(&command) else {
            session.send("* BAD comando non valido").await?;
            continue;
        };
        let logout = words.first().is_some_and(|word| word.keyword() == "LOGOUT");
        let line = match session.command(&words).await? {
            Ok(text) => format!("{tag} OK {text}"),
            Err(text) if text.starts_with("BAD") => format!("{tag} {text}"),
            Err(text) => format!("{tag} NO {text}"),
        };
        session.send(&line).await?;
        if logout {
            return Ok(());
        }
    }
}

fn split(command: &[u8]) -> Option<(String, Vec<Token>)> {
    let mut words = tokens(command)?;
    let tag = match words.first()? {
        Token::Atom(tag) if tag != "*" => tag.clone(),
        _ => return None,
    };
    words.remove(0);
    (!words.is_empty()).then_some((tag, words))
}

pub(super) fn bad(text: &str) -> Outcome {
    Err(format!("BAD {text}"))
}

impl Session<'_> {
    pub async fn send(&mut self, line: &str) -> io::Result<()> {
        self.writer.write_all(format!("{line}\r\n").as_bytes()).await
    }

    /// A whole command with its literals; `None` when the other side has gone.
    async fn read_command(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut command = Vec::new();
        loop {
            let Line::Whole(line) = read_line(&mut self.reader, LONGEST_COMMAND).await? else { return Ok(None) };
            command.extend_from_slice(&line);
            let Some(length) = literal_length(&line) else { return Ok(Some(command)) };
            if command.len() + length > LONGEST_COMMAND {
                return Ok(None);
            }
            if !line.trim_ascii_end().ends_with(b"+}") {
                self.send("+ continua").await?;
            }
            let start = command.len();
            command.resize(start + length, 0);
            self.reader.read_exact(&mut command[start..]).await?;
        }
    }

    async fn command(&mut self, words: &[Token]) -> io::Result<Outcome> {
        let arguments = &words[1..];
        match words[0].keyword().as_str() {
            "CAPABILITY" => self.send(&format!("* {CAPABILITIES}")).await.map(|()| done("CAPABILITY")),
            "LOGOUT" => self.send("* BYE arrivederci").await.map(|()| done("LOGOUT")),
            "ID" => self.send("* ID NIL").await.map(|()| done("ID")),
            "LOGIN" => Ok(self.login(arguments)),
            "AUTHENTICATE" => self.authenticate(arguments).await,
            "NOOP" if self.account.is_none() => Ok(done("NOOP")),
            _ if self.account.is_none() => Ok(Err("accedere prima".to_owned())),
            "NOOP" | "CHECK" => self.sync().await.map(|()| done("NOOP")),
            "NAMESPACE" => self.send("* NAMESPACE ((\"\" \"/\")) NIL NIL").await.map(|()| done("NAMESPACE")),
            "LIST" | "LSUB" => self.list(&words[0].keyword(), arguments).await,
            "STATUS" => self.status(arguments).await,
            "SELECT" => self.select(arguments, false).await,
            "EXAMINE" => self.select(arguments, true).await,
            "UID" if !arguments.is_empty() => self.selected_command(arguments, true).await,
            _ => self.selected_command(words, false).await,
        }
    }

    async fn selected_command(&mut self, words: &[Token], by_uid: bool) -> io::Result<Outcome> {
        if self.selected.is_none() {
            return Ok(bad("nessuna cartella aperta"));
        }
        let arguments = &words[1..];
        match words[0].keyword().as_str() {
            "FETCH" => self.fetch(arguments, by_uid).await,
            "STORE" => self.store(arguments, by_uid).await,
            "SEARCH" => self.search(arguments, by_uid).await,
            "IDLE" if !by_uid => self.idle().await,
            "EXPUNGE" => self.expunge().await,
            "CLOSE" => {
                self.remove_deleted();
                self.selected = None;
                Ok(done("CLOSE"))
            }
            "UNSELECT" => {
                self.selected = None;
                Ok(done("UNSELECT"))
            }
            _ => Ok(bad("comando sconosciuto")),
        }
    }

    fn login(&mut self, arguments: &[Token]) -> Outcome {
        let [user, password] = arguments else { return bad("LOGIN vuole utente e password") };
        self.enter(user.text().unwrap_or_default(), password.text().unwrap_or_default())
    }

    fn enter(&mut self, user: &str, password: &str) -> Outcome {
        if self.account.is_some() {
            return bad("accesso già avvenuto");
        }
        match self.post.login(user, password) {
            Some((address, _)) => {
                self.account = Some(address);
                Ok(format!("[{CAPABILITIES}] accesso riuscito"))
            }
            None => Err("[AUTHENTICATIONFAILED] credenziali non valide".to_owned()),
        }
    }

    async fn authenticate(&mut self, arguments: &[Token]) -> io::Result<Outcome> {
        if arguments.first().is_none_or(|mechanism| mechanism.keyword() != "PLAIN") {
            return Ok(Err("meccanismo sconosciuto".to_owned()));
        }
        let answer = match arguments.get(1).and_then(Token::text) {
            Some(initial) => initial.to_owned(),
            None => {
                self.send("+ ").await?;
                match read_line(&mut self.reader, LONGEST_COMMAND).await? {
                    Line::Whole(line) => String::from_utf8_lossy(&line).trim().to_owned(),
                    Line::TooLong | Line::Closed => return Ok(bad("risposta mancante")),
                }
            }
        };
        let decoded = STANDARD.decode(answer).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let pieces: Vec<&str> = decoded.as_deref().map(|text| text.split('\0').collect()).unwrap_or_default();
        Ok(match pieces.as_slice() {
            [_, user, password] => self.enter(user, password),
            _ => bad("risposta non valida"),
        })
    }

    pub fn with_box<T>(&self, look: impl FnOnce(&mut Mailbox) -> T) -> Option<T> {
        let account = self.account.as_ref()?;
        let mut state = self.post.lock();
        Some(look(state.boxes.open(account)))
    }

    /// Tells what has changed since this connection last looked.
    pub async fn sync(&mut self) -> io::Result<()> {
        let Some(current) = self
            .with_box(|mailbox| mailbox.messages.iter().map(|kept| kept.uid).collect::<Vec<u32>>())
            .filter(|_| self.selected.is_some())
        else {
            return Ok(());
        };
        let old = self.selected.as_ref().map(|selected| selected.uids.clone()).unwrap_or_default();
        let mut left = old.len();
        for (position, uid) in old.iter().enumerate().rev() {
            if current.binary_search(uid).is_err() {
                self.send(&format!("* {} EXPUNGE", position + 1)).await?;
                left -= 1;
            }
        }
        if current.len() > left {
            self.send(&format!("* {} EXISTS", current.len())).await?;
        }
        if let Some(selected) = &mut self.selected {
            selected.uids = current;
        }
        Ok(())
    }

    async fn idle(&mut self) -> io::Result<Outcome> {
        let mut changes = self.post.watch();
        self.send("+ in attesa").await?;
        self.sync().await?;
        loop {
            // Only the arrival of octets is raced: a line that is half read must not be dropped.
            let spoken = tokio::select! {
                octets = self.reader.fill_buf() => octets.map(|_| true)?,
                changed = changes.changed() => {
                    if changed.is_err() || self.post.is_down() {
                        return Err(io::ErrorKind::ConnectionAborted.into());
                    }
                    false
                }
            };
            if !spoken {
                self.sync().await?;
                continue;
            }
            return Ok(match read_line(&mut self.reader, LONGEST_COMMAND).await? {
                Line::Whole(line) if line.trim_ascii().eq_ignore_ascii_case(b"DONE") => done("IDLE"),
                _ => bad("atteso DONE"),
            });
        }
    }
}

pub(super) fn done(command: &str) -> Outcome {
    Ok(format!("{command} fatto"))
}

pub(super) fn missing() -> Outcome {
    Err("[NONEXISTENT] cartella inesistente".to_owned())
}
