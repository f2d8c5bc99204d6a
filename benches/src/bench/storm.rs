//! P2b: a storm of sign-ins, and what those see who are signed in already.

use std::sync::Arc;
use std::time::Duration;

use crate::child::Product;
use crate::figure::figure;
use crate::load::{self, Ask, Seen};
use crate::site::Site;
use crate::{Failure, http, proc, seed};

use super::{pages, sign_in};

const PER_SECOND: u32 = 100;

pub async fn run() -> Result<(), Failure> {
    for (clients, length) in [(64, 8), (2_000, 8)] {
        storm(clients, Duration::from_secs(length)).await?;
    }
    Ok(())
}

async fn storm(clients: u32, length: Duration) -> Result<(), Failure> {
    let site = Site::build(2).await?;
    let codes = {
        let app = site.app().await?;
        let cx = Site::cx(&app)?;
        let firms = seed::firms(&cx, 1, clients + 1).await?;
        let codes = seed::accounts(&cx, &firms).await?;
        seed::charges(&cx).await?;
        app.close().await;
        codes
    };
    let (product, _) = Product::serve(&site, &["--no-worker"]).await?;
    let cookie = pages::sign_in(&site, &codes[0]).await?;
    let page = Arc::new(vec![http::get(&site.path("/quota"), &cookie)]);
    let look = |length| load::on_schedule(site.address, PER_SECOND, length, 16, Arc::clone(&page), |a| a.status == 200);
    look(Duration::from_secs(1)).await?;
    let alone = look(Duration::from_secs(4)).await?;
    let requests = codes[1..].iter().map(|code| sign_in::request(&site, code)).collect();
    let asked = Ask::Own(Arc::new(requests));
    let clients = usize::try_from(clients)?;
    let storm = tokio::spawn(load::in_loop(site.address, clients, asked, length, sign_in::signed_in));
    let within = look(length).await?;
    let stormed = storm.await??;
    report(clients, &alone, &within, &stormed);
    figure(&format!("storm-{clients}.rss-peak"), proc::resident_mib(product.id()).1, "MiB", "VmHWM of the child");
    product.stop().await
}

fn report(clients: usize, alone: &Seen, within: &Seen, stormed: &Seen) {
    let name = |figure: &str| format!("storm-{clients}.{figure}");
    let method = "/quota 100/s on a fixed schedule, corrected for coordinated omission, client on the same cores";
    for (when, seen) in [("alone", alone), ("storm", within)] {
        figure(&name(&format!("page-{when}-p50")), seen.milliseconds(0.50), "ms", method);
        figure(&name(&format!("page-{when}-p99")), seen.milliseconds(0.99), "ms", method);
        figure(&name(&format!("page-{when}-failed")), seen.bad as f64, "pages", method);
    }
    let method = "closed loop; who is refused asks again after half a second";
    figure(&name("sign-ins"), stormed.rate(), "sign-ins/s", method);
    figure(&name("sign-in-p99"), stormed.milliseconds(0.99), "ms", method);
    figure(&name("refused"), stormed.bad as f64, "answers 503", method);
}
