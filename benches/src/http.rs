//! A lean HTTP/1.1 client on one kept connection: so cheap that what is measured is the server.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use url::form_urlencoded::Serializer;

/// Nothing that is asked here is longer.
const LONGEST: usize = 4 << 20;

/// A connection that is kept.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer; the next one takes its place.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// The status.
    pub status: u16,
    head: &'a str,
    /// The body.
    pub body: &'a [u8],
}

impl Answer<'_> {
    /// The first header of this name, given in lower case as our server writes it.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(self.head, name)
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(self.body).into_owned()
    }
}

impl Connection {
    /// Connects.
    pub async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 << 10) })
    }

    /// Sends a whole request and reads the whole answer.
    pub async fn send(&mut self, request: &[u8]) -> io::Result<Answer<'_>> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head = loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end + 4;
            }
            self.more().await?;
        };
        let (status, length) = read_head(&self.buffer[..head])?;
        while self.buffer.len() < head + length {
            self.more().await?;
        }
        let text = std::str::from_utf8(&self.buffer[..head]).map_err(io::Error::other)?;
        Ok(Answer { status, head: text, body: &self.buffer[head..head + length] })
    }

    async fn more(&mut self) -> io::Result<()> {
        if self.buffer.len() > LONGEST {
            return Err(io::Error::other("the answer is too long"));
        }
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| line.split_once(": ").filter(|(found, _)| *found == name).map(|(_, value)| value))
}

/// Status and length of the body. Answers of our server always say how long they are.
fn read_head(head: &[u8]) -> io::Result<(u16, usize)> {
    let bad = || io::Error::new(io::ErrorKind::InvalidData, "the answer's head cannot be read");
    let head = std::str::from_utf8(head).map_err(|_| bad())?;
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(bad)?;
    let length = header(head, "content-length").and_then(|value| value.trim().parse().ok()).ok_or_else(bad)?;
    Ok((status, length))
}

/// A page to be asked for, with the session's cookie.
pub fn get(path: &str, cookie: &str) -> Vec<u8> {
    let cookie = if cookie.is_empty() { String::new() } else { format!("cookie: {cookie}\r\n") };
    format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept-language: it\r\n{cookie}\r\n").into_bytes()
}

/// A form to be submitted, with the session's cookie.
pub fn form(path: &str, fields: &[(&str, &str)], cookie: &str) -> Vec<u8> {
    let body = Serializer::new(String::new()).extend_pairs(fields).finish();
    post(path, "application/x-www-form-urlencoded", cookie, body.as_bytes())
}

/// A message of the payment node.
pub fn soap(path: &str, message: &[u8]) -> Vec<u8> {
    post(path, "text/xml; charset=utf-8", "", message)
}

fn post(path: &str, kind: &str, cookie: &str, body: &[u8]) -> Vec<u8> {
    let cookie = if cookie.is_empty() { String::new() } else { format!("cookie: {cookie}\r\n") };
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept-language: it\r\ncontent-type: {kind}\r\n{cookie}content-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_says_status_and_length() {
        let head = b"HTTP/1.1 303 See Other\r\nlocation: /albo/quota\r\ncontent-length: 0\r\n\r\n";
        assert_eq!(read_head(head).unwrap(), (303, 0));
        assert_eq!(header(std::str::from_utf8(head).unwrap(), "location"), Some("/albo/quota"));
        assert!(read_head(b"HTTP/1.1 200 OK\r\n\r\n").is_err(), "no length");
        assert!(read_head(b"nonsense").is_err());
    }

    #[tokio::test]
    async fn an_answer_in_pieces_is_put_together() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = [0; 1024];
            let read = stream.read(&mut asked).await.unwrap();
            for piece in ["HTTP/1.1 200 OK\r\ncontent-le", "ngth: 5\r\n\r\nhe", "llo"] {
                stream.write_all(piece.as_bytes()).await.unwrap();
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
            String::from_utf8_lossy(&asked[..read]).into_owned()
        });
        let mut connection = Connection::open(address).await.unwrap();
        let answer = connection.send(&form("/a", &[("b", "c d")], "e=f")).await.unwrap();
        assert_eq!((answer.status, answer.text().as_str()), (200, "hello"));
        let asked = server.await.unwrap();
        assert!(asked.starts_with("POST /a HTTP/1.1\r\n") && asked.ends_with("\r\n\r\nb=c+d"), "{asked}");
    }
}
