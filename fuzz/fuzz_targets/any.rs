//! One program for all targets, so that what they share is built once: `HOSTILE_TARGET` names the one that runs.
#![no_main]

use std::sync::LazyLock;

use hostile::mutate::mutate;
use hostile::{Chance, Target};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

static TARGET: LazyLock<Target> = LazyLock::new(|| {
    let name = std::env::var("HOSTILE_TARGET").expect("HOSTILE_TARGET names a target");
    Target::named(&name).expect("HOSTILE_TARGET is the name of a target")
});
static SEEDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| TARGET.seeds());

fuzz_target!(|data: &[u8]| {
    (TARGET.check)(data);
});

// Half of the changes are libFuzzer's own, half are ours, which know the shape of what they change.
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut chance = Chance::new(u64::from(seed));
    if chance.once_in(2) {
        return fuzzer_mutate(data, size, max_size);
    }
    let other = &SEEDS[chance.below(SEEDS.len())];
    let mutant = mutate(TARGET.shape, &data[..size], other, &mut chance);
    let length = mutant.len().min(max_size);
    data[..length].copy_from_slice(&mutant[..length]);
    length
});
