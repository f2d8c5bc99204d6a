//! P2a: what a sign-in costs, and what of it is not the hash.

use std::sync::Arc;
use std::time::Duration;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use italia::MemberCode;

use crate::child::Product;
use crate::figure::figure;
use crate::load::{self, Ask};
use crate::site::Site;
use crate::{Failure, http, proc, seed};

/// What the product hashes with (`accounts::hashing`).
const PARAMETERS: (u32, u32, u32) = (19_456, 2, 1);

/// The request that signs somebody in.
pub fn request(site: &Site, code: &MemberCode) -> Vec<u8> {
    http::form(&site.path("/accesso"), &[("matricola", code.as_str()), ("password", seed::PASSWORD)], "")
}

/// Signed in: the answer leads on and sets a cookie.
pub fn signed_in(answer: &http::Answer<'_>) -> bool {
    answer.status == 303 && answer.header("set-cookie").is_some()
}

pub async fn run() -> Result<(), Failure> {
    let site = Site::build(1).await?;
    let codes = {
        let app = site.app().await?;
        let cx = Site::cx(&app)?;
        let firms = seed::firms(&cx, 1, 8).await?;
        let codes = seed::accounts(&cx, &firms).await?;
        app.close().await;
        codes
    };
    let requests: Arc<Vec<_>> = Arc::new(codes.iter().map(|code| request(&site, code)).collect());
    let (product, _) = Product::serve(&site, &["--no-worker"]).await?;
    let id = product.id();
    let few = |length| load::in_loop(site.address, 4, Ask::Own(Arc::clone(&requests)), length, signed_in);
    few(Duration::from_secs(1)).await?;
    let (whole, hashes) = (proc::cpu_seconds(id), proc::thread_seconds(id, "hash-"));
    let seen = few(Duration::from_secs(8)).await?;
    let (whole, hashes) = (proc::cpu_seconds(id) - whole, proc::thread_seconds(id, "hash-") - hashes);
    if seen.bad > 0 || seen.good() == 0 {
        return Err(format!("{} sign-ins failed, {} went well", seen.bad, seen.good()).into());
    }
    let each = |seconds: f64| seconds * 1_000.0 / seen.good() as f64;
    let method = "POST /accesso, 4 connections, child's /proc stat; hash threads by their schedstat";
    figure("sign-in.cpu", each(whole), "ms", method);
    figure("sign-in.hash", each(hashes), "ms", method);
    figure("sign-in.not-hash", each(whole - hashes), "ms", method);
    figure("sign-in.per-core", 1_000.0 / each(whole), "sign-ins/s/core", method);
    let bare = tokio::task::spawn_blocking(bare_hash).await??;
    figure("sign-in.bare-argon2id", bare, "ms", "best of 20, same parameters and library, memory kept, this process");
    product.stop().await
}

/// Milliseconds of processor of the hash alone: the least of twenty.
fn bare_hash() -> Result<f64, Failure> {
    let (memory, passes, lanes) = PARAMETERS;
    let params = Params::new(memory, passes, lanes, Some(32)).map_err(|error| error.to_string())?;
    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let (mut blocks, mut out) = (vec![Block::default(); memory as usize], [0; 32]);
    let mut best = f64::INFINITY;
    for round in 0..20_u8 {
        let begun = proc::own_thread_seconds();
        hasher
            .hash_password_into_with_memory(seed::PASSWORD.as_bytes(), &[round; 16], &mut out, &mut blocks)
            .map_err(|error| error.to_string())?;
        best = best.min(proc::own_thread_seconds() - begun);
    }
    Ok(best * 1_000.0)
}
