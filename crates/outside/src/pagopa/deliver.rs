//! Receipts on their way to the creditor.

use futures_util::future::join_all;
use pagopa::Receipt;
use pagopa::node::{FaultCode, Request, Response, SendReceipt};

use super::creditor::Creditor;
use super::node::Node;
use super::report::{DeliverySummary, ResendError};
use super::state::Entry;
use super::station::{self, StationError};

/// A receipt taken out for delivery.
struct Parcel {
    receipt: Receipt,
    creditor: Option<Creditor>,
    copies: u32,
    concurrent: bool,
}

impl Node {
    /// Sends every receipt that is due by the world's clock, and reports how it went.
    ///
    /// Receipts that the creditor does not acknowledge become due again after 1, 5 and 15 minutes, 1, 3 and then every 6
    /// hours. While the node is switched off nothing leaves.
    pub async fn deliver_due_receipts(&self) -> DeliverySummary {
        self.deliver(|_| true).await
    }

    /// Sends the due receipts that `wanted` names.
    pub(super) async fn deliver(&self, wanted: impl Fn(&str) -> bool) -> DeliverySummary {
        let parcels = self.take_due(wanted);
        let reports = join_all(parcels.into_iter().map(|parcel| self.deliver_one(parcel))).await;
        reports.into_iter().fold(DeliverySummary::default(), |sum, one| DeliverySummary {
            sent: sum.sent + one.sent,
            acknowledged: sum.acknowledged + one.acknowledged,
            postponed: sum.postponed + one.postponed,
        })
    }

    fn take_due(&self, wanted: impl Fn(&str) -> bool) -> Vec<Parcel> {
        let now = self.now();
        let mut state = self.state();
        if state.control.node_down {
            return Vec::new();
        }
        let creditors = state.creditors.clone();
        let due = state.entries.iter_mut().filter(|entry| entry.is_due(now) && wanted(entry.id()));
        due.map(|entry: &mut Entry| {
            entry.sending = true;
            Parcel {
                receipt: entry.receipt.clone(),
                creditor: creditors.get(&entry.receipt.creditor).cloned(),
                copies: entry.remaining,
                concurrent: entry.outcome.is_concurrent(),
            }
        })
        .collect()
    }

    async fn deliver_one(&self, parcel: Parcel) -> DeliverySummary {
        // If the caller gives up while copies are on their way, the receipt must not stay taken for ever.
        let mut taken = Taken { node: self, receipt_id: parcel.receipt.receipt_id.as_str().to_owned(), settled: false };
        let results = match &parcel.creditor {
            None => vec![Err("the creditor is not known any more".to_owned())],
            Some(creditor) if parcel.concurrent => {
                join_all((0..parcel.copies).map(|_| self.send(creditor, &parcel.receipt))).await
            }
            Some(creditor) => self.send_in_turn(creditor, &parcel).await,
        };
        let sent = count(results.len());
        let acknowledged = count(results.iter().filter(|result| result.is_ok()).count());
        let failure = results.into_iter().find_map(Result::err);
        taken.settle(sent, acknowledged, failure);
        DeliverySummary { sent, acknowledged, postponed: u32::from(acknowledged < parcel.copies) }
    }

    /// Sends one copy after the other and stops at the first that is not acknowledged.
    async fn send_in_turn(&self, creditor: &Creditor, parcel: &Parcel) -> Vec<Result<(), String>> {
        let mut results = Vec::new();
        for _ in 0..parcel.copies {
            let result = self.send(creditor, &parcel.receipt).await;
            let failed = result.is_err();
            results.push(result);
            if failed {
                break;
            }
        }
        results
    }

    /// Sends one copy.
    async fn send(&self, creditor: &Creditor, receipt: &Receipt) -> Result<(), String> {
        let addressing = creditor.addressing().map_err(|error| error.to_string())?;
        let request = Request::SendReceipt(Box::new(SendReceipt { addressing, receipt: receipt.clone() }));
        match station::call(&self.inner.http, creditor, &request).await {
            Ok(Response::SendReceipt(Ok(()))) => Ok(()),
            // A creditor that says "I have it already" has it.
            Ok(Response::SendReceipt(Err(fault))) if fault.code == FaultCode::ReceiptDuplicate => Ok(()),
            Ok(Response::SendReceipt(Err(fault))) => Err(fault.to_string()),
            Ok(_) => Err(StationError::WrongOperation.chain()),
            Err(error) => Err(error.chain()),
        }
    }

    /// Sends one more copy of a receipt now, whatever its state, as a node operator can.
    pub async fn resend_receipt(&self, receipt_id: &str) -> Result<(), ResendError> {
        let (receipt, creditor) = {
            let mut state = self.state();
            if state.control.node_down {
                return Err(ResendError::NodeDown);
            }
            let receipt = state.entry(receipt_id).map(|entry| entry.receipt.clone()).ok_or(ResendError::Unknown)?;
            let creditor = state.creditors.get(&receipt.creditor).cloned();
            (receipt, creditor)
        };
        let creditor = creditor.ok_or_else(|| ResendError::NotAcknowledged("the creditor is not known".to_owned()))?;
        let result = self.send(&creditor, &receipt).await;
        if let Some(entry) = self.state().entry(receipt_id) {
            entry.sent += 1;
            entry.acknowledged += u32::from(result.is_ok());
        }
        result.map_err(ResendError::NotAcknowledged)
    }
}

/// Gives a receipt back to the queue, however its delivery ends.
struct Taken<'a> {
    node: &'a Node,
    receipt_id: String,
    settled: bool,
}

impl Taken<'_> {
    fn settle(&mut self, sent: u32, acknowledged: u32, failure: Option<String>) {
        self.settled = true;
        if let Some(failure) = &failure {
            tracing::info!(receipt = %self.receipt_id, failure, "the creditor did not acknowledge a receipt");
        }
        let now = self.node.now();
        if let Some(entry) = self.node.state().entry(&self.receipt_id) {
            entry.settle(now, sent, acknowledged, failure);
        }
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        if !self.settled
            && let Some(entry) = self.node.state().entry(&self.receipt_id)
        {
            entry.sending = false;
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
