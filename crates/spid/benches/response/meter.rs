//! Things measured beside each other: in turns, so that what else the machine does falls upon all of them.

use std::time::{Duration, Instant};

const TURNS: usize = 80;
const TURN: Duration = Duration::from_millis(20);

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

/// What each costs in microseconds of processor time, turn by turn. Shown is the least, because other programs only add
/// to it.
pub fn measure<const N: usize>(mut cases: [Case<'_>; N]) -> [Vec<f64>; N] {
    let mut turns = [const { Vec::new() }; N];
    for _ in 0..TURNS {
        for (case, turns) in cases.iter_mut().zip(&mut turns) {
            turns.push(turn(&mut case.once));
        }
    }
    for (case, turns) in cases.iter().zip(&turns) {
        let micros = least(turns);
        println!("{:<58} {micros:>8.1} µs {:>8.0} a second", case.name, 1e6 / micros);
    }
    turns
}

pub fn least(turns: &[f64]) -> f64 {
    turns.iter().copied().fold(f64::INFINITY, f64::min)
}

/// The median of what `of` costs for each of what `one` costs, turn beside turn: what slows one slows the other.
pub fn ratio(of: &[f64], one: &[f64]) -> f64 {
    let mut ratios: Vec<f64> = of.iter().zip(one).map(|(of, one)| of / one).collect();
    ratios.sort_by(f64::total_cmp);
    ratios[ratios.len() / 2]
}

fn turn(once: &mut dyn FnMut()) -> f64 {
    let (start, cpu, mut rounds) = (Instant::now(), processor_time(), 0_u32);
    while start.elapsed() < TURN {
        for _ in 0..8 {
            once();
        }
        rounds += 8;
    }
    let spent = processor_time().zip(cpu).map_or_else(|| start.elapsed(), |(after, before)| after - before);
    spent.as_secs_f64() * 1e6 / f64::from(rounds)
}

/// How long this thread has run, where Linux says it.
fn processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}
