//! Clients that register, sign in, pay and are notified, while the product is killed again and again.
//!
//! The clients write down what was acknowledged to them, and the world writes down what reached it. At the end both
//! books are compared with the database. The product is the shipped program in a process of its own; it dies by
//! `SIGKILL` at instants that nobody has chosen, and what it was doing then is not known to anybody.

mod book;
mod check;
mod clients;
mod drain;
mod payers;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use ::store::args;
use hdrhistogram::Histogram;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use sportello_core::access::Operation;
use tokio::task::JoinSet;

use crate::child::Product;
use crate::figure::{figure, remark};
use crate::site::Site;
use crate::{Failure, seed, store};
use book::Book;

/// People at a time, each with a firm that registers.
const PEOPLE: usize = 6;
/// Payers at a counter at a time, each with notices of firms that have accounts.
const PAYERS: usize = 6;
/// Firms whose notices are paid at the counter.
const COUNTER_FIRMS: u32 = 20_000;
/// Firms that register.
const NEW_FIRMS: u32 = 4_000;
/// The product lives so long between being ready and being killed, in milliseconds.
const LIFE: std::ops::Range<u64> = 200..2_500;

/// What the command line asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How long the product is killed.
    pub seconds: u64,
    /// The seed of all chance on the clients' and the world's side.
    pub seed: u64,
}

impl Options {
    /// Reads `[--seconds N] [--seed N]`.
    pub fn parse(words: &[String]) -> Result<Self, Failure> {
        let mut options = Self { seconds: 60, seed: 1 };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let value = words.next().ok_or_else(|| format!("{word} needs a number"))?.parse()?;
            match word.as_str() {
                "--seconds" => options.seconds = value,
                "--seed" => options.seed = value,
                _ => return Err(format!("torture knows --seconds and --seed, not {word}").into()),
            }
        }
        Ok(options)
    }
}

/// What all clients share.
#[derive(Debug)]
pub(crate) struct Field {
    site: Site,
    book: Book,
    stop: AtomicBool,
}

