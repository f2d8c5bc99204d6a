//! P8: bytes that an account takes on disk.

use crate::figure::figure;
use crate::site::Site;
use crate::{Failure, seed};

const ACCOUNTS: u32 = 50_000;

pub async fn run() -> Result<(), Failure> {
    let site = Site::build(5).await?;
    let empty = size(&site, 0).await?;
    let firms = size(&site, ACCOUNTS).await?;
    let app = site.app().await?;
    let cx = Site::cx(&app)?;
    let enrolled = seed::firms(&cx, ACCOUNTS + 1, 1).await?;
    seed::accounts(&cx, &enrolled[..ACCOUNTS as usize]).await?;
    app.close().await;
    let whole = std::fs::metadata(site.database())?.len();
    let each = |bytes: u64| bytes as f64 / f64::from(ACCOUNTS);
    let method = "50,000 through the store, size of the closed file";
    figure("accounts.bytes", each(whole - firms), "bytes/account", method);
    figure("accounts.firm-bytes", each(firms - empty), "bytes/firm with 2 vehicles", method);
    Ok(())
}

/// The size of the closed database after so many firms were imported.
async fn size(site: &Site, firms: u32) -> Result<u64, Failure> {
    let app = site.app().await?;
    if firms > 0 {
        seed::firms(&Site::cx(&app)?, 1, firms).await?;
    }
    app.close().await;
    Ok(std::fs::metadata(site.database())?.len())
}
