//! P6: a payment notification until it is acknowledged, which is when it is durable.

use std::sync::Arc;
use std::time::Duration;

use ::store::args;

use crate::child::Product;
use crate::figure::figure;
use crate::load::{self, Ask, Good};
use crate::site::Site;
use crate::{Failure, notification, proc, seed, store};

/// Clients, and how many charges they notify.
const ROUNDS: [(usize, usize); 3] = [(1, 4_000), (16, 12_000), (64, 16_000)];
/// Notifications a second of the fixed schedule, and seconds.
const SCHEDULE: (u32, u64) = (1_000, 5);
const LIMIT: Duration = Duration::from_secs(12);

const ACKNOWLEDGED: Good =
    |answer| answer.status == 200 && answer.body.windows(20).any(|w| w == b"<outcome>OK</outcome");

pub async fn run() -> Result<(), Failure> {
    let site = Site::build(4).await?;
    let scheduled = usize::try_from(u64::from(SCHEDULE.0) * SCHEDULE.1)?;
    let total = ROUNDS.iter().map(|(_, charges)| charges).sum::<usize>() + scheduled;
    let mut requests = {
        let app = site.app().await?;
        let cx = Site::cx(&app)?;
        let firms = seed::firms(&cx, 1, u32::try_from(total)?).await?;
        seed::accounts(&cx, &firms).await?;
        let open = seed::charges(&cx).await?;
        let now = cx.now();
        app.close().await;
        let request = |(n, charge)| notification::request(&site, charge, &format!("{n:032x}"), now);
        open.iter().enumerate().map(request).collect::<Result<Vec<_>, _>>()?
    };
    let (product, _) = Product::serve(&site, &["--no-worker"]).await?;
    let mut acknowledged = 0;
    let mut last = Vec::new();
    for (clients, charges) in ROUNDS {
        last = requests.split_off(requests.len() - charges);
        acknowledged += round(&site, &product, &format!("payments-{clients}"), clients, last.clone()).await?;
    }
    round(&site, &product, "payments-64-repeated", 64, last).await?;
    acknowledged += schedule(&site, requests).await?;
    product.stop().await?;
    let app = site.app().await?;
    let stored = Site::cx(&app)?.count(store::PAYMENTS, args![]).await?;
    app.close().await;
    // A notification that was cut off by the time limit may be stored without its acknowledgement having been read.
    if u64::try_from(stored)? < acknowledged {
        return Err(format!("{acknowledged} notifications were acknowledged, and {stored} are stored").into());
    }
    Ok(())
}

async fn round(
    site: &Site,
    product: &Product,
    name: &str,
    clients: usize,
    asked: Vec<Vec<u8>>,
) -> Result<u64, Failure> {
    let before = proc::cpu_seconds(product.id());
    let seen = load::in_loop(site.address, clients, Ask::Once(Arc::new(asked)), LIMIT, ACKNOWLEDGED).await?;
    let used = proc::cpu_seconds(product.id()) - before;
    if seen.bad > 0 {
        return Err(format!("{name}: {} notifications were not acknowledged", seen.bad).into());
    }
    let method = "paSendRTV2 over HTTP, closed loop, client on the same cores, fsynced before the answer";
    figure(&format!("{name}.acknowledged"), seen.rate(), "notifications/s", method);
    figure(&format!("{name}.p50"), seen.milliseconds(0.50), "ms", method);
    figure(&format!("{name}.p99"), seen.milliseconds(0.99), "ms", method);
    figure(&format!("{name}.cpu"), used * 1_000.0 / seen.good() as f64, "ms", "child's /proc stat");
    Ok(seen.good())
}

async fn schedule(site: &Site, asked: Vec<Vec<u8>>) -> Result<u64, Failure> {
    let (per_second, seconds) = SCHEDULE;
    let length = Duration::from_secs(seconds);
    let seen = load::on_schedule(site.address, per_second, length, 64, Arc::new(asked), ACKNOWLEDGED).await?;
    let method = "1,000/s on a fixed schedule, corrected for coordinated omission";
    figure("payments-scheduled.p50", seen.milliseconds(0.50), "ms", method);
    figure("payments-scheduled.p99", seen.milliseconds(0.99), "ms", method);
    figure("payments-scheduled.failed", seen.bad as f64, "notifications", method);
    Ok(seen.good())
}