impl Field {
    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// How often the product was killed, and how long its restarts took in microseconds.
#[derive(Debug)]
struct Deaths {
    cycles: u64,
    restarts: Histogram<u64>,
}

/// Tortures the product; whether nothing was lost and nothing doubled.
pub async fn run(options: &Options) -> Result<bool, Failure> {
    let site = Site::build(options.seed).await?;
    remark(&format!("torture in {}, {} seconds, seed {}", site.folder().display(), options.seconds, options.seed));
    let (notices, newcomers) = prepare(&site).await?;
    let field = Arc::new(Field { site, book: Book::default(), stop: AtomicBool::new(false) });
    let mut tasks = JoinSet::new();
    let chance = |client: u64| ChaCha8Rng::seed_from_u64(options.seed.wrapping_mul(1_000).wrapping_add(client));
    for (n, firms) in share(newcomers, PEOPLE).into_iter().enumerate() {
        tasks.spawn(clients::people(Arc::clone(&field), firms, chance(n as u64)));
    }
    for (n, notices) in share(notices, PAYERS).into_iter().enumerate() {
        tasks.spawn(payers::at_the_counter(Arc::clone(&field), notices, chance(100 + n as u64)));
    }
    let deaths = kill_again_and_again(&field, options, chance(999)).await;
    field.stop.store(true, Ordering::Relaxed);
    let (deaths, product) = deaths?;
    while let Some(one) = tasks.join_next().await {
        one??;
    }
    let undone = drain::wait(&field).await?;
    product.stop().await?;
    let found = check::compare(&field, undone).await?;
    report(&field, &deaths, &found);
    Ok(found.lost.is_empty() && found.doubled.is_empty())
}

/// Firms with accounts and charges for the counter, then firms that nobody knows yet, whose charges are made when they
/// look.
async fn prepare(site: &Site) -> Result<(Vec<seed::Open>, Vec<seed::Enrolled>), Failure> {
    let app = site.app().await?;
    let cx = Site::cx(&app)?;
    let firms = seed::firms(&cx, 1, COUNTER_FIRMS).await?;
    seed::accounts(&cx, &firms).await?;
    let charges = seed::charges(&cx).await?;
    let all = seed::firms(&cx, COUNTER_FIRMS + 1, NEW_FIRMS).await?;
    app.close().await;
    let known: std::collections::BTreeSet<_> = firms.into_iter().map(|firm| firm.id).collect();
    Ok((charges, all.into_iter().filter(|firm| !known.contains(&firm.id)).collect()))
}

/// Deals a list out.
fn share<T>(all: Vec<T>, hands: usize) -> Vec<Vec<T>> {
    let mut dealt: Vec<Vec<T>> = (0..hands).map(|_| Vec::new()).collect();
    for (n, one) in all.into_iter().enumerate() {
        dealt[n % hands].push(one);
    }
    dealt
}

/// Returns the last product, alive.
async fn kill_again_and_again(
    field: &Field,
    options: &Options,
    mut chance: ChaCha8Rng,
) -> Result<(Deaths, Product), Failure> {
    let end = Instant::now() + Duration::from_secs(options.seconds);
    let mut deaths = Deaths { cycles: 0, restarts: Histogram::new(3)? };
    let (mut product, _) = Product::serve(&field.site, &[]).await?;
    while Instant::now() < end {
        let life = LIFE.start + chance.next_u64() % (LIFE.end - LIFE.start);
        tokio::time::sleep(Duration::from_millis(life)).await;
        product.kill()?;
        deaths.cycles += 1;
        // Every other time another process opens the database first, so that its recovery, too, is somebody else's.
        if chance.next_u32().is_multiple_of(2) || Instant::now() >= end {
            end_leases(&field.site).await?;
        }
        let (next, took) = Product::serve(&field.site, &[]).await?;
        deaths.restarts.record(u64::try_from(took.as_micros())?)?;
        product = next;
    }
    Ok((deaths, product))
}

/// Ends the leases of jobs that were cut off, as if more time had passed than there is.
async fn end_leases(site: &Site) -> Result<(), Failure> {
    let app = site.app().await?;
    let cx = Site::cx(&app)?;
    let mut tx = cx.begin(Operation::Maintain).await?;
    tx.execute(store::END_LEASES, args![]).await?;
    tx.commit_unaudited().await?;
    app.close().await;
    Ok(())
}

fn report(field: &Field, deaths: &Deaths, found: &check::Found) {
    let milliseconds = |quantile| deaths.restarts.value_at_quantile(quantile) as f64 / 1_000.0;
    let method = "SIGKILL at random instants";
    figure("torture.cycles", deaths.cycles as f64, "deaths", method);
    figure("torture.restart-p50", milliseconds(0.50), "ms", "from the start of the process to /healthz/ready");
    figure("torture.restart-max", milliseconds(1.0), "ms", "from the start of the process to /healthz/ready");
    for (what, count) in field.book.counts() {
        figure(&format!("torture.acknowledged-{what}"), count as f64, "effects", "written down by the clients");
    }
    figure("torture.receipts", found.receipts as f64, "acknowledged receipts", "written down by the world's node");
    figure(
        "torture.receipt-copies",
        found.copies as f64,
        "transmissions",
        "of those receipts, repeated and concurrent ones too",
    );
    figure("torture.unread", field.book.unread() as f64, "requests", "cut off: what became of them was not known");
    figure("torture.mails", found.mails as f64, "messages", "credentials and receipts in the firms' boxes");
    figure(
        "torture.mails-twice",
        found.twice as f64,
        "transmissions",
        "more than one under the same Message-ID; the box keeps one",
    );
    figure("torture.lost", found.lost.len() as f64, "effects", "acknowledged and not there");
    figure("torture.doubled", found.doubled.len() as f64, "effects", "there more than once");
    for wrong in found.lost.iter().map(|w| ("lost", w)).chain(found.doubled.iter().map(|w| ("doubled", w))).take(20) {
        remark(&format!("{}: {}", wrong.0, wrong.1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_have_defaults_and_refuse_what_they_do_not_know() {
        let parse = |text: &str| Options::parse(&text.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(parse("").unwrap(), Options { seconds: 60, seed: 1 });
        assert_eq!(parse("--seed 7 --seconds 5").unwrap(), Options { seconds: 5, seed: 7 });
        assert!(parse("--seconds").is_err() && parse("--minutes 5").is_err() && parse("--seed x").is_err());
    }

    #[test]
    fn everything_is_dealt_out_once() {
        assert_eq!(share((0..7).collect(), 3), [vec![0, 3, 6], vec![1, 4], vec![2, 5]]);
    }
}
