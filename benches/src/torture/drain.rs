//! After the last death: everything that is under way comes to its end, or has had its time.

use std::time::{Duration, Instant};

use ::store::args;
use jiff::SignedDuration;
use outside::pagopa::ReceiptState;

use super::Field;
use crate::site::Site;
use crate::{Failure, store};

/// So long the queue may take to drain.
const PATIENCE: Duration = Duration::from_secs(120);
const LOOK: Duration = Duration::from_millis(250);
/// The node repeats receipts after pauses that grow; here they pass at once.
const NODE_PAUSE: SignedDuration = SignedDuration::from_hours(7);

/// Waits until every receipt is acknowledged and every message is sent. What is still undone when patience ends is
/// returned in words.
pub async fn wait(field: &Field) -> Result<Vec<String>, Failure> {
    let begun = Instant::now();
    let app = field.site.app().await?;
    let cx = Site::cx(&app)?;
    loop {
        let late = undelivered(field);
        if late > 0 {
            field.site.world.advance(NODE_PAUSE).await;
        }
        let queued = cx.count(store::QUEUED, args![]).await?;
        if late == 0 && queued == 0 {
            break;
        }
        if begun.elapsed() > PATIENCE {
            app.close().await;
            return Ok(vec![format!("{late} receipts are not acknowledged, {queued} messages are not sent")]);
        }
        tokio::time::sleep(LOOK).await;
    }
    let dead = cx.count(store::DEAD, args![]).await?;
    app.close().await;
    Ok(if dead == 0 { Vec::new() } else { vec![format!("{dead} jobs have given up")] })
}

fn undelivered(field: &Field) -> usize {
    let payments = field.site.world.node().payments();
    payments.iter().filter(|payment| !matches!(payment.receipt, ReceiptState::Delivered(_))).count()
}
