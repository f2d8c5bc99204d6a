//! P3: the pages of somebody who is signed in.

use std::sync::Arc;
use std::time::Duration;

use italia::MemberCode;

use crate::child::Product;
use crate::figure::figure;
use crate::http::Connection;
use crate::load::{self, Ask};
use crate::site::Site;
use crate::{Failure, http, proc, seed};

use super::sign_in as sign_in_bench;

/// The rows of the table of payments.
const ROWS: u32 = 20;

/// Signs in, and returns the cookie that the browser keeps.
pub async fn sign_in(site: &Site, code: &MemberCode) -> Result<String, Failure> {
    let mut connection = Connection::open(site.address).await?;
    let answer = connection.send(&sign_in_bench::request(site, code)).await?;
    let cookie = answer.header("set-cookie").and_then(|set| set.split(';').next());
    Ok(cookie.ok_or_else(|| format!("signing in was answered with {}", answer.status))?.to_owned())
}

pub async fn run() -> Result<(), Failure> {
    let site = Site::build(3).await?;
    let codes = {
        let app = site.app().await?;
        let cx = Site::cx(&app)?;
        let firms = seed::firms(&cx, 1, 1_000).await?;
        let codes = seed::accounts(&cx, &firms).await?;
        seed::charges(&cx).await?;
        seed::past_payments(&cx, &firms[1], ROWS).await?;
        app.close().await;
        codes
    };
    let (product, _) = Product::serve(&site, &["--no-worker"]).await?;
    let debtor = sign_in(&site, &codes[0]).await?;
    let payer = sign_in(&site, &codes[1]).await?;
    for (name, path, cookie) in [
        ("pages.ping", "/healthz/live".to_owned(), ""),
        ("pages.home", site.path("/"), ""),
        ("pages.quota", site.path("/quota"), debtor.as_str()),
        ("pages.pagamenti-20-rows", site.path("/pagamenti"), payer.as_str()),
    ] {
        page(&site, &product, name, http::get(&path, cookie)).await?;
    }
    product.stop().await
}

async fn page(site: &Site, product: &Product, name: &str, request: Vec<u8>) -> Result<(), Failure> {
    let bytes = Connection::open(site.address).await?.send(&request).await?.body.len();
    let asked = Ask::Own(Arc::new(vec![request]));
    let look = |length| load::in_loop(site.address, 8, asked.clone(), length, |a| a.status == 200);
    look(Duration::from_millis(500)).await?;
    let before = proc::cpu_seconds(product.id());
    let seen = look(Duration::from_secs(4)).await?;
    let used = proc::cpu_seconds(product.id()) - before;
    if seen.bad > 0 {
        return Err(format!("{name}: {} pages did not come", seen.bad).into());
    }
    let method = format!("{bytes} bytes, 8 connections, child's /proc stat");
    figure(&format!("{name}.per-core"), seen.good() as f64 / used, "pages/s/core", &method);
    figure(&format!("{name}.cpu"), used * 1_000.0 / seen.good() as f64, "ms", &method);
    figure(&format!("{name}.wall"), seen.rate(), "pages/s", "with the client on the same two cores");
    Ok(())
}
