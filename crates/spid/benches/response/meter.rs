//! Things measured beside each other: in turns, so that what else the machine does falls upon all of them.

use std::time::{Duration, Instant};

const TURNS: usize = 12;
const TURN: Duration = Duration::from_millis(120);

/// Something to be measured.
pub struct Case<'a> {
    pub name: &'static str,
    pub once: Box<dyn FnMut() + 'a>,
}

impl<'a> Case<'a> {
    pub fn new(name: &'static str, once: impl FnMut() + 'a) -> Self {
        Self { name, once: Box::new(once) }
    }
}

/// What each costs in microseconds of processor time: the least of twelve turns, because other programs only add to it.
pub fn measure<const N: usize>(mut cases: [Case<'_>; N]) -> [f64; N] {
    let mut least = [f64::INFINITY; N];
    for _ in 0..TURNS {
        for (case, least) in cases.iter_mut().zip(&mut least) {
            *least = least.min(turn(&mut case.once));
        }
    }
    for (case, micros) in cases.iter().zip(least) {
        println!("{:<58} {micros:>8.1} µs {:>8.0} a second", case.name, 1e6 / micros);
    }
    least
}

fn turn(once: &mut dyn FnMut()) -> f64 {
    let (start, cpu, mut rounds) = (Instant::now(), processor_time(), 0_u32);
    while start.elapsed() < TURN {
        for _ in 0..16 {
            once();
        }
        rounds += 16;
    }
    let spent = processor_time().zip(cpu).map_or_else(|| start.elapsed(), |(after, before)| after - before);
    spent.as_secs_f64() * 1e6 / f64::from(rounds)
}

/// How long this thread has run, where Linux says it.
fn processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}
