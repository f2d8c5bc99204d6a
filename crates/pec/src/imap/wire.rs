//! Octets to and from the server. Everything that comes is bounded: the server may be broken, or not the one that it
//! says it is.

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};

use super::ImapError;

/// A response without its literals, in bytes. Lists of identifiers are the longest honest ones.
const LONGEST_TEXT: usize = 256 * 1024;
/// Literals in one response; a fetch of one message has one.
const MOST_LITERALS: usize = 16;

pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// A piece of a response: text as it stands on a line, or a literal.
#[derive(Debug)]
pub(super) enum Piece {
    Text(Vec<u8>),
    Literal(Vec<u8>),
}

/// A connection, with what has been read of the next response. Reading may be given up at any moment and taken up
/// again: nothing that came is lost.
pub(super) struct Wire {
    reader: BufReader<Box<dyn Stream>>,
    pieces: Vec<Piece>,
    line: Vec<u8>,
    literal: Option<(usize, Vec<u8>)>,
}

impl std::fmt::Debug for Wire {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wire").field("pieces", &self.pieces.len()).finish_non_exhaustive()
    }
}

impl Wire {
    pub fn new(stream: Box<dyn Stream>) -> Self {
        Self { reader: BufReader::new(stream), pieces: Vec::new(), line: Vec::new(), literal: None }
    }

    /// The bare connection, for the change to TLS. What the server said before the change must not count as said
    /// under its protection.
    pub fn into_stream(self) -> Result<Box<dyn Stream>, ImapError> {
        if self.reader.buffer().is_empty() && self.line.is_empty() && self.pieces.is_empty() {
            Ok(self.reader.into_inner())
        } else {
            Err(ImapError::Protocol("the server spoke before the change to TLS".to_owned()))
        }
    }

    pub async fn send(&mut self, bytes: &[u8]) -> Result<(), ImapError> {
        let stream = self.reader.get_mut();
        stream.write_all(bytes).await.map_err(ImapError::Connection)?;
        stream.flush().await.map_err(ImapError::Connection)
    }

    /// The next response with literals of at most `largest` bytes altogether.
    pub async fn response(&mut self, largest: u64) -> Result<Vec<Piece>, ImapError> {
        loop {
            if self.literal.is_some() {
                self.read_literal().await?;
            }
            self.read_line().await?;
            let line = std::mem::take(&mut self.line);
            let announced = announced(&line)?;
            let text = line.strip_suffix(b"\n").unwrap_or(&line);
            self.pieces.push(Piece::Text(text.strip_suffix(b"\r").unwrap_or(text).to_vec()));
            let Some(length) = announced else { return Ok(std::mem::take(&mut self.pieces)) };
            self.expect_literal(length, largest)?;
        }
    }

    fn expect_literal(&mut self, length: u64, largest: u64) -> Result<(), ImapError> {
        let mut before = 0_u64;
        let mut count = 0;
        for piece in &self.pieces {
            if let Piece::Literal(bytes) = piece {
                before = before.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
                count += 1;
            }
        }
        if before.saturating_add(length) > largest || count >= MOST_LITERALS {
            return Err(ImapError::TooLong);
        }
        let length = usize::try_from(length).map_err(|_| ImapError::TooLong)?;
        // What is announced is not yet there: memory grows with what comes.
        self.literal = Some((length, Vec::with_capacity(length.min(64 * 1024))));
        Ok(())
    }

    async fn read_literal(&mut self) -> Result<(), ImapError> {
        while let Some((length, bytes)) = &mut self.literal {
            let missing = *length - bytes.len();
            if missing == 0 {
                break;
            }
            let come = self.reader.fill_buf().await.map_err(ImapError::Connection)?;
            if come.is_empty() {
                return Err(super::closed());
            }
            let count = come.len().min(missing);
            bytes.extend_from_slice(&come[..count]);
            self.reader.consume(count);
        }
        if let Some((_, bytes)) = self.literal.take() {
            self.pieces.push(Piece::Literal(bytes));
        }
        Ok(())
    }

    async fn read_line(&mut self) -> Result<(), ImapError> {
        let before: usize =
            self.pieces.iter().map(|piece| if let Piece::Text(text) = piece { text.len() } else { 0 }).sum();
        loop {
            let come = self.reader.fill_buf().await.map_err(ImapError::Connection)?;
            if come.is_empty() {
                return Err(super::closed());
            }
            let end = come.iter().position(|&byte| byte == b'\n').map(|at| at + 1);
            let count = end.unwrap_or(come.len());
            self.line.extend_from_slice(&come[..count]);
            self.reader.consume(count);
            if before + self.line.len() > LONGEST_TEXT {
                return Err(ImapError::TooLong);
            }
            if end.is_some() {
                return Ok(());
            }
        }
    }
}

/// The length of the literal that a line announces at its end: `{12}`.
fn announced(line: &[u8]) -> Result<Option<u64>, ImapError> {
    let line = line.trim_ascii_end();
    let Some(inside) = line.strip_suffix(b"}") else { return Ok(None) };
    let Some(open) = inside.iter().rposition(|&byte| byte == b'{') else { return Ok(None) };
    let digits = &inside[open + 1..];
    let digits = digits.strip_suffix(b"+").unwrap_or(digits);
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Ok(None);
    }
    let length = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok());
    length.map(Some).ok_or(ImapError::TooLong)
}
