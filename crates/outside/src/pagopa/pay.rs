//! A payment, from the question what is owed to the receipt.

use jiff::{SignedDuration, Timestamp};
use pagopa::node::{GetPayment, PayableNotice, Request, Response, VerifyPaymentNotice};
use pagopa::{
    Code, CreditorCode, Destination, NoticeNumber, Payment, PaymentTransfer, Receipt, ReceiptOutcome, ReceiptTransfer,
    StampAttachment, Text, Transfer, italian_time,
};

use super::chance::Place;
use super::creditor::Creditor;
use super::node::Node;
use super::outcome::Outcome;
use super::report::{PaymentReport, PaymentResult, ReceiptState, Refusal};
use super::state::{Entry, Item, State};
use super::station::{self, StationError};

impl Node {
    /// Asks the creditor whether a notice can be paid, and how much.
    pub async fn verify(&self, notice: NoticeNumber, creditor: CreditorCode) -> Result<PayableNotice, Refusal> {
        let known = {
            let state = self.state();
            state.may_begin((creditor, notice))?
        };
        let addressing = known.addressing().map_err(|error| Refusal::CreditorFailed(error.to_string()))?;
        let request = Request::VerifyPaymentNotice(VerifyPaymentNotice { addressing, creditor, notice });
        match station::call(&self.inner.http, &known, &request).await {
            Ok(Response::VerifyPaymentNotice(Ok(payable))) => Ok(payable),
            Ok(Response::VerifyPaymentNotice(Err(fault))) => Err(Refusal::Creditor(fault)),
            Ok(_) => Err(Refusal::CreditorFailed(StationError::WrongOperation.chain())),
            Err(error) => Err(Refusal::CreditorFailed(error.chain())),
        }
    }

    /// Pays a notice as a payer at a counter would, and sends the receipt if it is due at once.
    pub async fn pay(&self, notice: NoticeNumber, creditor: CreditorCode, outcome: Outcome) -> PaymentReport {
        let mut reports = self.pay_all(&[(creditor, notice)], outcome, Place::Counter).await;
        reports.pop().unwrap_or(PaymentReport { creditor, notice, outcome, result: PaymentResult::NotTried })
    }

    /// Pays all of some notices, or none: one report for each, in the same order.
    pub(super) async fn pay_all(&self, items: &[Item], outcome: Outcome, place: Place) -> Vec<PaymentReport> {
        let (Ok(results) | Err(results)) = self.try_pay(items, outcome, place).await;
        let reports = items.iter().zip(results);
        reports.map(|(&(creditor, notice), result)| PaymentReport { creditor, notice, outcome, result }).collect()
    }

    async fn try_pay(
        &self,
        items: &[Item],
        outcome: Outcome,
        place: Place,
    ) -> Result<Vec<PaymentResult>, Vec<PaymentResult>> {
        if self.state().control.node_down {
            return Err(same(items, &PaymentResult::Refused(Refusal::NodeDown)));
        }
        if outcome == Outcome::Cancelled {
            return Ok(same(items, &PaymentResult::Cancelled));
        }
        let reserved = Reservation::take(self, items)?;
        let mut payments = Vec::with_capacity(items.len());
        for (at, (creditor, item)) in reserved.creditors.iter().zip(items).enumerate() {
            match self.get_payment(creditor, *item).await {
                Ok(payment) => payments.push(payment),
                Err(refusal) => return Err(one_refused(items, at, refusal)),
            }
        }
        if outcome == Outcome::CardRefused {
            return Ok(same(items, &PaymentResult::CardRefused));
        }
        let ids = self.record(items, payments, outcome, place);
        drop(reserved);
        self.deliver(|id| ids.iter().any(|made| made == id)).await;
        Ok(self.results(&ids))
    }

    /// Asks the creditor for the payment; the answer must add up.
    async fn get_payment(&self, creditor: &Creditor, (code, notice): Item) -> Result<Payment, Refusal> {
        let addressing = creditor.addressing().map_err(|error| Refusal::CreditorFailed(error.to_string()))?;
        let request = Request::GetPayment(GetPayment {
            addressing,
            creditor: code,
            notice,
            amount: None,
            payment_note: None,
            transfer_type: None,
            due_date: None,
        });
        match station::call(&self.inner.http, creditor, &request).await {
            Ok(Response::GetPayment(Ok(payment))) => match payment.check() {
                Ok(()) => Ok(*payment),
                Err(error) => Err(Refusal::CreditorFailed(error.to_string())),
            },
            Ok(Response::GetPayment(Err(fault))) => Err(Refusal::Creditor(fault)),
            Ok(_) => Err(Refusal::CreditorFailed(StationError::WrongOperation.chain())),
            Err(error) => Err(Refusal::CreditorFailed(error.chain())),
        }
    }

