//! Clients: in a closed loop, or on a schedule that is fixed beforehand.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use tokio::task::JoinSet;

use crate::Failure;
use crate::http::{Answer, Connection};

/// After an answer that is not the good one a client waits, as a person would.
const PAUSE: Duration = Duration::from_millis(500);

/// Says whether an answer is the expected one.
pub type Good = fn(&Answer<'_>) -> bool;

/// What clients have seen.
#[derive(Debug)]
pub struct Seen {
    /// Times of the good answers, in microseconds.
    pub times: Histogram<u64>,
    /// Answers that were not the expected one, and connections that broke.
    pub bad: u64,
    /// From the first request to the last answer.
    pub wall: Duration,
}

impl Seen {
    fn new() -> Result<Self, Failure> {
        Ok(Self { times: Histogram::new(3)?, bad: 0, wall: Duration::ZERO })
    }

    /// Good answers.
    pub fn good(&self) -> u64 {
        self.times.len()
    }

    /// Good answers in a second of the wall's clock.
    pub fn rate(&self) -> f64 {
        self.times.len() as f64 / self.wall.as_secs_f64().max(1e-9)
    }

    /// Milliseconds within which this share of the good answers came.
    pub fn milliseconds(&self, quantile: f64) -> f64 {
        self.times.value_at_quantile(quantile) as f64 / 1_000.0
    }

    fn count(&mut self, since: Instant, good: bool) -> Result<(), Failure> {
        if good {
            self.times.record(u64::try_from(since.elapsed().as_micros()).unwrap_or(u64::MAX).max(1))?;
        } else {
            self.bad += 1;
        }
        Ok(())
    }

    fn add(&mut self, other: &Self) -> Result<(), Failure> {
        self.times.add(&other.times)?;
        self.bad += other.bad;
        Ok(())
    }
}

/// What each client asks.
#[derive(Clone, Debug)]
pub enum Ask {
    /// Client n asks request n again and again.
    Own(Arc<Vec<Vec<u8>>>),
    /// Every request is asked once, by whichever client is free.
    Once(Arc<Vec<Vec<u8>>>),
}

/// So many clients, each with a connection of its own, that ask as soon as they are answered: for rates and processor
/// time. Their times are those of a loop that slows down with the server; for times that people see, take [`on_schedule`].
pub async fn in_loop(
    address: SocketAddr,
    clients: usize,
    ask: Ask,
    limit: Duration,
    good: Good,
) -> Result<Seen, Failure> {
    let next = Arc::new(AtomicUsize::new(0));
    let (start, mut tasks) = (Instant::now(), JoinSet::new());
    for client in 0..clients {
        let (ask, next) = (ask.clone(), Arc::clone(&next));
        tasks.spawn(async move { one_in_loop(address, client, &ask, &next, start + limit, good).await });
    }
    gather(tasks, start).await
}

async fn one_in_loop(
    address: SocketAddr,
    client: usize,
    ask: &Ask,
    next: &AtomicUsize,
    end: Instant,
    good: Good,
) -> Result<Seen, Failure> {
    let mut connection = Connection::open(address).await?;
    let mut seen = Seen::new()?;
    while Instant::now() < end {
        let request = match ask {
            Ask::Own(requests) => requests.get(client % requests.len()),
            Ask::Once(requests) => requests.get(next.fetch_add(1, Ordering::Relaxed)),
        };
        let Some(request) = request else { break };
        let begun = Instant::now();
        let expected = connection.send(request).await.map(|answer| good(&answer));
        seen.count(begun, expected.as_ref().is_ok_and(|good| *good))?;
        match expected {
            Ok(true) => {}
            Ok(false) => tokio::time::sleep(PAUSE).await,
            Err(_) => connection = Connection::open(address).await?,
        }
    }
    Ok(seen)
}

/// So many requests a second for so long, at instants that are fixed beforehand: the time of each counts from the
/// instant at which it should have left, so that an answer that comes late also counts for those that waited behind it
/// (no coordinated omission). `ask` is gone through in order, and again.
pub async fn on_schedule(
    address: SocketAddr,
    per_second: u32,
    length: Duration,
    connections: usize,
    ask: Arc<Vec<Vec<u8>>>,
    good: Good,
) -> Result<Seen, Failure> {
    let gap = Duration::from_secs(1) / per_second;
    let total = usize::try_from(length.as_nanos() / gap.as_nanos().max(1))?;
    let next = Arc::new(AtomicUsize::new(0));
    let (start, mut tasks) = (Instant::now(), JoinSet::new());
    for _ in 0..connections {
        let (ask, next) = (Arc::clone(&ask), Arc::clone(&next));
        tasks.spawn(async move {
            let mut connection = Connection::open(address).await?;
            let mut seen = Seen::new()?;
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= total {
                    return Ok(seen);
                }
                let due = start + gap * u32::try_from(number)?;
                tokio::time::sleep_until(due.into()).await;
                let expected = connection.send(&ask[number % ask.len()]).await.map(|answer| good(&answer));
                seen.count(due, expected.as_ref().is_ok_and(|good| *good))?;
                if expected.is_err() {
                    connection = Connection::open(address).await?;
                }
            }
        });
    }
    gather(tasks, start).await
}

async fn gather(mut tasks: JoinSet<Result<Seen, Failure>>, start: Instant) -> Result<Seen, Failure> {
    let mut all = Seen::new()?;
    while let Some(one) = tasks.join_next().await {
        all.add(&one??)?;
    }
    all.wall = start.elapsed();
    Ok(all)
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    /// Answers each request after a pause that the number of the request chooses.
    async fn server(pause: fn(usize) -> Duration) -> SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let mut asked = [0; 1024];
                    for number in 0.. {
                        if stream.read(&mut asked).await.unwrap_or(0) == 0 {
                            return;
                        }
                        tokio::time::sleep(pause(number)).await;
                        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await.unwrap();
                    }
                });
            }
        });
        address
    }

    #[tokio::test]
    async fn one_long_answer_counts_for_all_that_wait_behind_it() {
        let address = server(|number| Duration::from_millis(if number == 2 { 400 } else { 0 })).await;
        let ask = Arc::new(vec![crate::http::get("/", "")]);
        let seen = on_schedule(address, 100, Duration::from_secs(1), 1, ask, |a| a.status == 200).await.unwrap();
        assert_eq!((seen.good(), seen.bad), (100, 0));
        // In 400 ms 40 requests were due.
        let late = seen.times.count_between(20_000, 1_000_000);
        assert!((25..=60).contains(&late), "{late}");
    }

    #[tokio::test]
    async fn what_is_asked_once_is_asked_once() {
        let address = server(|_| Duration::ZERO).await;
        let requests = Arc::new(vec![crate::http::get("/", ""); 50]);
        let seen = in_loop(address, 4, Ask::Once(requests), Duration::from_secs(9), |a| a.status == 200).await.unwrap();
        assert_eq!((seen.good(), seen.bad), (50, 0));
    }
}
