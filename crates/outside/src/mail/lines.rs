//! Reading protocol lines with a limit.

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

pub(super) type Reader = BufReader<OwnedReadHalf>;
pub(super) type Writer = OwnedWriteHalf;

/// What came on the wire.
#[derive(Debug)]
pub(super) enum Line {
    /// A line with its end.
    Whole(Vec<u8>),
    /// More than the limit without a line end; the connection is not worth keeping.
    TooLong,
    /// The other side has gone.
    Closed,
}

pub(super) async fn read_line(reader: &mut Reader, limit: usize) -> io::Result<Line> {
    let mut line = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX);
    let read = reader.take(most).read_until(b'\n', &mut line).await?;
    Ok(match (read, line.ends_with(b"\n")) {
        (0, _) => Line::Closed,
        (_, true) => Line::Whole(line),
        (read, false) if read < limit => Line::Closed,
        _ => Line::TooLong,
    })
}
