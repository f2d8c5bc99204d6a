//! Payers at a counter, and the payment node's own misbehaviour: receipts that come twice, or three at a time.

use std::sync::Arc;
use std::time::Duration;

use outside::pagopa::{Outcome, PaymentResult, ReceiptState, Refusal};
use pagopa::NoticeNumber;
use pagopa::node::FaultCode;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng as _;

use super::Field;
use crate::{Failure, seed};

const OUTCOMES: [Outcome; 3] = [Outcome::Paid, Outcome::ReceiptTwice, Outcome::ReceiptsConcurrent];
const PAUSE: Duration = Duration::from_millis(25);

/// One notice after the other, until the torture ends.
pub async fn at_the_counter(
    field: Arc<Field>,
    notices: Vec<seed::Open>,
    mut chance: ChaCha8Rng,
) -> Result<(), Failure> {
    for open in notices {
        if field.stopped() {
            return Ok(());
        }
        pay(&field, NoticeNumber::parse(&open.notice_number)?, &mut chance).await?;
        tokio::time::sleep(Duration::from_millis(chance.next_u64() % 60)).await;
    }
    Ok(())
}

/// Pays a notice until the node takes the money; the receipt's identifier when its acknowledgement was read.
pub async fn pay(field: &Field, notice: NoticeNumber, chance: &mut ChaCha8Rng) -> Result<Option<String>, Failure> {
    let node = field.site.world.node();
    let outcome = OUTCOMES[chance.next_u32() as usize % OUTCOMES.len()];
    let creditor = field.site.creditor()?;
    while !field.stopped() {
        match node.pay(notice, creditor, outcome).await.result {
            PaymentResult::Paid { receipt_id, receipt, .. } => {
                let mut read = matches!(receipt, ReceiptState::Delivered(_));
                // A third of all receipts is sent once more, whatever became of them, at any instant.
                if chance.next_u32().is_multiple_of(3) {
                    tokio::time::sleep(Duration::from_millis(chance.next_u64() % 100)).await;
                    read |= node.resend_receipt(&receipt_id).await.is_ok();
                }
                if read {
                    field.book.write(|pages| pages.receipts.push(receipt_id.clone()));
                }
                return Ok(read.then_some(receipt_id));
            }
            // The product is down at this moment, or says that it cannot answer now.
            PaymentResult::Refused(Refusal::CreditorFailed(_)) => tokio::time::sleep(PAUSE).await,
            PaymentResult::Refused(Refusal::Creditor(fault)) if fault.code == FaultCode::SystemError => {
                tokio::time::sleep(PAUSE).await;
            }
            other => {
                field
                    .book
                    .write(|pages| pages.contradictions.push(format!("notice {notice} cannot be paid: {other:?}")));
                return Ok(None);
            }
        }
    }
    Ok(None)
}
