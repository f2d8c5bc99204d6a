//! Commands and their answers over one connection.

use std::pin::pin;
use std::time::Duration;

use super::response::{Response, Status};
use super::wire::Wire;
use super::{ImapError, Wake, closed};

/// Responses to one command; a listing of the largest mailbox has fewer.
const MOST_RESPONSES: usize = 1_000_000;

/// A part of a command.
#[derive(Clone, Copy)]
pub(super) enum Part<'a> {
    /// Our own word.
    Word(&'a str),
    /// A text of somebody else, to be quoted.
    String(&'a str),
}

#[derive(Debug)]
pub(super) struct Session {
    wire: Wire,
    timeout: Duration,
    commands: u32,
    /// How many messages there are, as the server last said.
    exists: u32,
    /// Messages came that nobody has listed.
    news: bool,
    /// The connection is in an unknown state: an error, or a caller who gave up half-way.
    broken: bool,
}

impl Session {
    pub fn new(wire: Wire, timeout: Duration) -> Self {
        Self { wire, timeout, commands: 0, exists: 0, news: false, broken: false }
    }

    /// Whether messages came since this was last asked.
    pub fn take_news(&mut self) -> bool {
        std::mem::take(&mut self.news)
    }

    /// Runs a command to its end and shows every response to `each`.
    pub async fn command(
        &mut self,
        name: &'static str,
        parts: &[Part<'_>],
        largest: u64,
        each: impl FnMut(Response) -> Result<(), ImapError>,
    ) -> Result<(), ImapError> {
        if self.broken {
            return Err(closed());
        }
        // Until the answer is complete: a caller may drop this future at any point.
        self.broken = true;
        let outcome = within(self.timeout, async {
            let tag = self.send(name, parts).await?;
            self.answer(name, &tag, largest, each).await
        });
        let outcome = outcome.await;
        self.broken = !matches!(outcome, Ok(()) | Err(ImapError::Refused { .. }));
        outcome
    }

    fn next_tag(&mut self) -> String {
        self.commands = self.commands.wrapping_add(1);
        format!("a{}", self.commands)
    }

    async fn send(&mut self, name: &'static str, parts: &[Part<'_>]) -> Result<String, ImapError> {
        let tag = self.next_tag();
        let mut line = tag.clone().into_bytes();
        for part in parts {
            line.push(b' ');
            match part {
                Part::Word(word) => line.extend_from_slice(word.as_bytes()),
                Part::String(text) if is_quotable(text) => quote(text, &mut line),
                Part::String(text) => {
                    line.extend_from_slice(format!("{{{}}}\r\n", text.len()).as_bytes());
                    self.wire.send(&std::mem::take(&mut line)).await?;
                    self.invited(name, &tag).await?;
                    line.extend_from_slice(text.as_bytes());
                }
            }
        }
        line.extend_from_slice(b"\r\n");
        self.wire.send(&line).await?;
        Ok(tag)
    }

    /// Waits until the server asks for the rest of a command.
    async fn invited(&mut self, name: &'static str, tag: &str) -> Result<(), ImapError> {
        for _ in 0..MOST_RESPONSES {
            match self.heard(0).await? {
                Response::Continue => return Ok(()),
                Response::Done { tag: of, text, .. } if of == tag => {
                    return Err(ImapError::Refused { command: name, text });
                }
                _ => {}
            }
        }
        Err(ImapError::TooLong)
    }

    async fn answer(
        &mut self,
        name: &'static str,
        tag: &str,
        largest: u64,
        mut each: impl FnMut(Response) -> Result<(), ImapError>,
    ) -> Result<(), ImapError> {
        for _ in 0..MOST_RESPONSES {
            match self.heard(largest).await? {
                Response::Done { tag: of, status: Status::Ok, .. } if of == tag => return Ok(()),
                Response::Done { tag: of, text, .. } if of == tag => {
                    return Err(ImapError::Refused { command: name, text });
                }
                other => each(other)?,
            }
        }
        Err(ImapError::TooLong)
    }

    /// The next response; what it says about the folder is remembered.
    async fn heard(&mut self, largest: u64) -> Result<Response, ImapError> {
        let response = Response::parse(self.wire.response(largest).await?);
        match &response {
            Response::Exists(count) => {
                self.news |= *count > self.exists;
                self.exists = *count;
            }
            Response::Remark { status: Status::Bye, text, .. } => return Err(ImapError::Ended(text.clone())),
            _ => {}
        }
        Ok(response)
    }

    pub async fn idle(&mut self, limit: Duration, cancel: impl Future<Output = ()>) -> Result<Wake, ImapError> {
        if self.broken {
            return Err(closed());
        }
        if self.take_news() {
            return Ok(Wake::Mail);
        }
        self.broken = true;
        let tag = within(self.timeout, async {
            let tag = self.send("IDLE", &[Part::Word("IDLE")]).await?;
            self.invited("IDLE", &tag).await.map(|()| tag)
        });
        let tag = match tag.await {
            Ok(tag) => tag,
            Err(error) => {
                self.broken = !matches!(error, ImapError::Refused { .. });
                return Err(error);
            }
        };
        let wake = self.wait(limit, cancel).await?;
        let timeout = self.timeout;
        within(timeout, async {
            self.wire.send(b"DONE\r\n").await?;
            self.answer("IDLE", &tag, 0, |_| Ok(())).await
        })
        .await?;
        self.broken = false;
        // What came while the wait was being ended counts as well.
        Ok(if self.take_news() { Wake::Mail } else { wake })
    }

    async fn wait(&mut self, limit: Duration, cancel: impl Future<Output = ()>) -> Result<Wake, ImapError> {
        let mut cancel = pin!(cancel);
        let mut end = pin!(tokio::time::sleep(limit));
        // A server that chatters is as good as one that says nothing: the wait ends all the same.
        while !self.news {
            tokio::select! {
                heard = self.heard(0) => drop(heard?),
                () = &mut end => return Ok(Wake::TimedOut),
                () = &mut cancel => return Ok(Wake::Cancelled),
            }
        }
        Ok(Wake::Mail)
    }
}

/// What a quoted string may hold (RFC 3501, section 4.3); the rest goes as a literal.
fn is_quotable(text: &str) -> bool {
    text.len() < 512 && text.bytes().all(|byte| (0x20..0x7F).contains(&byte))
}

fn quote(text: &str, line: &mut Vec<u8>) {
    line.push(b'"');
    for byte in text.bytes() {
        if matches!(byte, b'"' | b'\\') {
            line.push(b'\\');
        }
        line.push(byte);
    }
    line.push(b'"');
}

pub(super) async fn within<T>(
    timeout: Duration,
    work: impl Future<Output = Result<T, ImapError>>,
) -> Result<T, ImapError> {
    tokio::time::timeout(timeout, work).await.map_err(|_| ImapError::TimedOut)?
}