    /// Writes the payments down and schedules their receipts.
    fn record(&self, items: &[Item], payments: Vec<Payment>, outcome: Outcome, place: Place) -> Vec<String> {
        let now = self.now();
        let mut state = self.state();
        let delay = SignedDuration::from_secs(state.control.receipt_delay_seconds.into()).max(outcome.receipt_delay());
        let due = now.checked_add(delay).unwrap_or(Timestamp::MAX);
        let copies = outcome.copies().saturating_add(state.control.duplicates);
        let made = items.iter().zip(payments).map(|(&item, payment)| {
            let receipt = state.receipt(item, payment, place, now);
            let id = receipt.receipt_id.as_str().to_owned();
            state.entries.push(Entry {
                receipt,
                paid_at: now,
                outcome,
                state: ReceiptState::Scheduled(due),
                remaining: copies,
                sent: 0,
                acknowledged: 0,
                failures: 0,
                sending: false,
            });
            id
        });
        made.collect()
    }

    fn results(&self, ids: &[String]) -> Vec<PaymentResult> {
        let mut state = self.state();
        let result = |id: &String| match state.entry(id) {
            Some(entry) => PaymentResult::Paid {
                receipt_id: id.clone(),
                amount: entry.receipt.amount,
                receipt: entry.state.clone(),
            },
            None => PaymentResult::NotTried,
        };
        ids.iter().map(result).collect()
    }
}

impl State {
    /// The creditor of a notice that may be paid now, or why it may not.
    fn may_begin(&self, item: Item) -> Result<Creditor, Refusal> {
        if self.control.node_down {
            return Err(Refusal::NodeDown);
        }
        let creditor = self.creditors.get(&item.0).ok_or(Refusal::UnknownCreditor)?;
        if self.is_paid(item) {
            return Err(Refusal::AlreadyPaid);
        }
        if self.underway.contains(&item) {
            return Err(Refusal::InProgress);
        }
        Ok(creditor.clone())
    }

    /// The receipt for a payment made now.
    fn receipt(&mut self, (creditor, notice): Item, payment: Payment, place: Place, now: Timestamp) -> Receipt {
        let paid_at = italian_time(now);
        let day = paid_at.date();
        Receipt {
            // Thirty-two hexadecimal digits are an identifier.
            receipt_id: Code::parse(&self.chance.id())
                .unwrap_or_else(|_| unreachable!("the identifier is well formed")),
            notice,
            creditor,
            outcome: ReceiptOutcome::Paid,
            reference: payment.reference,
            amount: payment.amount,
            description: payment.description,
            company_name: payment.company_name,
            office_name: payment.office_name,
            debtor: payment.debtor,
            transfers: payment.transfers.into_iter().map(settled).collect(),
            psp: self.chance.psp(place),
            payer: None,
            payment_method: Some(Text::fit(place.method())),
            payment_note: None,
            fee: self.chance.fee(),
            creditor_fee: None,
            bundle: None,
            creditor_bundle: None,
            paid_at: Some(paid_at),
            application_date: Some(day),
            transfer_date: Some(day.tomorrow().unwrap_or(day)),
            metadata: payment.metadata,
            stand_in: None,
        }
    }
}

/// A transfer as the receipt confirms it.
fn settled(transfer: PaymentTransfer) -> ReceiptTransfer {
    Transfer {
        number: transfer.number,
        amount: transfer.amount,
        creditor: transfer.creditor,
        company_name: transfer.company_name,
        destination: match transfer.destination {
            Destination::Account(iban) => Destination::Account(iban),
            // "<marcaDaBollo/>": no simulated node can make a stamp that the Revenue would accept.
            Destination::Stamp(_) => Destination::Stamp(StampAttachment("PG1hcmNhRGFCb2xsby8+".into())),
        },
        remittance_information: transfer.remittance_information,
        category: transfer.category,
        metadata: transfer.metadata,
    }
}

/// Notices that nobody else can pay until this is dropped.
struct Reservation<'a> {
    node: &'a Node,
    items: Vec<Item>,
    creditors: Vec<Creditor>,
}

impl<'a> Reservation<'a> {
    fn take(node: &'a Node, items: &[Item]) -> Result<Self, Vec<PaymentResult>> {
        let mut state = node.state();
        let mut creditors = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            match state.may_begin(*item) {
                Ok(creditor) => creditors.push(creditor),
                Err(refusal) => return Err(one_refused(items, at, refusal)),
            }
        }
        state.underway.extend(items);
        drop(state);
        Ok(Self { node, items: items.to_vec(), creditors })
    }
}

impl Drop for Reservation<'_> {
    fn drop(&mut self) {
        let mut state = self.node.state();
        for item in &self.items {
            state.underway.remove(item);
        }
    }
}

fn same(items: &[Item], result: &PaymentResult) -> Vec<PaymentResult> {
    vec![result.clone(); items.len()]
}

/// The results of a cart of which one notice cannot be paid.
fn one_refused(items: &[Item], at: usize, refusal: Refusal) -> Vec<PaymentResult> {
    let mut results = same(items, &PaymentResult::NotTried);
    results[at] = PaymentResult::Refused(refusal);
    results
}
