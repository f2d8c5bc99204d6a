//! P8: start, memory at rest, size.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::child::{self, Product};
use crate::figure::figure;
use crate::site::Site;
use crate::{Failure, proc, seed};

const STARTS: usize = 5;
/// After so long the process is at rest.
const REST: Duration = Duration::from_secs(1);
const ACCOUNTS: u32 = 50_000;

pub async fn run() -> Result<(), Failure> {
    let program = child::program()?;
    figure("start.binary", std::fs::metadata(&program)?.len() as f64 / 1_048_576.0, "MiB", "size of the file");
    demo().await?;
    serve().await
}

async fn demo() -> Result<(), Failure> {
    let (mut lines, mut readies, mut rests) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let begun = Instant::now();
        let mut command = Command::new(child::program()?);
        command.args([
            "--tenants",
            concat!(env!("CARGO_MANIFEST_DIR"), "/../tenants"),
            "demo",
            "--json",
            "--port",
            "0",
        ]);
        let mut demo = command.env_clear().stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut line = String::new();
        BufReader::new(demo.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        lines.push(begun.elapsed());
        let facts: serde_json::Value = serde_json::from_str(&line)?;
        let ready: url::Url = facts["health"]["ready"].as_str().unwrap_or_default().parse()?;
        let address = ready.socket_addrs(|| None)?.first().copied().ok_or("no address")?;
        while !child::is_ready(address, ready.path()).await {
            if begun.elapsed() > Duration::from_secs(60) {
                return Err("the demonstration is not ready".into());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        readies.push(begun.elapsed());
        tokio::time::sleep(REST).await;
        rests.push(proc::resident_mib(demo.id()).0);
        child::terminate(&mut demo).await?;
    }
    let method = "demo --json with the world, keys, imports and operators, median of 5";
    figure("start.demo-first-line", median(&lines), "ms", method);
    figure("start.demo-ready", median(&readies), "ms", method);
    rests.sort_by(f64::total_cmp);
    figure("start.demo-rss", rests[rests.len() / 2], "MiB", "VmRSS a second later, product and world in one process");
    Ok(())
}

async fn serve() -> Result<(), Failure> {
    let site = Site::build(6).await?;
    let app = site.app().await?;
    let cx = Site::cx(&app)?;
    let firms = seed::firms(&cx, 1, ACCOUNTS).await?;
    let codes = seed::accounts(&cx, &firms).await?;
    app.close().await;
    let mut readies = Vec::new();
    let mut at_rest = 0.0;
    for _ in 0..STARTS {
        let (product, took) = Product::serve(&site, &[]).await?;
        readies.push(took);
        tokio::time::sleep(REST).await;
        at_rest = proc::resident_mib(product.id()).0;
        product.stop().await?;
    }
    figure("start.serve-ready", median(&readies), "ms", "serve with 50,000 accounts to /healthz/ready, median of 5");
    figure("start.serve-rss", at_rest, "MiB", "VmRSS a second later, before any sign-in");
    let (product, _) = Product::serve(&site, &[]).await?;
    for code in codes.iter().take(4) {
        super::pages::sign_in(&site, code).await?;
    }
    figure("start.serve-rss-signed-in", proc::resident_mib(product.id()).0, "MiB", "VmRSS after 4 sign-ins");
    product.stop().await
}

fn median(times: &[Duration]) -> f64 {
    let mut times = times.to_vec();
    times.sort_unstable();
    times.get(times.len() / 2).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
}
