//! Papers made in a second of processor time, on one core.
//!
//! Time is what `/proc/self/stat` says this process has used (user and system), so a busy machine
//! disturbs little; each measure runs for seconds, because the clock ticks every hundredth. An
//! argument picks the papers whose names contain it.

#[expect(dead_code, reason = "the bench does not need every sample")]
#[path = "../tests/it/samples.rs"]
mod samples;

use std::hint::black_box;

use papers::{Document, Language, notice, render};

/// Processor seconds used by this process so far. Linux counts them in hundredths for user space
/// (`USER_HZ`).
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("this bench needs Linux");
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks: f64 = fields[11..13].iter().map(|field| field.parse::<f64>().unwrap_or(0.0)).sum();
    ticks / 100.0
}

/// The best of five measures of a second and a half each.
fn per_second(make: &mut dyn FnMut(u32) -> Vec<u8>) -> f64 {
    let mut number = 0;
    let mut best: f64 = 0.0;
    for _ in 0..5 {
        let (begin, first) = (cpu_seconds(), number);
        let mut used = 0.0;
        while used < 1.5 {
            for _ in 0..4 {
                number += 1;
                black_box(make(black_box(number)));
            }
            used = cpu_seconds() - begin;
        }
        best = best.max(f64::from(number - first) / used);
    }
    best
}

#[expect(clippy::print_stdout, reason = "the figures are what a bench is for")]
fn main() {
    let asked = std::env::args().nth(1).filter(|word| !word.starts_with('-')).unwrap_or_default();
    let report = |name: &str, make: &mut dyn FnMut(u32) -> Vec<u8>| {
        if name.contains(&asked) {
            println!("{name:22} {:7.1} per CPU second", per_second(make));
        }
    };
    let made = |document: &Document| render(document).expect("the samples are good papers");
    let table = samples::long_table();
    let sheet = samples::notice(Language::Italian);
    report("receipt of 1 page", &mut |number| made(&samples::receipt_numbered(number)));
    report("table of 10 pages", &mut |_| made(&table));
    report("payment notice", &mut |_| notice::render(&sheet).expect("the sample is a good notice"));
}
